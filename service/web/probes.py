"""What machines ask: does the process live, is its database ready, how much has it done."""

import os
from typing import Final

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
    multiprocess,
)
from pydantic import BaseModel
from sqlalchemy import Connection, Engine

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
def metrics() -> Response:
    """Tell counts and times by route template; no id is among the labels.

    Several workers write them into one folder, so that each of them tells of all.
    """
    registry: CollectorRegistry = REGISTRY
    if SHARED in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it ships no types
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
