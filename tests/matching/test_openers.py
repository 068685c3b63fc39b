"""Every way to open a limit: where only it is allowed, it opens; just being has its own load."""

from typing import Any

import pytest

from catalogue.profiles import (
    DIMENSIONS,
    Access,
    Accompaniment,
    LimitKind,
    Load,
    OwnPace,
    PersonProfile,
    Setting,
    Window,
)
from matching import Arrangement, Proposal
from matching.adapt import OPENERS
from matching.answer import ArrangementKind
from tests.matching.made import activity, answer, limit, person, tier, weekly

Kind = ArrangementKind
Case = tuple[dict[str, Any], dict[str, Any], PersonProfile]
# A host who allows nothing: whatever opens then is what the case adds.
CLOSED: dict[str, Any] = {
    "own_pace": OwnPace.NO,
    "just_being_ok": False,
    "accompaniment_ok": False,
    "tags": (),
    "roles": ("participant",),
}
PARTLY: dict[str, Any] = {"own_pace": OwnPace.PARTLY}
OWN: dict[str, Any] = {"own_pace": OwnPace.YES}
BEING: dict[str, Any] = {"just_being_ok": True}
WELCOME: dict[str, Any] = {"accompaniment_ok": True}
AT_HOME: dict[str, Any] = {"tags": ("home_possible",)}
FAR: dict[str, Any] = {"lat": 35.73, "lon": 139.53}
ABROAD: dict[str, Any] = {"lat": 36.7}
LATE = person(limit(LimitKind.NOT_BEFORE, "14:40"))
SOON = person(limit(LimitKind.NOT_AFTER, "14:20"))
TUESDAY = person(windows=(Window(frozenset({1}), 14 * 60 + 40, 18 * 60),))
SATURDAY = person(windows=(Window(frozenset({5}), 0, 24 * 60),))
SLOW = person(limit(LimitKind.WALK_AT_MOST_MINUTES, 10), max_minutes=120)
CHAIR = person(limit(LimitKind.WHEELCHAIR))
SMALL = person(limit(LimitKind.GROUP_AT_MOST, 5))
ONES = person(ceiling=Load(1, 1, 1, 1, 1))
STEP = {"access": Access(steps=2, wheelchair=True, toilet="多目的")}
NO_TOILET = {"access": Access(steps=0, wheelchair=True, toilet="なし")}


def _heavy(**levels: int) -> dict[str, Any]:
    return {"load": Load(**{**dict.fromkeys(DIMENSIONS, 1), **levels})}


# (code, kind) -> (what violates, what the host allows, the person)
WAYS: dict[tuple[str, Kind], Case] = {
    ("minutes_at_most", Kind.SHORTER): (
        {"minutes": (60, 90)},
        PARTLY,
        person(limit(LimitKind.MINUTES_AT_MOST, 45)),
    ),
    ("per_month_at_most", Kind.SMALLER_DOSE): (
        {"per_month": 8},
        PARTLY,
        person(limit(LimitKind.PER_MONTH_AT_MOST, 2)),
    ),
    ("not_before", Kind.SHORTER): ({}, PARTLY, LATE),
    ("not_before", Kind.OTHER_SLOT): ({}, {}, LATE),
    ("not_before", Kind.HOME): ({"openings": weekly(1, 600, 660)}, AT_HOME, LATE),
    ("not_after", Kind.SHORTER): ({}, PARTLY, SOON),
    ("not_after", Kind.OTHER_SLOT): ({}, {}, SOON),
    ("not_after", Kind.HOME): ({"openings": weekly(1, 900, 960)}, AT_HOME, SOON),
    ("windows", Kind.SHORTER): ({}, PARTLY, TUESDAY),
    ("windows", Kind.OTHER_SLOT): ({}, {}, TUESDAY),
    ("windows", Kind.HOME): ({}, AT_HOME, SATURDAY),
    ("travel", Kind.LIFT): (FAR, {}, person(max_minutes=20)),
    ("travel", Kind.HOME): (ABROAD, AT_HOME, person(max_minutes=20)),
    ("walk_at_most_minutes", Kind.LIFT): (FAR, {}, SLOW),
    ("walk_at_most_minutes", Kind.HOME): (ABROAD, AT_HOME, SLOW),
    ("home_only", Kind.HOME): ({}, AT_HOME, person(limit(LimitKind.HOME_ONLY))),
    ("no_outdoors", Kind.HOME): (
        {"setting": Setting.OUTDOOR},
        AT_HOME,
        person(limit(LimitKind.NO_OUTDOORS)),
    ),
    ("steps_at_most", Kind.HOME): (STEP, AT_HOME, person(limit(LimitKind.STEPS_AT_MOST, 1))),
    ("wheelchair", Kind.HOME): (STEP, AT_HOME, CHAIR),
    ("wheelchair_toilet", Kind.HOME): (NO_TOILET, AT_HOME, CHAIR),
    ("group_at_most", Kind.FEWER_PEOPLE): ({"group_size": (6, 12)}, {"group_size": (5, 12)}, SMALL),
    ("group_at_most", Kind.HOME): ({"group_size": (6, 12)}, AT_HOME, SMALL),
    ("no_company", Kind.COMPANION): (
        {"company": frozenset({"unknown_adults"})},
        WELCOME,
        person(limit(LimitKind.NO_COMPANY, ("unknown_adults",))),
    ),
    ("no_company", Kind.OTHER_ROLE): (
        {"company": frozenset({"customers"})},
        {"roles": ("participant", "server")},
        person(limit(LimitKind.NO_COMPANY, ("customers",))),
    ),
    ("no_role", Kind.OTHER_ROLE): (
        {"roles": ("server", "server")},
        {"roles": ("server", "participant")},
        person(limit(LimitKind.NO_ROLE, ("server",))),
    ),
    ("seated", Kind.JUST_BEING): (
        {"standing_minutes": 40},
        BEING,
        person(limit(LimitKind.SEATED)),
    ),
    ("lift_at_most_kg", Kind.SMALLER_DOSE): (
        {"heaviest_kg": 20},
        OWN,
        person(limit(LimitKind.LIFT_AT_MOST_KG, 10)),
    ),
    ("may_leave_any_time", Kind.JUST_BEING): (
        {"leave_any_time": None},
        BEING,
        person(limit(LimitKind.MAY_LEAVE_ANY_TIME)),
    ),
    ("load.physical", Kind.SMALLER_DOSE): (_heavy(physical=2, pressure=2), PARTLY, ONES),
    ("load.pressure", Kind.SMALLER_DOSE): (_heavy(physical=2, pressure=2), PARTLY, ONES),
    ("load.social", Kind.COMPANION): (_heavy(social=2, cognitive=2), WELCOME, ONES),
    ("load.cognitive", Kind.COMPANION): (_heavy(social=2, cognitive=2), WELCOME, ONES),
    ("load.sensory", Kind.SHORTER): (_heavy(physical=2, sensory=2), PARTLY, ONES),
    **{
        (f"load.{name}", Kind.JUST_BEING): (_heavy(**{name: 4}), BEING, ONES) for name in DIMENSIONS
    },
}


# No word of the host is needed to ask for another time, or to be fetched.
ASKED_ANYWAY = {(code, Kind.SHORTER) for code in ("not_before", "not_after", "windows")} | {
    pair for pair in WAYS if pair[1] in (Kind.OTHER_SLOT, Kind.LIFT)
}


def _one(*parts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.items()}


def _shown(who: PersonProfile, *parts: dict[str, Any]) -> Proposal:
    return answer(activity(**_one(*parts)), who).adaptable[0]


def test_every_opener_has_a_case() -> None:
    assert set(WAYS) == {(code, kind) for code, kinds in OPENERS.items() for kind, _ in kinds}


@pytest.mark.parametrize(("code", "kind"), WAYS)
def test_a_limit_is_opened_where_the_host_allows_this_way_and_no_other(
    code: str, kind: Kind
) -> None:
    violating, allowed, who = WAYS[(code, kind)]
    made = _shown(who, CLOSED, violating, allowed).arrangements
    assert kind in {one.kind for one in made}


@pytest.mark.parametrize(("code", "kind"), sorted(WAYS.keys() - ASKED_ANYWAY))
def test_a_limit_stands_where_the_host_allows_nothing(code: str, kind: Kind) -> None:
    violating, _, who = WAYS[(code, kind)]
    left = answer(activity(**_one(CLOSED, violating)), who).excluded[0].reasons
    assert code in {reason.code for reason in left}


@pytest.mark.parametrize("name", DIMENSIONS)
@pytest.mark.parametrize("level", [2, None])
def test_just_being_opens_nothing_where_its_own_load_is_too_much_or_unknown(
    name: str, level: int | None
) -> None:
    being = Load(**{**dict.fromkeys(DIMENSIONS, 0), name: level})
    other = "social" if name != "social" else "physical"
    one = activity(**_one(CLOSED, BEING, _heavy(**{other: 4}), {"load_just_being": being}))
    assert tier(one, ONES) == "excluded"


def test_just_being_may_reach_the_ceiling_but_needs_a_load_of_its_own() -> None:
    heavy = _one(CLOSED, BEING, _heavy(social=4))
    assert tier(activity(**heavy, load_just_being=Load(1, 1, 1, 1, 1)), ONES) == "adaptable"
    assert tier(activity(**heavy, load_just_being=None), ONES) == "excluded"


def test_an_unnamed_ceiling_never_holds_just_being_back() -> None:
    who = person(ceiling=Load(social=1))
    heavy = _one(CLOSED, BEING, _heavy(social=4), {"load_just_being": Load(4, 0, 4, 4, 4)})
    assert tier(activity(**heavy), who) == "adaptable"


@pytest.mark.parametrize("name", DIMENSIONS)
def test_a_hard_dimension_is_opened_by_just_being_only(name: str) -> None:
    who = person(ceiling=Load(1, 1, 1, 1, 1), hard_dimensions=frozenset({name}))
    made = _shown(who, OWN, WELCOME, BEING, _heavy(**{name: 2})).arrangements
    assert [one.kind for one in made] == [Kind.JUST_BEING]
    assert tier(
        activity(**_one(OWN, WELCOME, {"just_being_ok": False}, _heavy(**{name: 2}))), who
    ) == ("excluded")


def test_two_levels_too_many_are_not_a_matter_of_a_smaller_dose() -> None:
    assert tier(activity(**_one(CLOSED, OWN, WELCOME, _heavy(physical=3))), ONES) == "excluded"


def test_home_settles_the_way_the_steps_and_the_toilet_at_once() -> None:
    chair = person(limit(LimitKind.WHEELCHAIR), limit(LimitKind.STEPS_AT_MOST, 0), max_minutes=20)
    found = _shown(chair, FAR, AT_HOME, {"access": Access(steps=3, toilet="なし")})
    assert [one.kind for one in found.arrangements] == [Kind.HOME]
    assert (found.start.travel_minutes, found.start.mode) == (0, None)
    assert found.start.first_occurrences == (), "at home one is not bound to the dates on site"


def test_the_fewest_arrangements_win_over_the_smallest() -> None:
    who = person(limit(LimitKind.GROUP_AT_MOST, 5), limit(LimitKind.HOME_ONLY))
    made = _shown(who, AT_HOME, {"group_size": (3, 12)}).arrangements
    assert [one.kind for one in made] == [Kind.HOME]


def test_of_equally_many_the_smaller_arrangement_is_taken() -> None:
    made = _shown(SMALL, AT_HOME, {"group_size": (3, 12)}).arrangements
    assert made == (Arrangement(Kind.FEWER_PEOPLE, (3, 12), 5),)


def test_a_shorter_session_is_short_enough_for_every_limit_that_it_opens() -> None:
    window = (Window(frozenset({1}), 14 * 60 + 20, 18 * 60),)  # leaves forty minutes
    who = person(limit(LimitKind.MINUTES_AT_MOST, 25), windows=window)
    found = _shown(who, PARTLY, {"minutes": (60, 60)})
    assert found.arrangements == (Arrangement(Kind.SHORTER, (60, 60), 25),)
    assert found.start.minutes == 25


def test_too_short_to_be_worth_it_is_no_arrangement() -> None:
    for minutes, expected in ((9, "excluded"), (10, "adaptable")):
        who = person(limit(LimitKind.MINUTES_AT_MOST, minutes))
        assert tier(activity(minutes=(60, 60)), who) == expected


@pytest.mark.parametrize(("left", "expected"), [(15, Kind.SHORTER), (14, Kind.OTHER_SLOT)])
def test_less_than_a_quarter_of_an_hour_is_moved_and_not_shortened(
    left: int, expected: Kind
) -> None:
    who = person(windows=(Window(frozenset({1}), 15 * 60 - left, 18 * 60),))
    assert [one.kind for one in _shown(who).arrangements] == [expected]


def test_a_loud_place_is_borne_for_half_a_session() -> None:
    changes = {**_heavy(physical=2, sensory=2), "minutes": (60, 90), **OWN, "just_being_ok": False}
    made = _shown(ONES, changes).arrangements
    assert [(one.kind, one.to) for one in made] == [(Kind.SHORTER, 30), (Kind.SMALLER_DOSE, None)]


def test_a_lift_says_the_way_as_it_is_and_as_it_would_be() -> None:
    # 2,900 m as the crow flies, 3,770 m by road: 47 minutes on foot, 9.4 + 4 by car
    who = person(lat=35.7, lon=139.5, max_minutes=30)
    found = _shown(who, {"lat": 35.7 + 2900 / 111_195, "lon": 139.5})
    assert found.arrangements == (Arrangement(Kind.LIFT, 47, 13),)
    assert (found.start.travel_minutes, found.start.mode) == (13, "lift")


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (None, Accompaniment.FIRST_TIME),
        (Accompaniment.NONE, Accompaniment.FIRST_TIME),
        (Accompaniment.FIRST_THREE, Accompaniment.FIRST_THREE),
        (Accompaniment.ALWAYS, Accompaniment.ALWAYS),
    ],
)
def test_a_companion_comes_as_long_as_agreed_or_the_first_time(
    need: Accompaniment | None, said: Accompaniment
) -> None:
    who = person(limit(LimitKind.NO_COMPANY, ("unknown_adults",)), accompaniment=need)
    made = _shown(who, {"company": frozenset({"unknown_adults"})}).arrangements
    assert made == (Arrangement(Kind.COMPANION, None, said),)


def test_another_role_leaves_out_every_unwanted_one() -> None:
    who = person(limit(LimitKind.NO_ROLE, ("server", "teacher")))
    roles = ("server", "teacher", "participant")
    (made,) = _shown(who, {"roles": roles}).arrangements
    assert (made.from_, made.to) == (roles, ("participant",))
    assert tier(activity(roles=("server", "teacher")), who) == "excluded"


def test_coming_less_often_says_how_often() -> None:
    who = person(limit(LimitKind.PER_MONTH_AT_MOST, 2))
    (made,) = _shown(who, PARTLY, {"per_month": 2.5}).arrangements
    assert (made.from_, made.to) == (3, 2)
