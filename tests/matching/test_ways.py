"""The way: on foot, by bus and by train, within a walking limit, or not known at all."""

from typing import Any

import numpy as np
import pytest

from catalogue.profiles import Access, LimitKind, PersonProfile, Setting, TravelMode
from matching import Answer, Proposal, build, match
from matching.answer import ArrangementKind
from matching.case import consider
from matching.factors import FACTORS
from matching.roads import Roads
from matching.travel import SPEEDS
from tests.matching.made import TODAY, activity, answer, codes, limit, person, tier

Mode = TravelMode
WALK, BUS, TRAIN = (frozenset({mode}) for mode in (Mode.WALK, Mode.BUS, Mode.TRAIN))
KILOMETRE = 1000 / 111_195  # degrees to the north; 1,300 metres by road
HERE: dict[str, Any] = {"lat": 35.7, "lon": 139.5}


def _away(kilometres: float, **changes: Any) -> Any:
    return activity(**{"lat": 35.7 + kilometres * KILOMETRE, "lon": 139.5, **changes})


def _walks(most: int, **changes: Any) -> PersonProfile:
    return person(
        limit(LimitKind.WALK_AT_MOST_MINUTES, most), **{**HERE, "max_minutes": 60, **changes}
    )


def _shown(found: Answer) -> Proposal:
    (one,) = (*found.fits, *found.adaptable, *found.ask_host)
    return one


@pytest.mark.parametrize(
    ("modes", "stop", "expected"),
    [
        (BUS, 4, "fits"),  # four minutes to the stop and four from it
        (BUS, 5, "adaptable"),
        (BUS, None, "ask_host"),
        (TRAIN, 4, "fits"),  # who names the train lives near a station
        (TRAIN, 5, "adaptable"),
        (BUS | TRAIN, 4, "fits"),
        (frozenset({Mode.TAXI}), 30, "fits"),
        (frozenset({Mode.WHEELCHAIR}), None, "fits"),
    ],
)
def test_a_walking_limit_counts_the_feet_at_both_ends(
    modes: frozenset[Mode], stop: int | None, expected: str
) -> None:
    one = _away(1, access=Access(minutes_from_stop=stop))
    assert tier(one, _walks(8, modes=modes)) == expected


@pytest.mark.parametrize(("most", "expected"), [(16, "fits"), (15, "adaptable")])
def test_on_foot_the_whole_way_counts(most: int, expected: str) -> None:
    assert tier(_away(1), _walks(most, modes=WALK)) == expected  # 16.25, told as 16


def test_the_strictest_of_several_walking_limits_binds() -> None:
    who = person(
        limit(LimitKind.WALK_AT_MOST_MINUTES, 40),
        limit(LimitKind.WALK_AT_MOST_MINUTES, 15),
        **HERE,
        max_minutes=60,
    )
    assert tier(_away(1), who) == "adaptable"


def test_the_way_that_is_shown_is_the_one_that_the_person_can_take() -> None:
    # On foot 8.1 minutes would be quicker than the bus: 650 m / 300 + 9 + 1 = 12.2.
    one = _away(0.5, access=Access(minutes_from_stop=1))
    free = _shown(answer(one, person(**HERE, modes=WALK | BUS, max_minutes=60))).start
    bound = _shown(answer(one, _walks(6, modes=WALK | BUS))).start
    assert (free.travel_minutes, free.mode) == (8, "walk")
    assert (bound.travel_minutes, bound.mode) == (12, "bus")


def test_the_reason_of_the_way_names_the_same_way() -> None:
    one = _away(0.5, access=Access(minutes_from_stop=1))
    reasons = {r.code: r for r in _shown(answer(one, _walks(6, modes=WALK | BUS))).reasons}
    assert (reasons["way"].value, reasons["way"].limit) == ((12, "bus"), 60)


def test_the_allowed_way_must_be_short_enough_too() -> None:
    one = _away(0.5, access=Access(minutes_from_stop=1))
    assert tier(one, _walks(6, modes=WALK | BUS, max_minutes=10)) == "adaptable"
    assert tier(one, _walks(6, modes=WALK | BUS, max_minutes=11)) == "fits"


def test_where_no_way_is_allowed_the_quickest_is_named() -> None:
    far = _away(3, access=Access(minutes_from_stop=10))  # bus 13 + 9 + 10 = 32, on foot 48.75
    found = answer(far, _walks(5, modes=WALK | BUS))
    (made,) = found.adaptable[0].arrangements
    assert made.kind is ArrangementKind.LIFT
    assert made.from_ == 32


@pytest.mark.parametrize("modes", [WALK, BUS, WALK | BUS, TRAIN, frozenset(Mode)])
@pytest.mark.parametrize("most", [None, 30])
@pytest.mark.parametrize("where", [{"lat": None}, {"lon": None}, {"lat": None, "lon": None}])
def test_a_person_without_a_place_is_asked_and_nobody_sends_a_lift_nowhere(
    where: dict[str, Any], most: int | None, modes: frozenset[Mode]
) -> None:
    who = _walks(5, modes=modes, max_minutes=most, **where)
    one = _away(1, access=Access(minutes_from_stop=10))
    shown = _shown(answer(one, who))
    assert shown in answer(one, who).ask_host
    assert "walk_at_most_minutes" in {r.code for r in shown.to_check if r.value is None}
    assert (shown.start.travel_minutes, shown.start.mode) == (None, None)


def test_a_place_without_coordinates_is_asked_about_in_the_same_way() -> None:
    nowhere = activity(lat=None, access=Access(minutes_from_stop=10))
    assert tier(nowhere, _walks(5, modes=WALK | BUS, max_minutes=None)) == "ask_host"


def test_without_any_mode_the_way_is_not_known_however_near() -> None:
    who = person(**HERE, modes=frozenset[Mode]())
    assert tier(_away(0.1), who) == "ask_host"
    assert "travel" in codes(_away(0.1), who)


def test_who_has_named_no_limit_of_the_way_goes_anywhere() -> None:
    who = person(**HERE, max_minutes=None)
    assert tier(_away(50), who) == "fits"


def test_nobody_walks_to_what_is_done_at_home() -> None:
    online = activity(setting=Setting.ONLINE, lat=None, lon=None)
    who = _walks(0, modes=WALK, max_minutes=0, lat=None)
    assert tier(online, who) == "fits"
    assert _shown(answer(online, who)).start.travel_minutes == 0


@pytest.mark.parametrize(("minutes", "expected"), [(16, "fits"), (15, "fits"), (14, "adaptable")])
def test_the_way_may_be_exactly_as_long_as_one_can_bear(minutes: int, expected: str) -> None:
    assert tier(_away(1), person(**HERE, max_minutes=minutes)) == expected


@pytest.mark.parametrize("mode", Mode)
def test_a_longer_way_never_takes_less_time(mode: Mode) -> None:
    index = build([_away(n, id=f"a{n}") for n in range(5)], as_of=TODAY)
    minutes = consider(index, person(**HERE, modes=frozenset({mode}))).trip.minutes
    assert (np.diff(minutes) > 0).all()
    assert minutes[0] >= SPEEDS[mode].extra


def test_one_more_mode_never_makes_the_way_longer() -> None:
    one = build([_away(2)], as_of=TODAY)
    alone = consider(one, _walks(20, modes=BUS)).trip.minutes[0]
    for mode in Mode:
        assert consider(one, _walks(20, modes=BUS | {mode})).trip.minutes[0] <= alone


@pytest.mark.parametrize(
    ("kilometres", "most", "expected"),
    [
        (0, 30, 1.0),
        (2400 / 1300, 30, 0.3),  # thirty minutes on foot: at the edge
        (1200 / 1300, 30, 0.65),
        (1200 / 1300, None, 0.65),  # half an hour counts as far where nothing is named
        (1200 / 1300, 60, 0.825),
    ],
)
def test_the_factor_of_the_way_falls_to_three_tenths_at_the_edge(
    kilometres: float, most: int | None, expected: float
) -> None:
    case = consider(build([_away(kilometres)], as_of=TODAY), person(**HERE, max_minutes=most))
    found = FACTORS["way"].score(case)[0]
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("modes", "changes", "expected"),
    [
        (WALK | BUS, {}, "ask_host"),  # on foot 48.75: too far, the bus might do
        (WALK | BUS, {"max_minutes": 49}, "fits"),
        (WALK | BUS, {"max_minutes": 19}, "adaptable"),  # 13 + 9 even with the stop at the door
        (BUS, {"max_minutes": 19}, "adaptable"),
        (BUS | TRAIN, {}, "ask_host"),
        (WALK | frozenset({Mode.CAR}), {}, "fits"),
    ],
)
def test_a_bus_whose_stop_is_unknown_leaves_the_way_open_if_it_could_do(
    modes: frozenset[Mode], changes: dict[str, Any], expected: str
) -> None:
    silent = _away(3, access=Access())
    assert (
        tier(silent, person(**{**HERE, "modes": modes, "max_minutes": 30, **changes})) == expected
    )


@pytest.mark.parametrize(
    ("most", "expected"), [(16, "fits"), (15, "ask_host"), (4, "ask_host"), (3, "adaptable")]
)
def test_a_walking_limit_is_not_broken_by_a_stop_that_nobody_has_stated(
    most: int, expected: str
) -> None:
    assert tier(_away(1, access=Access()), _walks(most, modes=WALK | BUS)) == expected


def test_an_open_way_is_not_shown_as_if_it_were_known() -> None:
    silent = _away(3, access=Access())
    shown = _shown(answer(silent, person(**HERE, modes=WALK | BUS, max_minutes=30)))
    assert (shown.start.travel_minutes, shown.start.mode) == (None, None)
    assert "way" not in {reason.code for reason in shown.reasons}


def _minutes(mode: Mode, roads: Roads) -> float:
    index = build([_away(1, access=Access(minutes_from_stop=2))], as_of=TODAY, roads=roads)
    return float(consider(index, person(**HERE, modes=frozenset({mode}))).trip.minutes[0])


@pytest.mark.parametrize(
    ("mode", "level", "hilly"),
    [
        (Mode.WALK, 1000 / 80, 2000 / 80),
        (Mode.WHEELCHAIR, 1000 / 50, 2000 / 50),
        (Mode.BICYCLE, 1000 / 200 + 1, 2000 / 200 + 1),
        (Mode.BUS, 1000 / 300 + 5 + 4 + 2, 1000 / 300 + 5 + 8 + 2),  # only the walk to the stop
        (Mode.TRAIN, 1000 / 500 + 5 + 10 + 2, 1000 / 500 + 5 + 20 + 2),
        (Mode.CAR, 1000 / 400 + 4, 1000 / 400 + 4),
        (Mode.TAXI, 1000 / 400 + 5, 1000 / 400 + 5),
        (Mode.LIFT, 1000 / 400 + 4, 1000 / 400 + 4),
    ],
)
def test_hills_cost_who_moves_by_own_strength(mode: Mode, level: float, hilly: float) -> None:
    assert _minutes(mode, Roads(detour=1.0)) == pytest.approx(level)
    assert _minutes(mode, Roads(detour=1.0, hills=2.0)) == pytest.approx(hilly)


@pytest.mark.parametrize("mode", Mode)
def test_a_longer_detour_is_a_longer_way(mode: Mode) -> None:
    assert _minutes(mode, Roads(detour=1.5)) > _minutes(mode, Roads()) > _minutes(mode, Roads(1.0))


def test_roads_decide_what_is_in_reach() -> None:
    near, who = _away(1), person(**HERE, max_minutes=15)  # 16.25 minutes on foot
    assert match(build([near], as_of=TODAY), who).fits
    for roads in (Roads(detour=1.4), Roads(hills=1.1)):
        found = match(build([near], as_of=TODAY, roads=roads), who)
        assert [made.kind for made in found.adaptable[0].arrangements] == [ArrangementKind.LIFT]


@pytest.mark.parametrize("wrong", [{"detour": 0.9}, {"hills": 0.0}, {"hills": -1.0}])
def test_no_road_is_shorter_than_a_straight_and_level_line(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        Roads(**wrong)


@pytest.mark.parametrize(
    ("metres", "most", "expected", "said"),
    [
        (1319, 16, "fits", False),  # sixteen and a half minutes on foot are 1,320 metres
        (1321, 16, "fits", True),
        (1439, 16, "fits", True),  # two minutes more than sixteen
        (1441, 16, "adaptable", False),
        (5279, 60, "fits", True),  # a tenth more than sixty
        (5281, 60, "adaptable", False),
        (1, 0, "fits", False),
        (100, 0, "excluded", False),
    ],
)
def test_an_estimated_way_may_be_a_little_too_long_and_is_then_spoken_of(
    metres: int, most: int, expected: str, said: bool
) -> None:
    one, who = _away(metres / 1300), person(**HERE, max_minutes=most)
    assert tier(one, who) == expected
    assert ("travel_near" in codes(one, who)) is said
