"""What an activity asks beside what somebody can bear, one dimension at a time; never a sum."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from catalogue.profiles import DIMENSIONS, LOAD_TOP, Load
from service.hosts.words import LOADS
from service.languages.ours import joined, ours, say

UNKNOWN: Final = ours("まだ聞いていない")
NOT_HEARD: Final = ours("まだ分からない")
# One step of the picture, in units of its drawing.
STEP: Final = 16


class Standing(StrEnum):
    """How an activity stands to a person in one dimension."""

    WITHIN = "within"
    ABOVE = "above"
    UNASKED = "unasked"  # what the activity asks is not known
    UNHEARD = "unheard"  # what the person can bear is not known


STANDING_WORDS: Final[dict[Standing, str]] = ours(
    {
        Standing.WITHIN: "いまの線まで",
        Standing.ABOVE: "いまの線をこえる",
        Standing.UNASKED: "受け入れ先に聞く",
        Standing.UNHEARD: "本人に聞く",
    }
)


class Weight(NamedTuple):
    """One dimension: the activity's level and the person's ceiling, None where nobody knows."""

    name: str
    words: str
    asked: int | None
    asked_words: str
    ceiling: int | None
    ceiling_words: str
    standing: Standing

    @property
    def steps(self) -> list[tuple[int, bool]]:
        """The five steps of the picture: where each begins, and whether it is filled."""
        reached = -1 if self.asked is None else self.asked
        return [(level * STEP, level <= reached) for level in range(LOAD_TOP + 1)]

    @property
    def line(self) -> int | None:
        """Where the person's line stands: after the last step that can be borne."""
        return None if self.ceiling is None else (self.ceiling + 1) * STEP


def weights(asked: Load, ceiling: Load) -> list[Weight]:
    """Hold an activity's load against a ceiling, in the order of the five dimensions."""
    rows = {row.name: row for row in LOADS}
    return [
        Weight(
            name,
            rows[name].words,
            level,
            UNKNOWN if level is None else rows[name].levels[level],
            most,
            NOT_HEARD if most is None else rows[name].levels[most],
            _standing(level, most),
        )
        for name, level, most in zip(DIMENSIONS, asked.levels, ceiling.levels, strict=True)
    ]


def _standing(asked: int | None, ceiling: int | None) -> Standing:
    if asked is None:
        return Standing.UNASKED
    if ceiling is None:
        return Standing.UNHEARD
    return Standing.ABOVE if asked > ceiling else Standing.WITHIN


def summary(found: Sequence[Weight]) -> str:
    """Say in one line what the picture shows; what is not known is said as such."""
    told = {
        standing: joined("、", [each.words for each in found if each.standing is standing])
        for standing in Standing
    }
    if told[Standing.WITHIN] and not any(told[each] for each in Standing if each != "within"):
        return ours("どれも、本人のいまの線までです")
    return joined("。", list(_parts(told)))


def _parts(told: dict[Standing, str]) -> Iterable[str]:
    if above := told[Standing.ABOVE]:
        yield say("「{above}」は、いまの線をこえます", above=above)
    if unasked := told[Standing.UNASKED]:
        yield say("「{unasked}」は、受け入れ先にまだ聞いていません", unasked=unasked)
    if unheard := told[Standing.UNHEARD]:
        yield say("「{unheard}」は、本人にまだ聞いていません", unheard=unheard)
