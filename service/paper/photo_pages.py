"""The photo of a place: the form that sends it, and the picture itself."""

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.tables import Activity
from service.accounts.access import CatalogueReader, CatalogueWriter
from service.accounts.actions import Staff
from service.clock import Moment
from service.database import SessionDep
from service.hosts.actions import NoSuchEntry, entry
from service.paper import photos, repository
from service.paper.drawing import UnfitPhoto
from service.paper.pages import SECTION
from service.paper.photo_forms import read_photo, read_told
from service.paper.tables import PlacePhoto
from service.paper.words import (
    NOT_PUBLISHED,
    OVERTAKEN,
    PUBLISHED,
    SHOWN_WORDS,
    SOMEBODY,
    SOMEBODY_WORDS,
    UNFIT_WORDS,
)
from service.web.filled import Filled
from service.web.forms import SignedForm, SignedUpload
from service.web.pages import render
from service.web.versions import HIGHEST, Stale, newest

# What is sent here replaces what is there, and says which version it saw: twice is as once.
router = APIRouter()

# Nothing in a picture may act, whatever a browser takes it for.
HEADERS: Final = {
    "Content-Disposition": 'inline; filename="photo.jpg"',
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@router.get("/activities/{activity_id}/photo")
def ask_photo(
    request: Request, activity_id: UUID, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    activity = entry(session, staff, Activity, activity_id)
    return _form(request, session, staff, activity, None)


@router.post("/activities/{activity_id}/photo", response_model=None)
def keep_photo(
    *,
    request: Request,
    activity_id: UUID,
    form: SignedUpload,
    session: SessionDep,
    staff: CatalogueWriter,
    at: Moment,
) -> Response:
    activity = entry(session, staff, Activity, activity_id)
    filled = Filled(form)
    told, sent = read_told(filled), read_photo(filled)
    seen = filled.number("version", highest=HIGHEST) or 0
    if told is None:
        return _form(request, session, staff, activity, filled, status=422)
    try:
        with session.begin_nested():
            photos.keep_photo(session, activity, told, sent=sent, seen=seen, at=at, by=staff.id)
    except UnfitPhoto as unfit:
        filled.mistakes["photo"] = UNFIT_WORDS[unfit.why]
        return _form(request, session, staff, activity, filled, status=422)
    except Stale as stale:
        filled = Filled(newest(form, stale.facts["version"]), {"photo": OVERTAKEN})
        return _form(request, session, staff, activity, filled, status=409)
    return RedirectResponse(f"/activities/{activity_id}/sheet", 303)


@router.post("/activities/{activity_id}/photo/removal", response_model=None)
def remove_photo(
    activity_id: UUID, _form: SignedForm, session: SessionDep, staff: CatalogueWriter
) -> Response:
    photos.take_away(session, staff, activity_id)
    return RedirectResponse(f"/activities/{activity_id}/sheet", 303)


@router.get("/activities/{activity_id}/photo.jpg", response_class=Response)
def show_photo(
    activity_id: UUID,
    session: SessionDep,
    staff: CatalogueReader,
    size: Annotated[Literal["large", "small"], Query()] = "large",
) -> Response:
    return picture(
        repository.picture(
            session, staff.municipality_id, activity_id, large=size == "large", public=False
        )
    )


def picture(drawn: bytes | None) -> Response:
    """Answer with a picture, or as if there were none."""
    if drawn is None:
        raise NoSuchEntry("there is no such photo")
    return Response(drawn, media_type="image/jpeg", headers=HEADERS)


def _form(
    request: Request,
    session: Session,
    staff: Staff,
    activity: Activity,
    filled: Filled | None,
    *,
    status: int = 200,
) -> HTMLResponse:
    kept = repository.parts_of(session, PlacePhoto, staff.municipality_id, [activity.id])
    photo = kept.get(activity.id)
    return render(
        request,
        "paper/photo.html",
        status=status,
        staff=staff,
        section=SECTION,
        activity=activity,
        photo=photo,
        version=photo.version if photo else 0,
        shown=[*SHOWN_WORDS.items(), (SOMEBODY, SOMEBODY_WORDS)],
        values=filled.form if filled else _known(photo),
        errors=filled.mistakes if filled else {},
    )


def _known(photo: PlacePhoto | None) -> FormData:
    """Return what is said of the photo that is there, as its form has it."""
    if photo is None:
        return FormData()
    published = PUBLISHED if photo.published else NOT_PUBLISHED
    return FormData(alternative=photo.alternative, shown=photo.shown, published=published)
