"""What a failure looks like outside: problem+json for programs, a plain page for people."""

import traceback
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, urlsplit

import structlog
from fastapi import Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalogue.exchange.faults import path_text
from catalogue.exchange.misfits import EXPECTED
from service.web import keeping
from service.web.apologies import apology, seen_before
from service.web.parts import wants_part
from service.web.problems import problem

API: Final = "/api/"
UNKNOWN_NAME: Final = "(an unknown name)"
NAME_LENGTH: Final = 40
SEEN: Final = "HX-Current-URL"
# After which failures a form is kept.
KEPT_AT: Final = frozenset({401, 409, 422, 428})

# Beside the format's own words; whatever is in neither table is named by its kind alone, because
# the sentences of a validator may repeat what somebody wrote.
ALSO_EXPECTED: Final[Mapping[str, str]] = {
    "date_from_datetime_parsing": "a day as YYYY-MM-DD",
    "date_parsing": "a day as YYYY-MM-DD",
    "extra_forbidden": "only known fields",
    "float_parsing": "a number",
    "int_parsing": "a whole number",
    "json_invalid": "well-formed JSON",
    "missing": "this field",
    "string_unicode": "well-formed text",
    "uuid_parsing": "a UUID",
    "uuid_type": "a UUID",
}


def wants_page(request: Request) -> bool:
    """Say whether a person with a browser asks, not a program."""
    accepts = request.headers.get("accept", "")
    return ("text/html" in accepts or wants_part(request)) and not request.url.path.startswith(API)


def failure(request: Request, status: int, title: str, sentence: str, **facts: Any) -> Response:
    """Answer with what went wrong, in the form that the caller reads."""
    if wants_page(request):
        return _told(request, status, facts)
    return problem(status, title, sentence, **jsonable_encoder(facts))


def _told(request: Request, status: int, facts: Mapping[str, Any]) -> Response:
    """Lead somebody with a browser on; what they typed is kept, or handed back to them."""
    if facts.get("showing"):
        return RedirectResponse("/show", 303)
    kept = _is_kept(request, status, facts)
    if status == 401 and not wants_part(request):  # noqa: PLR2004 - the HTTP status itself
        return RedirectResponse(f"/sign-in?next={quote(_seen(request))}", 303)
    if facts.get("step_up"):
        return _led(request, f"/step-up?next={quote(_seen(request))}")
    if kept and facts.get("out_of_date"):
        return _led(request, _seen(request))
    return apology(request, status, facts, kept=_seen(request) if kept else "")


def _is_kept(request: Request, status: int, facts: Mapping[str, Any]) -> bool:
    """Keep the form that was sent where it can be shown again; say whether that was done."""
    goes_on = {"step_up", "out_of_date"} & {name for name, said in facts.items() if said}
    stands = wants_part(request) and status != 401  # noqa: PLR2004 - the HTTP status itself
    lost = bool(goes_on) or (status in KEPT_AT and not stands)
    return lost and request.method == "POST" and keeping.keep_sent(request)


def _led(request: Request, path: str) -> Response:
    if wants_part(request):
        return Response(status_code=403, headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)


def _seen(request: Request) -> str:
    """Return the page to go on from: this one, or the one whose form was sent."""
    if page := keeping.slip_of(request).page:
        return page
    if wants_part(request):
        seen = urlsplit(request.headers.get(SEEN, ""))
        return keeping.ours(seen.path, seen.query)
    if request.method == "GET":
        return keeping.page_of(request)
    return urlsplit(seen_before(request) or "/").path


def places(refused: RequestValidationError) -> list[dict[str, str]]:
    """Say where something was wrong and what was expected there; never what was written."""
    return [{"where": _where(error), "expected": _expected(error)} for error in refused.errors()]


def _where(error: Mapping[str, Any]) -> str:
    place: Sequence[str | int] = error["loc"]
    if error["type"] == "extra_forbidden" and not _is_plain(place[-1]):
        place = (*place[:-1], UNKNOWN_NAME)
    return path_text(place)


def _is_plain(name: str | int) -> bool:
    # A field's name is an identifier; anything else may be somebody's words in the wrong place.
    return isinstance(name, int) or (
        name.isascii() and name.isidentifier() and len(name) <= NAME_LENGTH
    )


def _expected(error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind == "value_error":
        # Our own checks word their message as what they expected, never with what they found.
        return str(error["ctx"]["error"]).removeprefix("expected ")
    words = ALSO_EXPECTED.get(kind) or EXPECTED.get(kind) or kind.replace("_", " ")
    return words.format_map(error.get("ctx", {}))


class LastResort:
    """Answer 500 to whatever nobody foresaw, and write down where it happened, not what it said."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as broken:
            if started or scope["type"] != "http":
                raise
            log_failure(broken)
            sentence = "something went wrong here; it has been written down"
            answer = failure(Request(scope), 500, "Unknown", sentence)
            await answer(scope, receive, send)


def log_failure(broken: Exception) -> None:
    """Write down an error's kind and place; its message may carry anybody's words."""
    frames = traceback.extract_tb(broken.__traceback__)[-5:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    structlog.get_logger().error("unforeseen", kind=type(broken).__name__, places=places)
