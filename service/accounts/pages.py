"""Pages to sign in and out, and the statement on accessibility."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from service.accounts import actions
from service.accounts.access import AnyStaff
from service.clock import Moment
from service.database import SessionDep
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.pages import render
from service.web.tokens import drop_token, keep_token

router = APIRouter()

HOME: Final = "/"
WRONG: Final = "利用者名かパスワードがちがいます。もう一度入れてください"


def own_path(said: str) -> str:
    """Return a path of ours; another site's address leads home instead."""
    plain = said.startswith("/") and not said.startswith(("//", "/\\")) and said.isprintable()
    return said if plain else HOME


@router.get("/sign-in")
def show_sign_in(
    request: Request, following: Annotated[str, Query(alias="next", max_length=500)] = HOME
) -> HTMLResponse:
    return _sign_in_page(request, FormData(), {}, following=own_path(following))


@router.post("/sign-in")
def sign_in(request: Request, form: SignedForm, session: SessionDep, at: Moment) -> Response:
    filled = Filled(form)
    settings = request.app.state.settings
    following = own_path(filled.text("next", longest=500))
    try:
        token = actions.sign_in(
            session, filled.text("username"), _password(form), at=at, settings=settings
        )
    except actions.NotSignedIn:
        return _sign_in_page(request, form, {"username": WRONG}, following=following)
    answer = RedirectResponse(following, 303)
    keep_token(answer, token, settings)
    return answer


def _password(form: FormData) -> str:
    # Spaces belong to a password, so it is taken as it was typed.
    said = form.get("password")
    return said if isinstance(said, str) else ""


def _sign_in_page(
    request: Request, form: FormData, errors: dict[str, str], *, following: str
) -> HTMLResponse:
    status = 422 if errors else 200
    context = {"values": form, "errors": errors, "next": following}
    return render(request, "accounts/sign_in.html", status=status, **context)


@router.post("/sign-out")
def sign_out(
    request: Request, _form: SignedForm, session: SessionDep, staff: AnyStaff, at: Moment
) -> RedirectResponse:
    """End every sign-in of the caller, on every device."""
    actions.sign_out(session, staff, at=at)
    answer = RedirectResponse("/sign-in", 303)
    drop_token(answer, request.app.state.settings)
    return answer


@router.get("/accessibility")
def show_accessibility(request: Request) -> HTMLResponse:
    return render(request, "accounts/accessibility.html")
