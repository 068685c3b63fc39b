"""Answers that wait are drawn into their cases once; one that cannot be holds nobody up."""

from typing import Any

import pytest
from sqlmodel import Session, select

from service.placements.tables import PlacementMove
from service.replies import applying, hearing, repository
from service.replies.applying import apply_waiting
from service.replies.rules import Answer, Said
from service.replies.tables import Reply
from service.settings import Settings, Side
from tests.factories import MORNING
from tests.service.replies.conftest import Desk

OUTSIDE = Settings(side=Side.HOST)
INSIDE = Settings()


def leave(session: Session, desk: Desk, answer: Answer, **more: Any) -> Reply:
    """Let the host side take an answer, which may draw nothing from it."""
    inquiry = desk.asked()
    staff_row = repository.waiting(session, desk.town.municipality.id)
    assert staff_row == []
    found = session.exec(select(hearing.Inquiry)).all()
    kept = next(each for each in found if str(each.id) == inquiry["id"])
    said = Said(answer=answer, **more)
    channel = hearing.Channel.MESSAGE
    heard = hearing.give(session, kept, said, at=MORNING, settings=OUTSIDE, channel=channel)
    session.flush()
    assert heard.reply is not None
    return heard.reply


def test_what_the_host_side_took_waits_and_is_drawn_once(desk: Desk, session: Session) -> None:
    reply = leave(session, desk, Answer.CAN)
    town = desk.town.municipality.id
    assert (reply.applied_at, reply.upshot) == (None, None)
    assert repository.waiting(session, town) == [reply.id]
    assert repository.municipalities_waiting(session) == [town]
    assert apply_waiting(session, town, at=MORNING, settings=INSIDE) == 1
    assert apply_waiting(session, town, at=MORNING, settings=INSIDE) == 0
    assert not applying.apply(session, reply.id, at=MORNING, settings=INSIDE)
    moves = session.exec(select(PlacementMove)).all()
    assert [each.action for each in moves if each.actor == "host_link"] == ["host_accepts"]


def test_the_next_request_of_a_worker_draws_it_before_it_answers(
    desk: Desk, session: Session
) -> None:
    leave(session, desk, Answer.NOT_NOW)
    assert desk.status == "passed"


def test_an_answer_that_cannot_be_drawn_keeps_no_office_from_its_work(
    desk: Desk, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = leave(session, desk, Answer.CAN)

    def broken(*_: object, **__: object) -> bool:
        raise RuntimeError("needle-in-the-message")

    with monkeypatch.context() as planted:
        planted.setattr(applying, "apply", broken)
        assert desk.status == "asked"
    assert desk.status == "agreed"
    kept = repository.reply_to(session, reply.inquiry_id)
    assert kept is not None
    assert kept.upshot == "moved"
