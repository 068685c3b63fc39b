"""Each line of the cadence for both sides; every date was worked out by hand on a calendar.

Holidays on the way: Fri 20 March, Sun 3 to Wed 6 May, Mon 20 July, Mon 21 to Wed 23 September.
"""

import pytest

from service.followup.cadence import Occasion
from service.followup.facts import Facts
from service.followup.ledger import Ledger, Seen, Worry
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
    window,
)

P, H = Side.PERSON, Side.HOST
Case = tuple[Facts, Occasion, Side, tuple[str, str, str]]

agreed = placement(Status.AGREED, agreed_on=day("02-20"), first_on=TUESDAY)
after_new_year = placement(Status.AGREED, proposed_on=day("2025-12-01"), first_on=day("01-05"))
before_may = trying(begun_on=day("05-01"), first_on=day("05-01"))
leap = trying(proposed_on=day("2028-02-01"), begun_on=day("2028-02-29"), first_on=day("2028-02-29"))
silent_rest = trying(both("03-11"), visits=(Seen(day("03-17"), False, rested_without_word=True),))
unheard = trying(both("03-11"), visits=(Seen(day("03-17"), False, unheard=True),))
resting = placement(Status.RESTING, rested_on=day("03-17"))
told_of_rest = placement(Status.RESTING, both("03-18"), rested_on=day("03-17"))
ended = placement(Status.ENDED, closed_on=day("03-17"))
worried = (Worry(CONCERN, Side.HOST, day("05-01")),)

CASES: dict[str, Case] = {
    "before, person": (agreed, Occasion.BEFORE_FIRST, P, ("03-03", "03-09", "03-09")),
    "before, host": (agreed, Occasion.BEFORE_FIRST, H, ("03-03", "03-06", "03-09")),
    "before, over new year, person": (
        after_new_year,
        Occasion.BEFORE_FIRST,
        P,
        ("2025-12-26", "2025-12-26", "2025-12-26"),
    ),
    "before, over new year, host": (
        after_new_year,
        Occasion.BEFORE_FIRST,
        H,
        ("2025-12-26", "2025-12-26", "2025-12-26"),
    ),
    "after, person": (trying(), Occasion.AFTER_FIRST, P, ("03-10", "03-11", "03-13")),
    "after, host": (trying(), Occasion.AFTER_FIRST, H, ("03-10", "03-11", "03-16")),
    "after, over holidays, person": (
        before_may,
        Occasion.AFTER_FIRST,
        P,
        ("05-01", "05-07", "05-07"),
    ),
    "after, over holidays, host": (
        before_may,
        Occasion.AFTER_FIRST,
        H,
        ("05-01", "05-07", "05-07"),
    ),
    "after a leap day": (
        leap,
        Occasion.AFTER_FIRST,
        P,
        ("2028-02-29", "2028-03-01", "2028-03-03"),
    ),
    "weeks 2-4, person": (trying(both("03-11")), Occasion.EARLY, P, ("03-15", "03-18", "03-23")),
    "weeks 2-4, host": (trying(both("03-11")), Occasion.EARLY, H, ("03-20", "03-24", "03-30")),
    "months 2-3, person": (trying(both("04-09")), Occasion.MIDDLE, P, ("04-18", "04-23", "04-28")),
    "months 2-3, host": (trying(both("03-24")), Occasion.MIDDLE, H, ("04-14", "04-21", "04-28")),
    "months 4-12, person": (trying(both("06-10")), Occasion.LATER, P, ("06-30", "07-10", "07-21")),
    "month 3, host": (trying(both("04-21")), Occasion.LATER, H, ("05-26", "06-09", "06-23")),
    "month 6, host": (trying(both("06-09")), Occasion.LATER, H, ("08-25", "09-08", "09-24")),
    "month 12, host": (
        trying(both("09-08")),
        Occasion.LATER,
        H,
        ("2027-02-24", "2027-03-10", "2027-03-24"),
    ),
    "yearly, person": (
        trying(both("2027-03-10")),
        Occasion.YEARLY,
        P,
        ("2028-02-08", "2028-03-09", "2028-04-10"),
    ),
    "yearly, host": (
        trying(both("2027-03-10")),
        Occasion.YEARLY,
        H,
        ("2028-02-08", "2028-03-09", "2028-04-10"),
    ),
    "rested without word, person": (silent_rest, Occasion.RESTED, P, ("03-17", "03-19", "03-23")),
    "rested without word, host": (silent_rest, Occasion.RESTED, H, ("03-17", "03-18", "03-19")),
    "unheard, person": (unheard, Occasion.UNHEARD, P, ("03-17", "03-19", "03-23")),
    "unheard, host": (unheard, Occasion.UNHEARD, H, ("03-17", "03-18", "03-19")),
    "stepped back, person": (
        trying(both("03-11"), stepped_back_on=day("03-17")),
        Occasion.STEPPED_BACK,
        P,
        ("03-17", "03-24", "03-24"),
    ),
    "resting, person": (resting, Occasion.RESTING, P, ("04-06", "04-16", "04-16")),
    "resting, host told": (resting, Occasion.TOLD_OF_REST, H, ("03-17", "03-17", "03-18")),
    "resting, host": (told_of_rest, Occasion.RESTING, H, ("04-07", "04-17", "04-27")),
    "resting until an agreed day": (
        placement(Status.RESTING, rested_on=day("03-17"), ask_again_on=day("03-31")),
        Occasion.RESTING,
        P,
        ("03-31", "03-31", "03-31"),
    ),
    "resting, agreed too far away": (
        placement(Status.RESTING, rested_on=day("03-17"), ask_again_on=day("05-20")),
        Occasion.RESTING,
        P,
        ("04-06", "04-16", "04-16"),
    ),
    "ended, person": (ended, Occasion.EXIT, P, ("03-17", "03-23", "03-23")),
    "ended, host": (ended, Occasion.EXIT, H, ("03-17", "03-24", "03-24")),
    "30 days after, person": (
        placement(Status.ENDED, both("03-18"), closed_on=day("03-17")),
        Occasion.AFTERWARDS,
        P,
        ("04-09", "04-16", "04-23"),
    ),
    "90 days after, person": (
        placement(Status.ENDED, both("03-18", "04-16"), closed_on=day("03-17")),
        Occasion.AFTERWARDS,
        P,
        ("06-01", "06-15", "06-29"),
    ),
    "asked, host": (
        placement(Status.ASKED, asked_on=TUESDAY),
        Occasion.ASKED,
        H,
        ("03-17", "03-17", "03-23"),
    ),
    "asked with a longer hold, host": (
        placement(Status.ASKED, asked_on=TUESDAY, asked_until=day("03-19")),
        Occasion.ASKED,
        H,
        ("03-19", "03-19", "03-23"),
    ),
    "asked, person": (
        placement(Status.ASKED, asked_on=TUESDAY),
        Occasion.WAITING,
        P,
        ("03-30", "04-09", "04-20"),
    ),
    "proposed, person": (
        placement(Status.PROPOSED),
        Occasion.WAITING,
        P,
        ("03-30", "04-09", "04-20"),
    ),
    "agreed without a day, host": (
        placement(Status.AGREED, agreed_on=TUESDAY),
        Occasion.WAITING,
        H,
        ("03-30", "04-09", "04-20"),
    ),
    "at home": (person(at_home=True), Occasion.AT_HOME, P, ("03-30", "04-09", "04-20")),
    "consent ends": (
        person(consent_until=day("05-10")),
        Occasion.CONSENT_ENDS,
        P,
        ("04-17", "04-24", "05-08"),
    ),
    "not confirmed": (
        host(confirmed_on=TUESDAY),
        Occasion.UNCONFIRMED,
        H,
        ("09-06", "09-07", "10-06"),
    ),
    "never confirmed": (host(), Occasion.UNCONFIRMED, H, ("09-06", "09-07", "10-06")),
    "concern, host": (
        trying(both("04-30"), worries=worried),
        Occasion.CONCERN,
        H,
        ("05-01", "05-08", "05-08"),
    ),
    "concern of the host, person": (
        trying(both("04-30"), worries=worried),
        Occasion.CONCERN,
        P,
        ("05-01", "05-08", "05-08"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_line_gives_the_days_that_a_calendar_gives(name: str) -> None:
    facts, occasion, side, expected = CASES[name]
    assert window(only(facts, occasion, side)) == days(*expected)


def test_every_occasion_and_side_with_a_window_has_a_case() -> None:
    tried = {(occasion, side) for _, occasion, side, _ in CASES.values()}
    assert {occasion for occasion, _ in tried} == set(Occasion)


def test_a_step_back_asks_nothing_of_the_host() -> None:
    facts = trying(both("03-11"), stepped_back_on=day("03-17"))
    assert only(facts, Occasion.STEPPED_BACK, H) is None


def test_a_concern_returns_to_who_raised_it_until_it_is_settled() -> None:
    facts = trying(Ledger(host=told("05-01"), person=told("05-01")), worries=worried)
    assert only(facts, Occasion.CONCERN, P) is None
    assert window(only(facts, Occasion.CONCERN, H)) == days("05-08", "05-08", "05-08")


def test_a_concern_makes_the_rhythm_nearer() -> None:
    facts = trying(both("03-11"), worries=(Worry(CONCERN, Side.PERSON, day("03-12")),))
    assert window(only(facts, Occasion.EARLY, P)) == days("03-15", "03-16", "03-18")


def test_a_concern_about_a_host_alone_is_asked_of_the_host_alone() -> None:
    facts = host(worries=(Worry(CONCERN, Side.HOST, TUESDAY),))
    assert window(only(facts, Occasion.CONCERN, H)) == days("03-10", "03-12", "03-12")
    assert only(facts, Occasion.CONCERN, P) is None
