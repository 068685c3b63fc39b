"""Records of a conference change hands from its key to their own, and back, with every word."""

from collections.abc import Iterator
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from migrations import downgrade, upgrade
from service.conferences.actions import open_conference, write_record
from service.conferences.tables import Conference, ConferenceEntry, ConferenceRecord
from service.contacts.words import Channel, Direction, Result
from service.database import open_engine, transaction
from service.encryption.keychain import keychain
from service.encryption.rules import Ring, SealBroken, place
from tests.factories import MORNING, seed, staff_of

BELOW = "1912versions"
NEEDLE = "針のむしろ 神（U+FA19）"


@pytest.fixture
def database(own_database: str) -> Iterator[sa.Engine]:
    engine = open_engine(own_database, connections=1)
    yield engine
    engine.dispose()


def opens(session: Session, owner: UUID, record: UUID, sealed: bytes) -> bool:
    try:
        key = keychain(session).to_open(Ring.CONFERENCE, owner, sealed)
        return key.open(sealed, place("conference_record", "worries", record)).decode() == NEEDLE
    except SealBroken:
        return False


def worries(session: Session) -> bytes:
    found = session.execute(sa.text("SELECT worries FROM conference_record")).scalar_one()
    return bytes(found)


def test_the_words_of_a_record_come_through_both_ways(database: sa.Engine) -> None:
    with transaction(database) as session:
        csw = staff_of(session, seed(session).accounts["csw"])
        conference = open_conference(session, csw, title="東-3", at=MORNING).id
        record = write_record(session, csw, conference, {"worries": NEEDLE}, at=MORNING).id
        session.add(
            ConferenceEntry(
                municipality_id=csw.municipality_id,
                conference_id=conference,
                record_id=record,
                occurred_on=MORNING.date(),
                recorded_at=MORNING,
                recorded_by=csw.id,
                channel=Channel.CALL,
                direction=Direction.SENT,
                result=Result.TALKED,
                what=NEEDLE,
            )
        )
    downgrade(database, BELOW)
    with transaction(database) as session:
        below = worries(session)
        ways = [opens(session, owner, record, below) for owner in (conference, record)]
        assert ways == [True, False]
    upgrade(database)
    with transaction(database) as session:
        [kept] = session.exec(select(ConferenceRecord)).all()
        [entry] = session.exec(select(ConferenceEntry)).all()
        [held] = session.exec(select(Conference)).all()
        assert (kept.worries, entry.what, held.title) == (NEEDLE, NEEDLE, "東-3")
        assert (kept.name, entry.intention) == ("", "")
        again = worries(session)
        ways = [opens(session, owner, record, again) for owner in (conference, record)]
        assert ways == [False, True]
