"""The page of candidates writes once: its round stands until something it rested on has changed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from catalogue.profiles import SharedWith
from service.app import create_app
from service.audit.tables import AccessRecord, Act
from service.database import open_engine, transaction
from service.persons.tables import Person
from service.settings import Settings
from service.suggestions.actions import MISSES
from service.suggestions.pages import SHOWN
from service.suggestions.tables import Round, Suggestion
from tests.factories import PASSWORD, TEAM, Town, TurnableClock, activity_row, person_in, seed
from tests.service.browsing import OWN, look

API = "/api/v1"
Change = Callable[[TestClient, Person, Town], object]


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    return person_in(session, town)


@pytest.fixture
def shared(session: Session, town: Town) -> Person:
    """Somebody of whom the whole team may know."""
    return person_in(session, town, consent=TEAM)


def page_of(person: Person) -> str:
    return f"/people/{person.id}/candidates"


def rounds(session: Session) -> list[Round]:
    session.expire_all()
    return list(session.exec(select(Round).order_by(col(Round.created_at))))


def amend(client: TestClient, person: Person, _town: Town) -> object:
    return client.patch(f"{API}/people/{person.id}", json={"lat": 35.002, "lon": 135.002})


def hear(client: TestClient, person: Person, _town: Town) -> object:
    return client.post(f"{API}/people/{person.id}/assessments", json={"own_words": "本を読む"})


def consent(client: TestClient, person: Person, _town: Town) -> object:
    return client.post(f"{API}/people/{person.id}/consents", json={"shared_with": "team"})


def close(client: TestClient, _person: Person, town: Town) -> object:
    return client.patch(
        f"{API}/activities/{town.activities['last_place'].id}", json={"open": False}
    )


def rest(client: TestClient, _person: Person, town: Town) -> object:
    path = f"{API}/hosts/{town.hosts['cafe'].id}"
    return client.patch(path, json={"resting_until": "2026-12-31"})


def pass_on(client: TestClient, person: Person, town: Town) -> object:
    body = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
    made = client.post(f"{API}/placements", json=body).json()
    move = {"move": "pass", "side": "person", "note": "いまはいい"}
    return client.post(f"{API}/placements/{made['id']}/moves", json=move)


def test_looking_again_shows_the_same_round_and_writes_none(
    client: TestClient, session: Session, person: Person
) -> None:
    first = look(client, page_of(person))
    kept = session.exec(select(Suggestion.id)).all()
    assert look(client, page_of(person)) == first
    assert len(rounds(session)) == 1
    assert session.exec(select(Suggestion.id)).all() == kept


def test_every_look_is_written_down_also_when_nothing_was_computed(
    client: TestClient, session: Session, person: Person
) -> None:
    def looks() -> int:
        query = select(AccessRecord).where(AccessRecord.resource == "suggestion")
        return len(session.exec(query.where(AccessRecord.act == Act.MATCH)).all())

    look(client, page_of(person))
    look(client, page_of(person))
    assert looks() == 2


@pytest.mark.parametrize("change", [amend, hear, consent, close, rest, pass_on])
def test_whatever_changes_is_seen_by_the_very_next_look(
    client: TestClient, session: Session, town: Town, person: Person, change: Change
) -> None:
    look(client, page_of(person))
    change(client, person, town)
    look(client, page_of(person))
    look(client, page_of(person))
    assert len(rounds(session)) == 2


def test_another_day_is_another_round(
    client: TestClient, session: Session, person: Person, turnable_clock: TurnableClock
) -> None:
    look(client, page_of(person))
    turnable_clock.turn(hours=14)
    look(client, page_of(person))
    assert len(rounds(session)) == 1
    turnable_clock.turn(hours=1)
    look(client, page_of(person))
    assert [str(made.as_of) for made in rounds(session)] == ["2026-11-20", "2026-11-21"]


def test_a_withdrawn_consent_is_gone_from_the_next_look(
    client: TestClient, session: Session, person: Person
) -> None:
    path = f"{API}/people/{person.id}/consents"
    given = client.post(path, json={"shared_with": "hosts"}).json()
    look(client, page_of(person))
    client.post(f"{path}/{given['id']}/withdrawal")
    look(client, page_of(person))
    known = [made.facts["shared_with"] for made in rounds(session)]
    assert known == [SharedWith.HOSTS, SharedWith.NONE]


def test_a_consent_that_runs_out_overnight_is_gone_in_the_morning(
    client: TestClient, session: Session, person: Person, turnable_clock: TurnableClock
) -> None:
    given = {"shared_with": "hosts", "until": "2026-11-20"}
    client.post(f"{API}/people/{person.id}/consents", json=given)
    look(client, page_of(person))
    turnable_clock.turn(days=1)
    look(client, page_of(person))
    assert [made.facts["shared_with"] for made in rounds(session)] == ["hosts", "none"]


def test_a_pause_ends_the_list_at_once_and_its_end_brings_it_back(
    client: TestClient, session: Session, person: Person
) -> None:
    listed = look(client, page_of(person))
    path = f"{API}/people/{person.id}"
    client.patch(path, json={"proposals_paused": "いまは休みたい"})
    assert "今は紹介しません" in look(client, page_of(person))
    client.patch(path, json={"proposals_paused": None})
    assert look(client, page_of(person)) == listed
    assert [bool(made.held) for made in rounds(session)] == [False, True, False]


def test_a_colleague_sees_the_round_that_stands_and_is_written_down(
    client_of: Callable[[str], TestClient], session: Session, town: Town, shared: Person
) -> None:
    look(client_of("csw"), page_of(shared))
    look(client_of("coordinator"), page_of(shared))
    [made] = rounds(session)
    assert made.asked_by == town.accounts["csw"].id
    seen = session.exec(select(AccessRecord.account_id).where(AccessRecord.act == Act.MATCH)).all()
    assert set(seen) == {town.accounts["csw"].id, town.accounts["coordinator"].id}


def test_a_question_over_the_api_is_always_a_round_of_its_own(
    client: TestClient, session: Session, person: Person
) -> None:
    for _ in range(2):
        look(client, page_of(person))
        client.post(f"{API}/suggestions", json={"person_id": str(person.id)})
    assert len(rounds(session)) == 3


def test_two_people_never_share_a_round(client: TestClient, session: Session, town: Town) -> None:
    twins = [person_in(session, town) for _ in range(2)]
    for twin in twins:
        look(client, page_of(twin))
    assert [made.person_id for made in rounds(session)] == [twin.id for twin in twins]


def many_outdoors(client: TestClient, town: Town, number: int) -> None:
    row = {name: value for name, value in activity_row("x").items() if name not in {"id", "host"}}
    for _ in range(number):
        client.post(f"{API}/activities", json=row | {"host_id": str(town.hosts["temple"].id)})


def test_the_nearest_misses_are_told_and_all_of_them_on_request(
    client: TestClient, session: Session, town: Town
) -> None:
    many_outdoors(client, town, MISSES + 3)
    person = person_in(session, town, picture={"limits": [{"kind": "no_outdoors"}]})

    def left_out(path: str) -> list[str]:
        part = client.get(path, headers=OWN).text.split("left-out", 1)[1].split("</ul>", 1)[0]
        return re.findall(r'href="/activities/([\w-]+)"', part)

    nearest = left_out(page_of(person))
    every = left_out(f"{page_of(person)}?excluded=all")
    assert len(nearest) == MISSES
    assert len(every) >= MISSES + 3
    assert every[:MISSES] == nearest
    assert f"外した候補をすべて見る({len(every)})" in look(client, page_of(person))
    assert "すべて見る" not in look(client, f"{page_of(person)}?excluded=all")


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "described"])
def test_the_api_says_how_many_are_left_out_and_explains_all_on_request(
    client: TestClient, session: Session, town: Town, *, stored: bool
) -> None:
    many_outdoors(client, town, MISSES)
    limits = [{"kind": "no_outdoors"}]
    person = person_in(session, town, picture={"limits": limits})
    who: dict[str, Any] = {"profile": {"limits": limits}}
    who = {"person_id": str(person.id)} if stored else who
    nearest = client.post(f"{API}/suggestions", json=who).json()
    every = client.post(f"{API}/suggestions", json=who | {"excluded": "all"}).json()
    assert nearest["excluded_total"] == every["excluded_total"] == len(every["excluded"])
    assert nearest["excluded"] == every["excluded"][:MISSES]
    assert len(every["excluded"]) > MISSES
    if stored:
        assert client.get(f"{API}/suggestions/{every['id']}").json() == every


def test_a_page_shows_more_than_the_usual_five(
    client: TestClient, session: Session, town: Town
) -> None:
    row = {name: value for name, value in activity_row("x").items() if name not in {"id", "host"}}
    for host in ("temple", "cafe"):
        for _ in range(SHOWN):
            body = row | {"host_id": str(town.hosts[host].id)}
            client.post(f"{API}/activities", json=body)
    look(client, page_of(person_in(session, town)))
    assert len(session.exec(select(Suggestion)).all()) == SHOWN


def _worker(url: str) -> TestClient:
    """A process of its own would hold its own app, engine and indexes, as this does."""
    settings = Settings(database_url=url, secure_cookies=False, thread_pool=4)
    app = create_app(settings, now=TurnableClock())
    credentials = {"username": "csw", "password": PASSWORD}
    token = TestClient(app).post(f"{API}/sessions", json=credentials).json()["token"]
    return TestClient(app, headers={"authorization": f"Bearer {token}", "if-match": "*"})


def test_two_workers_show_one_round_and_both_see_every_change(own_database: str) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        town = seed(session)
        person = person_in(session, town)
    workers = [_worker(own_database), _worker(own_database)]
    changes: list[Change] = [amend, hear, consent, close, rest, pass_on]
    for number, change in enumerate(changes):
        writer, reader = workers[number % 2], workers[(number + 1) % 2]
        change(writer, person, town)
        assert look(reader, page_of(person)) == look(writer, page_of(person))
        with transaction(engine) as session:
            assert len(session.exec(select(Round)).all()) == number + 1
    for worker in workers:
        worker.app.state.engine.dispose()  # type: ignore[attr-defined] - our own app
    engine.dispose()
