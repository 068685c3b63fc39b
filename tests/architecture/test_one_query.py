"""Law 8: one query stands behind the queue, its counts and its pages."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from catalogue.tables import Area
from service.accounts.actions import recognise, sign_in
from service.accounts.rules import Role
from service.demo.loading import load, password_of
from service.followup.actions import queue
from service.followup.figures import counts_of
from service.followup.repository.queue import Scope
from service.settings import Settings
from tests.architecture.conftest import Plant
from tests.architecture.source import ROOT, calls

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SETTINGS = Settings(database_url="sqlite://", secure_cookies=False)
READING = "material_of"
SELECTION = "standing"
EDGES = {"routes", "today", "export_routes"}


def callers(root: Path, function: str) -> list[str]:
    """Name the modules of the follow-up chapter that call a function."""
    return sorted(
        path.stem
        for path in (root / "service" / "followup").rglob("*.py")
        if any(name.rsplit(".", 1)[-1] == function for name, _ in calls(path))
    )


def test_the_queue_is_selected_in_one_place() -> None:
    assert callers(ROOT, SELECTION) == ["queue"]
    assert callers(ROOT, READING) == ["upkeep"]


def test_routes_and_pages_ask_the_same_action() -> None:
    assert set(callers(ROOT, "leaf")) == {"routes", "today"}
    assert set(callers(ROOT, "queue")) == {"actions", "export_routes"}
    assert not EDGES & set(callers(ROOT, "laid_out"))


def test_a_planted_second_reading_is_found(plant: Plant) -> None:
    root = plant("service/followup/gathering.py", "material_of(1, 2)\nstanding(1)\n")
    assert callers(root, READING) == callers(root, SELECTION) == ["gathering"]
    plant("service/followup/pages.py", "repository.material_of(1, 2)\n")
    assert callers(root, READING) == ["gathering", "pages"]


@pytest.fixture
def town(session: Session) -> Session:
    load(session, now=NOW, settings=SETTINGS)
    session.flush()
    return session


def test_counts_are_counts_of_the_rows_that_are_shown(town: Session) -> None:
    password = password_of(Role.COORDINATOR)
    token = sign_in(town, Role.COORDINATOR, password, at=NOW, settings=SETTINGS)
    town.flush()
    staff = recognise(town, token, at=NOW, settings=SETTINGS)
    rows = queue(town, Scope(staff), at=NOW)
    figures = counts_of(town, Scope(staff))
    assert figures.total == len(rows) == figures.people + figures.hosts > 0
    assert sum(figures.by_rank.values()) == len(rows)
    whole = Counter(row.due.id for row in rows)
    assert set(whole.values()) == {1}
    for area in town.exec(select(Area)):
        scope = Scope(staff, area_id=area.id)
        narrowed = queue(town, scope, at=NOW)
        assert counts_of(town, scope).total == len(narrowed) <= len(rows)
