"""Put sheets together, and keep the readings that somebody has looked through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlmodel import Session

from catalogue.tables import Activity
from service.accounts.actions import Staff
from service.hosts import leaflet
from service.hosts.actions import entry
from service.hosts.repository import slots_of
from service.paper import readings, repository
from service.paper.readings import Piece
from service.paper.sheet import Sheet, sheet_of
from service.paper.tables import SheetReadings
from service.web.versions import refuse_stale


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet with its readings: marked text by the key of the line."""

    activity: Activity
    sheet: Sheet
    marked: Mapping[str, str]
    version: int

    def pieces(self, key: str) -> list[Piece]:
        return readings.pieces(self.marked[key])


def printed(
    session: Session, staff: Staff, activity_ids: Sequence[UUID], *, today: date
) -> list[Printed]:
    """Return the sheets of these activities, in the order asked for."""
    found = [entry(session, staff, Activity, activity_id) for activity_id in activity_ids]
    slots = slots_of(session, activity_ids)
    kept = repository.readings_of(session, staff.municipality_id, activity_ids)
    sheets = []
    for activity in found:
        sheet = sheet_of(activity, leaflet.openings(activity, slots[activity.id], today=today))
        own = kept.get(activity.id)
        marked = {key: _marked(text, own, key) for key, text in sheet.texts()}
        sheets.append(Printed(activity, sheet, marked, own.version if own else 0))
    return sheets


def keep_readings(
    session: Session, staff: Staff, activity_id: UUID, marked: dict[str, str], *, seen: int
) -> None:
    """Keep readings as somebody wrote them; the activity itself stays as it is."""
    activity = entry(session, staff, Activity, activity_id)
    kept = repository.readings_locked(session, staff.municipality_id, activity.id)
    refuse_stale(kept.version if kept else 0, seen)
    if kept is None:
        kept = SheetReadings(
            municipality_id=staff.municipality_id, activity_id=activity.id, marked=marked
        )
        session.add(kept)
    else:
        kept.marked, kept.version = marked, kept.version + 1
    session.flush()


def _marked(text: str, own: SheetReadings | None, key: str) -> str:
    """Return the readings somebody wrote for these very words, or the proposed ones."""
    written = own.marked.get(key, "") if own else ""
    return written if readings.plain(written) == readings.unsigned(text) else proposed(text)


@lru_cache(maxsize=4096)
def proposed(text: str) -> str:
    """Propose readings once for the words that every sheet repeats."""
    return readings.mark(text)


def said_in_pieces(text: str) -> list[Piece]:
    """Cut the sheet's own words into pieces with their readings."""
    return readings.pieces(proposed(text))
