"""What is to be seen to at a host, and how that is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from catalogue.tables import Host


class Matter(StrEnum):
    TOO_OFTEN = "asked_too_often"
    NEVER_ASKED = "never_asked"
    UNCONFIRMED = "unconfirmed"
    RESTING = "resting"


LATELY: Final = timedelta(days=30)  # in which questions are counted
CONFIRMED_FOR: Final = timedelta(days=180)  # as in the cadence of the follow-up


@dataclass(frozen=True, slots=True)
class Faring:
    """A host with what is to be seen to, and how often it was asked lately."""

    host: Host
    asked_lately: int
    matters: tuple[Matter, ...]

    @property
    def id(self) -> UUID:
        return self.host.id


@dataclass(frozen=True, slots=True)
class Health:
    """A page of hosts, with counts over all of them."""

    rows: Sequence[Faring]
    total: int
    by_matter: Mapping[Matter, int]
