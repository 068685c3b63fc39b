"""Laws that hold for every pair: the oracle agrees, limits only narrow, safety stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.profiles import (
    Access,
    ActivityProfile,
    Limit,
    LimitKind,
    Load,
    PersonProfile,
    TravelMode,
)
from matching import Answer, build, match
from matching.adapt import OPENERS
from matching.arrays import VIOLATED
from matching.case import consider
from matching.factors import FACTORS
from matching.limits import SAFETY, find
from tests.matching import oracle
from tests.matching.drawn import activities, limits, people
from tests.matching.made import TODAY

thoroughly = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
briefly = settings(thoroughly, max_examples=50)
TOWNS = st.lists(activities(), min_size=1, max_size=4).map(
    lambda town: [replace(a, id="abcd"[at]) for at, a in enumerate(town)]
)
# Factors that the oracle takes as they are: tables over words and dates, tested for themselves.
TIMES = ("windows", "not_before", "not_after")
GIVEN = ("words", "hours", "preferences", "history", "step")


def _tiers(answer: Answer) -> dict[str, str]:
    tiers = ("fits", "adaptable", "ask_host", "excluded")
    return {one.activity: tier for tier in tiers for one in getattr(answer, tier)}


def _answer(town: list[ActivityProfile], who: PersonProfile) -> Answer:
    return match(build(town, as_of=TODAY), who, limit=99)


@thoroughly
@given(activities(), people())
def test_the_oracle_sees_the_same_tier(one: ActivityProfile, who: PersonProfile) -> None:
    assert _tiers(_answer([one], who)) == {one.id: oracle.tier(one, who)}


@briefly
@given(TOWNS, people())
def test_the_oracle_sees_the_same_score(town: list[ActivityProfile], who: PersonProfile) -> None:
    index = build(town, as_of=TODAY)
    case = consider(index, who)
    found = match(index, who, limit=99)
    for shown in (*found.fits, *found.adaptable, *found.ask_host):
        row = np.array([next(i for i, a in enumerate(town) if a.id == shown.activity)])
        taken = {name: float(FACTORS[name].score(case)[row][0]) for name in GIVEN}
        known = {name: None if np.isnan(value) else value for name, value in taken.items()}
        expected = oracle.score(town[int(row[0])], who, town, known)
        assert abs(shown.score - expected) < 1e-3


@briefly
@given(TOWNS, people(), st.randoms(use_true_random=False))
def test_the_order_of_the_catalogue_never_matters(
    town: list[ActivityProfile], who: PersonProfile, chance: object
) -> None:
    turned = list(reversed(town))
    assert repr(_answer(town, who)) == repr(_answer(turned, who))


@briefly
@given(activities(), people(), limits())
def test_one_more_limit_never_opens_anything(
    one: ActivityProfile, who: PersonProfile, more: Limit
) -> None:
    if more.kind is LimitKind.AGE:
        return  # an age is news about the person, not a limit
    before = _tiers(_answer([one], who))
    after = _tiers(_answer([one], replace(who, limits=(*who.limits, more))))
    if before[one.id] != "fits":
        assert after[one.id] != "fits"
    if before[one.id] == "excluded":
        assert after[one.id] == "excluded"


@briefly
@given(activities(), people())
def test_a_higher_ceiling_never_removes_a_fit(one: ActivityProfile, who: PersonProfile) -> None:
    raised = replace(
        who, ceiling=Load(4, 4, 4, 4, 4), max_minutes=None, hard_dimensions=frozenset()
    )
    if _tiers(_answer([one], who))[one.id] == "fits":
        assert _tiers(_answer([one], raised))[one.id] == "fits"


@briefly
@given(activities(), people())
def test_no_limits_at_all_never_remove_a_fit(one: ActivityProfile, who: PersonProfile) -> None:
    if _tiers(_answer([one], who))[one.id] == "fits":
        assert _tiers(_answer([one], replace(who, limits=())))[one.id] == "fits"


# What loosens one person's picture without saying anything new.
LOOSER: dict[str, Callable[[PersonProfile], PersonProfile]] = {
    "wider windows": lambda who: replace(
        who,
        windows=tuple(
            replace(w, start=max(w.start - 45, 0), end=min(w.end + 45, 1440)) for w in who.windows
        ),
    ),
    "one more way": lambda who: replace(who, modes=who.modes | {TravelMode.BUS, TravelMode.TAXI}),
    "a longer way": lambda who: replace(
        who, max_minutes=None if who.max_minutes is None else who.max_minutes + 20
    ),
    "more money": lambda who: replace(who, money_max_yen=None),
    "larger figures": lambda who: replace(
        who,
        limits=tuple(
            replace(x, value=x.value + 5)
            if isinstance(x.value, int) and x.kind is not LimitKind.AGE
            else x
            for x in who.limits
        ),
    ),
    "fewer words": lambda who: replace(
        who,
        limits=tuple(
            replace(x, value=x.value[:1]) if isinstance(x.value, tuple) else x for x in who.limits
        ),
    ),
    "later and earlier": lambda who: replace(
        who,
        limits=tuple(
            x for x in who.limits if x.kind not in (LimitKind.NOT_BEFORE, LimitKind.NOT_AFTER)
        ),
    ),
    "the first limit less": lambda who: replace(who, limits=who.limits[1:]),
}


@thoroughly
@given(activities(), people(), st.sampled_from(sorted(LOOSER)))
def test_loosening_anything_never_removes_a_fit(
    one: ActivityProfile, who: PersonProfile, how: str
) -> None:
    if _tiers(_answer([one], who))[one.id] == "fits":
        assert _tiers(_answer([one], LOOSER[how](who)))[one.id] == "fits"


def _worst(one: ActivityProfile, who: PersonProfile) -> dict[str, int]:
    """Return the worst state of every code; the three that speak of times count as one."""
    found: dict[str, int] = {}
    for finding in find(consider(build([one], as_of=TODAY), who)):
        code = "times" if finding.code in TIMES else finding.code
        found[code] = max(found.get(code, 0), int(finding.states[0]))
    return found


@thoroughly
@given(activities(), people(), limits())
def test_one_more_limit_makes_no_state_better(
    one: ActivityProfile, who: PersonProfile, more: Limit
) -> None:
    if more.kind is LimitKind.AGE:
        return  # an age is news about the person, not a limit
    before, after = _worst(one, who), _worst(one, replace(who, limits=(*who.limits, more)))
    assert all(after[code] >= state for code, state in before.items())


HIDDEN: dict[str, Any] = {
    **dict.fromkeys(("hazards", "company", "group_size", "fee_yen", "reward", "brings_ok", "age")),
    **dict.fromkeys(("just_being_ok", "no_talk_ok", "accompaniment_ok", "setting", "lat")),
    "roles": (),
    "openings": (),
    "load": Load(),
    "access": Access(),
}


@thoroughly
@given(activities(), people(), st.sampled_from(sorted(HIDDEN)))
def test_a_violation_that_nobody_can_see_any_more_is_asked_about_and_never_fits(
    one: ActivityProfile, who: PersonProfile, field: str
) -> None:
    if _tiers(_answer([one], who))[one.id] in ("excluded", "adaptable"):
        silent = replace(one, **{field: HIDDEN[field]}, by_arrangement=False)
        assert _tiers(_answer([silent], who))[one.id] != "fits"


@briefly
@given(TOWNS, people(), people(), st.randoms(use_true_random=False))
def test_neither_the_order_of_what_was_said_nor_who_came_before_matters(
    town: list[ActivityProfile], who: PersonProfile, before: PersonProfile, chance: Random
) -> None:
    limits_, windows = list(who.limits), list(who.windows)
    chance.shuffle(limits_)
    chance.shuffle(windows)
    turned = replace(who, limits=tuple(limits_), windows=tuple(windows))
    shared = build(town, as_of=TODAY)
    match(shared, before, limit=99)
    assert _places(match(shared, turned, limit=99)) == _places(_answer(town, who))
    assert repr(match(shared, who, limit=99)) == repr(_answer(town, who))


def _places(answer: Answer) -> dict[str, list[tuple[str, object]]]:
    """Return tiers, scores and what to check of everything that is shown, whatever its order."""
    return {
        tier: [
            (shown.activity, (shown.score, shown.start, sorted(map(repr, shown.to_check))))
            for shown in getattr(answer, tier)
        ]
        for tier in ("fits", "adaptable", "ask_host")
    }


@briefly
@given(activities(), people(), st.randoms(use_true_random=False))
def test_the_order_of_dates_and_past_dates_never_matter(
    one: ActivityProfile, who: PersonProfile, chance: Random
) -> None:
    year = timedelta(days=364)
    past = [replace(o, start=o.start - year, end=o.end - year) for o in one.openings]
    dates = [*one.openings, *past]
    chance.shuffle(dates)
    assert repr(_answer([replace(one, openings=tuple(dates))], who)) == repr(_answer([one], who))


@thoroughly
@given(activities(), people())
def test_safety_is_never_adapted_away(one: ActivityProfile, who: PersonProfile) -> None:
    index = build([one], as_of=TODAY)
    findings = find(consider(index, who))
    unsafe = any(f.code in SAFETY and f.states[0] == VIOLATED for f in findings)
    found = match(index, who)
    assert not (unsafe and (found.fits or found.adaptable or found.ask_host))


def test_no_arrangement_opens_a_safety_limit() -> None:
    assert not SAFETY & OPENERS.keys()


@briefly
@given(activities(), people())
def test_what_stands_in_the_way_is_always_named(one: ActivityProfile, who: PersonProfile) -> None:
    found = _answer([one], who)
    assert all(left.reasons for left in found.excluded)
    assert all(shown.arrangements for shown in found.adaptable)
    assert all(shown.to_check for shown in found.ask_host)


@briefly
@given(activities(), people())
def test_every_factor_lies_between_nothing_and_one(
    one: ActivityProfile, who: PersonProfile
) -> None:
    case = consider(build([one], as_of=TODAY), who)
    for factor in FACTORS.values():
        value = float(factor.score(case)[0])
        assert np.isnan(value) or 0.0 <= value <= 1.0
