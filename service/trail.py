"""What the audit has to hold of a transaction: collected on the session until it commits.

It stands below every chapter, so that those which the audit itself rests on can report too; the
audit chapter says how entries are written (``append_with``). Nothing is ever dropped in silence:
without somebody who writes, a commit with entries fails.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.orm import Session as AnySession
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

from service.refusals import Kind, Refusal


class Happening(StrEnum):
    """What may happen to the security of the office; on the audit's page in plain words."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    STEP_UP = "step_up"
    STEP_UP_FAILED = "step_up_failed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a code for the event, no password
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_USED = "recovery_used"
    PASSKEY_COPIED = "passkey_copied"
    THROTTLED = "throttled"
    TOKEN_MADE = "token_made"  # noqa: S105 - a code for the event, no token
    TOKEN_ENDED = "token_ended"  # noqa: S105 - a code for the event, no token
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ROLE_CHANGED = "role_changed"
    SETTING_CHANGED = "setting_changed"
    NOT_FOUND = "not_found"
    BREAK_GLASS = "break_glass"
    BREAK_GLASS_ENDED = "break_glass_ended"
    DISCLOSURE_PREPARED = "disclosure_prepared"
    DISCLOSURE_RELEASED = "disclosure_released"
    DISCLOSURE_ENDED = "disclosure_ended"
    LINK_MADE = "link_made"
    LINK_REVOKED = "link_revoked"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CONFERENCE_OPENED = "conference_opened"
    CONFERENCE_ENDED = "conference_ended"
    MEMBER_ADDED = "member_added"
    MEMBER_REMOVED = "member_removed"
    EXPORT = "export"
    EXPORT_OF_MANY = "export_of_many"
    KEY_ROTATED = "key_rotated"
    KEY_RETIRED = "key_retired"
    KEY_DESTROYED = "key_destroyed"
    HOLD_SET = "hold_set"
    HOLD_LIFTED = "hold_lifted"
    ERASURE = "erasure"
    RETENTION_APPROVED = "retention_approved"
    RETENTION_RUN = "retention_run"
    AUDIT_READ = "audit_read"


class NotWritten(Refusal):
    """The audit could not be written, so nothing was done and nothing is shown."""

    kind: ClassVar = Kind.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever was recognised in this transaction."""

    municipality_id: UUID
    account_id: UUID
    role: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the audit before it has a number: codes and ids, never content."""

    municipality_id: UUID
    account_id: UUID | None
    at: datetime
    act: str
    resource: str
    role: str = ""
    person_id: UUID | None = None
    purpose: str | None = None
    basis: str | None = None
    basis_id: UUID | None = None
    detail: Mapping[str, Any] = field(default_factory=dict, hash=False)
    even_if_refused: bool = False


EVENT: Final = "event"
READ: Final = "read"
_WAITING: Final = "trail"
_MARKS: Final = "trail_marks"
_CALLER: Final = "trail_caller"
Append = Callable[[Session, Sequence[Entry]], None]
_append: list[Append] = []


def append_with(append: Append) -> None:
    """Say who writes the entries; the audit chapter does when it is imported."""
    _append[:] = [append]


def collect(session: AnySession, entries: Iterable[Entry]) -> None:
    """Keep entries until the transaction commits."""
    session.info.setdefault(_WAITING, []).extend(entries)


def record_event(
    session: Session,
    *,
    municipality_id: UUID,
    account_id: UUID | None,
    event: Happening,
    at: datetime,
    person_id: UUID | None = None,
    detail: Mapping[str, str | int | bool | None] | None = None,
    even_if_refused: bool = False,
) -> None:
    """Write down something that matters for security; ``detail`` holds codes only.

    ``even_if_refused``: also when the request is then refused and all else is rolled back.
    """
    entry = Entry(
        municipality_id=municipality_id,
        account_id=account_id,
        at=at,
        act=EVENT,
        resource=Happening(event),
        person_id=person_id,
        detail=dict(detail or {}),
        even_if_refused=even_if_refused,
    )
    collect(session, [entry])


def remember_caller(session: Session, caller: Caller) -> None:
    """Remember who calls, for what has to be said of them after a refusal."""
    session.info[_CALLER] = caller


def note_refusal(session: Session, refusal: Refusal) -> None:
    """Count a signed-in caller's question for what is not theirs to see: codes only, nobody's id.

    What is absent and what is hidden are the same here too.
    """
    caller: Caller | None = session.info.get(_CALLER)
    if caller is None or refusal.kind is not Kind.MISSING:
        return
    record_event(
        session,
        municipality_id=caller.municipality_id,
        account_id=caller.account_id,
        event=Happening.NOT_FOUND,
        at=caller.at,
        detail={"answer": type(refusal).__name__},
        even_if_refused=True,
    )


def people_waiting(session: Session) -> frozenset[UUID]:
    """Return whom this transaction speaks of, as far as the audit will say so."""
    waiting: list[Entry] = session.info.get(_WAITING, [])
    return frozenset(entry.person_id for entry in waiting if entry.person_id)


def keep_looks(session: Session) -> None:
    """Let what was looked at stay written although the request is refused: it is shown in it."""
    waiting: list[Entry] = session.info.get(_WAITING, [])
    waiting[:] = [
        entry if entry.act == EVENT else replace(entry, act=READ, even_if_refused=True)
        for entry in waiting
    ]


def left_after_refusal(session: Session) -> list[Entry]:
    """Return what has to be written although the transaction was rolled back."""
    waiting: list[Entry] = session.info.pop(_WAITING, [])
    return [entry for entry in waiting if entry.even_if_refused]


def write_waiting(session: Session) -> None:
    """Append what was collected up to now; every commit does this by itself."""
    waiting: list[Entry] = session.info.get(_WAITING, [])
    if not waiting:
        return
    session.flush()
    try:
        append = _append[0]
        append(session, waiting)
    except Exception as broken:
        # Whatever it was: an answer without its line in the audit must not leave.
        raise NotWritten("the audit cannot be written, so nothing was done") from broken
    session.info[_WAITING] = []


def _before_commit(session: AnySession) -> None:
    if isinstance(session, Session) and not session.in_nested_transaction():
        write_waiting(session)


def _mark(session: AnySession, begun: SessionTransaction) -> None:
    if begun.nested:
        marks = session.info.setdefault(_MARKS, WeakKeyDictionary())
        marks[begun] = len(session.info.get(_WAITING, ()))


def _forget_undone(session: AnySession, ended: SessionTransaction) -> None:
    """Drop what was collected inside a savepoint that was rolled back: it was not done."""
    mark = session.info.get(_MARKS, {}).pop(ended, None)
    waiting: list[Entry] = session.info.get(_WAITING, [])
    if mark is not None:
        waiting[mark:] = [entry for entry in waiting[mark:] if entry.even_if_refused]


event.listen(AnySession, "before_commit", _before_commit)
event.listen(AnySession, "after_transaction_create", _mark)
event.listen(AnySession, "after_soft_rollback", _forget_undone)
