"""An office with people whose support ended long ago, each with a needle of their own."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session

from service.contacts.tables import Contact
from service.contacts.words import Channel, Direction, Result
from service.database import open_engine, transaction
from service.persons.name import Name
from service.persons.names.actions import keep_name
from service.retention import erasing
from service.retention.actions import approve, draw, end_support, hold
from service.retention.rules import HoldReason
from service.settings import Settings
from service.wishes.tables import Wish
from tests.factories import MORNING, Town, person_in, seed, staff_of

PEOPLE, DUE, HELD = 100, 20, 2
AFTER = MORNING + timedelta(days=366 * 5)


def needle(number: int) -> str:
    return f"針{number:03d}山"


def furnish(session: Session, *, people: int = PEOPLE) -> tuple[Town, list[UUID]]:
    """Store people with needles; of the first 20 support has ended, and two of those are held."""
    town = seed(session)
    staff = staff_of(session, town.accounts["csw"])
    ids = []
    for number in range(people):
        said = needle(number)
        person = person_in(
            session, town, code=f"{said}C", note=said, contact=said, picture={"own_words": said},
            consent={"shared_with": "hosts", "scope": said},
        )  # fmt: skip
        keep_name(session, staff, person.id, Name(family=said, address=said), at=MORNING)
        about = {"municipality_id": town.municipality.id, "person_id": person.id}
        session.add(
            Contact(
                **about, occurred_on=MORNING.date(), recorded_at=MORNING, recorded_by=staff.id,
                channel=Channel.CALL, direction=Direction.SENT, result=next(iter(Result)),
                what=said,
            )
        )  # fmt: skip
        session.add(
            Wish(
                **about, area_id=person.area_id, own_words=said, failed_on=[],
                wished_on=MORNING.date(), recorded_by=staff.id,
            )
        )  # fmt: skip
        ids.append(person.id)
        if number < DUE:
            end_support(session, staff, person.id, on=MORNING.date(), at=MORNING)
        if number < HELD:
            hold(session, staff, person.id, reason=HoldReason.LAWSUIT, until=None, at=MORNING)
    return town, ids


def approved(engine: Engine, town: Town) -> UUID:
    """Draw a list as one account and approve it as another."""
    with transaction(engine) as session:
        by = town.accounts["csw"]
        head = draw(
            session, municipality_id=town.municipality.id, by=by.id, at=AFTER, settings=Settings()
        )
        coordinator = staff_of(session, town.accounts["coordinator"], at=AFTER)
        approve(session, coordinator, head.id, at=AFTER)
        return head.id


def everything(engine: Engine) -> Iterator[bytes]:
    """Yield what the database gives out, and, of SQLite, what its files hold."""
    with engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            for row in connection.execute(sa.text(f'SELECT * FROM "{table}"')):
                yield repr(tuple(row)).encode()
                yield from (bytes(value) for value in row if isinstance(value, bytes | memoryview))
    if engine.dialect.name == "sqlite":
        file = Path(str(engine.url.database))
        yield from (each.read_bytes() for each in file.parent.glob(f"{file.name}*"))


def needles_in(engine: Engine) -> set[int]:
    content = b"\n".join(everything(engine))
    return {number for number in range(PEOPLE) if needle(number).encode() in content}


if __name__ == "__main__":  # one run in a process of its own; it may be told to die half-way
    url, notes, dies_after = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if dies_after:
        import os
        import signal

        real, count = erasing.note, 0

        def dying(*given: object, **named: object) -> None:
            global count  # noqa: PLW0603 - a counter of this little program
            count += 1
            real(*given, **named)  # type: ignore[arg-type] - as it was called
            if count > dies_after:
                os.kill(os.getpid(), signal.SIGKILL)

        erasing.note = dying  # type: ignore[assignment] - the fault that is planted
    engine = open_engine(url, connections=2)
    done = erasing.run(engine, at=AFTER, settings=Settings(erasures_file=notes))
    sys.stdout.write(f"{done.erased}\n")
