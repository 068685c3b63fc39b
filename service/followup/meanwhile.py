"""A row that somebody else has answered meanwhile: who it was, and what was typed is kept."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final, NoReturn
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from service.accounts.actions import Staff
from service.contacts.actions import CONTACT, record_contact
from service.contacts.pages import STORY_WORDS
from service.contacts.repository import last_said
from service.contacts.rules import Story
from service.contacts.subjects import Subject, settle_subject
from service.followup.actions import NoSuchItem
from service.web.filled import Filled
from service.web.pages import render

# An answer of longer ago is not what took the row away under somebody's hands.
RECENT: Final = timedelta(days=1)
ABOUT: Final = ("person_id", "host_id", "placement_id")


def answered_meanwhile(
    request: Request,
    session: Session,
    staff: Staff,
    item_id: UUID,
    filled: Filled,
    *,
    story: Story | None,
    at: datetime,
) -> Response:
    """Say who was first and keep the form; sent once more, it is written down beside theirs."""
    named = {name: filled.id(f"about_{name}") for name in ABOUT}
    if not (named["person_id"] or named["host_id"]):
        _gone()
    subject = settle_subject(session, staff, Subject(**named), resource=CONTACT, at=at)
    if story is not None and filled.text("anyway") and not filled.mistakes:
        record_contact(session, staff, subject, story, at=at)
        return RedirectResponse("/?saved=true", 303)
    return render(
        request,
        "followup/meanwhile.html",
        status=409,
        staff=staff,
        **STORY_WORDS,
        section="today",
        first=last_said(session, staff, since=at - RECENT, **asdict(subject)),
        item_id=item_id,
        about={name: named[name] for name in ABOUT if named[name]},
        values=filled.form,
        errors=filled.mistakes if filled.text("anyway") else {},
    )


def _gone() -> NoReturn:
    raise NoSuchItem("no such follow-up in today's queue")
