"""A service on a throw-away database with many activities, and a route to hold against it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import structlog
import uvicorn
from fastapi import APIRouter, FastAPI
from sqlmodel import Session, select

import migrations
from catalogue.exchange.models import ActivityRow, CatalogueFile
from catalogue.intake import save_catalogue
from catalogue.repository import municipalities
from service import clock
from service.accounts.access import PeopleReader
from service.accounts.actions import sign_in
from service.accounts.rules import Role
from service.app import create_app
from service.audit.tables import Act
from service.clock import Moment
from service.database import SessionDep, open_engine, transaction
from service.demo.files import town
from service.demo.loading import load, password_of
from service.persons.actions import person_for
from service.persons.tables import Person
from service.settings import Settings
from service.suggestions.schemas import SuggestionIn, SuggestionsOut

STORED = "/benchmarks/stored"


@dataclass(frozen=True, slots=True)
class Served:
    """Where the service listens, as whom to call it, and people with a list of candidates."""

    address: str
    headers: dict[str, str]
    people: tuple[str, ...]
    app: FastAPI


def many(number: int) -> CatalogueFile:
    """Return the example town with its activities repeated, each a little further out."""
    file = town()
    rows = [_moved(file.activities[at % len(file.activities)], at) for at in range(number)]
    return file.model_copy(update={"activities": rows})


def _moved(row: ActivityRow, at: int) -> ActivityRow:
    lat, lon = (row.lat or 0.0) + at % 97 * 1e-4, (row.lon or 0.0) + at % 89 * 1e-4
    return row.model_copy(update={"id": f"{row.id}-{at}", "lat": lat, "lon": lon})


@contextmanager
def served(activities: int, *, url: str | None = None) -> Iterator[Served]:
    """Serve the example town with so many activities from a thread of this process."""
    with TemporaryDirectory(prefix="deban-bench-") as folder:
        settings = Settings(
            database_url=url or f"sqlite:///{Path(folder) / 'bench.db'}",
            secure_cookies=False,
            session_idle_minutes=600,
        )
        token, people = prepare(settings, activities)
        app = create_app(settings)
        structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
        app.include_router(_control(app))
        with _running(app) as address:
            yield Served(address, {"Authorization": f"Bearer {token}"}, people, app)


def prepare(settings: Settings, activities: int) -> tuple[str, tuple[str, ...]]:
    """Fill a database; return a token of its social worker and the people to ask about."""
    engine = open_engine(settings.database_url, connections=1)
    migrations.upgrade(engine)
    now = clock.moment()
    with transaction(engine) as session:
        load(session, now=now - timedelta(seconds=1), settings=settings)
        (tenant,) = municipalities(session)
        save_catalogue(session, tenant, many(activities))
        password = password_of(Role.CSW)
        token = sign_in(session, Role.CSW.value, password, at=now, settings=settings)
        people = _people(session)
    engine.dispose()
    return token, people


def _people(session: Session) -> tuple[str, ...]:
    rows = session.exec(select(Person).order_by(Person.code))
    return tuple(str(row.id) for row in rows if row.stage != "not_met" and not row.proposals_paused)


def _control(app: FastAPI) -> APIRouter:
    """A route like that of suggestions, but with an answer that is ready: no matching, no round."""
    router = APIRouter()
    app.state.stored = {}

    @router.post(STORED, status_code=201, response_model_exclude_unset=True)
    def stored(
        body: SuggestionIn, session: SessionDep, staff: PeopleReader, at: Moment
    ) -> SuggestionsOut:
        assert body.person_id is not None
        person_for(session, staff, body.person_id, act=Act.MATCH, resource="suggestion", at=at)
        found: SuggestionsOut = app.state.stored[body.person_id]
        return found

    return router


def keep(served: Served, person: str, answer: dict[str, object]) -> None:
    """Store an answer of the real route for the control to give again."""
    served.app.state.stored[UUID(person)] = SuggestionsOut.model_validate(answer)


@contextmanager
def _running(app: FastAPI) -> Iterator[str]:
    config = uvicorn.Config(app, port=0, access_log=False, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        app.state.engine.dispose()
