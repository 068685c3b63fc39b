"""What came of carrying a line: taken, or why not."""

from dataclasses import dataclass

from service.outbox.rules import Trouble


@dataclass(frozen=True, slots=True)
class Carried:
    """``answer`` is the other side's number for it, if it gave one; its words are not kept."""

    trouble: Trouble | None = None
    answer: int | None = None
