"""Put the service together; the only map from Refusal to HTTP."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from matching.roads import Roads
from service import clock
from service.accounts.account_pages import router as account_pages
from service.accounts.account_routes import router as account_routes
from service.accounts.factor_pages import router as factor_pages
from service.accounts.factor_routes import router as factor_routes
from service.accounts.machine_access import metrics_machine
from service.accounts.machine_pages import router as machine_pages
from service.accounts.machine_routes import router as machine_routes
from service.accounts.oidc_pages import router as oidc_pages
from service.accounts.pages import router as accounts_pages
from service.accounts.passkey_routes import router as passkey_routes
from service.accounts.routes import router as accounts_routes
from service.accounts.security_pages import router as security_pages
from service.audit.pages import router as audit_pages
from service.audit.routes import router as audit_routes
from service.closings.pages import router as closing_pages
from service.closings.routes import router as closing_routes
from service.closings.words import closing_lines
from service.companions.pages import router as companions_pages
from service.companions.routes import router as companions_routes
from service.conferences.moving_pages import router as moving_pages
from service.conferences.pages import router as conferences_pages
from service.conferences.record_pages import router as conference_record_pages
from service.conferences.routes import router as conferences_routes
from service.contacts.concern_pages import router as concern_pages
from service.contacts.concern_routes import router as concerns_routes
from service.contacts.pages import router as contacts_pages
from service.contacts.routes import router as contacts_routes
from service.contacts.step_routes import router as step_routes
from service.contacts.stepping import next_step
from service.database import open_engine
from service.disclosures.host_routes import pages as shown_pages
from service.disclosures.host_routes import router as shown_routes
from service.disclosures.pages import router as disclosures_pages
from service.disclosures.paper_pages import router as host_paper_pages
from service.disclosures.routes import router as disclosures_routes
from service.encryption.keychain import key_file
from service.encryption.rules import Ring
from service.followup.claim_routes import router as claim_routes
from service.followup.export_routes import router as followup_export
from service.followup.pages import router as followup_pages
from service.followup.routes import router as followup_routes
from service.followup.setting_pages import router as rhythm_pages
from service.followup.setting_routes import router as rhythm_routes
from service.hosts.pages import router as hosts_pages
from service.hosts.published_routes import router as published_routes
from service.hosts.routes import router as hosts_routes
from service.notices.feed_pages import router as feed_pages
from service.notices.pages import router as notices_pages
from service.notices.routes import router as notices_routes
from service.outbox.counting import gauges
from service.outbox.pages import router as outbox_pages
from service.outbox.routes import router as outbox_routes
from service.paper.pages import router as paper_pages
from service.persons.access_log_pages import router as access_log_pages
from service.persons.consent_pages import router as consent_pages
from service.persons.emergencies.notice_pages import router as notice_pages
from service.persons.emergencies.pages import router as emergency_pages
from service.persons.emergencies.routes import router as emergency_routes
from service.persons.names.pages import router as name_pages
from service.persons.pages import router as persons_pages
from service.persons.routes import router as persons_routes
from service.placements.actions import histories, history
from service.placements.agreeing import router as agreeing_pages
from service.placements.apart_pages import router as apart_pages
from service.placements.apart_routes import router as apart_routes
from service.placements.entering import entered
from service.placements.entering import router as entering_pages
from service.placements.handing_pages import all_at_once as handing_all_pages
from service.placements.handing_pages import router as handing_pages
from service.placements.handing_routes import all_at_once
from service.placements.handing_routes import router as handing_routes
from service.placements.pages import router as placements_pages
from service.placements.routes import router as placements_routes
from service.refusals import Kind, Refusal
from service.repeats.actions import Answers
from service.replies.applying import apply_waiting
from service.replies.health.pages import router as health_pages
from service.replies.health.routes import router as health_routes
from service.replies.host_routes import pages as answer_pages
from service.replies.host_routes import router as answer_routes
from service.replies.pages import router as replies_pages
from service.replies.routes import router as replies_routes
from service.reports.pages import router as reports_pages
from service.reports.routes import router as reports_routes
from service.retention.pages import router as retention_pages
from service.retention.person_pages import router as ends_pages
from service.retention.routes import router as retention_routes
from service.settings import Metrics, Settings, Side
from service.suggestions.assignment_routes import router as assignment_routes
from service.suggestions.candidate_routes import router as candidate_routes
from service.suggestions.choosing_pages import router as choosing_pages
from service.suggestions.embedding import read_embedding
from service.suggestions.engine import Indexes
from service.suggestions.pages import router as suggestions_pages
from service.suggestions.routes import router as suggestions_routes
from service.visits.month.pages import router as month_pages
from service.visits.pages import router as visits_pages
from service.visits.routes import router as visits_routes
from service.web import docs, language, probes
from service.web.answers import LastResort, failure, log_failure, places
from service.web.assets import STATIC, Assets
from service.web.bodies import BodyLimit
from service.web.headers import SecurityHeaders
from service.web.links import linked
from service.web.logs import RequestLog, set_up_logs
from service.web.once import with_keys
from service.web.problems import STATUS
from service.wishes.pages import router as wishes_pages
from service.wishes.routes import router as wishes_routes

ROUTERS: Final[tuple[APIRouter, ...]] = (
    accounts_routes,
    factor_routes,
    passkey_routes,
    account_routes,
    machine_routes,
    notices_routes,
    outbox_routes,
    audit_routes,
    hosts_routes,
    published_routes,
    persons_routes,
    emergency_routes,
    suggestions_routes,
    candidate_routes,
    assignment_routes,
    wishes_routes,
    companions_routes,
    placements_routes,
    handing_routes,
    all_at_once,
    apart_routes,
    visits_routes,
    contacts_routes,
    step_routes,
    concerns_routes,
    replies_routes,
    health_routes,
    followup_routes,
    followup_export,
    rhythm_routes,
    claim_routes,
    retention_routes,
    reports_routes,
    conferences_routes,
    disclosures_routes,
    closing_routes,
)
# What people and probes ask for; programs find the rest in openapi.json.
PAGES: Final[tuple[APIRouter, ...]] = (
    probes.router,
    language.router,
    accounts_pages,
    security_pages,
    factor_pages,
    oidc_pages,
    account_pages,
    machine_pages,
    notices_pages,
    feed_pages,
    outbox_pages,
    audit_pages,
    hosts_pages,
    paper_pages,
    persons_pages,
    access_log_pages,
    consent_pages,
    name_pages,
    notice_pages,
    emergency_pages,
    suggestions_pages,
    choosing_pages,
    entering_pages,
    wishes_pages,
    companions_pages,
    agreeing_pages,
    placements_pages,
    handing_pages,
    handing_all_pages,
    apart_pages,
    visits_pages,
    month_pages,
    contacts_pages,
    concern_pages,
    replies_pages,
    health_pages,
    rhythm_pages,  # before the queue's, whose paths begin alike
    followup_pages,
    conferences_pages,
    conference_record_pages,
    moving_pages,
    disclosures_pages,
    host_paper_pages,
    closing_pages,
    reports_pages,
    retention_pages,
    ends_pages,
)

# What hosts open by their links: all that the host side serves, beside the probes.
HOST_ROUTERS: Final[tuple[APIRouter, ...]] = (shown_routes, answer_routes)
HOST_PAGES: Final[tuple[APIRouter, ...]] = (shown_pages, answer_pages)
# The first word of their addresses: there a failure is told as to somebody without an account.
HOST_PATHS: Final = frozenset(
    str(route.path).split("/")[1]
    for router in HOST_PAGES
    for route in iter_route_contexts(router.routes)
)
SIDES: Final[dict[Side, tuple[tuple[APIRouter, ...], tuple[APIRouter, ...]]]] = {
    Side.ALL: ((*ROUTERS, *HOST_ROUTERS), (*PAGES, *HOST_PAGES)),
    Side.STAFF: (ROUTERS, PAGES),
    Side.HOST: (HOST_ROUTERS, (probes.router, language.router, *HOST_PAGES)),
}
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
