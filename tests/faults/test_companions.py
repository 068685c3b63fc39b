"""Eight processes reach for the same companion's day: nobody gets one that is not there."""

import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from multiprocessing.synchronize import Barrier
from uuid import UUID, uuid4

from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, create_engine, select

from service.accounts.actions import Staff
from service.companions.actions import NobodyFree, add_aid, book
from service.companions.repository import day_row
from service.companions.rules import AidKind
from service.companions.tables import AidBooking, AidDay
from service.database import open_engine, transaction
from service.placements.tables import Placement
from tests.faults.contenders import CONTENDERS, PATIENCE, ROUNDS, Answers, contest
from tests.service.placements.village import MORNING, Village, build_village

# Every day of the rounds has two seats.
SEATS = 2
DAILY = {"rrule": "FREQ=DAILY", "start": "09:00", "end": "17:00"}
START = date(2026, 3, 1).toordinal()
DAYS = [date.fromordinal(START + number) for number in range(ROUNDS)]


def reach(url: str, _staff: Staff, wanted: Sequence[UUID], start: Barrier) -> Answers:
    """Book each day in turn for one placement, through the real action."""
    engine = open_engine(url, connections=1)
    answers = []
    for day, placement_id in zip(DAYS, wanted, strict=True):
        start.wait(PATIENCE)
        try:
            with transaction(engine) as session:
                placement = session.get_one(Placement, placement_id)
                book(session, placement, AidKind.COMPANION, day, at=MORNING)
            answers.append("kept")
        except NobodyFree:
            answers.append("nobody")
    engine.dispose()
    return answers


def reach_naively(url: str, _staff: Staff, wanted: Sequence[UUID], start: Barrier) -> Answers:
    """Look, then write what was seen plus one: what the guarded statement is there against."""
    naive = make_url(url)
    if naive.get_backend_name() == "postgresql":
        naive = naive.set(drivername="postgresql+psycopg")
    engine = create_engine(naive)
    answers = []
    for row in wanted:
        id_ = row.hex if naive.get_backend_name() == "sqlite" else row
        start.wait(PATIENCE)
        with engine.connect() as connection:
            look = text("SELECT taken, seats FROM aid_day WHERE id = :id")
            taken, seats = connection.execute(look, {"id": id_}).one()
            time.sleep(0.002)
            if taken >= seats:
                answers.append("nobody")
                continue
            try:
                write = text("UPDATE aid_day SET taken = :taken WHERE id = :id")
                connection.execute(write, {"id": id_, "taken": taken + 1})
                connection.commit()
                answers.append("kept")
            except OperationalError:
                answers.append("locked")
    engine.dispose()
    return answers


def placements(session: Session, village: Village) -> list[UUID]:
    rows = [
        Placement(
            id=uuid4(),
            municipality_id=person.municipality_id,
            person_id=person.id,
            activity_id=village.activity.id,
            slot_id=village.slot.id,
            owner_id=village.csw.id,
            proposed_on=MORNING.date(),
        )
        for person in village.people
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def test_a_day_is_kept_for_exactly_as_many_as_there_are_seats(own_database: str) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        village = build_village(session, people=CONTENDERS)
        values = {"kind": AidKind.COMPANION, "name": "藤木", "seats": SEATS, "recurrence": DAILY}
        aid = add_aid(session, village.csw, values)
        wanted = [[id_] * ROUNDS for id_ in placements(session, village)]
    rounds = contest(reach, own_database, village.csw, wanted)
    expected = Counter({"kept": SEATS, "nobody": CONTENDERS - SEATS})
    assert [Counter(answers) for answers in rounds] == [expected] * ROUNDS
    with transaction(engine) as session:
        assert all(row.taken == SEATS for row in session.exec(select(AidDay)))
        assert Counter(session.exec(select(col(AidBooking.day)))) == dict.fromkeys(DAYS, SEATS)
        # The control: without the guarded statement the same contest gives seats away twice.
        fresh = [day_row(session, aid, date.fromordinal(START + 1000 + n)) for n in range(ROUNDS)]
    naive = contest(reach_naively, own_database, village.csw, [fresh] * (2 * SEATS))
    assert max(Counter(answers)["kept"] for answers in naive) > SEATS
    engine.dispose()
