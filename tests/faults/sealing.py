"""Writers for the rotation test: a process that goes on writing about people until it is ended."""

import random
import sys

from sqlmodel import select

import service.app  # noqa: F401 - every chapter's tables
from service.database import open_engine, transaction
from service.persons.tables import Person


def write(url: str, rounds: int) -> None:
    """Change notes, each to what its own code says, and read the others."""
    engine = open_engine(url, connections=1)
    drawn = random.Random(len(url))
    for number in range(rounds):
        with transaction(engine) as session:
            people = session.exec(select(Person).order_by(Person.code)).all()
            for person in people:
                assert person.note.startswith(person.code), "another person's words"
            person = drawn.choice(people)
            person.note = f"{person.code} {number}"
        sys.stdout.write(f"{number}\n")
    engine.dispose()


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]))
