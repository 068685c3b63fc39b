"""Pages for staff: what a host is asked and answered, the paper for it, and how hosts fare."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import segno
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.tables import Activity
from service.accounts.access import PeopleReader, PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment, local_day
from service.contacts.words import CHANNEL_WORDS, Channel
from service.database import SessionDep
from service.hosts.actions import entry
from service.hosts.rules import LinkPurpose
from service.languages.ours import ours, say
from service.placements.access import Office
from service.refusals import Refusal
from service.replies import actions
from service.replies.forms import read_answer, read_wanted, refusal_words
from service.replies.questions import BANDS, DAYS, SENTENCES, Ask
from service.replies.rules import ANSWERS
from service.replies.words import (
    ANSWER_WORDS,
    ASKS,
    PURPOSE_WORDS,
    ROOM_WORDS,
    UPSHOT_WORDS,
)
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import address_of, render

router = APIRouter(route_class=Once)


@router.get("/activities/{activity_id}/inquiries/new")
def show_question(
    request: Request, activity_id: UUID, session: SessionDep, staff: PeopleWriter
) -> HTMLResponse:
    """Show the form of a name-free question about an activity."""
    return _question(request, session, staff, activity_id, Filled(FormData()))


def _question(
    request: Request, session: Session, staff: Staff, activity_id: UUID, filled: Filled
) -> HTMLResponse:
    plain = [ask for ask in Ask if ask not in {Ask.SHORTER, Ask.FEWER_PEOPLE, Ask.OTHER_SLOT}]
    context: dict[str, Any] = {
        "section": "activities",
        "activity": entry(session, staff, Activity, activity_id),
        "plain": [(ask, SENTENCES[ask]) for ask in plain],
        "days": [
            ("", ours("きかない")),
            *((key, say("{day}曜日", day=day)) for key, day in DAYS.items()),
        ],
        "bands": list(BANDS.items()),
        "values": filled.form,
        "errors": filled.mistakes,
    }
    status = 422 if filled.mistakes else 200
    return render(request, "replies/question.html", status=status, staff=staff, **context)


@router.post("/inquiries")
def ask(
    *, request: Request, form: SignedForm, session: SessionDep, staff: PeopleWriter, at: Moment
) -> Response:
    """Put a question together from a form, to be looked at before it goes to the host."""
    filled = Filled(form)
    wanted = read_wanted(filled)
    about = wanted.activity_id if wanted.purpose is LinkPurpose.QUESTION else None
    if filled.mistakes and about is not None:  # what cannot be read is not left out unsaid
        return _question(request, session, staff, about, filled)
    try:
        with session.begin_nested():
            made = actions.ask(session, staff, wanted, at=at)
    except (actions.Incomplete, actions.UnfitQuestion) as refused:
        if about is None:
            raise
        filled.mistakes["own_line"] = refusal_words(refused)
        return _question(request, session, staff, about, filled)
    return RedirectResponse(f"/inquiries/{made.id}", 303)


@router.get("/inquiries/{inquiry_id}")
def show_inquiry(
    request: Request, inquiry_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> HTMLResponse:
    return _page(request, session, staff, inquiry_id, Filled(FormData()), at=at)


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    inquiry_id: UUID,
    filled: Filled,
    *,
    at: datetime,
) -> HTMLResponse:
    asked = actions.inquiry_for(session, staff, inquiry_id, act=Act.READ, at=at)
    inquiry = asked.inquiry
    links = actions.links_of(session, staff, inquiry_id, at=at)
    context: dict[str, Any] = {
        "section": "people" if inquiry.person_id else "activities",
        "inquiry": inquiry,
        "reply": asked.reply,
        "title": PURPOSE_WORDS[inquiry.purpose],
        "sentence": ASKS[inquiry.purpose],
        "answers": [(each, ANSWER_WORDS[each]) for each in ANSWERS[inquiry.purpose]],
        "words": ANSWER_WORDS,
        "upshots": UPSHOT_WORDS,
        "channels": list(CHANNEL_WORDS.items()),
        "links": [
            (each, _last_day(each.expires_at))
            for each in links
            if each.revoked_at is None and each.expires_at > at
        ],
        "values": filled.form,
        "errors": filled.mistakes,
    }
    status = 422 if filled.mistakes else 200
    return render(request, "replies/inquiry.html", status=status, staff=staff, **context)


def _last_day(expires_at: datetime) -> date:
    """Return the last day on which a link opens: it closes as the next begins."""
    return local_day(expires_at - timedelta(seconds=1))


@router.post("/inquiries/{inquiry_id}/links")
def make_link(
    *,
    request: Request,
    inquiry_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    office: Office,
    at: Moment,
) -> HTMLResponse:
    """Make a link and the paper for it; this page is the only place where it ever stands."""
    try:
        made = actions.make_link(session, staff, inquiry_id, days=office.answer_days, at=at)
    except actions.NothingToAsk as refused:
        filled = Filled(form, {"link": refusal_words(refused)})
        return _page(request, session, staff, inquiry_id, filled, at=at)
    inquiry = actions.inquiry_for(session, staff, inquiry_id, act=Act.READ, at=at).inquiry
    address = address_of(request, made.path, for_hosts=True)
    return render(
        request,
        "replies/paper.html",
        staff=staff,
        section="activities",
        inquiry=inquiry,
        title=PURPOSE_WORDS[inquiry.purpose],
        sentence=ASKS[inquiry.purpose],
        answers=[ANSWER_WORDS[a] + ROOM_WORDS.get(a, "") for a in ANSWERS[inquiry.purpose]],
        last=_last_day(made.link.expires_at),
        fax=office.office_fax,
        address=address,
        picture=segno.make(address, error="m").svg_data_uri(scale=5),
    )


@router.post("/inquiries/{inquiry_id}/reply")
def write_reply_down(
    *,
    request: Request,
    inquiry_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    office: Office,
    at: Moment,
) -> Response:
    """Write down what a host said by telephone or fax, on the same form that the host fills in."""
    filled = Filled(form)
    inquiry = actions.inquiry_for(session, staff, inquiry_id, act=Act.WRITE, at=at).inquiry
    channel = filled.choice("channel", CHANNEL_WORDS) or Channel.CALL
    said = read_answer(filled, inquiry.purpose, today=local_day(at))
    if said is not None:
        try:
            with session.begin_nested():
                actions.write_down(
                    session, staff, inquiry_id, said, channel=channel, at=at, settings=office
                )
        except Refusal as refused:
            filled.mistakes["answer"] = refusal_words(refused)
    if filled.mistakes:
        return _page(request, session, staff, inquiry_id, filled, at=at)
    return RedirectResponse(f"/inquiries/{inquiry_id}", 303)


@router.post("/inquiries/{inquiry_id}/offer")
def offer(
    *,
    request: Request,
    inquiry_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> Response:
    """Make of a yes a part of what the activity offers everybody."""
    try:
        with session.begin_nested():
            actions.offer(session, staff, inquiry_id, at=at)
    except actions.NothingToOffer as refused:
        filled = Filled(form, {"offer": refusal_words(refused)})
        return _page(request, session, staff, inquiry_id, filled, at=at)
    return RedirectResponse(f"/inquiries/{inquiry_id}", 303)
