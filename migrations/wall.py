"""The wall between municipalities that PostgreSQL itself holds: roles, row security, grants.

Not a revision but a state: whatever the revisions left, after every upgrade the database stands as
``grants.PLACES`` says. A table that nobody placed is open to its owner alone.
"""

import re
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from migrations.grants import DOORS, GROUPS, HOST, LANES, PLACES

TENANT: Final = "tenant"
# What deban.municipality holds for the length of a transaction; unset or empty shows no row.
CURRENT: Final = "nullif(current_setting('deban.municipality', true), '')::uuid"
SHOWN: Final = "nullif(current_setting('deban.token', true), '')"
BY_HAND: Final = "\n".join(
    (*(f"CREATE ROLE {group} NOLOGIN;" for group in GROUPS), f"GRANT {', '.join(GROUPS)} TO {{}};")
)


class NoGroupsError(RuntimeError):
    """The group roles are missing and this login may not make them."""

    def __init__(self, login: str) -> None:
        super().__init__(
            "the database lacks Deban's group roles, and this login may not make them; "
            "nothing was changed. A database administrator runs:\n" + BY_HAND.format(login)
        )


def make_groups(connection: sa.Connection) -> None:
    """Make the group roles if they are missing, and let this login take them on."""
    for group in GROUPS:
        if _may_become(connection, group):
            continue
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(_MAKE_GROUP.format(group))
        except DBAPIError as denied:
            login = connection.exec_driver_sql("SELECT quote_ident(current_user)").scalar_one()
            raise NoGroupsError(login) from denied


# Roles belong to the server: another database's upgrade may make them at the same moment.
_MAKE_GROUP: Final = """
DO $$ BEGIN
  BEGIN
    CREATE ROLE {0} NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  EXECUTE format('GRANT {0} TO %%I', current_user);
END $$
"""


def _may_become(connection: sa.Connection, group: str) -> bool:
    # To try it is the one question that every version of the server answers alike.
    try:
        with connection.begin_nested() as attempt:
            connection.exec_driver_sql(f"SET LOCAL ROLE {group}")
            attempt.rollback()
    except DBAPIError:
        return False
    return True


def build(connection: sa.Connection) -> None:
    """Bring policies and grants of every table to what the list says."""
    for table, columns in _tables(connection).items():
        tenant = _tenant_column(table, columns)
        if tenant is not None:
            _secure(connection, table, tenant)
        if table in LANES:
            kind = LANES[table]
            _police(connection, table, "lane", f"TO {HOST} USING ({kind}) WITH CHECK ({kind})")
        _grant(connection, table, columns)
    for group in GROUPS:
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {group}")
        # /readyz asks for the revision, on the host side too
        connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {group}")


def _tables(connection: sa.Connection) -> dict[str, set[str]]:
    """Return every table with the names of its columns."""
    found = sa.inspect(connection).get_multi_columns()
    columns = {table: {column["name"] for column in each} for (_, table), each in found.items()}
    columns.pop("alembic_version", None)
    return columns


def _tenant_column(table: str, names: set[str]) -> str | None:
    """Return the column that says whose a row is, if there is one."""
    if table == "municipality":
        return "id"
    return "municipality_id" if "municipality_id" in names else None


def _secure(connection: sa.Connection, table: str, tenant: str) -> None:
    mine = f"{tenant} = {CURRENT}"
    everybody = ", ".join(GROUPS)
    _police(connection, table, TENANT, f"TO {everybody} USING ({mine}) WITH CHECK ({mine})")
    if table in DOORS:
        held = f"{DOORS[table]} = {SHOWN}"
        _police(connection, table, "door", f"FOR SELECT TO {HOST} USING ({held})")


def _police(connection: sa.Connection, table: str, name: str, policy: str) -> None:
    if connection.exec_driver_sql(_IS_SECURE, (table, name)).first():
        return  # to switch it on again would wait for everybody who reads the table
    connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    connection.exec_driver_sql(f'DROP POLICY IF EXISTS {name} ON "{table}"')
    connection.exec_driver_sql(f'CREATE POLICY {name} ON "{table}" {policy}')


_IS_SECURE: Final = """
SELECT 1 FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid
WHERE relname = %s AND relnamespace = 'public'::regnamespace AND relrowsecurity AND polname = %s
"""


def _grant(connection: sa.Connection, table: str, columns: set[str]) -> None:
    connection.exec_driver_sql(f'REVOKE ALL ON "{table}" FROM {", ".join(GROUPS)}')
    place = PLACES.get(table)
    for group in GROUPS:
        if place and (privileges := _standing(place.of(group), columns)):
            connection.exec_driver_sql(f'GRANT {privileges} ON "{table}" TO {group}')


def _standing(privileges: str, columns: set[str]) -> str:
    """Leave out of a list of privileges the columns that an older revision does not have."""
    found = []
    for name, listed in _PRIVILEGE.findall(privileges):
        named = [column for column in listed.split(", ") if column in columns]
        if named or not listed:
            found.append(f"{name} ({', '.join(named)})" if named else name)
    return ", ".join(found)


_PRIVILEGE: Final = re.compile(r"([A-Z]+)(?: \(([^)]*)\))?")
