"""To whom consents let a person be told of, and when one is narrower than another. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a consent reaches: to whom, with which fields, until when."""

    circle: SharedWith
    host: UUID | None
    body: str
    fields: frozenset[str]
    until: date | None


def wider(old: Extent, new: Extent) -> tuple[str, ...]:
    """Name what the new consent allows beyond the old one; nothing where it is as narrow.

    A narrowing takes something back and gives nothing: whatever is new has to be asked for anew.
    """
    beyond = {
        "shared_with": CIRCLES.index(new.circle) > CIRCLES.index(old.circle),
        "host_id": new.circle is SharedWith.HOSTS and old.host not in (None, new.host),
        "body": new.body not in ("", old.body),
        "fields": not new.fields <= old.fields,
        "until": old.until is not None and (new.until is None or new.until > old.until),
    }
    return tuple(name for name, is_wider in beyond.items() if is_wider)
