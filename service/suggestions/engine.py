"""Indexes of the catalogue, kept by a process and never older than the database says."""

import gc
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from threading import Lock
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session

import matching
from catalogue import repository as catalogue
from matching import Index
from matching.roads import Roads
from matching.vectors import Embed
from service.companions.actions import Aided
from service.suggestions.accompanied import with_aid
from service.suggestions.apart import Place, without

KEPT: Final = 32


@dataclass(frozen=True, slots=True)
class Dated:
    """An index with the catalogue's revision that it was built from.

    ``offers`` has title, version and terms of what was proposed from it, by activity: they are
    kept with every suggestion, and a change of one of them moves the revision.
    """

    index: Index
    revision: int
    offers: dict[UUID, dict[str, Any]] = field(default_factory=dict)


class Indexes:
    """The newest index of a municipality and day, found again by the catalogue's revision.

    The revision is read in the caller's transaction, and every change of the catalogue moves it
    in its own: so an index that another worker's change has made old is never used again.
    """

    def __init__(
        self, kept: int = KEPT, *, roads: Roads | None = None, embed: Embed | None = None
    ) -> None:
        self._kept = kept
        self._build = partial(matching.build, roads=roads, embed=embed)
        self._known: OrderedDict[tuple[UUID, date, Aided | None, frozenset[Place]], Dated] = (
            OrderedDict()
        )
        # Callers are inside their transaction already, so the lock is always the second to wait
        # for, and two of them never wait for each other.
        self._lock = Lock()

    def on(
        self,
        session: Session,
        municipality_id: UUID,
        day: date,
        *,
        aided: Aided | None = None,
        apart: frozenset[Place] = frozenset(),
    ) -> Dated:
        """Return the index of a municipality's catalogue as it stands, for one day.

        ``aided``: with only those dates on which somebody can be taken along; ``apart``: without
        the slots in which somebody is whom they are kept apart from.
        """
        revision = catalogue.revision(session, municipality_id) or 0
        key = (municipality_id, day, aided, apart)
        with self._lock:
            found = self._known.get(key)
            if found is None or found.revision != revision:
                activities = catalogue.profiles(session, municipality_id, as_of=day)
                if aided is not None:
                    activities = list(with_aid(activities, aided))
                if apart:
                    activities = list(without(activities, apart))
                found = Dated(self._build(activities, as_of=day), revision)
                self._known[key] = found
                # thousands of objects that live long: the collector need not walk them each time
                gc.freeze()
            self._known.move_to_end(key)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return found
