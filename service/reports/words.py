"""What the figures of a month are called, and what each counts exactly."""

from collections.abc import Mapping
from typing import Final

from service.languages.ours import ours
from service.reports.rules import Figure

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
