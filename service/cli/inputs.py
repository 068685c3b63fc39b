"""What a stateless command works on: a catalogue and people from files, as matching sees them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import matching
from catalogue.exchange.catalogue_file import profiles, read_catalogue
from catalogue.exchange.models import CatalogueFile
from catalogue.profiles import ActivityProfile, PersonProfile
from matching import Index
from matching.roads import Roads
from service.cli.reading import USAGE, read_or_refuse, refuse
from service.persons.exchange import PeopleFile, person_profiles, read_people
from service.settings import Settings
from service.suggestions.embedding import EmbeddingsFault, read_embedding

# Occurrences are looked for after the day itself, and dates end with the year 9999.
LAST_DAY = date(9990, 12, 31)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Both files, the day, and the people asked for, in the order of the file."""

    catalogue: CatalogueFile
    as_of: date
    people: list[PersonProfile]
    codes: dict[str, str]

    @property
    def activities(self) -> list[ActivityProfile]:
        return profiles(self.catalogue, as_of=self.as_of)


def catalogue_from(path: Path) -> CatalogueFile:
    return read_or_refuse(path, lambda text, name: read_catalogue(text, name=name))


def people_from(path: Path) -> PeopleFile:
    return read_or_refuse(path, lambda text, name: read_people(text, name=name))


def gather(
    catalogue: Path, people: Path, *, persons: list[str] | None = None, as_of: date | None = None
) -> Inputs:
    """Read both files and pick the people asked for, or end the command."""
    places, file = catalogue_from(catalogue), people_from(people)
    day = as_of or file.as_of
    if day > LAST_DAY:
        refuse(f"{day}: no calendar of ours reaches so far", code=USAGE)
    asked = persons or [row.id for row in file.people]
    if unknown := sorted(set(asked) - {row.id for row in file.people}):
        refuse(f"{people}: nobody here has the id {', '.join(unknown)}", code=USAGE)
    everybody = person_profiles(file, as_of=day)
    return Inputs(
        catalogue=places,
        as_of=day,
        people=[person for person in everybody if person.id in asked],
        codes={row.id: row.code for row in file.people},
    )


def index_of(inputs: Inputs) -> Index:
    """Build the index with what the office has set: roads, hills, a folder of vectors."""
    settings = Settings()
    try:
        embed = read_embedding(settings.embeddings)
    except EmbeddingsFault as fault:
        refuse(str(fault))
    return matching.build(
        inputs.activities,
        as_of=inputs.as_of,
        roads=Roads(detour=settings.detour, hills=settings.hills),
        embed=embed,
    )
