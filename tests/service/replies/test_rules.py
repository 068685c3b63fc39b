"""What may be answered to what: the whole table, without a database."""

from datetime import date, timedelta
from typing import Any

import pytest

from service.hosts.rules import LinkPurpose, closes_at
from service.placements.lifecycle import Status
from service.replies.rules import (
    ANSWERS,
    ASKABLE,
    REST_AT_MOST,
    VISITED,
    Answer,
    Said,
    unfit,
)
from service.replies.words import ANSWER_WORDS

TODAY = date(2026, 12, 31)
BELONGS: dict[Answer, dict[str, Any]] = {
    Answer.REST: {"until": date(2027, 1, 31)},
    Answer.FEWER: {"people": 0},
}


def said(answer: Answer, **more: Any) -> Said:
    return Said(answer=answer, **BELONGS.get(answer, {}) | more)


@pytest.mark.parametrize("purpose", LinkPurpose)
@pytest.mark.parametrize("answer", Answer)
def test_a_question_takes_its_own_answers_and_no_other(
    purpose: LinkPurpose, answer: Answer
) -> None:
    fits = unfit(purpose, said(answer), today=TODAY) is None
    assert fits is (answer in ANSWERS[purpose])


def test_every_answer_belongs_to_some_question_and_has_a_word() -> None:
    assert {answer for each in ANSWERS.values() for answer in each} == set(Answer)
    assert set(ANSWER_WORDS) == set(Answer)
    # No two answers to one question read alike.
    for answers in ANSWERS.values():
        assert len({ANSWER_WORDS[each] for each in answers}) == len(answers)


@pytest.mark.parametrize("answer", Answer)
def test_a_day_goes_with_a_rest_alone_and_a_number_with_fewer_alone(answer: Answer) -> None:
    purpose = next(each for each in LinkPurpose if answer in ANSWERS[each])
    if answer is not Answer.REST:
        assert unfit(purpose, said(answer, until=date(2027, 1, 1)), today=TODAY) is not None
    if answer is not Answer.FEWER:
        assert unfit(purpose, said(answer, people=1), today=TODAY) is not None


@pytest.mark.parametrize(
    ("until", "fits"),
    [
        (TODAY, False),
        (TODAY + timedelta(days=1), True),
        (TODAY + REST_AT_MOST, True),
        (TODAY + REST_AT_MOST + timedelta(days=1), False),
    ],
)
def test_a_rest_begins_after_today_and_ends_within_a_year(until: date, fits: bool) -> None:
    found = unfit(LinkPurpose.OWN, Said(answer=Answer.REST, until=until), today=TODAY)
    assert (found is None) is fits


def test_what_is_asked_before_goes_on_and_what_is_asked_after_has_been_agreed() -> None:
    assert {
        Status.PROPOSED,
        Status.WANTED,
        Status.PASSED,
        Status.SUPERSEDED,
        Status.ENDED,
    }.isdisjoint(ASKABLE)
    assert {Status.ENDED} == VISITED - ASKABLE
    assert {Status.ASKED} == ASKABLE - VISITED


def test_a_link_closes_as_the_day_after_its_last_begins_in_japan() -> None:
    closes = closes_at(date(2026, 12, 28), days=7)
    assert closes.isoformat() == "2027-01-05T00:00:00+09:00"
    leap = closes_at(date(2028, 2, 22), days=7)
    assert leap.isoformat() == "2028-03-01T00:00:00+09:00"
