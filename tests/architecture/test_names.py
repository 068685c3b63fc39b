"""Our top-level names are ours, tests are sentences, and nothing unfinished is left behind."""

import importlib
import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.conftest import Plant
from tests.architecture.source import OURS, ROOT, functions, modules

SENTENCE = re.compile(r"test(_[a-z0-9]+){2,}")
UNFINISHED = re.compile(r"# *(?:[A-Z]+:|\b)(?:T[O]DO|F[I]XME|XX[X])\b")


def unfinished(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{number}"
        for path in modules(root, (*OURS, "migrations", "tests", "benchmarks"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]


@pytest.mark.parametrize("name", [*OURS, "migrations"])
def test_our_names_are_ours(name: str) -> None:
    """PyPI has distributions called catalogue and matching; spaCy would bring the first."""
    owners = set(packages_distributions().get(name, []))
    assert owners <= {"deban"}
    found = importlib.import_module(name).__file__
    assert found is not None
    assert Path(found).is_relative_to(ROOT)


def test_tests_are_named_as_sentences() -> None:
    short = [
        found.where
        for found in functions(modules(ROOT, ("tests",)))
        if found.node.name.startswith("test") and not SENTENCE.fullmatch(found.node.name)
    ]
    assert short == []


def test_nothing_is_left_for_later() -> None:
    assert unfinished(ROOT) == []


def test_a_planted_remark_for_later_is_found(plant: Plant) -> None:
    assert unfinished(plant("service/later.py", "A = 1  # TO" + "DO: more\n")) == [
        "service/later.py:1"
    ]
