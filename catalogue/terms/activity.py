"""The terms of an activity: everything but its names, references, openness and schedule.

Field names are those of exchange format 1. What is absent or null is unknown, never zero.
"""

from calendar import monthrange
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from catalogue.schedule import Season
from catalogue.terms.parts import AccessTerms, Attendance, Levels, Minutes, Needs, Toilet
from catalogue.terms.times import Day
from catalogue.terms.values import (
    AgeSpan,
    CompanyWord,
    Duration,
    Form,
    GroupSize,
    HazardWord,
    Latitude,
    Longitude,
    PaceWord,
    Places,
    RewardWord,
    SettingWord,
    Word,
    Words,
    Yen,
    or_empty,
)

DECEMBER: Final = 12
LANDMARKS: Final = 3  # of the way, in the order of walking: more nobody keeps in mind


def _months(pair: Any) -> Any:
    """Read a season that is told in months, such as [4, 11], as its first and last day."""
    # Exactly int: a truth is no month.
    if not isinstance(pair, list) or [type(month) for month in pair] != [int, int]:
        return pair
    if not all(1 <= month <= DECEMBER for month in pair):
        raise ValueError("expected months from 1 to 12, or two days as MM-DD or YYYY-MM-DD")
    # 2000 was a leap year: a season to the end of February takes the 29th in.
    return [f"{pair[0]:02}-01", f"{pair[1]:02}-{monthrange(2000, pair[1])[1]}"]


def _is_season(pair: list[str]) -> list[str]:
    Season(*pair)
    return pair


class ActivityTerms(Form):
    """Everything of an activity except id, host, area, title, open and schedule."""

    plain_title: Words = ""
    description: Words = ""
    tags: list[Word] = Field(default_factory=list)
    facets: list[Word] = Field(default_factory=list)
    lat: Latitude | None = None
    lon: Longitude | None = None
    minutes: Minutes | None = None
    dose: Words = ""
    when: Words = ""
    season: (
        Annotated[
            list[str],
            Field(min_length=2, max_length=2),
            BeforeValidator(_months),
            AfterValidator(_is_season),
        ]
        | None
    ) = None
    closed_until: Day | None = None
    next_dates: list[Day] = Field(default_factory=list)
    rain_rule: Words = ""
    capacity: Places | None = None
    group_size: GroupSize | None = None
    usual_attendance: Attendance | None = None
    regulars_share: Annotated[float, Field(ge=0, le=1)] | None = None
    staff_present: Words = ""
    company: list[CompanyWord] | None = None
    load: Annotated[Levels, BeforeValidator(or_empty, json_schema_input_type=Levels | None)] = (
        Levels()
    )
    load_just_being: Levels | None = None
    own_pace: PaceWord | None = None
    just_being_ok: bool | None = None
    no_talk_ok: bool | None = None
    accompaniment_ok: bool | None = None
    leave_any_time: bool | None = None
    roles: list[Word] = Field(default_factory=list)
    setting: SettingWord | None = None
    hazards: list[HazardWord] | None = None
    alcohol: Literal["none", "served"] | None = None
    handles_cash: bool | None = None
    heaviest_kg: Annotated[float, Field(ge=0, le=1000)] | None = None
    standing_minutes: Duration | None = None
    reward: RewardWord | None = None
    reward_detail: Words = ""
    fee_yen: Yen | None = None
    access: Annotated[
        AccessTerms, BeforeValidator(or_empty, json_schema_input_type=AccessTerms | None)
    ] = AccessTerms()
    landmarks: Annotated[list[Word], Field(max_length=LANDMARKS)] = Field(default_factory=list)
    toilet: Toilet | None = None
    handrail: bool | None = None
    slope: bool | None = None
    age: AgeSpan | None = None
    families_only: bool | None = None
    brings_ok: list[Literal["child", "companion", "animal"]] | None = None
    booking: Words = ""
    to_bring: Words = ""
    absence_notice: list[Word] = Field(default_factory=list)
    needs: Annotated[Needs, BeforeValidator(or_empty, json_schema_input_type=Needs | None)] = (
        Needs()
    )
    worry: Words = ""
    in_return: Words = ""
    not_published: bool | None = None

    def period(self) -> Season | None:
        """Give the season as a value that days can be asked of."""
        return Season(*self.season) if self.season else None
