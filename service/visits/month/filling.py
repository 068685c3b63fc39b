"""Read the boxes of a month's grid from a form; each mistake is named by its box."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID

from service.languages.ours import ours
from service.visits.month.actions import Cell, DayTaken, Misfits, Row
from service.visits.month.rules import (
    LONGEST_MARK,
    NO_DAY,
    NO_MARK,
    Mark,
    days_of,
    read_day_of,
    read_mark,
)
from service.visits.rules import NoVisitYet
from service.web.filled import Filled

# Boxes for days on which nobody was expected: where no days are known, there are more of them.
OTHERS: Final = 2
OTHERS_WITHOUT_DAYS: Final = 6
GONE: Final = "gone"
GONE_WORDS: Final = ours(
    "いまは書けない人の行がありました。その行のほかを見なおして、もう一度保存してください"
)
TAKEN: Final = ours(
    "この日は、もう別のことが書いてあります。直すときは、つなぎのページでしてください"
)
NOT_YET: Final = ours("まだ来ていない日か、約束の前です")
_BOX: Final = re.compile(r"box-([0-9a-f-]{36})-(\d{2})")
_OTHER: Final = re.compile(r"other-([0-9a-f-]{36})-(\d{1,2})-(?:day|mark)")


def box(placement_id: UUID, day: date) -> str:
    """Return the name of the box of a day."""
    return f"box-{placement_id}-{day:%d}"


def other(placement_id: UUID, number: int) -> str:
    """Return how the two boxes of a day that is written beside it begin."""
    return f"other-{placement_id}-{number}"


def others(row: Row) -> range:
    """Return the numbers of a row's boxes for other days."""
    return range(OTHERS if row.expected else OTHERS_WITHOUT_DAYS)


def opens(row: Row, filled: Filled) -> bool:
    """Say whether a row's boxes for other days are worth seeing at once."""
    stem = f"other-{row.placement.id}-"
    typed = any(name.startswith(stem) and said for name, said in filled.form.items())
    return typed or not row.expected


def read_cells(filled: Filled, month: date) -> list[Cell]:
    """Return every box that was filled in; what cannot be read stands in the mistakes."""
    found = [*_boxes(filled, month), *_others(filled, month)]
    return [cell for cell in found if cell is not None]


def _boxes(filled: Filled, month: date) -> Iterator[Cell | None]:
    days = {f"{day:%d}": day for day in days_of(month)}
    for name in filled.form:
        match = _BOX.fullmatch(name)
        if match and (day := days.get(match[2])) and (said := _said(filled, name)):
            yield _cell(filled, name, _id(match[1]), day, said)


def _others(filled: Filled, month: date) -> Iterator[Cell | None]:
    stems = {name.rpartition("-")[0]: m for name in filled.form if (m := _OTHER.fullmatch(name))}
    for stem, match in stems.items():
        day_box, mark_box = f"{stem}-day", f"{stem}-mark"
        day, said = _said(filled, day_box), _said(filled, mark_box)
        if day and said:
            found = read_day_of(month, day)
            if isinstance(found, date):
                yield _cell(filled, mark_box, _id(match[1]), found, said)
            else:
                filled.mistakes[day_box] = found
        elif day:
            filled.mistakes[mark_box] = NO_MARK
        elif said:
            filled.mistakes[day_box] = NO_DAY


def _said(filled: Filled, name: str) -> str:
    return filled.text(name, longest=LONGEST_MARK)


def _id(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _cell(
    filled: Filled, name: str, placement_id: UUID | None, day: date, said: str
) -> Cell | None:
    mark = read_mark(said)
    if placement_id is None:
        filled.mistakes[GONE] = GONE_WORDS
    elif isinstance(mark, Mark):
        return Cell(name, placement_id, day, mark)
    else:
        filled.mistakes[name] = mark
    return None


def say_misfits(filled: Filled, misfits: Misfits) -> None:
    """Name each box that could not be written down, in the words of the page."""
    for name, refusal in misfits.why.items():
        if isinstance(refusal, DayTaken):
            filled.mistakes[name] = TAKEN
        elif isinstance(refusal, NoVisitYet):
            filled.mistakes[name] = NOT_YET
        else:
            filled.mistakes[GONE] = GONE_WORDS
