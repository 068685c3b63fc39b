"""What people do with accounts: open one, sign in, be recognised, sign out."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session

from catalogue.terms.signs import unfit_sign
from service.accounts import repository
from service.accounts.rules import Right, Role, may
from service.accounts.tables import Account, SignIn
from service.clock import local_day
from service.refusals import Kind, Refusal
from service.settings import Settings
from service.trail import Caller, remember_caller

_HASHER = PasswordHasher()
# Verified when nobody has the name, so that both answers take the same time.
_NOBODY = _HASHER.hash(secrets.token_urlsafe())
SHORTEST_PASSWORD = 12
LONGEST_USERNAME = 64
LONGEST_DISPLAY_NAME = 100
SEEN_EVERY = timedelta(minutes=1)
# How long a password or code counts for what must not be done from an unwatched screen.
STEP_UP_LASTS: Final = timedelta(minutes=5)


class NotSignedIn(Refusal):
    kind: ClassVar = Kind.UNKNOWN_CALLER


class NotYours(Refusal):
    kind: ClassVar = Kind.FORBIDDEN


class StepUpNeeded(Refusal):
    kind: ClassVar = Kind.FORBIDDEN


class PasswordTooShort(Refusal):
    kind: ClassVar = Kind.MALFORMED


class UnfitName(Refusal):
    kind: ClassVar = Kind.MALFORMED


class UsernameTaken(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Staff:
    """The signed-in caller, on the day in Japan on which they call."""

    id: UUID
    municipality_id: UUID
    role: Role
    area_id: UUID | None
    display_name: str
    sign_in_id: UUID
    on: date
    stepped_up_at: datetime | None = None
    at: datetime | None = None  # the moment itself; without it no emergency is open


def open_account(
    session: Session,
    username: str,
    *,
    municipality_id: UUID,
    role: Role,
    password: str,
    display_name: str = "",
    area_id: UUID | None = None,
) -> Account:
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(f"a password needs at least {SHORTEST_PASSWORD} characters")
    _refuse_names(username, display_name)
    if repository.account_named(session, username):
        raise UsernameTaken("an account with this username exists")
    account = Account(
        municipality_id=municipality_id,
        username=username,
        display_name=display_name or username,
        role=role,
        area_id=area_id,
        password_hash=_HASHER.hash(password),
    )
    session.add(account)
    session.flush()
    return account


def _refuse_names(username: str, display_name: str) -> None:
    # What cannot be typed into the sign-in as it is would never open the account.
    plain = _is_one_line(username) and username == username.strip()
    if not (plain and 1 <= len(username) <= LONGEST_USERNAME):
        raise UnfitName(f"a username has 1 to {LONGEST_USERNAME} signs and no space around it")
    if not _is_one_line(display_name) or len(display_name) > LONGEST_DISPLAY_NAME:
        raise UnfitName(f"a display name has at most {LONGEST_DISPLAY_NAME} signs, in one line")


def _is_one_line(text: str) -> bool:
    return unfit_sign(text, one_line=True) is None


def sign_in(
    session: Session, username: str, password: str, *, at: datetime, settings: Settings
) -> str:
    """Check the password and return a new token; the same refusal and time for any mismatch."""
    account = repository.account_named(session, username)
    if not _matches(account, password) or account is None or not account.active:
        raise NotSignedIn("the username or the password is not right")
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            municipality_id=account.municipality_id,
            account_id=account.id,
            token_hash=hashed(token),
            seen_at=at,
            stepped_up_at=at,
            expires_at=at + timedelta(hours=settings.session_hours),
        )
    )
    return token


def _matches(account: Account | None, password: str) -> bool:
    try:
        return _HASHER.verify(account.password_hash if account else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False


def recognise(session: Session, token: str | None, *, at: datetime, settings: Settings) -> Staff:
    """Return whose token this is, or refuse."""
    found = repository.open_sign_in(session, hashed(token)) if token else None
    if found is None:
        raise NotSignedIn("please sign in")
    sign_in, account = found
    idle = timedelta(minutes=settings.session_idle_minutes)
    if at >= sign_in.expires_at or at - sign_in.seen_at > idle:
        raise NotSignedIn("the session has ended; please sign in again")
    if at - sign_in.seen_at > SEEN_EVERY:
        sign_in.seen_at = at
    remember_caller(session, Caller(account.municipality_id, account.id, account.role, at))
    return Staff(
        id=account.id,
        municipality_id=account.municipality_id,
        role=account.role,
        area_id=account.area_id,
        display_name=account.display_name,
        sign_in_id=sign_in.id,
        on=local_day(at),
        stepped_up_at=sign_in.stepped_up_at,
        at=at,
    )


def sign_out(session: Session, staff: Staff, *, at: datetime) -> None:
    """End every sign-in of the caller, everywhere, at once."""
    repository.end_all(session, staff.id, at=at)


def require(staff: Staff, right: Right) -> Staff:
    if not may(staff.role, right):
        raise NotYours("your role may not do this")
    return staff


def require_step_up(staff: Staff, at: datetime) -> Staff:
    """Refuse unless the caller has proved who they are within the last minutes."""
    if staff.stepped_up_at is None or at - staff.stepped_up_at > STEP_UP_LASTS:
        raise StepUpNeeded("please prove once more who you are", step_up=True)
    return staff


def hashed(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
