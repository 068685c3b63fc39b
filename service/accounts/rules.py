"""Roles and what each may do, as one table; and what machines may open."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    CSW = "csw"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Scope(StrEnum):
    """What a machine's token may open: one thing each, and never anything about a person."""

    FIGURES = "figures"
    CATALOGUE = "catalogue"
    METRICS = "metrics"


class Right(StrEnum):
    READ_CATALOGUE = "read_catalogue"
    WRITE_CATALOGUE = "write_catalogue"
    READ_PEOPLE = "read_people"
    WRITE_PEOPLE = "write_people"
    PLACE = "place"
    FOLLOW_UP = "follow_up"
    READ_AUDIT = "read_audit"
    MANAGE_ACCOUNTS = "manage_accounts"
    JOIN_CONFERENCES = "join_conferences"
    OPEN_IN_EMERGENCY = "open_in_emergency"
    RETAIN = "retain"
    READ_FIGURES = "read_figures"
    EXPORT_PEOPLE = "export_people"  # more than one at once, in a file
    MEND_DELIVERY = "mend_delivery"
    SET_RHYTHM = "set_rhythm"
    HAND_OVER = "hand_over"  # anybody's people whom one sees; one's own need no right of their own


_CASEWORK: Final = frozenset(
    {
        Right.READ_CATALOGUE,
        Right.WRITE_CATALOGUE,
        Right.READ_PEOPLE,
        Right.WRITE_PEOPLE,
        Right.PLACE,
        Right.FOLLOW_UP,
        Right.JOIN_CONFERENCES,
        Right.OPEN_IN_EMERGENCY,
    }
)

RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    Role.CSW: _CASEWORK,
    Role.COORDINATOR: _CASEWORK
    | {Right.HAND_OVER, Right.RETAIN, Right.READ_FIGURES, Right.SET_RHYTHM}
    | {Right.EXPORT_PEOPLE, Right.MEND_DELIVERY},
    Role.OFFICER: frozenset({Right.READ_CATALOGUE, Right.READ_FIGURES}),
    Role.ADMIN: frozenset({Right.READ_CATALOGUE, Right.MANAGE_ACCOUNTS, Right.MEND_DELIVERY}),
    Role.AUDITOR: frozenset({Right.READ_AUDIT}),
}

# Who may have people of their own.
CASEWORK: Final = frozenset(role for role, held in RIGHTS.items() if Right.WRITE_PEOPLE in held)


def may(role: Role, right: Right) -> bool:
    """Say whether the role holds the right."""
    return right in RIGHTS[role]
