"""Days on which a rule is easily wrong; every date was counted by hand on a calendar."""

from datetime import date

import pytest

from service.followup.cadence import STANDARD, Occasion
from service.followup.facts import HostFacts
from service.followup.ledger import Ledger, Seen, Worry
from service.followup.roads import Silence
from service.followup.rules import next_window, owed
from service.placements.lifecycle import Side, Status
from tests.service.followup.cases import (
    HOST,
    both,
    day,
    only,
    person,
    placement,
    told,
    trying,
    window,
)


def test_at_the_turn_of_the_year_windows_give_way_to_the_first_working_day() -> None:
    begun = date(2026, 12, 22)
    said = Ledger(person=told("2026-12-23"))
    facts = placement(Status.TRYING, said, first_on=begun, begun_on=begun)
    # a week on is 30 December, closed like all days up to Sunday the 3rd of January
    found = window(only(facts, Occasion.EARLY, Side.PERSON))
    assert found == ("2026-12-27", "2027-01-04", "2027-01-04")


def test_a_concern_of_the_last_office_day_is_due_on_the_second_of_the_new_year() -> None:
    raised = Worry(HOST, Side.HOST, date(2026, 12, 28))
    facts = trying(worries=(raised,))
    # 29 December to 3 January nobody is there: Monday the 4th is one working day on, Tuesday two
    found = window(only(facts, Occasion.CONCERN, Side.HOST))
    assert found == ("2026-12-28", "2027-01-05", "2027-01-05")


def test_what_begins_on_the_29th_of_february_is_counted_in_days() -> None:
    leap = date(2028, 2, 29)
    facts = placement(Status.AGREED, first_on=leap, agreed_on=date(2028, 2, 1))
    found = window(only(facts, Occasion.BEFORE_FIRST, Side.PERSON))
    assert found == ("2028-02-22", "2028-02-28", "2028-02-28")
    host = HostFacts(HOST, date(2027, 1, 1), confirmed_on=leap)
    # 180 days on is Sunday, 27 August; 210 days on is a Tuesday
    found = window(only(host, Occasion.UNCONFIRMED, Side.HOST))
    assert found == ("2028-08-27", "2028-08-28", "2028-09-26")


def test_the_29th_of_february_is_a_day_on_which_a_window_may_be_due() -> None:
    begun = date(2028, 2, 21)
    said = Ledger(person=told("2028-02-22"))
    facts = placement(Status.TRYING, said, first_on=begun, begun_on=begun)
    assert window(only(facts, Occasion.EARLY, Side.PERSON)) == (
        "2028-02-26",
        "2028-02-29",
        "2028-03-03",
    )


def test_a_visit_that_is_written_down_later_counts_on_its_own_day() -> None:
    said = Ledger(person=told("03-12"))
    known = [Seen(day("03-10"), well=True), Seen(day("03-17"), well=True)]
    before = only(trying(said, visits=tuple(known)), Occasion.EARLY, Side.PERSON)
    assert window(before) == ("2026-03-16", "2026-03-19", "2026-03-23")
    backdated = [Seen(day("03-14"), well=True)]
    after = only(trying(said, visits=(*known, *backdated)), Occasion.EARLY, Side.PERSON)
    # three good visits now: further, to the end of the window, which is a Sunday
    assert window(after) == ("2026-03-16", "2026-03-23", "2026-03-23")


def test_a_first_visit_that_is_written_down_later_moves_the_beginning() -> None:
    facts = placement(
        Status.AGREED,
        first_on=day("03-17"),
        agreed_on=day("03-03"),
        visits=(Seen(day("03-10")),),
    )
    assert only(facts, Occasion.BEFORE_FIRST, Side.PERSON) is None
    assert window(only(facts, Occasion.AFTER_FIRST, Side.PERSON)) == (
        "2026-03-10",
        "2026-03-11",
        "2026-03-13",
    )


@pytest.mark.parametrize("came_last", [True, False])
def test_of_two_visits_on_one_day_the_one_written_down_last_is_asked_about(
    came_last: bool,
) -> None:
    rested = Seen(day("03-17"), took_part=False, rested_without_word=True)
    came = Seen(day("03-17"), well=True)
    visits = (rested, came) if came_last else (came, rested)
    found = only(trying(both("03-11"), visits=visits), Occasion.RESTED, Side.PERSON)
    assert (found is None) is came_last


def test_two_visits_on_one_day_leave_one_window_for_each_side() -> None:
    twice = (Seen(day("03-10"), well=True), Seen(day("03-10"), well=True))
    found = [(each.occasion, each.side) for each in owed(trying(visits=twice), STANDARD)]
    assert found == [(Occasion.AFTER_FIRST, Side.PERSON), (Occasion.AFTER_FIRST, Side.HOST)]


def test_a_placement_reopened_after_its_exit_contact_waits_from_that_day() -> None:
    said = both("03-25")  # the exit contact, after the end on the 24th
    facts = placement(Status.PROPOSED, said, proposed_on=day("04-07"))
    found = only(facts, Occasion.WAITING, Side.PERSON)
    # 17 May is a Sunday
    assert window(found) == ("2026-04-27", "2026-05-07", "2026-05-18")
    assert next_window(facts, Side.HOST, STANDARD) is Silence.NOT_ASKED
    assert len(owed(facts, STANDARD)) == 1


def test_who_goes_out_already_and_has_no_place_is_owed_nothing_but_concern_and_consent() -> None:
    assert owed(person(), STANDARD) == ()
    ends = person(consent_until=day("04-30"))
    assert [each.occasion for each in owed(ends, STANDARD)] == [Occasion.CONSENT_ENDS]
