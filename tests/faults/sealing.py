"""Writers for the rotation test: a process that goes on writing about people until it is ended."""

import random
import sys
from time import sleep

from sqlmodel import func, select

import service.app  # noqa: F401 - every chapter's tables
from service.database import open_engine, transaction
from service.persons.tables import Person

AT_ONCE = 200


def write(url: str, rounds: int) -> None:
    """Change notes, each to what its own code says, and read others: as many as a page holds."""
    engine = open_engine(url, connections=1)
    drawn = random.Random(len(url))
    for number in range(rounds):
        with transaction(engine) as session:
            everybody = session.exec(select(func.count()).select_from(Person)).one()
            first = drawn.randrange(max(1, everybody - AT_ONCE))
            some = select(Person).order_by(Person.code).offset(first).limit(AT_ONCE)
            people = session.exec(some).all()
            for person in people:
                assert person.note.startswith(person.code), "another person's words"
            person = drawn.choice(people)
            person.note = f"{person.code} {number}"
        sys.stdout.write(f"{number}\n")
        sleep(0.05)  # people think; whoever never lets go of SQLite would let nobody else in
    engine.dispose()


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]))
