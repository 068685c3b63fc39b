"""Words for who goes where and why."""

from collections.abc import Mapping
from typing import Final

from matching.phrases.words import Pair

# Why somebody was given this place and not the first choice, or none.
SHARED_OUT: Final[Mapping[str, Pair]] = {
    "first_choice": ("第一の候補です", "The first choice"),
    "needed_by_fewer_options": (
        "第一の候補は、行ける所がもっと少ない人({limit}か所。この人は{value}か所)に回しました",
        "The first choice was needed by somebody with fewer options ({limit}; here {value})",
    ),
    "suits_another_better": (
        "第一の候補は、もっと合う人がいて空きがありません",
        "The first choice was full: it suits somebody else better",
    ),
    "shared_out": (
        "第一の候補は空きがありません。全体でいちばんよくなるように分けました",
        "The first choice was full: shared out so that all together fare best",
    ),
    "only_with_changes": (
        "手直しや確認が要る所だけです",
        "Only what needs an arrangement or an answer",
    ),
    "nothing_suits": ("合う場がありません", "Nothing suits"),
}
