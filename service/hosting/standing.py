"""How a host stands: what it offers, how many it has and takes, and what it lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from catalogue import repository as catalogue
from catalogue.tables import Activity, Host, Slot
from catalogue.terms import ActivityTerms, ScheduleItem
from service.hosts import repository as hosts

EVERY = 10_000


@dataclass(frozen=True, slots=True)
class Offered:
    """One activity of a host with its times and places."""

    activity: Activity
    terms: ActivityTerms
    lines: Sequence[ScheduleItem | None]
    places: int
    taken: int


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a host offers; ``room``: how many more it would take, None where it set no bound."""

    offered: Sequence[Offered]
    room: int | None

    @property
    def taken(self) -> int:
        return sum(each.taken for each in self.offered)

    @property
    def places(self) -> int:
        return sum(each.places for each in self.offered)

    def lacks(self, names: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return what the host said that it lacks, by what it is; each thing once."""
        said = (
            (words, getattr(each.terms.needs, name))
            for name, words in names.items()
            for each in self.offered
        )
        return list(dict.fromkeys(pair for pair in said if pair[1]))

    def said(self, name: str) -> list[str]:
        """Return what was said of one thing at any of its activities."""
        return list(dict.fromkeys(filter(None, (getattr(e.terms, name) for e in self.offered))))


def standing(session: Session, host: Host) -> Standing:
    found = catalogue.activities(session, host.municipality_id, host_id=host.id, limit=EVERY)
    slots = hosts.slots_of(session, [each.id for each in found])
    offered = [_offered(each, slots[each.id]) for each in found]
    taken = sum(each.taken for each in offered)
    room = None if host.max_people is None else max(0, host.max_people - taken)
    return Standing(sorted(offered, key=lambda each: each.activity.title), room)


def _offered(activity: Activity, slots: Sequence[Slot]) -> Offered:
    shown = [slot for slot in slots if slot.capacity]
    lines = [ScheduleItem.model_validate(s.recurrence) if s.recurrence else None for s in shown]
    return Offered(
        activity,
        ActivityTerms.model_validate(activity.terms),
        lines,
        places=sum(slot.capacity for slot in slots),
        taken=sum(slot.taken for slot in slots),
    )
