"""To whom consents let a person be told of, and when one is narrower than another. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from catalogue.profiles import SharedWith

# From the narrowest circle to the widest.
CIRCLES: Final = (SharedWith.NONE, SharedWith.TEAM, SharedWith.HOSTS)

# A circle as a consent names it, with the one host that it means, if it means one only.
Named = tuple[SharedWith, UUID | None]


@dataclass(frozen=True, slots=True)
class Shared:
    """To whom the consents that hold let a person be told of.

    ``hosts`` are the ids of single hosts; where ``circle`` is hosts, every host is meant anyway.
    """

    circle: SharedWith = SharedWith.NONE
    hosts: frozenset[str] = frozenset()


NOBODY: Final = Shared()


def shared(named: Iterable[Named]) -> Shared:
    """Join consents: one for a single host opens that host, and to everybody else the team only."""
    given = list(named)
    wide = (_to_all(circle, host) for circle, host in given)
    return Shared(
        max(wide, key=CIRCLES.index, default=SharedWith.NONE),
        frozenset(str(host) for circle, host in given if circle is SharedWith.HOSTS and host),
    )


def _to_all(circle: SharedWith, host: UUID | None) -> SharedWith:
    """Say how far a consent reaches beyond the one host that it may name."""
    return SharedWith.TEAM if circle is SharedWith.HOSTS and host is not None else circle
