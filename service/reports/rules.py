"""Which figures there are, what each counts, and how small ones are masked. Pure.

The figures of one area do not add up to one another, so that only a column's total could give a
masked figure away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from service.languages.ours import ours


class Figure(StrEnum):
    NEW = "new"
    CONTINUING_CONSENTED = "continuing_consented"
    CONTINUING_UNCONSENTED = "continuing_unconsented"
    ENDED = "ended"
    PRE_CONSENT = "pre_consent"
    TRIALS = "trials"
    VISITS = "visits"
    CONTACTS = "contacts"
    WISHES = "wishes"
    HOSTS_IN_TOUCH = "hosts_in_touch"
    HOSTS = "hosts"


DEFINITIONS: Final[Mapping[Figure, str]] = ours(
    {
        Figure.NEW: "この月にはじめて知った人",
        Figure.CONTINUING_CONSENTED: "前の月までに知り、月末に支援が続き、共有の同意がある人",
        Figure.CONTINUING_UNCONSENTED: "前の月までに知り、月末に支援が続き、共有の同意がまだない人",
        Figure.ENDED: "この月に支援が終わった人",
        Figure.PRE_CONSENT: "月末に開いている、支援会議の同意前の記録(人の数とは足せません)",
        Figure.TRIALS: "この月にはじまったお試しの数(圏域は本人のもの)",
        Figure.VISITS: "この月に本人が来た参加の回数(圏域は本人のもの)",
        Figure.CONTACTS: "この月に本人へ届いた連絡の回数(つながらなかったものは数えません)",
        Figure.WISHES: "この月に残した、合う場がなかった希望の数",
        Figure.HOSTS_IN_TOUCH: "月末までの3か月に連絡が取れた受け入れ先(かくしません)",
        Figure.HOSTS: "月末に登録のある受け入れ先(人の数ではないので、かくしません)",
    }
)
# What each is called; what it counts exactly is its definition.
FIGURE_WORDS: Final[Mapping[Figure, str]] = ours(
    {
        Figure.NEW: "あたらしく知った人",
        Figure.CONTINUING_CONSENTED: "続いている人(同意あり)",
        Figure.CONTINUING_UNCONSENTED: "続いている人(同意はまだ)",
        Figure.ENDED: "支援が終わった人",
        Figure.PRE_CONSENT: "同意前の記録",
        Figure.TRIALS: "はじまったお試し",
        Figure.VISITS: "参加の回数",
        Figure.CONTACTS: "関わりの回数",
        Figure.WISHES: "合う場がなかった希望",
        Figure.HOSTS_IN_TOUCH: "連絡が取れた受け入れ先",
        Figure.HOSTS: "受け入れ先",
    }
)
# What is about people; how many hosts there are is published anyway.
MASKED: Final = frozenset(Figure) - {Figure.HOSTS, Figure.HOSTS_IN_TOUCH}


@dataclass(frozen=True, slots=True)
class Column:
    """One figure over all areas with its total; None is masked."""

    cells: tuple[int | None, ...]
    total: int | None


def masked(counts: Sequence[int], least: int) -> Column:
    """Mask cells below ``least`` (nought is shown), and the total where it would tell one of them.

    With the total one knows the sum of what is masked. It is shown only where that sum leaves every
    masked cell at least two values; which cells are masked says nothing more, for none is masked
    that is not small.
    """
    small = [count for count in counts if 0 < count < least]
    cells = tuple(None if 0 < count < least else count for count in counts)
    open_sum = len(small) > 1 and len(small) < sum(small) < len(small) * (least - 1)
    telling = bool(small) and not open_sum
    return Column(cells, None if telling else sum(counts))
