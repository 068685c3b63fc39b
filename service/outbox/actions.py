"""Write down what somebody is to be told of, and look after what did not arrive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.outbox import repository
from service.outbox.rules import Channel, Closing, Figure, Notice
from service.outbox.tables import Event, Line
from service.refusals import Kind, Refusal
from service.trail import Happening, record_event


class NoSuchLetter(Refusal):
    """Absent, of another municipality, or not dead any more: the answer is the same."""

    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class Letter:
    """A line that did not arrive, and what its place is called."""

    line: Line
    to: str

    @property
    def id(self) -> UUID:
        return self.line.id


def report(
    session: Session,
    municipality_id: UUID,
    notice: Notice,
    *,
    at: datetime,
    about: UUID | None = None,
    ref: UUID | None = None,
    by: UUID | None = None,
) -> None:
    """Write with this transaction that somebody is to be told; who that is is worked out later.

    ``about`` is the person it is about, ``ref`` what caused it, ``by`` who did it and is not told.
    """
    if repository.is_listened_to(session, municipality_id):
        session.add(
            Event(
                municipality_id=municipality_id,
                notice=notice,
                about_id=about,
                ref_id=ref,
                by_id=by,
                at=at,
            )
        )


def end_notices(
    session: Session, person_id: UUID, *, at: datetime, but: UUID | None = None
) -> None:
    """Take back what was to be told about somebody, in the transaction that is the reason for it.

    After an erasure all of it; after a withdrawn consent what was for others than ``but``, the
    person's own worker. What has not been worked out yet asks by itself who may see them.
    """
    if but is None:
        repository.forget(session, person_id, at=at)
    else:
        repository.drop_about(session, person_id, but, at=at)


def write_mail(
    session: Session,
    municipality_id: UUID,
    account_id: UUID,
    notice: Notice,
    figures: Mapping[Figure, int],
    *,
    at: datetime,
    about: UUID | None = None,
    once: str | None = None,
) -> bool:
    """Write a line for an account's mailbox; say whether it was not there before."""
    line = Line(
        municipality_id=municipality_id,
        channel=Channel.MAIL,
        notice=notice,
        account_id=account_id,
        about_id=about,
        figures={str(each): number for each, number in figures.items()},
        at=at,
        next_at=at,
        once=once,
    )
    return repository.add_once(session, line)


def write_calls(
    session: Session, event: Event, figures: Mapping[Figure, int], *, at: datetime
) -> None:
    """Write a line for every webhook of the municipality."""
    for webhook in repository.webhooks(session, event.municipality_id):
        line = Line(
            municipality_id=event.municipality_id,
            channel=Channel.WEBHOOK,
            notice=event.notice,
            webhook_id=webhook.id,
            about_id=event.about_id,
            figures={str(each): number for each, number in figures.items()},
            at=event.at,
            next_at=at,
        )
        repository.add_once(session, line)


def dead_letters(
    session: Session, municipality_id: UUID, *, after: UUID | None = None, limit: int = 50
) -> list[Letter]:
    """Return what did not arrive and nobody has looked after yet."""
    found = repository.dead(session, municipality_id, after=after, limit=limit)
    return [Letter(line, to) for line, to in found]


def send_again(session: Session, staff: Staff, line_id: UUID, *, at: datetime) -> None:
    """Let a dead letter be tried again from the start."""
    if not repository.revive(session, staff.municipality_id, line_id, at=at):
        raise NoSuchLetter("no such letter")
    tell(session, staff, "sent_again", at=at)


def close(session: Session, staff: Staff, line_id: UUID, closing: Closing, *, at: datetime) -> None:
    """Let a dead letter go, with the reason."""
    tenant = staff.municipality_id
    if not repository.close(session, tenant, line_id, closing, by=staff.id, at=at):
        raise NoSuchLetter("no such letter")
    tell(session, staff, "closed", at=at)


def tell(session: Session, staff: Staff, how: str, *, at: datetime) -> None:
    """Write down that somebody changed what is told outside."""
    record_event(
        session,
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        event=Happening.SETTING_CHANGED,
        at=at,
        detail={"what": "notices", "how": how},
    )
