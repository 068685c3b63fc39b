"""A town whose coordinator gets mail, and an office that carries to a list instead of a server."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection
from sqlmodel import Session, select

from service.database import transaction
from service.outbox.actions import write_mail
from service.outbox.carrying import Carried
from service.outbox.composing import Parcel
from service.outbox.delivery import Office, Round, deliver
from service.outbox.rules import Channel, Figure, Notice
from service.outbox.tables import Line, Mailbox
from service.settings import Settings
from tests.factories import Town, TurnableClock


@dataclass
class Desk:
    """Lines written, carried and looked at, on the test's own transaction."""

    connection: Connection
    town: Town
    clock: TurnableClock
    answers: list[Carried] = field(default_factory=list)
    carried: list[Parcel] = field(default_factory=list)

    def mailbox(self, user: str, address: str = "") -> None:
        account = self.town.accounts[user]
        with transaction(self.connection) as session:
            session.add(
                Mailbox(
                    municipality_id=account.municipality_id,
                    account_id=account.id,
                    address=address or f"{user}@city.example",
                )
            )

    def write(
        self, user: str = "coordinator", notice: Notice = Notice.CONCERN, **how: object
    ) -> bool:
        account = self.town.accounts[user]
        figures = {Figure.CONCERN: 1}
        with transaction(self.connection) as session:
            return write_mail(
                session,
                account.municipality_id,
                account.id,
                notice,
                figures,
                at=self.clock.at,
                **how,  # type: ignore[arg-type] - a test's own keywords
            )

    def carry(self, parcel: Parcel) -> Carried:
        self.carried.append(parcel)
        return self.answers.pop(0) if self.answers else Carried()

    def office(self, **settings: object) -> Office:
        known = Settings.model_validate(settings)
        carriers = dict.fromkeys(Channel, self.carry)
        return Office(self.connection, known, carriers, self.clock, uuid4())

    def deliver(self, **settings: object) -> Round:
        return deliver(self.office(**settings))

    def lines(self) -> list[Line]:
        with transaction(self.connection) as session:
            return list(session.exec(select(Line).order_by(Line.at, Line.id)))  # type: ignore[arg-type] - columns

    def line(self) -> Line:
        [line] = self.lines()
        return line

    def session(self, do: Callable[[Session], object]) -> object:
        with transaction(self.connection) as session:
            return do(session)

    @property
    def now(self) -> datetime:
        return self.clock.at

    def id_of(self, user: str) -> UUID:
        return self.town.accounts[user].id


@pytest.fixture
def desk(connection: Connection, town: Town, turnable_clock: TurnableClock) -> Desk:
    return Desk(connection, town, turnable_clock)
