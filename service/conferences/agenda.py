"""What a meeting speaks of, on paper: numbers for people, and words only where they are wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.conferences import repository
from service.conferences.actions import list_records
from service.conferences.rules import PART_WORDS, Part
from service.conferences.tables import ConferenceRecord

MANY: Final = 10_000
# What a meeting decides on. Who it is, where they live and how one reaches them is never printed.
SPOKEN_OF: Final = (Part.OWN_WORDS, Part.WORRIES, Part.SAFETY, Part.NEXT_STEP)


@dataclass(frozen=True, slots=True)
class Item:
    """One record under the number it has on today's paper alone."""

    number: int
    record: ConferenceRecord
    noted: int
    last_on: date | None
    next_on: date | None
    words: Sequence[tuple[str, str]]


def agenda(
    session: Session, staff: Staff, conference_id: UUID, *, words: bool, at: datetime
) -> list[Item]:
    """Return the open records of a conference of the caller's, the oldest first.

    That they were looked at is written down as ever; of the printing itself nothing is kept.
    """
    found = list_records(session, staff, conference_id, at=at, limit=MANY)
    running = sorted(
        (each for each in found if each.closed_on is None),
        key=lambda each: (each.opened_on, each.recorded_at),
    )
    told = repository.told(session, [each.id for each in running])
    return [
        _item(number, each, told.get(each.id, (0, None, None)), words=words)
        for number, each in enumerate(running, start=1)
    ]


def _item(
    number: int,
    record: ConferenceRecord,
    told: tuple[int, date | None, date | None],
    *,
    words: bool,
) -> Item:
    noted, last_on, next_on = told
    said = _words(record) if words else []
    return Item(number, record, noted, last_on, next_on, said)


def _words(record: ConferenceRecord) -> list[tuple[str, str]]:
    return [(PART_WORDS[part], text) for part in SPOKEN_OF if (text := getattr(record, part))]
