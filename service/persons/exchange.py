"""Read ``deban-people/1``: the same reader, and the same manners, as the catalogue's."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from catalogue.exchange.document import read_document
from catalogue.exchange.faults import Fault
from catalogue.exchange.rows import Checker
from catalogue.portrait import load_of
from catalogue.profiles import PersonProfile, Stage
from catalogue.terms import Day, Form, Ref, Words
from catalogue.terms.values import Latitude, Longitude, Text, or_empty
from service.persons.picture import Ceiling, ConsentGiven, LimitGiven, Picture, Travel, WindowGiven
from service.persons.portrait import portray_person
from service.persons.rules import Shared

FORMAT: Final = "deban-people/1"


class PersonRow(Picture):
    """A person as a file tells of them: their picture, known by a code.

    What decides about safety has to be said; everything else may be absent.
    """

    id: Ref
    code: Ref
    age_band: Annotated[Words, Field(max_length=32)] = ""
    area: Ref
    lat: Latitude | None = None
    lon: Longitude | None = None
    stage: Annotated[Stage, Field(strict=False)]
    contact: Annotated[Words, Field(max_length=200)] = ""
    consent: ConsentGiven
    proposals_paused: Annotated[Text, Field(max_length=500)] | None = None
    note: Words = ""
    own_words: Words
    limits: list[LimitGiven]
    load_ceiling: Annotated[Ceiling, BeforeValidator(or_empty)]
    windows: list[WindowGiven]
    travel: Annotated[Travel, BeforeValidator(or_empty)]

    def picture(self) -> Picture:
        """Give the assessment alone, as it is stored."""
        own = set(PersonRow.model_fields) - set(Picture.model_fields)
        return Picture.model_validate(self.model_dump(exclude=own))


class PeopleHead(Form):
    """The top of a people file; its rows are validated one by one."""

    format: Literal["deban-people/1"]
    as_of: Day
    people: list[Any]


class PeopleFile(Form):
    """A whole people file without a fault, or the rows of one that have none."""

    format: Literal["deban-people/1"] = FORMAT
    as_of: Day
    people: list[PersonRow]


def read_people(
    text: str | bytes, *, name: str, good_rows_only: bool = False
) -> tuple[PeopleFile | None, tuple[Fault, ...]]:
    """Read people from YAML or JSON text; faults never repeat anybody's own words."""
    document = read_document(text, name=name)
    checker = Checker(document, quote=False)
    if document.values is None and document.faults:
        return None, checker.faults
    head = checker.form(PeopleHead, document.values)
    rows = checker.rows(PersonRow, "people")
    checker.unique("people")
    checker.unique("people", "code")
    if head is None or (checker.faults and not good_rows_only):
        return None, checker.faults
    sound = [row for _, row in checker.sound("people", rows)]
    return PeopleFile(as_of=head.as_of, people=sound), checker.faults


def person_profiles(file: PeopleFile, *, as_of: date | None = None) -> list[PersonProfile]:
    """Portray everybody in a file as matching sees them, in the file's order."""
    return [
        portray_person(
            row,
            id=row.id,
            as_of=as_of or file.as_of,
            age_band=row.age_band,
            area=row.area,
            lat=row.lat,
            lon=row.lon,
            stage=row.stage,
            proposals_paused=row.proposals_paused,
            shared=Shared(row.consent.shared_with),
            assessed=_heard(row),
        )
        for row in file.people
    ]


def _heard(row: PersonRow) -> bool:
    """Say whether a row tells anything of the person: an empty picture is no assessment."""
    told = (row.situation, row.own_words, row.strengths, row.limits, row.preferences, row.windows)
    ticks = (row.facets.liked, row.facets.disliked, row.travel.modes, row.load_ceiling.hard)
    return any((*told, *ticks)) or any(
        level is not None for level in load_of(row.load_ceiling).levels
    )


def schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schema of each format of this chapter by its name."""
    return {FORMAT: PeopleFile.model_json_schema(by_alias=True)}
