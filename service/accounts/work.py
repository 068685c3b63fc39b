"""What an account still has in hand: chapters that stand above say what they know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts.tables import Account
from service.refusals import Kind, Refusal

Counted = Callable[[Session, Account, datetime], Mapping[str, int]]
Closed = Callable[[Session, Account, UUID, datetime], None]


@dataclass(frozen=True, slots=True)
class Source:
    """What a chapter knows: work that somebody has to take over, and what ends of itself."""

    open: Counted
    ending: Counted | None = None
    end: Closed | None = None


_sources: dict[str, Source] = {}


class StillInHand(Refusal):
    """Somebody has to take over first; ``work`` says how much of what."""

    kind: ClassVar = Kind.CONFLICT


def work_from(chapter: str, source: Source) -> None:
    """Say who knows what an account has in hand."""
    _sources[chapter] = source


def open_work(session: Session, account: Account, at: datetime) -> dict[str, int]:
    """Return how much of what somebody has to take over, by its word; also what is nought."""
    return {
        word: n for each in _sources.values() for word, n in each.open(session, account, at).items()
    }


def ending_work(session: Session, account: Account, at: datetime) -> dict[str, int]:
    """Return how much of what would end with the account."""
    found = (each.ending(session, account, at) for each in _sources.values() if each.ending)
    return {word: number for said in found for word, number in said.items()}


def refuse_in_hand(session: Session, account: Account, at: datetime) -> None:
    """Refuse to close an account as long as anybody would be lost with it."""
    left = {word: number for word, number in open_work(session, account, at).items() if number}
    if left:
        said = ", ".join(f"{number} {word}" for word, number in left.items())
        raise StillInHand(f"this account still has {said}: hand them over first", work=left)


def end_with(session: Session, account: Account, *, by: UUID, at: datetime) -> None:
    """End what ends with an account."""
    for each in _sources.values():
        if each.end:
            each.end(session, account, by, at)
