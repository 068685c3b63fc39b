"""What activities look like over HTTP: exchange format 1 with our own ids."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from catalogue.tables import Activity, Area, Slot
from catalogue.terms import ActivityTerms, Ref, ScheduleItem, Title
from catalogue.terms.values import Places

AnyId = Annotated[UUID, Field(strict=False)]


class ActivityIn(ActivityTerms):
    """An activity with its terms; an empty ``schedule`` means any time by arrangement."""

    ref: Ref | None = None
    host_id: AnyId
    title: Title
    area: Ref
    schedule: list[ScheduleItem] = Field(default_factory=list)
    open: bool = True
    capacity: Places

    def terms(self) -> ActivityTerms:
        return terms_in(self)


class ActivityChangeIn(ActivityTerms):
    title: Title = ""
    area: Ref = ""
    schedule: list[ScheduleItem] = Field(default_factory=list)
    open: bool = True
    capacity: Places = 0


def terms_in(body: ActivityTerms) -> ActivityTerms:
    """Keep of a body what are the activity's terms, and of those what was said."""
    said = body.model_dump(include=set(ActivityTerms.model_fields), exclude_unset=True)
    return ActivityTerms.model_validate(said)


class ActivityOut(ActivityTerms):
    """An activity with everything that is known of it; null is unknown."""

    id: AnyId
    ref: str
    host_id: AnyId
    title: str
    area: str
    schedule: list[ScheduleItem]
    open: bool
    version: int

    @classmethod
    def of(cls, activity: Activity, area: Area, slots: list[Slot]) -> Self:
        own = activity.model_dump(include={"id", "ref", "host_id", "title", "open", "version"})
        schedule = [slot.recurrence for slot in slots if slot.recurrence and slot.capacity]
        return cls.model_validate(activity.terms | own | {"area": area.ref, "schedule": schedule})
