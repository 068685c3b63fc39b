"""The other way round: whom one activity might suit, by the rules and reasons of a match."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.profiles import (
    ActivityProfile,
    LimitKind,
    PersonProfile,
    SharedWith,
    Stage,
    Tried,
    Window,
)
from matching import build, match
from matching.candidates import candidates, only
from matching.standing import Tier
from tests.matching.drawn import activities, people
from tests.matching.made import TODAY, activity, limit, person, weekly

briefly = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TOWNS = st.lists(activities(), min_size=1, max_size=3).map(
    lambda town: [replace(a, id="abc"[at]) for at, a in enumerate(town)]
)
CROWDS = st.lists(people(), max_size=5).map(
    lambda crowd: [replace(who, id=f"p{at}") for at, who in enumerate(crowd)]
)
INDEX = build([activity(id="a"), activity(id="b", host="other")], as_of=TODAY)


def shown(*crowd: PersonProfile, **asked: object) -> list[str]:
    return [each.person for each in candidates(INDEX, "a", crowd, **asked).shown]  # type: ignore[arg-type]  # any of its parameters


@briefly
@given(TOWNS, CROWDS)
def test_whoever_is_shown_would_be_proposed_the_activity_too(
    town: list[ActivityProfile], crowd: list[PersonProfile]
) -> None:
    index = build(town, as_of=TODAY)
    found = candidates(index, "a", crowd, limit=99)
    tiers = {each.person: (each.tier, each.proposal) for each in found.shown}
    for who in crowd:
        answer = match(index, who, limit=99)
        here = [
            (tier, proposed)
            for tier, standing in zip(
                Tier, (answer.fits, answer.adaptable, answer.ask_host), strict=True
            )
            for proposed in standing
            if proposed.activity == "a" and who.shared_with is not SharedWith.NONE
        ]
        assert (who.id in tiers) is bool(here)
        for tier, proposed in here:
            assert tiers[who.id][0] is tier
            assert tiers[who.id][1].reasons == proposed.reasons
            assert tiers[who.id][1].to_check == proposed.to_check
            assert tiers[who.id][1].arrangements == proposed.arrangements
            assert abs(tiers[who.id][1].score - proposed.score) < 1e-3


@briefly
@given(CROWDS, st.randoms(use_true_random=False))
def test_the_order_of_people_never_matters(crowd: list[PersonProfile], chance: Random) -> None:
    turned = list(crowd)
    chance.shuffle(turned)
    assert candidates(INDEX, "a", turned) == candidates(INDEX, "a", crowd)


def test_tier_stands_before_score_before_id() -> None:
    asked = person(id="c", money_max_yen=100, interest=activity().meaning)
    index = build([activity(id="a", fee_yen=None)], as_of=TODAY)
    found = candidates(index, "a", [asked, person(id="b"), person(id="a")])
    assert [(each.person, each.tier) for each in found.shown] == [
        ("a", Tier.FITS),
        ("b", Tier.FITS),
        ("c", Tier.ASK_HOST),
    ]


def test_only_the_best_are_shown_but_all_are_counted() -> None:
    found = candidates(INDEX, "a", [person(id=f"p{at}") for at in range(5)], limit=2)
    assert [each.person for each in found.shown] == ["p0", "p1"]
    assert found.suited == 5


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"proposals_paused": "休みたい"}, "paused"),
        ({"stage": Stage.NOT_MET}, "not_met"),
        ({"assessed": False}, "not_assessed"),
        ({"shared_with": SharedWith.NONE}, "no_consent"),
    ],
)
def test_who_is_held_or_has_agreed_to_nothing_is_only_counted(
    known: dict[str, object], code: str
) -> None:
    found = candidates(INDEX, "a", [person(id="p", **known), person(id="q")])
    assert [each.person for each in found.shown] == ["q"]
    assert found.held == ((code, 1),)
    assert found.unsuited == ()


def test_who_is_not_suited_is_counted_by_what_keeps_them_apart() -> None:
    afraid = limit(LimitKind.NO_HAZARD, ("dogs",))
    index = build([activity(id="a", hazards=frozenset({"dogs"}), places_left=0)], as_of=TODAY)
    found = candidates(index, "a", [person(afraid, id="p"), person(id="q")])
    assert found.shown == ()
    assert found.unsuited == (("full", 2), ("no_hazard", 1))


def test_where_somebody_goes_already_or_went_lately_counts() -> None:
    going = person(id="p", tried=(Tried("a", "h", "going", TODAY),))
    passed = person(id="q", tried=(Tried("a", "h", "passed", TODAY - timedelta(days=10)),))
    found = candidates(INDEX, "a", [going, passed, person(id="r")])
    assert [each.person for each in found.shown] == ["r"]
    assert found.unsuited == (("already_going", 1), ("cooling_off", 1))


def test_nobody_is_no_error() -> None:
    found = candidates(INDEX, "a", [])
    assert (found.shown, found.suited, found.held, found.unsuited) == ((), 0, (), ())


def test_an_unknown_activity_is_an_error() -> None:
    with pytest.raises(KeyError):
        candidates(INDEX, "elsewhere", [person()])


TUESDAYS = tuple(replace(opening, slot="0") for opening in weekly(1, 14 * 60, 15 * 60))
SATURDAYS = tuple(replace(opening, slot="1") for opening in weekly(5, 10 * 60, 11 * 60))
BOTH = build(
    [activity(id="a", openings=tuple(sorted((*TUESDAYS, *SATURDAYS), key=lambda o: o.start)))],
    as_of=TODAY,
)
WORKING = person(id="p", windows=(Window(frozenset({5, 6}), 0, 24 * 60),))


def test_a_slot_is_asked_about_by_its_own_dates() -> None:
    assert candidates(BOTH, "a", [WORKING]).suited == 1
    assert candidates(BOTH, "a", [WORKING], slot="1").suited == 1
    [first, *_] = (
        candidates(BOTH, "a", [WORKING], slot="1").shown[0].proposal.start.first_occurrences
    )
    assert first.weekday() == 5
    assert candidates(BOTH, "a", [WORKING], slot="0").shown[:1] == ()


def test_dates_before_a_beginning_do_not_count() -> None:
    later = TODAY + timedelta(weeks=3)
    [found] = candidates(BOTH, "a", [WORKING], starts_on=later).shown
    assert all(at.date() >= later for at in found.proposal.start.first_occurrences)


@pytest.mark.parametrize("asked", [{"slot": "7"}, {"starts_on": date(2030, 1, 1)}])
def test_no_date_left_is_an_error_and_not_an_unknown_time(asked: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="date"):
        candidates(BOTH, "a", [WORKING], **asked)  # type: ignore[arg-type]  # one of its parameters


def test_a_line_by_arrangement_has_no_dates_of_its_own() -> None:
    index = build([activity(id="a", openings=TUESDAYS, by_arrangement=True)], as_of=TODAY)
    assert candidates(index, "a", [WORKING], slot="1").suited == 1
    assert only(index, "a", slot="0").activities[0].by_arrangement is False


def test_what_is_asked_about_some_dates_leaves_the_index_as_it_was() -> None:
    before = match(BOTH, WORKING)
    candidates(BOTH, "a", [WORKING], slot="0")
    assert match(BOTH, WORKING) == before
    assert shown(person(id="p")) == ["p"]
