"""Read the audit back in plain words: for the auditor, for a file, and for the person itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.audit import repository, words
from service.audit.repository import UNNAMED, Line, Named, Span
from service.audit.rules import Act, Ground, Purpose
from service.clock import TOKYO
from service.trail import Happening, record_event

BATCH: Final = 5_000
TITLES: Final = ("いつ", "だれが", "利用者名", "役割", "何をした", "何を", "なぜ", "根拠")
# So often in so long somebody asks for what is hidden from them only on purpose, or by a fault.
PROBING: Final = 20
PROBING_WITHIN: Final = timedelta(days=7)

Open = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True)
class Said:
    """A line in plain words."""

    seq: int
    at: datetime
    name: str
    username: str
    role: str
    act: str
    resource: str
    purpose: str
    basis: str
    person_id: UUID | None

    @classmethod
    def of(cls, line: Line, names: Mapping[UUID, Named]) -> "Said":
        who = names.get(line["account_id"], UNNAMED)
        return cls(
            seq=line["seq"],
            at=line["at"],
            name=who.display_name or ("しくみ" if line["account_id"] is None else ""),
            username=who.username,
            role=_ROLES.get(line["role"], ""),
            act=words.ACT_WORDS[Act(line["act"])],
            resource=words.resource_words(line["resource"]),
            purpose=words.PURPOSE_WORDS[Purpose(line["purpose"])],
            basis=_GROUNDS[line["basis"]],
            person_id=line["person_id"],
        )

    def cells(self) -> tuple[str, ...]:
        """Return what stands in a file, beside TITLES."""
        at = self.at.astimezone(TOKYO)
        return (
            f"{at:%Y-%m-%d %H:%M:%S}",
            self.name,
            self.username,
            self.role,
            self.act,
            self.resource,
            self.purpose,
            self.basis,
        )


_ROLES: Final[Mapping[str, str]] = {str(role): said for role, said in words.ROLE_WORDS.items()}
_GROUNDS: Final[Mapping[Ground | None, str]] = {**words.GROUND_WORDS, None: ""}


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


def probing(session: Session, municipality_id: UUID, *, at: datetime) -> Sequence[tuple[UUID, int]]:
    """Return who has asked conspicuously often for what is hidden or absent, and how often."""
    return repository.often(
        session,
        municipality_id,
        Happening.NOT_FOUND,
        since=at - PROBING_WITHIN,
        least=PROBING,
    )
