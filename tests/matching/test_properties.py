"""Laws that hold for every pair: the oracle agrees, limits only narrow, safety stays."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.profiles import ActivityProfile, Limit, LimitKind, Load, PersonProfile
from matching import Answer, build, match
from matching.adapt import OPENERS
from matching.arrays import VIOLATED
from matching.case import consider
from matching.factors import FACTORS
from matching.limits import SAFETY, find
from tests.matching import oracle
from tests.matching.drawn import activities, limits, people
from tests.matching.made import TODAY

thoroughly = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
briefly = settings(thoroughly, max_examples=60)
TOWNS = st.lists(activities(), min_size=1, max_size=4).map(
    lambda town: [replace(a, id="abcd"[at]) for at, a in enumerate(town)]
)
# Factors that the oracle takes as they are: tables over words and dates, tested for themselves.
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
