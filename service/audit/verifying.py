"""Go through a chain line by line and say where it does not hold; in batches, so memory stays."""

import hmac
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlmodel import Session

from service.audit import repository
from service.audit.chain import START, digest
from service.audit.keys import key_named
from service.audit.repository import Line
from service.encryption.keyfile import KeysMissing

BATCH: Final = 2_000
MOST_TOLD: Final = 100


class Breach(StrEnum):
    """What can be wrong with a chain."""

    MISSING = "lines are missing"
    TWICE = "a number stands there twice"
    CHANGED = "the line is not as it was written, or was not written by the service"
    NO_KEY = "the key file lacks the key of this line"
    CUT = "the newest lines were cut off"
    HEAD = "the head is not what the newest line says"
    ANCHOR = "the chain is not the one that was anchored"
    FORGED = "the anchor itself is not ours"


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where a chain does not hold."""

    municipality_id: UUID
    seq: int
    breach: Breach

    def __str__(self) -> str:
        return f"{self.municipality_id} line {self.seq}: {self.breach}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A line as it has to stand in the chain: what the head or an anchor names."""

    seq: int
    digest: str
    breach: Breach


# One short transaction a batch: on SQLite nobody who writes waits for the whole walk.
Open = Callable[[], AbstractContextManager[Session]]
Step = Callable[[int], None]


def verify(
    opened: Open,
    municipality_id: UUID,
    *,
    anchors: Sequence[Mark] = (),
    step: Step = lambda _: None,
) -> Iterator[Fault]:
    """Yield every fault of a municipality's chain, the oldest first."""
    with opened() as session:
        head = repository.head_of(session, municipality_id)
    marks = [*anchors]
    if head is not None and head[0]:
        marks.append(Mark(*head, Breach.HEAD))
    expected: dict[int, set[Mark]] = {}
    for mark in marks:
        expected.setdefault(mark.seq, set()).add(mark)
    walk = _Walk(municipality_id)
    for line, key in _lines(opened, municipality_id, step):
        yield from walk.faults(line, key)
        for mark in expected.pop(line["seq"], ()):
            if mark.digest != line["digest"]:
                yield Fault(municipality_id, mark.seq, mark.breach)
    for seq in sorted(expected):
        yield Fault(municipality_id, seq, Breach.CUT)
    if head is None and walk.seq:
        yield Fault(municipality_id, walk.seq, Breach.HEAD)


class _Walk:
    """How far a walk along a chain has come."""

    def __init__(self, municipality_id: UUID) -> None:
        self.municipality_id = municipality_id
        self.seq = 0
        self.before: str | None = START

    def faults(self, line: Line, key: bytes | None) -> Iterator[Fault]:
        seq = line["seq"]
        if seq > self.seq + 1:
            yield self._fault(self.seq + 1, Breach.MISSING)
            self.before = None
        elif seq <= self.seq:
            yield self._fault(seq, Breach.TWICE)
        if key is None:
            yield self._fault(seq, Breach.NO_KEY)
        elif self.before is not None and not _holds(key, self.before, line):
            yield self._fault(seq, Breach.CHANGED)
        self.seq, self.before = seq, line["digest"]

    def _fault(self, seq: int, breach: Breach) -> Fault:
        return Fault(self.municipality_id, seq, breach)


def _holds(key: bytes, before: str, line: Line) -> bool:
    return hmac.compare_digest(digest(key, before, line), line["digest"])


def _lines(opened: Open, municipality_id: UUID, step: Step) -> Iterator[tuple[Line, bytes | None]]:
    """Yield the lines of a chain with their keys, a batch to a transaction."""
    after: tuple[int, UUID] | None = None
    keys: dict[str, bytes | None] = {}
    while True:
        with opened() as session:
            batch = repository.lines_after(session, municipality_id, after, limit=BATCH)
            for key_id in {line["key_id"] for line in batch} - keys.keys():
                keys[key_id] = _key(session, key_id)
        yield from ((line, keys[line["key_id"]]) for line in batch)
        if len(batch) < BATCH:
            return
        after = batch[-1]["seq"], batch[-1]["id"]
        step(len(batch))


def _key(session: Session, key_id: str) -> bytes | None:
    try:
        return key_named(session, key_id)
    except KeysMissing:
        return None
