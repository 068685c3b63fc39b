"""Keep the photo of a place, and take it away again."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from catalogue.tables import Activity
from service.accounts.actions import Staff
from service.hosts.actions import entry
from service.paper import repository
from service.paper.actions import keep_part
from service.paper.drawing import Unfit, UnfitPhoto, drawn
from service.paper.tables import PlacePhoto, Shown


@dataclass(frozen=True, slots=True)
class Told:
    """What has to be known of a photo before it is kept."""

    alternative: str
    shown: Shown
    published: bool


def keep_photo(
    session: Session,
    activity: Activity,
    told: Told,
    *,
    sent: bytes,
    seen: int,
    at: datetime,
    by: UUID | None = None,
) -> PlacePhoto:
    """Keep a photo, or what is said of the one that is there; ``by``: staff, or the host itself."""
    if (
        not sent
        and repository.part_locked(session, PlacePhoto, activity.municipality_id, activity.id)
        is None
    ):
        raise UnfitPhoto(Unfit.NO_FILE)
    said = {**asdict(told), "recorded_at": at, "recorded_by": by}
    return keep_part(
        session, PlacePhoto, activity, said | (asdict(drawn(sent)) if sent else {}), seen=seen
    )


def take_away(session: Session, staff: Staff, activity_id: UUID) -> None:
    """Delete a photo for good; without one nothing happens."""
    activity = entry(session, staff, Activity, activity_id)
    photo = repository.part_locked(session, PlacePhoto, staff.municipality_id, activity.id)
    if photo is not None:
        session.delete(photo)
        session.flush()
