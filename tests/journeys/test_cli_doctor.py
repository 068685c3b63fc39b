"""The doctor looks at the queue: each thing that is amiss there is planted, and named."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from migrations import marks
from service import clock
from service.database import open_engine, transaction
from service.followup.actions import queue
from service.followup.repository.queue import Scope
from tests.factories import person_in, seed, staff_of
from tests.journeys.test_cli import run

HEALTHY = "queue: every change is marked, and the rows looked at are what the rule says"


@pytest.fixture
def engine(own_database: str) -> Engine:
    return open_engine(own_database, connections=1)


def planted(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_the_doctor_finds_a_queue_that_is_not_told_of_changes(
    own_database: str, engine: Engine
) -> None:
    name = marks.names("visit")[0]
    table = " ON visit" if engine.dialect.name == "postgresql" else ""
    assert f"ok    {HEALTHY}" in run("doctor", url=own_database).stdout
    planted(engine, f"DROP TRIGGER {name}{table}")
    result = run("doctor", url=own_database)
    assert result.exit_code == 1
    assert f"AMISS queue: changes go unseen: the triggers {name} are missing" in result.stdout


def test_the_doctor_finds_rows_that_are_not_what_the_rule_says(
    own_database: str, engine: Engine
) -> None:
    at = clock.moment()
    with transaction(engine) as session:
        town = seed(session)
        person_in(session, town, at=at - timedelta(days=45))
        staff = staff_of(session, town.accounts["csw"], at=at)
        assert len(queue(session, Scope(staff), at=at)) > 0
    assert f"ok    {HEALTHY}" in run("doctor", url=own_database).stdout
    planted(engine, "UPDATE follow_up_due SET deferrals = 7")
    result = run("doctor", url=own_database)
    assert result.exit_code == 1
    assert "rows are not what the rule says" in result.stdout
