"""The forms of ``deban-catalogue/1``: a municipality, its areas, hosts and activities."""

from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from catalogue.terms import ActivityTerms, Form, Levels, Minutes, Ref, ScheduleItem, Title
from catalogue.terms.values import (
    GroupSize,
    HazardWord,
    Latitude,
    Longitude,
    Places,
    SettingWord,
    Text,
    or_empty,
)

FORMAT: Final = "deban-catalogue/1"


class AreaRow(Form):
    """A daily-life area."""

    id: Ref
    name: Title
    lat: Latitude | None = None
    lon: Longitude | None = None


class HostRow(Form):
    """An organisation or person that receives."""

    id: Ref
    name: Title
    type: Annotated[Text, Field(min_length=1, max_length=64)]
    area: Ref
    lat: Latitude | None = None
    lon: Longitude | None = None


class ActivityRow(ActivityTerms):
    """An activity as a file tells it: its terms, its names, its place, its schedule.

    An empty schedule means any time by arrangement. What decides about safety and places has to
    be said, if only as null for unknown; everything else may be absent.
    """

    id: Ref
    host: Ref
    title: Title
    area: Ref
    schedule: list[ScheduleItem]
    open: bool
    minutes: Minutes | None
    capacity: Places
    group_size: GroupSize | None
    load: Annotated[Levels, BeforeValidator(or_empty, json_schema_input_type=Levels | None)]
    setting: SettingWord | None
    hazards: list[HazardWord] | None

    def terms(self) -> ActivityTerms:
        """Give the terms alone, as they are stored."""
        own = {"id", "host", "title", "area", "schedule", "open"}
        return ActivityTerms.model_validate(self.model_dump(exclude=own))


class CatalogueHead(Form):
    """The top of a catalogue file; its sections are validated row by row."""

    format: Literal["deban-catalogue/1"]
    municipality: Title
    timezone: Literal["Asia/Tokyo"] = "Asia/Tokyo"
    areas: list[Any]
    hosts: list[Any]
    activities: list[Any]


class CatalogueFile(Form):
    """A whole catalogue file without a fault, or the rows of one that have none."""

    format: Literal["deban-catalogue/1"] = FORMAT
    municipality: Title
    timezone: Literal["Asia/Tokyo"] = "Asia/Tokyo"
    areas: list[AreaRow]
    hosts: list[HostRow]
    activities: list[ActivityRow]
