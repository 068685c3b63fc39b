"""The measures of the house: short modules, short functions, everything annotated, enough tests."""

import ast
from pathlib import Path
from statistics import median, quantiles

from tests.architecture.conftest import Plant
from tests.architecture.source import (
    ROOT,
    Function,
    functions,
    imports,
    line_count,
    modules,
    tree,
)

LONGEST_MODULE = 400
MEDIAN_MODULE = 80
MEDIAN_FUNCTION = 8
NEARLY_ALL_FUNCTIONS = 30
LONGEST_FUNCTION = 60
TESTS_TO_CODE = (1.1, 2.1)
VAGUE = frozenset({"utils", "util", "helpers", "helper", "manager", "common", "misc", "base"})
CHECKED = ("catalogue", "matching", "service", "migrations")


def long_modules(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)} {line_count(path)}"
        for path in modules(root)
        if line_count(path) > LONGEST_MODULE
    ]


def unannotated(root: Path) -> list[str]:
    return [found.where for found in functions(modules(root)) if not _annotated(found.node)]


def _annotated(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    given += [extra for extra in (node.args.vararg, node.args.kwarg) if extra]
    named = [each for each in given if each.arg not in {"self", "cls"}]
    return node.returns is not None and all(each.annotation for each in named)


def undescribed(root: Path) -> list[str]:
    """Return modules without a docstring, or with one that does not begin as a sentence."""
    return [
        str(path.relative_to(root))
        for path in modules(root)
        if not (ast.get_docstring(tree(path)) or "").rstrip().endswith((".", "?", "`", ":"))
    ]


def unexplained(root: Path) -> list[str]:
    """Return every exception from the linter or the type checker that gives no code or reason."""
    marks = ("# no" + "qa", "# type: ig" + "nore")
    return [
        f"{path.relative_to(root)}:{number}"
        for path in modules(root, (*CHECKED, "tests", "benchmarks"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for mark in marks
        if mark in line and not _explains(line.split(mark, 1)[1])
    ]


def _explains(rest: str) -> bool:
    code, _, reason = rest.replace("  # ", " - ", 1).partition(" - ")
    return len(code) > 1 and code[0] in ":[" and bool(reason.strip())


def total_lines(root: Path, packages: tuple[str, ...]) -> int:
    return sum(line_count(path) for path in modules(root, packages) if "versions" not in path.parts)


def spans(found: list[Function]) -> list[int]:
    return sorted(each.lines for each in found)


def test_modules_stay_short() -> None:
    assert long_modules(ROOT) == []
    assert median(line_count(path) for path in modules(ROOT)) <= MEDIAN_MODULE


def test_a_planted_long_module_is_found(plant: Plant) -> None:
    root = plant("service/long.py", "A = 1\n" * (LONGEST_MODULE + 1))
    assert long_modules(root) == ["service/long.py 401"]


def test_functions_stay_short() -> None:
    found = spans(list(functions(modules(ROOT))))
    assert median(found) <= MEDIAN_FUNCTION
    assert quantiles(found, n=20)[-1] <= NEARLY_ALL_FUNCTIONS
    assert found[-1] <= LONGEST_FUNCTION


def test_a_planted_long_function_is_measured(plant: Plant) -> None:
    root = plant("service/long.py", "def act() -> None:\n" + "    a = 1\n" * 99)
    assert spans(list(functions(modules(root)))) == [100]


def test_everything_is_annotated() -> None:
    assert unannotated(ROOT) == []


def test_a_planted_bare_argument_is_found(plant: Plant) -> None:
    root = plant("service/bare.py", "def act(session, *, on: int) -> None: ...\n")
    assert [found.rsplit(" ", 1)[1] for found in unannotated(root)] == ["act"]


def test_every_module_says_in_one_sentence_what_it_is_for() -> None:
    assert undescribed(ROOT) == []


def test_a_planted_silent_module_is_found(plant: Plant) -> None:
    assert undescribed(plant("service/silent.py", "A = 1\n")) == ["service/silent.py"]


def test_every_lint_exception_explains_itself() -> None:
    assert unexplained(ROOT) == []


def test_a_planted_silent_exception_is_found(plant: Plant) -> None:
    root = plant("service/mute.py", "A = 1  # no" + "qa: E501\nB = 1  # no" + "qa: E501 - a URL\n")
    assert unexplained(root) == ["service/mute.py:1"]


def test_tests_and_code_keep_their_proportion() -> None:
    lowest, highest = TESTS_TO_CODE
    ratio = total_lines(ROOT, ("tests",)) / total_lines(ROOT, CHECKED)
    assert lowest <= ratio <= highest, f"{ratio:.2f} lines of tests for a line of code"


def test_no_module_has_a_vague_name() -> None:
    assert not VAGUE & {path.stem for path in modules(ROOT)}


def test_only_the_shown_libraries_reach_outside() -> None:
    """The command line waits for its service; sign-in by a provider and webhooks dial out."""
    callers = {
        str(path.relative_to(ROOT)).split("/", 1)[1]
        for path in modules(ROOT, ("service",))
        if any(name.split(".")[0] in {"httpx", "requests", "urllib3"} for name in imports(path))
    }
    assert callers <= {"demo/running.py", "accounts/oidc.py", "outbox/calling.py"}
