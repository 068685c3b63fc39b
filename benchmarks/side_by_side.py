"""The match beside the same work in SQL, in plain Python, and beside one pass over its bytes.

One run, in turn for the same people, so that all meet the same weather:

    python -m benchmarks.side_by_side --sizes 1000,10000,100000 --markdown speed.md
"""

import argparse
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.compete import KINDS, Line, compete
from benchmarks.settle import Town, settle
from tests.postgresql import postgresql_server

MATCH_HEAD = [
    ("activities", "people with"),
    ("fit",),
    ("engine p50 (p95)", "known again"),
    ("PostgreSQL p50 (p95)", "times engine"),
    ("plain Python", "times engine"),
    ("engine over one pass",),
]
INDEX_HEAD = [
    ("activities",),
    ("build", "update of one", "share of a build", "first match after it"),
    ("bytes an activity, arrays", "process"),
]


def _table(head: list[tuple[str, ...]], rows: list[list[str]]) -> list[str]:
    names = [name for group in head for name in group]
    lines = [names, ["---"] * len(names), *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def _match_row(line: Line) -> list[str]:
    engine, sql = line.typical("engine"), line.typical("sql")
    return [
        f"{line.size:,}",
        line.kind,
        f"{line.fits:.1%}",
        f"{engine:.2f} ({line.late('engine'):.2f}) ms",
        f"{median(line.known['engine']):.2f} ms",
        f"{sql:.2f} ({line.late('sql'):.2f}) ms, {line.plan}",
        f"{line.times_engine('sql'):.1f}",
        f"{line.typical('plain'):.0f} ms",
        f"{line.times_engine('plain'):.0f}",
        f"{1 / line.times_engine('pass'):.1f}",
    ]


def _index_row(town: Town) -> list[str]:
    return [
        f"{town.size:,}",
        f"{town.build:.0f} ms",
        f"{town.update:.2f} ms",
        f"1/{town.build / town.update:.0f}",
        f"{town.after:.2f} ms",
        f"{town.held / town.size:.0f}",
        f"{town.grown / town.size:.0f}",
    ]


def _processor() -> str:
    """Name the processor as Linux does, elsewhere only its kind."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _where() -> str:
    """Name the day, the machine, and the load that it was under."""
    day, load = datetime.now(UTC).date(), os.getloadavg()[0]
    machine = f"{_processor()}, {os.cpu_count()} cores, load {load:.1f}"
    return f"{day}, {machine}, Python {platform.python_version()}"


def report(towns: list[Town], lines: list[Line]) -> str:
    """Write both tables in Markdown."""
    parts = [f"{_where()}. Medians; in brackets what one in twenty exceeds.", ""]
    parts += _table(MATCH_HEAD, [_match_row(line) for line in lines])
    parts += ["", *_table(INDEX_HEAD, [_index_row(town) for town in towns])]
    return "\n".join(parts) + "\n"


def run(sizes: list[int], number: int) -> tuple[list[Town], list[Line]]:
    """Measure every size; all of one size and kind take turns."""
    towns, lines = [], []
    with postgresql_server() as url:
        for size in sizes:
            towns.append(settle(size))
            lines += [compete(towns[-1].index, url, kind, number) for kind in KINDS]
    return towns, lines


def main() -> None:
    """Read the options, measure, print, and keep the tables where a file is named."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--sizes", default="1000,10000,100000", help="numbers of activities")
    reader.add_argument("--people", type=int, default=40, help="fresh people of each kind")
    reader.add_argument("--markdown", type=Path, help="where to write the tables")
    given = reader.parse_args()
    text = report(*run([int(size) for size in given.sizes.split(",")], given.people))
    print(text)
    if given.markdown:
        given.markdown.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
