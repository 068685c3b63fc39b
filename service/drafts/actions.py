"""Keep a form as it stands, show it again to whoever wrote it, and end it when it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from migrations.grants import CASEWORK
from service.accounts.actions import NotYours, Staff
from service.accounts.groups import GROUP
from service.audit.actions import record_access
from service.audit.tables import Act
from service.drafts import repository, rules
from service.drafts.rules import Fields
from service.drafts.tables import Draft
from service.drafts.words import words_of
from service.refusals import Kind, Refusal
from service.web.keeping import Kept, path_of

RESOURCE: Final = "draft"


class NoSuchDraft(Refusal):
    kind: ClassVar = Kind.MISSING


class NothingToKeep(Refusal):
    kind: ClassVar = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it stands: on which page, where it is sent, about whom it may be."""

    page: str
    action: str
    fields: Fields
    seen: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft as it is listed; ``code`` is that of whom it is about."""

    id: UUID
    page: str
    what: str
    code: str
    at: datetime


def may_keep(staff: Staff) -> bool:
    """Say whether somebody's forms are kept: those of the office guard accounts, and are short."""
    return GROUP[staff.role] == CASEWORK


def keep(
    session: Session,
    staff: Staff,
    sheet: Sheet,
    *,
    days: int,
    at: datetime,
    interrupted: bool = False,
) -> Draft:
    """Keep a form for the caller alone. What somebody kept meanwhile is never written over."""
    if not may_keep(staff):
        raise NotYours("your role keeps no drafts")
    if not (
        sheet.page
        and rules.may_be_kept(path_of(sheet.page))
        and rules.is_worth_keeping(sheet.fields)
    ):
        raise NothingToKeep("nothing of this form can be kept")
    repository.drop_over(session, at=at, municipality_id=staff.municipality_id)
    row = _rested_on(session, staff, sheet, at=at) or _new(session, staff, sheet, at=at)
    row.action, row.fields = sheet.action, [list(each) for each in sheet.fields]
    row.interrupted, row.kept_at = interrupted, at
    row.until = at + rules.lasts(interrupted=interrupted, days=days)
    session.add(row)
    session.flush()
    repository.drop_oldest(session, staff, most=rules.MOST)
    return row


def _rested_on(session: Session, staff: Staff, sheet: Sheet, *, at: datetime) -> Draft | None:
    """Return the draft that the form was made from, if nobody has kept a newer one since."""
    there = repository.drafts(session, staff, at=at, page=sheet.page)
    for row in there:
        if _seen(row) == sheet.seen or _pairs(row) == sheet.fields:
            row.version += 1
            return row
    return None


def _new(session: Session, staff: Staff, sheet: Sheet, *, at: datetime) -> Draft:
    named = [each for part in (sheet.page, sheet.action) for each in _ids(part)]
    people = repository.codes(session, staff, [*_ids(sheet.about), *named])
    return Draft(
        municipality_id=staff.municipality_id,
        account_id=staff.id,
        person_id=next(iter(people), None),
        page=sheet.page,
        action=sheet.action,
        kept_at=at,
        until=at,
    )


def found(session: Session, staff: Staff, page: str, chosen: str, *, at: datetime) -> Kept | None:
    """Return the newest draft of a page, or the one that was chosen, and name the others."""
    if not may_keep(staff):
        return None
    there = repository.drafts(session, staff, at=at, page=page)
    if not there:
        return None
    row = next((each for each in there if str(each.id) == chosen), there[0])
    others = [(each.id, each.kept_at) for each in there if each.id != row.id]
    return replace(kept_of(row), others=others)


def kept_of(row: Draft) -> Kept:
    """Return a draft as the kit shows it."""
    return Kept(row.id, row.version, row.kept_at, row.interrupted, _pairs(row))


def finish(session: Session, staff: Staff, seen: str, action: str, *, at: datetime) -> None:
    """End the draft of a form that is saved; one that was kept meanwhile stays."""
    for draft_id in _ids(seen.partition(".")[0]) if may_keep(staff) else ():
        row = repository.draft(session, staff, draft_id, at=at, locked=True)
        if row is not None and _seen(row) == seen and path_of(row.action) == action:
            repository.drop(session, row)


def throw_away(session: Session, staff: Staff, draft_id: UUID, *, at: datetime) -> str:
    """End a draft unsaved; return the page on which it stood."""
    there = may_keep(staff)
    row = repository.draft(session, staff, draft_id, at=at, locked=True) if there else None
    if row is None:
        raise NoSuchDraft("no such draft")
    page = row.page
    repository.drop(session, row)
    return page


def waiting(session: Session, staff: Staff, *, at: datetime) -> Sequence[Waiting]:
    """Return the caller's drafts, and write down about whom they are."""
    if not may_keep(staff):
        return []
    there = repository.drafts(session, staff, at=at)
    codes = repository.codes(session, staff, {row.person_id for row in there if row.person_id})
    record_access(session, staff, list(codes), act=Act.LIST, resource=RESOURCE, at=at)
    return [
        Waiting(
            row.id,
            row.page,
            words_of(path_of(row.page)),
            codes.get(row.person_id, "") if row.person_id else "",
            row.kept_at,
        )
        for row in there
    ]


def forget_over(session: Session, *, at: datetime) -> int:
    """Delete the drafts whose time is over."""
    return repository.drop_over(session, at=at)


def _seen(row: Draft) -> str:
    return kept_of(row).seen


def _pairs(row: Draft) -> Fields:
    return [(name, said) for name, said in row.fields]


def _ids(said: str) -> list[UUID]:
    """Return the ids that stand in an address or a field."""
    found = []
    for part in said.replace("?", "/").replace("=", "/").replace("&", "/").split("/"):
        try:
            found.append(UUID(part))
        except ValueError:
            continue
    return found
