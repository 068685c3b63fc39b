"""Read a host's answer from a form, on the host's page or on the staff's; mistakes in Japanese."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from service.hosts.rules import LinkPurpose
from service.languages.ours import ours, say
from service.refusals import Refusal
from service.replies.asking import Wanted
from service.replies.questions import BANDS, DAYS, FIGURES, Ask, Line
from service.replies.rules import ANSWERS, PEOPLE_TOP, REMARK_TOP, REST_AT_MOST, Answer, Said
from service.replies.words import ANSWER_WORDS
from service.web.dates import dated_words
from service.web.filled import Filled

CHOOSE: Final = ours("どれか一つを選んでください")
UNTIL: Final = ours("いつまで休むかを書いてください")
PEOPLE: Final = ours("何人までならよいかを書いてください")


def read_answer(filled: Filled, purpose: LinkPurpose, *, today: date) -> Said | None:
    """Return the answer that a form holds, or None where something has to be put right.

    What belongs to another answer than the chosen one is left aside: it was not meant.
    """
    offered = {each: ANSWER_WORDS[each] for each in ANSWERS[purpose]}
    answer = filled.needed("answer", offered, sentence=CHOOSE)
    remark = filled.text("remark", longest=REMARK_TOP)
    until = people = None
    if answer is Answer.REST:
        until = _until(filled, today)
    if answer is Answer.FEWER:
        people = filled.number("people", highest=PEOPLE_TOP)
        if people is None:
            filled.mistakes.setdefault("people", PEOPLE)
    if answer is None or filled.mistakes:
        return None
    return Said(answer=answer, until=until, people=people, remark=remark)


def _until(filled: Filled, today: date) -> date | None:
    until = filled.day("until")
    if until is None:
        filled.mistakes.setdefault("until", UNTIL)
    elif not today < until <= today + REST_AT_MOST:
        last = dated_words(today + REST_AT_MOST)
        filled.mistakes["until"] = say("あしたから{last}までの日を書いてください", last=last)
    return until


# Why a question or an answer was not taken, as a page says it.
REFUSED: Final[Mapping[str, str]] = ours(
    {
        "Incomplete": "聞きたいことを、一つは選ぶか書いてください",
        "UnfitQuestion": "名前・符号・電話番号と思われるものがあります。消して書きなおしてください",
        "NothingToAsk": "このおたずねは、もう終わっています。リンクを作っても開きません",
        "AnsweredOtherwise": "先に別のお返事を受けています",
        "NothingToOffer": "活動の内容に、これを書く欄がありません。お返事はそのまま残ります",
    }
)
OTHERWISE: Final = ours("いまはできません。画面を読み込みなおしてください")


def refusal_words(refused: Refusal) -> str:
    return REFUSED.get(type(refused).__name__, OTHERWISE)


def read_wanted(filled: Filled) -> Wanted:
    """Return what a form asks of a host; what was left empty is not asked."""
    purposes = {each: each.value for each in LinkPurpose}
    return Wanted(
        purpose=filled.choice("purpose", purposes) or LinkPurpose.CARD,
        placement_id=filled.id("placement_id"),
        activity_id=filled.id("activity_id"),
        host_id=filled.id("host_id"),
        about_on=filled.day("about_on"),
        asks=_lines(filled),
        own_line=filled.text("own_line"),
    )


def _lines(filled: Filled) -> tuple[Line, ...]:
    figures = {
        ask: filled.number(ask.value, lowest=low, highest=high)
        for ask, (low, high) in FIGURES.items()
    }
    day, band = filled.text("day"), filled.text("band")
    ticked = [ask for ask in Ask if ask.value in filled.ticked("asks")]
    lines = [Line(ask, figure) for ask, figure in figures.items() if figure is not None]
    if day in DAYS and band in BANDS:
        lines.append(Line(Ask.OTHER_SLOT, f"{day}-{band}"))
    return (*lines, *(Line(ask) for ask in ticked))
