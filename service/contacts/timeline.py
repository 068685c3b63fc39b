"""One person's story in one line of days: moves, visits and contacts together, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from service.contacts.tables import Contact
from service.contacts.words import CHANNEL_WORDS, DIRECTION_WORDS, RESULT_WORDS
from service.placements.lifecycle import Status
from service.placements.made import Made
from service.placements.words import ACTION_WORDS, STATUS_WORDS
from service.visits.tables import Feeling, Visit
from service.visits.words import FEELING_WORDS, OUTCOME_WORDS

Titles = dict[UUID, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, with its words and the small change that came with it."""

    on: date
    title: str
    words: str = ""
    intention: str = ""
    small_change: str = ""


def timeline(
    moves: Iterable[Made],
    visits: Iterable[Visit],
    contacts: Iterable[Contact],
    *,
    titles: Titles,
) -> list[Entry]:
    """Join them; ``titles`` names the activity of each placement."""
    entries = [
        *(_move(each, titles) for each in moves),
        *(_visit(each, titles) for each in _uncorrected(visits)),
        *(_contact(each) for each in contacts),
    ]
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def small_changes(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.small_change]


def _uncorrected(visits: Iterable[Visit]) -> list[Visit]:
    listed = list(visits)
    corrected = {visit.corrects_id for visit in listed}
    return [visit for visit in listed if visit.id not in corrected]


def _move(move: Made, titles: Titles) -> Entry:
    about = titles[move.placement_id]
    if move.to_status is Status.PASSED:
        # Whoever sits beside the screen does not learn here who passed; the placement's page says.
        return Entry(move.occurred_on, f"{about}: {STATUS_WORDS[Status.PASSED]}")
    return Entry(move.occurred_on, f"{about}: {ACTION_WORDS[move.action]}", words=move.note)


def _visit(visit: Visit, titles: Titles) -> Entry:
    parts = [OUTCOME_WORDS[visit.outcome]]
    if visit.minutes:
        parts.append(f"{visit.minutes}分")
    if visit.feeling is not Feeling.UNKNOWN:
        parts.append(FEELING_WORDS[visit.feeling])
    title = f"{titles[visit.placement_id]}: {'・'.join(parts)}"
    return Entry(visit.occurred_on, title, visit.note, small_change=visit.small_change)


def _contact(contact: Contact) -> Entry:
    how = f"{CHANNEL_WORDS[contact.channel]}({DIRECTION_WORDS[contact.direction]})"
    return Entry(
        contact.occurred_on,
        f"{how}: {RESULT_WORDS[contact.result]}",
        words=contact.what,
        intention=contact.intention,
        small_change=contact.small_change,
    )
