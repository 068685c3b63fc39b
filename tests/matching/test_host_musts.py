"""What the host asks, and what was agreed with the person."""

from datetime import date, timedelta

import pytest

from catalogue.profiles import Meaning, SharedWith, Stage, Tried
from matching import Answer, Reason, build, explain, match
from matching.limits.host import RISKY_FOR_MINORS
from tests.matching.made import TODAY, activity, answer, codes, person, tier


def test_a_closed_activity_is_excluded() -> None:
    assert tier(activity(open=False), person()) == "excluded"


def test_an_activity_rests_until_its_day() -> None:
    assert tier(activity(resting_until=TODAY + timedelta(days=1)), person()) == "excluded"
    assert tier(activity(resting_until=TODAY), person()) == "fits"


def test_the_day_that_is_told_of_a_rest_is_the_first_open_one() -> None:
    (reason,) = answer(activity(resting_until=date(2026, 12, 1)), person()).excluded[0].reasons
    assert explain(reason, "ja") == "お休み中です。2026-12-01から再開します"
    assert "opens again on 2026-12-01" in explain(reason, "en")


@pytest.mark.parametrize("left", [0, -1])
def test_a_full_activity_is_excluded(left: int) -> None:
    assert tier(activity(places_left=left), person()) == "excluded"
    assert tier(activity(places_left=None), person()) == "fits"


@pytest.mark.parametrize(
    ("ages", "host", "expected"),
    [
        ((30, 39), (18, 120), "fits"),
        ((30, 39), (40, 120), "excluded"),
        ((10, 19), (18, 120), "ask_host"),
        ((10, 19), (15, 29), "fits"),
        (None, (18, 120), "ask_host"),
        (None, (0, 120), "fits"),
        ((30, 39), None, "ask_host"),
    ],
)
def test_ages_fit_inside_and_are_asked_at_the_edge(
    ages: tuple[int, int] | None, host: tuple[int, int] | None, expected: str
) -> None:
    assert tier(activity(age=host), person(ages=ages)) == expected


def test_an_age_at_the_edge_is_said() -> None:
    assert "age_to_hear" in codes(activity(age=(15, 29)), person(ages=(10, 19)))


def test_a_minor_needs_a_guardian_and_no_alcohol() -> None:
    young = person(ages=(17, 17))
    assert "guardian_consent" in codes(activity(), young)
    assert "guardian_consent" not in codes(activity(), person())
    assert tier(activity(hazards=frozenset({"alcohol"})), young) == "excluded"
    assert tier(activity(hazards=frozenset({"alcohol"})), person(ages=(15, 24))) == "ask_host"


def test_a_family_group_waits_until_a_family_is_heard_of() -> None:
    group = activity(families_only=True)
    assert tier(group, person()) == "ask_host"
    parent = person(interest=Meaning(liked={"peers": 1.0}, tokens=("息子",)))
    assert tier(group, parent) == "fits"
    assert "family_group" in codes(group, parent)


def test_a_relative_named_in_whatever_way_is_heard_of() -> None:
    group = activity(families_only=True)
    assert "family_group" in codes(group, person(preferences=("息子には知られたくない",)))
    assert "families_only" in codes(group, person(own_words="大丈夫、様子を見たい"))


@pytest.mark.parametrize("shared", SharedWith)
def test_consent_is_checked_before_the_host_hears_anything(shared: SharedWith) -> None:
    found = codes(activity(), person(shared_with=shared))
    assert ("consent" in found) is (shared is not SharedWith.HOSTS)


def test_a_consent_for_one_host_is_no_consent_for_another() -> None:
    who = person(shared_with=SharedWith.TEAM, told_hosts=frozenset({"h"}))
    assert "consent" not in codes(activity(), who)
    assert "consent" in codes(activity(host="other"), who)


def test_a_fee_beyond_the_purse_is_excluded() -> None:
    who = person(money_max_yen=300)
    assert tier(activity(fee_yen=300), who) == "fits"
    assert tier(activity(fee_yen=301), who) == "excluded"
    assert tier(activity(fee_yen=None), who) == "ask_host"


@pytest.mark.parametrize("word", ["a", "h"])
def test_not_again_holds_for_the_activity_and_the_host(word: str) -> None:
    assert tier(activity(), person(not_again=frozenset({word}))) == "excluded"


@pytest.mark.parametrize(
    ("outcome", "days", "expected"),
    [
        ("passed", 89, "excluded"),
        ("ended_badly", 89, "excluded"),
        ("passed", 90, "fits"),
        ("ended_badly", 90, "fits"),
        ("ended_well", 5, "fits"),
        ("going", 400, "excluded"),
    ],
)
def test_what_ended_cools_off_and_what_goes_on_is_not_proposed(
    outcome: str, days: int, expected: str
) -> None:
    attempt = Tried("a", "h", outcome, TODAY - timedelta(days=days))
    assert tier(activity(), person(tried=(attempt,))) == expected


def test_another_activity_of_the_same_host_does_not_cool_off() -> None:
    attempt = Tried("b", "h", "passed", TODAY - timedelta(days=5))
    assert tier(activity(), person(tried=(attempt,))) == "fits"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"proposals_paused": "本人の希望"}, "paused"),
        ({"stage": Stage.NOT_MET}, "not_met"),
        ({"assessed": False}, "not_assessed"),
    ],
)
def test_who_is_held_gets_a_reason_and_never_a_list(changes: dict[str, object], code: str) -> None:
    found = answer(activity(), person(**changes))
    assert isinstance(found.held, Reason)
    assert found.held.code == code
    assert found == Answer(held=found.held)


def test_booking_is_said() -> None:
    assert "booking" in codes(activity(booking="前日まで"), person())
    assert "booking" not in codes(activity(booking="いらない"), person())


def test_today_is_the_day_of_the_index() -> None:
    assert date(2026, 11, 20) == TODAY


@pytest.mark.parametrize("hazard", sorted(RISKY_FOR_MINORS))
def test_what_may_hurt_somebody_under_age_is_spoken_of(hazard: str) -> None:
    tools = activity(hazards=frozenset({hazard, "cold"}))
    (shown,) = match(build([tools], as_of=TODAY), person(ages=(16, 17))).fits
    said = {reason.code: reason.value for reason in shown.to_check}
    assert said["minor_hazard"] == (hazard,)
    (grown,) = match(build([tools], as_of=TODAY), person(ages=(30, 39))).fits
    assert "minor_hazard" not in {reason.code for reason in grown.to_check}


def test_of_whom_nothing_is_heard_a_place_to_be_comes_before_a_role() -> None:
    stranger = person(stage=Stage.REGULAR_ROLE, interest=Meaning(), strength=Meaning())
    tea = activity(id="tea", just_being_ok=True, tags=("place_to_be",))
    lead = activity(id="lead", just_being_ok=False, roles=("leader",))
    shown = match(build([lead, tea], as_of=TODAY), stranger).fits
    assert [each.activity for each in shown] == ["tea", "lead"]


@pytest.mark.parametrize(
    ("ages", "alcohol", "expected"),
    [
        ((17, 17), None, "ask_host"),
        ((17, 17), "none", "fits"),
        ((15, 24), None, "ask_host"),
        ((20, 29), None, "fits"),
        (None, None, "fits"),
    ],
)
def test_whether_alcohol_is_served_is_asked_for_the_young(
    ages: tuple[int, int] | None, alcohol: str | None, expected: str
) -> None:
    assert tier(activity(hazards=None, alcohol=alcohol), person(ages=ages)) == expected


@pytest.mark.parametrize("days", [-1, 0, 1, 30])
def test_an_activity_rests_on_every_day_before_the_first_open_one(days: int) -> None:
    resting = activity(resting_until=TODAY + timedelta(days=days))
    assert tier(resting, person()) == ("excluded" if days > 0 else "fits")
