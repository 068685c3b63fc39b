"""How many bytes an index holds, and how long one pass over as many takes."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

PAGE = 4096


def arrays(held: Any) -> list[Any]:
    """Return every array that an index holds, each once; what it remembers of people is not it."""
    found: dict[int, Any] = {}
    _collect(held, found)
    return list(found.values())


def _collect(held: Any, found: dict[int, Any]) -> None:
    if isinstance(held, np.ndarray):
        root = held if held.base is None or not isinstance(held.base, np.ndarray) else held.base
        found[id(root)] = root
    elif isinstance(held, Mapping):
        for each in held.values():
            _collect(each, found)
    elif is_dataclass(held):
        for name in (each.name for each in fields(held)):
            if name not in ("kept", "activities", "source"):
                _collect(getattr(held, name), found)
    elif hasattr(held, "__dict__"):
        _collect(vars(held), found)


def number_of_bytes(held: Any) -> int:
    return sum(each.nbytes for each in arrays(held))


def per_row(index: Any) -> list[Any]:
    """Return the arrays with an entry for each activity: what one pass over the town reads."""
    return [each for each in arrays(index) if index.size in each.shape]


def resident() -> int:
    """Return the bytes of memory that this process holds (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE
