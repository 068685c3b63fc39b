"""The columns of an index as PostgreSQL tables, prepared as far as they depend on no person.

One row an activity, what filters first and at a fixed width. What nobody can get (full, resting,
closed) is folded into the code of the times; what a host has not said lies beyond every ceiling, so
that one comparison tells both too much and unknown.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import isnan
from typing import Any, Final

import numpy as np
import psycopg

from benchmarks.sql.codes import coded
from catalogue.profiles import DIMENSIONS, Load, Setting
from matching import Index
from matching.arrays import Floats
from matching.case import NOBODY, Case
from matching.factors import company, ease, pace, step
from matching.factors.company import EASY
from matching.factors.pace import BEARS_PRESSURE
from matching.factors.preferences import TRAITS
from matching.readings import SETTINGS

Columns = dict[str, tuple[str, Any]]
UNSTATED: Final = 1 << 40  # the bit of hazards of which the host has not spoken
BEYOND: Final = 32767
AT_MOST: Final = ("group_high", "shortest", "fee", "age_low")
FLAGS: Final = ("age_high", "no_talk_ok", "families_only", "at_home", "food")
PACES: Final = {"pace_calm": 0, "pace_pressed": BEARS_PRESSURE}


def _held_against(index: Index, ceiling: Load) -> Case:
    return Case(index, replace(NOBODY, ceiling=ceiling))


def _scores(index: Index) -> dict[str, Floats]:
    """Return the factors that depend on a person by a few cases only."""
    anybody = Case(index, NOBODY)
    return {
        "part": step.part(anybody),
        "ease": ease.score(anybody),
        **{n: pace.score(_held_against(index, Load(pressure=p))) for n, p in PACES.items()},
        **{
            f"company_{social}": company.score(_held_against(index, Load(social=social)))
            for social in range(len(EASY))
        },
        **{f"t_{name}": trait(anybody) for name, (_, trait) in TRAITS.items()},
    }


def _columns(index: Index) -> Columns:
    """Return (type, values) of every column, those that filter first."""
    whole = index.whole
    hazards = np.where(whole["hazards_known"] == 1, whole["hazards"].astype(np.int64), UNSTATED)
    limited = dict(zip(DIMENSIONS, index.load, strict=True)) | {n: whole[n] for n in AT_MOST}
    held = {name: np.where(column < 0, BEYOND, column) for name, column in limited.items()}
    flags = {name: whole[name] for name in FLAGS}
    home = {"home": (whole["setting"] == SETTINGS.index(Setting.HOME)).astype(int)}
    return {
        "id": ("int4", np.arange(index.size)),
        "code": ("int4", coded(index)),
        "hazards": ("int8", hazards),
        "lat": ("float8", index.lat),
        "lon": ("float8", index.lon),
        **{name: ("int2", column) for name, column in (held | flags | home).items()},
        "facet_length": ("float8", index.meaning.length),
        "need_length": ("float8", index.needs.length),
        **{name: ("float4", column) for name, column in _scores(index).items()},
        "facets": ("bytea", index.meaning.sure),
        "needs": ("bytea", index.needs.sure),
    }


def _values(kind: str, column: Any) -> list[Any]:
    """Return a column as values to copy; a factor that is not known is NULL."""
    if kind == "bytea":
        return [row.tobytes() for row in column]
    found: list[Any] = column.tolist()
    return [None if isnan(value) else value for value in found] if kind == "float4" else found


def _rows(columns: Columns) -> Iterator[tuple[Any, ...]]:
    yield from zip(*(_values(*column) for column in columns.values()), strict=True)


def _postings(index: Index) -> Iterator[tuple[int, int, float]]:
    text = index.text
    for term in range(len(text.offset) - 1):
        cut = slice(int(text.offset[term]), int(text.offset[term + 1]))
        weights = (text.weight[cut] * text.idf[term]).tolist()
        yield from zip([term] * len(weights), text.row[cut].tolist(), weights, strict=True)


def _fill(connection: Any, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    connection.execute(f"drop table if exists {table}")
    connection.execute(f"create unlogged table {table} ({columns})")
    with connection.cursor() as cursor, cursor.copy(f"copy {table} from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def store(connection: psycopg.Connection[Any], index: Index) -> None:
    """Store an index as tables with indexes and statistics, in memory as far as they fit."""
    columns = _columns(index)
    described = ", ".join(f"{name} {kind}" for name, (kind, _) in columns.items())
    _fill(connection, "activity", described, _rows(columns))
    _fill(connection, "posting", "term int4, id int4, weight float8", _postings(index))
    connection.execute("create unique index on activity (id)")
    connection.execute("create index on posting (term) include (id, weight)")
    for table in ("activity", "posting"):
        connection.execute(f"vacuum (analyze, freeze) {table}")
