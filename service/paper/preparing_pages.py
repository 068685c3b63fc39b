"""What a sheet still lacks, and the form for the way there and the host's word on being shown."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from catalogue.tables import Activity
from catalogue.terms import ActivityTerms
from catalogue.terms.activity import LANDMARKS
from service.accounts.access import CatalogueWriter
from service.accounts.actions import Staff
from service.clock import Today
from service.database import SessionDep
from service.hosts.actions import amend_activity, entry
from service.paper import actions
from service.paper.actions import Printed
from service.paper.pages import SECTION
from service.paper.sheet import BODY
from service.paper.words import NOT_PUBLISHED, OVERTAKEN, PUBLISHED, PUBLISHED_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import HIGHEST, Stale, newest

router = APIRouter(route_class=Once)

NAMES: Final = tuple(f"landmark-{number}" for number in range(1, LANDMARKS + 1))
SAID: Final[dict[str, bool]] = {PUBLISHED: False, NOT_PUBLISHED: True}


@router.get("/activities/{activity_id}/sheet")
def prepare_sheet(
    request: Request, activity_id: UUID, session: SessionDep, staff: CatalogueWriter, today: Today
) -> HTMLResponse:
    (found,) = actions.printed(session, staff, [activity_id], today=today)
    return _page(request, staff, found, Filled(_known(found.activity)))


@router.post("/activities/{activity_id}/sheet", response_model=None)
def keep_way(
    *,
    request: Request,
    activity_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    today: Today,
) -> Response:
    activity = entry(session, staff, Activity, activity_id)
    filled, status = Filled(form), 422
    terms = _read(filled)
    seen = filled.number("version", highest=HIGHEST) or 0
    if not filled.mistakes:
        try:
            amend_activity(session, staff, activity.id, {}, terms=terms, schedule=None, seen=seen)
            return RedirectResponse(f"/activities/{activity_id}/sheet", 303)
        except Stale as stale:
            typed = newest(form, stale.facts["version"])
            filled, status = Filled(typed, {NAMES[0]: OVERTAKEN}), 409
    (found,) = actions.printed(session, staff, [activity_id], today=today)
    return _page(request, staff, found, filled, status=status)


def _read(filled: Filled) -> ActivityTerms:
    """Return what was said of the way and of being shown, and nothing else of the terms."""
    landmarks = [words for name in NAMES if (words := filled.text(name))]
    not_published = SAID.get(filled.text("published"))
    return ActivityTerms(landmarks=landmarks, not_published=not_published)


def _known(activity: Activity) -> FormData:
    terms = ActivityTerms.model_validate(activity.terms)
    published = next((word for word, no in SAID.items() if no is terms.not_published), "")
    way = dict(zip(NAMES, terms.landmarks, strict=False))
    return FormData({**way, "published": published, "version": str(activity.version)})


def _page(
    request: Request, staff: Staff, found: Printed, filled: Filled, *, status: int = 200
) -> HTMLResponse:
    context: dict[str, Any] = {
        "found": found,
        "longest": BODY,
        "landmarks": NAMES,
        "published": PUBLISHED_WORDS,
        "values": filled.form,
        "errors": filled.mistakes,
    }
    return render(
        request, "paper/prepare.html", status=status, staff=staff, section=SECTION, **context
    )
