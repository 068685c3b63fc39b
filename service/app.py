"""Put the service together; the only map from Refusal to HTTP."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from matching.roads import Roads
from service import clock
from service.accounts.machine_access import metrics_machine
from service.closings.words import closing_lines
from service.contacts.stepping import next_step
from service.database import open_engine
from service.drafts.shelf import Drafts
from service.encryption.keychain import key_file
from service.encryption.rules import Ring
from service.outbox.counting import gauges
from service.placements.actions import histories, history
from service.placements.entering import entered
from service.refusals import Kind, Refusal
from service.repeats.actions import Answers
from service.replies.applying import apply_waiting
from service.settings import Metrics, Settings, Side
from service.sides import HOST_PATHS, SIDES
from service.suggestions.embedding import read_embedding
from service.suggestions.engine import Indexes
from service.web import docs, gallery, probes
from service.web.answers import LastResort, failure, log_failure, places
from service.web.assets import STATIC, Assets
from service.web.bodies import BodyLimit
from service.web.headers import SecurityHeaders
from service.web.links import linked
from service.web.logs import RequestLog, set_up_logs
from service.web.once import with_keys
from service.web.problems import STATUS

# The host side's key file may hold no more than it needs to show what was released.
HOST_RINGS: Final = frozenset({Ring.DISCLOSURE, Ring.AUDIT})

# PostgreSQL's words for a table and a column that are not there; SQLite's are operational errors.
NOT_MIGRATED: Final = frozenset({"42P01", "42703"})


class TooManyKeys(Refusal):
    """The host side was given keys of what it must never read."""

    kind = Kind.UNAVAILABLE


def create_app(
    settings: Settings | None = None,
    *,
    bind: Engine | Connection | None = None,
    now: Callable[[], datetime] = clock.moment,
) -> FastAPI:
    """Join settings, database and chapters. ``bind`` and ``now`` are for tests."""
    settings = settings or Settings()
    listed = "/openapi.json" if _is_listed(settings) else None
    app = FastAPI(
        title="Deban",
        version="0.1.0",
        docs_url=None,
        redoc_url=None,
        openapi_url=listed,
        # It would send the caller to whichever host the request itself names.
        redirect_slashes=False,
    )
    furnish(app, settings, bind=bind or _database(settings), now=now)
    _open_routes(app, settings)
    _answer_failures(app)
    _wrap(app, settings)
    return app


def furnish(
    app: FastAPI, settings: Settings, *, bind: Engine | Connection, now: Callable[[], datetime]
) -> None:
    """Give the chapters what they share: settings, database, clock, and what stands above them."""
    app.state.settings = settings
    app.state.engine = bind
    app.state.clock = now
    app.state.indexes = Indexes(
        roads=Roads(detour=settings.detour, hills=settings.hills),
        embed=read_embedding(settings.embeddings),
    )
    app.state.keeper = Answers(settings.keep_answers_hours)
    if settings.side is not Side.HOST:  # hosts keep nothing: their link itself is all they have
        app.state.shelf = Drafts(settings.retain_draft_days)
    app.state.history = history  # placements stand above suggestions, which learn from them
    app.state.histories = histories
    app.state.entered = entered
    app.state.next_step = next_step  # it asks visits and concerns, which stand above placements
    app.state.closing_lines = closing_lines  # as it asks follow-up and what hosts were shown
    app.state.host_paths = HOST_PATHS
    app.state.inbox = partial(apply_waiting, settings=settings)
    # The host side's login may not read them.
    app.state.gauges = () if settings.side is Side.HOST else (gauges,)


def _database(settings: Settings) -> Engine:
    keys = key_file(settings.key_file)
    rings = keys.rings()  # without them nothing could be read: better not to start at all
    if settings.side is Side.HOST and not rings.keys() <= HOST_RINGS:
        raise TooManyKeys("the host side's key file may hold the rings disclosure and audit only")
    return open_engine(settings.database_url, connections=settings.thread_pool, keys=keys)


def _is_listed(settings: Settings) -> bool:
    # Hosts follow links: nobody out there needs a list of routes.
    return settings.api_docs and settings.side is not Side.HOST


def _open_routes(app: FastAPI, settings: Settings) -> None:
    routers, pages = SIDES[settings.side]
    for router in routers:
        app.include_router(router)
    for router in (docs.router, *pages) if _is_listed(settings) else pages:
        app.include_router(router, include_in_schema=False)
    if settings.gallery:
        app.include_router(gallery.router)
    _open_metrics(app, settings)
    app.mount("/static", Assets(directory=STATIC))
    app.openapi = partial(_described, app)  # type: ignore[method-assign]  # FastAPI's own way


def _open_metrics(app: FastAPI, settings: Settings) -> None:
    """Serve /metrics to whom the setting says; the host side has no tokens to look up."""
    if settings.metrics is Metrics.OPEN:
        app.include_router(probes.counting, include_in_schema=False)
    elif settings.metrics is Metrics.TOKEN and settings.side is not Side.HOST:
        shown = [Depends(metrics_machine)]
        app.include_router(probes.counting, include_in_schema=False, dependencies=shown)


def _described(app: FastAPI) -> dict[str, Any]:
    """Describe the API once, with the links between its operations."""
    if app.openapi_schema is None:
        told = linked(FastAPI.openapi(app))
        app.openapi_schema = with_keys(told, iter_route_contexts(app.routes))
    return app.openapi_schema


def _wrap(app: FastAPI, settings: Settings) -> None:
    """Put the kit around the app; what is added last is the outermost."""
    set_up_logs()
    app.add_middleware(LastResort)
    app.add_middleware(BodyLimit, most=settings.body_limit_bytes)
    app.add_middleware(SecurityHeaders, https_only=settings.secure_cookies)
    app.add_middleware(RequestLog)


def _answer_failures(app: FastAPI) -> None:
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _not_served)
    app.add_exception_handler(DataError, _unstorable)
    app.add_exception_handler(ProgrammingError, _misfit)
    for broken in (OperationalError, InterfaceError, NoConnectionLeft):
        app.add_exception_handler(broken, _unavailable)


def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    name = type(refusal).__name__
    return failure(request, STATUS[refusal.kind], name, str(refusal), **refusal.facts)


def _malformed(request: Request, refused: Exception) -> Response:
    assert isinstance(refused, RequestValidationError)
    sentence = "the request is not as expected; errors says where"
    return failure(request, 422, "MalformedRequest", sentence, errors=places(refused))


def _not_served(request: Request, refused: Exception) -> Response:
    assert isinstance(refused, HTTPException)
    if refused.status_code == HTTPStatus.BAD_REQUEST:
        # FastAPI's word for bytes that are no text; to the caller one more malformed body.
        return failure(request, 422, "MalformedRequest", "the body cannot be read as JSON")
    answer = failure(request, refused.status_code, "NotServed", refused.detail)
    answer.headers.update(refused.headers or {})
    if refused.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        answer.headers["Allow"] = ", ".join(_served_methods(request))
    return answer


def _served_methods(request: Request) -> list[str]:
    """Return every method of a path; the router itself names those of its first match only."""
    return sorted(
        {
            method
            for route in iter_route_contexts(request.app.routes)
            if route.methods and compile_path(route.path or "")[0].match(request.url.path)
            for method in route.methods
        }
    )


def _unstorable(request: Request, _refused: Exception) -> Response:
    # PostgreSQL takes no NUL character in a text.
    sentence = "a text carries a character that cannot be kept"
    return failure(request, 422, "UnstorableText", sentence)


def _misfit(request: Request, broken: Exception) -> Response:
    """Tell tables that are not this program's, which somebody has to migrate, from a fault."""
    log_failure(broken)
    cause = getattr(broken, "orig", None)
    if getattr(cause, "sqlstate", None) in NOT_MIGRATED:
        return failure(request, 503, "NotReady", probes.NOT_READY)
    sentence = "something went wrong here; it has been written down"
    return failure(request, 500, "Unknown", sentence)


def _unavailable(request: Request, broken: Exception) -> Response:
    log_failure(broken)
    return failure(request, 503, "Unavailable", "the database does not answer; try again soon")
