"""What answers a window, what only puts it off, and what bends it."""

from datetime import date

import pytest

from service.followup.cadence import STANDARD, Cadence, Occasion
from service.followup.facts import PlacementFacts
from service.followup.ledger import Ledger, Left, Seen, Told, Worry
from service.followup.roads import Silence
from service.followup.rules import due, next_window, owed
from service.followup.windows import Bend, Due
from service.placements.lifecycle import Side, Status
from tests.service.followup.cases import (
    CONCERN,
    TUESDAY,
    both,
    day,
    days,
    host,
    only,
    person,
    placement,
    told,
    trying,
    unreached,
    window,
)

P, H = Side.PERSON, Side.HOST
FELT_FINE = tuple(Seen(day(text), well=True) for text in ("03-10", "03-12", "03-14"))


def ids(facts: PlacementFacts, today: str) -> list[tuple[Occasion, Side]]:
    return [(each.occasion, each.side) for each in due(facts, STANDARD, day(today))]


def first(facts: PlacementFacts, side: Side = P) -> Due:
    found = next_window(facts, side, STANDARD)
    assert isinstance(found, Due)
    return found


def left(item: Due, on: str, until: str | None = None) -> Left:
    return Left(item.id, day(on), day(until) if until else None)


def with_left(facts: PlacementFacts, *answers: Left) -> PlacementFacts:
    ledger = Ledger(facts.ledger.person, facts.ledger.host, answers)
    return PlacementFacts(
        facts.id,
        facts.person_id,
        facts.host_id,
        facts.status,
        facts.days,
        ledger,
        facts.visits,
        facts.worries,
    )


def test_nothing_is_due_before_its_window_opens() -> None:
    facts = placement(Status.AGREED, agreed_on=day("02-20"), first_on=TUESDAY)
    assert ids(facts, "03-02") == []
    assert ids(facts, "03-03") == [(Occasion.BEFORE_FIRST, P), (Occasion.BEFORE_FIRST, H)]


def test_what_is_not_answered_stays_for_years() -> None:
    assert ids(trying(), "03-10") == ids(trying(), "2031-03-10")


def test_a_contact_with_one_side_answers_that_side_only() -> None:
    facts = trying(Ledger(person=told("03-11")))
    assert ids(facts, "03-12") == [(Occasion.AFTER_FIRST, H)]


@pytest.mark.parametrize(("on", "answers"), [("03-02", False), ("03-03", True), ("03-09", True)])
def test_a_contact_answers_from_the_first_day_of_the_window(on: str, answers: bool) -> None:
    facts = placement(Status.AGREED, both(on), agreed_on=day("02-20"), first_on=TUESDAY)
    expected = Occasion.AFTER_FIRST if answers else Occasion.BEFORE_FIRST
    assert first(facts).occasion is expected


def test_not_being_reached_answers_nothing() -> None:
    facts = trying(Ledger(person=unreached(("03-11", "call"), ("03-12", "message"))))
    assert (Occasion.AFTER_FIRST, P) in ids(facts, "03-12")


def test_one_call_after_the_first_day_answers_what_was_missed_before_it() -> None:
    facts = placement(Status.AGREED, both("03-11"), agreed_on=day("02-20"), first_on=TUESDAY)
    assert first(facts).occasion is Occasion.EARLY


def test_a_visit_begins_the_rhythm_though_nobody_pressed_begin() -> None:
    seen = (Seen(day("03-12")),)
    facts = placement(Status.AGREED, agreed_on=day("02-20"), first_on=TUESDAY, visits=seen)
    assert window(first(facts)) == days("03-12", "03-13", "03-16")


def test_a_trial_counts_from_the_day_somebody_was_really_there() -> None:
    seen = (Seen(TUESDAY, took_part=False), Seen(day("03-17")))
    assert first(trying(visits=seen)).since == day("03-17")


def test_a_rest_on_the_first_day_leaves_the_agreed_day_standing() -> None:
    assert first(trying(visits=(Seen(TUESDAY, took_part=False),))).since == TUESDAY


def test_a_trial_without_any_written_day_counts_from_its_proposal() -> None:
    assert first(placement(Status.CONTINUING)).since == TUESDAY


@pytest.mark.parametrize(
    ("status", "side", "why"),
    [
        (Status.PROPOSED, H, Silence.NOT_ASKED),
        (Status.WANTED, H, Silence.NOT_ASKED),
        (Status.PASSED, P, Silence.NEVER_BEGAN),
        (Status.PASSED, H, Silence.NEVER_BEGAN),
        (Status.SUPERSEDED, P, Silence.NEVER_BEGAN),
        (Status.SUPERSEDED, H, Silence.NEVER_BEGAN),
    ],
)
def test_where_nothing_is_owed_the_reason_is_said(status: Status, side: Side, why: Silence) -> None:
    assert next_window(placement(status), side, STANDARD) is why


def test_after_the_last_contact_an_ended_placement_is_complete() -> None:
    facts = placement(Status.ENDED, both("03-18", "04-16", "06-15"), closed_on=day("03-17"))
    assert next_window(facts, P, STANDARD) is Silence.COMPLETE
    assert next_window(facts, H, STANDARD) is Silence.COMPLETE


def test_what_was_owed_before_the_end_is_asked_once_more_as_an_exit() -> None:
    facts = placement(Status.ENDED, first_on=TUESDAY, begun_on=TUESDAY, closed_on=day("05-20"))
    assert ids(facts, "05-20") == [(Occasion.EXIT, P), (Occasion.EXIT, H)]


def test_a_deferral_hides_a_row_until_its_day_and_says_so() -> None:
    item = first(trying())
    facts = with_left(trying(), left(item, "03-11", "03-25"))
    assert (Occasion.AFTER_FIRST, P) not in ids(facts, "03-24")
    back = next(each for each in due(facts, STANDARD, day("03-25")) if each.side is P)
    assert (back.id, back.back_on, back.deferrals) == (item.id, day("03-25"), 1)
    assert window(back) == days("03-10", "03-25", "03-27")


def test_deferrals_in_a_row_are_counted_for_the_coordinator() -> None:
    item = first(trying())
    rows = [
        left(item, "03-11", "03-16"),
        left(item, "03-16", "03-23"),
        left(item, "03-23", "03-30"),
    ]
    found = due(with_left(trying(), *rows), STANDARD, day("03-30"))
    assert [each.deferrals for each in found if each.side is P] == [3]


def test_a_deferral_never_brings_a_row_forward() -> None:
    facts = placement(Status.ENDED, closed_on=day("03-17"))
    item = first(facts, H)
    back = next(
        each
        for each in owed(with_left(facts, left(item, "03-17", "03-18")), STANDARD)
        if each.side is H
    )
    assert back.due == item.due


def test_not_needed_closes_this_row_and_the_next_one_counts_from_it() -> None:
    item = first(trying())
    facts = with_left(trying(), left(item, "03-11"))
    assert window(first(facts)) == days("03-15", "03-18", "03-23")
    assert (Occasion.AFTER_FIRST, H) in ids(facts, "03-11")


def test_the_id_of_a_row_stays_while_it_is_open_and_changes_with_its_answer() -> None:
    facts = trying(both("03-11"))
    again = first(trying(both("03-11")))
    assert first(facts).id == again.id
    assert first(trying(both("03-11", "03-18"))).id != again.id


def test_both_sides_and_every_window_have_ids_of_their_own() -> None:
    facts = trying(visits=(Seen(day("03-17"), False, rested_without_word=True),))
    found = [each.id for each in owed(facts, STANDARD)]
    assert len(set(found)) == len(found) == 4


def test_when_it_was_hard_the_next_contact_is_nearer() -> None:
    facts = trying(both("03-11"), visits=(Seen(TUESDAY, hard=True),))
    assert window(first(facts)) == days("03-15", "03-16", "03-18")
    assert first(facts).bend is Bend.WORSE


def test_when_it_goes_steadily_the_next_contact_is_further() -> None:
    facts = trying(both("03-11"), visits=FELT_FINE)
    assert window(first(facts)) == days("03-15", "03-23", "03-23")
    assert first(facts).bend is Bend.STEADY


def test_two_good_visits_are_not_yet_steady() -> None:
    assert first(trying(both("03-11"), visits=FELT_FINE[:2])).bend is None


def test_rests_between_good_visits_change_nothing() -> None:
    rests = tuple(Seen(day(text), took_part=False) for text in ("03-11", "03-13", "03-16"))
    assert first(trying(both("03-11"), visits=(*FELT_FINE, *rests))).bend is Bend.STEADY


def test_a_concern_goes_before_good_visits() -> None:
    worry = Worry(CONCERN, P, day("03-12"))
    facts = trying(both("03-11"), visits=FELT_FINE, worries=(worry,))
    assert first(facts).bend is Bend.WORSE


def test_a_day_that_was_agreed_is_kept() -> None:
    facts = trying(Ledger(person=told("03-11", next_on=day("03-19"))))
    assert first(facts).due == day("03-19")
    assert first(facts).bend is Bend.PROMISED


def test_an_agreed_day_may_be_sooner_than_usual() -> None:
    facts = trying(Ledger(person=told("03-11", next_on=day("03-12"))))
    assert window(first(facts)) == days("03-12", "03-12", "03-16")


def test_an_agreed_day_far_away_is_kept_within_the_window() -> None:
    facts = trying(Ledger(person=told("03-11", next_on=day("06-01"))))
    assert first(facts).due == day("03-23")


def test_nobody_is_reminded_of_an_agreed_day_beforehand() -> None:
    facts = trying(Ledger(person=told("03-11", next_on=day("03-19"))))
    assert (Occasion.EARLY, P) not in ids(facts, "03-18")
    assert (Occasion.EARLY, P) in ids(facts, "03-19")


def test_a_talk_before_the_agreed_day_leaves_the_promise_standing() -> None:
    spoken = (*told("03-11", next_on=day("03-19")), *told("03-16"))
    found = first(trying(Ledger(person=spoken)))
    assert (found.since, found.due) == (day("03-16"), day("03-19"))


def test_a_day_agreed_in_a_talk_that_answered_nothing_is_kept_too() -> None:
    spoken = (*told("03-11"), *told("03-13", next_on=day("03-16")))
    found = first(trying(Ledger(person=spoken)))
    assert (found.since, found.due) == (day("03-11"), day("03-16"))


def test_what_was_agreed_since_the_rest_goes_before_what_was_agreed_with_it() -> None:
    days_of_rest = {"rested_on": day("03-17"), "ask_again_on": day("04-14")}
    spoken = Ledger(person=told("03-24", next_on=day("04-02")))
    assert first(placement(Status.RESTING, spoken, **days_of_rest)).due == day("04-02")


def test_a_day_named_in_an_older_contact_gives_way_to_the_newer_one() -> None:
    spoken = (
        Told(day("03-11"), "call", next_on=day("03-16")),
        Told(day("03-16"), "call", next_on=day("03-24")),
    )
    assert first(trying(Ledger(person=spoken))).due == day("03-24")


def test_the_office_may_close_and_the_days_give_way() -> None:
    closed = Cadence(STANDARD.lines, frozenset({day("03-11")}))
    found = next_window(trying(), P, closed)
    assert isinstance(found, Due)
    assert found.due == day("03-12")


@pytest.mark.parametrize(
    ("tries", "another"),
    [
        ([("03-01", "call"), ("03-15", "message"), ("03-31", "call")], True),
        ([("03-01", "call"), ("03-15", "call"), ("03-31", "call")], False),
        ([("03-01", "call"), ("03-31", "message")], False),
        ([("03-01", "call"), ("03-15", "message"), ("03-30", "call")], False),
    ],
)
def test_another_way_is_marked_and_the_row_stays(
    tries: list[tuple[str, str]], another: bool
) -> None:
    facts = trying(Ledger(person=unreached(*tries)))
    found = [each for each in due(facts, STANDARD, day("04-01")) if each.side is P]
    assert [each.another_way for each in found] == [another]


def test_being_reached_begins_the_tries_anew() -> None:
    tries = unreached(("03-01", "call"), ("03-15", "message"), ("03-31", "call"))
    facts = trying(Ledger(person=(*tries, *told("04-01", answers=False))))
    assert not any(each.another_way for each in owed(facts, STANDARD))


def test_only_the_last_day_without_word_is_asked_about() -> None:
    came_again = (
        Seen(day("03-17"), False, rested_without_word=True),
        Seen(day("03-24")),
    )
    assert only(trying(both("03-11"), visits=came_again), Occasion.RESTED, P) is None


def test_a_day_without_word_is_not_asked_about_once_it_is_over() -> None:
    facts = placement(
        Status.ENDED,
        closed_on=day("03-18"),
        visits=(Seen(day("03-17"), False, rested_without_word=True),),
    )
    assert only(facts, Occasion.RESTED, P) is None


def test_a_return_to_a_trial_counts_from_its_new_beginning() -> None:
    facts = trying(both("03-11"), begun_on=day("06-01"), visits=(Seen(day("03-10")),))
    assert first(facts).since == day("06-01")


def test_a_person_who_has_a_place_is_not_called_for_being_at_home() -> None:
    assert owed(person(), STANDARD) == ()


def test_the_end_of_a_consent_is_answered_by_speaking_about_it() -> None:
    spoken = Ledger(person=told("04-20"))
    facts = person(spoken, consent_until=day("05-10"))
    assert owed(facts, STANDARD) == ()


def test_being_at_home_comes_again_after_each_contact() -> None:
    facts = person(Ledger(person=told("04-09", "05-08")), at_home=True)
    found = only(facts, Occasion.AT_HOME, P)
    assert found is not None
    assert found.since == day("05-08")


def test_talking_with_a_host_in_time_counts_as_confirming() -> None:
    facts = host(Ledger(host=told("09-07")), confirmed_on=TUESDAY)
    found = only(facts, Occasion.UNCONFIRMED, H)
    assert found is not None
    assert found.since == date(2026, 9, 7)


def test_a_concern_that_is_said_not_to_be_needed_leaves_that_row() -> None:
    facts = trying(both("03-11"), worries=(Worry(CONCERN, H, day("03-12")),))
    item = only(facts, Occasion.CONCERN, H)
    assert item is not None
    assert only(with_left(facts, left(item, "03-12")), Occasion.CONCERN, H) is None
