"""Whoever goes takes along what the queue, the outbox, the hosts and repeated questions kept."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from service.app import create_app
from service.clock import local_day
from service.database import open_engine, transaction
from service.followup import upkeep
from service.followup.tables import Claim, Mark
from service.hosts.rules import LinkPurpose
from service.outbox.actions import report, write_mail
from service.outbox.rules import Figure, Notice
from service.outbox.tables import Event, Line, Mailbox, State
from service.persons.tables import Person
from service.repeats.tables import KeptAnswer
from service.replies.tables import Inquiry
from service.retention import erasing
from service.settings import Settings
from tests.factories import MORNING, PASSWORD, TEAM, Town, TurnableClock, person_in, seed
from tests.service.browsing import led_to, send
from tests.service.retention.archive import approved
from tests.service.retention.test_erasing import tables_with

# The audit, the list that was approved, and the note of the erasure itself.
KEPT: Final = {"access_record", "disposal_item", "erasure"}


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    engine = open_engine(own_database, connections=3)
    yield engine
    engine.dispose()


@pytest.fixture
def town(engine: Engine) -> Town:
    """A town whose coordinator gets mail, so that notices are written at all."""
    with transaction(engine) as session:
        town = seed(session)
        account = town.accounts["coordinator"]
        about = {"municipality_id": account.municipality_id, "account_id": account.id}
        session.add(Mailbox(**about, address="coordinator@city.example"))
    return town


@pytest.fixture
def people(engine: Engine, town: Town) -> list[UUID]:
    """Two people alike in everything: one of them is going to go."""
    with transaction(engine) as session:
        return [person_in(session, town, consent=TEAM).id for _ in range(2)]


@pytest.fixture
def worker(engine: Engine, town: Town) -> TestClient:
    """The worker of both, a month after they became known: both are to be asked after."""
    clock = TurnableClock(MORNING + timedelta(days=30))
    client = TestClient(create_app(Settings(secure_cookies=False), bind=engine, now=clock))
    said = {"username": town.accounts["csw"].username, "password": PASSWORD}
    led_to(send(client, "/sign-in", said))
    token = client.post("/api/v1/sessions", json=said).json()["token"]
    client.headers.update({"authorization": f"Bearer {token}", "if-match": "*"})
    return client


def work_with(client: TestClient, person: UUID) -> None:
    """Do with somebody what an office does in a day, each with a key against repeats."""
    rows = client.get("/api/v1/follow-ups", params={"limit": 200}).json()["items"]
    [row] = [each for each in rows if each["person_id"] == str(person)]
    assert client.post(f"/api/v1/follow-ups/{row['id']}/claim").status_code == 200
    request = f"/api/v1/people/{person}/erasure-request"
    key = {"idempotency-key": str(uuid4())}
    assert client.post(request, json={}, headers=key).status_code == 201
    form = send(client, f"/people/{person}/end/taking-back", {"once": str(uuid4())})
    assert led_to(form) == f"/people/{person}/end"


def tell_and_ask(session: Session, town: Town, person: UUID) -> None:
    """Let somebody be told of them, twice, and a host be asked about them."""
    tenant, teller = town.municipality.id, town.accounts["csw"].id
    report(session, tenant, Notice.CONCERN, about=person, ref=uuid4(), by=teller, at=MORNING)
    told = town.accounts["coordinator"].id
    one = {Figure.CONCERN: 1}
    write_mail(session, tenant, told, Notice.CONCERN, one, about=person, at=MORNING)
    session.add(
        Inquiry(
            municipality_id=tenant,
            purpose=next(iter(LinkPurpose)),
            host_id=town.hosts["temple"].id,
            person_id=person,
            about_on=local_day(MORNING),
            made_by=teller,
            content={"who": "さくらさん"},
        )
    )


def tables_of(engine: Engine, person: UUID) -> set[str]:
    return tables_with(engine, {person.hex, str(person)})


def erase_who_asked(engine: Engine, town: Town, tmp_path: Path) -> None:
    head = approved(engine, town)
    assert head
    settings = Settings(erasures_file=str(tmp_path / "notes"))
    done = erasing.run(engine, at=MORNING + timedelta(days=30, hours=1), settings=settings)
    assert (done.erased, done.kept) == (1, 0)


def test_with_somebody_goes_what_chapters_keep_without_a_foreign_key(
    engine: Engine, town: Town, people: list[UUID], worker: TestClient, tmp_path: Path
) -> None:
    gone, stays = people
    work_with(worker, gone)
    with transaction(engine) as session:
        for person in people:
            tell_and_ask(session, town, person)
    before = tables_of(engine, gone)
    assert before >= {
        "follow_up_claim", "follow_up_due", "inquiry", "kept_answer",
        "outbox_event", "outbox_line",
    }  # fmt: skip
    erase_who_asked(engine, town, tmp_path)
    assert tables_of(engine, gone) == KEPT
    # Who stays loses nothing of it: neither their own notices nor the question about them.
    assert tables_of(engine, stays) >= {"follow_up_due", "inquiry", "outbox_event", "outbox_line"}
    with transaction(engine) as session:
        waiting = session.exec(select(Line.about_id, Line.state)).all()
        assert set(waiting) == {(None, State.DROPPED), (stays, State.WAITING)}
        assert session.exec(select(Event.about_id)).all() == [stays]
        assert session.exec(select(Claim)).all() == []
        assert session.exec(select(Person.id)).all() == [stays]


def test_the_queue_goes_on_for_who_stays(
    engine: Engine, town: Town, people: list[UUID], worker: TestClient, tmp_path: Path
) -> None:
    gone, stays = people
    work_with(worker, gone)
    erase_who_asked(engine, town, tmp_path)
    rows = worker.get("/api/v1/follow-ups", params={"limit": 200}).json()["items"]
    named = {each["person_id"] for each in rows if each["person_id"]}
    assert named == {str(stays)}
    with transaction(engine) as session:
        today = local_day(MORNING + timedelta(days=30))
        assert upkeep.astray(session, town.municipality.id, today=today) == set()


def test_a_search_that_forgets_a_table_without_a_foreign_key_would_find_it(
    engine: Engine, town: Town, people: list[UUID], worker: TestClient, tmp_path: Path
) -> None:
    """The control: nothing is said to the queue, and its marks and leases stay behind."""
    work_with(worker, people[0])
    with patch.object(erasing, "forget", lambda *_: None):
        erase_who_asked(engine, town, tmp_path)
    assert tables_of(engine, people[0]) == KEPT | {"follow_up_claim", "follow_up_mark"}


def test_an_answer_that_is_only_an_address_belongs_to_whom_the_address_names(
    engine: Engine, people: list[UUID], worker: TestClient
) -> None:
    for person in people:
        send(worker, f"/people/{person}/end/taking-back", {"once": str(uuid4())})
    with transaction(engine) as session:
        kept = session.exec(select(KeptAnswer.location, KeptAnswer.person_id)).all()
    assert sorted(kept) == sorted((f"/people/{person}/end", person) for person in people)


def test_an_answer_of_a_meeting_belongs_to_nobody_since_nobody_has_consented(
    engine: Engine, worker: TestClient
) -> None:
    meeting = led_to(send(worker, "/conferences", {"title": "東-3", "once": str(uuid4())}))
    said = {"worries": "雨戸が閉まったまま", "once": str(uuid4())}
    record = led_to(send(worker, f"{meeting}/records/new", said))
    assert worker.get(record).status_code == 200
    with transaction(engine) as session:
        assert session.exec(select(KeptAnswer.person_id).distinct()).all() == [None]


def test_marks_of_others_are_left_for_the_queue(
    engine: Engine, town: Town, people: list[UUID]
) -> None:
    with transaction(engine) as session:
        before = set(session.exec(select(Mark.subject_id)))
        upkeep.forget(session, {people[0]})
        left = set(session.exec(select(Mark.subject_id)))
        assert before - left == {people[0]}
        assert people[1] in left
        others = select(Mark).where(col(Mark.municipality_id) != town.municipality.id)
        assert session.exec(others).all() == []
