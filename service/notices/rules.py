"""Which notices there are for whom, and which of them one may do without. Pure."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid5

from service.accounts.rules import Right, Role, may
from service.outbox.rules import ALWAYS, Figure, Notice

# Whom a notice may reach at all: it is offered to nobody else.
OFFERED: Final[dict[Notice, frozenset[Role]]] = {
    Notice.CONCERN: frozenset({Role.CSW, Role.COORDINATOR}),
    Notice.EMERGENCY: frozenset({Role.CSW, Role.COORDINATOR, Role.AUDITOR}),
    Notice.RELEASE: frozenset({Role.CSW, Role.COORDINATOR}),
    Notice.DEAD_LETTER: frozenset({Role.ADMIN}),
    Notice.DIGEST: frozenset(role for role in Role if may(role, Right.FOLLOW_UP)),
}
# Under its name the queue counts a rank (service/followup/order.py); these are told in the digest.
RANKS: Final = (
    Figure.CONCERN,
    Figure.FIRST_OR_LAST_LATE,
    Figure.PAST_DUE,
    Figure.NOW,
    Figure.BACK,
)
AHEAD: Final = timedelta(days=28)
_NAMES: Final = UUID("0f9a7b58-2f3c-5d5e-8d0b-6f2f8a1c9e77")


def offered(role: Role) -> tuple[Notice, ...]:
    """Return the notices that reach a role."""
    return tuple(notice for notice, roles in OFFERED.items() if role in roles)


def is_fixed(role: Role, notice: Notice) -> bool:
    """Say whether this role is told in any case."""
    return (role, notice) in ALWAYS


def uid_of(account_id: UUID, kind: str, day: date) -> str:
    """Name an entry of a calendar: the same work on the same day is the same entry."""
    return f"{uuid5(_NAMES, f'{account_id}:{kind}:{day.isoformat()}')}@deban"
