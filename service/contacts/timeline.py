"""One person's story in one line of days: moves, visits and contacts together, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from service.contacts.tables import Contact
from service.contacts.words import CHANNEL_WORDS, DIRECTION_WORDS, RESULT_WORDS
from service.languages.ours import joined, say
from service.placements.lifecycle import Status
from service.placements.made import Made
from service.placements.words import ACTION_WORDS, STATUS_WORDS
from service.visits.tables import Feeling, Visit
from service.visits.words import FEELING_WORDS, OUTCOME_WORDS

Titles = dict[UUID, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, with its words and the small change that came with it.

    ``correction``: where it is corrected; ``earlier``: how it was told before, the latest first.
    """

    on: date
    title: str
    words: str = ""
    intention: str = ""
    small_change: str = ""
    correction: str = field(default="", compare=False)
    earlier: tuple["Entry", ...] = ()


def timeline(
    moves: Iterable[Made],
    visits: Iterable[Visit],
    contacts: Iterable[Contact],
    *,
    titles: Titles,
    earlier: Mapping[UUID, Visit | Contact] | None = None,
) -> list[Entry]:
    """Join them; ``titles`` names each placement's activity, ``earlier`` what was corrected."""
    before = earlier or {}
    entries = [
        *(_move(each, titles) for each in moves),
        *(_told(each, titles, before) for each in _uncorrected(visits)),
        *(_told(each, titles, before) for each in contacts),
    ]
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def small_changes(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.small_change]


def _uncorrected(visits: Iterable[Visit]) -> list[Visit]:
    listed = list(visits)
    corrected = {visit.corrects_id for visit in listed}
    return [visit for visit in listed if visit.id not in corrected]


def _told(row: Visit | Contact, titles: Titles, before: Mapping[UUID, Visit | Contact]) -> Entry:
    """Tell a visit or contact, and how it was told before it was corrected."""
    entry = _visit(row, titles) if isinstance(row, Visit) else _contact(row)
    earlier: list[Entry] = []
    while row.corrects_id and (found := before.get(row.corrects_id)):
        row = found
        earlier.append(_visit(row, titles) if isinstance(row, Visit) else _contact(row))
    return replace(entry, earlier=tuple(earlier))


def _move(move: Made, titles: Titles) -> Entry:
    about, passed = titles[move.placement_id], move.to_status is Status.PASSED
    # Whoever sits beside the screen does not learn here who passed; the placement's page says.
    words = STATUS_WORDS[Status.PASSED] if passed else ACTION_WORDS[move.action]
    title = _about(about, words)
    corrected = move.corrected_at is not None
    first = Entry(move.row.occurred_on, title, "" if passed else move.row.note)
    return Entry(
        move.occurred_on,
        title,
        words="" if passed else move.note,
        correction=f"/placements/{move.placement_id}/moves/{move.id}/corrections",
        earlier=(first,) if corrected else (),
    )


def _about(what: str, said: str) -> str:
    return say("{what}: {said}", what=what, said=said)


def _visit(visit: Visit, titles: Titles) -> Entry:
    parts = [OUTCOME_WORDS[visit.outcome]]
    if visit.minutes:
        parts.append(say("{minutes}分", minutes=visit.minutes))
    if visit.feeling is not Feeling.UNKNOWN:
        parts.append(FEELING_WORDS[visit.feeling])
    return Entry(
        visit.occurred_on,
        _about(titles[visit.placement_id], joined("・", parts)),
        visit.note,
        small_change=visit.small_change,
        correction=f"/placements/{visit.placement_id}/visits/{visit.id}/correction",
    )


def _contact(contact: Contact) -> Entry:
    at = f"/people/{contact.person_id}/contacts/{contact.id}/correction"
    return Entry(
        contact.occurred_on,
        say(
            "{channel}({direction}): {result}",
            channel=CHANNEL_WORDS[contact.channel],
            direction=DIRECTION_WORDS[contact.direction],
            result=RESULT_WORDS[contact.result],
        ),
        words=contact.what,
        intention=contact.intention,
        small_change=contact.small_change,
        correction=at if contact.person_id else "",
    )
