"""Print the life of a placement as a Mermaid diagram; docs/placements.md carries this very text."""

import sys
from collections.abc import Iterator

from service.placements.lifecycle import HOLDS, MOVES, Status
from service.placements.words import STATUS_WORDS


def printed() -> str:
    """Return the fenced diagram, drawn from the table and nothing else."""
    return "\n".join(("```mermaid", "stateDiagram-v2", *_lines(), "```", ""))


def _lines() -> Iterator[str]:
    for status in Status:
        yield f"    {status}: {status} ({STATUS_WORDS[status]}, place: {HOLDS[status]})"
    yield f"    [*] --> {Status.PROPOSED}"
    for (start, end), labels in _edges().items():
        yield f"    {start} --> {end}: {', '.join(labels)}"


def _edges() -> dict[tuple[Status, Status], list[str]]:
    edges: dict[tuple[Status, Status], list[str]] = {}
    for move in MOVES:
        edges.setdefault((move.start, move.end), []).append(move.action)
    return edges


if __name__ == "__main__":
    sys.stdout.write(printed())
