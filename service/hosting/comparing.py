"""A registration beside what stands now: line by line, as a leaflet would tell it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from catalogue.terms import ActivityTerms, ScheduleItem
from catalogue.words import facet_name
from service.hosting.shown import Shown
from service.hosting.words import KINDS, NEEDS
from service.hosts import leaflet, times
from service.languages.ours import joined, ours, say

NOTHING = ours("(なし)")


class Row(NamedTuple):
    """One thing: how it stands now, and how it would."""

    name: str
    now: str
    then: str

    @property
    def differs(self) -> bool:
        return self.now != self.then

    @property
    def is_said(self) -> bool:
        return self.then not in {NOTHING, leaflet.UNKNOWN}


def rows(shown: Shown) -> list[Row]:
    """Return every line of a registration beside the activity's own."""
    offered = (slot for slot in shown.slots if slot.capacity)
    kept = [ScheduleItem.model_validate(s.recurrence) if s.recurrence else None for s in offered]
    title = shown.activity.title if shown.activity else ""
    now = dict(_told(title, shown.base, kept))
    then = dict(_told(shown.read.title, shown.proposed, [*shown.read.lines, *shown.stay]))
    return [Row(name, now[name] or NOTHING, then[name] or NOTHING) for name in now]


def _told(
    title: str, terms: ActivityTerms, lines: Iterable[ScheduleItem | None]
) -> Iterator[tuple[str, str]]:
    """Tell an activity in lines, in the order of the form."""
    yield ours("活動の名前"), title
    yield ours("どんなこと"), joined("、", [KINDS.get(f) or facet_name(f) for f in terms.facets])
    yield ours("どんなことをしますか"), terms.description
    yield ours("いつ"), joined("／", sorted(times.said(item) for item in lines))
    yield (
        ours("受けられる人数"),
        "" if terms.capacity is None else say("{people}人", people=terms.capacity),
    )
    yield from leaflet.facts(terms)
    yield ours("これでも、だいじょうぶ"), joined("、", leaflet.welcomes(terms))
    yield from leaflet.asks(terms)
    yield ours("休むとき"), joined("、", terms.absence_notice)
    for name, words in NEEDS.items():
        yield say("足りないもの({what})", what=words), getattr(terms.needs, name)
    yield ours("心配なこと"), terms.worry
    yield ours("事務所が手伝うこと"), terms.in_return
