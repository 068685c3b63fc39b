"""What the forms' kit asks of drafts: keep what was not taken, and find it again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts import repository as accounts
from service.accounts.actions import Staff, standing_in
from service.accounts.groups import GROUP
from service.accounts.tables import Awaits
from service.database import enter, transaction
from service.drafts import actions, repository
from service.drafts.actions import Sheet
from service.drafts.rules import kept_fields
from service.refusals import Refusal
from service.web.forms import is_of
from service.web.keeping import Kept, Slip, mark_of, seen_in
from service.web.tokens import KNOWN_HOURS, last_sign_in


@dataclass(frozen=True, slots=True)
class Drafts:
    """The keeper of forms: for how many days is the office's to say."""

    days: int

    def keep_sent(self, request: Request) -> bool:
        """Keep the form of a request that failed, in a transaction of its own."""
        form: FormData = request.state.sent
        at: datetime = request.app.state.clock()
        sheet = sheet_of(form, request.url.path)
        try:
            with transaction(request.app.state.engine) as session:
                staff = _whose(session, form, last_sign_in(request), at=at)
                if staff is None or not sheet.page:
                    return False
                enter(session, GROUP[staff.role], staff.municipality_id)
                actions.keep(session, staff, sheet, days=self.days, at=at, interrupted=True)
        except (Refusal, DBAPIError, NoConnectionLeft):
            return False  # the page then says that it is not kept
        return True

    def found(self, session: Session, caller: Staff, page: str, chosen: str) -> Kept | None:
        return actions.found(session, caller, page, chosen, at=_moment(caller))

    def waiting(self, session: Session, caller: Staff) -> int:
        return repository.count(session, caller, at=_moment(caller))

    def finish(self, session: Session, caller: Staff, seen: str, action: str) -> None:
        actions.finish(session, caller, seen, action, at=_moment(caller))


def sheet_of(form: FormData, action: str) -> Sheet:
    """Read what is kept of a form that was sent to an address."""
    slip = Slip.of(form)
    fields = kept_fields(form.multi_items())
    return Sheet(slip.page, action, fields, seen=seen_in(form), about=slip.about)


def _whose(session: Session, form: FormData, last: str, *, at: datetime) -> Staff | None:
    """Say whose form this is: made under the browser's last sign-in, or for the same account.

    Of a sign-in that ended long ago nothing is taken any more.
    """
    known = accounts.sign_in_known(session, last)
    if known is None:
        return None
    sign_in, account = known
    ended_long_ago = at > sign_in.expires_at + timedelta(hours=KNOWN_HOURS)
    if ended_long_ago or sign_in.awaits is not Awaits.NOTHING:
        return None
    is_theirs = is_of(form, last) or Slip.of(form).whose == mark_of(account.id)
    return standing_in(account, at=at) if is_theirs else None


def _moment(staff: Staff) -> datetime:
    assert staff.at is not None
    return staff.at
