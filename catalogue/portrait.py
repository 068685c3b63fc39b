"""Portray an activity as matching sees it on one day, from its terms and schedule."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from catalogue import words
from catalogue.profiles import Access, ActivityProfile, Heard, Load, Meaning
from catalogue.schedule import Recurrence, merged, per_month
from catalogue.terms import ActivityTerms, Levels, ScheduleItem

HORIZON_DAYS: Final = 366
BESIDE_TICKS: Final = 0.5  # what a facet read from words counts beside those that a human ticked
# Words for a toilet with room for a wheelchair, and for toilets that surely have none.
MULTIPURPOSE: Final = ("多目的", "多機能", "だれでも", "誰でも", "車いす", "車椅子", "バリアフリー")
NO_MULTIPURPOSE: Final = frozenset({"なし", "無し", "無い", "ない", "和式"})
# What a profile repeats as the terms say it.
AS_SAID: Final = (
    "dose", "capacity", "regulars_share", "staff_present", "own_pace", "just_being_ok",
    "no_talk_ok", "accompaniment_ok", "leave_any_time", "setting", "alcohol", "handles_cash",
    "heaviest_kg", "standing_minutes", "reward", "fee_yen", "families_only", "booking", "worry",
)  # fmt: skip

Slots = tuple[tuple[str, ScheduleItem], ...]


def portray(
    terms: ActivityTerms,
    *,
    id: str,  # noqa: A002 - the profile's own word
    host: str,
    title: str,
    area: str,
    slots: Slots,
    by_arrangement: bool,
    places_left: int | None,
    as_of: date,
    horizon_days: int = HORIZON_DAYS,
    near: tuple[float, float] | None = None,
    resting_until: date | None = None,
    last_asked_on: date | None = None,
    heard: tuple[Heard, ...] = (),
) -> ActivityProfile:
    """Portray an activity for the days from ``as_of`` on, ``horizon_days`` of them.

    ``slots`` pair a name, which the openings carry, with a line of the schedule; ``near`` is the
    (latitude, longitude) that stands for an activity which says no place of its own. Openings are
    shared between activities with equal schedules and slot names. Announced days without a line of
    the schedule have no hours: then the times are unknown, and nothing is by arrangement.

    Raises:
        ValueError: a line of the schedule contradicts the activity's announced dates.

    """
    recurrences = _recurrences(terms, slots)
    lat, lon = _place(terms, near)
    return ActivityProfile(
        id=id,
        host=host,
        title=title,
        area=area,
        lat=lat,
        lon=lon,
        openings=merged(recurrences, first=as_of, last=as_of + timedelta(days=horizon_days - 1)),
        by_arrangement=by_arrangement and not any(day >= as_of for day in terms.next_dates),
        per_month=_per_month(recurrences),
        places_left=places_left,
        meaning=_meaning(terms, title),
        needs=_needs(terms),
        resting_until=resting_until if slots else _opens_on(terms, resting_until, as_of=as_of),
        last_asked_on=last_asked_on,
        heard=heard,
        **{name: getattr(terms, name) for name in AS_SAID},
        **_shaped(terms),
    )


def _opens_on(terms: ActivityTerms, resting_until: date | None, *, as_of: date) -> date | None:
    """Say until when a place without dates rests: a closure and a season shut all of it."""
    season, shut = terms.period(), terms.closed_until
    days = (as_of + timedelta(days=ahead) for ahead in range(HORIZON_DAYS))
    usual = (day for day in days if shut is None or day > shut)
    opens = next((day for day in usual if season is None or season.holds(day)), shut)
    if opens is None or opens <= as_of:
        return resting_until
    return max(opens, resting_until or opens)


def _shaped(terms: ActivityTerms) -> dict[str, Any]:
    """Give the terms that a profile holds in a shape of its own: pairs, sets and values."""
    minutes, usual = terms.minutes, terms.usual_attendance
    return {
        "minutes": (minutes.min, minutes.max) if minutes else None,
        "group_size": _pair(terms.group_size),
        "usual_attendance": (usual.median, usual.highest) if usual else None,
        "company": _words(terms.company),
        "load": load_of(terms.load),
        "load_just_being": load_of(terms.load_just_being) if terms.load_just_being else None,
        "roles": tuple(terms.roles),
        "hazards": _words(terms.hazards),
        "access": _access(terms),
        "age": _pair(terms.age),
        "brings_ok": _words(terms.brings_ok),
        "tags": tuple(terms.tags),
    }


def load_of(levels: Levels) -> Load:
    """Turn levels of the format into a load."""
    return Load(
        physical=levels.physical,
        social=levels.social,
        cognitive=levels.cognitive,
        sensory=levels.sensory,
        pressure=levels.pressure,
    )


def ticked(meaning: Meaning, liked: Iterable[str], disliked: Iterable[str] = ()) -> Meaning:
    """Let what a human ticked outweigh what words seem to say: it counts 1.0, the words half.

    A ticked word that is no facet of the vocabulary is read as a free word. A facet that is ticked
    on one side leaves the other.
    """
    likes, dislikes = _facets(liked), _facets(disliked)
    share = BESIDE_TICKS if likes else 1.0
    heard = {facet: sure * share for facet, sure in meaning.liked.items()}
    return Meaning(
        liked=_joined(heard, likes, without=dislikes),
        disliked=_joined(meaning.disliked, dislikes, without=likes),
        tokens=meaning.tokens,
        said=meaning.said,
        hinted=_joined(meaning.hinted, {}, without={**likes, **dislikes}),
    )


def _facets(names: Iterable[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in names:
        heard = {name: 1.0} if name in words.FACETS else words.read(name).liked
        for facet, confidence in heard.items():
            found[facet] = max(confidence, found.get(facet, 0.0))
    return found


def _joined(
    read: Mapping[str, float], said: Mapping[str, float], *, without: Mapping[str, float]
) -> dict[str, float]:
    kept = {name: value for name, value in read.items() if name not in without}
    return {name: max(kept.get(name, 0.0), said.get(name, 0.0)) for name in sorted({*kept, *said})}


def _meaning(terms: ActivityTerms, title: str) -> Meaning:
    meaning = words.read(title, terms.plain_title, terms.description, *terms.tags)
    return ticked(meaning, terms.facets) if terms.facets else meaning


def _needs(terms: ActivityTerms) -> Meaning:
    needs = terms.needs
    return words.read(needs.people, needs.things, needs.place, needs.money, terms.worry)


def _recurrences(terms: ActivityTerms, slots: Slots) -> tuple[tuple[str, Recurrence], ...]:
    # Announced days carry no time of day, so they follow the first line of the schedule.
    return tuple(
        (
            name,
            item.recurrence(
                season=terms.period(),
                closed_until=terms.closed_until,
                next_dates=tuple(terms.next_dates) if at == 0 else (),
            ),
        )
        for at, (name, item) in enumerate(slots)
    )


def _per_month(recurrences: tuple[tuple[str, Recurrence], ...]) -> float | None:
    return sum(per_month(recurrence) for _, recurrence in recurrences) if recurrences else None


def _place(
    terms: ActivityTerms, near: tuple[float, float] | None
) -> tuple[float | None, float | None]:
    if terms.lat is not None and terms.lon is not None:
        return terms.lat, terms.lon
    return near or (None, None)


def _pair(values: list[int] | None) -> tuple[int, int] | None:
    return (values[0], values[1]) if values else None


def _words(values: Iterable[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(map(str, values))


def _access(terms: ActivityTerms) -> Access:
    access = terms.access
    return Access(
        steps=access.steps,
        wheelchair=access.wheelchair,
        toilet=access.toilet,
        seat=access.seat,
        minutes_from_stop=access.minutes_from_stop,
        handrail=terms.handrail,
        slope=terms.slope,
        multipurpose_toilet=_multipurpose(terms),
    )


def _multipurpose(terms: ActivityTerms) -> bool | None:
    if terms.toilet and terms.toilet.multipurpose is not None:
        return terms.toilet.multipurpose
    said = terms.access.toilet or ""
    if any(word in said for word in MULTIPURPOSE):
        return True
    return False if said in NO_MULTIPURPOSE else None
