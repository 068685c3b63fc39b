"""A file outside the database that says how far each chain had come: what was cut off is missed.

One line of JSON a municipality and time, signed with the audit's key, only ever added to.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final
from uuid import UUID

from service.refusals import Kind, Refusal

PARTS: Final = ("at", "municipality", "seq", "digest", "key")


class Unreadable(Refusal):
    """The file is no file of anchors."""

    kind: ClassVar = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Anchor:
    """How far a chain had come at a moment."""

    at: str
    municipality: UUID
    seq: int
    digest: str
    key: str
    signature: str = ""

    def signed(self, secret: bytes) -> str:
        """Return the signature that this anchor has to bear."""
        said = json.dumps([self.at, self.municipality.hex, self.seq, self.digest, self.key])
        return hmac.new(secret, b"anchor" + said.encode(), hashlib.sha256).hexdigest()

    def is_ours(self, secret: bytes) -> bool:
        return hmac.compare_digest(self.signature, self.signed(secret))


def anchored(
    municipality: UUID, seq: int, digest: str, *, at: datetime, key: tuple[str, bytes]
) -> Anchor:
    """Return a signed anchor."""
    key_id, secret = key
    bare = Anchor(at.isoformat(timespec="seconds"), municipality, seq, digest, key_id)
    return Anchor(bare.at, municipality, seq, digest, key_id, bare.signed(secret))


def read_anchors(path: Path) -> list[Anchor]:
    """Return the anchors of a file, the oldest first; a file that is not there holds none."""
    if not path.exists():
        return []
    return list(_read(path.read_text(encoding="utf-8").splitlines(), path))


def _read(lines: Iterable[str], path: Path) -> Iterator[Anchor]:
    for number, line in enumerate(lines, 1):
        try:
            said = json.loads(line)
            yield Anchor(
                str(said["at"]),
                UUID(said["municipality"]),
                int(said["seq"]),
                str(said["digest"]),
                str(said["key"]),
                str(said["signature"]),
            )
        except (ValueError, KeyError, TypeError):
            raise Unreadable(f"{path}:{number} is no anchor") from None


def add_anchors(path: Path, anchors: Iterable[Anchor]) -> None:
    """Add anchors to the end of the file, and make sure that they are on the disk."""
    written = "".join(
        json.dumps(
            {
                "at": each.at,
                "municipality": str(each.municipality),
                "seq": each.seq,
                "digest": each.digest,
                "key": each.key,
                "signature": each.signature,
            }
        )
        + "\n"
        for each in anchors
    )
    with path.open("a", encoding="utf-8") as file:
        file.write(written)
        file.flush()
        os.fsync(file.fileno())
