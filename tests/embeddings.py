"""A small real folder of vectors, as model2vec reads it: tokenizer, hand-made numbers, config."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import Unigram

UNKNOWN = "[UNK]"
Numbers = tuple[float, ...]


def put_embedding(folder: Path, words: Mapping[str, Numbers]) -> Path:
    """Write a folder that knows these words and cuts them out of running Japanese."""
    folder.mkdir(exist_ok=True)
    width = len(next(iter(words.values())))
    known: dict[str, Numbers] = {UNKNOWN: (0.0,) * width, **words}
    # A whole word is likelier than what it is made of; everything else is unknown.
    model = Unigram([(word, -float(word == UNKNOWN)) for word in known], 0, byte_fallback=False)
    Tokenizer(model).save(str(folder / "tokenizer.json"))
    numbers = np.array(list(known.values()), dtype=np.float32)
    save_file({"embeddings": numbers}, folder / "model.safetensors")
    config = {"model_type": "model2vec", "normalize": True}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder
