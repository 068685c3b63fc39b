"""Show long work: a moving bar on a terminal, one plain line elsewhere; never on standard out."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import track

Item = TypeVar("Item")
# Below this, work is done before anybody could read a bar.
WORTH_A_BAR = 20


def followed(items: Sequence[Item], words: str) -> Iterable[Item]:
    """Go through items while showing how far the work has come."""
    console = Console(stderr=True)
    if len(items) < WORTH_A_BAR:
        return items
    if not console.is_terminal:
        console.print(f"{words}: {len(items)}", highlight=False)
        return items
    return track(items, description=words, console=console, transient=True)
