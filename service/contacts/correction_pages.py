"""The page on which a contact is corrected: what was written before stays readable."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts.access import PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment
from service.contacts import actions, repository
from service.contacts.pages import SECTION, STORY_WORDS, read_story
from service.contacts.subjects import Subject
from service.contacts.tables import Contact
from service.contacts.words import CHANNEL_WORDS, RESULT_WORDS
from service.database import SessionDep
from service.languages.ours import ours
from service.persons.actions import person_for
from service.web.dates import dated_words
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

PATH: Final = "/people/{person_id}/contacts/{contact_id}/correction"
FIELDS: Final = (
    "result", "what", "intention", "small_change", "channel", "direction", "occurred_on", "next_on",
)  # fmt: skip


@router.get(PATH)
def show_correction(
    *,
    request: Request,
    person_id: UUID,
    contact_id: UUID,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> HTMLResponse:
    contact = _contact(session, staff, person_id, contact_id, at=at)
    known = {name: str(getattr(contact, name) or "") for name in FIELDS}
    return _page(request, session, staff, contact, Filled(FormData(known)), at=at)


@router.post(PATH)
def correct_contact(
    *,
    request: Request,
    person_id: UUID,
    contact_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> Response:
    """Append the contact as it is known now; of two who correct at once the second sees both."""
    filled = Filled(form)
    contact = _contact(session, staff, person_id, contact_id, at=at)
    if now := repository.correction_of(session, staff, contact_id):
        return _page(request, session, staff, now, filled, at=at, conflict=True)
    story = read_story(filled, today=staff.on)
    if story is None:
        return _page(request, session, staff, contact, filled, at=at)
    about = Subject(
        person_id=contact.person_id, host_id=contact.host_id, placement_id=contact.placement_id
    )
    actions.record_contact(session, staff, about, story, at=at, corrects_id=contact.id)
    return RedirectResponse(f"/people/{person_id}?saved=true#flow", 303)


def _contact(
    session: Session, staff: Staff, person_id: UUID, contact_id: UUID, *, at: Moment
) -> Contact:
    contact = actions.read_contact(session, staff, contact_id, at=at)
    if contact.person_id != person_id:
        raise actions.NoSuchContact("no such contact of this person")
    return contact


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    contact: Contact,
    filled: Filled,
    *,
    at: Moment,
    conflict: bool = False,
) -> HTMLResponse:
    person = person_for(
        session,
        staff,
        contact.person_id or UUID(int=0),
        act=Act.READ,
        resource=actions.CONTACT,
        at=at,
    )
    return render(
        request,
        "contacts/correction.html",
        status=409 if conflict else 422 if filled.mistakes else 200,
        staff=staff,
        section=SECTION,
        person=person,
        contact=contact,
        now=_said(contact) if conflict else (),
        values=filled.form,
        errors=filled.mistakes,
        **STORY_WORDS,
    )


def _said(contact: Contact) -> tuple[tuple[str, str], ...]:
    """Say what stands there now, beside what was typed."""
    return (
        (ours("いつ"), dated_words(contact.occurred_on)),
        (ours("どうだったか"), RESULT_WORDS[contact.result]),
        (ours("どうやって"), CHANNEL_WORDS[contact.channel]),
        (ours("ひとこと"), contact.what),
        (ours("なぜしたか(意図)"), contact.intention),
        (ours("小さな変化"), contact.small_change),
    )
