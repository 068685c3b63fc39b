"""The words of inquiries and answers, on the pages of hosts and of staff."""

from typing import Final

from service.hosts.rules import LinkPurpose
from service.languages.ours import ours
from service.replies.rules import Answer, Upshot

ANSWER_WORDS: Final[dict[Answer, str]] = ours(
    {
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
)
# What an answer on paper leaves room for: without it nobody could write the answer down.
ROOM_WORDS: Final[dict[Answer, str]] = ours(
    {
        Answer.REST: "(　　月　　日まで)",
        Answer.FEWER: "(　　人まで)",
    }
)
UPSHOT_WORDS: Final[dict[Upshot | None, str]] = ours(
    {
        Upshot.MOVED: "つなぎに反映しました",
        Upshot.NOTED: "記録しました",
        Upshot.LEFT: "事務所で確認します",
        None: "受けつけました",
    }
)
PURPOSE_WORDS: Final[dict[LinkPurpose, str]] = ours(
    {
        LinkPurpose.CARD: "名前のないカード",
        LinkPurpose.PACKET: "お会いする方のこと",
        LinkPurpose.BEFORE: "受け入れのおたずね",
        LinkPurpose.AFTER: "来ていただいたあとのおたずね",
        LinkPurpose.OWN: "登録内容の確認",
        LinkPurpose.QUESTION: "活動についてのおたずね",
        LinkPurpose.REGISTER: "活動の登録",
    }
)
# What the host is asked, in one sentence.
ASKS: Final[dict[LinkPurpose, str]] = ours(
    {
        LinkPurpose.CARD: "",
        LinkPurpose.PACKET: "",
        LinkPurpose.BEFORE: "受け入れていただけますか。",
        LinkPurpose.AFTER: "その日は、いかがでしたか。",
        LinkPurpose.OWN: "いまの登録は、このままでよいですか。",
        LinkPurpose.QUESTION: "次のような形は、できそうですか。",
        LinkPurpose.REGISTER: "",
    }
)
