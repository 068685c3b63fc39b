"""Pages for staff: what hosts want to register, and the same form while one telephones."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import segno
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.repository import all_by_ref
from catalogue.tables import Activity, Host
from service.accounts.access import CatalogueWriter
from service.accounts.actions import Staff
from service.clock import Moment, local_day
from service.database import SessionDep
from service.hosting import actions, repository
from service.hosting.comparing import rows
from service.hosting.fields import form_of
from service.hosting.reading import read
from service.hosting.rules import OPEN, WORD_TOP, Move, Settled, Unfinished, WordMissing
from service.hosting.screens import CHOICES, context
from service.hosting.words import STATE_WORDS
from service.hosts.actions import PlacesTaken, entry
from service.hosts.times import day_said, next_days, said
from service.languages.ours import ours
from service.placements.access import Office
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import address_of, render
from service.web.versions import HIGHEST, Stale

router = APIRouter(route_class=Once)

SECTION: Final = "activities"
NO_HOST: Final = ours("受け入れ先を選んでください")
NO_WORD: Final = ours("受け入れ先に伝えることばを書いてください")
STALE: Final = ours("ほかの人が先に変えました。いまの内容を見て、もう一度押してください")
SETTLED: Final = ours("この登録は、もう決まっています")
UNFINISHED: Final = ours("まだ聞いていないことがあります。下の「直す」から書いてください")
TAKEN: Final = ours("約束のある人の数より少なくはできません")
Words = dict[str, str]


@router.get("/registrations")
def show_registrations(
    request: Request, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    """Show what came in, what we have begun, and which links wait for a host."""
    return render(
        request,
        "hosting/registrations.html",
        staff=staff,
        section=SECTION,
        found=repository.open_ones(session, staff),
        states=STATE_WORDS,
    )


@router.get("/registrations/new")
def ask_registration(
    *,
    request: Request,
    session: SessionDep,
    staff: CatalogueWriter,
    host: Annotated[UUID | None, Query()] = None,
) -> HTMLResponse:
    values = FormData({"host": str(host)} if host else {})
    return _form(request, session, staff, Filled(values))


def _form(
    request: Request,
    session: Session,
    staff: Staff,
    filled: Filled,
    *,
    registration: actions.Shown | None = None,
    **more: Any,
) -> HTMLResponse:
    """Show the whole form on one page, as one goes through it on the telephone."""
    every = all_by_ref(session, Host, staff.municipality_id).values()
    known: dict[str, Any] = {
        "hosts": [(str(each.id), each.name) for each in sorted(every, key=lambda h: h.name)],
        "shown": registration,
        "w": CHOICES,
        "said": said,
        "day_said": day_said,
        "days": (),
        "now": (),
        "values": filled.form,
        "errors": filled.mistakes,
    }
    status = 422 if filled.mistakes else 200
    page = known | more
    return render(request, "hosting/form.html", status=status, staff=staff, section=SECTION, **page)


def _previewed(
    request: Request, session: Session, staff: Staff, filled: Filled, **more: Any
) -> HTMLResponse | None:
    """Show the form again where something is to be put right, or the next days were asked for."""
    found = read(filled.form, today=staff.on)
    filled.mistakes.update(found.mistakes)
    if filled.mistakes or filled.form.get("then") == "preview":
        lines = [item for item in found.lines if item is not None]
        days = next_days(lines, today=staff.on)
        return _form(request, session, staff, filled, days=days, **more)
    return None


@router.post("/registrations/new")
def begin_registration(
    *,
    request: Request,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    at: Moment,
) -> Response:
    """Keep what was told on the telephone as a draft, which is looked at once more."""
    filled = Filled(form)
    host_id = filled.id("host")
    if host_id is None:
        filled.mistakes["host"] = NO_HOST
    again = _previewed(request, session, staff, filled)
    if again is not None or host_id is None:
        assert again is not None
        return again
    made = actions.begin(session, staff, host_id, at=at, form=form)
    return RedirectResponse(f"/registrations/{made.id}", 303)


@router.get("/registrations/{registration_id}")
def show_registration(
    request: Request, registration_id: UUID, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    return _page(request, session, staff, registration_id, {})


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    registration_id: UUID,
    mistakes: Words,
    *,
    values: FormData | None = None,
    status: int = 422,
) -> HTMLResponse:
    shown = actions.shown_to(session, staff, registration_id)
    told = shown.registration.said
    assert staff.at is not None  # whoever signed in came at a moment
    return render(
        request,
        "hosting/registration.html",
        status=status if mistakes else 200,
        staff=staff,
        section=SECTION,
        rows=rows(shown),
        states=STATE_WORDS,
        is_open=shown.registration.state in OPEN,
        missing=list((shown.read.mistakes | shown.read.missing).values()),
        telephone_said=next(iter(told.get("telephone", ())), ""),
        links=repository.open_links(session, registration_id, at=staff.at),
        remark=next(iter(told.get("remark", ())), ""),
        values=values or FormData(),
        errors=mistakes,
        **context(shown, today=staff.on),
    )


@router.get("/registrations/{registration_id}/edit")
def ask_changes(
    request: Request, registration_id: UUID, session: SessionDep, staff: CatalogueWriter
) -> HTMLResponse:
    shown = actions.shown_to(session, staff, registration_id)
    filled = Filled(form_of(shown.registration.said))
    return _form(request, session, staff, filled, registration=shown)


@router.post("/registrations/{registration_id}/edit")
def keep_changes(
    *,
    request: Request,
    registration_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
) -> Response:
    """Keep the form as it was put right; whoever was first is shown beside it."""
    filled = Filled(form)
    shown = actions.shown_to(session, staff, registration_id)
    again = _previewed(request, session, staff, filled, registration=shown)
    if again is not None:
        return again
    seen = filled.number("version", highest=HIGHEST) or 0
    try:
        with session.begin_nested():
            actions.write_all(session, staff, registration_id, form, seen=seen)
    except Stale:
        filled.mistakes["title"] = STALE
        now = [(row.name, row.then) for row in rows(shown)]
        return _form(request, session, staff, filled, registration=shown, now=now)
    except Settled:
        return _page(request, session, staff, registration_id, {"word": SETTLED}, status=409)
    return RedirectResponse(f"/registrations/{registration_id}", 303)


@router.post("/registrations/{registration_id}/acceptance")
def accept(
    *,
    request: Request,
    registration_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    at: Moment,
) -> Response:
    """Offer it from now on."""
    seen = Filled(form).number("version", highest=HIGHEST) or 0
    try:
        with session.begin_nested():
            activity = actions.accept(session, staff, registration_id, seen=seen, at=at)
    except (Stale, Settled, Unfinished, PlacesTaken) as refused:
        words = {Stale: STALE, Settled: SETTLED, Unfinished: UNFINISHED, PlacesTaken: TAKEN}
        mistakes = {"accept": words[type(refused)]}
        return _page(request, session, staff, registration_id, mistakes, status=409)
    return RedirectResponse(f"/activities/{activity.id}", 303)


def _answered(
    request: Request,
    session: Session,
    staff: Staff,
    registration_id: UUID,
    *,
    move: Move,
    filled: Filled,
    at: datetime,
) -> Response:
    word = filled.text("word", longest=WORD_TOP)
    seen = filled.number("version", highest=HIGHEST) or 0
    mistakes = dict(filled.mistakes)
    if not mistakes:
        try:
            with session.begin_nested():
                actions.answer_host(session, staff, registration_id, move, word, seen=seen, at=at)
        except (Stale, Settled, WordMissing) as refused:
            words = {Stale: STALE, Settled: SETTLED, WordMissing: NO_WORD}
            mistakes = {"word": words[type(refused)]}
    if mistakes:
        return _page(request, session, staff, registration_id, mistakes, values=filled.form)
    return RedirectResponse(f"/registrations/{registration_id}", 303)


@router.post("/registrations/{registration_id}/question")
def ask_back(
    *,
    request: Request,
    registration_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    at: Moment,
) -> Response:
    """Ask the host back with a word; its link then opens the form again."""
    filled = Filled(form)
    return _answered(
        request, session, staff, registration_id, move=Move.ASK_BACK, filled=filled, at=at
    )


@router.post("/registrations/{registration_id}/refusal")
def decline(
    *,
    request: Request,
    registration_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    at: Moment,
) -> Response:
    """Decline with a word that the host reads."""
    filled = Filled(form)
    return _answered(
        request, session, staff, registration_id, move=Move.DECLINE, filled=filled, at=at
    )


@router.post("/hosts/{host_id}/registrations")
def invite_host(
    *,
    request: Request,
    host_id: UUID,
    _form_sent: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    office: Office,
    at: Moment,
) -> Response:
    """Begin an empty registration for a host, and make the link and the paper for it."""
    made = actions.begin(session, staff, host_id, at=at, by_host=True)
    return _paper(request, session, staff, made.id, days=office.host_link_days, at=at)


@router.post("/activities/{activity_id}/registrations")
def invite_changes(
    *,
    request: Request,
    activity_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    office: Office,
    at: Moment,
) -> Response:
    """Begin changes to an activity: by a link for its host, or here on the telephone."""
    activity = entry(session, staff, Activity, activity_id)
    made = actions.begin(session, staff, activity.host_id, at=at, activity_id=activity_id)
    if form.get("then") == "link":
        return _paper(request, session, staff, made.id, days=office.host_link_days, at=at)
    return RedirectResponse(f"/registrations/{made.id}/edit", 303)


@router.post("/registrations/{registration_id}/links")
def make_link(
    *,
    request: Request,
    registration_id: UUID,
    _form_sent: SignedForm,
    session: SessionDep,
    staff: CatalogueWriter,
    office: Office,
    at: Moment,
) -> Response:
    """Make another link: the first one may be lost, or have run out."""
    return _paper(request, session, staff, registration_id, days=office.host_link_days, at=at)


def _paper(
    request: Request,
    session: Session,
    staff: Staff,
    registration_id: UUID,
    *,
    days: int,
    at: datetime,
) -> HTMLResponse:
    """Show a new link as a picture and in words; this page is the only place where it stands."""
    try:
        made = actions.invite(session, staff, registration_id, days=days, at=at)
    except Settled:
        return _page(request, session, staff, registration_id, {"word": SETTLED}, status=409)
    address = address_of(request, made.path, for_hosts=True)
    shown = actions.shown_to(session, staff, registration_id)
    return render(
        request,
        "hosting/invitation.html",
        staff=staff,
        section=SECTION,
        registration=shown.registration,
        host=shown.host,
        activity=shown.activity,
        last=local_day(made.link.expires_at).fromordinal(
            local_day(made.link.expires_at).toordinal() - 1
        ),
        address=address,
        picture=segno.make(address, error="m").svg_data_uri(scale=5),
    )
