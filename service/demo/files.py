"""The example town's own files, read by the same readers as anybody's."""

from pathlib import Path
from typing import Final

from catalogue.exchange.catalogue_file import read_catalogue
from catalogue.exchange.models import CatalogueFile
from service.persons.exchange import PeopleFile, read_people

TOWN: Final = Path(__file__).parent / "town.yaml"
PEOPLE: Final = Path(__file__).parent / "people.yaml"


def town() -> CatalogueFile:
    file, faults = read_catalogue(TOWN.read_bytes(), name=TOWN.name)
    assert file is not None, faults
    return file


def people() -> PeopleFile:
    file, faults = read_people(PEOPLE.read_bytes(), name=PEOPLE.name)
    assert file is not None, faults
    return file
