"""What people do with accounts: open one, sign in, be recognised, sign out."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from catalogue.terms.signs import unfit_sign
from service.accounts import passwords, repository
from service.accounts.happenings import tell
from service.accounts.rules import Right, Role, may
from service.accounts.tables import Account, Awaits, SignIn
from service.clock import local_day
from service.refusals import Kind, Refusal
from service.settings import SecondFactor, Settings
from service.trail import Caller, Happening, record_event, remember_caller
from service.web.tokens import hashed

LONGEST_USERNAME = 64
LONGEST_DISPLAY_NAME = 100
SEEN_EVERY = timedelta(minutes=1)
# How long a password or code counts for what must not be done from an unwatched screen.
STEP_UP_LASTS: Final = timedelta(minutes=5)
# How long the next step of a sign-in may take.
STEP_LASTS: Final = timedelta(minutes=10)
NO_SIGN_IN: Final = UUID(int=0)


class NotSignedIn(Refusal):
    kind: ClassVar = Kind.UNKNOWN_CALLER


class NotYours(Refusal):
    kind: ClassVar = Kind.FORBIDDEN


class StepUpNeeded(Refusal):
    kind: ClassVar = Kind.FORBIDDEN


class BeingShown(Refusal):
    """Somebody else looks at this screen: the worker has to come back to it first."""

    kind: ClassVar = Kind.FORBIDDEN


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
    awaits: Awaits = Awaits.NOTHING
    showing: UUID | None = None  # what somebody beside the screen is shown, and nothing besides


@dataclass(frozen=True, slots=True)
class Entered:
    """A new sign-in: its token, and what it still lacks."""

    token: str
    awaits: Awaits


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
    passwords.refuse_unfit(password, username)
    refuse_names(username, display_name)
    if repository.account_named(session, username):
        raise UsernameTaken("an account with this username exists")
    account = Account(
        municipality_id=municipality_id,
        username=username,
        display_name=display_name or username,
        role=role,
        area_id=area_id,
        password_hash=passwords.hashed(password),
    )
    session.add(account)
    session.flush()
    return account


def refuse_names(username: str, display_name: str) -> None:
    """Refuse names that could not be typed at the sign-in or shown in one line."""
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
    """Check the password and return a new token; for callers on this machine, who are not many."""
    known = repository.account_named(session, username)
    fits = passwords.matches(known.password_hash if known else None, password)
    account = opened_by(session, known if fits else None)
    return begin(session, account, at=at, settings=settings).token


def opened_by(session: Session, proved: Account | None) -> Account:
    """Return the account that was just proved to be somebody's, if it stands as it did."""
    account = repository.account_with(session, proved.id) if proved else None
    same = account and proved and account.password_hash == proved.password_hash
    if account is None or not same or not account.active:
        raise NotSignedIn("the username or the password is not right")
    return account


def begin(
    session: Session,
    account: Account,
    *,
    at: datetime,
    settings: Settings,
    code_shown: bool = False,
    whole: bool = False,
) -> Entered:
    """Open a sign-in with a token of its own; it may await a second step unless it is ``whole``."""
    awaits = Awaits.NOTHING
    if not whole:
        awaits = _awaited(session, account, settings, code_shown=code_shown)
    lasts = timedelta(hours=settings.session_hours) if awaits is Awaits.NOTHING else STEP_LASTS
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            municipality_id=account.municipality_id,
            account_id=account.id,
            token_hash=hashed(token),
            seen_at=at,
            stepped_up_at=at,
            expires_at=at + lasts,
            awaits=awaits,
        )
    )
    if awaits is Awaits.NOTHING:
        tell(session, Happening.SIGN_IN, account, at=at)
    return Entered(token, awaits)


def _awaited(session: Session, account: Account, settings: Settings, *, code_shown: bool) -> Awaits:
    """Say what is still missing, one step after the other."""
    second = repository.has_second_factor(session, account.id)
    if second and not code_shown:
        return Awaits.CODE
    if account.password_given:
        return Awaits.OWN_PASSWORD
    if not second and settings.second_factor is SecondFactor.REQUIRED:
        return Awaits.ENROLMENT
    return Awaits.NOTHING


def recognise(
    session: Session,
    token: str | None,
    *,
    at: datetime,
    settings: Settings,
    awaiting: Awaits = Awaits.NOTHING,
) -> Staff:
    """Return whose token this is, or refuse; one that still awaits something opens only that."""
    found = repository.open_sign_in(session, hashed(token)) if token else None
    if found is None:
        raise NotSignedIn("please sign in")
    sign_in, account = found
    idle = timedelta(minutes=settings.session_idle_minutes)
    if at >= sign_in.expires_at or at - sign_in.seen_at > idle:
        raise NotSignedIn("the session has ended; please sign in again")
    if sign_in.awaits is not awaiting and sign_in.awaits is not Awaits.NOTHING:
        raise NotSignedIn("please sign in to the end", awaits=sign_in.awaits)
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
        awaits=sign_in.awaits,
        showing=sign_in.showing,
    )


def standing_in(account: Account, *, at: datetime) -> Staff:
    """Return an account as a caller who has no sign-in: for what is worked out for somebody."""
    return Staff(
        id=account.id,
        municipality_id=account.municipality_id,
        role=account.role,
        area_id=account.area_id,
        display_name=account.display_name,
        sign_in_id=NO_SIGN_IN,
        on=local_day(at),
        at=at,
    )


def sign_out(session: Session, staff: Staff, *, at: datetime) -> None:
    """End every sign-in of the caller, everywhere, at once."""
    repository.end_all(session, staff.id, at=at)
    record_event(
        session,
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        event=Happening.SIGN_OUT,
        at=at,
    )


def require(staff: Staff, right: Right) -> Staff:
    if not may(staff.role, right):
        raise NotYours("your role may not do this")
    return staff


def require_step_up(staff: Staff, at: datetime) -> Staff:
    """Refuse unless the caller has proved who they are within the last minutes."""
    if staff.stepped_up_at is None or at - staff.stepped_up_at > STEP_UP_LASTS:
        raise StepUpNeeded("please prove once more who you are", step_up=True)
    return staff
