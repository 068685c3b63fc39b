"""Killed at the worst moment the outbox loses nothing; several at once send nothing twice."""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest
from sqlmodel import Session, select

from service.clock import moment
from service.database import open_engine, transaction
from service.notices.spreading import spread
from service.outbox.actions import write_mail
from service.outbox.rules import Figure, Notice, State
from service.outbox.tables import Line, Mailbox
from service.settings import MailSecurity, Settings
from tests.factories import PASSWORD, TEAM, Town, person_in, seed
from tests.faults.carrying import (
    contest,
    expire,
    killed_before_noting,
    noting_first,
    well,
    without_a_claim,
    without_taking,
)
from tests.faults.running import running_process
from tests.receivers import HERE, Post, mail_server

LINES = int(os.environ.get("DEBAN_OUTBOX_LINES", "30"))
SEVERAL = 3
KILLED = -signal.SIGKILL
# A working Friday, nine in the morning in Japan.
NINE = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Post]:
    with mail_server() as server:
        yield server


def office(server: Post) -> Settings:
    return Settings(
        mail_host=HERE,
        mail_port=server.port,
        mail_security=MailSecurity.NONE,
        mail_from="deban@city.example",
    )


@contextmanager
def opened(url: str) -> Iterator[Session]:
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        yield session
    engine.dispose()


def town_with_mail(session: Session) -> Town:
    town = seed(session)
    for user in ("csw", "coordinator"):
        account = town.accounts[user]
        session.add(
            Mailbox(
                municipality_id=account.municipality_id,
                account_id=account.id,
                address=f"{user}@city.example",
            )
        )
    session.flush()
    return town


def write(session: Session, town: Town, number: int) -> None:
    tenant, account = town.municipality.id, town.accounts["coordinator"].id
    for _ in range(number):
        write_mail(session, tenant, account, Notice.CONCERN, {Figure.CONCERN: 1}, at=moment())


def states(url: str) -> Counter[State]:
    with opened(url) as session:
        return Counter(line.state for line in session.exec(select(Line)))


def test_killed_between_sending_and_noting_it_is_sent_again_and_known_as_the_same(
    own_database: str, server: Post
) -> None:
    with opened(own_database) as session:
        write(session, town_with_mail(session), 1)
    assert contest([killed_before_noting], own_database, office(server)) == [KILLED]
    assert len(server.mails) == 1
    assert states(own_database) == {State.WAITING: 1}
    # While the lease runs nobody else takes it.
    assert contest([well], own_database, office(server)) == [0]
    assert len(server.mails) == 1
    with opened(own_database) as session:
        expire(session)
    assert contest([well], own_database, office(server)) == [0]
    assert len(server.mails) == 2
    assert len(set(server.ids)) == 1
    assert states(own_database) == {State.SENT: 1}


def test_noted_before_it_is_sent_a_line_is_lost(own_database: str, server: Post) -> None:
    """The control: the other order loses a line, and this is how it would show."""
    with opened(own_database) as session:
        write(session, town_with_mail(session), 1)
    assert contest([noting_first], own_database, office(server)) == [KILLED]
    with opened(own_database) as session:
        expire(session)
    assert contest([well], own_database, office(server)) == [0]
    assert server.mails == []
    assert states(own_database) == {State.SENT: 1}


def test_several_at_once_send_every_line_once(own_database: str, server: Post) -> None:
    with opened(own_database) as session:
        write(session, town_with_mail(session), LINES)
    assert contest([well] * SEVERAL, own_database, office(server)) == [0] * SEVERAL
    assert len(server.ids) == len(set(server.ids)) == LINES
    assert states(own_database) == {State.SENT: LINES}


def test_without_a_claim_several_send_the_same(own_database: str, server: Post) -> None:
    """The control: without the guarded statement lines are sent twice."""
    with opened(own_database) as session:
        write(session, town_with_mail(session), LINES)
    assert contest([without_a_claim] * SEVERAL, own_database, office(server)) == [0] * SEVERAL
    assert len(set(server.ids)) == LINES
    assert len(server.ids) > LINES


def test_several_at_once_and_again_write_one_digest_each(own_database: str, server: Post) -> None:
    with opened(own_database) as session:
        town_with_work(session)
    settings = office(server)
    assert contest([well] * SEVERAL, own_database, settings, NINE) == [0] * SEVERAL
    assert contest([well], own_database, settings, NINE) == [0]
    assert sorted(to for [to] in server.recipients) == [
        "coordinator@city.example",
        "csw@city.example",
    ]


def test_without_taking_the_day_several_write_a_digest_each(
    own_database: str, server: Post
) -> None:
    """The control: whoever only looks whether there is one sends several."""
    with opened(own_database) as session:
        town_with_work(session)
    workers = [without_taking] * SEVERAL
    assert contest(workers, own_database, office(server), NINE) == [0] * SEVERAL
    assert len(server.mails) > 2


def town_with_work(session: Session) -> None:
    # Known for ninety days and at home: a contact is due today.
    known = datetime(2026, 8, 20, tzinfo=UTC)
    person_in(session, town_with_mail(session), consent=TEAM, at=known)


def test_killed_after_its_answer_the_service_has_lost_nothing(
    own_database: str, server: Post
) -> None:
    person = person_of(own_database)
    with running_process(own_database) as (address, process):
        raise_concern(address, person)
        os.kill(process, signal.SIGKILL)
    engine = open_engine(own_database, connections=1)
    assert spread(engine, at=moment()) == 1
    engine.dispose()
    assert contest([well], own_database, office(server)) == [0]
    assert server.recipients == [["coordinator@city.example"]]


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)
def test_kept_in_memory_the_same_notice_is_lost(own_database: str, server: Post) -> None:
    """The control: what only the process knows goes with it."""
    person = person_of(own_database)
    app = "tests.faults.forgetful_outbox:forgetful_app"
    with running_process(own_database, app=app) as (address, process):
        raise_concern(address, person)
        os.kill(process, signal.SIGKILL)
    engine = open_engine(own_database, connections=1)
    assert spread(engine, at=moment()) == 0
    engine.dispose()
    assert contest([well], own_database, office(server)) == [0]
    assert server.mails == []


def person_of(url: str) -> UUID:
    with opened(url) as session:
        return person_in(session, town_with_mail(session), consent=TEAM).id


def raise_concern(address: str, person: UUID) -> None:
    """Sign in as the worker and write a concern down; the answer is the last that is heard."""
    credentials = {"username": "csw", "password": PASSWORD}
    with httpx.Client(base_url=f"{address}/api/v1", timeout=30) as client:
        token = client.post("/sessions", json=credentials).json()["token"]
        body = {"person_id": str(person), "side": "person", "words": "少し困った"}
        answer = client.post("/concerns", json=body, headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 201, answer.text
