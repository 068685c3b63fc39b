"""Tokens of machines: made by an admin, shown once, for one thing, for a year at most.

A machine is nobody: it holds no role, sees no person, and its token is no sign-in. So neither opens
what the other does, and no browser ever sends a machine's token by itself.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from catalogue.terms.signs import unfit_sign
from service.accounts import repository
from service.accounts.actions import Staff, UnfitName, require_step_up
from service.accounts.rules import Scope
from service.accounts.tables import MachineToken
from service.clock import local_day
from service.refusals import Kind, Refusal
from service.trail import Happening, record_event
from service.web.tokens import hashed

# So that a token which turns up in a file or a log is known for what it is.
PREFIX: Final = "deban_"
LONGEST_NAME: Final = 60
LONGEST_DAYS: Final = 365


class NoSuchToken(Refusal):
    kind: ClassVar = Kind.MISSING


class OtherScope(Refusal):
    """A token that is good, but for something else."""

    kind: ClassVar = Kind.FORBIDDEN


@dataclass(frozen=True, slots=True)
class Made:
    """A token as it is kept, and what its machine is given once."""

    kept: MachineToken
    token: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A program that showed a token, on the day in Japan on which it asks."""

    municipality_id: UUID
    scope: Scope
    on: date


def tokens(session: Session, staff: Staff) -> Sequence[MachineToken]:
    """Return every token of the caller's municipality, those that have ended too."""
    return repository.machine_tokens_of(session, staff.municipality_id)


def make_token(
    session: Session, staff: Staff, name: str, *, scope: Scope, days: int, at: datetime
) -> Made:
    """Make a token for one thing and a number of days; only its hash is kept."""
    require_step_up(staff, at)
    if not name.strip() or len(name) > LONGEST_NAME or unfit_sign(name, one_line=True) is not None:
        raise UnfitName(f"a name has 1 to {LONGEST_NAME} signs, in one line")
    token = PREFIX + secrets.token_urlsafe(32)
    kept = MachineToken(
        municipality_id=staff.municipality_id,
        name=name,
        scope=scope,
        token_hash=hashed(token),
        made_by=staff.id,
        expires_at=at + timedelta(days=days),
    )
    session.add(kept)
    session.flush()
    _tell(session, staff, Happening.TOKEN_MADE, kept.id, at=at, how=scope)
    return Made(kept, token)


def end_token(session: Session, staff: Staff, token_id: UUID, *, at: datetime) -> None:
    """End a token at once; without a fresh proof, because it has to be quick."""
    if not repository.end_machine_token(session, staff.municipality_id, token_id, at=at):
        raise NoSuchToken("no such token is open")
    _tell(session, staff, Happening.TOKEN_ENDED, token_id, at=at)


def _tell(
    session: Session, staff: Staff, what: Happening, token_id: UUID, *, at: datetime, how: str = ""
) -> None:
    record_event(
        session,
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        event=what,
        at=at,
        detail={"token": str(token_id)} | ({"how": how} if how else {}),
    )


def recognise(session: Session, token: str, *, at: datetime) -> Machine | None:
    """Return whose token this is, if it is one that holds."""
    found = repository.machine_token_with(session, hashed(token), at=at)
    if found is None:
        return None
    repository.note_use(session, found.id, on=local_day(at))
    return Machine(found.municipality_id, found.scope, local_day(at))
