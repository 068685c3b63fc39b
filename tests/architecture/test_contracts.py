"""Laws 1 to 4: the import contracts hold, and each one catches what is planted against it."""

import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

LINTER = Path(sys.executable).parent / "lint-imports"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract for contract in SETTINGS["tool"]["importlinter"]["contracts"]}


@dataclass(frozen=True, slots=True)
class Fault:
    """Code appended to a module, and the import that the report has to name for it."""

    contract: str
    module: str
    code: str
    evidence: str


FAULTS = (
    Fault("direction", "catalogue/record.py", "import matching", "catalogue.record -> matching"),
    Fault(
        "matching-touches",
        "matching/planted_touch.py",
        "import catalogue.record",
        "matching.planted_touch -> catalogue.record",
    ),
    Fault(
        "service-order",
        "service/clock.py",
        "import service.settings",
        "service.clock -> service.settings",
    ),
    Fault("service-order", "service/stray.py", "", "service.stray"),
    Fault(
        "grammar",
        "service/accounts/tables.py",
        "import service.accounts.repository",
        "service.accounts.tables -> service.accounts.repository",
    ),
    Fault(
        "catalogue-grammar",
        "catalogue/schedule.py",
        "import catalogue.tables",
        "catalogue.schedule -> catalogue.tables",
    ),
    Fault(
        "matching-pure",
        "matching/planted_dice.py",
        "import random",
        "matching.planted_dice -> random",
    ),
    Fault(
        "rules-pure",
        "service/placements/lifecycle.py",
        "import time",
        "service.placements.lifecycle -> time",
    ),
    Fault(
        "numeric-home", "service/audit/actions.py", "import numpy", "service.audit.actions -> numpy"
    ),
    Fault(
        "acyclic",
        "matching/planted_one.py",
        "from matching import planted_two",
        "No cycles are allowed in matching.",
    ),
    Fault(
        "acyclic",
        "matching/planted_two.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from matching import planted_one",
        "No cycles are allowed in matching.",
    ),
)


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINTER), "--no-cache", "--config", "pyproject.toml"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "COLUMNS": "300", "LANG": "C.UTF-8", "PYTHONPATH": str(root)},
    )


@lru_cache(maxsize=1)
def report_of(root: Path) -> str:
    """Plant every fault at once and return what the linter says: one run for all."""
    for fault in FAULTS:
        with (root / fault.module).open("a", encoding="utf-8") as module:
            module.write(f"\n{fault.code}\n")
    finished = lint(root)
    assert finished.returncode == 1, finished.stdout + finished.stderr
    return re.sub(r"[ \t]+", " ", finished.stdout)


def test_every_contract_is_kept_in_this_house() -> None:
    finished = lint(ROOT)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    for contract in CONTRACTS.values():
        assert f"{contract['name']} KEPT" in finished.stdout


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.contract}-{fault.module}")
def test_a_planted_import_breaks_its_contract(fault: Fault, copied: Path) -> None:
    report = report_of(copied)
    name = CONTRACTS[fault.contract]["name"]
    assert f"{name} BROKEN" in report
    _, _, sections = report.partition("Broken contracts")
    section = sections.split(f"\n{name}\n", 1)[1].split("\n---", 2)
    assert fault.evidence in "".join(section[:2]), sections


def test_every_contract_has_a_fault_planted_against_it() -> None:
    assert {fault.contract for fault in FAULTS} == set(CONTRACTS)


def test_matching_is_forbidden_every_module_of_catalogue_but_profiles() -> None:
    forbidden = set(CONTRACTS["matching-touches"]["forbidden_modules"])
    here = {f"catalogue.{path.stem}" for path in (ROOT / "catalogue").glob("*.py")}
    here |= {f"catalogue.{path.parent.name}" for path in (ROOT / "catalogue").glob("*/__init__.py")}
    assert here - {"catalogue.__init__", "catalogue.profiles"} <= forbidden


def test_every_chapter_stands_in_the_order_and_in_the_grammar() -> None:
    order = CONTRACTS["service-order"]["layers"]
    assert CONTRACTS["service-order"]["exhaustive"] is True
    with_rows = {f"service.{path.parent.name}" for path in (ROOT / "service").glob("*/tables.py")}
    assert {name.removeprefix("service.") for name in with_rows} <= set(order)
    assert with_rows <= set(CONTRACTS["grammar"]["containers"])


def test_the_order_that_the_house_draws_is_the_one_that_is_held() -> None:
    house = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    drawn = re.findall(r"\w+", house.split("```")[1].split("service  ->")[0])
    assert drawn == CONTRACTS["service-order"]["layers"]
