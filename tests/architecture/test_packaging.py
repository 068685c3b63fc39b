"""What is locked, built and told to newcomers agrees with what is there."""

import json
import os
import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

LOCKS = ("run.txt", "embeddings.txt", "dev.txt", "build.txt")
ADDRESS = re.compile(r"(https?|file)://|^ *--?(index|extra|find|trusted)", re.MULTILINE)
PINNED = re.compile(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pinned(lock: str) -> dict[str, str]:
    return dict(PINNED.findall(text_of(f"requirements/{lock}")))


def unhashed(lock: str) -> list[str]:
    """Name every requirement of a lock that no hash follows."""
    blocks = re.split(r"\n(?=\S)", lock.strip())
    return [block.split()[0] for block in blocks if "--hash=sha256:" not in block]


def plain(requirement: str) -> str:
    return re.split(r"[\[<>=;! ]", requirement)[0].replace("_", "-").lower()


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_with_its_hashes(name: str) -> None:
    assert unhashed(text_of(f"requirements/{name}")) == []
    assert pinned(name)


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_the_address_of_a_registry(name: str) -> None:
    assert not ADDRESS.search(text_of(f"requirements/{name}"))


def test_the_lock_of_the_design_tokens_is_hashed_and_names_no_registry_either() -> None:
    lock = json.loads(text_of("package-lock.json"))["packages"]
    wanted = json.loads(text_of("package.json"))["devDependencies"]
    loaded = {name: each for name, each in lock.items() if name}
    assert loaded.keys() == {f"node_modules/{name}" for name in wanted}
    for name, version in wanted.items():
        assert loaded[f"node_modules/{name}"]["version"] == version
        assert loaded[f"node_modules/{name}"]["integrity"].startswith("sha512-")
    assert not any("resolved" in each for each in loaded.values())


def test_a_planted_address_and_a_missing_hash_are_found() -> None:
    assert ADDRESS.search("--index-url https://pypi.example/simple\n")
    assert unhashed("one==1 \\\n    --hash=sha256:00\ntwo==2\n") == ["two==2"]


def test_what_the_project_names_is_locked() -> None:
    named = {plain(each) for each in PROJECT["project"]["dependencies"]}
    assert named <= set(pinned("run.txt"))
    (extra,) = PROJECT["project"]["optional-dependencies"]["embeddings"]
    assert plain(extra) in pinned("embeddings.txt").keys() - pinned("run.txt").keys()
    developing = {plain(each) for each in PROJECT["dependency-groups"]["dev"]}
    assert named | developing <= set(pinned("dev.txt"))


def test_the_locks_agree_on_every_version() -> None:
    developing = pinned("dev.txt")
    for name in ("run.txt", "embeddings.txt", "build.txt"):
        for library, version in pinned(name).items():
            assert developing[library] == version


def test_every_dependency_has_its_reason() -> None:
    reasons = text_of("docs/dependencies.md").lower().replace("_", "-")
    named = {plain(each) for each in PROJECT["project"]["dependencies"]}
    assert sorted(each for each in named if each not in reasons) == []


def test_every_file_that_a_text_points_to_is_there() -> None:
    for name in ("README.md", "README.ja.md", "docs/house.md"):
        folder = (ROOT / name).parent
        for target in re.findall(r"\]\(([^)#:]+)\)", text_of(name)):
            assert (folder / target).exists(), f"{name} points to {target}"


def test_the_tests_that_the_house_names_exist() -> None:
    for name in re.findall(r"`(?:tests/architecture/)?(test_\w+\.py)`", text_of("docs/house.md")):
        assert (ROOT / "tests" / "architecture" / name).exists(), name


def test_the_readme_names_only_targets_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    for name in ("README.md", "README.ja.md", "docs/deploying.md", ".ci/run"):
        used = set(re.findall(r"(?:`|    |directory )make (?:--\S+ )?([a-z]+)", text_of(name)))
        assert used <= targets, name


def test_what_runs_in_ci_may_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert text_of(".ci/run").rstrip().endswith("test")


def test_the_image_does_not_run_as_root() -> None:
    stage = text_of("Dockerfile").rsplit("\nFROM ", 1)[1]
    (user,) = re.findall(r"^USER (\d+)$", stage, re.MULTILINE)
    assert int(user) > 0


def test_everything_that_the_service_reads_is_packaged() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    data = [
        path.relative_to(ROOT)
        for package in ("catalogue", "service")
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".yaml", ".html", ".css"}
    ]
    assert Path("catalogue/vocabulary.yaml") in data
    assert all(path.parts[0] in packages for path in data)
