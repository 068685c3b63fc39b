"""What happens to accounts, told to the audit in codes."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.accounts.tables import Account
from service.trail import Happening, record_event


def tell(
    session: Session,
    happening: Happening,
    account: Account,
    *,
    at: datetime,
    by: UUID | None = None,
    how: str = "",
    even_if_refused: bool = False,
) -> None:
    """Write down what happened to an account; ``by`` is who did it, where it was not its owner."""
    detail = {"how": how} if how else {}
    if by is not None:
        detail["account"] = str(account.id)
    record_event(
        session,
        municipality_id=account.municipality_id,
        account_id=by or account.id,
        event=happening,
        at=at,
        detail=detail,
        even_if_refused=even_if_refused,
    )
