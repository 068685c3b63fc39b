"""A consent is withdrawn on one server; on the other the host sees nothing a moment later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from uuid import UUID

import httpx
import pytest
from sqlmodel import Session, select

import service.app  # noqa: F401 - a contender is a process of its own: every chapter's tables
from service.accounts.actions import Staff
from service.database import open_engine, transaction
from service.disclosures import repository, showing
from service.disclosures.actions import draft, move
from service.disclosures.lifecycle import Action, NoSuchMove, State
from service.disclosures.showing import NoSuchLink, make_link
from service.disclosures.tables import Packet
from service.hosts.links import hold
from service.persons.actions import withdraw_consent
from service.persons.tables import Consent
from service.settings import Settings
from tests.faults.contenders import PATIENCE, Answers, contest
from tests.faults.running import running_service
from tests.service.placements.village import Village, build_village, give_consent

ROUNDS = 8
NO_TOKEN = {"", "withdrawn"}


def now() -> datetime:
    return datetime.now(UTC)


def proved(staff: Staff) -> Staff:
    """The caller after proving once more who they are."""
    return replace(staff, stepped_up_at=now())


def prepared(session: Session, village: Village, number: int = 0) -> Packet:
    """Walk as far as a packet that waits for its release."""
    person = village.people[number]
    give_consent(session, person, village.csw, fields=["age_band"], host=village.host)
    packet = draft(session, village.coordinator, person.id, village.host.id, at=now())
    settings = Settings()
    move(session, village.coordinator, packet.id, Action.PREPARE, at=now(), settings=settings)
    return packet


def released(session: Session) -> tuple[Village, str]:
    """A village where somebody's packet is released, and the token of its host's link."""
    village = build_village(session)
    packet, csw = prepared(session, village), proved(village.csw)
    move(session, csw, packet.id, Action.RELEASE, at=now(), settings=Settings())
    return village, make_link(session, csw, packet.id, days=1, at=now()).token


def test_a_moment_after_the_withdrawal_the_other_server_shows_nothing(own_database: str) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        village, token = released(session)
        [packet] = session.exec(select(Packet)).all()
    headers = {"Authorization": f"Bearer {village.tokens[village.csw.id]}"}
    person = village.person.id
    with (
        running_service(own_database, workers=1) as one,
        running_service(own_database, workers=1) as other,
    ):
        for address in (one, other):
            assert httpx.get(f"{address}/h/{token}").status_code == 200
        path = f"{one}/api/v1/people/{person}/consents/{packet.consent_id}/withdrawal"
        assert httpx.post(path, headers=headers, timeout=30).status_code == 200
        gone = [httpx.get(f"{address}/h/{token}").status_code for address in (other, one)]
        assert gone == [404, 404]
        seen = httpx.get(f"{other}/api/v1/disclosures/{packet.id}", headers=headers).json()
        assert seen["state"] == "ended"
    engine.dispose()


def release(url: str, staff: Staff, packets: Sequence[UUID], start: Barrier) -> Answers:
    """Release one packet a round, and make its link if it was let go."""
    engine = open_engine(url, connections=1)
    answers = []
    for packet in packets:
        start.wait(PATIENCE)
        try:
            with transaction(engine) as session:
                move(session, staff, packet, Action.RELEASE, at=now(), settings=Settings())
                answers.append(make_link(session, staff, packet, days=1, at=now()).token)
        except NoSuchMove:
            answers.append("")
    engine.dispose()
    return answers


def withdraw(url: str, staff: Staff, consents: Sequence[UUID], start: Barrier) -> Answers:
    """Withdraw one consent a round."""
    engine = open_engine(url, connections=1)
    answers = []
    for consent_id in consents:
        with transaction(engine) as session:
            person_id = session.get_one(Consent, consent_id).person_id
        start.wait(PATIENCE)
        with transaction(engine) as session:
            withdraw_consent(session, staff, person_id, consent_id, at=now())
        answers.append("withdrawn")
    engine.dispose()
    return answers


def either(url: str, staff: Staff, wanted: Sequence[UUID], start: Barrier) -> Answers:
    """Play the part that the first id is for."""
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        released = session.get(Packet, wanted[0]) is not None
    engine.dispose()
    return (release if released else withdraw)(url, staff, wanted, start)


def test_released_and_withdrawn_at_once_is_never_readable_afterwards(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        village = build_village(session, people=ROUNDS + 1)
        csw = proved(village.csw)
        first, *packets = [prepared(session, village, number) for number in range(ROUNDS + 1)]
        move(session, csw, first.id, Action.RELEASE, at=now(), settings=Settings())
        before = make_link(session, csw, first.id, days=1, at=now()).token
        withdraw_consent(session, csw, first.person_id, first.consent_id, at=now())
    wanted = [[each.id for each in packets], [each.consent_id for each in packets]]
    rounds = contest(either, own_database, csw, wanted)
    assert all("withdrawn" in answers for answers in rounds)
    tokens = [before, *(each for answers in rounds for each in answers if each not in NO_TOKEN)]
    assert readable(own_database, tokens) == []
    # The control: a reader that trusts the state alone shows every one of them.
    monkeypatch.setattr(repository, "_holds", lambda _on: Packet.state == State.RELEASED)
    assert readable(own_database, tokens) == tokens
    engine.dispose()


def readable(url: str, tokens: Sequence[str]) -> list[str]:
    engine = open_engine(url, connections=1)
    found = []
    for token in tokens:
        try:
            with transaction(engine) as session:
                showing.show(session, hold(session, token, at=now()), at=now())
            found.append(token)
        except NoSuchLink:
            continue
    engine.dispose()
    return found
