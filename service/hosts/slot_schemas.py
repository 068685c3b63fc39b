"""What slots look like over HTTP: a line of a schedule, or any time by arrangement."""

from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from catalogue.terms import Form, ScheduleItem
from catalogue.terms.values import Places
from service.hosts.activity_schemas import AnyId


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
    version: int


def item_in(body: TimedSlotIn | ArrangedSlotIn) -> ScheduleItem | None:
    """Keep of a slot's body its line of the schedule."""
    if isinstance(body, ArrangedSlotIn):
        return None
    said = body.model_dump(include=set(ScheduleItem.model_fields), exclude_unset=True)
    return ScheduleItem.model_validate(said)
