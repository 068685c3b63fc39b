"""Accounts of one's own municipality over HTTP, for its admin."""

from uuid import UUID

from fastapi import APIRouter, Response

from service.accounts import administration
from service.accounts.access import AccountManager
from service.accounts.account_schemas import (
    AccountChangeIn,
    AccountIn,
    AccountOut,
    AccountsOut,
    GivenPasswordOut,
    LeavingOut,
)
from service.accounts.tables import Account
from service.clock import Moment
from service.database import SessionDep
from service.refusals import Kind
from service.web.problems import documented
from service.web.versions import SeenVersion, both_shown, tag

router = APIRouter(prefix="/api/v1/accounts", tags=["accounts"])


@router.get("", response_model=AccountsOut, responses=documented())
def list_accounts(session: SessionDep, staff: AccountManager) -> AccountsOut:
    found = administration.accounts(session, staff)
    guarded = administration.guarded(session, found)
    return AccountsOut(
        items=[AccountOut.of(each, second_factor=each.id in guarded) for each in found]
    )


@router.post(
    "", response_model=GivenPasswordOut, status_code=201, responses=documented(Kind.CONFLICT)
)
def open_account(
    body: AccountIn, session: SessionDep, staff: AccountManager, at: Moment
) -> GivenPasswordOut:
    """Open an account; its first password is shown once and opens the choice of an own one."""
    opened = administration.open_account(
        session,
        staff,
        body.username,
        role=body.role,
        display_name=body.display_name,
        area_id=body.area_id,
        at=at,
    )
    account = AccountOut.of(opened.account, second_factor=False)
    return GivenPasswordOut(account=account, password=opened.password)


@router.patch(
    "/{account_id}",
    response_model=AccountOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT, Kind.UNSEEN, Kind.STALE),
)
def change_account(
    *,
    account_id: UUID,
    body: AccountChangeIn,
    session: SessionDep,
    staff: AccountManager,
    at: Moment,
    seen: SeenVersion,
    response: Response,
) -> AccountOut:
    """Change what is sent; a new role or area, or closing the account, ends its sign-ins."""
    changes = body.model_dump(exclude_unset=True)
    with both_shown(session, body, lambda: read_account(account_id, session, staff, response)):
        found = administration.amend(session, staff, account_id, changes, at=at, seen=seen)
    return _shown(session, found, response)


@router.get("/{account_id}", response_model=AccountOut, responses=documented(Kind.MISSING))
def read_account(
    account_id: UUID, session: SessionDep, staff: AccountManager, response: Response
) -> AccountOut:
    return _shown(session, administration.account(session, staff, account_id), response)


def _shown(session: SessionDep, found: Account, response: Response) -> AccountOut:
    tag(response, found.version)
    return AccountOut.of(found, second_factor=bool(administration.guarded(session, [found])))


@router.get("/{account_id}/closing", response_model=LeavingOut, responses=documented(Kind.MISSING))
def show_leaving(
    account_id: UUID, session: SessionDep, staff: AccountManager, at: Moment
) -> LeavingOut:
    """Say beforehand what closing the account would meet, and what would end with it."""
    found = administration.leaving(session, staff, account_id, at=at)
    return LeavingOut(may=found.may, **found.work, **found.ends)


@router.post(
    "/{account_id}/password",
    response_model=GivenPasswordOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def give_password(
    account_id: UUID, session: SessionDep, staff: AccountManager, at: Moment
) -> GivenPasswordOut:
    """Give out a new password for one that was lost."""
    given = administration.give_password(session, staff, account_id, at=at)
    guarded = bool(administration.guarded(session, [given.account]))
    account = AccountOut.of(given.account, second_factor=guarded)
    return GivenPasswordOut(account=account, password=given.password)


@router.delete(
    "/{account_id}/factors",
    response_model=None,
    status_code=204,
    responses=documented(Kind.MISSING, Kind.CONFLICT),
)
def reset_factors(account_id: UUID, session: SessionDep, staff: AccountManager, at: Moment) -> None:
    """Take a lost second factor away."""
    administration.reset_factors(session, staff, account_id, at=at)
