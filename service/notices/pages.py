"""The page of one's own notices: where to, what about, and the calendar."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.terms.values import Line
from service.accounts.access import Oneself
from service.accounts.actions import Staff
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.notices import actions, feeds
from service.notices.rules import is_fixed, offered
from service.outbox.rules import LONGEST_ADDRESS
from service.outbox.words import NOTICE_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.pages import address_of, render

router = APIRouter()

PLACE: Final = "/notices"
UNFIT: Final = ours("このアドレスには送れません。職場のメールアドレスを、半角で書いてください")
Done = Annotated[Line, Query(max_length=20)]


@router.get(PLACE)
def show_notices(
    request: Request, session: SessionDep, staff: Oneself, done: Done = ""
) -> HTMLResponse:
    return _page(request, session, staff, done=done)


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    *,
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
    done: str = "",
    address: str = "",
) -> HTMLResponse:
    chosen = actions.choices(session, staff)
    settings = request.app.state.settings
    context: dict[str, Any] = {
        "staff": staff,
        "section": "",
        "choices": chosen,
        "notices": NOTICE_WORDS,
        "feed": feeds.feed_of(session, staff),
        "has_mail": bool(settings.mail_host),
        "domains": settings.mail_domains,
        "hour": settings.digest_hour,
        "values": form or FormData({"address": chosen.mail or ""}),
        "errors": errors or {},
        "done": done,
        "address": address,
    }
    return render(request, "notices/notices.html", status=422 if errors else 200, **context)


@router.post(f"{PLACE}/mail")
def keep_address(
    request: Request, form: SignedForm, session: SessionDep, staff: Oneself, at: Moment
) -> Response:
    """Keep the address; an empty field means no mail."""
    filled = Filled(form)
    address = filled.text("address", longest=LONGEST_ADDRESS)
    if filled.mistakes:
        return _page(request, session, staff, form=form, errors=filled.mistakes)
    if not address:
        actions.drop_address(session, staff, at=at)
        return RedirectResponse(f"{PLACE}?done=no-mail", 303)
    try:
        settings = request.app.state.settings
        actions.keep_address(session, staff, address, at=at, settings=settings)
    except actions.UnfitAddress:
        return _page(request, session, staff, form=form, errors={"address": UNFIT})
    return RedirectResponse(f"{PLACE}?done=mail", 303)


@router.post(f"{PLACE}/switches")
def switch(form: SignedForm, session: SessionDep, staff: Oneself, at: Moment) -> RedirectResponse:
    """Take every box as it was left; what is fixed has none."""
    ticked = set(Filled(form).ticked("notice"))
    for notice in offered(staff.role):
        if not is_fixed(staff.role, notice):
            actions.switch(session, staff, notice, on=notice in ticked, at=at)
    return RedirectResponse(f"{PLACE}?done=switches", 303)


@router.post(f"{PLACE}/feed")
def make_feed(
    request: Request, _form: SignedForm, session: SessionDep, staff: Oneself, at: Moment
) -> HTMLResponse:
    """Make a feed and show its address; this page is the only place where it ever stands."""
    path = feeds.path_of(feeds.make_feed(session, staff, at=at))
    return _page(request, session, staff, address=address_of(request, path))


@router.post(f"{PLACE}/feed/end")
def end_feed(
    _form: SignedForm, session: SessionDep, staff: Oneself, at: Moment
) -> RedirectResponse:
    feeds.end_feed(session, staff, at=at)
    return RedirectResponse(f"{PLACE}?done=feed-ended", 303)
