"""Every column of every table has its class of data, and no class's words lie open."""

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import SQLModel

import service.app  # noqa: F401 - its chapters bring all tables with them
from service.encryption.classes import (
    AT_REST,
    CLASSES,
    CONTENT,
    IDENTITY,
    PLAIN,
    TO_BE_SEALED,
    DataClass,
    placed,
    printed,
)
from service.encryption.columns import SealedBytes
from tests.architecture.source import ROOT

Place = tuple[str, str]


def columns(tables: sa.MetaData) -> Iterator[tuple[Place, sa.Column[object]]]:
    for table in tables.sorted_tables:
        for column in table.columns:
            if column.name not in IDENTITY:
                yield (table.name, column.name), column


def unplaced(tables: sa.MetaData) -> list[Place]:
    known = {(table, column) for table, column, _ in placed()}
    return [place for place, _ in columns(tables) if place not in known]


def speaks(column: sa.Column[object]) -> bool:
    """Say whether a column holds readable words or documents."""
    stored = column.type
    if isinstance(stored, sa.types.TypeDecorator) and not isinstance(stored, SealedBytes):
        stored = stored.impl_instance
    return isinstance(stored, sa.String | sa.JSON) and not isinstance(stored, sa.Enum)


def lying_open(tables: sa.MetaData) -> list[Place]:
    """Name the words of D3 to D6 that are stored as they are, without a reason."""
    kinds = {(table, column): kind for table, column, kind in placed()}
    return [
        place
        for place, column in columns(tables)
        if kinds.get(place) in TO_BE_SEALED and speaks(column) and place not in PLAIN
    ]


def test_every_column_has_its_class() -> None:
    assert unplaced(SQLModel.metadata) == []


def test_every_class_has_its_column() -> None:
    there = {place for place, _ in columns(SQLModel.metadata)}
    assert [place for *place, _ in placed() if tuple(place) not in there] == []


def test_no_column_has_two_classes() -> None:
    counted = Counter((table, column) for table, column, _ in placed())
    assert [place for place, times in counted.items() if times > 1] == []


def test_words_of_d3_to_d6_are_sealed_or_say_why_not() -> None:
    assert lying_open(SQLModel.metadata) == []


def test_what_is_plain_on_purpose_is_there_and_plain() -> None:
    open_words = {place for place, column in columns(SQLModel.metadata) if speaks(column)}
    assert set(PLAIN) <= open_words


def test_a_planted_column_without_a_class_and_a_planted_open_text_are_found() -> None:
    planted = sa.MetaData()
    sa.Table("person", planted, sa.Column("diagnosis", sa.String), sa.Column("note", sa.String))
    sa.Table("leak", planted, sa.Column("id", sa.Uuid), sa.Column("words", sa.JSON))
    assert sorted(unplaced(planted)) == [("leak", "words"), ("person", "diagnosis")]
    assert lying_open(planted) == [("person", "note")]


def test_d5_stands_in_tables_of_its_own() -> None:
    mixed = {
        table: set(classes)
        for table, classes in CLASSES.items()
        if DataClass.D5 in classes and set(classes) != {DataClass.D5}
    }
    assert mixed == {}
    assert all(set(words) == set(DataClass) for words in (CONTENT, AT_REST))


def test_the_printed_table_is_the_one_in_the_documentation() -> None:
    written = (ROOT / "docs" / "data-classes.md").read_text(encoding="utf-8")
    assert printed() in written
    assert printed().replace("D5: title", "D0: title") not in written
