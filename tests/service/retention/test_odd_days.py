"""Ends on odd days: leap days, holds that run out at midnight, lists approved too early."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session, select

from service.accounts.tables import SignIn
from service.audit.rules import Act
from service.audit.tables import AccessRecord
from service.database import transaction
from service.persons.tables import Person
from service.retention import erasing, repository
from service.retention.actions import is_due
from service.retention.rules import RecordClass
from service.retention.tables import DisposalItem
from service.settings import Settings
from tests.factories import MORNING, Town, TurnableClock, person_in
from tests.service.browsing import look, main_of, send
from tests.service.retention.conftest import prove

API: Final = "/api/v1"
LISTS: Final = f"{API}/disposal-lists"


def turn_to(clock: TurnableClock, day: date) -> None:
    """Turn to nine in the morning of a day in Japan."""
    clock.at = datetime(day.year, day.month, day.day, tzinfo=UTC)


def drawn(coordinator: TestClient) -> list[dict[str, Any]]:
    answer = coordinator.post(LISTS)
    assert answer.status_code == 201, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def held(coordinator: TestClient, person: Person, **body: str) -> Any:
    return coordinator.post(f"{API}/people/{person.id}/holds", json={"reason": "lawsuit"} | body)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2033, 2, 27), False),
        # 2033 has no 29 February: the day before has five years of it behind it.
        (date(2033, 2, 28), False),
        (date(2033, 3, 1), True),
    ],
)
def test_support_that_ended_on_a_leap_day_is_never_due_early(
    client: TestClient,
    coordinator: TestClient,
    person: Person,
    turnable_clock: TurnableClock,
    day: date,
    *,
    due: bool,
) -> None:
    turn_to(turnable_clock, date(2028, 2, 29))
    assert client.put(f"{API}/people/{person.id}/end", json={}).json()["ended_on"] == "2028-02-29"
    turn_to(turnable_clock, day)
    assert [each["due_since"] for each in drawn(coordinator)] == ["2028-02-29"] * due


def test_a_hold_lasts_through_its_last_day_in_japan_and_no_minute_longer(
    client: TestClient, coordinator: TestClient, person: Person, turnable_clock: TurnableClock
) -> None:
    client.post(f"{API}/people/{person.id}/erasure-request", json={})
    assert held(coordinator, person, until="2026-12-31").status_code == 201
    turnable_clock.at = datetime(2026, 12, 31, 14, 59, tzinfo=UTC)  # 23:59 on New Year's Eve
    assert drawn(coordinator) == []
    turnable_clock.turn(minutes=1)
    assert [each["subject_id"] for each in drawn(coordinator)] == [str(person.id)]


def test_of_two_holds_one_is_enough(
    client: TestClient, coordinator: TestClient, person: Person
) -> None:
    client.post(f"{API}/people/{person.id}/erasure-request", json={})
    first, second = (held(coordinator, person).json()["id"] for _ in range(2))
    holds = f"{API}/people/{person.id}/holds"
    assert coordinator.post(f"{holds}/{first}/lifting").status_code == 200
    assert drawn(coordinator) == []
    assert coordinator.post(f"{holds}/{second}/lifting").status_code == 200
    assert len(drawn(coordinator)) == 1


def test_a_hold_is_lifted_under_its_own_person_only(
    coordinator: TestClient, person: Person, session: Session, town: Town
) -> None:
    other = person_in(session, town, consent={"shared_with": "team"})
    hold = held(coordinator, person).json()["id"]
    for path in (f"{other.id}/holds/{hold}", f"{person.id}/holds/{uuid4()}"):
        assert coordinator.post(f"{API}/people/{path}/lifting").status_code == 404
    assert repository.holds_of(session, person.id, on=MORNING.date()) != []


def test_a_day_that_would_do_nothing_is_refused_to_programs_as_on_the_page(
    coordinator: TestClient, person: Person, session: Session
) -> None:
    ahead = {"asked_on": "2026-11-21"}
    answers = (
        held(coordinator, person, until="2026-11-19"),
        coordinator.post(f"{API}/people/{person.id}/erasure-request", json=ahead),
    )
    told = [(answer.status_code, answer.json()["title"]) for answer in answers]
    assert told == [(409, "HoldPassed"), (409, "EndAhead")]
    assert not any(person.code in answer.text for answer in answers)
    assert repository.holds_of(session, person.id, on=date(2026, 11, 19)) == []
    assert repository.request_of(session, person.id) is None


@pytest.mark.parametrize(
    ("place", "body"),
    [
        ("holds", {}),
        ("holds", {"reason": "because"}),
        ("holds", {"reason": "lawsuit", "until": "2026-02-29"}),
        ("holds", {"reason": "lawsuit", "story": "針"}),
        ("erasure-request", {"asked_on": "20261120"}),
        ("erasure-request", {"why": "針"}),
    ],
)
def test_what_is_not_asked_for_is_named_and_not_kept(
    coordinator: TestClient, person: Person, place: str, body: dict[str, str]
) -> None:
    refused = coordinator.post(f"{API}/people/{person.id}/{place}", json=body)
    assert refused.status_code == 422
    field = next((name for name in reversed(body) if name != "reason"), "reason")
    assert field in refused.text
    assert "針" not in refused.text


def test_on_the_page_both_mistakes_are_named_at_once_and_the_choice_is_kept(
    coordinator: TestClient, person: Person
) -> None:
    page = f"/people/{person.id}/holds"
    both = send(coordinator, page, {"reason": "", "until": "きのう"})
    assert both.status_code == 422
    for words in ("どうして止めるかを選んで", "日付を、令和8年12月1日 か"):
        assert words in main_of(both)
    assert 'value="きのう"' in both.text
    late = send(coordinator, page, {"reason": "complaint", "until": "令和8年11月19日"})
    assert "今日か、今日より後の日" in main_of(late)
    assert 'value="complaint" checked' in late.text.replace("  ", " ")


def test_a_list_of_nothing_is_a_list_that_can_be_looked_at(coordinator: TestClient) -> None:
    head = coordinator.post(LISTS).json()
    assert head["items"] == []
    assert "なにもありません" in look(coordinator, f"/retention/{head['id']}")


def test_each_person_on_a_list_has_a_line_of_the_look_at_it(
    client: TestClient, coordinator: TestClient, person: Person, session: Session
) -> None:
    client.post(f"{API}/people/{person.id}/erasure-request", json={})
    head = coordinator.post(LISTS).json()
    coordinator.get(f"{LISTS}/{head['id']}")
    look(coordinator, f"/retention/{head['id']}")
    found = select(AccessRecord.person_id).where(
        AccessRecord.act == Act.LIST, AccessRecord.resource == "retention"
    )
    assert session.exec(found).all() == [person.id] * 3


def test_another_municipality_neither_draws_nor_sees_nor_approves_what_is_ours(
    client: TestClient,
    coordinator: TestClient,
    client_of: Callable[[str], TestClient],
    person: Person,
    elsewhere: Town,
) -> None:
    client.post(f"{API}/people/{person.id}/erasure-request", json={})
    ours = coordinator.post(LISTS).json()["id"]
    stranger = client_of(elsewhere.accounts["coordinator"].username)
    assert drawn(stranger) == []
    for method, path in (("GET", f"{LISTS}/{ours}"), ("POST", f"{LISTS}/{ours}/approval")):
        answer = stranger.request(method, path)
        absent = stranger.request(method, path.replace(ours, str(uuid4())))
        assert (answer.status_code, answer.content) == (404, absent.content)
    assert ours not in stranger.get(LISTS).text
    assert send(stranger, f"/retention/{ours}/approval", {}).status_code == 404
    assert coordinator.get(f"{LISTS}/{ours}").json()["approved_at"] is None


def item_of(session: Session) -> DisposalItem:
    return session.exec(select(DisposalItem)).one()


def test_a_hold_after_the_approval_still_saves(
    client: TestClient,
    coordinator: TestClient,
    another: TestClient,
    person: Person,
    session: Session,
) -> None:
    client.post(f"{API}/people/{person.id}/erasure-request", json={})
    head = coordinator.post(LISTS).json()["id"]
    prove(another)
    assert another.post(f"{LISTS}/{head}/approval").status_code == 200
    item = item_of(session)
    assert is_due(session, item, on=MORNING.date(), settings=Settings())
    held(coordinator, person)
    assert not is_due(session, item, on=MORNING.date(), settings=Settings())


def test_a_request_that_came_later_is_no_reason_to_forget_the_term_on_the_list(
    client: TestClient, coordinator: TestClient, person: Person, turnable_clock: TurnableClock
) -> None:
    client.put(f"{API}/people/{person.id}/end", json={})
    turnable_clock.turn(days=366 * 5)
    assert [each["kind"] for each in drawn(coordinator)] == ["case"]
    client.post(f"{API}/people/{person.id}/erasure-request", json={})
    # Due for two reasons, but one person and one line.
    assert [each["kind"] for each in drawn(coordinator)] == ["request"]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "not json",
        '{"id": "00000000-0000-0000-0000-000000000001"}',
        '{"id": "x", "class": "case"}',
        '{"id": "00000000-0000-0000-0000-000000000001", "class": "everything"}',
        '["id", "class"]',
        "12",
    ],
)
def test_a_note_that_cannot_be_read_erases_nobody_and_hides_no_other(
    tmp_path: Path, line: str
) -> None:
    notes, known = tmp_path / "notes", UUID(int=7)
    notes.write_text(f"{line}\n")
    erasing.note(notes, known, RecordClass.CASE, at=MORNING)
    assert list(erasing.notes_in(notes)) == [(known, RecordClass.CASE)]


def test_notes_are_for_the_office_alone_and_an_older_file_is_gone_on_with(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    for number in (1, 2):
        erasing.note(notes, UUID(int=number), RecordClass.REQUEST, at=MORNING)
    assert notes.stat().st_mode & 0o077 == 0
    assert [subject.int for subject, _ in erasing.notes_in(notes)] == [1, 2]


def test_sign_ins_are_dropped_after_their_end_whichever_end_came_first(
    connection: Connection, town: Town
) -> None:
    account = town.accounts["csw"]
    about = {"municipality_id": account.municipality_id, "account_id": account.id}
    day = timedelta(days=1)

    def sign_in(name: str, *, expires: timedelta, ended: timedelta | None) -> SignIn:
        return SignIn(
            **about,
            token_hash=name,
            seen_at=MORNING,
            expires_at=MORNING + expires,
            ended_at=None if ended is None else MORNING + ended,
        )

    with transaction(connection) as session:
        session.add(sign_in("ran out", expires=-2 * day, ended=None))
        session.add(sign_in("ended early", expires=2 * day, ended=-2 * day))
        session.add(sign_in("ended late", expires=2 * day, ended=-day / 2))
        session.add(sign_in("open", expires=2 * day, ended=None))
        session.flush()
        assert repository.drop_sign_ins(session, before=MORNING - day) == 2
        left = session.exec(select(SignIn.token_hash)).all()
    assert sorted(left) == ["ended late", "open"]
