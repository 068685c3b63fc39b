"""Rows that were written plainly are sealed by the upgrade, and are plain again below it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from migrations import downgrade, upgrade
from migrations.sealing import AT_ONCE
from service.database import open_engine, transaction
from service.encryption.columns import SealedRecord
from service.encryption.keyfile import KeyFile
from service.encryption.rules import SealBroken, is_sealed
from service.persons.tables import Assessment, Person
from service.placements.tables import Placement, PlacementMove
from service.suggestions.tables import Round, Suggestion, Tier
from service.visits.tables import Visit
from tests.factories import MORNING, Town, person_in, seed
from tests.keys import write_keys

BELOW = "1610reset"
NEEDLE = "針のむしろ 神（U+FA19）"


@pytest.fixture
def database(own_database: str) -> Iterator[sa.Engine]:
    engine = open_engine(own_database, connections=1)
    yield engine
    engine.dispose()


def values(engine: sa.Engine, table: str, column: str) -> list[Any]:
    with engine.connect() as connection:
        rows = connection.execute(sa.text(f'SELECT {column} FROM "{table}"')).scalars()
        return [bytes(value) if isinstance(value, memoryview) else value for value in rows]


def write_everything(session: Session, town: Town) -> Person:
    """Somebody with something in every kind of sealed column."""
    person = person_in(session, town, note=NEEDLE, contact="", lat=35.125)
    ids = {"municipality_id": town.municipality.id, "person_id": person.id}
    leaves = town.activities["leaves"].id
    made = Round(
        **ids, asked_by=person.owner_id, computed_at=MORNING, as_of=MORNING.date(),
        catalogue_revision=1, weights_version="1", excluded=[{"why": NEEDLE}], held=None,
    )  # fmt: skip
    placement = Placement(
        **ids, activity_id=leaves, slot_id=town.slots["leaves"][0].id,
        owner_id=person.owner_id, proposed_on=MORNING.date(), own_words=NEEDLE,
    )  # fmt: skip
    session.add_all([made, placement])
    session.flush()
    session.add(
        Suggestion(
            **ids,
            round_id=made.id,
            activity_id=leaves,
            tier=Tier.FITS,
            position=1,
            score=0.5,
            content={"score": 0.5, "why": [NEEDLE]},
        )
    )
    session.add(
        PlacementMove(
            **ids,
            placement_id=placement.id,
            position=1,
            action="ask",
            from_status="proposed",
            to_status="asked",
            actor="csw",
            occurred_on=MORNING.date(),
            recorded_at=MORNING,
            note=NEEDLE,
            details={"minutes": 30},
        )
    )
    session.add(
        Visit(
            **ids,
            placement_id=placement.id,
            occurred_on=MORNING.date(),
            recorded_at=MORNING,
            recorded_by=person.owner_id,
            outcome="came",
            note=NEEDLE,
        )
    )
    session.flush()
    return person


def told(session: Session) -> dict[UUID, dict[str, Any]]:
    """Return every value of every row with sealed columns."""
    kinds = (Person, Assessment, Placement, PlacementMove, Round, Suggestion, Visit)
    rows: list[SealedRecord] = [row for kind in kinds for row in session.exec(select(kind))]
    return {row.id: row.told() for row in rows}


def test_down_and_up_again_changes_no_word(database: sa.Engine) -> None:
    with transaction(database) as session:
        person = write_everything(session, seed(session))
        # more than one batch of people
        known = person.model_dump(exclude={"id", "code"})
        for number in range(AT_ONCE):
            session.add(Person(**known, code=f"多-{number}", note=f"{number}"))
    with transaction(database) as session:
        before = told(session)
    assert len(before) == 7 + AT_ONCE
    downgrade(database, BELOW)
    for table, column in (("placement", "own_words"), ("visit", "note")):
        assert values(database, table, column) == [NEEDLE]
    assert NEEDLE in values(database, "person", "note")
    assert set(values(database, "person", "contact")) == {""}
    assert set(values(database, "person", "lat")) == {35.125, None}
    assert NEEDLE in str(values(database, "suggestion", "content"))
    upgrade(database)
    assert all(is_sealed(value) for value in values(database, "visit", "note"))
    with transaction(database) as session:
        assert told(session) == before


def test_the_wrong_keys_stop_the_way_down_and_nothing_is_lost(
    own_database: str, database: sa.Engine, tmp_path: Any
) -> None:
    with transaction(database) as session:
        write_everything(session, seed(session))
    write_keys(tmp_path / "foreign", named="foreign")
    foreign = open_engine(own_database, connections=1, keys=KeyFile(tmp_path / "foreign"))
    with pytest.raises(SealBroken):
        downgrade(foreign, BELOW)
    foreign.dispose()
    with transaction(database) as session:
        assert session.exec(select(Person)).one().note == NEEDLE
