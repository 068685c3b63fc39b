"""Safety is never arranged away: not by any arrangement, not for any hazard, age or consent."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.profiles import (
    ActivityProfile,
    Company,
    Hazard,
    Limit,
    LimitKind,
    PersonProfile,
    SharedWith,
    Tried,
)
from matching import Reason, build, match
from matching.answer import ArrangementKind
from matching.limits import SAFETY
from tests.matching.drawn import activities, people
from tests.matching.made import TODAY, activity, answer, codes, limit, person, tier
from tests.matching.test_arrangements import CASES

Kind = LimitKind
RECENTLY = TODAY - timedelta(days=3)
YOUNG = {"ages": (17, 17)}
# code -> (changes of the activity, the limit that it breaks, changes of the person)
UNSAFE: dict[str, tuple[dict[str, Any], tuple[Limit, ...], dict[str, Any]]] = {
    "no_hazard": (
        {"hazards": frozenset({"blades"})},
        (limit(Kind.NO_HAZARD, ("blades",)),),
        {},
    ),
    "no_children": (
        {"company": frozenset({"children"})},
        (limit(Kind.NO_COMPANY, ("children",)),),
        {},
    ),
    "alcohol_age": ({"alcohol": "served"}, (), YOUNG),
    "age": ({"age": (60, 90)}, (), {}),
    "money_max_yen": ({"fee_yen": 501}, (), {"money_max_yen": 500}),
    "no_fee": ({"fee_yen": 1}, (limit(Kind.NO_FEE),), {}),
    "not_again": ({}, (), {"not_again": frozenset({"h"})}),
    "cooling_off": ({}, (), {"tried": (Tried("a", "h", "ended_badly", RECENTLY),)}),
}
ALWAYS_SAID = {"consent", "guardian_consent"}


def _both(kind: ArrangementKind, code: str) -> tuple[ActivityProfile, PersonProfile]:
    """Join what an arrangement opens with what none may open."""
    changes, who = CASES[kind]
    unsafe, limits, of_person = UNSAFE[code]
    company = changes.get("company", frozenset()) | unsafe.get("company", frozenset())
    one = activity(**{**changes, **unsafe, "company": company})
    return one, replace(who, limits=(*who.limits, *limits), **of_person)


def _reasons(one: ActivityProfile, who: PersonProfile) -> set[str]:
    return {reason.code for reason in answer(one, who).excluded[0].reasons}


def test_every_safety_code_has_a_case_or_is_said_to_everybody_concerned() -> None:
    assert UNSAFE.keys() | ALWAYS_SAID == SAFETY


@pytest.mark.parametrize("code", UNSAFE)
@pytest.mark.parametrize("kind", ArrangementKind)
def test_no_arrangement_buys_safety_off(kind: ArrangementKind, code: str) -> None:
    one, who = _both(kind, code)
    assert tier(one, who) == "excluded"
    assert code in _reasons(one, who)
    assert len(_reasons(one, who)) >= 2, "what could be arranged is named, too"


@pytest.mark.parametrize("hazard", [*Hazard, "allergen:卵", "other:古い井戸"])
def test_a_hazard_stays_where_the_host_allows_every_arrangement(hazard: str) -> None:
    generous = activity(
        hazards=frozenset({str(hazard)}),
        tags=("home_possible",),
        roles=("participant", "helper"),
        group_size=(1, 9),
    )
    who = person(limit(Kind.NO_HAZARD, (str(hazard),)))
    (reason,) = answer(generous, who).excluded[0].reasons
    assert (reason.code, reason.limit) == ("no_hazard", str(hazard))


@pytest.mark.parametrize("word", [c for c in Company if c is not Company.UNKNOWN_ADULTS])
def test_a_companion_makes_only_strangers_bearable(word: Company) -> None:
    there = activity(company=frozenset({word.value}), roles=("participant",))
    assert tier(there, person(limit(Kind.NO_COMPANY, (word.value,)))) == "excluded"


@pytest.mark.parametrize("first", [Company.UNKNOWN_ADULTS, Company.CUSTOMERS])
def test_one_bearable_company_does_not_open_another(first: Company) -> None:
    words = (first.value, Company.MEN_MOSTLY.value)
    there = activity(company=frozenset(words), roles=("server", "helper"))
    assert tier(there, person(limit(Kind.NO_COMPANY, (first.value,)))) == "adaptable"
    assert tier(there, person(limit(Kind.NO_COMPANY, words))) == "excluded"


@pytest.mark.parametrize(
    ("changes", "limits"),
    [
        ({"fee_yen": 100}, (limit(Kind.NO_FEE),)),
        ({"handles_cash": True}, (limit(Kind.NO_HAZARD, ("money_handling",)),)),
        ({"no_talk_ok": False}, (limit(Kind.NO_TALKING_REQUIRED),)),
        ({"just_being_ok": False}, (limit(Kind.NO_TASK_EXPECTED),)),
        ({"title": "介護のつどい"}, (limit(Kind.NO_LABEL, ("welfare",)),)),
        ({"brings_ok": frozenset({"animal"})}, (limit(Kind.BRINGS, ("child",)),)),
    ],
)
def test_what_has_no_arrangement_excludes_whatever_else_is_allowed(
    changes: dict[str, Any], limits: tuple[Limit, ...]
) -> None:
    open_host = {"tags": ("home_possible",), "roles": ("participant", "helper")}
    assert tier(activity(**open_host), person(*limits)) == "fits"
    assert tier(activity(**{**open_host, **changes}), person(*limits)) == "excluded"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(activities(), people(), st.sampled_from([*Hazard]))
def test_a_hazard_added_to_anything_excludes_whoever_must_avoid_it(
    one: ActivityProfile, who: PersonProfile, hazard: Hazard
) -> None:
    there = replace(one, hazards=(one.hazards or frozenset()) | {hazard.value})
    avoids = replace(who, limits=(*who.limits, limit(Kind.NO_HAZARD, (hazard.value,))))
    found = answer(there, avoids)
    assert found.held is None
    assert "no_hazard" in {reason.code for reason in found.excluded[0].reasons}


@pytest.mark.parametrize(
    ("ages", "said"),
    [((17, 17), True), ((18, 18), False), ((10, 39), True), ((18, 120), False), (None, False)],
)
def test_a_guardian_is_asked_for_until_the_eighteenth_birthday(
    ages: tuple[int, int] | None, said: bool
) -> None:
    assert ("guardian_consent" in codes(activity(), person(ages=ages))) is said


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ((19, 19), "excluded"),
        ((10, 19), "excluded"),
        ((20, 20), "fits"),
        ((19, 20), "ask_host"),
        ((20, 29), "fits"),
        (None, "ask_host"),
    ],
)
@pytest.mark.parametrize("stated", [{"alcohol": "served"}, {"hazards": frozenset({"alcohol"})}])
def test_alcohol_is_for_who_is_surely_twenty(
    stated: dict[str, Any], ages: tuple[int, int] | None, expected: str
) -> None:
    assert tier(activity(**stated), person(ages=ages)) == expected


def test_an_age_told_as_a_limit_counts_where_the_picture_has_none() -> None:
    bar = activity(alcohol="served")
    assert tier(bar, person(limit(Kind.AGE, 19), ages=None)) == "excluded"
    assert tier(bar, person(limit(Kind.AGE, 20), ages=None)) == "fits"
    assert "guardian_consent" in codes(activity(), person(limit(Kind.AGE, 17), ages=None))


@pytest.mark.parametrize("shared", [SharedWith.NONE, SharedWith.TEAM])
@pytest.mark.parametrize(
    ("changes", "where"),
    [({}, "fits"), ({"minutes": (60, 90)}, "adaptable"), ({"age": None}, "ask_host")],
)
def test_missing_consent_is_said_in_every_tier(
    shared: SharedWith, changes: dict[str, Any], where: str
) -> None:
    who = person(limit(Kind.MINUTES_AT_MOST, 45), shared_with=shared)
    (shown,) = getattr(answer(activity(**changes), who), where)
    assert Reason("consent", shared.value) in shown.to_check


@pytest.mark.parametrize("days", [0, 1, 89])
def test_a_bad_ending_cools_off_from_its_very_day(days: int) -> None:
    ended = Tried("a", "h", "ended_badly", TODAY - timedelta(days=days))
    assert _reasons(activity(), person(tried=(ended,))) == {"cooling_off"}


def test_the_newest_of_several_attempts_decides_about_cooling_off() -> None:
    old = Tried("a", "h", "passed", TODAY - timedelta(days=400))
    new = Tried("a", "h", "passed", TODAY - timedelta(days=30))
    for attempts in ((old, new), (new, old)):
        assert tier(activity(), person(tried=attempts)) == "excluded"


def test_who_must_not_meet_children_is_not_sent_home_with_a_companion() -> None:
    class_of_children = activity(
        company=frozenset({"children", "customers"}),
        roles=("participant", "helper"),
        tags=("home_possible",),
    )
    who = person(limit(Kind.NO_COMPANY, ("children", "customers")))
    assert "no_children" in _reasons(class_of_children, who)


def test_in_a_town_of_hazards_only_the_harmless_are_proposed() -> None:
    town = [activity(id=h.value, host=h.value, hazards=frozenset({h.value})) for h in Hazard]
    index = build(town, as_of=TODAY)
    who = person(*(limit(Kind.NO_HAZARD, (h.value,)) for h in Hazard if h is not Hazard.SCREEN))
    found = match(index, who, limit=99)
    assert [one.activity for one in found.fits] == ["screen"]
    assert found.adaptable == found.ask_host == ()
    assert len(found.excluded) == len(Hazard) - 1
