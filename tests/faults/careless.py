"""The planted fault: the same service, but each worker believes what it saw a moment ago."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from sqlmodel import Session

from service.accounts import actions
from service.accounts import repository as accounts
from service.accounts.actions import Staff
from service.app import create_app
from service.conferences import repository as conferences
from service.conferences.tables import Conference

_recognise, _conference_of = actions.recognise, conferences.conference_of
_KNOWN: dict[str | None, Staff] = {}
_USED: set[tuple[UUID, int]] = set()
_SEATED: set[tuple[UUID, UUID]] = set()


def recognise_once(session: Session, token: str | None, *, at: datetime, **known: Any) -> Staff:
    """Look a token up once, and then remember whose it is."""
    if token not in _KNOWN:
        _KNOWN[token] = _recognise(session, token, at=at, **known)
    return _KNOWN[token]


def use_step_here(_session: Session, account_id: UUID, step: int) -> bool:
    """Remember in this process alone which codes were used."""
    fresh = (account_id, step) not in _USED
    _USED.add((account_id, step))
    return fresh


def seated_once(session: Session, staff: Staff, conference_id: UUID, **how: Any) -> Any:
    """Remember who had a seat."""
    found = _conference_of(session, staff, conference_id, **how)
    if found is not None:
        _SEATED.add((staff.id, conference_id))
    elif (staff.id, conference_id) in _SEATED:
        return session.get(Conference, conference_id)
    return found


def careless_app() -> FastAPI:
    actions.recognise = recognise_once  # type: ignore[assignment]  # the planted fault
    accounts.use_step = use_step_here
    conferences.conference_of = seated_once
    return create_app()
