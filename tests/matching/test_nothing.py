"""Nothing fits: what bound, and the smallest changes that would open something."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.profiles import (
    ActivityProfile,
    Limit,
    LimitKind,
    Load,
    OwnPace,
    PersonProfile,
    SharedWith,
    Stage,
    TravelMode,
    Window,
    WindowStrength,
)
from matching import Answer, build, match
from matching.levers import LEVERS, UNITS
from matching.limits import SAFETY
from matching.nothing import Bound, Step, bound, steps
from tests.matching.drawn import activities, people
from tests.matching.made import TODAY, activity, limit, person, weekly

briefly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TOWNS = st.lists(activities(), min_size=1, max_size=4).map(
    lambda town: [replace(a, id="abcd"[at]) for at, a in enumerate(town)]
)
K = LimitKind


def step_of(one: ActivityProfile, who: PersonProfile) -> Step:
    (step,) = steps(build([one], as_of=TODAY), who)
    return step


def opened(answer: Answer) -> set[str]:
    return {each.activity for each in (*answer.fits, *answer.adaptable, *answer.ask_host)}


def at_hours(start: int, end: int, **changes: object) -> ActivityProfile:
    """An activity on Tuesdays, in minutes after midnight, that is not shortened on request."""
    return activity(openings=weekly(1, start, end), own_pace=None, **changes)


SUNDAYS = (Window(frozenset({6}), 9 * 60, 17 * 60),)
CASES: list[tuple[str, ActivityProfile, PersonProfile, object, object]] = [
    (
        "windows",
        at_hours(10 * 60, 11 * 60),
        person(windows=SUNDAYS),
        None,
        (1, 10 * 60, 10 * 60 + 30),
    ),
    ("not_before", at_hours(540, 600), person(limit(K.NOT_BEFORE, "10:30")), 630, 570),
    ("not_after", at_hours(1020, 1080), person(limit(K.NOT_AFTER, "17:00")), 1020, 1050),
    (
        "minutes_at_most",
        activity(minutes=(60, 90), own_pace=OwnPace.NO),
        person(limit(K.MINUTES_AT_MOST, 45)),
        45,
        65,
    ),
    (
        "per_month_at_most",
        activity(per_month=4, own_pace=OwnPace.NO),
        person(limit(K.PER_MONTH_AT_MOST, 2)),
        2,
        4,
    ),
    ("group_at_most", activity(group_size=(5, 6)), person(limit(K.GROUP_AT_MOST, 4)), 4, 6),
    (
        "load.social",
        activity(load=Load(1, 3, 1, 1, 1), just_being_ok=False, accompaniment_ok=False),
        person(ceiling=Load(3, 1, 3, 3, 3)),
        1,
        2,
    ),
    ("no_role", activity(roles=("server",)), person(limit(K.NO_ROLE, ("server",))), "server", None),
    (
        "no_company",
        activity(company=frozenset({"peers"})),
        person(limit(K.NO_COMPANY, ("peers",))),
        "peers",
        None,
    ),
    (
        "no_label",
        activity(title="介護の手伝い"),
        person(limit(K.NO_LABEL, ("welfare",))),
        "welfare",
        None,
    ),
    (
        "may_leave_any_time",
        activity(leave_any_time=False, just_being_ok=False),
        person(limit(K.MAY_LEAVE_ANY_TIME)),
        None,
        None,
    ),
    (
        "no_task_expected",
        activity(just_being_ok=False),
        person(limit(K.NO_TASK_EXPECTED)),
        None,
        None,
    ),
    (
        "no_talking_required",
        activity(no_talk_ok=False),
        person(limit(K.NO_TALKING_REQUIRED)),
        None,
        None,
    ),
]


@pytest.mark.parametrize(
    ("code", "one", "who", "said", "asked"), CASES, ids=[case[0] for case in CASES]
)
def test_the_smallest_change_is_found(
    code: str, one: ActivityProfile, who: PersonProfile, said: object, asked: object
) -> None:
    step = step_of(one, who)
    assert (step.code, step.from_, step.to) == (code, said, asked)
    assert (step.opens, step.best) == (1, ("a",))


def test_a_longer_way_is_a_step_where_even_a_lift_does_not_do() -> None:
    far = activity(lat=35.74, lon=139.501)
    step = step_of(far, person(max_minutes=10, modes=frozenset({TravelMode.BICYCLE})))
    assert (step.code, step.from_) == ("travel", 10)
    assert isinstance(step.to, int)
    assert step.to % UNITS["travel"] == 0
    assert step.to <= 50


def test_every_lever_is_tried_above_and_none_is_of_safety() -> None:
    tried = {"travel", *(code for code, *_ in CASES)}
    assert {code.partition(".")[0] for code in LEVERS} == {c.partition(".")[0] for c in tried}
    assert not SAFETY & {*LEVERS}


BODY = [
    (activity(hazards=frozenset({"dogs"})), limit(K.NO_HAZARD, ("dogs",))),
    (activity(company=frozenset({"children"})), limit(K.NO_COMPANY, ("children",))),
    (activity(standing_minutes=60, just_being_ok=False), limit(K.SEATED)),
    (activity(heaviest_kg=20, own_pace=None), limit(K.LIFT_AT_MOST_KG, 5)),
    (activity(fee_yen=500), limit(K.NO_FEE)),
    (activity(accompaniment_ok=False, brings_ok=frozenset()), limit(K.COMPANION_REQUIRED)),
    (activity(), limit(K.HOME_ONLY)),
]


@pytest.mark.parametrize(("one", "kept"), BODY, ids=[kept.kind.value for _, kept in BODY])
def test_safety_health_and_money_are_never_asked_to_give_way(
    one: ActivityProfile, kept: Limit
) -> None:
    index, who = build([one], as_of=TODAY), person(kept)
    assert not opened(match(index, who))
    assert steps(index, who) == ()


def test_a_hard_ceiling_is_never_asked_to_give_way() -> None:
    one = activity(load=Load(1, 2, 1, 1, 1), just_being_ok=False, accompaniment_ok=False)
    who = person(ceiling=Load(3, 1, 3, 3, 3), hard_dimensions=frozenset({"social"}))
    assert steps(build([one], as_of=TODAY), who) == ()


def test_one_change_that_does_not_suffice_is_no_step() -> None:
    one = activity(no_talk_ok=False, just_being_ok=False)
    who = person(limit(K.NO_TALKING_REQUIRED), limit(K.NO_TASK_EXPECTED))
    assert steps(build([one], as_of=TODAY), who) == ()


def test_what_is_far_beyond_a_limit_is_no_small_step() -> None:
    crowd = activity(group_size=(40, 60))
    assert steps(build([crowd], as_of=TODAY), person(limit(K.GROUP_AT_MOST, 4))) == ()


def test_the_step_that_opens_most_comes_first_and_steps_exist_beside_fits() -> None:
    town = [
        activity(id="a"),
        activity(id="b", no_talk_ok=False),
        activity(id="c", group_size=(5, 6)),
        activity(id="d", group_size=(5, 6)),
    ]
    who = person(limit(K.NO_TALKING_REQUIRED), limit(K.GROUP_AT_MOST, 4))
    index = build(town, as_of=TODAY)
    assert opened(match(index, who)) == {"a"}
    first, second = steps(index, who)
    assert (first.code, first.opens, first.best) == ("group_at_most", 2, ("c", "d"))
    assert (second.code, second.opens, second.best) == ("no_talking_required", 1, ("b",))


def test_of_two_that_open_as_much_the_better_comes_first() -> None:
    dull = replace(activity().meaning, liked={"music": 1.0}, tokens=())
    town = [
        activity(id="a", no_talk_ok=False, meaning=dull),
        activity(id="b", just_being_ok=False),
    ]
    who = person(limit(K.NO_TALKING_REQUIRED), limit(K.NO_TASK_EXPECTED))
    assert [step.best for step in steps(build(town, as_of=TODAY), who)] == [("b",), ("a",)]


def test_half_days_that_may_be_asked_about_already_are_no_step() -> None:
    mild = (Window(frozenset({6}), 540, 1020, WindowStrength.RATHER_NOT),)
    index = build([at_hours(600, 660)], as_of=TODAY)
    assert opened(match(index, person(windows=mild)))
    assert steps(index, person(windows=mild)) == ()


@pytest.mark.parametrize(
    "known", [{"proposals_paused": "休みたい"}, {"stage": Stage.NOT_MET}, {"assessed": False}]
)
def test_whoever_is_held_is_asked_nothing(known: dict[str, object]) -> None:
    who = person(limit(K.NO_TALKING_REQUIRED), **known)
    index = build([activity(no_talk_ok=False)], as_of=TODAY)
    assert steps(index, who) == ()
    assert bound(index, who) == ()


def test_an_empty_catalogue_has_nothing_to_open() -> None:
    assert steps(build([], as_of=TODAY), person()) == ()
    assert bound(build([], as_of=TODAY), person()) == ()


def test_what_bound_is_counted_with_what_bound_alone() -> None:
    dogs = frozenset({"dogs"})
    town = [
        activity(id="a", hazards=dogs),
        activity(id="b", hazards=dogs, no_talk_ok=False),
        activity(id="c"),
    ]
    who = person(limit(K.NO_HAZARD, ("dogs",)), limit(K.NO_TALKING_REQUIRED))
    assert bound(build(town, as_of=TODAY), who) == (
        Bound("no_hazard", "dogs", 2, 1),
        Bound("no_talking_required", "", 1, 0),
    )


def test_what_an_arrangement_opens_does_not_bind() -> None:
    one = activity(minutes=(30, 60))
    assert bound(build([one], as_of=TODAY), person(limit(K.MINUTES_AT_MOST, 20))) == ()


def with_step(who: PersonProfile, step: Step) -> Iterable[PersonProfile]:
    """Try a step by hand, as far as it says all that is needed."""
    if step.code == "windows":
        assert isinstance(step.to, tuple)
        day, low, high = (int(part) for part in step.to)
        yield replace(who, windows=(*who.windows, Window(frozenset({day}), low, high)))
    elif step.code == "travel" and isinstance(step.to, int):
        yield replace(who, max_minutes=step.to)
    elif step.code.startswith("load.") and isinstance(step.to, int):
        name = step.code.removeprefix("load.")
        yield replace(who, ceiling=replace(who.ceiling, **{name: step.to}))
    elif step.code.endswith("_at_most") and isinstance(step.to, int):
        moved = (Limit(x.kind, step.to) if x.kind == step.code else x for x in who.limits)
        yield replace(who, limits=tuple(moved))


@briefly
@given(TOWNS, people())
def test_every_step_opens_as_much_as_it_says_and_no_safety_gives_way(
    town: list[ActivityProfile], who: PersonProfile
) -> None:
    index = build(town, as_of=TODAY)
    shut = {one.activity: one.reasons for one in match(index, who).excluded}
    for step in steps(index, who):
        assert step.code in LEVERS
        assert {*step.best} <= {*shut}
        assert len(step.best) == min(step.opens, 3)
        for named in step.best:
            codes = {reason.code for reason in shut[named]}
            assert not codes & SAFETY
        for changed in with_step(who, step):
            after = opened(match(index, changed, limit=99))
            assert len(after & {*shut}) == step.opens


@briefly
@given(TOWNS, people())
def test_without_consent_the_persons_own_steps_are_the_same(
    town: list[ActivityProfile], who: PersonProfile
) -> None:
    index = build(town, as_of=TODAY)
    assert steps(index, who) == steps(index, replace(who, shared_with=SharedWith.NONE))


def test_a_limit_that_is_given_twice_binds_once() -> None:
    dear = build([activity(fee_yen=300)], as_of=TODAY)
    said = Limit(K.NO_FEE, text="年金なので")
    (found,) = bound(dear, person(said, said))
    assert found == Bound("no_fee", "年金なので", activities=1, alone=1)
