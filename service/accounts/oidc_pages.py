"""The way over the provider's page and back; the button for it stands on the sign-in page."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from catalogue.terms.values import Line
from service.accounts import oidc
from service.accounts.pages import HOME, Following, onward, own_path, sign_in_page
from service.accounts.proving import AtDoor
from service.languages.ours import ours
from service.settings import Settings
from service.web.pages import address_of

router = APIRouter()

BACK: Final = "/sign-in/oidc/back"
LONGEST: Final = 4000
NOT_TAKEN: Final = ours("その方法ではサインインできませんでした。事務所の管理の人に聞いてください")

Said = Annotated[Line, Query(max_length=LONGEST)]


def _cookie(settings: Settings) -> str:
    return "__Host-deban-way" if settings.secure_cookies else "deban-way"


@router.get("/sign-in/oidc")
def set_out(request: Request, door: AtDoor, following: Following = HOME) -> Response:
    """Send the browser to the provider, with a cookie by which it is known when it comes back."""
    back = address_of(request, BACK)
    try:
        way = oidc.set_out(door, back, own_path(following))
    except oidc.NotByProvider:
        return _not_taken(request)
    answer = RedirectResponse(way.url, 303)
    answer.set_cookie(
        _cookie(door.settings),
        way.handle,
        max_age=int(oidc.LASTS.total_seconds()),
        secure=door.settings.secure_cookies,
        httponly=True,
        samesite="lax",
        path="/",
    )
    return answer


@router.get(BACK)
def come_back(request: Request, door: AtDoor, state: Said = "", code: Said = "") -> Response:
    """Take the provider's answer, once, from the browser that was sent there."""
    handle = request.cookies.get(_cookie(door.settings), "")
    back = address_of(request, BACK)
    try:
        entered, following = oidc.come_back(door, back, handle=handle, state=state, code=code)
    except oidc.NotByProvider:
        answer: Response = _not_taken(request)
    else:
        answer = onward(entered, following, door.settings)
    answer.delete_cookie(_cookie(door.settings), path="/", secure=door.settings.secure_cookies)
    return answer


def _not_taken(request: Request) -> Response:
    return sign_in_page(request, FormData(), {"username": NOT_TAKEN}, following=HOME)
