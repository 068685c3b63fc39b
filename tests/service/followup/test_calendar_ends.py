"""A day at the end of the calendar, typed by mistake, never closes the queue for everybody."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from service.followup.cadence import STANDARD, Cadence, Count, Occasion, Window
from service.followup.facts import Days, HostFacts, PlacementFacts
from service.followup.ledger import Left
from service.followup.rules import due, owed
from service.followup.windows import Subject, lay
from service.followup.workdays import add_working_days, on_or_after, on_or_before, shifted
from service.placements.lifecycle import Side, Status
from tests.service.followup.cases import HOST, PERSON, PLACEMENT, TUESDAY, both, host, trying
from tests.service.followup.desk import PATH, Desk
from tests.service.placements.village import Village
from tests.service.placements.walks import move, moved, propose

ENDS = (date.min, date.max)


@pytest.mark.parametrize("first_on", ["0001-01-01", "9999-12-31"])
def test_a_first_day_at_the_end_of_the_calendar_leaves_the_queue_open(
    desk: Desk, agreed: dict[str, Any], first_on: str
) -> None:
    moved(desk.client, agreed, "agree", first_on=first_on)
    assert desk.client.get(PATH).status_code == 200
    assert desk.client.get("/", headers={"accept": "text/html"}).status_code == 200


def test_a_deferral_until_the_end_of_the_calendar_is_refused_with_the_last_day_that_would_do(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    row, why = desk.row(), "しばらくそっとしておいてほしい"
    for until in ("2027-02-12", "9999-12-31"):
        refused = desk.answer(row, "asked_to_wait", until=until, why=why)
        assert (refused.status_code, refused.json()["latest"]) == (422, "2027-02-11")
    desk.answered(row, "asked_to_wait", until="2027-02-11", why=why)
    assert desk.seen() == [("before_first", "host")]


def test_a_promise_for_the_end_of_the_calendar_is_kept_within_the_window(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    desk.on("02-17")
    moved(desk.client, agreed, "begin")
    (row,) = [each for each in desk.rows() if each["side"] == "person"]
    desk.answered(row, next_on="9999-12-31")
    # the first month asks every seven days, three days more at most
    rows = {(each["occasion"], each["side"]): each for each in desk.on("02-27").rows()}
    assert rows["early", "person"]["due"] == "2026-02-27"


@pytest.mark.parametrize("confirmed_on", ["0001-01-01", "9999-12-31"])
def test_a_host_confirmed_at_the_end_of_the_calendar_leaves_the_queue_open(
    desk: Desk, village: Village, confirmed_on: str
) -> None:
    path = f"/api/v1/hosts/{village.host.id}"
    assert desk.client.patch(path, json={"confirmed_on": confirmed_on}).status_code == 200
    assert desk.client.get(PATH).status_code == 200


@pytest.mark.parametrize("until", ["2026-02-10", "9999-12-31"])
def test_a_consent_until_any_day_leaves_the_queue_open(
    desk: Desk, village: Village, until: str
) -> None:
    body = {"shared_with": "team", "fields": [], "how": "口頭", "until": until}
    path = f"/api/v1/people/{village.person.id}/consents"
    assert desk.client.post(path, json=body).status_code == 201
    assert (("consent_ends", "person") in desk.seen()) == (until == "2026-02-10")


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_the_queue_of_any_day_can_be_asked_for(desk: Desk, agreed: dict[str, Any], on: str) -> None:
    assert desk.queue(on=on)["on"] == on


def test_a_proposal_written_down_for_the_first_day_of_all_is_waiting_ever_since(
    desk: Desk, client: TestClient, village: Village
) -> None:
    placement = propose(client, village, occurred_on="0001-01-01")
    (row,) = desk.rows()
    assert (row["occasion"], row["why"]["since"]) == ("waiting", "0001-01-01")
    assert move(client, placement, "want").status_code == 200


@given(st.sampled_from(ENDS), st.integers(-4000, 4000))
def test_days_stop_at_the_ends_of_the_calendar(end: date, number: int) -> None:
    moved_on = shifted(end, number)
    inward = number <= 0 if end == date.max else number >= 0
    assert moved_on == (end + timedelta(number) if inward else end)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-4000, 4000))
def test_between_the_ends_days_are_counted_as_a_calendar_does(day: date, number: int) -> None:
    assert shifted(day, number) == day + timedelta(number)


def test_working_days_are_looked_for_up_to_the_ends_and_no_further() -> None:
    assert (
        on_or_after(date.max) == date.max
    )  # 31 December: the office is closed, and no day follows
    assert on_or_before(date.min) == date.min
    assert add_working_days(date.max, 2) == date.max


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("count", Count)
def test_a_window_at_the_end_still_runs_forward(end: date, count: Count) -> None:
    subject = Subject(PLACEMENT, Side.PERSON, PLACEMENT, PERSON, HOST)
    widths = (0, 2, 2) if count is Count.WORKING else (-7, 0, 400)
    found = lay(Window(*widths, count=count), subject, Occasion.CONCERN, since=end)
    assert found.earliest <= found.due <= found.late


@given(
    st.sampled_from(Status),
    st.lists(st.sampled_from([*ENDS, TUESDAY, None]), min_size=9, max_size=9),
    st.sampled_from(ENDS),
)
def test_no_facts_at_the_ends_of_the_calendar_break_the_rule(
    status: Status, days: list[date | None], today: date
) -> None:
    facts = PlacementFacts(PLACEMENT, PERSON, HOST, status, Days(TUESDAY, *days))
    assert {each.id for each in due(facts, STANDARD, today)} <= {
        each.id for each in owed(facts, STANDARD)
    }


def test_a_host_of_the_last_day_is_owed_nothing_before_it() -> None:
    facts: HostFacts = host(confirmed_on=date.max)
    assert due(facts, STANDARD, date(2026, 3, 10)) == ()


def test_an_office_that_never_opens_again_still_has_its_queue() -> None:
    days = (TUESDAY + timedelta(number) for number in range(400))
    closed = Cadence(STANDARD.lines, closures=frozenset(days))
    found = owed(trying(both()), closed)
    # 14 April 2027 is a Wednesday, the first day after 400 closed ones from 10 March 2026
    assert {each.due for each in found} == {date(2027, 4, 14)}


def test_what_was_put_off_for_ever_is_still_owed_on_the_last_day() -> None:
    facts = host(confirmed_on=TUESDAY)
    (found,) = owed(facts, STANDARD)
    put_off = host(confirmed_on=TUESDAY, ledger=None)
    left = (Left(found.id, TUESDAY, until=date.max),)
    put_off = HostFacts(put_off.id, TUESDAY, TUESDAY, ledger=type(put_off.ledger)(left=left))
    assert due(put_off, STANDARD, date(9999, 12, 30)) == ()
    assert [each.id for each in due(put_off, STANDARD, date.max)] == [found.id]
