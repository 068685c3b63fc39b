"""Write down who looked at whom and what happened; in the same transaction, before any answer."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from catalogue.record import Record
from service import trail
from service.accounts.actions import Staff
from service.accounts.rules import Right, Role, may
from service.audit import repository
from service.audit.chain import START, digest
from service.audit.keys import current_key
from service.audit.rules import Act, Basis, Purpose, usual_purpose
from service.trail import Entry, record_event

__all__ = ["bases_from", "record_access", "record_event"]

# For the people whom an account looked at: on what ground it may.
Grounds = Callable[[Session, UUID, Sequence[UUID], datetime], Mapping[UUID, Basis]]
_grounds: list[Grounds] = []


def bases_from(grounds: Grounds) -> None:
    """Say who knows the ground of a look where its caller names none; persons does."""
    _grounds[:] = [grounds]


def record_access(
    session: Session,
    staff: Staff,
    people: Iterable[UUID],
    *,
    act: Act,
    resource: str,
    at: datetime,
    purpose: Purpose | None = None,
    basis: Basis | None = None,
) -> None:
    """Write down one line a person with the transaction; ``resource`` is a kind, never content."""
    why = purpose or usual_purpose(resource)
    trail.collect(
        session,
        [
            Entry(
                municipality_id=staff.municipality_id,
                account_id=staff.id,
                role=staff.role,
                person_id=person_id,
                act=act,
                resource=resource,
                purpose=why,
                basis=basis.kind if basis else None,
                basis_id=basis.id if basis else None,
                at=at,
            )
            for person_id in people
        ],
    )


def _write(session: Session, entries: Sequence[Entry]) -> None:
    """Append entries to the chains of their municipalities; a look that is told twice is one."""
    looks = dict.fromkeys(entry for entry in entries if entry.act != trail.EVENT)
    events = [entry for entry in entries if entry.act == trail.EVENT]
    known = _bases(session, [look for look in looks if look.basis is None])
    by_tenant: dict[UUID, list[dict[str, Any]]] = {}
    for entry in (*looks, *events):
        by_tenant.setdefault(entry.municipality_id, []).append(_line(entry, known))
    for tenant in sorted(by_tenant):
        _tie(session, tenant, by_tenant[tenant])


def _bases(session: Session, looks: Sequence[Entry]) -> dict[tuple[UUID, UUID], Basis]:
    """Ask for the grounds of all looks at once: one question for each account, mostly one."""
    asked: dict[tuple[UUID, datetime], list[UUID]] = {}
    for look in looks:
        # Who may read nobody (an administrator who hands people over) has no ground to ask for.
        if look.account_id and look.person_id and may(Role(look.role), Right.READ_PEOPLE):
            asked.setdefault((look.account_id, look.at), []).append(look.person_id)
    return {
        (account, person): basis
        for (account, at), people in asked.items()
        for grounds in _grounds
        for person, basis in grounds(session, account, people, at).items()
    }


def _line(entry: Entry, known: Mapping[tuple[UUID, UUID], Basis]) -> dict[str, Any]:
    found = None
    if entry.account_id and entry.person_id:
        found = known.get((entry.account_id, entry.person_id))
    return {
        **Record().model_dump(),
        "municipality_id": entry.municipality_id,
        "account_id": entry.account_id,
        "role": entry.role,
        "person_id": entry.person_id,
        "act": Act(entry.act),
        "resource": entry.resource,
        "purpose": Purpose(entry.purpose or Purpose.SECURITY),
        "basis": entry.basis or (found and found.kind),
        "basis_id": entry.basis_id if entry.basis else found and found.id,
        "detail": json.dumps(entry.detail, sort_keys=True, ensure_ascii=False),
        "at": entry.at,
    }


def _tie(session: Session, tenant: UUID, lines: Sequence[dict[str, Any]]) -> None:
    head = repository.locked_head(session, tenant)
    if head is None:
        repository.begin_chain(session, tenant, START)
        head = repository.locked_head(session, tenant) or (0, START)
    seq, before = head
    key_id, key = current_key(session)
    for number, line in enumerate(lines, seq + 1):
        line["seq"], line["key_id"] = number, key_id
        line["digest"] = before = digest(key, before, line)
    repository.append(session, lines)


trail.append_with(_write)
