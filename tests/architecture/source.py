"""Read our own source: modules, functions and calls, for the tests that hold the house rules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ("catalogue", "matching", "service")


@dataclass(frozen=True, slots=True)
class Function:
    where: str
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def lines(self) -> int:
        assert self.node.end_lineno is not None
        return self.node.end_lineno - self.node.lineno + 1


def modules(root: Path = ROOT, packages: tuple[str, ...] = OURS) -> list[Path]:
    return sorted(path for package in packages for path in (root / package).rglob("*.py"))


@lru_cache(maxsize=2048)
def _parsed(path: Path, _changed: int) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def tree(path: Path) -> ast.Module:
    return _parsed(path, path.stat().st_mtime_ns)


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(paths: list[Path]) -> Iterator[Function]:
    for path in paths:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield Function(f"{path}:{node.lineno} {node.name}", node)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call with its dotted name, as written."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def imports(path: Path) -> Iterator[str]:
    """Yield every imported module and name, dotted, wherever the import stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
