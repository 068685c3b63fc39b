"""Who reaches a person: by relation and by what the person agreed to, as one table. Pure."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Final

from service.accounts.rules import Right, Role, may


class Relation(StrEnum):
    """What ties a worker to a person of the same municipality."""

    OWN = "own"
    AREA = "area"
    GRANTED = "granted"
    NONE = "none"


class Standing(StrEnum):
    """How a person's consent stands on a day."""

    NONE = "none"
    TEAM = "team"
    HOSTS = "hosts"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    AHEAD = "ahead"


class Reach(IntEnum):
    """How far one comes: each step holds the one before it."""

    NOTHING = 0
    READ = 1
    WRITE = 2


def _shared(holding: Reach, *, otherwise: Reach) -> Mapping[Standing, Reach]:
    return {
        Standing.NONE: otherwise,
        Standing.TEAM: holding,
        Standing.HOSTS: holding,
        Standing.WITHDRAWN: otherwise,
        Standing.EXPIRED: otherwise,
        Standing.AHEAD: otherwise,
    }


# Without a consent that holds today, only the worker whom a person has knows of them.
REACH: Final[Mapping[Relation, Mapping[Standing, Reach]]] = {
    Relation.OWN: _shared(Reach.WRITE, otherwise=Reach.WRITE),
    Relation.AREA: _shared(Reach.WRITE, otherwise=Reach.NOTHING),
    Relation.GRANTED: _shared(Reach.READ, otherwise=Reach.READ),
    Relation.NONE: _shared(Reach.NOTHING, otherwise=Reach.NOTHING),
}

# What each right to work with people needs of one of them. To match is to work: an emergency is
# for reading, and the queue is there to be worked through.
NEEDED: Final[Mapping[Right, Reach]] = {
    Right.READ_PEOPLE: Reach.READ,
    Right.WRITE_PEOPLE: Reach.WRITE,
    Right.PLACE: Reach.WRITE,
    Right.FOLLOW_UP: Reach.WRITE,
}


def reach(role: Role, relation: Relation, standing: Standing) -> Reach:
    """Say how far somebody of a role comes with one person."""
    if not may(role, Right.READ_PEOPLE):
        return Reach.NOTHING
    return REACH[relation][standing]


def opening(relation: Relation, needed: Reach) -> frozenset[Standing]:
    """Return under which consents a relation lets one come as far as is needed."""
    return frozenset(standing for standing, far in REACH[relation].items() if far >= needed)
