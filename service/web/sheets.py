"""Tables for a spreadsheet: UTF-8 with a mark that Excel knows, and no cell that it would run."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

MARK: Final = "\ufeff"
# A cell that begins with one of these is a formula to some spreadsheet; full-width ones too.
RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

BLANK: Final = " \u3000\xa0\u200b\ufeff"


class _Passed:
    """Where csv writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def safe_cell(value: object) -> str:
    """Return a cell as text that no spreadsheet takes for a formula; numbers stay numbers."""
    said = "" if value is None else str(value)
    if isinstance(value, (int, float)):
        return said
    # Some programs take blanks away before they look.
    runs = said.startswith(RUNS) or said.lstrip(BLANK).startswith(RUNS)
    return f"'{said}" if runs else said


def written(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a file, the titles first."""
    line = csv.writer(_Passed(), lineterminator="\r\n").writerow
    yield f"{MARK}{line(titles)}"
    for row in rows:
        yield str(line([safe_cell(cell) for cell in row]))
