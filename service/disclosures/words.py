"""How what leaves the office is called on pages."""

from typing import Final

from service.disclosures.lifecycle import Action, Sort, State
from service.languages.ours import ours

STATE_WORDS: Final[dict[State, str]] = ours(
    {
        State.DRAFT: "下書き",
        State.PREPARED: "確認を待っている",
        State.RELEASED: "見せてよい",
        State.REFUSED: "見せないことにした",
        State.ENDED: "終わった",
    }
)

ACTION_WORDS: Final[dict[Action, str]] = ours(
    {
        Action.PREPARE: "この内容で確認をたのむ",
        Action.RELEASE: "見せてよい",
        Action.REFUSE: "見せない",
        Action.END: "終わりにする",
    }
)

SORT_WORDS: Final[dict[Sort, str]] = ours(
    {
        Sort.CARD: "名前のないカード",
        Sort.PACKET: "本人のこと",
    }
)

# What a host may tick on paper; the same sentences for everybody, and none about the person.
ANSWERS_ON_PAPER: Final[dict[Sort, tuple[str, ...]]] = ours(
    {
        Sort.CARD: ("会ってみてもよい", "まず見学から", "聞きたいことがある", "今回はむずかしい"),
        Sort.PACKET: ("わかりました", "聞きたいことがある", "日を相談したい", "今回はむずかしい"),
    }
)
