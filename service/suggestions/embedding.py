"""Vectors of words from a folder on disk (model2vec), where an office has put one there.

Without the setting nothing is imported. With it, what is wrong with the folder is said when the
service starts, and nothing is ever asked of the network.
"""

import os
from dataclasses import dataclass, field
from hashlib import sha256
from math import isfinite
from pathlib import Path
from threading import Lock
from typing import Any, Final

FILES: Final = ("config.json", "tokenizer.json", "model.safetensors")
OFFLINE: Final = ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")
SHOWN: Final = 12  # characters of a fingerprint


class EmbeddingsFault(ValueError):  # noqa: N818 - house rule: errors are nouns
    """The folder that was named cannot serve; the sentence says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """Turns texts into vectors; ``version`` is the fingerprint of the folder's vectors."""

    model: Any
    version: str
    # The library changes its tokenizer for every call, so two threads must take turns.
    lock: Lock = field(default_factory=Lock)

    def __call__(self, texts: Any) -> Any:
        with self.lock:
            return self.model.encode(list(texts), use_multiprocessing=False)

    @property
    def size(self) -> tuple[int, int]:
        """Say how many words it knows, and how many numbers each has."""
        return len(self.model.tokens), self.model.dim


def read_embedding(folder: str) -> Embedding | None:
    """Read the vectors of a folder; no folder named, no vectors.

    Raises:
        EmbeddingsFault: a file is missing or broken, or the library is not installed.

    """
    if not folder:
        return None
    path = Path(folder)
    missing = [name for name in FILES if not (path / name).is_file()]
    if missing:
        raise EmbeddingsFault(f"{folder}: {', '.join(missing)} not found: no folder of model2vec")
    found = Embedding(_model(path), _fingerprint(path))
    _try_out(found, folder)
    return found


def _model(path: Path) -> Any:
    # Read when the library is imported: a name that is no folder would be asked for elsewhere.
    os.environ.update(dict.fromkeys(OFFLINE, "1"))
    try:
        from model2vec import StaticModel  # noqa: PLC0415 - an extra, imported where it is set
    except ImportError as error:
        raise EmbeddingsFault(
            "DEBAN_EMBEDDINGS is set, but model2vec is not installed (requirements/embeddings.txt)"
        ) from error
    try:
        return StaticModel.from_pretrained(path)
    except Exception as error:  # the readers of the three files each have errors of their own
        raise EmbeddingsFault(f"{path}: cannot be read ({_first_line(error)})") from error


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _fingerprint(path: Path) -> str:
    digest = sha256()
    for name in FILES:
        with (path / name).open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:SHOWN]


def _try_out(found: Embedding, folder: str) -> None:
    """Use it once: a folder may be whole and its numbers of no use."""
    try:
        found(["花に水をやる"])
        least, most = found.model.embedding.min(), found.model.embedding.max()
    except Exception as error:
        raise EmbeddingsFault(f"{folder}: gives no vectors ({_first_line(error)})") from error
    if not (isfinite(least) and isfinite(most)):
        raise EmbeddingsFault(f"{folder}: the vectors are not finite numbers")
