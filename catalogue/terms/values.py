"""The value types of exchange format 1: what a single field may hold.

Types are strict: a number in quotes is text. Only days, times (see times) and words of a list
come as text.
"""

from collections.abc import Callable
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
)

from catalogue.profiles import HAZARD_PREFIXES, Company, Hazard, OwnPace, Reward, Setting
from catalogue.terms.signs import (
    LINE_PATTERN,
    REF_PATTERN,
    TEXT_PATTERN,
    fit_document,
    fit_line,
    fit_text,
)

YEN_TOP: Final = 1_000_000
MINUTES_TOP: Final = 24 * 60
PLACES_TOP: Final = 10_000


class Form(BaseModel):
    """A mapping of the format: unknown keys and wrong types are refused."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        populate_by_name=True,
        serialize_by_alias=True,
        allow_inf_nan=False,
    )


def read_hazard(word: str) -> str:
    """Accept a word of Hazard, ``allergen:<name>`` or ``other:<text>``.

    Raises:
        ValueError: it is none of these.

    """
    if word in set(Hazard) or any(
        word.startswith(prefix) and word.removeprefix(prefix).strip() for prefix in HAZARD_PREFIXES
    ):
        return word
    words = ", ".join(Hazard)
    raise ValueError(f"expected one of {words}, allergen:<name> or other:<text>")


def _pace(value: Any) -> Any:
    # Unquoted yes and no are truths in YAML 1.1; here they are words.
    if isinstance(value, bool):
        return OwnPace.YES if value else OwnPace.NO
    return value


def _filled(value: Any) -> Any:
    # Text that is null is text that nobody wrote.
    return "" if value is None else value


def or_empty(value: Any) -> Any:
    """Read a form that is null as one of which nothing is known."""
    return {} if value is None else value


def ordered(expected: str) -> Callable[[list[int]], list[int]]:
    """Make a check that a pair does not fall; ``expected`` words the fault."""

    def check(pair: list[int]) -> list[int]:
        if pair[0] > pair[1]:
            raise ValueError(expected)
        return pair

    return check


# Every text from outside is one of these two: a test walks all forms and finds plain str.
Text = Annotated[str, AfterValidator(fit_text), Field(json_schema_extra={"pattern": TEXT_PATTERN})]
Line = Annotated[str, AfterValidator(fit_line), Field(json_schema_extra={"pattern": LINE_PATTERN})]
Ref = Annotated[
    Line,
    Field(
        min_length=1,
        max_length=64,
        pattern=r"^\S(.*\S)?$",
        json_schema_extra={"pattern": REF_PATTERN},
    ),
]
Title = Annotated[Line, Field(min_length=1, max_length=200)]
# The schema says that null is taken, too; a narrower length beside it is checked all the same.
_Written = Annotated[str, Field(max_length=4000, json_schema_extra={"pattern": TEXT_PATTERN})]
Words = Annotated[
    Text,
    BeforeValidator(_filled, json_schema_input_type=_Written | None),
    Field(max_length=4000),
]
Word = Annotated[Line, Field(min_length=1, max_length=200)]
Facts = Annotated[dict[str, Any], AfterValidator(fit_document)]
Level = Annotated[int, Field(ge=0, le=4)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Duration = Annotated[int, Field(ge=0, le=MINUTES_TOP)]
Places = Annotated[int, Field(ge=0, le=PLACES_TOP)]
Yen = Annotated[int, Field(ge=0, le=YEN_TOP)]
Years = Annotated[int, Field(ge=0, le=150)]
HazardWord = Annotated[Line, Field(max_length=200), AfterValidator(read_hazard)]
CompanyWord = Annotated[Company, Field(strict=False)]
PaceWord = Annotated[OwnPace, Field(strict=False), BeforeValidator(_pace)]
SettingWord = Annotated[Setting, Field(strict=False)]
RewardWord = Annotated[Reward, Field(strict=False)]
GroupSize = Annotated[
    list[Places],
    Field(min_length=2, max_length=2),
    AfterValidator(ordered("expected [min, max] with min not above max")),
]
AgeSpan = Annotated[
    list[Years],
    Field(min_length=2, max_length=2),
    AfterValidator(ordered("expected [min, max] in years with min not above max")),
]
