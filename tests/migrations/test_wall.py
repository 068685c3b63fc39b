"""The wall that PostgreSQL holds between municipalities, and between the groups of callers."""

import re
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import make_url
from sqlalchemy.exc import ProgrammingError
from sqlmodel import SQLModel

from migrations import upgrade, wall
from migrations.grants import CASEWORK, GROUPS, HOST, LANES, OFFICE, PLACES
from service.database import enter, open_engine, transaction
from tests.migrations.rows import fill

OnServer = Callable[[str], None]
TABLES = {table.name: table for table in SQLModel.metadata.sorted_tables}
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE")
# What an admin, an auditor or the host side may not even ask for.
CASES = {"person", "assessment", "consent", "placement", "visit", "contact", "concern", "wish"}


@pytest.fixture
def engine(postgresql_database: str) -> Iterator[sa.Engine]:
    engine = open_engine(postgresql_database, connections=2)
    yield engine
    engine.dispose()


@pytest.fixture
def filled(engine: sa.Engine) -> UUID:
    """One row in every table, all of one municipality."""
    with engine.begin() as connection:
        return fill(connection)["municipality"]


def seen(engine: sa.Engine, group: str, municipality_id: UUID) -> dict[str, int]:
    """Count, without any condition, the rows of every table that the group may read."""
    with transaction(engine) as session:
        enter(session, group, municipality_id)
        return {
            name: session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in TABLES.items()
            if "SELECT" in PLACES[name].of(group)
        }


def denied(engine: sa.Engine, group: str, municipality_id: UUID, statement: str) -> bool:
    try:
        with transaction(engine) as session:
            enter(session, group, municipality_id)
            session.execute(sa.text(statement))
    except ProgrammingError as error:
        return "permission denied" in str(error) or "row-level security" in str(error)
    return False


def test_every_table_has_a_place_in_the_list_of_grants() -> None:
    assert set(PLACES) == set(TABLES)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_may_do_to_each_table_exactly_what_the_list_says(
    engine: sa.Engine, group: str
) -> None:
    asked = sa.text("SELECT has_any_column_privilege(:group, :table, :privilege)")
    whole = sa.text("SELECT has_table_privilege(:group, :table, :privilege)")
    with engine.connect() as connection:
        for name, place in PLACES.items():
            for privilege in PRIVILEGES:
                query = whole if privilege == "DELETE" else asked
                known = {"group": group, "table": f'"{name}"', "privilege": privilege}
                granted = connection.execute(query, known).scalar_one()
                assert granted is (privilege in place.of(group)), (name, privilege)


@pytest.mark.parametrize("group", GROUPS)
def test_without_any_condition_a_group_reads_no_row_of_another_municipality(
    engine: sa.Engine, filled: UUID, group: str
) -> None:
    assert set(seen(engine, group, uuid4()).values()) == {0}
    others = {name for name in LANES if group == HOST}  # of these it has a kind of its own
    found = seen(engine, group, filled)
    assert found == {name: 0 if name in others else 1 for name in found}  # the rows are there


def test_before_anybody_is_recognised_the_login_reads_them_all(
    engine: sa.Engine, filled: UUID
) -> None:
    """The control: what hides the rows above is the wall, and nothing else."""
    with transaction(engine) as session:
        for table in TABLES.values():
            query = sa.select(sa.func.count()).select_from(table)
            assert session.execute(query).scalar_one() == 1, table.name


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_without_a_municipality_reads_nothing(
    engine: sa.Engine, filled: UUID, group: str
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL ROLE {group}")
        assert connection.exec_driver_sql("SELECT count(*) FROM activity").scalar_one() == 0


@pytest.mark.parametrize("wanted", ["UPDATE", "DELETE"])
def test_no_row_of_another_municipality_can_be_changed(
    engine: sa.Engine, filled: UUID, wanted: str
) -> None:
    """Each table where the group may do it to its own rows; none of the other's moves."""
    changing = [name for name in TABLES if wanted in PLACES[name].casework]
    assert changing
    for name in changing:
        column = re.search(r"UPDATE \((\w+)", PLACES[name].casework)
        same = column[1] if column else "created_at"
        made = {"UPDATE": f'UPDATE "{name}" SET {same} = {same}', "DELETE": f'DELETE FROM "{name}"'}
        with transaction(engine) as session:
            enter(session, CASEWORK, uuid4())
            result = session.execute(sa.text(made[wanted]))
            assert result.rowcount == 0, name  # type: ignore[attr-defined] - a cursor's result
    assert set(seen(engine, CASEWORK, filled).values()) == {1}


def test_nobody_writes_a_row_into_another_municipality(engine: sa.Engine, filled: UUID) -> None:
    copied = (
        "INSERT INTO host SELECT (jsonb_populate_record(host,"
        " jsonb_build_object('id', gen_random_uuid(), 'ref', 'new',"
        " 'municipality_id', '{}'::text))).* FROM host"
    )
    elsewhere = "UPDATE host SET municipality_id = gen_random_uuid()"
    assert denied(engine, CASEWORK, filled, copied.format(uuid4()))
    assert denied(engine, CASEWORK, filled, elsewhere)
    assert not denied(engine, CASEWORK, filled, copied.format(filled))


@pytest.mark.parametrize("group", [OFFICE, HOST])
def test_the_office_and_the_host_side_cannot_read_people_even_with_sql(
    engine: sa.Engine, filled: UUID, group: str
) -> None:
    assert set(TABLES) >= CASES
    for name in CASES:
        assert denied(engine, group, filled, f"SELECT * FROM {name}")
        assert denied(engine, group, filled, f"DELETE FROM {name}")
        assert not denied(engine, CASEWORK, filled, f"SELECT * FROM {name}")


def test_rows_of_the_audit_are_added_and_never_changed(engine: sa.Engine, filled: UUID) -> None:
    for group in GROUPS:
        assert denied(engine, group, filled, "UPDATE access_record SET resource = 'nothing'")
        assert denied(engine, group, filled, "DELETE FROM access_record")
        assert denied(engine, group, filled, "TRUNCATE access_record")


def test_with_the_transaction_ends_what_was_entered(engine: sa.Engine, filled: UUID) -> None:
    who = sa.text("SELECT current_user = session_user, current_setting('deban.municipality', true)")
    with transaction(engine) as session:
        enter(session, HOST, filled)
        assert session.execute(who).one() == (False, str(filled))
    with transaction(engine) as session:  # the pool gives the same connection again
        plain, municipality = session.execute(who).one()
        assert (plain, municipality or "") == (True, "")


def test_a_joined_transaction_ends_alike(engine: sa.Engine, filled: UUID) -> None:
    who = sa.text("SELECT current_user = session_user, current_setting('deban.municipality', true)")
    with engine.connect() as connection, connection.begin():
        for _ in range(2):
            with transaction(connection) as session:
                assert session.execute(who).scalar_one() is True
                enter(session, HOST, filled)
            assert connection.execute(who).one() == (True, "")


def test_a_table_that_nobody_placed_is_open_to_no_group(engine: sa.Engine, filled: UUID) -> None:
    made = "CREATE TABLE unplaced (id uuid, municipality_id uuid)"
    row = sa.text("INSERT INTO unplaced VALUES (gen_random_uuid(), :municipality)")
    with engine.begin() as connection:
        connection.exec_driver_sql(made)
        connection.execute(row, {"municipality": filled})
    upgrade(engine)
    for group in GROUPS:
        assert denied(engine, group, filled, "SELECT * FROM unplaced")
    with engine.begin() as connection:
        # Granted by hand, in the wrong place: still only the rows of one's own municipality.
        connection.exec_driver_sql(f"GRANT SELECT ON unplaced TO {CASEWORK}")
    with transaction(engine) as session:
        enter(session, CASEWORK, uuid4())
        assert session.execute(sa.text("SELECT count(*) FROM unplaced")).scalar_one() == 0


def test_a_grant_given_by_hand_is_taken_back_by_the_next_upgrade(
    engine: sa.Engine, filled: UUID
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"GRANT SELECT ON person TO {OFFICE}")
    assert not denied(engine, OFFICE, filled, "SELECT * FROM person")
    upgrade(engine)
    assert denied(engine, OFFICE, filled, "SELECT * FROM person")


@pytest.fixture
def plain_login(postgresql_url: str, on_server: OnServer) -> Iterator[sa.URL]:
    """An empty database and its owner, a login without any power over the server's roles."""
    name = f"deban_{uuid4().hex}"
    on_server(f"CREATE ROLE {name} LOGIN PASSWORD 'plain'")
    on_server(f"CREATE DATABASE {name} OWNER {name}")
    yield make_url(postgresql_url).set(database=name, username=name, password="plain")
    on_server(f"DROP DATABASE {name} WITH (FORCE)")
    on_server(f"DROP ROLE {name}")


def test_a_login_that_may_make_no_roles_is_told_what_its_administrator_runs(
    plain_login: sa.URL, on_server: OnServer
) -> None:
    engine = open_engine(plain_login.render_as_string(hide_password=False), connections=2)
    with pytest.raises(wall.NoGroupsError, match="database administrator") as refusal:
        upgrade(engine)
    assert sa.inspect(engine).get_table_names() == []
    sentence, *commands = str(refusal.value).splitlines()
    assert "nothing was changed" in sentence
    assert len(commands) == len(GROUPS) + 1
    on_server(commands[-1])  # the roles themselves are there, from other tests
    upgrade(engine)
    with engine.begin() as connection:
        municipality = fill(connection)["municipality"]
    assert set(seen(engine, CASEWORK, municipality).values()) == {1}
    assert set(seen(engine, CASEWORK, uuid4()).values()) == {0}
    assert denied(engine, OFFICE, municipality, "SELECT * FROM person")
    upgrade(engine)  # and again, with rows and walls in place
    engine.dispose()
