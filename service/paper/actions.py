"""Put sheets together, and keep the readings and the English that somebody has looked through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlmodel import Session

from catalogue import repository as catalogue
from catalogue.tables import Activity, Host
from service.accounts.actions import Staff
from service.hosts import leaflet
from service.hosts.actions import entry
from service.hosts.repository import slots_of
from service.paper import english, readings, repository
from service.paper.phrases import Phrase, phrases
from service.paper.readings import Piece
from service.paper.repository import Part
from service.paper.sheet import Sheet, sheet_of
from service.paper.tables import PlacePhoto, SheetEnglish, SheetReadings
from service.web.versions import refuse_stale


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet with its readings: marked text by the key of the line."""

    activity: Activity
    sheet: Sheet
    marked: Mapping[str, str]
    version: int
    photo: PlacePhoto | None = None

    def pieces(self, key: str) -> list[Piece]:
        return readings.pieces(self.marked[key])

    def phrases(self, key: str) -> list[Phrase]:
        return phrases(self.pieces(key))

    @property
    def photo_path(self) -> str:
        """Return where the photo is shown to staff; another one has another address."""
        version = self.photo.version if self.photo else 0
        return f"/activities/{self.activity.id}/photo.jpg?of={version}" if version else ""

    @property
    def is_public(self) -> bool:
        return is_public(self.activity)


def is_public(activity: Activity) -> bool:
    """Say whether the host agreed to be shown to everybody; not asked yet is not agreed."""
    return activity.terms.get("not_published") is False


def printed(
    session: Session, staff: Staff, activity_ids: Sequence[UUID], *, today: date
) -> list[Printed]:
    """Return the sheets of these activities, in the order asked for."""
    found = [entry(session, staff, Activity, activity_id) for activity_id in activity_ids]
    return composed(session, staff.municipality_id, found, today=today)


def composed(
    session: Session, municipality_id: UUID, activities: Sequence[Activity], *, today: date
) -> list[Printed]:
    """Put sheets together for whoever may see these activities."""
    ids = [activity.id for activity in activities]
    slots = slots_of(session, ids)
    kept = repository.parts_of(session, SheetReadings, municipality_id, ids)
    said = repository.parts_of(session, SheetEnglish, municipality_id, ids)
    photos = repository.parts_of(session, PlacePhoto, municipality_id, ids)
    sheets = []
    for activity in activities:
        host = shown_host(session, activity)
        sheet = sheet_of(
            activity,
            leaflet.openings(activity, slots[activity.id], today=today),
            host=host,
            said=english_of(activity, said.get(activity.id), host),
        )
        own = kept.get(activity.id)
        marked = {key: _marked(text, own, key) for key, text in sheet.texts()}
        version = own.version if own else 0
        sheets.append(Printed(activity, sheet, marked, version, photos.get(activity.id)))
    return sheets


def shown_host(session: Session, activity: Activity) -> str:
    """Return the name of the place, if it agreed to be shown."""
    if not is_public(activity):
        return ""
    host = catalogue.get(session, Host, activity.municipality_id, activity.host_id)
    return host.name if host else ""


def english_of(activity: Activity, kept: SheetEnglish | None, host: str) -> dict[str, str]:
    """Return the English of a host's own words; of words that changed since there is none."""
    said = kept.said if kept else {}
    return {
        part: said[part][1]
        for part, text in english.own_words(activity, host).items()
        if part in said and said[part][0] == text
    }


def keep_readings(
    session: Session, staff: Staff, activity_id: UUID, marked: dict[str, str], *, seen: int
) -> None:
    """Keep readings as somebody wrote them; the activity itself stays as it is."""
    activity = entry(session, staff, Activity, activity_id)
    keep_part(session, SheetReadings, activity, {"marked": marked}, seen=seen)


def japanese_of(session: Session, activity: Activity) -> dict[str, str]:
    """Return the host's own words on the sheet, which wait for their English."""
    return english.own_words(activity, shown_host(session, activity))


def english_known(session: Session, activity: Activity) -> tuple[dict[str, str], int]:
    """Return the English that still holds, and its version."""
    parts = repository.parts_of(session, SheetEnglish, activity.municipality_id, [activity.id])
    kept = parts.get(activity.id)
    host = shown_host(session, activity)
    return english_of(activity, kept, host), kept.version if kept else 0


def keep_english(
    session: Session, staff: Staff, activity_id: UUID, written: Mapping[str, str], *, seen: int
) -> None:
    """Keep English words beside the Japanese that they say; an empty part says nothing."""
    activity = entry(session, staff, Activity, activity_id)
    japanese = japanese_of(session, activity)
    said = {part: [text, written[part]] for part, text in japanese.items() if written.get(part)}
    keep_part(session, SheetEnglish, activity, {"said": said}, seen=seen)


def keep_part(
    session: Session,
    kind: type[Part],
    activity: Activity,
    content: Mapping[str, Any],
    *,
    seen: int,
) -> Part:
    """Keep what belongs to an activity's sheet, unless somebody else was first."""
    part = repository.part_locked(session, kind, activity.municipality_id, activity.id)
    refuse_stale(part.version if part else 0, seen)
    if part is None:
        owned: dict[str, Any] = {
            "municipality_id": activity.municipality_id,
            "activity_id": activity.id,
        }
        part = kind(**owned, **content)
        session.add(part)
    else:
        for name, value in content.items():
            setattr(part, name, value)
        part.version += 1
    session.flush()
    return part


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
