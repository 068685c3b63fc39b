"""``deban deliver`` and ``deban dead-letters``: from a machine's shell, to a real mail server."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from service.cli.reading import REFUSED, USAGE
from service.clock import moment
from service.contacts.actions import raise_concern
from service.contacts.subjects import Subject
from service.database import open_engine, transaction
from service.outbox.rules import State
from service.outbox.tables import Line, Mailbox
from service.placements.lifecycle import Side
from tests.factories import TEAM, Town, person_in, seed, staff_of
from tests.journeys.files import run
from tests.receivers import HERE, Post, dead_port, mail_server


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    engine = open_engine(own_database, connections=2)
    yield engine
    engine.dispose()


@pytest.fixture
def town(engine: Engine) -> Town:
    """A town whose coordinator gets mail, and where a worker has just written a concern down."""
    with transaction(engine) as session:
        town = seed(session)
        account = town.accounts["coordinator"]
        tenant, address = account.municipality_id, "coordinator@city.example"
        session.add(Mailbox(municipality_id=tenant, account_id=account.id, address=address))
        session.flush()
        worry(session, town)
    return town


def worry(session: Session, town: Town) -> None:
    at = moment()
    person = person_in(session, town, consent=TEAM)
    staff = staff_of(session, town.accounts["csw"], at=at)
    subject = Subject(person_id=person.id)
    raise_concern(session, staff, subject, side=Side.PERSON, words="少し困った", at=at)


@pytest.fixture
def server(own_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    with mail_server() as server:
        known = {
            "DATABASE_URL": own_database,
            "MAIL_HOST": HERE,
            "MAIL_PORT": str(server.port),
            "MAIL_SECURITY": "none",
            "MAIL_FROM": "deban@city.example",
            "ORIGIN": "https://deban.example",
            "DIGEST_HOUR": "23",
        }
        for name, said in known.items():
            monkeypatch.setenv(f"DEBAN_{name}", said)
        yield server


def states(engine: Engine) -> list[State]:
    with transaction(engine) as session:
        return [line.state for line in session.exec(select(Line))]


def test_one_round_sends_what_waits_and_a_second_nothing(
    engine: Engine, town: Town, server: Post
) -> None:
    assert run("deliver").output == "1 sent, 0 failed, 0 given up, 0 dropped\n"
    assert run("deliver", "--once").output == "0 sent, 0 failed, 0 given up, 0 dropped\n"
    [mail] = server.mails
    assert "困りごと 1件" in mail.get_content()
    assert "https://deban.example/" in mail.get_content()
    assert states(engine) == [State.SENT]


def test_without_anything_set_up_it_says_that_nothing_leaves(
    engine: Engine, town: Town, server: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEBAN_MAIL_HOST")
    assert "neither DEBAN_MAIL_HOST nor DEBAN_WEBHOOK_HOSTS" in run("deliver").output
    assert states(engine) == [State.WAITING]


def test_what_did_not_arrive_is_listed_sent_again_and_closed(
    engine: Engine, town: Town, server: Post
) -> None:
    server.rcpt = "550 no such user coordinator@city.example"
    assert "1 failed, 1 given up" in run("deliver").output
    told = run("dead-letters", "list").output
    assert "city.example" not in told
    found = re.search(r"  (\S+) mail concern tries 1 refused 550", told)
    assert found is not None
    letter = found[1]
    assert run("dead-letters", "retry", letter, "--by", "admin").exit_code == 0
    assert "1 given up" in run("deliver").output
    closed = run("dead-letters", "close", letter, "--reason", "told_otherwise", "--by", "admin")
    assert closed.output == "closed\n"
    assert run("dead-letters", "list").output == "0 dead\n"
    assert states(engine) == [State.CLOSED]


@pytest.mark.parametrize(
    "wrong",
    [
        ("retry", "nonsense", "--by", "admin"),
        ("retry", "00000000-0000-0000-0000-000000000000", "--by", "admin"),
        ("retry", "00000000-0000-0000-0000-000000000000", "--by", "nobody"),
        ("close", "nonsense", "--reason", "other", "--by", "nobody"),
    ],
)
def test_a_wrong_letter_or_account_ends_with_a_sentence(
    town: Town, server: Post, wrong: tuple[str, ...]
) -> None:
    answer = run("dead-letters", *wrong)
    assert answer.exit_code == REFUSED
    assert answer.output.startswith("deban: no such")


@pytest.mark.parametrize("by", ["csw", "officer", "auditor", "coordinator"])
def test_from_the_shell_nobody_does_what_they_could_not_do_on_the_page(
    engine: Engine, town: Town, server: Post, by: str
) -> None:
    server.rcpt = "550 no"
    run("deliver")
    with transaction(engine) as session:
        letter = str(session.exec(select(Line)).one().id)
        # The coordinator might; but this one has left.
        session.merge(town.accounts["coordinator"]).active = False
    for wrong in (("retry", letter), ("close", letter, "--reason", "other")):
        answer = run("dead-letters", *wrong, "--by", by)
        assert answer.exit_code == REFUSED
        assert answer.output.startswith("deban: ")
    assert states(engine) == [State.DEAD]


def test_a_reason_that_there_is_not_closes_nothing(
    engine: Engine, town: Town, server: Post
) -> None:
    server.rcpt = "550 no"
    run("deliver")
    with transaction(engine) as session:
        letter = str(session.exec(select(Line)).one().id)
    answer = run("dead-letters", "close", letter, "--reason", "bored", "--by", "admin")
    assert answer.exit_code == USAGE
    assert states(engine) == [State.DEAD]


def test_the_doctor_tells_what_is_amiss_with_mails(
    engine: Engine, town: Town, server: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    well = f"ok    mail: {HERE}:{server.port} answers, unencrypted"
    assert well in run("doctor").output
    run("deliver")
    assert "ok    outbox: 0 waiting, 1 sent in 30 days" in run("doctor").output
    monkeypatch.delenv("DEBAN_ORIGIN")
    assert "AMISS mail: DEBAN_ORIGIN is not set" in run("doctor").output
    monkeypatch.setenv("DEBAN_ORIGIN", "https://deban.example")
    monkeypatch.setenv("DEBAN_MAIL_CA_FILE", "/nowhere.pem")
    assert "AMISS mail: /nowhere.pem is no file" in run("doctor").output
    monkeypatch.delenv("DEBAN_MAIL_CA_FILE")
    with dead_port() as port:
        monkeypatch.setenv("DEBAN_MAIL_PORT", str(port))
        assert "AMISS mail: ConnectionRefusedError" in run("doctor").output


def test_the_doctor_tells_what_waits_for_long_and_what_did_not_arrive(
    engine: Engine, town: Town, server: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.rcpt = "550 no"
    run("deliver")
    assert "AMISS outbox: 1 did not arrive" in run("doctor").output
    [letter] = re.findall(r"  (\S+) mail", run("dead-letters", "list").output)
    run("dead-letters", "retry", letter, "--by", "admin")
    late = moment() + timedelta(hours=2, minutes=1)
    monkeypatch.setattr("service.clock.moment", lambda: late)
    assert "AMISS outbox: something has been waiting for 2 h" in run("doctor").output


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)
def test_the_loop_sends_what_comes_later_and_ends_when_it_is_asked_to(
    engine: Engine, town: Town, server: Post
) -> None:
    command = [
        sys.executable,
        "-c",
        "from service.cli import app; app()",
        "deliver",
        "--every",
        "1",
    ]
    with subprocess.Popen(
        command, env=os.environ.copy(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().startswith("1 sent")
            with transaction(engine) as session:
                worry(session, town)
            assert process.stdout.readline().startswith("1 sent")
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        finally:
            process.kill()
    assert len(server.mails) == 2
