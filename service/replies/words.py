"""The words of inquiries and answers, on the pages of hosts and of staff."""

from typing import Final

from service.hosts.rules import LinkPurpose
from service.replies.matters import Matter
from service.replies.rules import Answer, Upshot

ANSWER_WORDS: Final[dict[Answer, str]] = {
    Answer.CAN: "できる",
    Answer.OTHER_DAY: "日を変えたい",
    Answer.NOT_NOW: "今回はむずかしい",
    Answer.REST: "しばらく休みたい",
    Answer.FEWER: "人数を減らしたい",
    Answer.FINE: "問題なし",
    Answer.TROUBLED: "少し困った",
    Answer.CONFIRMED: "このままでよい",
    Answer.YES: "できる",
    Answer.NO: "むずかしい",
    Answer.TALK: "電話で相談したい",
}
UPSHOT_WORDS: Final[dict[Upshot | None, str]] = {
    Upshot.MOVED: "つなぎに反映しました",
    Upshot.NOTED: "記録しました",
    Upshot.LEFT: "事務所で確認します",
    None: "受けつけました",
}
PURPOSE_WORDS: Final[dict[LinkPurpose, str]] = {
    LinkPurpose.CARD: "名前のないカード",
    LinkPurpose.PACKET: "お会いする方のこと",
    LinkPurpose.BEFORE: "受け入れのおたずね",
    LinkPurpose.AFTER: "来ていただいたあとのおたずね",
    LinkPurpose.OWN: "登録内容の確認",
    LinkPurpose.QUESTION: "活動についてのおたずね",
}
# What the host is asked, in one sentence.
ASKS: Final[dict[LinkPurpose, str]] = {
    LinkPurpose.CARD: "",
    LinkPurpose.PACKET: "",
    LinkPurpose.BEFORE: "受け入れていただけますか。",
    LinkPurpose.AFTER: "その日は、いかがでしたか。",
    LinkPurpose.OWN: "いまの登録は、このままでよいですか。",
    LinkPurpose.QUESTION: "次のような形は、できそうですか。",
}
# What is to be seen to at a host: why it stands there, and what to do.
MATTER_WORDS: Final[dict[Matter, str]] = {
    Matter.TOO_OFTEN: "この30日に、何度もたずねています",
    Matter.NEVER_ASKED: "登録してから、まだ一度もたずねていません",
    Matter.UNCONFIRMED: "登録の内容を、180日たしかめていません",
    Matter.RESTING: "お休みしています",
}
MATTER_SHORT: Final[dict[Matter, str]] = {
    Matter.TOO_OFTEN: "たずねすぎ",
    Matter.NEVER_ASKED: "たずねていない",
    Matter.UNCONFIRMED: "確認していない",
    Matter.RESTING: "お休み中",
}
MATTER_TODO: Final[dict[Matter, str]] = {
    Matter.TOO_OFTEN: "次は、ほかの受け入れ先にたずねましょう。お礼の電話をしましょう",
    Matter.NEVER_ASKED: "あいさつの電話をしましょう。合いそうな人の候補を見ましょう",
    Matter.UNCONFIRMED: "登録内容の確認をお願いしましょう",
    Matter.RESTING: "休みが終わるころに、電話でようすを聞きましょう",
}
MATTER_ENGLISH: Final[dict[Matter, str]] = {
    Matter.TOO_OFTEN: "asked many times within 30 days: ask another host next, and call to thank",
    Matter.NEVER_ASKED: "registered and never asked: call to greet, look at who would fit",
    Matter.UNCONFIRMED: "not confirmed for 180 days: ask the host to confirm what is registered",
    Matter.RESTING: "resting: call when the rest is nearly over",
}
