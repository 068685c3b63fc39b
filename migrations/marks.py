"""Whom a change is about, marked by the database itself, in the change's own transaction.

The follow-up queue keeps its derived rows laid out. A trigger on every table that they rest on
names the placements, people and hosts that a change touches; whoever looks at the queue next
derives those anew. So no writer has to know of the queue, and none can forget it.

Like the wall not a revision but a state: after every upgrade the triggers stand as ``WATCHED``
says. On SQLite they are taken away before, since batch mode rebuilds tables under them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

MARKS: Final = "follow_up_mark"
STATE: Final = "follow_up_state"
PREFIX: Final = "follow_up_marks"
# Columns in which nothing that the queue rests on is kept; sealed ones are bytes and left out too.
UNMOVED: Final = frozenset({"id", "created_at", "municipality_id", "version"})


@dataclass(frozen=True, slots=True)
class Watch:
    """Which of a row's columns name whom it is about; ``only``: which columns count at all.

    ``corrects``: the row may stand in for another one, which then counts no more.
    """

    subjects: tuple[str, ...]
    only: tuple[str, ...] = ()
    corrects: bool = False


WATCHED: Final[Mapping[str, Watch]] = {
    "area": Watch(("id",), only=("parent_id",)),
    "person": Watch(("id",)),
    "host": Watch(("id",), only=("confirmed_on", "area_id")),
    "activity": Watch(("host_id",), only=("host_id",)),
    "placement": Watch(("person_id",)),
    "placement_move": Watch(("placement_id",)),
    "move_correction": Watch(("placement_id",)),
    "visit": Watch(("placement_id",), corrects=True),
    "contact": Watch(("placement_id", "person_id", "host_id"), corrects=True),
    "concern": Watch(("placement_id", "person_id", "host_id")),
    "consent": Watch(("person_id",)),
    "follow_up_answer": Watch(("placement_id", "person_id", "host_id")),
}
OPERATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "INSERT": ("NEW",),
    "UPDATE": ("OLD", "NEW"),
    "DELETE": ("OLD",),
}


def take_away(connection: sa.Connection) -> None:
    """Drop every trigger, so that tables may be rebuilt or what it writes to may go."""
    sqlite = connection.dialect.name == "sqlite"
    for name, (table, _) in _present(connection).items():
        connection.exec_driver_sql(f"DROP TRIGGER {name}" + ("" if sqlite else f' ON "{table}"'))
        if not sqlite:
            connection.exec_driver_sql(f"DROP FUNCTION {name}()")


def build(connection: sa.Connection) -> None:
    """Lay every trigger that does not stand as it should."""
    found = sa.inspect(connection).get_multi_columns()
    columns = {
        table: {each["name"]: each["type"] for each in of} for (_, table), of in found.items()
    }
    if not {MARKS, STATE} <= columns.keys():
        return
    standing = _present(connection)
    for table in sorted(WATCHED.keys() & columns.keys()):
        for trigger in _triggers(connection.dialect.name, table, columns[table]):
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(trigger.laid)
            else:
                _lay(connection, trigger, standing.get(trigger.name))


def begin_anew(connection: sa.Connection) -> None:
    """Have everything derived anew at the next look: a revision may have changed what it reads."""
    if sa.inspect(connection).has_table(STATE):
        connection.exec_driver_sql(f"UPDATE {STATE} SET rule = ''")  # noqa: S608 - our own name


def _lay(connection: sa.Connection, trigger: "Trigger", standing: tuple[str, str] | None) -> None:
    digest = hashlib.sha256(f"{trigger.function}{trigger.laid}".encode()).hexdigest()
    if standing and standing[1] == digest:
        return  # to lay it again would wait for everybody who reads the table
    connection.exec_driver_sql(trigger.function)
    if standing:
        connection.exec_driver_sql(f'DROP TRIGGER {trigger.name} ON "{trigger.table}"')
    connection.exec_driver_sql(trigger.laid)
    connection.exec_driver_sql(
        f"COMMENT ON TRIGGER {trigger.name} ON \"{trigger.table}\" IS '{digest}'"
    )


def missing(connection: sa.Connection) -> list[str]:
    """Return the triggers that should be there and are not."""
    wanted = {name for table in WATCHED for name in names(table)}
    return sorted(wanted - _present(connection).keys())


def names(table: str) -> list[str]:
    """Name the triggers of a table, one for each operation."""
    return [f"{PREFIX}_{table}_{operation.lower()}" for operation in OPERATIONS]


_PRESENT: Final = {
    "sqlite": "SELECT name, tbl_name, '' FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname, relname, obj_description(pg_trigger.oid, 'pg_trigger') "
        "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND tgenabled <> 'D'"
    ),
}


def _present(connection: sa.Connection) -> dict[str, tuple[str, str]]:
    """Return the triggers that are there, each with its table and the digest of what was laid."""
    found = connection.exec_driver_sql(_PRESENT[connection.dialect.name])
    return {name: (table, said) for name, table, said in found if name.startswith(PREFIX)}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger as it is laid, and the function that PostgreSQL calls for it."""

    name: str
    table: str
    laid: str
    function: str = ""


def _triggers(
    dialect: str, table: str, columns: Mapping[str, sa.types.TypeEngine[object]]
) -> Iterator[Trigger]:
    moved = WATCHED[table].only or tuple(
        name
        for name, kind in columns.items()
        if name not in UNMOVED and not isinstance(kind, sa.LargeBinary)
    )
    for operation, rows in OPERATIONS.items():
        name = f"{PREFIX}_{table}_{operation.lower()}"
        event = f"UPDATE OF {', '.join(moved)}" if operation == "UPDATE" else operation
        laid = f'CREATE TRIGGER {name} AFTER {event} ON "{table}"'
        marked = "".join(_marking(dialect, table, row) for row in rows)
        if dialect == "sqlite":
            yield Trigger(name, table, f"{laid} BEGIN {marked} END")
            continue
        # The owner writes the mark: whoever may change a row need not see the queue.
        yield Trigger(
            name,
            table,
            f"{laid} FOR EACH ROW EXECUTE FUNCTION {name}()",
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            f"SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN {marked} "
            "RETURN NULL; END $$",
        )


_VALUES: Final = {
    "sqlite": "lower(hex(randomblob(16))), strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'",
    "postgresql": "gen_random_uuid(), now()",
}


def _marking(dialect: str, table: str, row: str) -> str:
    """Write the statement that marks whom a row is about, and whom the one that it corrects."""
    watch = WATCHED[table]
    asked = [f"SELECT {row}.{column} AS subject_id" for column in watch.subjects]
    if watch.corrects:
        asked += [
            f'SELECT {column} FROM "{table}" WHERE id = {row}.corrects_id'  # noqa: S608 - our own names
            for column in watch.subjects
        ]
    return (
        f"INSERT INTO {MARKS} (id, created_at, municipality_id, subject_id) "  # noqa: S608 - as above
        f"SELECT {_VALUES[dialect]}, {row}.municipality_id, subject_id "
        f"FROM ({' UNION '.join(asked)}) AS named WHERE subject_id IS NOT NULL;"
    )
