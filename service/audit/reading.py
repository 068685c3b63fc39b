"""Read the audit back: for the auditor, for a file, and for the person itself."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit import repository
from service.audit.repository import Line, Span
from service.audit.saying import Said
from service.trail import Happening, record_event

BATCH: Final = 5_000

Open = Callable[[], AbstractContextManager[Session]]


def told(opened: Open, span: Span) -> Iterator[Said]:
    """Yield every line that is asked for; each batch is read in a short transaction of its own."""
    after = 0
    with opened() as session:
        names = repository.names(session, span.municipality_id)
    while True:
        with opened() as session:
            batch = repository.asked_for(session, span, after=after, limit=BATCH)
        yield from (Said.of(line, names) for line in batch)
        if len(batch) < BATCH:
            return
        after = batch[-1]["seq"]


def look_through(
    session: Session, staff: Staff, span: Span, *, after: int, limit: int, at: datetime
) -> Sequence[Line]:
    """Return lines for an auditor, and write down that they were read.

    Nothing is filtered: an auditor's own lines stand there like everybody's, and so do the looks
    at the audit themselves.
    """
    record_event(
        session,
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        event=Happening.AUDIT_READ,
        at=at,
        detail={
            "since": span.since.isoformat() if span.since else None,
            "until": span.until.isoformat() if span.until else None,
            "one_person": span.person_id is not None,
            "one_account": span.account_id is not None,
        },
    )
    return repository.asked_for(session, span, after=after, limit=limit)
