"""What people do with their own sign-ins and their own password."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts import actions, repository
from service.accounts.actions import Entered, NotSignedIn, Staff
from service.accounts.tables import Account, SignIn
from service.refusals import Kind, Refusal
from service.settings import Settings
from service.trail import Happening, record_event


class WrongProof(Refusal):
    kind: ClassVar = Kind.FORBIDDEN


class NothingAwaited(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NoSuchSignIn(Refusal):
    kind: ClassVar = Kind.MISSING


def account_of(session: Session, staff: Staff) -> Account:
    """Return the caller's account, which was there a moment ago."""
    account = repository.account_with(session, staff.id)
    if account is None or not account.active:
        raise NotSignedIn("please sign in")
    return account


def open_sign_ins(session: Session, staff: Staff, *, at: datetime) -> Sequence[SignIn]:
    """Return the caller's sign-ins that are open, on every device."""
    return repository.open_sign_ins(session, staff.id, at=at)


def end_sign_in(session: Session, staff: Staff, sign_in_id: UUID, *, at: datetime) -> None:
    """End one of the caller's sign-ins; somebody else's is as absent as none."""
    if not repository.end_one(session, staff.id, sign_in_id, at=at):
        raise NoSuchSignIn("no such sign-in is open")
    record_event(
        session,
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        event=Happening.SIGN_OUT,
        at=at,
        detail={"how": "one"},
    )


def mark_stepped_up(session: Session, staff: Staff, *, at: datetime) -> None:
    """Note that the caller has just proved who they are."""
    repository.sign_in_with(session, staff.sign_in_id).stepped_up_at = at


def show_only(session: Session, staff: Staff, what: UUID | None) -> None:
    """Let this sign-in open nothing but what is shown; with None it opens everything again."""
    repository.sign_in_with(session, staff.sign_in_id).showing = what


def replace_password(
    session: Session, staff: Staff, kept: str, *, at: datetime, settings: Settings
) -> Entered:
    """Keep a new password and end every sign-in; the caller goes on with a new one."""
    account = account_of(session, staff)
    account.password_hash, account.password_given = kept, False
    return begin_anew(session, staff, at=at, settings=settings)


def begin_anew(session: Session, staff: Staff, *, at: datetime, settings: Settings) -> Entered:
    """End every sign-in of the caller, whose guard has just changed, and go on with a new one."""
    account = account_of(session, staff)
    repository.end_all(session, account.id, at=at)
    return actions.begin(session, account, at=at, settings=settings, code_shown=True)


def go_on(session: Session, staff: Staff, *, at: datetime, settings: Settings) -> Entered:
    """End a sign-in that has made its step, and go on with a new token: a copy is worth nothing."""
    account = account_of(session, staff)
    repository.end_one(session, account.id, staff.sign_in_id, at=at)
    return actions.begin(session, account, at=at, settings=settings, code_shown=True)
