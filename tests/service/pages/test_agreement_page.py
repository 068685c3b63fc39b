"""The page on which a trial is agreed: what stands in it beforehand, and who may see it."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from service.audit.tables import AccessRecord
from service.persons.tables import Person
from service.placements.forms import OBSTACLE_WORDS
from service.placements.lifecycle import Action, Status
from service.placements.obstacles import Obstacle
from service.placements.tables import Placement, PlacementMove
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send

SignIn = Callable[[str], TestClient]
TICK = re.compile(r'<input[^>]*name="may_tell"[^>]*>')


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    return person_in(session, town)


def path_of(person: Person, town: Town, ref: str = "leaves", **asked: Any) -> str:
    more = "".join(f"&{name}={value}" for name, value in asked.items())
    return f"/people/{person.id}/placements/new?activity={town.activities[ref].id}{more}"


def page_of(client: TestClient, path: str) -> str:
    answer = client.get(path, headers=OWN)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def value_of(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found is not None, name
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""


def ticks_of(page: str) -> set[str]:
    boxes = TICK.findall(page)
    return {value[1] for box in boxes if (value := re.search(r'value="(\w+)"', box))}


def agree(client: TestClient, town: Town, person: Person, **fields: Any) -> Any:
    ref = fields.pop("ref", "leaves")
    body = {"activity": str(town.activities[ref].id), "step": "agree"} | fields
    return send(client, f"/people/{person.id}/placements/new", body)


def test_the_form_begins_with_the_next_opening_and_the_shortest_visit(
    client: TestClient, town: Town, person: Person
) -> None:
    page = page_of(client, path_of(person, town))
    # It is Friday 20 November 2026; the leaves are swept on Tuesdays, from 20 minutes on.
    assert value_of(page, "first_on") == "2026-11-24"
    assert value_of(page, "minutes") == "20"
    assert value_of(page, "companion") == ""


def test_what_the_suggestion_said_goes_before_the_hosts_shortest(
    client: TestClient, town: Town, person: Person
) -> None:
    asked = {"first": "2026-12-01", "minutes": "45", "dose": "見ているだけ"}
    page = page_of(client, path_of(person, town, **asked))
    assert value_of(page, "first_on") == "2026-12-01"
    assert (value_of(page, "minutes"), value_of(page, "dose")) == ("45", "見ているだけ")


def test_an_activity_by_arrangement_proposes_no_day(
    client: TestClient, town: Town, person: Person
) -> None:
    assert value_of(page_of(client, path_of(person, town, "tea")), "first_on") == ""


def test_whoever_needs_company_finds_the_worker_written_down(
    client: TestClient, session: Session, town: Town
) -> None:
    shy = person_in(session, town, picture={"accompaniment": "first_three"})
    alone = person_in(session, town, picture={"accompaniment": "none"})
    words = value_of(page_of(client, path_of(shy, town)), "companion")
    assert words == "職員 csw(はじめの3回はいっしょに)"
    assert value_of(page_of(client, path_of(alone, town)), "companion") == ""


@pytest.mark.parametrize(
    ("consent", "offered"),
    [
        ({"shared_with": "hosts", "fields": ["nickname", "pace"]}, {"nickname", "pace"}),
        ({"shared_with": "team", "fields": ["nickname"]}, set()),
        ({"shared_with": "hosts", "fields": []}, set()),
    ],
)
def test_only_what_was_consented_to_for_hosts_can_be_ticked(
    client: TestClient, town: Town, person: Person, consent: dict[str, Any], offered: set[str]
) -> None:
    answer = client.post(f"/api/v1/people/{person.id}/consents", json=consent | {"how": "口頭"})
    assert answer.status_code == 201
    assert ticks_of(page_of(client, path_of(person, town))) == offered


def test_a_consent_for_one_host_offers_nothing_at_another(
    client: TestClient, town: Town, person: Person
) -> None:
    body = {"shared_with": "hosts", "fields": ["nickname"], "how": "口頭"}
    path = f"/api/v1/people/{person.id}/consents"
    client.post(path, json=body | {"host_id": str(town.hosts["temple"].id)})
    assert ticks_of(page_of(client, path_of(person, town))) == {"nickname"}
    assert ticks_of(page_of(client, path_of(person, town, "tea"))) == set()


def test_a_consent_is_offered_through_its_last_day_and_never_after_a_withdrawal(
    client: TestClient, town: Town, person: Person, turnable_clock: TurnableClock
) -> None:
    path = f"/api/v1/people/{person.id}/consents"
    body = {"shared_with": "hosts", "fields": ["nickname"], "how": "口頭"}
    client.post(path, json=body | {"until": "2026-11-21"})
    turnable_clock.turn(days=1)
    assert ticks_of(page_of(client, path_of(person, town))) == {"nickname"}
    turnable_clock.turn(days=1)
    assert ticks_of(page_of(client, path_of(person, town))) == set()
    again = client.post(path, json=body).json()
    assert ticks_of(page_of(client, path_of(person, town))) == {"nickname"}
    assert client.post(f"{path}/{again['id']}/withdrawal").status_code == 200
    assert ticks_of(page_of(client, path_of(person, town))) == set()


def test_the_page_of_somebody_elses_person_is_not_there(
    client_of: SignIn, client: TestClient, session: Session, town: Town
) -> None:
    western = person_in(session, town, area="west", by="csw_west", consent=TEAM)
    assert client.get(path_of(western, town), headers=OWN).status_code == 404
    assert agree(client, town, western).status_code == 404
    assert client_of("coordinator").get(path_of(western, town), headers=OWN).status_code == 200
    assert session.exec(select(Placement)).all() == []


@pytest.mark.parametrize("role", ["officer", "admin", "auditor"])
def test_nobody_without_casework_opens_the_page(
    client_of: SignIn, town: Town, person: Person, role: str
) -> None:
    answer = client_of(role).get(path_of(person, town), headers=OWN)
    assert answer.status_code == 403
    assert person.code not in answer.text


def test_another_municipalitys_activity_is_not_there(
    client: TestClient, town: Town, elsewhere: Town, person: Person
) -> None:
    assert client.get(path_of(person, elsewhere), headers=OWN).status_code == 404
    assert agree(client, elsewhere, person).status_code == 404
    assert agree(client, town, person, activity=str(uuid4())).status_code == 404
    assert agree(client, town, person, activity="落ち葉").status_code == 404


def test_looking_at_the_form_is_written_down(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    query = select(AccessRecord).where(
        AccessRecord.person_id == person.id, AccessRecord.resource == "placement"
    )
    before = len(session.exec(query).all())
    look(client, path_of(person, town))
    assert len(session.exec(query).all()) == before + 1


def test_going_back_to_change_keeps_every_word(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    words = {"dose": "10部から", "companion": "姉", "first_on": "2026-12-01", "minutes": "２５"}
    answer = agree(client, town, person, step="change", **words)
    assert answer.status_code == 200
    for name, word in words.items():
        assert value_of(answer.text, name) == word
    assert session.exec(select(Placement)).all() == []


def test_full_width_figures_become_the_minutes_of_the_promise(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    led_to(agree(client, town, person, minutes="２５", first_on="２０２６/１２/０１"))
    placement = session.exec(select(Placement)).one()
    assert (placement.minutes, str(placement.first_on)) == (25, "2026-12-01")


def test_what_is_too_long_is_shown_again_and_not_cut_off_in_silence(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    answer = agree(client, town, person, own_words="長" * 1001)
    assert answer.status_code == 422
    assert "1000字までで書いてください(いま1001字です)" in main_of(answer)
    assert session.exec(select(Placement)).all() == []


def test_the_same_promise_sent_twice_is_made_once(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    led_to(agree(client, town, person))
    again = agree(client, town, person)
    assert again.status_code == 422
    assert OBSTACLE_WORDS[Obstacle.ALREADY_OPEN] in main_of(again)
    assert len(session.exec(select(Placement)).all()) == 1
    assert len(session.exec(select(PlacementMove)).all()) == 2


@pytest.mark.parametrize(
    ("known", "ref", "obstacles"),
    [
        ({"proposals_paused": "家族の看病"}, "leaves", [Obstacle.PAUSED]),
        ({}, "closed", [Obstacle.ACTIVITY_CLOSED]),
        ({"proposals_paused": "看病"}, "closed", [Obstacle.PAUSED, Obstacle.ACTIVITY_CLOSED]),
    ],
)
def test_every_obstacle_is_said_at_once(
    client: TestClient,
    session: Session,
    town: Town,
    *,
    known: dict[str, Any],
    ref: str,
    obstacles: list[Obstacle],
) -> None:
    held = person_in(session, town, **known)
    answer = agree(client, town, held, ref=ref)
    assert answer.status_code == 422
    assert "。".join(OBSTACLE_WORDS[each] for each in obstacles) in main_of(answer)
    assert session.exec(select(Placement)).all() == []


def test_the_other_candidates_are_set_aside_when_that_was_ticked(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    body = {"person_id": str(person.id), "activity_id": str(town.activities["tea"].id)}
    other = client.post("/api/v1/placements", json=body).json()
    led_to(agree(client, town, person, supersede_others="yes"))
    found = client.get(f"/api/v1/placements/{other['id']}").json()
    assert found["status"] == Status.SUPERSEDED


def test_asking_first_tells_the_host_only_what_was_ticked_and_holds_no_place(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    body = {"shared_with": "hosts", "fields": ["nickname", "age_band"], "how": "口頭"}
    client.post(f"/api/v1/people/{person.id}/consents", json=body)
    led_to(agree(client, town, person, step="ask", may_tell="nickname", first_on="2026-12-01"))
    placement = session.exec(select(Placement)).one()
    assert (placement.status, placement.may_tell) == (Status.ASKED, ["nickname"])
    assert str(placement.asked_until) == "2026-11-27"
    assert not placement.holds_place
    asked = session.exec(select(PlacementMove).where(col(PlacementMove.action) == Action.ASK)).one()
    assert asked.details == {"may_tell": ["nickname"]}


@pytest.mark.parametrize(("ticked", "status"), [("", "proposed"), ("yes", "superseded")])
def test_through_the_check_the_other_candidates_stay_unless_it_was_ticked(
    client: TestClient, town: Town, person: Person, ticked: str, status: str
) -> None:
    body = {"person_id": str(person.id), "activity_id": str(town.activities["tea"].id)}
    other = client.post("/api/v1/placements", json=body).json()
    boxes = {"supersede_others": ticked} if ticked else {}
    checked = agree(client, town, person, step="check", **boxes)
    # The browser sends what stands on the page of the check, its empty fields as well.
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', checked.text)
    kept = {name: value for name, value in hidden if name != "csrf_token"}
    assert "supersede_others" in kept
    led_to(send(client, f"/people/{person.id}/placements/new", kept | {"step": "agree"}))
    assert client.get(f"/api/v1/placements/{other['id']}").json()["status"] == status
