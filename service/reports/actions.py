"""A month's figures by area: counted, masked, and told with their definitions."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Protocol
from uuid import UUID

from sqlmodel import Session

from catalogue import repository as catalogue
from service.languages.ours import ours
from service.refusals import Kind, Refusal
from service.reports import repository
from service.reports.rules import MASKED, Column, Figure, masked
from service.reports.words import DEFINITIONS
from service.settings import Settings
from service.web.sheets import written

SMALL: Final = ours("少数")


class NoSuchMonth(Refusal):
    """A month that has not ended has no figures yet."""

    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a month; a column has one cell an area, in the order of ``areas``."""

    month: str
    areas: tuple[str, ...]
    refs: tuple[str, ...]
    columns: dict[Figure, Column]


class Asking(Protocol):
    """Whoever asks for figures: of which municipality, on which day; a worker or a machine."""

    @property
    def municipality_id(self) -> UUID: ...

    @property
    def on(self) -> date: ...


def monthly(
    session: Session, asking: Asking, *, year: int, month: int, settings: Settings
) -> Report:
    """Count a month that has ended; ids and names leave the database nowhere."""
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if last >= asking.on:
        raise NoSuchMonth("figures of a month come when it has ended")
    areas = sorted(catalogue.areas(session, asking.municipality_id, limit=500), key=lambda a: a.ref)
    ids = [area.id for area in areas]
    counts = repository.counted(session, asking.municipality_id, ids, first=first, last=last)
    columns = {
        figure: masked(
            [counts[figure][area] for area in ids],
            settings.figures_least if figure in MASKED else 0,
        )
        for figure in Figure
    }
    return Report(
        month=f"{year:04}-{month:02}",
        areas=tuple(area.name for area in areas),
        refs=tuple(area.ref for area in areas),
        columns=columns,
    )


def as_csv(report: Report) -> str:
    """Write a report for a spreadsheet: a mark for UTF-8, and nothing that it would compute."""
    titles = ["圏域", *(DEFINITIONS[figure] for figure in report.columns)]
    return "".join(written(titles, _rows(report)))


def _rows(report: Report) -> Iterator[list[str]]:
    columns = report.columns.values()
    for at, area in enumerate(report.areas):
        yield [area, *(_shown(column.cells[at]) for column in columns)]
    yield ["計", *(_shown(column.total) for column in columns)]


def _shown(count: int | None) -> str:
    return SMALL if count is None else str(count)
