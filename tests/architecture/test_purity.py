"""Law 3: pure modules load no framework and never ask the clock or the dice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.conftest import Plant
from tests.architecture.source import ROOT, calls, imports

PURE = (
    "matching",
    "catalogue.profiles",
    "catalogue.schedule",
    "service.refusals",
    "service.placements.lifecycle",
    "service.followup.rules",
)
FRAMEWORKS = ("sqlmodel", "sqlalchemy", "fastapi", "starlette", "pydantic", "alembic", "jinja2")
CLOCKS = (".now", ".today", ".utcnow", "time.time", "perf_counter", "monotonic")
DICE = ("random", "secrets", "uuid.uuid4")


def loaded_frameworks(module: str, root: Path) -> list[str]:
    """Import the module alone, in a process of its own, and return which frameworks came along."""
    code = f"import sys, {module}; print(*[m for m in {FRAMEWORKS!r} if m in sys.modules])"
    finished = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(root), "PATH": os.environ["PATH"]},
    )
    return finished.stdout.split()


def files_of(module: str, root: Path) -> list[Path]:
    path = root.joinpath(*module.split("."))
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def impurities(module: str, root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)} {name}"
        for path in files_of(module, root)
        for name in (
            *(name for name, _ in calls(path) if name.endswith(CLOCKS)),
            *(name for name in imports(path) if name.startswith(DICE)),
        )
    ]


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_loads_no_framework(module: str) -> None:
    assert loaded_frameworks(module, ROOT) == []


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_asks_neither_clock_nor_dice(module: str) -> None:
    assert impurities(module, ROOT) == []


def test_a_planted_framework_is_seen_at_run_time(plant: Plant) -> None:
    root = plant("planted.py", "import importlib\nimportlib.import_module('sqlalchemy')\n")
    assert loaded_frameworks("planted", root) == ["sqlalchemy"]


def test_a_planted_look_at_the_clock_is_found(plant: Plant) -> None:
    root = plant("planted.py", "from datetime import date\nDAY = date.today()\n")
    assert impurities("planted", root) == ["planted.py date.today"]


def test_planted_dice_are_found(plant: Plant) -> None:
    root = plant("planted.py", "from random import choice\n")
    assert impurities("planted", root) == ["planted.py random.choice"]


def test_every_rules_module_is_held_to_be_pure() -> None:
    rules = {
        f"service.{path.parent.name}.{path.stem}"
        for name in ("rules", "lifecycle")
        for path in (ROOT / "service").glob(f"*/{name}.py")
    }
    for module in sorted(rules):
        assert loaded_frameworks(module, ROOT) == []
        assert impurities(module, ROOT) == []
