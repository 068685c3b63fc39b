"""One clause: what waits for its predicate, and how the predicate rules on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple

from catalogue.words.lookup import Hit

STRONG: Final = 1.0
WEAK: Final = 0.6
RATHER: Final = 0.4


class Side(Enum):
    """On which side a word is heard."""

    LIKED = "liked"
    DISLIKED = "disliked"
    NEITHER = "neither"


class Heard(NamedTuple):
    """An expression or a plain word, the side it is heard on, and how strongly, in (0, 1]."""

    side: Side
    strength: float
    hit: Hit | None = None
    lemma: str = ""


@dataclass(slots=True)
class Clause:
    """What has been said since the last predicate."""

    waiting: list[Hit | str] = field(default_factory=list)
    averse: int = 0
    negations: int = 0
    liking: bool = False
    worry: bool = False
    able: bool = False
    lacking: bool = False
    accepted: bool = False
    regret: bool = False
    conceded: bool = False
    untried: bool = False
    topic: bool = False
    near: int = 0
    condition: list[Hit | str] = field(default_factory=list)
    if_not: bool = False

    @property
    def turned(self) -> bool:
        """Whether any cue has been heard."""
        return bool(self.averse or self.negations or self.liking or self.worry or self.regret)

    @property
    def refuses(self) -> bool:
        """Whether an aversion or a negation has been heard."""
        return bool(self.averse or self.negations)

    def suppose(self, *, if_not: bool) -> "Clause":
        """Open a clause of which this one is the condition: 犬がいないと…, 人が多くなければ…."""
        return Clause(condition=self.condition + self.waiting, if_not=if_not)

    def verdict(self) -> tuple[Side, float]:
        """Weigh the cues: two turns undo each other (嫌いではない, いないと困る)."""
        if not self.averse and (self.worry or self.conceded):
            # A host who says that it need not be speaks neither for it nor against it, but
            # できなくても大丈夫 says what is done there.
            return (Side.LIKED if self.conceded and self.able else Side.NEITHER), WEAK
        if self.regret and not self.refuses:
            return Side.LIKED, WEAK
        if self.untried and not self.averse:
            # Never having done something is neither a wish nor an aversion.
            return Side.NEITHER, WEAK
        if (min(self.averse, 1) + self.negations) % 2 == 0 or self._accepts():
            return Side.LIKED, STRONG
        return self._against()

    def _accepts(self) -> bool:
        return self.accepted and not (self.averse or self.able or self.liking)

    def _against(self) -> tuple[Side, float]:
        if self.topic:
            # Who does not want to be asked about school need not dislike children.
            return Side.NEITHER, WEAK
        if self.averse or self.able or self.liking:
            return Side.DISLIKED, STRONG
        return (Side.NEITHER, WEAK) if self.lacking else (Side.DISLIKED, WEAK)

    def settle(self) -> Iterator[Heard]:
        """Rule on everything that waited."""
        side, strength = self.verdict()
        if self.condition:
            yield from self._conditional(refused=side is Side.DISLIKED)
            side = Side.NEITHER if side is Side.DISLIKED else side
        # A plain negation reaches back to the last reason only: 先に決めるので、増えません.
        near = self.near if (side, strength) == (Side.DISLIKED, WEAK) else 0
        for place, word in enumerate(self.waiting):
            yield heard(word, *((Side.LIKED, STRONG) if place < near else (side, strength)))

    def _conditional(self, *, refused: bool) -> Iterator[Heard]:
        """犬がいないと寂しい speaks for dogs, 人が多くなければできる against crowds."""
        against = not refused and (self.if_not or self.liking)
        for word in self.condition:
            yield heard(word, Side.DISLIKED if against else Side.LIKED, STRONG)


def heard(word: Hit | str, side: Side, strength: float) -> Heard:
    """Put a word on a side."""
    if isinstance(word, Hit):
        return Heard(side, strength, hit=word)
    return Heard(side, strength, lemma=word)
