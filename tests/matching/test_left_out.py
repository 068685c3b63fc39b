"""What somebody has left out is never taken as met: field by field, limit by limit, person."""

from dataclasses import MISSING, fields, replace
from typing import Any

import pytest

from catalogue.profiles import (
    Access,
    Accompaniment,
    ActivityProfile,
    Limit,
    LimitKind,
    Load,
    Meaning,
    OwnPace,
    PersonProfile,
    TravelMode,
)
from matching import Answer, build, explain, match
from matching.propose import WORTH_ASKING
from tests.matching.made import ANYBODY, TODAY, activity, answer, codes, limit, person, tier

Kind = LimitKind
Changes = dict[str, Any]
# An optional field of an activity -> (other changes, a limit that hangs on it, of the person)
ASKED: dict[str, tuple[Changes, tuple[Limit, ...], Changes]] = {
    "lat": ({}, (), {}),
    "lon": ({}, (), {}),
    "minutes": ({}, (limit(Kind.MINUTES_AT_MOST, 45),), {}),
    "per_month": ({}, (limit(Kind.PER_MONTH_AT_MOST, 2),), {}),
    "group_size": ({}, (limit(Kind.GROUP_AT_MOST, 5),), {}),
    "company": ({}, (limit(Kind.NO_COMPANY, ("peers",)),), {}),
    "own_pace": ({"leave_any_time": None}, (limit(Kind.MAY_LEAVE_ANY_TIME),), {}),
    "just_being_ok": ({}, (limit(Kind.NO_TASK_EXPECTED),), {}),
    "no_talk_ok": ({}, (limit(Kind.NO_TALKING_REQUIRED),), {}),
    "accompaniment_ok": ({}, (), {"accompaniment": Accompaniment.ALWAYS}),
    "leave_any_time": ({"own_pace": OwnPace.PARTLY}, (limit(Kind.MAY_LEAVE_ANY_TIME),), {}),
    "setting": ({}, (limit(Kind.NO_OUTDOORS),), {}),
    "hazards": ({}, (limit(Kind.NO_HAZARD, ("bees",)),), {}),
    "heaviest_kg": (
        {"hazards": frozenset({"heavy_lifting"})},
        (limit(Kind.LIFT_AT_MOST_KG, 5),),
        {},
    ),
    "standing_minutes": ({"load": Load(2, 1, 1, 1, 1)}, (limit(Kind.SEATED),), {}),
    "reward": ({}, (limit(Kind.NO_PAY),), {}),
    "fee_yen": ({}, (limit(Kind.NO_FEE),), {}),
    "age": ({}, (), {}),
    "brings_ok": ({}, (limit(Kind.BRINGS, ("child",)),), {}),
}
# Nobody's must hangs on these alone: what they leave out is said elsewhere or only orders.
SILENT = {
    *("capacity", "places_left", "regulars_share", "last_asked_on", "resting_until"),
    *("usual_attendance",),  # the planned size speaks first
    *("load_just_being",),  # without it nothing is opened
    *("alcohol", "handles_cash"),  # what the list of hazards leaves out is asked there
    *("families_only",),  # most activities are for everybody and never say so
}
OF_ACCESS: dict[str, Limit] = {
    "steps": limit(Kind.STEPS_AT_MOST, 0),
    "wheelchair": limit(Kind.WHEELCHAIR),
    "toilet": limit(Kind.WHEELCHAIR),
    "seat": limit(Kind.SEATED),
}
# A host who has told nothing but that any time suits. Kind -> value of the limit.
BARE = ActivityProfile(id="a", host="h", title="あつまり", by_arrangement=True)
VALUES: dict[LimitKind, Any] = {
    Kind.GROUP_AT_MOST: 5,
    Kind.MINUTES_AT_MOST: 30,
    Kind.PER_MONTH_AT_MOST: 2,
    Kind.NO_HAZARD: ("smell",),
    Kind.NO_COMPANY: ("customers",),
    Kind.NO_ROLE: ("server",),
    Kind.LIFT_AT_MOST_KG: 3,
    Kind.STEPS_AT_MOST: 1,
    Kind.WALK_AT_MOST_MINUTES: 10,
    Kind.BRINGS: ("animal",),
}
# What silence does answer: any time by arrangement, a title that is there, an age, free words.
ANSWERED = {Kind.NOT_BEFORE, Kind.NOT_AFTER, Kind.NO_LABEL, Kind.AGE, Kind.OTHER}


def _optional() -> set[str]:
    return {f.name for f in fields(ActivityProfile) if f.default is None}


def test_every_optional_field_is_asked_about_or_named_as_silent() -> None:
    assert ASKED.keys() | SILENT == _optional()
    assert not ASKED.keys() & SILENT


@pytest.mark.parametrize("name", ASKED)
def test_a_field_left_out_is_asked_about_where_a_must_hangs_on_it(name: str) -> None:
    changes, limits, of_person = ASKED[name]
    who = person(*limits, **of_person)
    assert tier(activity(**{**changes, name: None}), who) == "ask_host"


@pytest.mark.parametrize("name", sorted(SILENT))
def test_a_silent_field_left_out_stops_nobody(name: str) -> None:
    assert tier(activity(**{name: None}), person()) == "fits"


@pytest.mark.parametrize("name", OF_ACCESS)
def test_a_part_of_the_access_left_out_is_asked_about(name: str) -> None:
    whole = Access(steps=0, wheelchair=True, toilet="多目的", seat="あり")
    who = person(OF_ACCESS[name])
    assert tier(activity(access=whole), who) == "fits"
    assert tier(activity(access=replace(whole, **{name: None})), who) == "ask_host"


@pytest.mark.parametrize("kind", [kind for kind in LimitKind if kind not in ANSWERED])
def test_a_host_who_has_told_nothing_is_asked_about_each_kind(kind: LimitKind) -> None:
    who = person(limit(kind, VALUES.get(kind)), max_minutes=None)
    (shown,) = answer(BARE, who).ask_host
    open_questions = {reason.code for reason in shown.to_check if reason.value is None}
    free = {r.code for r in answer(BARE, person(max_minutes=None)).ask_host[0].to_check}
    assert open_questions - free, "the limit adds a question of its own"


@pytest.mark.parametrize("at", range(5))
def test_each_unknown_load_is_asked_about_by_its_dimension(at: int) -> None:
    levels = [1, 1, 1, 1, 1]
    unknown = Load(*[None if i == at else 1 for i in range(5)])
    name = ("physical", "social", "cognitive", "sensory", "pressure")[at]
    assert f"load.{name}" in codes(activity(load=unknown), person(ceiling=Load(*levels)))
    free = [3 if i != at else None for i in range(5)]
    assert tier(activity(load=unknown), person(ceiling=Load(*free))) == "fits"


def test_more_unknowns_stand_lower_and_all_are_told() -> None:
    who = person(limit(Kind.NO_FEE), limit(Kind.GROUP_AT_MOST, 5), limit(Kind.NO_PAY))
    one = activity(id="one", host="i", fee_yen=None)
    three = activity(id="three", fee_yen=None, reward=None, brings_ok=None)
    three = replace(three, no_talk_ok=None)
    bound = replace(who, limits=(*who.limits, limit(Kind.BRINGS, ("child",))))
    found = match(build([three, one], as_of=TODAY), bound).ask_host
    assert [shown.activity for shown in found] == ["one", "three"]
    assert [r.code for r in found[1].to_check][:3] == ["no_fee", "no_pay", "brings"]


def test_a_violation_and_an_unknown_are_adaptable_and_the_question_stays() -> None:
    who = person(limit(Kind.MINUTES_AT_MOST, 45), limit(Kind.NO_FEE))
    (shown,) = answer(activity(minutes=(60, 90), fee_yen=None), who).adaptable
    assert "no_fee" in {reason.code for reason in shown.to_check}


def test_a_person_of_whom_nothing_is_known_is_answered_with_questions() -> None:
    nobody = PersonProfile("p")
    found = answer(activity(), nobody)
    assert found.held is None
    (shown,) = (*found.fits, *found.ask_host)
    missing = {reason.value for reason in shown.to_check if reason.code == "not_known"}
    assert {"interest", "comfort", "way"} <= missing <= set(WORTH_ASKING)
    assert "consent" in {reason.code for reason in shown.to_check}


def test_nobody_and_nothing_known_of_each_other_still_have_an_answer() -> None:
    found = answer(ActivityProfile("a", "h", "あつまり"), PersonProfile("p"))
    (shown,) = found.ask_host
    assert 0.0 <= shown.score <= 1.0
    assert all(explain(reason) for reason in (*shown.reasons, *shown.to_check))


@pytest.mark.parametrize(
    ("changes", "factor"),
    [
        ({"interest": Meaning()}, "interest"),
        ({"ceiling": Load()}, "comfort"),
        ({"lat": None}, "way"),
        ({"modes": frozenset[TravelMode]()}, "way"),
    ],
)
def test_what_is_not_known_of_a_person_leaves_the_order_and_is_said(
    changes: Changes, factor: str
) -> None:
    found = answer(activity(), person(**changes))
    (shown,) = (*found.fits, *found.ask_host)
    assert factor not in dict(shown.factors)
    assert factor in {r.value for r in shown.to_check if r.code == "not_known"}


def test_every_field_of_a_person_may_be_left_out() -> None:
    for field in fields(PersonProfile):
        made = field.default_factory
        default = field.default if made is MISSING else made()
        if default is MISSING:
            continue  # the id
        found = answer(activity(), replace(ANYBODY, **{field.name: default}))
        assert found.held is None
        assert not found.excluded


def test_an_empty_town_has_an_answer_for_everybody() -> None:
    empty = build([], as_of=TODAY)
    assert match(empty, PersonProfile("p")) == Answer()
    assert match(empty, person(limit(Kind.NO_HAZARD, ("bees",)))) == Answer()
    held = match(empty, person(proposals_paused="本人の希望"))
    assert held.held is not None


def test_who_is_paused_without_a_word_is_paused_all_the_same() -> None:
    assert answer(activity(), person(proposals_paused="")).held is not None
