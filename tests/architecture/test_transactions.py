"""Law 5: one commit, in service/database.py; and every query of a chapter in its repository."""

from pathlib import Path

from tests.architecture.conftest import Plant
from tests.architecture.source import ROOT, calls, imports, modules

ONE_COMMIT = Path("service/database.py")
# Queries may also stand where the database itself is opened or looked at from outside.
QUERY_HOMES = frozenset({"repository", "database"})
QUERIES = ("exec", "execute", "scalars", "scalar", "exec_driver_sql")
STATEMENTS = frozenset(
    f"{library}.{name}"
    for library in ("sqlmodel", "sqlalchemy")
    for name in ("select", "update", "delete", "insert", "text")
)


def committing(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{call.lineno}"
        for path in modules(root)
        for name, call in calls(path)
        if name.endswith(".commit") and path.relative_to(root) != ONE_COMMIT
    ]


def querying_outside_repositories(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)} {name}"
        for path in modules(root)
        if not QUERY_HOMES & {path.stem, path.parent.name} and path.stem != "tables"
        for name in imports(path)
        if name in STATEMENTS
    ]


def fetching_people(root: Path) -> list[str]:
    """Name every place that gets a person by id alone, past the caller's municipality and area."""
    return [
        f"{path.relative_to(root)}:{call.lineno}"
        for path in modules(root)
        for name, call in calls(path)
        if name.endswith(".get") and call.args and getattr(call.args[0], "id", "") == "Person"
    ]


def test_nobody_but_the_database_commits() -> None:
    assert committing(ROOT) == []


def test_a_planted_commit_is_found(plant: Plant) -> None:
    root = plant("service/visits/actions.py", "def act(session):\n    session.commit()\n")
    assert committing(root) == ["service/visits/actions.py:2"]


def test_queries_stand_in_repositories() -> None:
    assert querying_outside_repositories(ROOT) == []


def test_a_planted_query_in_a_route_is_found(plant: Plant) -> None:
    root = plant("service/hosts/routes.py", "from sqlmodel import select\n")
    assert querying_outside_repositories(root) == ["service/hosts/routes.py sqlmodel.select"]


def test_nobody_gets_a_person_past_the_visibility() -> None:
    assert fetching_people(ROOT) == []


def test_a_planted_shortcut_to_a_person_is_found(plant: Plant) -> None:
    root = plant("service/hosts/routes.py", "def see(session, i):\n    session.get(Person, i)\n")
    assert fetching_people(root) == ["service/hosts/routes.py:2"]
