"""What a municipality's roads do to a straight line: settings, each with its default."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Roads:
    """``detour``: way over straight line; ``hills``: minutes on foot or wheels over level ones."""

    detour: float = 1.3
    hills: float = 1.0
