"""What machines ask: does the process live, is its database ready, how much has it done."""

import os
from contextlib import suppress
from typing import Final

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from pydantic import BaseModel
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from migrations import is_current
from service.refusals import Kind
from service.web.problems import STATUS, problem

router = APIRouter(tags=["probes"])
# Apart, because an office may ask for a token here.
counting = APIRouter(tags=["probes"])

# The library's own setting; it has to stand before the library is imported, see deban serve.
SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"
NOT_READY: Final = "the database is not at this program's revision; run deban migrate"


class Health(BaseModel):
    status: str = "ok"


@router.get("/healthz", response_model=Health)
def live() -> Health:
    """Answer without the database: the process lives."""
    return Health()


@router.get("/readyz", response_model=Health)
def ready(request: Request) -> Health | Response:
    """Answer only when the database is there and its tables are this program's."""
    if not _is_current(request.app.state.engine):
        return problem(STATUS[Kind.UNAVAILABLE], "NotReady", NOT_READY)
    return Health()


def _is_current(bind: Engine | Connection) -> bool:
    if isinstance(bind, Connection):
        return is_current(bind)
    with bind.connect() as connection:
        return is_current(connection)


@counting.get("/metrics")
def metrics(request: Request) -> Response:
    """Tell counts and times by route template; no id is among the labels.

    Several workers write them into one folder, so that each of them tells of all.
    """
    told = counted() + generate_latest(_gauges(request))
    return Response(told, media_type=CONTENT_TYPE_LATEST)


def counted() -> bytes:
    """Return what this worker counted, or all of them where they share a folder."""
    registry: CollectorRegistry = REGISTRY
    if SHARED in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it ships no types
    return generate_latest(registry)


class _Told(Collector):
    """What chapters count in the database, as the library asks for it."""

    def __init__(self, families: list[Metric]) -> None:
        self.families = families

    def collect(self) -> list[Metric]:
        return self.families


def _gauges(request: Request) -> CollectorRegistry:
    """Ask the chapters; without the database there is nothing to say, and the rest is told."""
    state, registry = request.app.state, CollectorRegistry()
    for ask in getattr(state, "gauges", ()):
        with suppress(SQLAlchemyError):
            registry.register(_Told(ask(state.engine, state.clock())))
    return registry
