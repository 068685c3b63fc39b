"""A needle in every text of people who have not consented, whatever tables there are for them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from service.companions.rules import AidKind
from service.companions.tables import Aid
from service.encryption.columns import SealedRecord
from tests.factories import Town
from tests.migrations.rows import value

PERSON, RECORD = "needlep", "needled"  # by a worker without consent; in a conference
# What is written about looks is codes alone, and keys are keys.
WITHOUT_WORDS = frozenset({"access_record", "audit_head", "data_key"})
BEFORE_CONSENT: dict[str, dict[str, Any]] = {
    # no circle at all, not even for a day
    "consent": {"shared_with": "none", "until": None, "withdrawn_on": None, "fields": []},
    "person": {"stage": "at_home"},
    "conference": {"closed_on": None},
    "conference_membership": {
        "since": date(2026, 11, 1),
        "until": None,
        "ended_at": None,
        "ended_by": None,
    },
    "conference_record": {"closed_on": None, "ending": None, "became": ""},
}


@dataclass
class Field:
    """What was sown: the needle of each text, and the ids of each human being by table."""

    needles: dict[str, tuple[str, str]] = field(default_factory=dict)
    beings: list[dict[str, UUID]] = field(default_factory=list)

    def needle(self, kind: str, table: str, column: str) -> str:
        made = f"{kind}{len(self.needles):06d}"
        self.needles[made] = (table, column)
        return made

    def places(self, kind: str) -> set[tuple[str, str]]:
        return {place for needle, place in self.needles.items() if needle.startswith(kind)}


def kinds() -> dict[str, type[SQLModel]]:
    """Return the class of each table."""
    mappers = SQLModel._sa_registry.mappers  # type: ignore[attr-defined] - where SQLModel keeps it
    return {mapper.local_table.name: mapper.class_ for mapper in mappers}


def around(root: str) -> list[str]:
    """Return a table and all that hangs on it by foreign keys, parents first."""
    found: list[str] = []
    for table in SQLModel.metadata.sorted_tables:
        pointed = {key.column.table.name for key in table.foreign_keys}
        if (table.name == root or pointed & set(found)) and table.name not in WITHOUT_WORDS:
            found.append(table.name)
    return found


def texts(table: sa.Table) -> Iterator[tuple[str, type]]:
    """Yield the columns of a table that hold words or documents, sealed or not."""
    kind = kinds()[table.name]
    if issubclass(kind, SealedRecord):
        for name, column in kind.sealed_columns.items():
            if column.kind in {str, dict, list}:
                yield name, column.kind
    for column in table.columns:
        stored = column.type
        if isinstance(stored, sa.types.TypeDecorator):
            stored = stored.impl_instance
        if isinstance(stored, sa.JSON):
            yield column.name, dict
        elif isinstance(stored, sa.String) and not isinstance(stored, sa.Enum):
            yield column.name, str


def document(table: str, column: str, needle: str) -> Any:
    """Return a document with a needle, in the shape that its readers expect."""
    if (table, column) == ("assessment", "picture"):
        return {
            "own_words": needle,
            "situation": needle,
            "strengths": [needle],
            "preferences": [needle],
            "limits": [{"kind": "other", "text": needle}],
            "languages": [needle],
            "companions": [{"who": needle}],
        }
    if (table, column) == ("person_name", "said"):
        parts = ("called", "family", "given", "kana", "address", "telephone")
        return dict.fromkeys(parts, needle) | {"others": [needle]}
    return [needle] if column == "may_tell" else {"text": needle}


def sow(session: Session, town: Town, root: str, kind: str, *, worker: str, field: Field) -> None:
    """Write down one human being in every table that knows of them."""
    account = town.accounts[worker]
    known = {
        "municipality": town.municipality.id,
        "area": town.areas["east"].id,
        "account": account.id,
        "aid": _aid(session, town),
        "host": town.hosts["temple"].id,
        "activity": town.activities["leaves"].id,
        "slot": town.slots["leaves"][0].id,
    }
    for name in around(root):
        row = _row(name, known, kind, field)
        session.add(row)
        session.flush()
        known[name] = row.id  # type: ignore[attr-defined] - every row has one
    field.beings.append(known)


def _aid(session: Session, town: Town) -> UUID:
    """Let the office keep one calendar of somebody who goes along."""
    aid = session.exec(select(Aid)).first() or Aid(
        municipality_id=town.municipality.id,
        kind=next(iter(AidKind)),
        name="同行の人",
        seats=1,
        recurrence={"rrule": "FREQ=WEEKLY;BYDAY=TU", "start": "10:00", "end": "11:30"},
    )
    session.add(aid)
    session.flush()
    return aid.id


def _row(name: str, known: dict[str, UUID], kind: str, field: Field) -> SQLModel:
    table, model = SQLModel.metadata.tables[name], kinds()[name]
    set_here = BEFORE_CONSENT.get(name, {})
    words = {
        column: _words(name, column, shape, field.needle(kind, name, column), table)
        for column, shape in texts(table)
        if column not in set_here
    }
    sealed = set(model.sealed_columns) if issubclass(model, SealedRecord) else set()
    plain = {
        column.name: value(column, known)
        for column in table.columns
        if column.name not in {"id", "created_at"} | sealed | set(words) | set(set_here)
    }
    return model(**(plain | words | set_here))


def _words(name: str, column: str, shape: type, needle: str, table: sa.Table) -> Any:
    if shape is str:
        return needle
    made = document(name, column, needle)
    return [made] if shape is list or (name, column) in LISTS else made


LISTS = {("wish", "failed_on"), ("suggestion_round", "excluded"), ("suggestion_round", "held")}


def town_of_needles(session: Session, town: Town, *, people: int) -> Field:
    """Sow people of the eastern worker without consent, and as many in a coordinator's meeting."""
    field = Field()
    for _ in range(people):
        sow(session, town, "person", PERSON, worker="csw", field=field)
        sow(session, town, "conference", RECORD, worker="member", field=field)
    return field
