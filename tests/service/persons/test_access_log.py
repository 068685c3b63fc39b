"""A person's own access log: who looked, when and why, given out by their own worker."""

import csv
import io
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from service.audit.tables import Act
from service.persons.tables import Person
from service.web.sheets import MARK
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.audit.lines import looks
from tests.service.browsing import OWN

Clients = Callable[[str], TestClient]


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    """Somebody of the eastern csw, at whom a coordinator has looked."""
    return person_in(session, town, code="やま-01", consent=TEAM)


@pytest.fixture
def seen(client_of: Clients, person: Person, turnable_clock: TurnableClock) -> TestClient:
    assert client_of("coordinator").get(f"/api/v1/people/{person.id}").status_code == 200
    turnable_clock.turn(minutes=5)
    return client_of("csw")


def rows(client: TestClient, person: Person) -> list[dict[str, str]]:
    answer = client.get(f"/people/{person.id}/access-log.csv", headers=OWN)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "access-log.csv" in answer.headers["content-disposition"]
    text = answer.content.decode()
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK))))


def test_the_log_says_who_when_what_why_and_on_what_ground(
    seen: TestClient, person: Person
) -> None:
    assert rows(seen, person) == [
        {
            "いつ": "2026-11-20 09:00:00",
            "だれが": "職員 coordinator",
            "役割": "調整役",
            "何をした": "見た",
            "何を": "本人の基本のこと",
            "なぜ": "支援のため",
            "根拠": "本人の同意",
        }
    ]


def test_giving_it_out_is_a_line_of_its_own_that_the_next_log_shows(
    seen: TestClient, session: Session, person: Person
) -> None:
    assert len(rows(seen, person)) == 1
    assert [row["何をした"] for row in rows(seen, person)] == ["見た", "書きだした"]
    given = [line for line in looks(session) if line.resource == "access_log"]
    assert [(line.act, line.purpose) for line in given] == [(Act.EXPORT, "own_access")] * 2


def test_the_page_and_the_programs_answer_say_the_same(seen: TestClient, person: Person) -> None:
    page = seen.get(f"/people/{person.id}/access-log", headers=OWN)
    assert page.status_code == 200
    answer = seen.get(f"/api/v1/people/{person.id}/access-log").json()
    assert [line["name"] for line in answer["items"]] == ["職員 coordinator", "職員 csw"]
    assert answer["next"] is None
    first = answer["items"][0]
    for said in ("name", "role", "resource", "purpose", "basis"):
        assert first[said] in page.text
    paged = seen.get(f"/api/v1/people/{person.id}/access-log?limit=1").json()
    assert (len(paged["items"]), paged["next"]) == (1, first["seq"])


@pytest.mark.parametrize("role", ["coordinator", "csw_west", "officer", "admin", "auditor"])
def test_nobody_but_the_own_worker_gives_it_out(
    client_of: Clients, session: Session, person: Person, role: str
) -> None:
    before = [line.id for line in looks(session)]
    other = client_of(role)
    refused = {404} if role in {"coordinator", "csw_west"} else {403}
    for path, headers in (
        (f"/people/{person.id}/access-log", OWN),
        (f"/people/{person.id}/access-log.csv", OWN),
        (f"/api/v1/people/{person.id}/access-log", {}),
    ):
        answer = other.get(path, headers=headers, follow_redirects=False)
        assert answer.status_code in refused
        assert "やま-01" not in answer.text
    assert [line.id for line in looks(session)] == before


def test_somebody_else_s_looks_are_not_in_it(
    seen: TestClient, session: Session, town: Town, person: Person
) -> None:
    other = person_in(session, town)
    seen.get(f"/api/v1/people/{other.id}")
    assert len(rows(seen, person)) == 1


def test_only_the_own_worker_is_shown_the_way_there(
    client_of: Clients, seen: TestClient, person: Person
) -> None:
    way = f"/people/{person.id}/access-log"
    assert way in seen.get(f"/people/{person.id}", headers=OWN).text
    assert way not in client_of("coordinator").get(f"/people/{person.id}", headers=OWN).text


def test_a_long_log_is_whole_in_the_file(
    seen: TestClient, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        seen.get(f"/api/v1/people/{person.id}/consents")
    monkeypatch.setattr("service.persons.access_log.BATCH", 2)
    assert len(rows(seen, person)) == 5
