"""What can be arranged, within what the host has said."""

from typing import Any

import pytest

from catalogue.profiles import LimitKind, Load, OwnPace, PersonProfile, Setting, Window
from matching.answer import Arrangement, ArrangementKind
from tests.matching.made import activity, answer, limit, person, tier, weekly

Kind = ArrangementKind
NARROW = (Window(frozenset({1}), 14 * 60 + 40, 18 * 60),)  # twenty minutes of PLAIN's opening
GOES_FAR: dict[str, Any] = {"lat": 35.73, "lon": 139.53}
# kind -> (the activity's changes, the person)
CASES: dict[ArrangementKind, tuple[dict[str, Any], PersonProfile]] = {
    Kind.SHORTER: ({"minutes": (60, 90)}, person(limit(LimitKind.MINUTES_AT_MOST, 45))),
    Kind.SMALLER_DOSE: ({"heaviest_kg": 20}, person(limit(LimitKind.LIFT_AT_MOST_KG, 10))),
    Kind.JUST_BEING: ({"load": Load(4, 1, 1, 1, 1)}, person(ceiling=Load(1, 1, 1, 1, 1))),
    Kind.COMPANION: (
        {"company": frozenset({"unknown_adults"})},
        person(limit(LimitKind.NO_COMPANY, ("unknown_adults",))),
    ),
    Kind.OTHER_SLOT: ({"own_pace": OwnPace.NO}, person(windows=NARROW)),
    Kind.FEWER_PEOPLE: ({"group_size": (3, 12)}, person(limit(LimitKind.GROUP_AT_MOST, 5))),
    Kind.OTHER_ROLE: (
        {"roles": ("participant", "server")},
        person(limit(LimitKind.NO_ROLE, ("server",))),
    ),
    Kind.LIFT: (GOES_FAR, person(max_minutes=20)),
    Kind.HOME: ({"tags": ("home_possible",)}, person(limit(LimitKind.HOME_ONLY))),
}
# The same, where the host's own fields do not allow it.
FORBIDDEN: dict[ArrangementKind, dict[str, Any]] = {
    Kind.SHORTER: {"minutes": (60, 90), "own_pace": OwnPace.NO},
    Kind.SMALLER_DOSE: {"heaviest_kg": 20, "own_pace": OwnPace.NO},
    Kind.JUST_BEING: {
        "load": Load(4, 1, 1, 1, 1),
        "just_being_ok": False,
        "own_pace": OwnPace.NO,
    },
    Kind.COMPANION: {"company": frozenset({"unknown_adults"}), "accompaniment_ok": False},
    Kind.OTHER_SLOT: {"openings": weekly(1, 600, 660), "own_pace": OwnPace.NO},
    Kind.FEWER_PEOPLE: {"group_size": (6, 12)},
    Kind.OTHER_ROLE: {"roles": ("server",)},
    Kind.LIFT: {"lat": 36.7, "lon": 139.53},
    Kind.HOME: {"tags": ()},
}


def _made(one: dict[str, Any], who: PersonProfile) -> Arrangement:
    (made,) = answer(activity(**one), who).adaptable[0].arrangements
    return made


def test_every_arrangement_has_a_case() -> None:
    assert set(CASES) == set(FORBIDDEN) == set(ArrangementKind)


@pytest.mark.parametrize("kind", ArrangementKind)
def test_an_arrangement_opens_what_stood_in_the_way(kind: ArrangementKind) -> None:
    one, who = CASES[kind]
    assert _made(one, who).kind is kind


@pytest.mark.parametrize("kind", ArrangementKind)
def test_what_the_host_has_not_allowed_is_not_arranged(kind: ArrangementKind) -> None:
    assert tier(activity(**FORBIDDEN[kind]), CASES[kind][1]) == "excluded"


def test_a_shorter_session_says_from_what_to_what() -> None:
    made = _made(*CASES[Kind.SHORTER])
    assert (made.from_, made.to) == ((60, 90), 45)


def test_a_shorter_session_is_what_one_starts_with() -> None:
    one, who = CASES[Kind.SHORTER]
    assert answer(activity(**one), who).adaptable[0].start.minutes == 45


def test_a_window_leaves_only_part_of_a_session() -> None:
    found = answer(activity(), person(windows=NARROW)).adaptable[0]
    assert [(made.kind, made.to) for made in found.arrangements] == [(Kind.SHORTER, 20)]
    assert len(found.start.first_occurrences) == 3


def test_one_arrangement_for_two_limits_counts_once() -> None:
    who = person(limit(LimitKind.SEATED), ceiling=Load(1, 1, 1, 1, 1))
    one = activity(load=Load(4, 4, 1, 1, 1), standing_minutes=60)
    made = answer(one, who).adaptable[0].arrangements
    assert [arrangement.kind for arrangement in made] == [Kind.JUST_BEING]


def test_the_smallest_arrangements_come_first() -> None:
    who = person(
        limit(LimitKind.MINUTES_AT_MOST, 20), limit(LimitKind.GROUP_AT_MOST, 3), max_minutes=20
    )
    made = answer(activity(**GOES_FAR), who).adaptable[0].arrangements
    assert [one.kind for one in made] == [Kind.SHORTER, Kind.FEWER_PEOPLE, Kind.LIFT]


def test_just_being_has_a_load_of_its_own() -> None:
    who = person(ceiling=Load(1, 1, 1, 1, 1))
    loud = activity(load=Load(4, 1, 1, 1, 1), load_just_being=Load(0, 0, 0, 4, 0))
    assert tier(loud, who) == "excluded"


def test_nobody_goes_home_from_home() -> None:
    online = activity(setting=Setting.ONLINE)
    assert tier(online, person(windows=(Window(frozenset({5}), 0, 60),))) == "excluded"


def test_customers_are_avoided_in_another_role() -> None:
    who = person(limit(LimitKind.NO_COMPANY, ("customers",)))
    shop = {"company": frozenset({"customers"})}
    assert tier(activity(roles=("server", "participant"), **shop), who) == "adaptable"
    assert tier(activity(roles=("server",), **shop), who) == "excluded"
