"""The queue at length: ``python -m benchmarks.followup [--placements 10000]``, on both databases.

How long a page of the queue takes beside how many placements are open, in process and over HTTP;
what a new day, a result and the first look of all cost; and the same queue from its facts alone.
"""

import argparse
import logging
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from statistics import median, quantiles
from time import perf_counter
from typing import Any, Final
from uuid import UUID, uuid4

import structlog
from fastapi.testclient import TestClient
from sqlalchemy import Engine, insert, text
from sqlmodel import SQLModel

from benchmarks.audit import databases
from catalogue.record import now
from service.accounts.actions import Staff, hashed
from service.accounts.rules import Role
from service.app import create_app
from service.contacts.tables import Channel, Result
from service.database import run, transaction
from service.followup.actions import queue, record_result
from service.followup.cadence import STANDARD
from service.followup.figures import _known, counts_of
from service.followup.gathering import gathered, shelved
from service.followup.order import in_order
from service.followup.repository.queue import Scope
from service.followup.repository.sources import everybody, material_of
from service.followup.results import Outcome
from service.followup.rules import due
from service.followup.upkeep import settle
from service.settings import Settings

TODAY: Final = date(2026, 11, 20)
AT: Final = datetime(2026, 11, 20, 1, tzinfo=UTC)
ROUNDS: Final = 60
PAGE: Final = 50
MOVES: Final = (
    ("want", "proposed", "wanted"),
    ("agree", "wanted", "agreed"),
    ("begin", "agreed", "trying"),
    ("continue", "trying", "continuing"),
)
Row = dict[str, Any]


class Office:
    """One municipality, its coordinator, and so many open placements with a year behind them."""

    def __init__(self, placements: int) -> None:
        self.dice = random.Random(20261120)
        self.rows: dict[str, list[Row]] = {}
        self.tenant = uuid4()
        self._add("municipality", id=self.tenant, name=str(uuid4()), timezone="Asia/Tokyo",
                  catalogue_revision=0)  # fmt: skip
        self.area = self._add("area", ref="north", name="北")
        self.token = uuid4().hex
        self.coordinator = self._account("coordinator")
        self.workers = [self._account("csw") for _ in range(20)]
        offers = [self._offer(number) for number in range(max(10, placements // 30))]
        for number in range(placements):
            self._placement(number, offers[number % len(offers)])

    def _add(self, table: str, **known: Any) -> UUID:
        row: Row = {"id": uuid4(), "created_at": now(), "municipality_id": self.tenant} | known
        if table == "municipality":
            del row["municipality_id"]
        self.rows.setdefault(table, []).append(row)
        id_: UUID = row["id"]
        return id_

    def _account(self, role: str) -> UUID:
        account = self._add("account", username=str(uuid4()), display_name=role, role=role,
                            area_id=None, password_hash="-", active=True,
                            password_given=False, factor_reset_at=None)  # fmt: skip
        if role == "coordinator":
            self._add("sign_in", account_id=account, token_hash=hashed(self.token), seen_at=AT,
                      expires_at=AT + timedelta(days=30), ended_at=None, stepped_up_at=None,
                      awaits="nothing")  # fmt: skip
        return account

    def _offer(self, number: int) -> tuple[UUID, UUID, UUID]:
        host = self._add("host", ref=f"host{number}", name=f"寺{number}", type="temple",
                         area_id=self.area, telephone="03-0000-0000", confirmed_on=TODAY,
                         version=1)  # fmt: skip
        activity = self._add("activity", ref=f"do{number}", host_id=host, area_id=self.area,
                             title="そうじ", open=True, terms={}, version=1)  # fmt: skip
        slot = self._add("slot", activity_id=activity, position=0, capacity=100, taken=30)
        return host, activity, slot

    def _placement(self, number: int, offer: tuple[UUID, UUID, UUID]) -> None:
        worker, begun = self.workers[number % 20], TODAY - timedelta(self.dice.randint(5, 500))
        known = begun - timedelta(30)
        person = self._add("person", code=f"ひと{number}", area_id=self.area, owner_id=worker,
                           stage="present_with_support", known_since=known, version=1)  # fmt: skip
        self._add("consent", person_id=person, shared_with="team", fields=[], given_on=known,
                  recorded_at=AT, recorded_by=worker, version=1)  # fmt: skip
        host, activity, slot = offer
        placement = self._add("placement", person_id=person, activity_id=activity, slot_id=slot,
                              owner_id=worker, status="continuing", holds_place=True,
                              proposed_on=known, first_on=begun, may_tell=[],
                              version=5)  # fmt: skip
        for position, (action, start, end) in enumerate(MOVES, start=1):
            self._add("placement_move", person_id=person, placement_id=placement,
                      position=position, action=action, from_status=start, to_status=end,
                      actor="csw", account_id=worker, occurred_on=begun,
                      recorded_at=AT)  # fmt: skip
        about = {"placement_id": placement, "recorded_at": AT, "recorded_by": worker}
        self._year(person, host, begun, about)

    def _year(self, person: UUID, host: UUID, begun: date, about: Row) -> None:
        """Visits every week or month, and contacts nearly as the cadence asks."""
        day = begun
        while day <= TODAY:
            self._add("visit", person_id=person, occurred_on=day, outcome="came", moved_by="",
                      feeling=self.dice.choice(("ok", "ok", "unknown", "hard")),
                      **about)  # fmt: skip
            day += timedelta(self.dice.choice((7, 14, 28)))
        day, said = begun + timedelta(1), {"channel": "call", "direction": "sent"}
        while day <= TODAY:
            for side in ({"person_id": person}, {"host_id": host, "about_id": person}):
                names = {"person_id": None, "host_id": None, "about_id": None}
                self._add("contact", occurred_on=day, result="talked", **names | side,
                          **said, **about)  # fmt: skip
            day += timedelta(self.dice.randint(20, 45))

    def write(self, engine: Engine) -> None:
        with transaction(engine) as session:
            for table in SQLModel.metadata.sorted_tables:
                rows = iter(self.rows.get(table.name, ()))
                while some := list(islice(rows, 5_000)):
                    run(session, insert(table), some)

    def staff(self, on: date = TODAY) -> Staff:
        return Staff(self.coordinator, self.tenant, Role.COORDINATOR, None, "c", uuid4(), on, at=AT)


def measure(engine: Engine, placements: int) -> Iterator[tuple[str, list[float], str]]:
    """Yield what was done, its seconds, and what it gave."""
    office = Office(placements)
    office.write(engine)
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    scope = Scope(office.staff())

    def look(**asked: Any) -> int:
        with transaction(engine) as session:
            return len(queue(session, scope, at=AT, limit=PAGE, **asked))

    def figures() -> int:
        with transaction(engine) as session:
            return counts_of(session, scope).total

    def counted() -> int:
        _known.clear()
        return figures()

    def laid(on: date) -> int:
        with transaction(engine) as session:
            settle(session, office.tenant, today=on)
        return 0

    yield "derive everything (first look)", *_timed(lambda: laid(TODAY), 1)
    yield "place everything for a new day", *_timed(_each_day(laid), 3)
    laid(TODAY)
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    yield f"first page, {PAGE} rows", *_timed(look, ROUNDS)
    with transaction(engine) as session:
        deep = queue(session, scope, at=AT, limit=1_000)[-1].place
    yield f"{PAGE} rows behind the 1,000th", *_timed(lambda: look(after=deep), ROUNDS)
    yield "the figures, counted after a change", *_timed(counted, ROUNDS)
    yield "the figures, as they were counted", *_timed(figures, ROUNDS)
    yield from _at_the_desk(engine, office, scope)
    yield "the same from the facts alone", *_timed(lambda: _from_facts(engine, office), 1)


def _each_day(laid: Callable[[date], int]) -> Callable[[], int]:
    days = count(1)
    return lambda: laid(TODAY + timedelta(next(days)))


def _at_the_desk(
    engine: Engine, office: Office, scope: Scope
) -> Iterator[tuple[str, list[float], str]]:
    def answer() -> int:
        said = Outcome(result=Result.TALKED, channel=Channel.CALL, occurred_on=TODAY)
        with transaction(engine) as session:
            row = queue(session, scope, at=AT, limit=1)[0]
            record_result(session, scope.staff, row.due.id, said, at=AT)
        with transaction(engine) as session:
            return len(queue(session, scope, at=AT, limit=1))

    yield "a result, and the row that follows", *_timed(answer, 20)
    settings = Settings(secure_cookies=False, session_idle_minutes=10_000_000)
    app = create_app(settings, bind=engine, now=lambda: AT)
    client = TestClient(app, headers={"Authorization": f"Bearer {office.token}"})
    for name, path in (
        ("page over HTTP (HTML)", "/"),
        ("page over HTTP (JSON)", "/api/v1/follow-ups"),
    ):

        def ask(path: str = path) -> int:
            answer = client.get(path)
            assert answer.status_code == 200, answer.text
            return len(answer.content)

        yield name, *_timed(ask, 30)


def _from_facts(engine: Engine, office: Office) -> int:
    with transaction(engine) as session:
        found = [
            each
            for subjects in everybody(session, office.tenant)
            for facts in _facts(session, subjects)
            for each in due(facts, STANDARD, TODAY)
        ]
    return len(in_order(found, TODAY))


def _facts(session: Any, subjects: Any) -> Any:
    material = material_of(session, subjects)
    return gathered(material, shelved(material))


def _timed(work: Callable[[], int], rounds: int) -> tuple[list[float], str]:
    taken, number = [], 0
    for _ in range(rounds):
        begun = perf_counter()
        number = work()
        taken.append(perf_counter() - begun)
    return taken, f"{number:,}"


def main() -> None:
    """Print a table for each size and database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--placements", type=int, nargs="+", default=[1_000, 10_000])
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    for placements in parser.parse_args().placements:
        with databases() as engines:
            for engine in engines:
                print(f"\n{engine.dialect.name}, {placements:,} open placements")
                print(f"{'':36s} {'p50 ms':>9s} {'p95 ms':>9s}   gave")
                for name, taken, gave in measure(engine, placements):
                    late = quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
                    p50, p95 = median(taken) * 1000, late * 1000
                    print(f"{name:36s} {p50:9.1f} {p95:9.1f}   {gave}", flush=True)


if __name__ == "__main__":
    main()
