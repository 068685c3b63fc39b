"""What a calendar is drawn from: days and slots, on odd days too; and the door to it."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar
from sqlalchemy import Connection
from sqlmodel import select

from catalogue.tables import Slot
from service.accounts.rules import Role
from service.accounts.tables import Account
from service.database import transaction
from service.notices import repository
from service.notices.calendar import Entry, drawn, entries, fingerprint
from service.notices.tables import Feed
from tests.factories import Town, TurnableClock

API = "/api/v1"
ClientOf = Callable[[str], TestClient]
MINE, YOURS = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TUESDAY = date(2026, 12, 1)


def slot(start: str = "10:00", end: str = "11:30", rrule: str = "FREQ=WEEKLY;BYDAY=TU") -> Slot:
    return Slot(recurrence={"rrule": rrule, "start": start, "end": end})


def firsts(*found: tuple[date, Slot], account: UUID = MINE) -> list[Entry]:
    return entries(account, Counter(), found)


def read(found: list[Entry]) -> list[Any]:
    return Calendar.from_ical(drawn(found, changed_at=NOON)).walk("VEVENT")


def test_without_work_there_is_a_calendar_and_it_is_empty() -> None:
    content = drawn([], changed_at=NOON)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert Calendar.from_ical(content).walk("VEVENT") == []


def test_several_first_days_on_one_day_are_one_entry_that_counts_them() -> None:
    found = firsts((TUESDAY, slot()), (TUESDAY, slot("13:00", "14:00")))
    assert [(each.words, each.start) for each in found] == [("はじめての日 2件", None)]


def test_when_one_of_two_falls_away_it_stays_the_same_entry() -> None:
    both = firsts((TUESDAY, slot()), (TUESDAY, slot("13:00", "14:00")))
    [left] = firsts((TUESDAY, slot()))
    assert left.uid == both[0].uid
    assert left.words == "はじめての日"


def test_the_entries_of_two_people_of_staff_are_never_taken_for_one() -> None:
    [mine], [yours] = firsts((TUESDAY, slot())), firsts((TUESDAY, slot()), account=YOURS)
    contacts = entries(MINE, Counter({TUESDAY: 1}), [])
    assert len({mine.uid, yours.uid, contacts[0].uid}) == 3


def test_a_slot_by_arrangement_stands_on_the_whole_day() -> None:
    [event] = read(firsts((TUESDAY, Slot(recurrence=None))))
    assert event["dtstart"].dt == TUESDAY
    assert event["dtend"].dt == TUESDAY + timedelta(days=1)
    assert event["transp"] == "TRANSPARENT"


def test_a_day_on_which_the_slot_is_not_open_is_told_without_a_wrong_hour() -> None:
    [event] = read(firsts((date(2026, 12, 2), slot())))  # a Wednesday
    assert event["dtstart"].dt == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("day", "rrule"),
    [
        (date(2028, 2, 29), "FREQ=WEEKLY;BYDAY=TU"),
        (date(2026, 12, 31), "FREQ=WEEKLY;BYDAY=TH"),
    ],
    ids=str,
)
def test_the_last_day_of_a_month_ends_on_the_day_after_it(day: date, rrule: str) -> None:
    [event] = read(firsts((day, slot(rrule=rrule))))
    assert event["dtstart"].dt.date() == day
    assert event["dtstart"].dt.utcoffset() == timedelta(hours=9)
    [whole] = read(entries(MINE, Counter({day: 3}), []))
    assert whole["dtend"].dt == day + timedelta(days=1)
    assert whole["summary"] == "連絡 3件"


@pytest.mark.parametrize(
    "other",
    [
        firsts((TUESDAY, slot(end="12:00"))),
        firsts((TUESDAY, slot(start="09:30"))),
        firsts((TUESDAY + timedelta(days=7), slot())),
        firsts((TUESDAY, slot()), (TUESDAY, slot())),
        [],
    ],
    ids=["longer", "earlier", "a_week_later", "two", "gone"],
)
def test_whatever_is_read_differently_is_a_different_calendar(other: list[Entry]) -> None:
    """Who has the old tag is sent the new calendar."""
    before = firsts((TUESDAY, slot()))
    assert fingerprint(before) != fingerprint(other)
    assert fingerprint(before) == fingerprint(firsts((TUESDAY, slot())))


def test_the_order_in_which_work_is_found_changes_nothing() -> None:
    days = [(TUESDAY, slot()), (TUESDAY + timedelta(days=7), slot())]
    assert fingerprint(firsts(*days)) == fingerprint(firsts(*reversed(days)))


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    return TestClient(app)


@pytest.fixture
def path(client: TestClient) -> str:
    return str(client.post(f"{API}/me/feed").json()["path"])


@pytest.mark.parametrize(
    "token",
    ["%00", "%FF%FE", "..%2F..%2Fetc", "%E9%87%9D", "a" * 1999, "'%20OR%201=1", "%F0%9F%8D%8E"],
    ids=["nul", "no_text", "upwards", "kanji", "long", "query", "emoji"],
)
def test_a_strange_address_is_no_calendar_and_no_fault(stranger: TestClient, token: str) -> None:
    answer = stranger.get(f"/c/{token}.ics")
    assert answer.status_code == 404
    assert "BEGIN" not in answer.text


def test_an_address_that_is_far_too_long_is_not_said_back(stranger: TestClient) -> None:
    needle = "needle" * 500
    answer = stranger.get(f"/c/{needle}.ics")
    assert answer.status_code in {404, 422}
    assert "needle" not in answer.text


def test_nearly_right_is_wrong(stranger: TestClient, path: str) -> None:
    token = path.removeprefix("/c/").removesuffix(".ics")
    for near in (token[:-1], token + "A", token.swapcase(), f"{token} "):
        assert stranger.get(f"/c/{near}.ics").status_code == 404
    assert stranger.get(path).status_code == 200


def test_a_calendar_asks_for_no_sign_in_and_a_sign_in_opens_nobody_elses(
    stranger: TestClient, path: str, client_of: ClientOf
) -> None:
    own = stranger.get(path)
    as_another = client_of("admin").get(path)
    assert own.content == as_another.content
    assert client_of("admin").get(f"{API}/me/feed").json() == {"made_at": None}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_calendar_is_only_read(stranger: TestClient, path: str, method: str) -> None:
    assert stranger.request(method, path).status_code in {403, 405}
    assert stranger.get(path).status_code == 200


def test_any_tag_at_all_is_answered_as_known(stranger: TestClient, path: str) -> None:
    assert stranger.get(path, headers={"If-None-Match": "*"}).status_code == 304


def test_a_moment_to_come_is_as_good_as_now(stranger: TestClient, path: str) -> None:
    later = {"If-Modified-Since": "Fri, 20 Nov 2099 00:00:00 GMT"}
    assert stranger.get(path, headers=later).status_code == 304
    # A moment in no zone says nothing sure.
    unsure = {"If-Modified-Since": "Fri, 20 Nov 2099 00:00:00 -0000"}
    assert stranger.get(path, headers=unsure).status_code == 200


def test_who_has_become_an_auditor_reads_an_empty_calendar_at_the_same_address(
    stranger: TestClient, path: str, connection: Connection, town: Town
) -> None:
    with transaction(connection) as session:
        query = select(Account).where(Account.id == town.accounts["csw"].id)
        account = session.exec(query).one()
        account.role, account.area_id = Role.AUDITOR, None
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert Calendar.from_ical(answer.content).walk("VEVENT") == []


def test_two_renewals_at_the_same_moment_leave_one_feed_that_works(
    client: TestClient,
    stranger: TestClient,
    path: str,
    connection: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second finds no feed to take away, and the first one's when it writes its own."""
    take, takes = repository.drop_feed, []

    def too_early(session: object, account_id: UUID) -> bool:
        takes.append(account_id)
        return False if len(takes) == 1 else take(session, account_id)  # type: ignore[arg-type] - passed on

    monkeypatch.setattr(repository, "drop_feed", too_early)
    made = client.post(f"{API}/me/feed")
    assert made.status_code == 201
    assert stranger.get(path).status_code == 404
    assert stranger.get(made.json()["path"]).status_code == 200
    with transaction(connection) as session:
        assert len(session.exec(select(Feed)).all()) == 1


def test_looking_does_not_make_a_calendar_newer(
    stranger: TestClient, path: str, turnable_clock: TurnableClock
) -> None:
    first = stranger.get(path)
    for _ in range(3):
        turnable_clock.turn(minutes=10)
        again = stranger.get(path)
        assert again.headers["last-modified"] == first.headers["last-modified"]
        assert again.content == first.content


def test_switching_off_what_is_off_changes_nothing(client: TestClient) -> None:
    assert client.delete(f"{API}/me/feed").status_code == 204
    assert client.delete(f"{API}/me/feed").status_code == 204
    assert client.get(f"{API}/me/feed").json() == {"made_at": None}
