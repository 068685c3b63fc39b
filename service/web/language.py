"""In which language somebody reads: as they chose, else as their browser asks, else Japanese."""

from typing import Final, cast
from urllib.parse import urlsplit

from babel.core import negotiate_locale
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.routing import Match

from service.languages.kinds import LANGUAGES, Language
from service.web.filled import Filled
from service.web.forms import SignedForm

COOKIE: Final = "deban_language"
YEAR: Final = 366 * 24 * 3600

router = APIRouter()


def language_of(request: Request) -> Language:
    """Say in which language a page is to be shown."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return cast("Language", chosen)
    asked = [part.split(";")[0].strip() for part in _wanted(request)]
    return cast("Language", negotiate_locale(asked, list(LANGUAGES), sep="-") or "ja")


def _wanted(request: Request) -> list[str]:
    """Return what a browser asks for, the most wanted first."""
    parts = request.headers.get("accept-language", "").split(",")
    return sorted(parts, key=_weight, reverse=True)


def _weight(part: str) -> float:
    _, _, weight = part.partition(";q=")
    try:
        return float(weight or 1)
    except ValueError:
        return 0


@router.post("/language")
def choose(request: Request, form: SignedForm) -> RedirectResponse:
    """Keep the choice in this browser, and show again the page it was made on."""
    chosen = Filled(form).text("language")
    answer = RedirectResponse(_came_from(request), 303)
    if chosen in LANGUAGES:
        answer.set_cookie(
            COOKIE,
            chosen,
            max_age=YEAR,
            secure=request.app.state.settings.secure_cookies,
            httponly=True,
            samesite="lax",
            path="/",
        )
    return answer


def _came_from(request: Request) -> str:
    """Return the page of ours that can be asked for again; a form's answer cannot always be."""
    seen = urlsplit(request.headers.get("referer", ""))
    asked = {"type": "http", "method": "GET", "path": seen.path, "headers": []}
    ours = seen.netloc == request.headers.get("host") and any(
        route.matches(asked)[0] is Match.FULL for route in request.app.router.routes
    )
    return f"{seen.path}?{seen.query}" if ours and seen.query else seen.path if ours else "/"
