"""Pages to sign in and out, and the statement on accessibility."""

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from catalogue.terms.values import Line
from service.accounts import actions, proving
from service.accounts.access import AnyScreen
from service.accounts.actions import Entered
from service.accounts.proving import AtDoor
from service.accounts.tables import Awaits
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.settings import Settings
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.pages import render
from service.web.tokens import drop_token, keep_token

router = APIRouter()

HOME: Final = "/"
LONGEST_PATH: Final = 500
WRONG: Final = ours("利用者名かパスワードがちがいます。もう一度入れてください")
# Where each kind of unfinished sign-in goes on.
STEPS: Final[dict[Awaits, str]] = {
    Awaits.NOTHING: "",
    Awaits.CODE: "/sign-in/code",
    Awaits.ENROLMENT: "/security/code",
    Awaits.OWN_PASSWORD: "/security/password",
}

Following = Annotated[Line, Query(alias="next", max_length=LONGEST_PATH)]


def own_path(said: str) -> str:
    """Return a path of ours; another site's address leads home instead."""
    plain = said.startswith("/") and not said.startswith(("//", "/\\")) and said.isprintable()
    return said if plain else HOME


def onward(entered: Entered, following: str, settings: Settings) -> RedirectResponse:
    """Lead to the next step of a sign-in, or to where it was to lead; keep its new token."""
    step = STEPS[entered.awaits]
    answer = RedirectResponse(f"{step}?next={quote(following)}" if step else following, 303)
    keep_token(answer, entered.token, settings)
    return answer


def secret_of(form: FormData, name: str) -> str:
    """Return a password as it was typed: spaces belong to it."""
    said = form.get(name)
    return said if isinstance(said, str) else ""


@router.get("/sign-in")
def show_sign_in(request: Request, following: Following = HOME) -> HTMLResponse:
    return sign_in_page(request, FormData(), {}, following=own_path(following))


@router.post("/sign-in")
def sign_in(request: Request, form: SignedForm, door: AtDoor) -> Response:
    filled = Filled(form)
    following = own_path(filled.text("next", longest=LONGEST_PATH))
    try:
        name, password = filled.text("username"), secret_of(form, "password")
        entered = proving.enter(door, name, password)
    except actions.NotSignedIn:
        return sign_in_page(request, form, {"username": WRONG}, following=following)
    return onward(entered, following, door.settings)


def sign_in_page(
    request: Request, form: FormData, errors: dict[str, str], *, following: str
) -> HTMLResponse:
    status, settings = 422 if errors else 200, request.app.state.settings
    provider = settings.oidc_name if settings.oidc_issuer else ""
    context = {"values": form, "errors": errors, "next": following, "provider": provider}
    return render(request, "accounts/sign_in.html", status=status, **context)


@router.post("/sign-out")
def sign_out(
    request: Request, _form: SignedForm, session: SessionDep, staff: AnyScreen, at: Moment
) -> RedirectResponse:
    """End every sign-in of the caller, on every device."""
    actions.sign_out(session, staff, at=at)
    answer = RedirectResponse("/sign-in", 303)
    drop_token(answer, request.app.state.settings)
    return answer


@router.get("/accessibility")
def show_accessibility(request: Request) -> HTMLResponse:
    return render(request, "accounts/accessibility.html")
