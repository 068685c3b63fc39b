"""The index: columns, facets, tokens, ways."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import numpy as np
import pytest

from catalogue.profiles import (
    Access,
    Hazard,
    Limit,
    LimitKind,
    Load,
    Meaning,
    OwnPace,
    Reward,
    Setting,
    TravelMode,
)
from matching import Index, build
from matching.meaning import CONTRADICTIONS, STATEMENTS, also_meant, spread_out
from matching.openings import gather
from matching.readings import WHOLE, hazards_of, home_possible, may_leave
from matching.text import fit
from matching.travel import MODES, SPEEDS, plan
from tests.matching.made import TODAY, activity, limit, person, weekly


def test_the_index_is_sorted_and_never_changed() -> None:
    index = build([activity(id="b"), activity(id="a")], as_of=TODAY)
    assert [one.id for one in index.activities] == ["a", "b"]
    with pytest.raises(FrozenInstanceError):
        index.as_of = date(2027, 1, 1)  # type: ignore[misc]  # the assignment is what is refused


@pytest.mark.parametrize("name", WHOLE)
def test_every_column_has_a_row_for_each_activity(name: str) -> None:
    index = build([activity(id=f"a{n}") for n in range(3)], as_of=TODAY)
    assert index.whole[name].shape == (3,)


def test_an_unknown_figure_is_minus_one_and_not_nothing() -> None:
    bare = activity(fee_yen=None, group_size=None, minutes=None, heaviest_kg=None, age=None)
    index = build([bare], as_of=TODAY)
    for name in ("fee", "group_high", "shortest", "heaviest", "age_low"):
        assert index.whole[name][0] == -1


def test_the_larger_of_planned_and_usual_attendance_counts() -> None:
    index = build([activity(group_size=(2, 4), usual_attendance=(3, 9))], as_of=TODAY)
    assert index.whole["group_high"][0] == 9


def test_unknown_loads_stay_unknown() -> None:
    index = build([activity(load=Load(None, 0, 4, None, 2))], as_of=TODAY)
    assert index.load[:, 0].tolist() == [-1, 0, 4, -1, 2]


def test_rows_are_found_by_word() -> None:
    index = build([activity(id="a", roles=("server",)), activity(id="b")], as_of=TODAY)
    assert index.rows("role", "server").tolist() == [0]
    assert index.rows("role", "teacher").tolist() == []


@pytest.mark.parametrize(
    ("stated", "pace", "expected"),
    [
        (True, OwnPace.NO, True),
        (False, OwnPace.YES, False),
        (None, OwnPace.YES, True),
        (None, OwnPace.NO, False),
        (None, OwnPace.PARTLY, None),
        (None, None, None),
    ],
)
def test_leaving_is_as_stated_or_follows_from_the_pace(
    stated: bool | None, pace: OwnPace | None, expected: bool | None
) -> None:
    assert may_leave(activity(leave_any_time=stated, own_pace=pace)) is expected


def test_home_is_a_setting_or_a_tag_and_both_is_not_home() -> None:
    assert home_possible(activity(setting=Setting.HOME))
    assert home_possible(activity(setting=Setting.BOTH, tags=("home_possible",)))
    assert not home_possible(activity(setting=Setting.BOTH))


def test_hazards_follow_from_other_fields() -> None:
    assert Hazard.MONEY_HANDLING in hazards_of(activity(handles_cash=True))
    assert Hazard.ALCOHOL in hazards_of(activity(alcohol="served"))
    assert hazards_of(activity(hazards=None)) == frozenset()


def test_equal_schedules_are_stored_once() -> None:
    table = gather([activity(id=str(n)) for n in range(50)], as_of=TODAY)
    assert len(table.code) == 1
    assert table.pattern.tolist() == [0] * 50
    assert table.times.tolist() == [8]


def test_different_sessions_make_different_patterns() -> None:
    table = gather([activity(), activity(minutes=(45, 60))], as_of=TODAY)
    assert table.need.tolist() == [30, 45]


def test_an_unstated_session_is_taken_as_half_an_hour() -> None:
    assert gather([activity(minutes=None)], as_of=TODAY).need.tolist() == [30]


def test_the_tokens_of_others_do_not_sound_alike() -> None:
    text = fit([("紙", "折る"), ("花", "水"), ()])
    close = text.closeness(["紙", "折る", "知らない語"])
    assert close[0] == pytest.approx(1.0)
    assert close[1] == close[2] == 0.0


def test_no_tokens_are_no_closeness() -> None:
    assert fit([(), ()]).closeness(["紙"]).tolist() == [0.0, 0.0]
    assert fit([("紙",)]).closeness([]).tolist() == [0.0]


def test_a_rare_facet_tells_more_than_a_common_one() -> None:
    rows: list[dict[str, float]] = [{"hands": 1.0}, {"hands": 1.0}, {"hands": 1.0, "music": 1.0}]
    facets = spread_out(rows, ["hands", "music"])
    assert facets.telling[facets.column["music"]] > facets.telling[facets.column["hands"]]
    assert facets.sure.tolist() == [[100, 0], [100, 0], [100, 100]]


def test_the_product_of_facets_is_what_both_sides_have() -> None:
    rows: list[dict[str, float]] = [{"hands": 1.0}, {"music": 0.5}]
    found, length = spread_out(rows, ["hands", "music"]).along({"music": 1.0})
    assert found[0] == 0.0
    assert found[1] == pytest.approx(0.5 * length**2)


def test_statements_and_contradictions_speak_of_facets_in_the_vocabulary() -> None:
    from matching.phrases.facets import FACETS  # noqa: PLC0415 - only this test needs the names

    assert {*STATEMENTS, *CONTRADICTIONS} <= FACETS.keys()


@pytest.mark.parametrize(
    ("changes", "facet"),
    [
        ({"reward": Reward.WAGE}, "earning"),
        ({"load": Load(physical=3)}, "body"),
        ({"company": frozenset({"peers"})}, "peers"),
        ({"families_only": True}, "family"),
        ({"setting": Setting.OUTDOOR}, "outdoors"),
        ({"hazards": frozenset({"dogs"})}, "animals"),
        ({"group_size": (1, 2)}, "alone"),
        ({"openings": weekly(1, 540, 600)}, "morning"),
        ({"roles": ("teacher",)}, "teaching"),
        ({"roles": ("teacher",)}, "being_needed"),
        ({"tags": ("place_to_be",)}, "place_to_be"),
    ],
)
def test_a_statement_says_a_facet(changes: dict[str, object], facet: str) -> None:
    assert facet in also_meant(activity(**changes))


def test_a_word_is_doubted_where_the_host_says_otherwise() -> None:
    said = Meaning(liked={"carrying": 1.0})
    light = activity(meaning=said, load=Load(physical=0))
    heavy = activity(meaning=said, load=Load(physical=3))
    assert also_meant(light)["carrying"] < also_meant(heavy)["carrying"]


def test_faint_facets_are_noise() -> None:
    assert "music" not in also_meant(activity(meaning=Meaning(liked={"music": 0.1})))


def _ways(index: Index, **changes: object) -> float:
    return float(plan(index, replace(person(), **changes)).minutes[0])  # type: ignore[arg-type]  # any field may change


def test_every_mode_has_a_speed() -> None:
    assert set(SPEEDS) == set(TravelMode)


def test_a_kilometre_takes_what_the_assumptions_say() -> None:
    north = 1000 / 111_195
    index = build([activity(lat=35.7 + north, lon=139.5)], as_of=TODAY)
    here = {"lat": 35.7, "lon": 139.5}
    expected = {
        TravelMode.WALK: 1300 / 80,
        TravelMode.BICYCLE: 1300 / 200 + 1,
        TravelMode.BUS: 1300 / 300 + 9 + 3,
        TravelMode.TRAIN: 1300 / 500 + 15 + 3,
        TravelMode.CAR: 1300 / 400 + 4,
        TravelMode.TAXI: 1300 / 400 + 5,
        TravelMode.WHEELCHAIR: 1300 / 50,
        TravelMode.LIFT: 1300 / 400 + 4,
    }
    for mode, minutes in expected.items():
        assert _ways(index, modes=frozenset({mode}), **here) == pytest.approx(minutes, rel=1e-6)


def test_the_quickest_mode_is_taken() -> None:
    index = build([activity(lat=35.72)], as_of=TODAY)
    trip = plan(index, person(modes=frozenset({TravelMode.WALK, TravelMode.BICYCLE})))
    assert MODES[int(trip.mode[0])] is TravelMode.BICYCLE


def test_a_walking_limit_turns_the_way_to_another_mode() -> None:
    index = build([activity(lat=35.7045, access=Access(minutes_from_stop=1))], as_of=TODAY)
    modes = frozenset({TravelMode.WALK, TravelMode.BUS})
    limits: tuple[Limit, ...] = (limit(LimitKind.WALK_AT_MOST_MINUTES, 5),)
    free, bound = plan(index, person(modes=modes)), plan(index, person(*limits, modes=modes))
    assert MODES[int(free.mode[0])] is TravelMode.WALK
    assert MODES[int(bound.mode[0])] is TravelMode.BUS


def test_an_unknown_place_leaves_the_way_unknown() -> None:
    assert np.isnan(_ways(build([activity(lat=None)], as_of=TODAY)))
    assert np.isnan(_ways(build([activity()], as_of=TODAY), lat=None))
