"""Why a host stands in the list, and what to do."""

from typing import Final

from service.languages.ours import ours
from service.replies.health.matters import Matter

# What is to be seen to at a host: why it stands there, and what to do.
MATTER_WORDS: Final[dict[Matter, str]] = ours(
    {
        Matter.TOO_OFTEN: "この30日に、何度もたずねています",
        Matter.NEVER_ASKED: "登録してから、まだ一度もたずねていません",
        Matter.UNCONFIRMED: "登録の内容を、180日たしかめていません",
        Matter.RESTING: "お休みしています",
    }
)
MATTER_SHORT: Final[dict[Matter, str]] = ours(
    {
        Matter.TOO_OFTEN: "たずねすぎ",
        Matter.NEVER_ASKED: "たずねていない",
        Matter.UNCONFIRMED: "確認していない",
        Matter.RESTING: "お休み中",
    }
)
MATTER_TODO: Final[dict[Matter, str]] = ours(
    {
        Matter.TOO_OFTEN: "次は、ほかの受け入れ先にたずねましょう。お礼の電話をしましょう",
        Matter.NEVER_ASKED: "あいさつの電話をしましょう。合いそうな人の候補を見ましょう",
        Matter.UNCONFIRMED: "登録内容の確認をお願いしましょう",
        Matter.RESTING: "休みが終わるころに、電話でようすを聞きましょう",
    }
)
MATTER_ENGLISH: Final[dict[Matter, str]] = {
    Matter.TOO_OFTEN: "asked many times within 30 days: ask another host next, and call to thank",
    Matter.NEVER_ASKED: "registered and never asked: call to greet, look at who would fit",
    Matter.UNCONFIRMED: "not confirmed for 180 days: ask the host to confirm what is registered",
    Matter.RESTING: "resting: call when the rest is nearly over",
}
