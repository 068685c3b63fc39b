"""What everybody may read of an activity: only where the host agreed, and of no person anything."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from catalogue import repository as catalogue
from catalogue.tables import Activity
from migrations.grants import HOST
from service.database import enter, knock
from service.paper import actions, repository
from service.paper.actions import Printed, is_public

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A sheet as anybody finds it behind its square; a resting one has no days to offer."""

    printed: Printed
    is_open: bool


def find(session: Session, said: str) -> Activity | None:
    """Go on as the host side within the activity's municipality, if its host agreed to be shown.

    Whatever else stands in the address finds nothing, by the same statements.
    """
    activity_id = _read(said)
    knock(session, str(activity_id))
    municipality_id = repository.municipality_of(session, activity_id) or NOBODY
    enter(session, HOST, municipality_id)
    activity = catalogue.get(session, Activity, municipality_id, activity_id)
    return activity if activity and is_public(activity) else None


def leaflet(session: Session, said: str, *, today: date) -> Leaflet | None:
    activity = find(session, said)
    if activity is None:
        return None
    (printed,) = actions.composed(session, activity.municipality_id, [activity], today=today)
    return Leaflet(printed, activity.open)


def photo(session: Session, said: str) -> bytes | None:
    """Return the photo of a leaflet, if the host said that everybody may see it."""
    activity = find(session, said)
    if activity is None:
        return None
    return repository.picture(
        session, activity.municipality_id, activity.id, large=True, public=True
    )


def _read(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        return NOBODY
