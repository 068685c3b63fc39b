"""Answers in the shape of the exchange: keys, times and plain values."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from matching import Answer, Arrangement, Proposal, Reason
from matching.answer import ArrangementKind, Exclusion, Start
from service.suggestions.telling import told, told_arrangement, told_proposal, told_reasons

START = Start(
    minutes=30,
    dose="10冊",
    first_occurrences=(datetime(2026, 11, 25, 4, 30, tzinfo=UTC),),
    travel_minutes=12,
    mode="walk",
)
PROPOSAL = Proposal(
    activity="t03",
    score=0.123_456_789,
    reasons=(Reason("company", (2, 4), 9),),
    to_check=(Reason("booking", "前の日まで"),),
    arrangements=(Arrangement(ArrangementKind.SHORTER, 90, 30),),
    start=START,
)


def test_a_proposal_has_exactly_the_keys_of_the_exchange() -> None:
    proposal = told_proposal(PROPOSAL)
    assert list(proposal) == ["activity", "score", "reasons", "to_check", "arrangements", "start"]
    assert list(proposal["start"]) == [
        "minutes",
        "dose",
        "first_occurrences",
        "travel_minutes",
        "mode",
    ]


def test_a_moment_is_told_in_the_time_of_japan() -> None:
    assert told_proposal(PROPOSAL)["start"]["first_occurrences"] == ["2026-11-25T13:30:00+09:00"]


def test_a_reason_without_a_limit_tells_none() -> None:
    with_limit, without = told_reasons((Reason("company", (2, 4), 9), Reason("booking", "前の日")))
    assert (with_limit["value"], with_limit["limit"]) == ([2, 4], 9)
    assert "limit" not in without
    assert with_limit["text"]
    assert without["text"]


def test_an_arrangement_tells_from_what_to_what() -> None:
    change = told_arrangement(PROPOSAL.arrangements[0])
    assert (change["kind"], change["from"], change["to"]) == ("shorter", 90, 30)
    assert change["text"]


def test_a_held_person_has_a_sentence_and_empty_lists() -> None:
    answer = told(Answer(held=Reason("paused", "安全を先に")))
    assert "安全を先に" in answer["held"]
    assert [answer[tier] for tier in ("fits", "adaptable", "ask_host", "excluded")] == [[]] * 4


def test_what_was_left_out_keeps_its_reasons() -> None:
    answer = told(Answer(excluded=(Exclusion("t05", (Reason("company", (8, 20), 5),)),)))
    (missed,) = answer["excluded"]
    assert missed["activity"] == "t05"
    assert [reason["code"] for reason in missed["reasons"]] == ["company"]


@given(score=st.floats(0, 1), minutes=st.none() | st.integers(0, 1000))
def test_everything_told_is_plain_json(score: float, minutes: int | None) -> None:
    start = Start(minutes, "", (), None, None)
    proposal = told_proposal(Proposal("a", score, (), (), (), start))
    assert json.loads(json.dumps(proposal)) == proposal
    assert abs(proposal["score"] - score) < 0.0001
