"""Read a host's answer from a form, on the host's page or on the staff's; mistakes in Japanese."""

from datetime import date
from typing import Final

from service.hosts.rules import LinkPurpose
from service.replies.rules import ANSWERS, PEOPLE_TOP, REMARK_TOP, REST_AT_MOST, Answer, Said
from service.replies.words import ANSWER_WORDS
from service.web.dates import dated_words
from service.web.filled import Filled

CHOOSE: Final = "どれか一つを選んでください"
UNTIL: Final = "いつまで休むかを書いてください"
PEOPLE: Final = "何人までならよいかを書いてください"


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
        filled.mistakes["until"] = f"あしたから{last}までの日を書いてください"
    return until
