"""What a municipality's roads do to a straight line: settings, each with its default."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Roads:
    """``detour``: way over straight line; ``hills``: minutes on foot or wheels over level ones.

    Both defaults are assumptions: streets make a straight line about a third longer, and a town is
    taken as level until somebody who knows it says otherwise.

    Raises:
        ValueError: a figure below 1, which would make a way shorter than a straight, level line.

    """

    detour: float = 1.3
    hills: float = 1.0

    def __post_init__(self) -> None:
        if min(self.detour, self.hills) < 1:
            raise ValueError("expected a detour and hills of 1 or more")
