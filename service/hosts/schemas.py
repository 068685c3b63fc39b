"""What hosts, activities and slots look like over HTTP: exchange format 1 with our own ids."""

from datetime import date
from typing import Annotated, Any, Final, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from catalogue.tables import Activity, Area, Host, Slot
from catalogue.terms import ActivityTerms, Day, Form, Ref, ScheduleItem, Title
from catalogue.terms.values import Latitude, Longitude, Places, Text

AnyId = Annotated[UUID, Field(strict=False)]
HostKind = Annotated[Text, Field(min_length=1, max_length=64)]
Telephone = Annotated[Text, Field(max_length=64)]


class AreaOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    ref: str
    name: str
    lat: float | None
    lon: float | None


class HostIn(Form):
    """A host as a file tells it; ``ref`` is its name in files, made up where it is left out."""

    ref: Ref | None = None
    name: Title
    type: HostKind
    area: Ref
    lat: Latitude | None = None
    lon: Longitude | None = None
    telephone: Telephone = ""
    confirmed_on: Day | None = None
    resting_until: Day | None = None


class HostChangeIn(Form):
    name: Title = ""
    type: HostKind = ""
    area: Ref = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    telephone: Telephone = ""
    confirmed_on: Day | None = None
    resting_until: Day | None = None


class HostOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    ref: str
    name: str
    type: str
    area: str
    lat: float | None
    lon: float | None
    telephone: str
    confirmed_on: date | None
    last_asked_on: date | None
    resting_until: date | None
    version: int

    @classmethod
    def of(cls, host: Host, areas: dict[UUID, Area]) -> Self:
        return cls.model_validate(host.model_dump() | {"area": areas[host.area_id].ref})


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


class TimedSlotIn(ScheduleItem):
    """A slot at its times, as a line of a file's schedule tells them."""

    activity_id: AnyId
    capacity: Places


class ArrangedSlotIn(Form):
    """A slot at any time by arrangement."""

    activity_id: AnyId
    capacity: Places


TIMES: Final = frozenset({"rrule", "start", "end", "also", "dtstart", "except", "holidays"})


def _kind_of_slot(body: Any) -> str:
    if isinstance(body, Form):
        names = set(type(body).model_fields)
    else:  # whatever is no object is refused by the kind that asks least
        names = set(body) if isinstance(body, dict) else set()
    return "timed" if TIMES & names else "arranged"


SlotIn = Annotated[
    Annotated[TimedSlotIn, Tag("timed")] | Annotated[ArrangedSlotIn, Tag("arranged")],
    Discriminator(_kind_of_slot),
]


class SlotChangeIn(Form):
    """How many people a slot takes. Its times are changed through the activity's schedule."""

    capacity: Places


class SlotOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    activity_id: UUID
    position: int
    recurrence: ScheduleItem | None = Field(description="null: any time by arrangement")
    capacity: int
    taken: int


def item_in(body: TimedSlotIn | ArrangedSlotIn) -> ScheduleItem | None:
    """Keep of a slot's body its line of the schedule."""
    if isinstance(body, ArrangedSlotIn):
        return None
    said = body.model_dump(include=set(ScheduleItem.model_fields), exclude_unset=True)
    return ScheduleItem.model_validate(said)
