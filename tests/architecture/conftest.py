"""A copy of the house in which a test may plant what must be caught."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.source import OURS, ROOT

Plant = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of our packages and of pyproject.toml, apart from the checkout."""
    root = tmp_path_factory.mktemp("house")
    for package in OURS:
        ignored = shutil.ignore_patterns("__pycache__", "*.html", "*.css")
        shutil.copytree(ROOT / package, root / package, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Write one faulty module into a house of its own and return that house."""

    def planted(path: str, text: str) -> Path:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return tmp_path

    return planted
