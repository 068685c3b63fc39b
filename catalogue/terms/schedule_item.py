"""One line of an activity's schedule: a rule, its times, and what bends it."""

from datetime import date, time
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from catalogue.recurring import check_rule
from catalogue.schedule import Holidays, Recurrence, Season
from catalogue.terms.times import Clock, Day
from catalogue.terms.values import Form, Line


class ScheduleItem(Form):
    """When an activity is open; ``rrule`` may be left out where ``also`` names the days."""

    # The rule's first day stands first, because the rule is judged by it.
    dtstart: Day | None = None
    rrule: Annotated[Line, Field(max_length=500)] | None = None
    start: Clock
    end: Clock
    except_: list[Day] = Field(default_factory=list, alias="except", max_length=1000)
    also: list[Day] = Field(default_factory=list, max_length=1000)
    holidays: Annotated[Holidays, Field(strict=False)] = Holidays.OPEN

    @field_validator("rrule")
    @classmethod
    def _is_possible(cls, rule: str | None, info: ValidationInfo) -> str | None:
        # A first day that is itself faulty has no place in info.data and is told already.
        if rule is not None and "dtstart" in info.data:
            check_rule(rule, info.data["dtstart"])
        return rule

    @field_validator("end")
    @classmethod
    def _ends_later(cls, end: time, info: ValidationInfo) -> time:
        start = info.data.get("start")
        if start is not None and end <= start:
            raise ValueError("expected an end after the start, on the same day")
        return end

    @field_validator("also")
    @classmethod
    def _contradicts_nothing(cls, also: list[date], info: ValidationInfo) -> list[date]:
        if set(also) & set(info.data.get("except_") or ()):
            raise ValueError("expected no day in both except and also")
        return also

    @model_validator(mode="after")
    def _opens_at_all(self) -> Self:
        if self.rrule is None and not self.also:
            raise ValueError("expected rrule, or days in also")
        return self

    def recurrence(
        self,
        *,
        season: Season | None = None,
        closed_until: date | None = None,
        next_dates: tuple[date, ...] = (),
    ) -> Recurrence:
        """Give the value that schedule.occurrences expands; the activity's own dates bend it.

        ``next_dates`` are announced days: they are added, unless this line takes them away.
        """
        return Recurrence(
            start=self.start,
            end=self.end,
            rrule=self.rrule,
            dtstart=self.dtstart,
            except_=tuple(sorted(set(self.except_))),
            also=tuple(sorted({*self.also, *next_dates} - set(self.except_))),
            holidays=self.holidays,
            season=season,
            closed_until=closed_until,
        )
