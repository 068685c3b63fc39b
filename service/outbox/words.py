"""How notices are said: in mails, on pages; plain words, and none about anybody."""

from typing import Final

from service.languages.ours import ours
from service.outbox.rules import Channel, Closing, Figure, Notice, Trouble

NOTICE_WORDS: Final[dict[Notice, str]] = ours(
    {
        Notice.CONCERN: "困りごとが書かれたとき",
        Notice.EMERGENCY: "緊急の閲覧がはじまったとき",
        Notice.RELEASE: "受け入れ先に伝えることの確認をたのまれたとき",
        Notice.DEAD_LETTER: "お知らせが届かなかったとき",
        Notice.DIGEST: "朝のまとめ(一日一通)",
    }
)
FIGURE_WORDS: Final[dict[Figure, str]] = ours(
    {
        Figure.CONCERN: "困りごと",
        Figure.FIRST_OR_LAST_LATE: "はじめての日・おわりの連絡が遅れている",
        Figure.PAST_DUE: "こちらの連絡が遅れている",
        Figure.NOW: "いま連絡する時期",
        Figure.BACK: "待ってから戻ってきた",
        Figure.EMERGENCY: "緊急の閲覧",
        Figure.RELEASE: "受け入れ先に伝えることの確認",
        Figure.DEAD_LETTER: "届かなかったお知らせ",
    }
)
# The page on which one finds what a notice asks to be looked at.
PAGE_OF: Final[dict[Notice, str]] = {
    Notice.CONCERN: "/",
    Notice.EMERGENCY: "/emergency-accesses",
    Notice.RELEASE: "/disclosures",
    Notice.DEAD_LETTER: "/dead-letters",
    Notice.DIGEST: "/",
}
CHANNEL_WORDS: Final[dict[Channel, str]] = ours({Channel.MAIL: "メール", Channel.WEBHOOK: "連携先"})
TROUBLE_WORDS: Final[dict[Trouble, str]] = ours(
    {
        Trouble.NO_ANSWER: "相手のサーバーが答えません",
        Trouble.NOT_NOW: "相手のサーバーが、いまは受け取れないと答えました",
        Trouble.NOT_SET_UP: "こちらの送る設定が合っていません",
        Trouble.INTERRUPTED: "送るとちゅうで止まりました",
        Trouble.REFUSED: "相手のサーバーが受け取りを断りました",
        Trouble.BLOCKED: "送ってはいけない宛先でした",
    }
)
CLOSING_WORDS: Final[dict[Closing, str]] = ours(
    {
        Closing.TOLD_OTHERWISE: "ほかの方法で伝えた",
        Closing.NOT_NEEDED: "もう要らない",
        Closing.ADDRESS_WRONG: "宛先がまちがっていた",
        Closing.OTHER: "そのほか",
    }
)
SUBJECT: Final = ours("出番: 画面を見てください")
GREETING: Final = ours("出番からのお知らせです。くわしいことは、サインインして画面で見てください。")
FAREWELL: Final = ours(
    "このメールには返信できません。どのお知らせを受け取るかは、画面の「お知らせ」で選べます。"
)
