"""Count what a hand does: every press and every tick is one; typing and scrolling are not."""

from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Locator, Page


@dataclass
class Hand:
    """A hand on a page, and how often it has pressed since it began to count."""

    page: Page
    presses: int = 0

    def press(self, thing: Locator) -> Self:
        """Press a link, a button, or what unfolds."""
        thing.click()
        self.presses += 1
        return self

    def tick(self, choice: Locator) -> Self:
        """Tick a box or choose among several; what is chosen already costs nothing."""
        if not choice.is_checked():
            choice.check()
            self.presses += 1
        return self

    def choose(self, select: Locator, label: str) -> Self:
        """Open a list and choose: two presses, unless it stands there already."""
        chosen = select.evaluate("list => list.selectedOptions[0]?.label")
        if chosen != label:
            select.select_option(label=label)
            self.presses += 2
        return self
