"""Pages of names: write one down, and find somebody by theirs."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from catalogue import repository as catalogue
from service.accounts.access import PeopleReader, PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours, say
from service.persons import actions
from service.persons.name import MOST_OTHERS, Name
from service.persons.names import actions as naming
from service.web.filled import LINE, Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import HIGHEST, Stale, newest

router = APIRouter(route_class=Once)

SECTION: Final = "people"
EMPTY: Final = ours("名前、ふりがな、呼び名、記号、電話番号のどれかを書いてください")
TOO_MANY: Final = say(
    "{lines}行まで、1行は{signs}字までで書いてください", lines=MOST_OTHERS, signs=LINE
)
# What a line of the form may hold; the rest of a name has fields of its own.
PARTS: Final = ("called", "family", "given", "kana", "telephone")
LABELS: Final = ours(
    {
        "called": "呼び名",
        "family": "姓",
        "given": "名",
        "kana": "ふりがな",
        "others": "旧姓やほかの書きかた",
        "address": "住所",
        "telephone": "電話",
    }
)


@router.post("/people/search")
def search(
    request: Request, form: SignedForm, session: SessionDep, staff: PeopleReader, at: Moment
) -> HTMLResponse:
    """Show who was found; a form and no address, because names have no place in addresses."""
    filled = Filled(form)
    asked = filled.text("text", longest=100)
    if not asked:
        filled.mistakes.setdefault("text", EMPTY)
    found = [] if filled.mistakes else naming.search(session, staff, asked, at=at)
    areas = catalogue.areas(session, staff.municipality_id, limit=500)
    return render(
        request,
        "persons/found.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section=SECTION,
        asked=asked,
        found=found,
        most=naming.MOST_FOUND,
        areas={area.id: area.name for area in areas},
        values=filled.form,
        errors=filled.mistakes,
    )


@router.get("/people/{person_id}/name")
def show_name(
    *, request: Request, person_id: UUID, session: SessionDep, staff: PeopleWriter, at: Moment
) -> HTMLResponse:
    kept = naming.name_of(session, staff, person_id, at=at)
    return _page(request, session, staff, person_id, values=_written(kept), at=at)


@router.post("/people/{person_id}/name")
def keep_name(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    at: Moment,
) -> Response:
    filled = Filled(form)
    name = _read(filled)
    seen = filled.number("version", highest=HIGHEST) or 0
    if filled.mistakes:
        return _page(request, session, staff, person_id, values=form, errors=filled.mistakes, at=at)
    try:
        naming.keep_name(session, staff, person_id, name, at=at, seen=seen)
    except Stale:
        kept = naming.name_of(session, staff, person_id, at=at)
        now, values = _written(kept), newest(form, kept.version)
        return _page(request, session, staff, person_id, values=values, now=now, at=at)
    return RedirectResponse(f"/people/{person_id}?saved=true", 303)


def _read(filled: Filled) -> Name:
    lines = filled.text("others", longest=MOST_OTHERS * LINE).splitlines()
    others = [line.strip() for line in lines if line.strip()]
    if len(others) > MOST_OTHERS or any(len(line) > LINE for line in others):
        filled.mistakes["others"] = TOO_MANY
        others = []
    said: dict[str, Any] = {part: filled.text(part, longest=64) for part in PARTS}
    return Name(**said, others=others, address=filled.text("address", longest=500))


def _written(kept: naming.Kept) -> FormData:
    said = kept.name.model_dump()
    return FormData(said | {"others": "\n".join(said["others"]), "version": str(kept.version)})


def _page(
    request: Request,
    session: SessionDep,
    staff: Staff,
    person_id: UUID,
    *,
    values: FormData,
    at: Moment,
    errors: dict[str, str] | None = None,
    now: FormData | None = None,
) -> HTMLResponse:
    person = actions.person_for(
        session, staff, person_id, act=Act.READ, resource=naming.NAME, at=at
    )
    return render(
        request,
        "persons/name.html",
        status=409 if now else 422 if errors else 200,
        staff=staff,
        section=SECTION,
        person=person,
        now=[(word, now.get(part)) for part, word in LABELS.items()] if now else [],
        values=values,
        errors=errors or {},
    )
