"""Where a line may break: no word is cut, on whatever paper and with whatever font."""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Final

from budoux import Parser, load_default_japanese_parser

from service.paper.readings import Piece

# A phrase that is longer would leave half a line empty; it may break anywhere.
LONGEST: Final = 14

Phrase = tuple[Piece, ...]


def phrases(pieces: Iterable[Piece]) -> list[Phrase]:
    """Gather pieces into phrases that stay together; a reading is never cut from its word."""
    found: list[list[Piece]] = [[]]
    for piece, begins in _cut(list(pieces)):
        if begins and found[-1]:
            found.append([])
        found[-1].append(piece)
    return [tuple(each) for each in found if each]


def is_whole(phrase: Phrase) -> bool:
    """Say whether a phrase is short enough to be kept on one line."""
    return sum(len(piece.text) for piece in phrase) <= LONGEST


def _cut(pieces: list[Piece]) -> Iterable[tuple[Piece, bool]]:
    """Yield the pieces, plain ones cut where a phrase begins, and whether one begins there."""
    starts = _starts("".join(piece.text for piece in pieces))
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        inside = sorted(each for each in starts if at < each < end) if not piece.reading else []
        edges = [at, *inside, end]
        for first, last in pairwise(edges):
            yield Piece(piece.text[first - at : last - at], piece.reading), first in starts
        at = end


def _starts(text: str) -> set[int]:
    found, at = set(), 0
    for phrase in _parser().parse(text):
        found.add(at)
        at += len(phrase)
    return found


@cache
def _parser() -> Parser:
    return load_default_japanese_parser()
