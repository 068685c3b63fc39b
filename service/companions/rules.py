"""Which help somebody cannot go without, and on which days there is any. Pure."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

from catalogue.profiles import Accompaniment, LimitKind, TravelMode
from service.languages.ours import ours


class AidKind(StrEnum):
    COMPANION = "companion"
    LIFT = "lift"


class BookingState(StrEnum):
    """A booking stands, was given back in time, or was lost when nobody could come after all."""

    BOOKED = "booked"
    FREED = "freed"
    LOST = "lost"


AID_WORDS: Final[dict[AidKind, str]] = ours(
    {AidKind.COMPANION: "同行する人", AidKind.LIFT: "送り迎え"}
)
NOBODY_WORDS: Final[dict[AidKind, str]] = ours(
    {
        AidKind.COMPANION: "同行できる人がその日はいません",
        AidKind.LIFT: "送り迎えのできる車がその日はありません",
    }
)
LOST_WORDS: Final[dict[AidKind, str]] = ours(
    {
        AidKind.COMPANION: "同行する人の都合がつかなくなりました。同行をさがしなおします",
        AidKind.LIFT: "送り迎えの車の都合がつかなくなりました。送り迎えをさがしなおします",
    }
)


def needs_of(
    accompaniment: Accompaniment | None,
    limits: Iterable[LimitKind],
    modes: Collection[TravelMode],
) -> frozenset[AidKind]:
    """Say what somebody cannot go without: company, or a car where nothing else takes them."""
    company = accompaniment not in {None, Accompaniment.NONE}
    needed = {AidKind.COMPANION} if company or LimitKind.COMPANION_REQUIRED in limits else set()
    if set(modes) == {TravelMode.LIFT}:
        needed.add(AidKind.LIFT)
    return frozenset(needed)
