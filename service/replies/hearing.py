"""What a host sees through a link, and the one answer that it takes.

Nothing here reads a case: the host side's role may not. What follows for a placement is drawn
on the staff's side, in this very transaction where one process serves both.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from migrations.grants import CASEWORK
from service.accounts.actions import Staff
from service.audit.rules import Act, Ground, Purpose
from service.clock import local_day
from service.contacts.words import Channel
from service.database import enter
from service.hosts.actions import care
from service.hosts.links import LINK, Held, NoSuchLink
from service.placements.actions import refuse
from service.replies import applying, repository
from service.replies.rules import Answer, AnsweredOtherwise, Said, unfit
from service.replies.tables import Inquiry, Reply
from service.settings import Settings, Side
from service.trail import Entry, collect


@dataclass(frozen=True, slots=True)
class Heard:
    """What a host is asked, and what the host has answered."""

    inquiry: Inquiry
    reply: Reply | None


def open_inquiry(session: Session, held: Held, *, at: datetime) -> Heard:
    """Return what a link asks now. To look answers nothing, and uses nothing up."""
    inquiry = None
    if held.link is not None:
        inquiry = repository.opened_by(session, held.link, on=local_day(at))
    if inquiry is None:
        raise NoSuchLink("this link opens nothing")
    _record(session, inquiry, Act.READ, at=at)
    return Heard(inquiry, repository.reply_to(session, inquiry.id))


def _record(session: Session, inquiry: Inquiry, act: Act, *, at: datetime) -> None:
    """Write down that a host looked or answered: no account, and the consent if one was needed."""
    if inquiry.person_id is None:
        return
    look = Entry(
        municipality_id=inquiry.municipality_id,
        account_id=None,
        role="host",
        person_id=inquiry.person_id,
        act=act,
        resource=LINK,
        purpose=Purpose.DISCLOSURE,
        basis=Ground.CONSENT if inquiry.consent_id else None,
        basis_id=inquiry.consent_id,
        at=at,
    )
    collect(session, [look])


def answer(session: Session, held: Held, said: Said, *, at: datetime, settings: Settings) -> Heard:
    """Take a host's answer: once. The same again is the same, another one is the office's."""
    heard = open_inquiry(session, held, at=at)
    assert held.link is not None
    return give(
        session,
        heard.inquiry,
        said,
        at=at,
        settings=settings,
        channel=Channel.MESSAGE,
        link_id=held.link.id,
    )


def give(
    session: Session,
    inquiry: Inquiry,
    said: Said,
    *,
    at: datetime,
    settings: Settings,
    channel: Channel,
    link_id: UUID | None = None,
    staff: Staff | None = None,
) -> Heard:
    """Keep an answer and draw from it what this process may."""
    refuse(unfit(inquiry.purpose, said, today=local_day(at)))
    reply = Reply(
        municipality_id=inquiry.municipality_id,
        inquiry_id=inquiry.id,
        person_id=inquiry.person_id,
        link_id=link_id,
        account_id=staff and staff.id,
        channel=channel,
        answer=said.answer,
        until=said.until,
        people=said.people,
        remark=said.remark,
        answered_at=at,
    )
    known = repository.reply_to(session, inquiry.id)
    if known is None and repository.keep_once(session, reply):
        _care_for_host(session, inquiry, said, at=at)
        if staff is None:
            _record(session, inquiry, Act.WRITE, at=at)
        if settings.side is not Side.HOST:
            enter(session, CASEWORK, inquiry.municipality_id)
            applying.apply(session, reply.id, at=at, settings=settings, staff=staff)
        return Heard(inquiry, reply)
    known = known or repository.reply_to(session, inquiry.id)
    if known is None or _said_in(known) != said:
        raise AnsweredOtherwise("this was answered before; please call the office to change it")
    return Heard(inquiry, known)


def _said_in(reply: Reply) -> Said:
    return Said(answer=reply.answer, until=reply.until, people=reply.people, remark=reply.remark)


def _care_for_host(session: Session, inquiry: Inquiry, said: Said, *, at: datetime) -> None:
    """Let the host's own say about itself hold at once: the very next match knows it."""
    own: dict[Answer, dict[str, Any]] = {
        Answer.REST: {"resting_until": said.until},
        Answer.FEWER: {"max_people": said.people},
        Answer.CONFIRMED: {"confirmed_on": local_day(at)},
    }
    if said.answer in own:
        care(session, inquiry.municipality_id, inquiry.host_id, own[said.answer])
