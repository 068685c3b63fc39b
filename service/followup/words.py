"""How a due contact reads on a page: why it is owed, and why on this date. Pure."""

from datetime import date
from typing import Final

from service.followup.bounds import Amiss
from service.followup.cadence import Occasion
from service.followup.order import Rank
from service.followup.windows import Bend, Due
from service.languages.ours import both, english_of, joined, ours, say

OCCASION_WORDS: Final[dict[Occasion, str]] = ours(
    {
        Occasion.CONCERN: "{since}に「少し困った」と聞きました",
        Occasion.BEFORE_FIRST: "はじめての日（{since}）の前の確認です",
        Occasion.AFTER_FIRST: "はじめての日（{since}）のあとの連絡です",
        Occasion.EARLY: "はじめのひと月の連絡です（{since}から数えています）",
        Occasion.MIDDLE: "2〜3か月めの連絡です（{since}から数えています）",
        Occasion.LATER: "4〜12か月めの連絡です（{since}から数えています）",
        Occasion.YEARLY: "年に一度、お変わりないかの連絡です（{since}から数えています）",
        Occasion.RESTED: "{since}は知らせなしの休みでした。理由は聞かず、短いあいさつだけ",
        Occasion.UNHEARD: "{since}がどうだったか、まだ聞いていません",
        Occasion.STEPPED_BACK: "{since}に一歩もどしました。その後の様子を聞きます",
        Occasion.TOLD_OF_REST: "{since}から休みです。受け入れ先に伝えます",
        Occasion.RESTING: "休みのあいだの連絡です（{since}から数えています）",
        Occasion.EXIT: "{since}でおわりになりました。お礼と、これからのこと",
        Occasion.AFTERWARDS: "おわり（{since}）のあとの様子を聞きます",
        Occasion.ASKED: "{since}にたずねて、返事を待っています",
        Occasion.WAITING: "まだ約束の日が決まっていません（{since}から数えています）",
        Occasion.AT_HOME: "つなぎはまだありません。関係づくりの連絡です（{since}から）",
        Occasion.CONSENT_ENDS: "同意が{since}で切れます",
        Occasion.UNCONFIRMED: "{since}から、活動の内容を確かめていません",
    }
)

RANK_WORDS: Final[dict[Rank, str]] = ours(
    {
        Rank.CONCERN: "困りごと",
        Rank.FIRST_OR_LAST_LATE: "はじめての日・おわりの連絡が遅れている",
        Rank.PAST_DUE: "こちらの連絡が遅れている",
        Rank.NOW: "いま連絡する時期",
        Rank.BACK: "待ってから戻ってきた",
    }
)

BEND_WORDS: Final[dict[Bend, str]] = ours(
    {
        Bend.WORSE: "つらそうなので、早めの日にしています",
        Bend.STEADY: "落ち着いているので、間をあけています",
        Bend.PROMISED: "前に決めた日に合わせています",
    }
)


def in_japanese(due: Due) -> str:
    """Say why this contact is owed, and why on this date."""
    parts = [say(OCCASION_WORDS[due.occasion], since=_day(due.since))]
    parts += [BEND_WORDS[due.bend]] if due.bend else []
    if due.back_on:
        parts.append(say("{back_on}まで待ってほしいとのことでした", back_on=_day(due.back_on)))
    return joined("。", parts)


def in_english(due: Due) -> str:
    """Say the same in English."""
    return f"{english_of(in_japanese(due))}."


def _day(day: date) -> str:
    return both(f"{day.year}年{day.month}月{day.day}日", day.isoformat)


RHYTHM_WORDS: Final[dict[Occasion, str]] = ours(
    {
        Occasion.CONCERN: "困りごとを聞いたあと",
        Occasion.BEFORE_FIRST: "はじめての日の前",
        Occasion.AFTER_FIRST: "はじめての日のあと",
        Occasion.EARLY: "はじめのひと月",
        Occasion.MIDDLE: "2〜3か月め",
        Occasion.LATER: "4〜12か月め",
        Occasion.YEARLY: "1年より先",
        Occasion.RESTED: "知らせなしの休みのあと",
        Occasion.UNHEARD: "どうだったか聞いていない日のあと",
        Occasion.STEPPED_BACK: "一歩もどしたあと",
        Occasion.TOLD_OF_REST: "休みを伝える",
        Occasion.RESTING: "休みのあいだ",
        Occasion.EXIT: "おわりの連絡",
        Occasion.AFTERWARDS: "おわったあと",
        Occasion.ASKED: "たずねて返事を待つあいだ",
        Occasion.WAITING: "約束の日が決まるまで",
        Occasion.AT_HOME: "つなぎがまだない人",
        Occasion.CONSENT_ENDS: "同意が切れる前",
        Occasion.UNCONFIRMED: "活動の内容を確かめる",
    }
)

AMISS_WORDS: Final[dict[Amiss, str]] = ours(
    {
        Amiss.MISSING: "なくすことはできません",
        Amiss.UNKNOWN: "ここには日数を決められません",
        Amiss.UNORDERED: "早くて・めやす・おそくて の順にしてください",
        Amiss.TOO_SOON: "{allowed}日より早くはできません",
        Amiss.TOO_LATE: "{allowed}日よりおそくはできません",
        Amiss.OVERLAPPING: "前の回が終わってから({allowed}日から)にしてください",
        Amiss.TOO_FAR_APART: "前の回から間をあけすぎです({allowed}日まで)",
        Amiss.TOO_MANY: "回数が多すぎます",
    }
)
