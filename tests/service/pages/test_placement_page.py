"""The page of one placement: each possible move has its form, and nothing else can be sent."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.audit.tables import AccessRecord, Act
from service.placements.lifecycle import Action, Actor, Status, possible
from service.placements.tables import Placement, PlacementMove
from service.placements.terms import TAKES
from service.placements.words import ACTION_WORDS, STATUS_WORDS
from tests.factories import Town, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send
from tests.service.placements.walks import TERMS, way_to

SignIn = Callable[[str], TestClient]
# Filled in elsewhere: with the promise, or by what is ticked there.
NOT_ON_THIS_PAGE = {"may_tell", "supersede_others"}


@pytest.fixture
def place_at(client: TestClient, session: Session, town: Town) -> Callable[[Status], str]:
    """Walk a new placement to a status and give its page's path."""

    def walk(status: Status) -> str:
        person = person_in(session, town)
        body = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
        placement = client.post("/api/v1/placements", json=body).json()
        for action in way_to(status):
            terms: dict[str, Any] = {"move": action, **TERMS.get(action, {})}
            path = f"/api/v1/placements/{placement['id']}/moves"
            assert client.post(path, json=terms).status_code == 200
        return f"/placements/{placement['id']}"

    return walk


@pytest.mark.parametrize("status", Status)
def test_a_page_offers_exactly_the_possible_moves(
    client: TestClient, place_at: Callable[[Status], str], status: Status
) -> None:
    place = place_at(status)
    answer = client.get(place, headers=OWN).text
    offered = re.findall(rf'href="{place}\?move=(\w+)"', answer)
    moves = possible(status, by=Actor.CSW)
    assert offered == [move for move in moves if move is not Action.STEP_BACK]
    # a step back is one press: a form of its own, without a page before it
    pressed = re.findall(r'name="move" value="(\w+)"', answer)
    assert pressed == [move for move in moves if move is Action.STEP_BACK]
    assert STATUS_WORDS[status] in answer


@pytest.mark.parametrize("status", Status)
def test_each_offered_move_has_a_form_with_the_fields_that_it_takes(
    client: TestClient, place_at: Callable[[Status], str], status: Status
) -> None:
    place = place_at(status)
    for action in possible(status, by=Actor.CSW):
        page = client.get(f"{place}?move={action}", headers=OWN).text.split("<main", 1)[1]
        fields = set(re.findall(r'<(?:input|textarea|select)[^>]*name="(\w+)"', page))
        assert TAKES[action] - NOT_ON_THIS_PAGE <= fields, action
        foreign = set().union(*TAKES.values()) - TAKES[action]
        assert not foreign & fields, action
        assert {"move", "version", "occurred_on", "csrf_token"} <= fields


def test_a_move_that_is_not_possible_has_no_form_and_is_refused(
    client: TestClient, session: Session, place_at: Callable[[Status], str]
) -> None:
    place = place_at(Status.PROPOSED)
    assert f"<h2>{ACTION_WORDS[Action.BEGIN]}</h2>" not in client.get(f"{place}?move=begin").text
    answer = send(client, f"{place}/moves", {"move": "begin"})
    assert answer.status_code == 422
    assert session.exec(select(Placement)).one().status is Status.PROPOSED
    assert session.exec(select(PlacementMove)).all() == []


def test_a_move_is_written_down_on_its_day_also_in_full_width_figures(
    client: TestClient, session: Session, place_at: Callable[[Status], str]
) -> None:
    place = place_at(Status.TRYING)
    fields = {"move": "change_dose", "minutes": "１５", "occurred_on": "２０２６/１１/２０"}
    led_to(send(client, f"{place}/moves", fields | {"note": "短めがよい"}))
    made = session.exec(select(PlacementMove).order_by("position")).all()[-1]
    assert (made.action, made.occurred_on.isoformat()) == (Action.CHANGE_DOSE, "2026-11-20")
    assert (made.note, made.details) == ("短めがよい", {"minutes": 15})


@pytest.mark.parametrize(
    "fields",
    [
        {"move": "rest", "rest_until": "2026-11-20"},
        {"move": "rest", "rest_until": "2027-11-22"},
        {"move": "rest", "ask_again_on": "2026-12-21"},
        {"move": "step_back", "minutes": "0"},
        {"move": "step_back", "note": "長" * 2001},
        {"move": "end", "reason": "failed", "side": "person"},
        {"move": "end", "reason": "job", "side": ""},
        {"move": "continue", "occurred_on": "2026-11-21"},
        {"move": "continue", "occurred_on": "きょう"},
        {"move": "continue", "version": "2"},
    ],
)
def test_what_cannot_be_is_shown_again_and_nothing_has_moved(
    client: TestClient,
    session: Session,
    place_at: Callable[[Status], str],
    fields: dict[str, str],
) -> None:
    place = place_at(Status.TRYING)
    before = session.exec(select(Placement.version)).one()
    answer = send(client, f"{place}/moves", fields)
    assert answer.status_code == 422
    assert ACTION_WORDS[Action(fields["move"])] in main_of(answer)
    assert session.exec(select(Placement.version)).one() == before
    assert len(session.exec(select(PlacementMove)).all()) == before - 1


def test_another_areas_worker_and_an_officer_see_and_move_nothing(
    client_of: SignIn, session: Session, place_at: Callable[[Status], str]
) -> None:
    place = place_at(Status.TRYING)
    for name, status in (("csw_west", 404), ("officer", 403), ("auditor", 403)):
        stranger = client_of(name)
        assert stranger.get(place, headers=OWN).status_code == status
        assert send(stranger, f"{place}/moves", {"move": "continue"}).status_code == status
    assert session.exec(select(Placement)).one().status is Status.TRYING


def test_every_look_and_every_move_is_written_down_once(
    client: TestClient, session: Session, place_at: Callable[[Status], str]
) -> None:
    place = place_at(Status.PROPOSED)

    def written(act: Act) -> int:
        return len(session.exec(select(AccessRecord).where(AccessRecord.act == act)).all())

    reads, writes = written(Act.READ), written(Act.WRITE)
    look(client, place)
    assert (written(Act.READ), written(Act.WRITE)) == (reads + 1, writes)
    led_to(send(client, f"{place}/moves", {"move": "want"}))
    assert written(Act.WRITE) == writes + 1
