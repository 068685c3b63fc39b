"""Pages about one's own sign-ins: where one is signed in, the password, proving who one is."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from catalogue.terms.values import Line
from service.accounts import factors, own, passkeys, proving, repository
from service.accounts.access import Oneself, PasswordChooser
from service.accounts.pages import HOME, LONGEST_PATH, Following, onward, own_path, secret_of
from service.accounts.passwords import SHORTEST, Unfit, UnfitPassword
from service.accounts.proving import AtOwnDoor
from service.accounts.schemas import LONGEST_CODE
from service.accounts.tables import Awaits
from service.clock import Moment
from service.database import SessionDep
from service.languages.ours import ours, say
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.pages import render

router = APIRouter()

OVERVIEW: Final = "/security"
WRONG_CODE: Final = ours("番号がちがうか、もう使われています。次の番号を入れてください")
WRONG: Final = ours("パスワードがちがいます。もう一度入れてください")
NOT_THE_SAME: Final = ours("二つが同じではありません。もう一度入れてください")
UNFIT_WORDS: Final[dict[Unfit, str]] = {
    Unfit.TOO_SHORT: say(
        "{shortest}字以上にしてください。短い文にすると覚えやすくなります", shortest=SHORTEST
    ),
    Unfit.TOO_LONG: ours("200字までにしてください"),
    Unfit.COMMON: ours("よく使われるか、すぐ当てられるものです。ほかのものにしてください"),
    Unfit.OWN_NAME: ours("利用者名とほとんど同じです。ほかのものにしてください"),
    Unfit.AS_BEFORE: ours("いまのパスワードと同じです。ほかのものにしてください"),
    Unfit.HIDDEN_SIGN: ours("目に見えない文字がまじっています。入れなおしてください"),
}

Done = Annotated[Line, Query(max_length=20)]


@router.get(OVERVIEW)
def show_security(
    request: Request, session: SessionDep, staff: Oneself, at: Moment, done: Done = ""
) -> HTMLResponse:
    """Show where the caller is signed in, and what guards the account."""
    signed_in = own.open_sign_ins(session, staff, at=at)
    settings = request.app.state.settings
    context: dict[str, Any] = {
        "staff": staff,
        "sign_ins": signed_in,
        "done": done,
        "reset_at": own.account_of(session, staff).factor_reset_at,
        "guard": factors.guard_of(session, staff.id),
        "second_factor": settings.second_factor,
        "passkeys": repository.passkeys_of(session, staff.id),
        "place": settings.origin,
    }
    return render(request, "accounts/security.html", **context)


@router.post(f"{OVERVIEW}/sign-ins/{{sign_in_id}}/end")
def end_sign_in(
    sign_in_id: UUID, _form: SignedForm, session: SessionDep, staff: Oneself, at: Moment
) -> RedirectResponse:
    own.end_sign_in(session, staff, sign_in_id, at=at)
    return RedirectResponse(f"{OVERVIEW}?done=ended", 303)


@router.post(f"{OVERVIEW}/passkeys/{{passkey_id}}/remove")
def remove_passkey(
    passkey_id: UUID, _form: SignedForm, session: SessionDep, staff: Oneself, at: Moment
) -> RedirectResponse:
    passkeys.remove(session, staff, passkey_id, at=at)
    return RedirectResponse(f"{OVERVIEW}?done=passkey-removed", 303)


@router.get(f"{OVERVIEW}/password")
def show_password(
    request: Request, staff: PasswordChooser, following: Following = OVERVIEW
) -> HTMLResponse:
    given = staff.awaits is Awaits.OWN_PASSWORD
    return _password_page(request, {}, given=given, following=own_path(following))


@router.post(f"{OVERVIEW}/password")
def change_password(request: Request, form: SignedForm, door: AtOwnDoor) -> Response:
    filled = Filled(form)
    following = own_path(filled.text("next", longest=LONGEST_PATH))
    errors: dict[str, str] = {}
    new = secret_of(form, "new")
    if new != secret_of(form, "again"):
        errors["again"] = NOT_THE_SAME
    else:
        try:
            entered = proving.change_password(door, secret_of(form, "old"), new)
            return onward(entered, following, door.settings)
        except own.WrongProof:
            errors["old"] = WRONG
        except UnfitPassword as unfit:
            errors["new"] = UNFIT_WORDS[unfit.reason]
    given = filled.text("given") == "yes"
    return _password_page(request, errors, given=given, following=following)


def _password_page(
    request: Request, errors: dict[str, str], *, given: bool, following: str
) -> HTMLResponse:
    context = {"values": FormData(), "errors": errors, "given": given, "next": following}
    status = 422 if errors else 200
    return render(request, "accounts/password.html", status=status, **context)


@router.get("/step-up")
def show_step_up(
    request: Request, session: SessionDep, staff: Oneself, following: Following = HOME
) -> HTMLResponse:
    """Ask who has been signed in for a while to prove it once more."""
    offered = passkeys.are_there(session, staff, request.app.state.settings)
    path = own_path(following)
    return _step_up_page(request, {}, staff=staff, following=path, passkeys=offered)


@router.post("/step-up")
def step_up(request: Request, form: SignedForm, door: AtOwnDoor) -> Response:
    filled = Filled(form)
    following = own_path(filled.text("next", longest=LONGEST_PATH))
    code = filled.text("code", longest=LONGEST_CODE)
    try:
        proving.step_up(door, password=secret_of(form, "password"), code=code)
    except own.WrongProof:
        field, words = ("code", WRONG_CODE) if code else ("password", WRONG)
        offered = passkeys.offered(door)
        return _step_up_page(request, {field: words}, following=following, passkeys=offered)
    return RedirectResponse(following, 303)


def _step_up_page(
    request: Request, errors: dict[str, str], *, following: str, **context: Any
) -> HTMLResponse:
    context |= {"values": FormData(), "errors": errors, "next": following}
    return render(request, "accounts/step_up.html", status=422 if errors else 200, **context)
