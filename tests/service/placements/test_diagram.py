"""The diagram in the documentation is the table, not a drawing beside it."""

import subprocess
import sys
from pathlib import Path

from service.placements.diagram import printed
from service.placements.lifecycle import MOVES, Status

ROOT = Path(__file__).parents[3]


def test_the_documentation_carries_the_printed_diagram() -> None:
    assert printed() in (ROOT / "docs" / "placements.md").read_text(encoding="utf-8")


def test_every_move_and_every_status_is_drawn() -> None:
    drawing = printed()
    for move in MOVES:
        edge = next(
            line
            for line in drawing.splitlines()
            if line.strip().startswith(f"{move.start} --> {move.end}:")
        )
        assert move.action in edge.partition(": ")[2].split(", ")
    assert all(f"    {status}: " in drawing for status in Status)


def test_the_module_prints_it() -> None:
    command = [sys.executable, "-X", "utf8", "-m", "service.placements.diagram"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode("utf-8") == printed()
