"""Pages of people: the list, somebody new, and a new hearing."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError
from starlette.datastructures import FormData

from catalogue import repository as catalogue
from catalogue.profiles import SharedWith
from catalogue.tables import Area
from service.accounts.access import PeopleReader, PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment, Today
from service.database import SessionDep
from service.hosts.words import COMPANY_WORDS, LOADS
from service.languages.ours import ours
from service.persons import actions, forms, words
from service.persons.consent_forms import told_fields
from service.persons.names import actions as naming
from service.persons.picture import Picture
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

SECTION: Final = "people"
PAGE_LENGTH: Final = 50
UNREADABLE: Final = ours("読みとれないところがあります。書いたところを見なおしてください")
HEARING: Final[dict[str, Any]] = {
    "section": SECTION,
    "rows": forms.ROWS,
    "loads": LOADS,
    "days": words.DAY_WORDS,
    "modes": list(words.MODE_WORDS.items()),
    "flags": [(kind, words.LIMIT_WORDS[kind]) for kind in words.TICKED],
    "hazards": words.HAZARDS_ASKED,
    "company": list(COMPANY_WORDS.items()),
    "figures": [(each, words.LIMIT_WORDS[each.kind]) for each in words.FIGURES],
    "accompaniments": list(words.ACCOMPANIMENT_WORDS.items()),
}
NEW: Final = HEARING | {
    "ages": words.AGE_BANDS,
    "stages": list(words.STAGE_WORDS.items()),
    "shared": list(words.SHARED_WORDS.items()),
    "hows": words.CONSENT_HOWS,
    "told": list(words.TOLD_WORDS.items()),
}
BLANK: Final = {
    "stage": "at_home",
    "accompaniment": "first_three",
    "shared_with": "none",
    "from_1": "10:00",
    "to_1": "16:00",
}


@router.get("/people")
def show_people(
    *,
    request: Request,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    after: Annotated[UUID | None, Query()] = None,
) -> HTMLResponse:
    found = actions.list_people(session, staff, at=at, after=after, limit=PAGE_LENGTH)
    areas = catalogue.areas(session, staff.municipality_id, limit=500)
    return render(
        request,
        "persons/people.html",
        staff=staff,
        section=SECTION,
        people=found,
        called=naming.called(session, [person.id for person in found]),
        areas={area.id: area.name for area in areas},
        stages=words.STAGE_WORDS,
        following=found[-1].id if len(found) == PAGE_LENGTH else None,
    )


@router.get("/people/new")
def show_new(request: Request, session: SessionDep, staff: PeopleWriter) -> HTMLResponse:
    own = (
        catalogue.get(session, Area, staff.municipality_id, staff.area_id)
        if staff.area_id
        else None
    )
    return _new_page(
        request, session, staff, Filled(FormData(BLANK | {"area": own.ref if own else ""}))
    )


@router.post("/people/new")
def register(
    *,
    request: Request,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
) -> Response:
    filled = Filled(form)
    area = catalogue.by_ref(session, Area, staff.municipality_id, filled.text("area"))
    if area is None:
        filled.mistakes["area"] = ours("圏域を選んでください")
    stage = filled.needed("stage", words.STAGE_WORDS, sentence=ours("いまの段階を選んでください"))
    consent = _consent(filled) | {"given_on": today}
    picture = read_hearing(filled)
    if filled.mistakes or area is None or stage is None or picture is None:
        return _new_page(request, session, staff, filled)
    person = actions.register(
        session,
        staff,
        area=area,
        at=at,
        picture=picture,
        consent=consent if consent["shared_with"] is not SharedWith.NONE else None,
        stage=stage,
        age_band=filled.text("age_band", longest=32),
    )
    ending = {"person": "", "hearing": "/hearing"}.get(filled.text("then"), "/candidates")
    return RedirectResponse(f"/people/{person.id}{ending}", 303)


def _consent(filled: Filled) -> dict[str, Any]:
    shared = filled.choice("shared_with", words.SHARED_WORDS) or SharedWith.NONE
    how = filled.text("consent_how")
    if shared is not SharedWith.NONE and not how:
        filled.mistakes["consent_how"] = ours("同意をどのように聞いたかを選んでください")
    return {
        "shared_with": shared,
        "scope": filled.text("consent_scope", longest=1000),
        "how": how,
        "fields": told_fields(filled),
    }


def read_hearing(filled: Filled, before: dict[str, Any] | None = None) -> Picture | None:
    """Return the picture that was heard, or None with the mistakes named."""
    document = forms.read_picture(filled, before)
    if filled.mistakes:
        return None
    try:
        return Picture.model_validate(document)
    except ValidationError:
        filled.mistakes["own_words"] = UNREADABLE
        return None


def _new_page(request: Request, session: SessionDep, staff: Staff, filled: Filled) -> HTMLResponse:
    areas = catalogue.areas(session, staff.municipality_id, limit=500)
    named = sorted((area.name, area.ref) for area in areas)
    context = NEW | {
        "staff": staff,
        "areas": [("", ours("選んでください")), *((ref, name) for name, ref in named)],
        "values": filled.form,
        "errors": filled.mistakes,
    }
    return render(request, "persons/new.html", status=422 if filled.mistakes else 200, **context)


@router.get("/people/{person_id}/assessments/new")
def show_hearing(
    *, request: Request, person_id: UUID, session: SessionDep, staff: PeopleWriter, at: Moment
) -> HTMLResponse:
    before = _latest(session, staff, person_id, at=at)
    return _hearing_page(request, session, staff, person_id, Filled(forms.written(before)), at=at)


@router.post("/people/{person_id}/assessments/new")
def assess(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> Response:
    filled = Filled(form)
    picture = read_hearing(filled, _latest(session, staff, person_id, at=at))
    if picture is None:
        return _hearing_page(request, session, staff, person_id, filled, at=at)
    actions.assess(session, staff, person_id, picture, at=at)
    return RedirectResponse(f"/people/{person_id}/candidates", 303)


def _latest(session: SessionDep, staff: Staff, person_id: UUID, *, at: Moment) -> dict[str, Any]:
    found = actions.assessments_of(session, staff, person_id, at=at)
    return found[0].picture if found else {}


def _hearing_page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    person_id: UUID,
    filled: Filled,
    *,
    at: Moment,
) -> HTMLResponse:
    person = actions.person_for(
        session, staff, person_id, act=Act.READ, resource=actions.ASSESSMENT, at=at
    )
    before = actions.latest_assessment(session, person.id)
    unasked = forms.unasked_kinds(before.picture if before else {})
    context = HEARING | {
        "staff": staff,
        "person": person,
        "kept": [words.LIMIT_WORDS[kind] for kind in unasked],
        "values": filled.form,
        "errors": filled.mistakes,
    }
    return render(request, "persons/assess.html", status=422 if filled.mistakes else 200, **context)
