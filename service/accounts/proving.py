"""Who proves something to the service: tried as often as the throttle lets, then looked at.

A wrong try has to stay counted although its request is refused, and to compare a password takes a
tenth of a second in which nobody else should wait for the database. So these requests are not one
transaction: one counts the try and reads what it is compared with, the next acts on it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from sqlmodel import Session

from service.accounts import actions, factors, holding_back, own, passwords, repository, throttling
from service.accounts.actions import Entered, NotSignedIn, Staff
from service.accounts.happenings import tell
from service.accounts.own import NothingAwaited, WrongProof
from service.accounts.tables import Account, Awaits
from service.accounts.throttling import Bucket, TooManyTries
from service.clock import Moment
from service.database import transaction
from service.settings import Settings
from service.trail import Happening
from service.web.tokens import carried_token

# Wrong proofs an hour of somebody who is signed in already; strangers do not come this far.
OWN_TRIES: Final = 10


@dataclass(frozen=True, slots=True)
class Door:
    """Where a proof comes in: from which address, when, and at whose database it is looked up."""

    bind: Engine | Connection
    settings: Settings
    at: datetime
    address: str
    token: str | None = None


def door(request: Request, at: Moment) -> Door:
    address = request.client.host if request.client else ""
    state = request.app.state
    return Door(state.engine, state.settings, at, address)


AtDoor = Annotated[Door, Depends(door)]


def own_door(request: Request, at: Moment) -> Door:
    """Return the door of a caller who has come in before and carries a token."""
    token = carried_token(request)
    if not token:
        raise NotSignedIn("please sign in")
    return replace(door(request, at), token=token)


AtOwnDoor = Annotated[Door, Depends(own_door)]


def enter(door: Door, username: str, password: str) -> Entered:
    """Sign in by name and password; one refusal, in one time, for any mismatch."""
    tried = tries_of(door, username)
    _count(door, username, tried)
    with transaction(door.bind) as look:
        known = repository.account_named(look, username)
    fits = passwords.matches(known.password_hash if known else None, password)
    with transaction(door.bind) as session:
        if known and not fits:
            _tell_failed(session, door, known, Happening.SIGN_IN_FAILED)
        account = actions.opened_by(session, known if fits else None)
        throttling.give_back(session, *tried)
        return actions.begin(session, account, at=door.at, settings=door.settings)


def _count(door: Door, username: str, tried: tuple[Bucket, Bucket]) -> None:
    """Count a try of a name and an address, or say that one of them has to wait."""
    of_name, _ = tried
    try:
        throttling.take(door.bind, *tried, at=door.at)
    except TooManyTries as refused:
        if refused.empty == of_name:
            holding_back.tell_of_name(door.bind, username, at=door.at)
        else:
            holding_back.tell_of_address(door.bind, holding_back.ADDRESS, at=door.at)
        raise


def _tell_failed(session: Session, door: Door, account: Account, what: Happening) -> None:
    tell(session, what, account, at=door.at, even_if_refused=True)


def tries_of(door: Door, username: str) -> tuple[Bucket, Bucket]:
    """Return the buckets of a name and an address, in one order: no two wait for each other."""
    return (
        throttling.bucket("account", username, door.settings.account_tries),
        throttling.address_bucket(door.address, door.settings.address_tries),
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """A caller who is known, whose try is counted, and the account as it stands."""

    staff: Staff
    account: Account
    bucket: Bucket


def count_try(door: Door, awaiting: Awaits = Awaits.NOTHING) -> Tried:
    """Recognise the caller and count one try of theirs, before anything is compared."""
    with transaction(door.bind) as look:
        staff = actions.recognise(
            look, door.token, at=door.at, settings=door.settings, awaiting=awaiting
        )
        account = repository.account_with(look, staff.id)
    assert account is not None  # it was recognised in this very transaction
    bucket = throttling.bucket("proof", str(staff.id), OWN_TRIES)
    try:
        throttling.take(door.bind, bucket, at=door.at)
    except TooManyTries:
        holding_back.tell_of_account(door.bind, account, at=door.at)
        raise
    return Tried(staff, account, bucket)


def step_up(door: Door, *, password: str = "", code: str = "") -> None:
    """Note that the caller has just proved who they are, by password or by code."""
    tried = count_try(door)
    fits = bool(code) or passwords.matches(tried.account.password_hash, password)
    with transaction(door.bind) as session:
        if code:
            _show_code(session, door, tried, code)
        elif not fits:
            _tell_failed(session, door, tried.account, Happening.STEP_UP_FAILED)
            raise WrongProof("the password is not right")
        throttling.give_back(session, tried.bucket)
        own.mark_stepped_up(session, tried.staff, at=door.at)
        tell(session, Happening.STEP_UP, tried.account, at=door.at)


def end_showing(door: Door, *, password: str = "", code: str = "") -> UUID | None:
    """Give the screen back to the worker, who proves that it is them; return what was shown."""
    step_up(door, password=password, code=code)
    with transaction(door.bind) as session:
        staff = actions.recognise(session, door.token, at=door.at, settings=door.settings)
        own.show_only(session, staff, None)
    return staff.showing


def show_code(door: Door, code: str) -> Entered:
    """Take the second step of a sign-in; it goes on with a new token."""
    tried = count_try(door, Awaits.CODE)
    if tried.staff.awaits is not Awaits.CODE:
        raise NothingAwaited("this sign-in awaits no code")
    with transaction(door.bind) as session:
        _show_code(session, door, tried, code)
        throttling.give_back(session, tried.bucket)
        return own.go_on(session, tried.staff, at=door.at, settings=door.settings)


def _show_code(session: Session, door: Door, tried: Tried, code: str) -> None:
    factor = factors.code_is_right(session, tried.account.id, code, at=door.at)
    if not factor:
        _tell_failed(session, door, tried.account, Happening.STEP_UP_FAILED)
        raise WrongProof("the code is not right")
    if factor == factors.RECOVERY:
        tell(session, Happening.RECOVERY_USED, tried.account, at=door.at)


def confirm_totp(door: Door, code: str) -> tuple[Entered, list[str]]:
    """Take an authenticator app's first code; other sign-ins end, this one gets a new token."""
    tried = count_try(door, Awaits.ENROLMENT)
    with transaction(door.bind) as session:
        codes = factors.confirm_totp(session, tried.staff, code, at=door.at)
        throttling.give_back(session, tried.bucket)
        tell(session, Happening.FACTOR_ADDED, tried.account, at=door.at, how=factors.TOTP)
        entered = own.begin_anew(session, tried.staff, at=door.at, settings=door.settings)
    return entered, codes


def change_password(door: Door, old: str, new: str) -> Entered:
    """Take a new password for the old one; every sign-in but a new one ends at once."""
    tried = count_try(door, Awaits.OWN_PASSWORD)
    if not passwords.matches(tried.account.password_hash, old):
        with transaction(door.bind) as session:
            _tell_failed(session, door, tried.account, Happening.STEP_UP_FAILED)
        raise WrongProof("the old password is not right")
    kept = passwords.replacement(old, new, tried.account.username)
    with transaction(door.bind) as session:
        throttling.give_back(session, tried.bucket)
        tell(session, Happening.PASSWORD_CHANGED, tried.account, at=door.at)
        return own.replace_password(session, tried.staff, kept, at=door.at, settings=door.settings)
