"""The vocabulary that comes with the package, read once."""

from functools import cache
from importlib.resources import files

from catalogue.words.facets import Vocabulary
from catalogue.words.parsing import parse


@cache
def vocabulary() -> Vocabulary:
    """Read the vocabulary that comes with the package, once."""
    text = files("catalogue").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    return parse(text)
