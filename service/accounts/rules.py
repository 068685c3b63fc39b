"""Roles and what each may do, as one table."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    CSW = "csw"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    ADMIN = "admin"
    AUDITOR = "auditor"


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


_CASEWORK: Final = frozenset(
    {
        Right.READ_CATALOGUE,
        Right.WRITE_CATALOGUE,
        Right.READ_PEOPLE,
        Right.WRITE_PEOPLE,
        Right.PLACE,
        Right.FOLLOW_UP,
        Right.JOIN_CONFERENCES,
    }
)

RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    Role.CSW: _CASEWORK,
    Role.COORDINATOR: _CASEWORK,
    Role.OFFICER: frozenset({Right.READ_CATALOGUE}),
    Role.ADMIN: frozenset({Right.READ_CATALOGUE, Right.MANAGE_ACCOUNTS}),
    Role.AUDITOR: frozenset({Right.READ_AUDIT}),
}


def may(role: Role, right: Right) -> bool:
    """Say whether the role holds the right."""
    return right in RIGHTS[role]
