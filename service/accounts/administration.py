"""What an admin does with the accounts of their own municipality; never with their own rights.

Whoever opens accounts could sign in as anybody whose password they give out. So a given password
opens nothing but the choice of an own one, every such step ends that account's sign-ins, and all of
them are written down where no admin can change it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from catalogue import repository as catalogue
from catalogue.tables import Area
from service.accounts import actions, factors, passwords, repository, work
from service.accounts.actions import Staff, UsernameTaken, require_step_up
from service.accounts.happenings import tell
from service.accounts.rules import CASEWORK, Role
from service.accounts.tables import Account
from service.refusals import Kind, Refusal
from service.trail import Happening
from service.web.versions import refuse_stale

# What decides over what an account opens: after a change of these nobody goes on as before.
ENDING: Final = ("role", "area_id", "active")


class NoSuchAccount(Refusal):
    kind: ClassVar = Kind.MISSING


class NotOneself(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NoSuchPlace(Refusal):
    kind: ClassVar = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Opened:
    """An account, and the password that its owner is given once."""

    account: Account
    password: str


def accounts(session: Session, staff: Staff) -> Sequence[Account]:
    """Return every account of the caller's municipality, by name."""
    return repository.accounts_of(session, staff.municipality_id)


def account(session: Session, staff: Staff, account_id: UUID) -> Account:
    """Return one account; that of another municipality is as absent as none."""
    found = repository.account_with(session, account_id)
    if found is None or found.municipality_id != staff.municipality_id:
        raise NoSuchAccount("no such account")
    return found


def guarded(session: Session, found: Sequence[Account]) -> set[UUID]:
    """Return which of the accounts have a second factor."""
    return repository.with_second_factor(session, [each.id for each in found])


def open_account(
    session: Session,
    staff: Staff,
    username: str,
    *,
    role: Role,
    display_name: str,
    area_id: UUID | None,
    at: datetime,
) -> Opened:
    """Open an account with a password that only opens the choice of an own one."""
    require_step_up(staff, at)
    _refuse_foreign_area(session, staff, area_id)
    password = passwords.made_up()
    try:
        with session.begin_nested():
            opened = actions.open_account(
                session,
                username,
                municipality_id=staff.municipality_id,
                role=role,
                password=password,
                display_name=display_name,
                area_id=area_id,
            )
            opened.password_given = True
    except IntegrityError as taken:
        # The wall hides another municipality's account, but its user name is taken all the same.
        raise UsernameTaken("an account with this username exists") from taken
    tell(session, Happening.ACCOUNT_OPENED, opened, at=at, by=staff.id, how=role)
    return Opened(opened, password)


def amend(
    session: Session,
    staff: Staff,
    account_id: UUID,
    changes: Mapping[str, Any],
    *,
    at: datetime,
    seen: int | None = None,
) -> Account:
    """Change role, area, name or whether it is open; its sign-ins end where that counts."""
    require_step_up(staff, at)
    found = account(session, staff, account_id)
    session.refresh(found, with_for_update=True)
    refuse_stale(found.version, seen)
    changed = {name: value for name, value in changes.items() if getattr(found, name) != value}
    if found.id == staff.id and set(changed) & {"role", "active"}:
        raise NotOneself("nobody changes their own role or closes their own account")
    _refuse_foreign_area(session, staff, changed.get("area_id"))
    if leaves(found, changed):
        # Held until the end: whoever is just given to this account comes before or after.
        repository.hold_account(session, found.id)
        work.refuse_in_hand(session, found, at)
        work.end_with(session, found, by=staff.id, at=at)
    if "display_name" in changed:
        actions.refuse_names(found.username, changed["display_name"])
    for name, value in changed.items():
        setattr(found, name, value)
    found.version += 1
    if set(changed) & set(ENDING):
        repository.end_all(session, found.id, at=at)
    for happening in happenings_of(changed):
        tell(session, happening, found, at=at, by=staff.id, how=str(changed.get("role", "")))
    return found


def leaves(found: Account, changed: Mapping[str, Any]) -> bool:
    """Say whether a change takes from somebody the care of people."""
    closed = changed.get("active") is False
    return closed or (found.role in CASEWORK and changed.get("role", found.role) not in CASEWORK)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What closing an account would meet: work to hand over first, and what would end."""

    work: dict[str, int]
    ends: dict[str, int]

    @property
    def may(self) -> bool:
        """Say whether it may be closed as it stands."""
        return not any(self.work.values())


def leaving(session: Session, staff: Staff, account_id: UUID, *, at: datetime) -> Leaving:
    """Say beforehand what closing an account would meet."""
    found = account(session, staff, account_id)
    signed_in = len(repository.open_sign_ins(session, found.id, at=at))
    ends = work.ending_work(session, found, at) | {"sign_ins": signed_in}
    return Leaving(work.open_work(session, found, at), ends)


def happenings_of(changed: Mapping[str, Any]) -> list[Happening]:
    """Name what a change means to whoever reads the audit later."""
    found = [Happening.ROLE_CHANGED] if "role" in changed else []
    if changed.get("active") is False:
        found.append(Happening.ACCOUNT_DISABLED)
    if set(changed) - {"role"} and Happening.ACCOUNT_DISABLED not in found:
        found.append(Happening.ACCOUNT_CHANGED)
    return found


def give_password(session: Session, staff: Staff, account_id: UUID, *, at: datetime) -> Opened:
    """Give a new password to somebody who lost theirs; it opens the choice of an own one."""
    require_step_up(staff, at)
    found = _somebody_else(session, staff, account_id)
    password = passwords.made_up()
    found.password_hash, found.password_given = passwords.hashed(password), True
    repository.end_all(session, found.id, at=at)
    tell(session, Happening.PASSWORD_CHANGED, found, at=at, by=staff.id, how="given")
    return Opened(found, password)


def reset_factors(session: Session, staff: Staff, account_id: UUID, *, at: datetime) -> None:
    """Take a lost second factor away; its owner is told at the next sign-in."""
    require_step_up(staff, at)
    found = _somebody_else(session, staff, account_id)
    factors.drop_codes(session, found.id)
    found.factor_reset_at = at
    repository.end_all(session, found.id, at=at)
    tell(session, Happening.FACTOR_REMOVED, found, at=at, by=staff.id, how="reset")


def _somebody_else(session: Session, staff: Staff, account_id: UUID) -> Account:
    found = account(session, staff, account_id)
    if found.id == staff.id:
        raise NotOneself("for one's own account there is the page about one's own sign-in")
    return found


def _refuse_foreign_area(session: Session, staff: Staff, area_id: UUID | None) -> None:
    if area_id and catalogue.get(session, Area, staff.municipality_id, area_id) is None:
        raise NoSuchPlace("no such area")
