"""What an assessment and a consent hold, validated once for files, HTTP bodies and stored rows."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from catalogue.profiles import (
    Accompaniment,
    Company,
    LimitKind,
    SharedWith,
    TravelMode,
    WindowStrength,
)
from catalogue.terms import Clock, Day, Form, Levels, Ref, Words
from catalogue.terms.signs import fit_line
from catalogue.terms.times import clock_text, read_clock
from catalogue.terms.values import Duration, Word, Years, Yen, or_empty, read_hazard

DayName = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
BROUGHT: Final = ("child", "companion", "animal")

Check = Callable[[Any], Any]


def _nothing(value: Any) -> None:
    if value is not None:
        raise ValueError("expected no value: this kind of limit has none")


def _whole(top: int) -> Check:
    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= top:
            raise ValueError(f"expected a whole number from 0 to {top}")
        return value

    return check


def _clock(value: Any) -> str:
    return clock_text(read_clock(value))


def _list_of(read: Callable[[str], str]) -> Check:
    def check(value: Any) -> list[str]:
        listed = list(value) if isinstance(value, list | tuple) else []
        if not listed or not all(isinstance(word, str) and word.strip() for word in listed):
            raise ValueError("expected a list of at least one word")
        return [read(word) for word in listed]

    return check


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def read(word: str) -> str:
        if word not in words:
            raise ValueError(f"expected each to be one of {', '.join(words)}")
        return word

    return read


# What a limit's value has to be, kind by kind; a test holds it complete.
LIMIT_VALUES: Final[Mapping[LimitKind, Check]] = MappingProxyType(
    {
        LimitKind.GROUP_AT_MOST: _whole(10_000),
        LimitKind.MINUTES_AT_MOST: _whole(1440),
        LimitKind.PER_MONTH_AT_MOST: _whole(100),
        LimitKind.NOT_BEFORE: _clock,
        LimitKind.NOT_AFTER: _clock,
        LimitKind.NO_HAZARD: _list_of(lambda word: read_hazard(fit_line(word))),
        LimitKind.NO_COMPANY: _list_of(_one_of(tuple(Company))),
        LimitKind.NO_ROLE: _list_of(fit_line),
        LimitKind.NO_LABEL: _list_of(fit_line),
        LimitKind.NO_FEE: _nothing,
        LimitKind.NO_PAY: _nothing,
        LimitKind.NO_TASK_EXPECTED: _nothing,
        LimitKind.NO_TALKING_REQUIRED: _nothing,
        LimitKind.SEATED: _nothing,
        LimitKind.LIFT_AT_MOST_KG: _whole(200),
        LimitKind.STEPS_AT_MOST: _whole(1000),
        LimitKind.WHEELCHAIR: _nothing,
        LimitKind.HOME_ONLY: _nothing,
        LimitKind.NO_OUTDOORS: _nothing,
        LimitKind.WALK_AT_MOST_MINUTES: _whole(1440),
        LimitKind.COMPANION_REQUIRED: _nothing,
        LimitKind.MAY_LEAVE_ANY_TIME: _nothing,
        LimitKind.BRINGS: _list_of(_one_of(BROUGHT)),
        LimitKind.AGE: _whole(150),
        LimitKind.OTHER: _nothing,
    }
)


class Source(Form):
    """Who said so, and when."""

    who: Words = ""
    on: Day | None = None


class LimitGiven(Form):
    """Something that must not be; ``value`` has the type that its kind asks for."""

    kind: Annotated[LimitKind, Field(strict=False)]
    value: Annotated[
        Any,
        Field(
            validate_default=True,
            json_schema_extra={
                "description": "whole number, HH:MM, list of words, or none: by kind"
            },
        ),
    ] = None
    text: Words = ""
    source: Source | None = None

    @field_validator("value")
    @classmethod
    def _suits_its_kind(cls, value: Any, info: ValidationInfo) -> Any:
        kind = info.data.get("kind")
        return LIMIT_VALUES[kind](value) if kind else None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.kind is LimitKind.OTHER and not self.text.strip():
            raise ValueError("expected text beside kind other: a human has to read it")
        return self


class WindowGiven(Form):
    """When somebody can come."""

    days: Annotated[list[DayName], Field(min_length=1)]
    from_: Clock = Field(alias="from")
    to: Clock
    strength: Annotated[WindowStrength, Field(strict=False)] = WindowStrength.CANNOT

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.to <= self.from_:
            raise ValueError("expected 'to' later than 'from', on the same day")
        return self


class Travel(Form):
    """How somebody gets about and how long they would."""

    modes: list[Annotated[TravelMode, Field(strict=False)]] = Field(default_factory=list)
    max_minutes: Duration | None = None


class Ceiling(Levels):
    """What somebody can bear; ``hard`` names the dimensions that must not be exceeded at all."""

    hard: list[Literal["physical", "social", "cognitive", "sensory", "pressure"]] = Field(
        default_factory=list
    )


class FacetsTicked(Form):
    """Facets that a human confirmed."""

    liked: list[Word] = Field(default_factory=list)
    disliked: list[Word] = Field(default_factory=list)


class Companion(Form):
    """Somebody who could come along."""

    who: Word
    days: list[DayName] = Field(default_factory=list)


class Picture(Form):
    """The content of an assessment: wishes in own words, strengths, limits, windows, travel."""

    situation: Words = ""
    own_words: Words = ""
    strengths: list[Word] = Field(default_factory=list)
    limits: list[LimitGiven] = Field(default_factory=list)
    preferences: list[Word] = Field(default_factory=list)
    load_ceiling: Annotated[
        Ceiling, BeforeValidator(or_empty, json_schema_input_type=Ceiling | None)
    ] = Ceiling()
    windows: list[WindowGiven] = Field(default_factory=list)
    travel: Annotated[Travel, BeforeValidator(or_empty, json_schema_input_type=Travel | None)] = (
        Travel()
    )
    accompaniment: Annotated[Accompaniment, Field(strict=False)] | None = None
    languages: list[Word] = Field(default_factory=list)
    facets: Annotated[
        FacetsTicked, BeforeValidator(or_empty, json_schema_input_type=FacetsTicked | None)
    ] = FacetsTicked()
    money_max_yen: Yen | None = None
    not_again: list[Ref] = Field(default_factory=list)
    knows: list[Word] = Field(default_factory=list)
    companions: list[Companion] = Field(default_factory=list)
    age: Years | None = None
    reading: Literal["easy", "large", "none"] | None = None
    devices: list[Word] = Field(default_factory=list)


class ConsentGiven(Form):
    """Who may know what, given how and when."""

    shared_with: Annotated[SharedWith, Field(strict=False)]
    scope: Annotated[Words, Field(max_length=1000)] = ""
    given_on: Day | None = None
    how: Annotated[Words, Field(max_length=200)] = ""
