"""The service with faults planted in it: what the fuzzer has to find, or it proves nothing."""

from typing import Any
from uuid import UUID

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from sqlmodel import Session

from service.accounts.access import BEARER
from service.accounts.actions import Staff
from service.accounts.schemas import MeOut
from service.app import create_app
from service.persons import repository
from service.persons.tables import Person
from service.web.problems import documented

FLAWED = "/api/v1/flawed"


def anybody(session: Session, _staff: Staff, person_id: UUID, **_asked: object) -> Person | None:
    """Forget whose people they are, for who knows an id: the flaw behind most leaks."""
    return session.get(Person, person_id)


def broken(number: int = 1) -> dict[str, int]:
    """Break on one value that the schema allows."""
    return {"share": 100 // number}


def unlike_its_schema() -> Any:
    return JSONResponse({"unlike": "the schema"})


def open_to_all() -> dict[str, bool]:
    return {"open": True}


def create_flawed_app() -> FastAPI:
    """Plant an IDOR, a 500, an answer unlike its schema, and a route that asks nobody who he is."""
    repository.person_of = anybody
    app = create_app()
    app.add_api_route(f"{FLAWED}/broken", broken, responses=documented())
    app.add_api_route(f"{FLAWED}/unlike", unlike_its_schema, response_model=MeOut)
    unguarded = {"security": [{BEARER.scheme_name: []}]}
    app.add_api_route(f"{FLAWED}/unguarded", open_to_all, openapi_extra=unguarded)
    return app
