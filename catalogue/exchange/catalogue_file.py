"""Read ``deban-catalogue/1``: all faults in one pass, nothing of a faulty file by default."""

from datetime import date
from typing import Any

from catalogue.exchange.document import read_document
from catalogue.exchange.faults import Fault
from catalogue.exchange.models import (
    FORMAT,
    ActivityRow,
    AreaRow,
    CatalogueFile,
    CatalogueHead,
    HostRow,
)
from catalogue.exchange.rows import Checker, Rows
from catalogue.portrait import portray
from catalogue.profiles import ActivityProfile

SECTIONS = ("areas", "hosts", "activities")


def read_catalogue(
    text: str | bytes, *, name: str, good_rows_only: bool = False
) -> tuple[CatalogueFile | None, tuple[Fault, ...]]:
    """Read a catalogue from YAML or JSON text.

    Returns the file and its faults in the order of lines. With any fault the file is None, unless
    ``good_rows_only`` asks for the rows that are whole and refer only to whole rows. A file whose
    form or head is broken gives None either way. Nothing is raised for faulty input.
    """
    document = read_document(text, name=name)
    checker = Checker(document)
    if document.values is None and document.faults:
        return None, checker.faults
    head = checker.form(CatalogueHead, document.values)
    areas = checker.rows(AreaRow, "areas")
    hosts = checker.rows(HostRow, "hosts")
    activities = checker.rows(ActivityRow, "activities")
    _check_names(checker)
    if head is None or (checker.faults and not good_rows_only):
        return None, checker.faults
    # From here on a reference to a row that fell out is a fault of the row that refers.
    areas = checker.sound("areas", areas)
    checker.refer("hosts", "area", _ids(areas))
    checker.refer("activities", "area", _ids(areas))
    hosts = checker.sound("hosts", hosts)
    checker.refer("activities", "host", _ids(hosts))
    kept = CatalogueFile(
        municipality=head.municipality,
        areas=[row for _, row in areas],
        hosts=[row for _, row in hosts],
        activities=[row for _, row in checker.sound("activities", activities)],
    )
    return kept, checker.faults


def _check_names(checker: Checker) -> None:
    for section in SECTIONS:
        checker.unique(section)
    checker.refer("hosts", "area", checker.names("areas"))
    checker.refer("activities", "area", checker.names("areas"))
    checker.refer("activities", "host", checker.names("hosts"))


def _ids(rows: Rows[AreaRow] | Rows[HostRow]) -> frozenset[str]:
    return frozenset(row.id for _, row in rows)


def profiles(file: CatalogueFile, *, as_of: date) -> list[ActivityProfile]:
    """Portray a file's open activities as matching sees them on a day, in the file's order.

    Places stand as free: a file knows nobody who has taken one. Where an activity says no place,
    its host's stands for it, else its area's.
    """
    hosts = {host.id: _place(host) for host in file.hosts}
    areas = {area.id: _place(area) for area in file.areas}
    return [
        _profile(row, near=hosts.get(row.host) or areas.get(row.area), as_of=as_of)
        for row in file.activities
        if row.open
    ]


def _profile(row: ActivityRow, *, near: tuple[float, float] | None, as_of: date) -> ActivityProfile:
    return portray(
        row,
        id=row.id,
        host=row.host,
        title=row.title,
        area=row.area,
        slots=tuple((str(at), item) for at, item in enumerate(row.schedule)),
        by_arrangement=not row.schedule,
        places_left=row.capacity * max(1, len(row.schedule)),
        near=near,
        as_of=as_of,
    )


def _place(row: AreaRow | HostRow) -> tuple[float, float] | None:
    return (row.lat, row.lon) if row.lat is not None and row.lon is not None else None


def schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schema of each catalogue format by its name."""
    return {FORMAT: CatalogueFile.model_json_schema(by_alias=True)}
