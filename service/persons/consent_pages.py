"""Pages of what a person agreed to, and of pausing proposals for a while."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from service.accounts.access import PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment, Today
from service.database import SessionDep
from service.languages.ours import ours
from service.persons import actions, repository, words
from service.persons.consent_forms import hosts_named, read_consent
from service.persons.rules import wider
from service.persons.tables import Consent
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

WIDER: Final = ours("もとの同意より広くなります。広げるときは、新しい同意として聞いてください")
# Where a page calls a field by another name than the API.
BOXES: Final = {"host_id": "host"}
HOWS: Final = [pair for pair in words.CONSENT_HOWS if pair[0]]


@router.get("/people/{person_id}/consents/new")
def show_consent(
    *,
    request: Request,
    person_id: UUID,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> HTMLResponse:
    blank = FormData({"given_on": today.isoformat(), "consent_how": "口頭"})
    return _page(request, session, staff, person_id, Filled(blank), at=at)


@router.post("/people/{person_id}/consents/new")
def keep_consent(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> Response:
    filled = Filled(form)
    given = read_consent(filled, hosts_named(session, staff), today=today)
    if filled.mistakes:
        return _page(request, session, staff, person_id, filled, at=at)
    actions.keep_consent(session, staff, person_id, given, at=at)
    return RedirectResponse(f"/people/{person_id}", 303)


@router.get("/people/{person_id}/consents/{consent_id}/narrowing")
def show_narrowing(
    *,
    request: Request,
    person_id: UUID,
    consent_id: UUID,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> HTMLResponse:
    old = actions.consent_for(session, staff, person_id, consent_id, act=Act.READ, at=at)
    written = {
        "shared_with": old.shared_with.value,
        "host": str(old.host_id or ""),
        "body": old.body,
        "until": old.until.isoformat() if old.until else "",
        "given_on": today.isoformat(),
        "consent_how": "口頭",
    }
    fields = [("fields", field) for field in old.fields]
    filled = Filled(FormData([*written.items(), *fields]))
    return _page(request, session, staff, person_id, filled, at=at, narrowed=old)


@router.post("/people/{person_id}/consents/{consent_id}/narrowing")
def narrow_consent(
    *,
    request: Request,
    person_id: UUID,
    consent_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> Response:
    """Replace a consent by a narrower one; what would go beyond it is said at its field."""
    old = actions.consent_for(session, staff, person_id, consent_id, act=Act.WRITE, at=at)
    filled = Filled(form)
    given = read_consent(filled, hosts_named(session, staff), today=today)
    if not filled.mistakes:
        for name in wider(actions.extent_of(old), actions.extent(given)):
            filled.mistakes[BOXES.get(name, name)] = WIDER
    if filled.mistakes:
        return _page(request, session, staff, person_id, filled, at=at, narrowed=old)
    actions.narrow_consent(session, staff, person_id, consent_id, given, at=at)
    return RedirectResponse(f"/people/{person_id}", 303)


def _page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    person_id: UUID,
    filled: Filled,
    *,
    at: Moment,
    narrowed: Consent | None = None,
) -> HTMLResponse:
    person = actions.person_for(
        session, staff, person_id, act=Act.READ, resource=actions.CONSENT, at=at
    )
    return render(
        request,
        "persons/consent.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section="people",
        person=person,
        values=filled.form,
        errors=filled.mistakes,
        shared=list(words.SHARED_WORDS.items()),
        told=list(words.TOLD_WORDS.items()),
        hows=HOWS,
        hosts=[("", ours("すべての受け入れ先")), *hosts_named(session, staff)],
        narrowed=narrowed,
    )


@router.post("/people/{person_id}/consents/{consent_id}/withdrawal")
def withdraw_consent(
    *,
    person_id: UUID,
    consent_id: UUID,
    _form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> RedirectResponse:
    actions.withdraw_consent(session, staff, person_id, consent_id, at=at)
    # Who saw them by this consent alone is led to those whom they still see.
    still = repository.person_of(session, staff, person_id) is not None
    return RedirectResponse(f"/people/{person_id}" if still else "/people", 303)


@router.post("/people/{person_id}/pause")
def pause(
    person_id: UUID, form: SignedForm, session: SessionDep, staff: PeopleWriter, at: Moment
) -> RedirectResponse:
    """Stop proposals with a reason, or let them go on when none is given."""
    reason = Filled(form).text("reason", longest=500) or None
    actions.amend(session, staff, person_id, {"proposals_paused": reason}, at=at)
    return RedirectResponse(f"/people/{person_id}", 303)


@router.post("/people/{person_id}/stage")
def change_stage(
    person_id: UUID, form: SignedForm, session: SessionDep, staff: PeopleWriter, at: Moment
) -> RedirectResponse:
    stage = Filled(form).choice("stage", words.STAGE_WORDS)
    if stage is not None:
        actions.amend(session, staff, person_id, {"stage": stage}, at=at)
    return RedirectResponse(f"/people/{person_id}", 303)
