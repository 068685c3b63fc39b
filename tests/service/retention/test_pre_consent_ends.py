"""A record of a 支援会議 ends two years after it was closed, with its entries; open ones stay."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from service.app import create_app
from service.conferences.tables import Conference, ConferenceEntry, ConferenceRecord
from service.database import open_engine, transaction
from service.encryption.keychain import keychain
from service.encryption.rules import Ring, SealBroken, place
from service.retention import erasing
from service.retention.actions import approve, draw
from service.retention.rules import RecordClass
from service.settings import Settings
from tests.factories import MORNING, PASSWORD, Town, seed, staff_of

API = "/api/v1"
TWO_YEARS = timedelta(days=365 * 2)  # to 2028-11-19, for 2028 is a leap year
NOTED = {
    "occurred_on": "2026-11-19",
    "channel": "visit",
    "direction": "sent",
    "result": "not_reached",
}


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    engine = open_engine(own_database, connections=3)
    yield engine
    engine.dispose()


@pytest.fixture
def town(engine: Engine) -> Town:
    """A conference with two records and an entry each; the first record is closed today."""
    with transaction(engine) as session:
        town = seed(session)
    app = create_app(Settings(secure_cookies=False), bind=engine, now=lambda: MORNING)
    client = TestClient(app)
    said = {"username": "csw", "password": PASSWORD}
    token = client.post(f"{API}/sessions", json=said).json()["token"]
    client.headers["authorization"] = f"Bearer {token}"
    conference = client.post(f"{API}/conferences", json={"title": "東-3"}).json()["id"]
    place = f"{API}/conferences/{conference}/records"
    records = [client.post(place, json={"worries": "針の山"}).json()["id"] for _ in range(2)]
    for record in records:
        assert client.post(f"{place}/{record}/entries", json=NOTED).status_code == 201
    assert client.post(f"{place}/{records[0]}/closure").status_code == 200
    return town


def left(engine: Engine) -> tuple[int, int]:
    """Count records and entries."""
    with engine.connect() as connection:
        records, entries = (
            int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
            for table in (ConferenceRecord, ConferenceEntry)
        )
    return records, entries


def erased(engine: Engine, town: Town, notes: Path, *, after: timedelta) -> int:
    """Draw as one account, approve as another and run; return how much was erased."""
    at = MORNING + after
    by, settings = town.accounts["csw"], Settings(erasures_file=str(notes))
    with transaction(engine) as session:
        head = draw(session, municipality_id=by.municipality_id, by=by.id, at=at, settings=settings)
        approve(session, staff_of(session, town.accounts["coordinator"], at=at), head.id, at=at)
    return erasing.run(engine, at=at, settings=settings).erased


def test_a_closed_record_goes_after_its_term_with_its_entries_and_not_a_day_earlier(
    engine: Engine, town: Town, tmp_path: Path
) -> None:
    notes = tmp_path / "deban.erasures"
    assert erased(engine, town, notes, after=TWO_YEARS) == 0
    assert left(engine) == (2, 2)
    assert erased(engine, town, notes, after=TWO_YEARS + timedelta(days=1)) == 1
    assert left(engine) == (1, 1)
    assert [kind for _, kind in erasing.notes_in(notes)] == [RecordClass.PRE_CONSENT]
    # The one that is open has no term, however old it becomes.
    assert erased(engine, town, notes, after=TWO_YEARS * 5) == 0
    assert left(engine) == (1, 1)


def test_the_key_of_a_record_ends_with_it_and_an_older_copy_opens_no_more(
    engine: Engine, town: Town, tmp_path: Path
) -> None:
    with engine.connect() as connection:
        table = sa.inspect(ConferenceRecord).local_table
        copied = {row.id: row.sealed_worries for row in connection.execute(sa.select(table))}
        [conference] = connection.execute(sa.select(Conference.id)).scalars()
    assert erased(engine, town, tmp_path / "erasures", after=TWO_YEARS + timedelta(days=1)) == 1
    with transaction(engine) as session:
        [left_over] = session.exec(select(ConferenceRecord)).all()
        [gone] = copied.keys() - {left_over.id}
        opened = {owner: _opens(session, copied, gone, owner) for owner in (*copied, conference)}
        assert opened == dict.fromkeys(opened, False)
        # The control: what stays is readable, by its own key and by no other.
        assert left_over.worries == "針の山"
        assert _opens(session, copied, left_over.id, left_over.id)
        assert not _opens(session, copied, left_over.id, conference)


def _opens(session: Session, copied: dict[UUID, bytes], record: UUID, owner: UUID) -> bool:
    """Try a copied value with an owner's key, as whoever has the database and the file would."""
    sealed = copied[record]
    try:
        key = keychain(session).to_open(Ring.CONFERENCE, owner, sealed)
        return key.open(sealed, place("conference_record", "worries", record)) != b""
    except SealBroken:
        return False
