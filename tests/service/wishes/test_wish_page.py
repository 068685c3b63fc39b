"""The form under the candidates: a wish in somebody's own words is not lost on the way."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import select

from service.audit.tables import AccessRecord, Act
from service.database import transaction
from service.persons.tables import Person
from service.suggestions.tables import Round
from service.wishes.tables import Wish
from tests.factories import TEAM, Town, person_in
from tests.service.browsing import led_to, look, main_of, send

ClientOf = Callable[[str], TestClient]
API = "/api/v1"
WORDS = "夜に、だれかと星を見たい"
ZERO_WIDTH = "\u200b"


@pytest.fixture
def person(connection: Connection, town: Town) -> Person:
    with transaction(connection) as session:
        picture = {"limits": [{"kind": "no_outdoors"}]}  # so that some candidates fall away
        return person_in(session, town, picture=picture, consent=TEAM)


@pytest.fixture
def path(person: Person) -> str:
    return f"/people/{person.id}/wishes"


def kept(connection: Connection) -> list[str]:
    with transaction(connection) as session:
        return [wish.own_words for wish in session.exec(select(Wish))]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("星" * 1001, "1000字までで書いてください(いま1001字です)"),
        (f"夜に{ZERO_WIDTH}星を見たい", "3文字目に、目に見えない文字があります"),
    ],
    ids=["too_long", "hidden_sign"],
)
def test_words_that_cannot_be_kept_so_are_asked_again_with_every_one_of_them(
    client: TestClient, connection: Connection, path: str, said: str, sentence: str
) -> None:
    answer = send(client, path, {"own_words": said, "round": str(uuid4())})
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert said in answer.text
    assert kept(connection) == []


def test_what_was_put_right_there_is_kept(
    client: TestClient, connection: Connection, path: str, person: Person
) -> None:
    send(client, path, {"own_words": "星" * 1001})
    place = led_to(send(client, path, {"own_words": "星" * 1000}))
    assert place == f"/people/{person.id}?saved=true"
    assert kept(connection) == ["星" * 1000]


def test_the_page_of_a_mistake_still_knows_what_the_candidates_failed_on(
    client: TestClient, connection: Connection, path: str, person: Person
) -> None:
    look(client, f"/people/{person.id}/candidates")
    with transaction(connection) as session:
        made = session.exec(select(Round)).one()
        excluded = made.excluded[:10]
        assert excluded != []
    again = send(client, path, {"own_words": "星" * 1001, "round": str(made.id)})
    assert f'name="round" value="{made.id}"' in again.text
    led_to(send(client, path, {"own_words": WORDS, "round": str(made.id)}))
    with transaction(connection) as session:
        assert session.exec(select(Wish)).one().failed_on == excluded


def test_signs_of_a_page_in_somebodys_words_stay_words(
    client: TestClient, path: str, connection: Connection
) -> None:
    said = '<script>alert("x")</script>' + "星" * 1000
    answer = send(client, path, {"own_words": said})
    assert "<script>alert" not in answer.text
    led_to(send(client, path, {"own_words": said[:200]}))
    assert kept(connection) == [said[:200]]


def test_a_round_of_somebody_else_gives_no_reasons(
    client: TestClient, connection: Connection, path: str, town: Town
) -> None:
    with transaction(connection) as session:
        other = person_in(session, town, picture={"limits": [{"kind": "no_outdoors"}]})
    look(client, f"/people/{other.id}/candidates")
    with transaction(connection) as session:
        foreign = session.exec(select(Round)).one()
        assert foreign.excluded != []
    led_to(send(client, path, {"own_words": WORDS, "round": str(foreign.id)}))
    with transaction(connection) as session:
        assert session.exec(select(Wish)).one().failed_on == []


def test_what_is_no_round_costs_nobody_their_wish(
    client: TestClient, connection: Connection, path: str
) -> None:
    led_to(send(client, path, {"own_words": WORDS, "round": "nonsense"}))
    assert kept(connection) == [WORDS]


def test_a_form_that_is_sent_twice_is_one_wish(
    client: TestClient, connection: Connection, path: str
) -> None:
    once = {"own_words": WORDS, "once": str(uuid4())}
    assert led_to(send(client, path, once)) == led_to(send(client, path, once))
    assert kept(connection) == [WORDS]


def test_a_colleague_elsewhere_is_answered_as_about_nobody(
    client_of: ClientOf, connection: Connection, path: str
) -> None:
    west = client_of("csw_west")
    for said in (WORDS, "星" * 1001):
        hidden = send(west, path, {"own_words": said})
        absent = send(west, f"/people/{uuid4()}/wishes", {"own_words": said})
        assert hidden.status_code == absent.status_code == 404
        assert main_of(hidden) == main_of(absent)
    assert kept(connection) == []


def test_to_be_asked_again_is_a_look_that_is_written_down(
    client: TestClient, connection: Connection, path: str, person: Person
) -> None:
    send(client, path, {"own_words": "星" * 1001})
    with transaction(connection) as session:
        seen = session.exec(
            select(AccessRecord.act).where(
                AccessRecord.person_id == person.id, AccessRecord.resource == "wish"
            )
        ).all()
    assert seen == [Act.READ]


def test_after_the_consent_is_withdrawn_the_wish_is_its_workers_alone(
    client: TestClient, client_of: ClientOf, person: Person, path: str
) -> None:
    led_to(send(client, path, {"own_words": WORDS}))
    coordinator = client_of("coordinator")
    assert len(coordinator.get(f"{API}/wishes").json()["items"]) == 1
    (given,) = client.get(f"{API}/people/{person.id}/consents").json()["items"]
    withdrawn = f"{API}/people/{person.id}/consents/{given['id']}/withdrawal"
    assert client.post(withdrawn).status_code == 200
    assert coordinator.get(f"{API}/wishes").json()["items"] == []
    (mine,) = client.get(f"{API}/wishes").json()["items"]
    assert coordinator.get(f"{API}/wishes/{mine['id']}").status_code == 404


def test_what_is_wrong_with_a_wish_is_told_without_its_words(
    client: TestClient, person: Person
) -> None:
    needle = "針のことば"
    body = {"person_id": str(person.id), "own_words": needle * 300}
    answer = client.post(f"{API}/wishes", json=body)
    assert answer.status_code == 422
    assert needle not in answer.text
    assert "own_words" in str(answer.json()["errors"])


@pytest.mark.parametrize(
    "many", [{"failed_on": [{}] * 51}, {"failed_on": "hours"}, {"failed_on": ["hours"]}]
)
def test_reasons_in_another_shape_are_refused(
    client: TestClient, person: Person, many: dict[str, object]
) -> None:
    body = {"person_id": str(person.id), "own_words": WORDS} | many
    assert client.post(f"{API}/wishes", json=body).status_code == 422
    assert client.get(f"{API}/wishes").json()["items"] == []
