"""What a page tells of an activity, in the words of somebody who wonders whether to go."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from catalogue.profiles import HAZARD_PREFIXES, Company, Hazard, Opening
from catalogue.schedule import merged
from catalogue.tables import Activity, Slot
from catalogue.terms import ActivityTerms, ScheduleItem
from service.hosts.words import (
    COMPANY_WORDS,
    HAZARD_WORDS,
    LOADS,
    PACE_WORDS,
    REWARD_WORDS,
    SETTING_WORDS,
)
from service.languages.ours import joined, ours, say

HORIZON: Final = timedelta(days=120)
UNKNOWN: Final = ours("まだ聞いていない")


class Line(NamedTuple):
    """One thing that is known, or is not known yet."""

    name: str
    said: str


def openings(activity: Activity, slots: Iterable[Slot], *, today: date) -> tuple[Opening, ...]:
    """Return the activity's next dated openings; each names the position of its slot."""
    terms = ActivityTerms.model_validate(activity.terms)
    dated = tuple(
        (
            str(slot.position),
            ScheduleItem.model_validate(slot.recurrence).recurrence(
                season=terms.period(),
                closed_until=terms.closed_until,
                next_dates=tuple(terms.next_dates),
            ),
        )
        for slot in slots
        if slot.recurrence is not None and slot.capacity
    )
    return merged(dated, first=today, last=today + HORIZON)


def facts(terms: ActivityTerms) -> list[Line]:
    """Return what to expect there; what nobody has asked yet is said as such."""
    return [
        Line(ours("時間"), _minutes(terms)),
        Line(ours("量"), terms.dose or UNKNOWN),
        Line(ours("ペース"), PACE_WORDS[terms.own_pace] if terms.own_pace else UNKNOWN),
        Line(ours("場所"), SETTING_WORDS[terms.setting] if terms.setting else UNKNOWN),
        Line(
            ours("人数"),
            say("{people}人", people=_span(*terms.group_size)) if terms.group_size else UNKNOWN,
        ),
        Line(ours("だれがいるか"), _listed(terms.company, _company)),
        Line(ours("気をつけること"), _listed(terms.hazards, hazard_words)),
        Line(ours("持ち物"), terms.to_bring or UNKNOWN),
        Line(ours("お金"), ours("かからない") if terms.fee_yen == 0 else _yen(terms.fee_yen)),
        Line(ours("お礼"), terms.reward_detail or _reward(terms)),
    ]


def welcomes(terms: ActivityTerms) -> list[str]:
    """Return what is all right there; only what the host has said."""
    said = (
        (terms.just_being_ok, ours("いるだけでよい")),
        (terms.no_talk_ok, ours("話さなくてよい")),
        (terms.leave_any_time, ours("いつでも帰ってよい")),
        (terms.accompaniment_ok, ours("だれかといっしょに来てよい")),
    )
    return [words for known, words in said if known]


def asks(terms: ActivityTerms) -> list[Line]:
    """Return what it asks in each of the five dimensions; they are never summed."""
    found = []
    for row in LOADS:
        level = getattr(terms.load, row.name)
        found.append(Line(row.words, UNKNOWN if level is None else row.levels[level]))
    return found


def hazard_words(hazard: str) -> str:
    """Return a hazard's word; an allergen or a free one bears its own."""
    for prefix in HAZARD_PREFIXES:
        if hazard.startswith(prefix):
            own = hazard.removeprefix(prefix)
            return say("{own}(アレルギー)", own=own) if prefix == "allergen:" else own
    return HAZARD_WORDS[Hazard(hazard)]


def _company(word: str) -> str:
    return COMPANY_WORDS[Company(word)]


def _listed(words: Iterable[str] | None, read: Callable[[str], str]) -> str:
    if words is None:
        return UNKNOWN
    return joined("、", list(map(read, words))) or ours("とくにない")


def _minutes(terms: ActivityTerms) -> str:
    return (
        say("{minutes}分", minutes=_span(terms.minutes.min, terms.minutes.max))
        if terms.minutes
        else UNKNOWN
    )


def _reward(terms: ActivityTerms) -> str:
    return REWARD_WORDS[terms.reward] if terms.reward else UNKNOWN


def _span(lowest: int, highest: int) -> str:
    return (
        str(lowest)
        if lowest == highest
        else say("{lowest}〜{highest}", lowest=lowest, highest=highest)
    )


def _yen(fee: int | None) -> str:
    return UNKNOWN if fee is None else say("{yen}円", yen=f"{fee:,}")
