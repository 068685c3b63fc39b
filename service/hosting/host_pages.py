"""What a host writes through its link: one small screen after another, each saved by itself."""

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from service.clock import Moment, Today
from service.database import SessionDep
from service.hosting import actions
from service.hosting.comparing import rows
from service.hosting.fields import NAMES, form_of
from service.hosting.reading import read
from service.hosting.rules import WORD_TOP, Section, Settled, State, Unfinished
from service.hosting.screens import CHECK, SCREENS, context, first_open, following, section_of
from service.hosting.shown import Shown, opened_by
from service.hosting.words import SECTION_WORDS
from service.hosts.links import Held, NoSuchLink, path_of
from service.replies.access import HEADERS, HeldByPage, OwnPage, PageToken
from service.replies.host_routes import SENT, gone
from service.web.filled import Filled
from service.web.forms import PlainForm
from service.web.pages import render
from service.web.tokens import ForeignOrigin

pages = APIRouter()

Screen = Annotated[Section, Path()]
TELEPHONE: Final = 64
TO_WRITE: Final = frozenset({State.WRITING, State.ASKED_BACK})


def _page(request: Request, name: str, *, status: int = 200, **more: Any) -> HTMLResponse:
    page = render(request, name, status=status, **more)
    page.headers.update(HEADERS)
    return page


def _to(token: str, screen: str = "") -> RedirectResponse:
    path = path_of(token)
    answer = RedirectResponse(f"{path}/activity/{screen}" if screen else path, 303)
    answer.headers.update(HEADERS)
    return answer


def registration_page(
    request: Request, held: Held, session: Session, *, today: date
) -> HTMLResponse:
    """Show what a link opens first: how it stands, or the screen where the host stopped."""
    shown = opened_by(session, held, today=today)
    token = request.path_params["token"]
    if shown.registration.state not in TO_WRITE:
        more = context(shown, today=today)
        return _page(request, "hosting/sent.html", token=token, rows=rows(shown), **more)
    screen, filled = first_open(shown), Filled(form_of(shown.registration.said))
    if screen == CHECK:
        return _check(request, token, shown, filled, today=today)
    return _screen(request, token, shown, Section(screen), filled, today=today)


@pages.get("/h/{token}/activity/check")
def show_check(
    request: Request, token: PageToken, held: HeldByPage, session: SessionDep, today: Today
) -> HTMLResponse:
    """Show everything that was said, and ask how to reach the host."""
    try:
        shown = opened_by(session, held, today=today)
    except NoSuchLink:
        return gone(request)
    return _check(request, token, shown, Filled(form_of(shown.registration.said)), today=today)


def _check(
    request: Request, token: str, shown: Shown, filled: Filled, *, today: date, status: int = 200
) -> HTMLResponse:
    open_ones = shown.read.mistakes | shown.read.missing
    return _page(
        request,
        "hosting/check.html",
        status=status,
        token=token,
        rows=rows(shown),
        missing=[(name, said, section_of(name)) for name, said in open_ones.items()],
        values=filled.form,
        errors=filled.mistakes,
        number=len(SCREENS),
        screens=SCREENS,
        **context(shown, today=today),
    )


@pages.post("/h/{token}/activity/check", response_model=None)
def send_registration(
    *,
    request: Request,
    token: PageToken,
    _own: OwnPage,
    form: PlainForm,
    held: HeldByPage,
    session: SessionDep,
    today: Today,
    at: Moment,
) -> Response:
    """Lay it before the office."""
    filled = _sent(form)
    words = {
        "telephone": filled.text("telephone", longest=TELEPHONE),
        "remark": filled.text("remark", longest=WORD_TOP),
    }
    try:
        shown = opened_by(session, held, today=today)
        if filled.mistakes:
            return _check(request, token, shown, filled, today=today, status=422)
        actions.send(session, shown, words, at=at)
    except NoSuchLink:
        return gone(request)
    except Unfinished:
        return _check(request, token, shown, filled, today=today, status=422)
    except Settled:
        pass
    return _to(token)


@pages.get("/h/{token}/activity/{section}", response_model=None)
def show_screen(
    *,
    request: Request,
    token: PageToken,
    section: Screen,
    held: HeldByPage,
    session: SessionDep,
    today: Today,
) -> Response:
    """Show one screen with what was written there before."""
    try:
        shown = opened_by(session, held, today=today)
    except NoSuchLink:
        return gone(request)
    if shown.registration.state not in {*TO_WRITE, State.SENT}:
        return _to(token)
    filled = Filled(form_of(shown.registration.said))
    return _screen(request, token, shown, section, filled, today=today)


def _screen(
    request: Request, token: str, shown: Shown, section: Section, filled: Filled, *, today: date
) -> HTMLResponse:
    at = SCREENS.index(section)
    return _page(
        request,
        "hosting/screen.html",
        status=422 if filled.mistakes else 200,
        token=token,
        section=section,
        title=SECTION_WORDS[section],
        number=at + 1,
        screens=SCREENS,
        back=SCREENS[at - 1] if at else "",
        values=filled.form,
        errors=filled.mistakes,
        **context(shown, today=today),
    )


@pages.post("/h/{token}/activity/{section}", response_model=None)
def keep_screen(
    *,
    request: Request,
    token: PageToken,
    section: Screen,
    _own: OwnPage,
    form: PlainForm,
    held: HeldByPage,
    session: SessionDep,
    today: Today,
) -> Response:
    """Keep a screen as it was typed, also with mistakes in it; then say them or go on."""
    _sent(form)
    try:
        shown = opened_by(session, held, today=today)
        actions.write(session, shown.registration, section, form)
    except NoSuchLink:
        return gone(request)
    except Settled:
        return _to(token)
    said = read(form, today=today, base=shown.base)
    wrong = said.missing | said.mistakes
    own = {name: each for name, each in wrong.items() if name in NAMES[section]}
    if shown.stay:
        own.pop("pattern-0", None)
    if own:
        return _screen(request, token, shown, section, Filled(form, own), today=today)
    if form.get("then") == "preview":
        return _to(token, f"{section}#preview")
    return _to(token, following(opened_by(session, held, today=today), section))


def _sent(form: FormData) -> Filled:
    if form.get(SENT) != "yes":
        raise ForeignOrigin("this form is out of date; please load the page again")
    return Filled(form)
