"""What the columns of the index hold: one number read from each activity."""

from collections.abc import Callable, Iterable, Mapping
from math import ceil
from typing import Final

from catalogue.profiles import (
    ActivityProfile,
    Company,
    Hazard,
    OwnPace,
    Reward,
    Setting,
)
from matching.allergens import PREFIX

FOUR_WEEKS: Final = 48 / 52  # a year has 52 weeks, and twelve months of four weeks have 48
PACES: Final = (OwnPace.NO, OwnPace.PARTLY, OwnPace.YES)
REWARDS: Final = tuple(Reward)
SETTINGS: Final = tuple(Setting)
HAZARD_BIT: Final[Mapping[str, int]] = {word: 1 << at for at, word in enumerate(Hazard)}
COMPANY_BIT: Final[Mapping[str, int]] = {word: 1 << at for at, word in enumerate(Company)}
HOME_TAGS: Final = frozenset({"home", "home_possible", "online", "remote"})
FOOD_SIGNS: Final = frozenset(
    {"food", "meal", "cafe", "cooking", "meal_together", "food_for_others", "tea_and_coffee"}
)
NO_SEAT: Final = frozenset({"なし", "無し", "無", "ない", "none", "no"})


def _flag(said: bool | None) -> int:
    return -1 if said is None else int(said)


def number(value: float | None) -> int:
    """Round up, so that half a kilogram too much stays too much."""
    return -1 if value is None else ceil(value)


def _end(pair: tuple[int, int] | None, at: int) -> int:
    return -1 if pair is None else pair[at]


def _ends(at: int, *pairs: tuple[int, int] | None) -> list[int]:
    return [pair[at] for pair in pairs if pair is not None]


def _position(word: object, words: tuple[object, ...]) -> int:
    return -1 if word is None else words.index(word)


def may_leave(activity: ActivityProfile) -> bool | None:
    """Say whether one may leave at any time: stated, or following from one's own pace."""
    if activity.leave_any_time is not None:
        return activity.leave_any_time
    if activity.own_pace in (OwnPace.YES, OwnPace.NO):
        return activity.own_pace is OwnPace.YES
    return None


def times_a_month(activity: ActivityProfile) -> int:
    """Count in months of four weeks, as people do: weekly is four; part of a time is one."""
    if activity.per_month is None:
        return -1
    return ceil(round(activity.per_month * FOUR_WEEKS, 1))


def at_home(activity: ActivityProfile) -> bool:
    """Say whether nobody has to go anywhere."""
    return activity.setting in (Setting.HOME, Setting.ONLINE)


def home_possible(activity: ActivityProfile) -> bool:
    """Say whether the host has said that it can be done at home (setting or tags)."""
    return at_home(activity) or bool(HOME_TAGS & set(activity.tags))


def hazards_of(activity: ActivityProfile) -> frozenset[str]:
    """Return the hazards stated and those that follow from other fields (cash, alcohol)."""
    also = {Hazard.MONEY_HANDLING.value} if activity.handles_cash else set()
    if activity.alcohol not in (None, "", "none"):
        also.add(Hazard.ALCOHOL.value)
    return (activity.hazards or frozenset()) | also


def has_food(activity: ActivityProfile) -> bool:
    """Say whether people eat, drink or handle food there, so that allergens matter."""
    signs = FOOD_SIGNS & ({*activity.tags} | {*activity.meaning.liked})
    hazards = activity.hazards or frozenset()
    if signs or Hazard.FOOD_HYGIENE in hazards:
        return True
    return any(hazard.startswith(PREFIX) for hazard in hazards)


def _toilet(activity: ActivityProfile) -> int:
    """Return 1 multi-purpose, 0 stated not to be, 2 only otherwise described, -1 unknown."""
    access = activity.access
    if access.multipurpose_toilet is not None:
        return int(access.multipurpose_toilet)
    if not access.toilet:
        return -1
    if access.toilet in NO_SEAT:
        return 0
    return 1 if "多目的" in access.toilet else 2


def _seat(activity: ActivityProfile) -> int:
    seat = activity.access.seat
    return -1 if not seat else int(seat not in NO_SEAT)


def _bits(words: Iterable[str], bit: Mapping[str, int]) -> int:
    return sum(bit.get(word, 0) for word in set(words))


LACKING: Final = ("", "companion", "lift")

# -1 is unknown in every whole-number column.
WHOLE: Final[Mapping[str, Callable[[ActivityProfile], int]]] = {
    "open": lambda a: int(a.open),
    "resting": lambda a: a.resting_until.toordinal() if a.resting_until else -1,
    "last_asked": lambda a: a.last_asked_on.toordinal() if a.last_asked_on else -1,
    "lacking": lambda a: LACKING.index(a.lacking),
    "places_left": lambda a: -1 if a.places_left is None else max(a.places_left, 0),
    "capacity": lambda a: number(a.capacity),
    "age_low": lambda a: _end(a.age, 0),
    "age_high": lambda a: _end(a.age, 1),
    "families_only": lambda a: _flag(a.families_only),
    "fee": lambda a: number(a.fee_yen),
    "reward": lambda a: _position(a.reward, REWARDS),
    "just_being_ok": lambda a: _flag(a.just_being_ok),
    "no_talk_ok": lambda a: _flag(a.no_talk_ok),
    "accompaniment_ok": lambda a: _flag(a.accompaniment_ok),
    "leave": lambda a: _flag(may_leave(a)),
    "must_stay": lambda a: int(a.leave_any_time is False),
    "pace": lambda a: _position(a.own_pace, PACES),
    "setting": lambda a: _position(a.setting, SETTINGS),
    "at_home": lambda a: int(at_home(a)),
    "home_possible": lambda a: int(home_possible(a)),
    "steps": lambda a: number(a.access.steps),
    "wheelchair": lambda a: _flag(a.access.wheelchair),
    "slope": lambda a: _flag(a.access.slope),
    "toilet": _toilet,
    "seat": _seat,
    "stop": lambda a: number(a.access.minutes_from_stop),
    "standing": lambda a: number(a.standing_minutes),
    "shortest": lambda a: _end(a.minutes, 0),
    "longest": lambda a: _end(a.minutes, 1),
    "group_low": lambda a: min(_ends(0, a.group_size, a.usual_attendance), default=-1),
    "group_high": lambda a: max(_end(a.group_size, 1), _end(a.usual_attendance, 1)),
    "usual_high": lambda a: _end(a.usual_attendance, 1),
    "heaviest": lambda a: number(a.heaviest_kg),
    "per_month": times_a_month,
    "by_arrangement": lambda a: int(a.by_arrangement),
    "dated": lambda a: int(bool(a.openings)),
    "dose": lambda a: int(a.dose not in ("", "なし")),
    "roles": lambda a: len({*a.roles}),
    "food": lambda a: int(has_food(a)),
    "dry": lambda a: int(a.alcohol == "none"),
    "hazards_known": lambda a: int(a.hazards is not None),
    "hazards": lambda a: _bits(hazards_of(a), HAZARD_BIT),
    "company_known": lambda a: int(a.company is not None),
    "company": lambda a: _bits(a.company or (), COMPANY_BIT),
    "brings_known": lambda a: int(a.brings_ok is not None),
    "children_brought": lambda a: int("child" in (a.brings_ok or ())),
}
