"""A calendar of codes alone, behind an address that only its owner knows."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar
from sqlalchemy import Connection
from sqlmodel import Session, select

from catalogue.profiles import SharedWith
from service.database import transaction
from service.notices.tables import Feed
from tests.factories import MORNING, Town, TurnableClock, person_in

API = "/api/v1"
ClientOf = Callable[[str], TestClient]
FIRST = date(2026, 12, 1)  # a Tuesday, on which the leaves are swept from ten to half past eleven


@pytest.fixture
def csw(client_of: ClientOf) -> TestClient:
    return client_of("csw")


@pytest.fixture
def agreed(connection: Connection, town: Town, csw: TestClient) -> str:
    """Somebody of the worker's own begins on a Tuesday to come."""
    with transaction(connection) as session:
        person = person_in(session, town, consent={"shared_with": SharedWith.HOSTS})
    leaves = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
    placement = str(csw.post(f"{API}/placements", json=leaves).json()["id"])
    moves: list[dict[str, Any]] = [
        {"move": "want"},
        {"move": "ask"},
        {"move": "host_accepts", "minutes": 30, "first_on": FIRST.isoformat(),
         "kind": "volunteer", "insured": True},
    ]  # fmt: skip
    for move in moves:
        answer = csw.post(f"{API}/placements/{placement}/moves", json=move)
        assert answer.status_code == 200, answer.text
    return placement


@pytest.fixture
def path(csw: TestClient, agreed: str) -> str:
    made = csw.post(f"{API}/me/feed")
    assert made.status_code == 201
    return str(made.json()["path"])


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    return TestClient(app)


def entries(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return {str(each["uid"]): each for each in Calendar.from_ical(answer.content).walk("VEVENT")}


def words(answer: Any) -> list[tuple[str, str]]:
    found = entries(answer).values()
    return sorted((str(each["dtstart"].dt), str(each["summary"])) for each in found)


def test_the_calendar_says_how_many_contacts_and_which_first_days(
    stranger: TestClient, path: str
) -> None:
    answer = stranger.get(path)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found = words(answer)
    assert ("2026-12-01 10:00:00+09:00", "はじめての日") in found
    said = {summary for _, summary in found}
    assert all(re.fullmatch(r"はじめての日|連絡 [1-9][0-9]*件", each) for each in said)
    assert len(said) >= 2


def test_it_is_a_valid_calendar_in_japans_time(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    calendar = Calendar.from_ical(answer.content)
    assert calendar["version"] == "2.0"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Tokyo"]
    for event in calendar.walk("VEVENT"):
        assert {"uid", "dtstamp", "dtstart", "dtend", "summary"} <= {name.lower() for name in event}
        assert event["dtend"].dt > event["dtstart"].dt
    assert answer.content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    first = next(each for each in calendar.walk("VEVENT") if each["summary"] == "はじめての日")
    assert first["dtend"].dt - first["dtstart"].dt == timedelta(minutes=90)


def test_the_same_work_is_the_same_entry_another_day(
    stranger: TestClient, path: str, turnable_clock: TurnableClock
) -> None:
    before = entries(stranger.get(path))
    turnable_clock.turn(days=1)
    after = entries(stranger.get(path))
    first = [uid for uid, each in before.items() if each["summary"] == "はじめての日"]
    assert first == [uid for uid, each in after.items() if each["summary"] == "はじめての日"]
    assert all(uid.endswith("@deban") for uid in before)


def test_what_is_cancelled_vanishes(
    stranger: TestClient, path: str, csw: TestClient, agreed: str
) -> None:
    passed = {"move": "pass", "reason": "wish", "side": "person"}
    answer = csw.post(f"{API}/placements/{agreed}/moves", json=passed)
    if answer.status_code != 200:
        answer = csw.post(
            f"{API}/placements/{agreed}/moves",
            json={"move": "end", "reason": "wish", "side": "person"},
        )
    assert answer.status_code == 200, answer.text
    assert "はじめての日" not in {said for _, said in words(stranger.get(path))}


def test_an_unchanged_calendar_is_not_sent_again(stranger: TestClient, path: str) -> None:
    first = stranger.get(path)
    tag, since = first.headers["etag"], first.headers["last-modified"]
    assert since == "Fri, 20 Nov 2026 00:00:00 GMT"
    for asked in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"x", W/{tag}'},
        {"If-Modified-Since": since},
    ):
        again = stranger.get(path, headers=asked)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    for asked in (
        {"If-None-Match": '"x"'},
        {"If-None-Match": '"x"', "If-Modified-Since": since},
        {"If-Modified-Since": "Thu, 19 Nov 2026 00:00:00 GMT"},
        {"If-Modified-Since": "nonsense"},
    ):
        assert stranger.get(path, headers=asked).content == first.content


def test_a_changed_calendar_says_since_when(
    stranger: TestClient, path: str, csw: TestClient, turnable_clock: TurnableClock
) -> None:
    before = stranger.get(path)
    turnable_clock.turn(hours=1)
    assert stranger.get(path).headers["last-modified"] == before.headers["last-modified"]
    turnable_clock.turn(days=20)  # the first day has gone by
    after = stranger.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.headers["last-modified"] == "Thu, 10 Dec 2026 01:00:00 GMT"


def test_it_holds_the_work_of_its_owner_alone(
    stranger: TestClient, path: str, client_of: ClientOf
) -> None:
    other = str(client_of("coordinator").post(f"{API}/me/feed").json()["path"])
    assert "はじめての日" in {said for _, said in words(stranger.get(path))}
    assert words(stranger.get(other)) == []


@pytest.mark.parametrize("user", ["admin", "officer", "auditor"])
def test_who_works_with_nobody_has_an_empty_calendar(
    stranger: TestClient, client_of: ClientOf, user: str
) -> None:
    path = str(client_of(user).post(f"{API}/me/feed").json()["path"])
    assert words(stranger.get(path)) == []


def test_renewed_switched_off_wrong_and_closed_are_the_same_404(
    stranger: TestClient, path: str, csw: TestClient, client_of: ClientOf, town: Town
) -> None:
    wrong = stranger.get("/c/AAAA.ics")
    renewed = str(csw.post(f"{API}/me/feed").json()["path"])
    answers = [stranger.get(path)]
    assert stranger.get(renewed).status_code == 200
    csw.delete(f"{API}/me/feed")
    answers.append(stranger.get(renewed))
    another = str(client_of("csw_west").post(f"{API}/me/feed").json()["path"])
    assert stranger.get(another).status_code == 200
    leaving = f"{API}/accounts/{town.accounts['csw_west'].id}"
    assert client_of("admin").patch(leaving, json={"active": False}).status_code == 200
    answers.append(stranger.get(another))
    assert {(answer.status_code, answer.text) for answer in answers} == {
        (404, wrong.text),
    }
    assert wrong.status_code == 404


def test_only_a_hash_of_the_address_is_kept(connection: Connection, path: str) -> None:
    def kept(session: Session) -> list[dict[str, Any]]:
        return [feed.model_dump() for feed in session.exec(select(Feed))]

    with transaction(connection) as session:
        [feed] = kept(session)
    token = path.removeprefix("/c/").removesuffix(".ics")
    assert len(token) >= 43
    assert token not in str(feed)


def test_a_feed_is_read_so_often_and_no_more(
    stranger: TestClient, path: str, app: FastAPI, turnable_clock: TurnableClock
) -> None:
    app.state.settings = app.state.settings.model_copy(update={"feed_tries": 3})
    assert [stranger.get(path).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    turnable_clock.turn(minutes=20)
    assert stranger.get(path).status_code == 200


def test_an_address_that_guesses_has_to_wait(stranger: TestClient, app: FastAPI) -> None:
    app.state.settings = app.state.settings.model_copy(update={"feed_tries": 3})
    guesses = [stranger.get(f"/c/guess{number}.ics").status_code for number in range(5)]
    assert guesses == [404, 404, 404, 429, 429]


def test_the_address_is_in_no_log_and_in_no_metric(
    stranger: TestClient, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger.get(path)
    token = path.removeprefix("/c/").removesuffix(".ics")
    written = capsys.readouterr()
    assert '"/c/{token}.ics"' in written.out
    assert token not in written.out + written.err
    assert token not in stranger.get("/metrics").text


def test_the_calendar_is_kept_by_no_machine_on_the_way(stranger: TestClient, path: str) -> None:
    headers = stranger.get(path).headers
    assert headers["cache-control"] == "private, no-cache"
    assert "noindex" in headers["x-robots-tag"]
    assert "set-cookie" not in headers


def test_the_clock_of_these_tests_stands_on_a_friday() -> None:
    assert datetime(2026, 11, 20, tzinfo=UTC) == MORNING
