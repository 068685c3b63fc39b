"""Readings over kanji: proposed by SudachiPy, corrected by people, kept as marked text.

Marked text is written as Aozora Bunko writes it: ``｜2人《ふたり》で落《お》ち葉《ば》``.
A reading stands over the kanji right before it, or over everything from the upright bar on.
"""

import re
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import jaconv
import yaml
from sudachipy import Dictionary, SplitMode

LONGEST: Final = 4000  # characters; the dictionary refuses about 16,000 at once

_KANJI: Final = "々〆ヶ㐀-䶿一-鿿豈-\ufaff\U00020000-\U0003ffff"
_HAS_KANJI: Final = re.compile(f"[{_KANJI}]")
_ALL_KANJI: Final = re.compile(f"[{_KANJI}]+")
_RUNS: Final = re.compile(f"[{_KANJI}]+|[^{_KANJI}]+")
_MARKED: Final = re.compile(f"(?:｜([^｜《》]+)|([{_KANJI}]+))《([^｜《》]+)》")
_READING: Final = re.compile(r"[ぁ-ゖァ-ヺー・ ]+")
_SIGNS: Final = re.compile(r"[｜《》]")

# Days of a month that are not read as their number; one person, two people.
_DAYS: Final = {
    1: "ついたち",
    2: "ふつか",
    3: "みっか",
    4: "よっか",
    5: "いつか",
    6: "むいか",
    7: "なのか",
    8: "ようか",
    9: "ここのか",
    10: "とおか",
    14: "じゅうよっか",
    20: "はつか",
    24: "にじゅうよっか",
}
_HEADS: Final = {1: "ひとり", 2: "ふたり"}
_COUNTERS: Final = {
    "人": "にん",
    "日": "にち",
    "時": "じ",
    "月": "がつ",
    "円": "えん",
    "回": "かい",
    "枚": "まい",
    "部": "ぶ",
}
_COUNTED: Final = re.compile(rf"(?<![0-9])([0-9]+)(分|{'|'.join(_COUNTERS)})(?!曜)")
_SOFT: Final = frozenset("2579")  # after these figures minutes are ふん, after the others ぷん
_WEEKDAYS: Final = dict(
    zip("月火水木金土日", ["げつ", "か", "すい", "もく", "きん", "ど", "にち"], strict=True)
)
# A weekday that stands alone: in brackets, before 曜, or in a row such as 月・木曜.
_DAY: Final = "[月火水木金土日]"
_WEEKDAY: Final = re.compile(
    rf"(?<=[(（]){_DAY}(?=[)）])|(?<![0-9{_KANJI}]){_DAY}(?=(?:[・、〜]{_DAY})*曜)"
)
_WORDS: Final = Path(__file__).with_name("readings.yaml")
_THREAD: Final = threading.local()


class Piece(NamedTuple):
    """A stretch of text, and what stands over it; nothing where it reads itself."""

    text: str
    reading: str = ""


def pieces(marked: str) -> list[Piece]:
    """Cut marked text into what is printed with a reading and what without."""
    found, end = [], 0
    for match in _MARKED.finditer(marked):
        if match.start() > end:
            found.append(Piece(marked[end : match.start()]))
        found.append(Piece(match[1] or match[2], match[3]))
        end = match.end()
    if end < len(marked):
        found.append(Piece(marked[end:]))
    return found


def plain(marked: str) -> str:
    """Return the text that stands under the readings."""
    return "".join(piece.text for piece in pieces(marked))


def unsigned(text: str) -> str:
    """Return a text without the three signs of the notation, at most so long as is read."""
    return _SIGNS.sub("", text)[:LONGEST]


def mark(text: str) -> str:
    """Propose readings for a text."""
    marked = ""
    for piece in _proposed(unsigned(text)):
        if not piece.reading:
            marked += piece.text
            continue
        # a bar where the kanji before would be taken for the reading's own
        alone = _ALL_KANJI.fullmatch(piece.text) and not _HAS_KANJI.match(marked[-1:])
        marked += f"{'' if alone else '｜'}{piece.text}《{piece.reading}》"
    return marked


def mistake(marked: str, text: str) -> str | None:
    """Say what is wrong with the readings that somebody wrote over a text."""
    found = pieces(marked)
    if any(_SIGNS.search(piece.text) for piece in found):
        return "《 》 の書き方を確かめてください。例: 落《お》ち葉《ば》"
    if not all(_READING.fullmatch(piece.reading) for piece in found if piece.reading):
        return "読みは、ひらがなか、カタカナで書いてください。"
    if plain(marked) != unsigned(text):
        return "ここで変えられるのは、読みだけです。文は、活動の登録で直します。"
    return None


def _proposed(text: str) -> Iterator[Piece]:
    end = 0
    for start, stop, reading in _fixed(text):
        yield from _read(text[end:start])
        yield Piece(text[start:stop], reading)
        end = stop
    yield from _read(text[end:])


def _fixed(text: str) -> list[tuple[int, int, str]]:
    """Return where a rule or the list of words decides, left to right, the longest first."""
    words, pattern = _listed()
    found = [(*match.span(), words[match[0]]) for match in pattern.finditer(text)]
    found += [(*match.span(), _WEEKDAYS[match[0]]) for match in _WEEKDAY.finditer(text)]
    found += [_counted(match) for match in _COUNTED.finditer(text)]
    kept: list[tuple[int, int, str]] = []
    for span in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _counted(match: re.Match[str]) -> tuple[int, int, str]:
    """Return the counter with its reading, or figure and counter where they are read as one."""
    number, counter = int(match[1]), match[2]
    as_one = {"人": _HEADS, "日": _DAYS}.get(counter, {}).get(number)
    if as_one:
        return (*match.span(), as_one)
    minutes = "ふん" if match[1][-1] in _SOFT else "ぷん"
    return (*match.span(2), minutes if counter == "分" else _COUNTERS[counter])


def _read(text: str) -> Iterator[Piece]:
    if not text:
        return
    for token in _tokens(text):
        surface = token.surface()
        if _HAS_KANJI.search(surface):
            yield from _over(surface, str(jaconv.kata2hira(token.reading_form())))
        else:
            yield Piece(surface)


def _over(surface: str, reading: str) -> Iterator[Piece]:
    """Put a word's reading over its kanji alone: 落ち葉 as 落《お》ち葉《ば》."""
    runs = _RUNS.findall(surface)
    pattern = "".join(
        "(.+?)" if _HAS_KANJI.match(run) else re.escape(str(jaconv.kata2hira(run))) for run in runs
    )
    match = re.fullmatch(pattern, reading)
    if not match or not _READING.fullmatch(reading):
        yield Piece(surface, reading if _READING.fullmatch(reading) else "")
        return
    over = iter(match.groups())
    for run in runs:
        yield Piece(run, next(over)) if _HAS_KANJI.match(run) else Piece(run)


def _tokens(text: str) -> Any:
    """Cut a text into short words; a tokenizer belongs to one thread."""
    if not hasattr(_THREAD, "tokenizer"):
        _THREAD.tokenizer = Dictionary(dict="small").tokenizer(SplitMode.A)
    return _THREAD.tokenizer.tokenize(text)


@cache
def _listed() -> tuple[dict[str, str], re.Pattern[str]]:
    words: dict[str, str] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    longest_first = sorted(words, key=len, reverse=True)
    return words, re.compile("|".join(map(re.escape, longest_first)))
