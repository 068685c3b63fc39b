"""What can be told of a contact or concern: lengths, days, corrections, and who settles."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.contacts.tables import Channel, Concern, Contact, Direction, Result
from service.contacts.words import CHANNEL_WORDS
from service.persons.tables import Person
from tests.factories import TEAM, Town, TurnableClock, person_in

CONTACTS = "/api/v1/contacts"
CONCERNS = "/api/v1/concerns"
CALL = {"occurred_on": "2026-11-20", "channel": "call", "direction": "sent", "result": "talked"}


@pytest.fixture
def client(client_of: Callable[[str], TestClient]) -> TestClient:
    """A worker of the eastern area of the small town, and not of the village."""
    return client_of("csw")


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    return person_in(session, town, consent=TEAM)


def kept(client: TestClient, person: Person, **told: Any) -> dict[str, Any]:
    answer = client.post(CONTACTS, json=CALL | {"person_id": str(person.id)} | told)
    assert answer.status_code == 201, answer.text
    stored: dict[str, Any] = answer.json()
    return stored


def raised(client: TestClient, person: Person, **told: Any) -> dict[str, Any]:
    body = {"person_id": str(person.id), "side": "person", "words": "朝がつらい"}
    answer = client.post(CONCERNS, json=body | told)
    assert answer.status_code == 201, answer.text
    stored: dict[str, Any] = answer.json()
    return stored


@pytest.mark.parametrize("result", Result)
@pytest.mark.parametrize("direction", Direction)
def test_every_result_can_come_from_either_direction(
    client: TestClient, person: Person, direction: Direction, result: Result
) -> None:
    stored = kept(client, person, direction=direction, result=result)
    assert (stored["direction"], stored["result"]) == (direction, result)


def test_a_host_with_a_fax_can_be_told_by_fax(client: TestClient, town: Town) -> None:
    host = str(town.hosts["temple"].id)
    answer = client.post(CONTACTS, json=CALL | {"host_id": host, "channel": Channel.FAX})
    assert answer.json()["channel"] == "fax"
    assert CHANNEL_WORDS[Channel.FAX] == "ファクス"


@pytest.mark.parametrize(
    ("field", "longest"), [("what", 4000), ("intention", 2000), ("small_change", 1000)]
)
def test_a_long_story_is_kept_whole_up_to_its_bound(
    client: TestClient, person: Person, field: str, longest: int
) -> None:
    # A sign outside the basic plane counts as one, on both databases.
    longest_text = "𠮷" * longest
    assert kept(client, person, **{field: longest_text})[field] == longest_text
    body = CALL | {"person_id": str(person.id), field: longest_text + "。"}
    refused = client.post(CONTACTS, json=body)
    assert refused.status_code == 422
    assert [fault["where"] for fault in refused.json()["errors"]] == [f"body.{field}"]
    assert "𠮷" not in refused.text


@pytest.mark.parametrize(
    "odd",
    [
        {"channel": "pigeon"},
        {"direction": "both"},
        {"result": "ok"},
        {"occurred_on": "2026-02-30"},
        {"next_on": "soon"},
        {"person_id": "me"},
        {"owner": "me"},
        {"corrects_id": 5},
    ],
)
def test_what_is_malformed_is_named_by_its_place(
    client: TestClient, session: Session, person: Person, odd: dict[str, Any]
) -> None:
    refused = client.post(CONTACTS, json=CALL | {"person_id": str(person.id)} | odd)
    assert refused.status_code == 422
    assert [fault["where"] for fault in refused.json()["errors"]] == [f"body.{next(iter(odd))}"]
    assert session.exec(select(Contact)).all() == []


@pytest.mark.parametrize("field", CALL)
def test_what_makes_a_contact_cannot_be_left_out(
    client: TestClient, person: Person, field: str
) -> None:
    body = {name: value for name, value in CALL.items() if name != field}
    assert client.post(CONTACTS, json=body | {"person_id": str(person.id)}).status_code == 422


def test_today_is_the_day_in_japan_on_both_sides_of_its_midnight(
    client: TestClient, person: Person, turnable_clock: TurnableClock
) -> None:
    # Nine in the morning plus fourteen hours and 59 minutes: still the twentieth in Japan.
    turnable_clock.turn(hours=14, minutes=59)
    tomorrow = CALL | {"person_id": str(person.id), "occurred_on": "2026-11-21"}
    assert client.post(CONTACTS, json=tomorrow).status_code == 409
    turnable_clock.turn(minutes=1)
    assert client.post(CONTACTS, json=tomorrow).status_code == 201


def test_a_year_turns_in_japan_while_utc_is_still_in_the_old_one(
    client: TestClient, person: Person, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(days=41, hours=6)  # 31 December, 15:00 in Japan
    assert raised(client, person)["raised_on"] == "2026-12-31"
    turnable_clock.turn(hours=9, minutes=30)
    assert raised(client, person)["raised_on"] == "2027-01-01"


def test_a_contact_is_corrected_once_and_then_its_correction(
    client: TestClient, session: Session, person: Person
) -> None:
    first = kept(client, person, what="電話")
    second = kept(client, person, what="訪問", corrects_id=first["id"])
    body = CALL | {"person_id": str(person.id), "corrects_id": first["id"]}
    refused = client.post(CONTACTS, json=body)
    assert (refused.status_code, refused.json()["title"]) == (409, "AlreadyCorrected")
    third = kept(client, person, what="面談", corrects_id=second["id"])
    listed = client.get(CONTACTS).json()["items"]
    assert [item["id"] for item in listed] == [third["id"]]
    assert len(session.exec(select(Contact)).all()) == 3


def test_a_contact_of_a_hidden_person_cannot_be_corrected_away(
    client_of: Callable[[str], TestClient], session: Session, town: Town, person: Person
) -> None:
    hidden = person_in(session, town, area="west", by="csw_west")
    theirs = kept(client_of("csw_west"), hidden)
    body = CALL | {"person_id": str(person.id), "corrects_id": theirs["id"]}
    refused = client_of("csw").post(CONTACTS, json=body)
    assert (refused.status_code, refused.json()["title"]) == (404, "NoSuchContact")
    listed = client_of("csw_west").get(CONTACTS).json()["items"]
    assert [item["id"] for item in listed] == [theirs["id"]]


def test_a_concern_of_some_days_ago_is_settled_on_the_day_it_was(
    client: TestClient, person: Person
) -> None:
    concern = raised(client, person, raised_on="2026-11-16")
    path = f"{CONCERNS}/{concern['id']}/settlement"
    body = {"settlement": "時間を半分にした", "settled_on": "2026-11-18"}
    settled = client.post(path, json=body)
    assert (settled.status_code, settled.json()["settled_on"]) == (200, "2026-11-18")
    assert client.get(f"{CONCERNS}/{concern['id']}").json() == settled.json()


@pytest.mark.parametrize(
    ("words", "status"), [("あ" * 2000, 201), ("あ" * 2001, 422), ("", 422), (None, 422)]
)
def test_a_concern_has_words_that_can_be_read_in_one_go(
    client: TestClient, person: Person, words: str | None, status: int
) -> None:
    body = {"person_id": str(person.id), "side": "team", "words": words}
    assert client.post(CONCERNS, json=body).status_code == status


@pytest.mark.parametrize("settlement", ["", "あ" * 2001, None])
def test_nothing_is_settled_without_a_word_on_how(
    client: TestClient, session: Session, person: Person, settlement: str | None
) -> None:
    concern = raised(client, person)
    path = f"{CONCERNS}/{concern['id']}/settlement"
    assert client.post(path, json={"settlement": settlement}).status_code == 422
    assert client.post(path, json={}).status_code == 422
    (row,) = session.exec(select(Concern)).all()
    assert (row.settled_on, row.settlement) == (None, "")


def test_a_colleague_of_another_area_can_not_settle_it(
    client_of: Callable[[str], TestClient], person: Person
) -> None:
    concern = raised(client_of("csw"), person)
    path = f"{CONCERNS}/{concern['id']}/settlement"
    assert client_of("csw_west").post(path, json={"settlement": "済"}).status_code == 404
    assert client_of("coordinator").post(path, json={"settlement": "済"}).status_code == 200


@pytest.mark.parametrize("role", ["officer", "admin", "auditor"])
def test_whoever_does_no_casework_reads_and_writes_nothing_here(
    client_of: Callable[[str], TestClient], person: Person, role: str
) -> None:
    stored = kept(client_of("csw"), person, what="ないしょの話")
    stranger = client_of(role)
    answers = [
        stranger.get(CONTACTS),
        stranger.get(f"{CONTACTS}/{stored['id']}"),
        stranger.post(CONTACTS, json=CALL | {"person_id": str(person.id)}),
        stranger.get(CONCERNS),
        stranger.post(f"{CONCERNS}/{uuid4()}/settlement", json={"settlement": "済"}),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert not any("ないしょ" in answer.text for answer in answers)
