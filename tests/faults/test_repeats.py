"""Sent again after a worker died, or by eight clients at once: done once, with two real workers."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlmodel import Session, select

from service.contacts.tables import Contact
from service.database import open_engine, transaction
from service.web.once import HEADER, REPLAYED
from tests.faults.contenders import CONTENDERS
from tests.faults.dying import AFTER, BEFORE, DEATH
from tests.faults.running import running_service
from tests.service.placements.village import Village, build_village

# DEBAN_KILLS=20 for a long look.
KILLS = int(os.environ.get("DEBAN_KILLS", "1"))
ROUNDS = int(os.environ.get("DEBAN_REPEAT_ROUNDS", "4"))
PATIENCE = 60
PATH = "/api/v1/contacts"


def contact(village: Village, words: str) -> dict[str, Any]:
    return {
        "person_id": str(village.person.id),
        "occurred_on": "2026-11-19",
        "channel": "call",
        "direction": "sent",
        "result": "talked",
        "what": words,
    }


def headers(village: Village) -> dict[str, str]:
    return {"Authorization": f"Bearer {village.tokens[village.csw.id]}"}


def ids(session: Session) -> set[str]:
    return {str(id_) for id_ in session.exec(select(Contact.id))}


def send(address: str, body: dict[str, Any], known: dict[str, str]) -> httpx.Response:
    """Send on a connection of its own, so that another worker may take it."""
    return httpx.post(f"{address}{PATH}", json=body, headers=known, timeout=PATIENCE)


def test_sent_again_after_a_death_or_by_eight_at_once_it_is_done_once(own_database: str) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        village = build_village(session)
    with running_service(own_database, workers=2, app="tests.faults.dying:create_app") as address:
        made = {after_a_death(address, village, number) for number in range(KILLS)}
        made |= {at_one_moment(address, village, number) for number in range(ROUNDS)}
        with transaction(engine) as session:
            assert ids(session) == set().union(*made)
            assert len(ids(session)) == 2 * KILLS + ROUNDS
        # The controls: without a key, eight write it down eight times, and so does whoever
        # tries again after a death: twice.
        at_once(address, contact(village, "八度"), headers(village))
        with pytest.raises(httpx.TransportError):
            send(address, contact(village, "二度"), headers(village) | {DEATH: AFTER})
        assert send(address, contact(village, "二度"), headers(village)).status_code == 201
        with transaction(engine) as session:
            assert len(ids(session)) == 2 * KILLS + ROUNDS + CONTENDERS + 2
    engine.dispose()


def after_a_death(address: str, village: Village, number: int) -> frozenset[str]:
    """Kill a worker before and after its commit; the same key goes on where it was."""
    body, made = contact(village, f"電話 {number}"), []
    for death, is_replayed in ((BEFORE, False), (AFTER, True)):
        known = headers(village) | {HEADER: str(uuid4())}
        with pytest.raises(httpx.TransportError):
            send(address, body, known | {DEATH: death})
        again = send(address, body, known)
        assert again.status_code == 201, again.text
        assert (again.headers.get(REPLAYED) == "true") is is_replayed
        made.append(again.json()["id"])
    return frozenset(made)


def at_one_moment(address: str, village: Village, number: int) -> frozenset[str]:
    """Let eight clients send the same with one key; who comes too early is told so."""
    known = headers(village) | {HEADER: str(uuid4())}
    answers = at_once(address, contact(village, f"訪問 {number}"), known)
    told = Counter(answer.status_code for answer in answers)
    assert set(told) <= {201, 409}, told
    assert {a.headers["retry-after"] for a in answers if a.status_code == 409} <= {"1"}
    done = [answer for answer in answers if answer.status_code == 201]
    assert sum(REPLAYED not in answer.headers for answer in done) == 1
    return frozenset(answer.json()["id"] for answer in done)


def at_once(address: str, body: dict[str, Any], known: dict[str, str]) -> list[httpx.Response]:
    start = Barrier(CONTENDERS)

    def one(_number: int) -> httpx.Response:
        start.wait(PATIENCE)
        return send(address, body, known)

    with ThreadPoolExecutor(CONTENDERS) as threads:
        return list(threads.map(one, range(CONTENDERS)))
