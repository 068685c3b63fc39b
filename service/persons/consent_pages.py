"""Pages of what a person agreed to, and of pausing proposals for a while."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from service.accounts.access import PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment, Today
from service.database import SessionDep
from service.persons import actions, repository, words
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.pages import render

router = APIRouter()

UNKNOWN_FIELD: Final = (
    f"話してよいことは、次から選んでください: {'、'.join(words.TOLD_WORDS.values())}"
)
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
    given = _given(filled)
    if given["given_on"] is not None and given["given_on"] > today:
        filled.mistakes["given_on"] = "まだ来ていない日です"
    if filled.mistakes:
        return _page(request, session, staff, person_id, filled, at=at)
    actions.keep_consent(session, staff, person_id, given, at=at)
    return RedirectResponse(f"/people/{person_id}", 303)


def _given(filled: Filled) -> dict[str, Any]:
    sentence = "だれに話してよいかを選んでください"
    given_on, until = filled.day("given_on"), filled.day("until")
    if given_on and until and until < given_on:
        filled.mistakes["until"] = "聞いた日よりあとの日にしてください"
    return {
        "shared_with": filled.needed("shared_with", words.SHARED_WORDS, sentence=sentence),
        "scope": filled.text("consent_scope", longest=1000),
        "fields": told_fields(filled),
        "how": filled.text("consent_how"),
        "given_on": given_on,
        "until": until,
    }


def told_fields(filled: Filled) -> list[str]:
    """Return what may be told as ticked, in the table's order; a name of no field is a mistake."""
    ticked = filled.ticked("fields")
    if not set(ticked) <= words.TOLD_WORDS.keys():
        filled.mistakes["fields"] = UNKNOWN_FIELD
    return [field for field in words.TOLD_WORDS if field in ticked]


def _page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    person_id: UUID,
    filled: Filled,
    *,
    at: Moment,
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
