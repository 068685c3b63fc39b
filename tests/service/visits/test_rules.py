"""What goes together in a visit: pure."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.placements.lifecycle import Side, Status
from service.refusals import Kind
from service.visits.rules import VISITED, Report, too_early, unfit
from service.visits.words import KNOWN_BEFORE, TOOK_PART, Feeling, Outcome

DAY = date(2026, 2, 10)
REPORTS = st.builds(
    Report,
    occurred_on=st.dates(min_value=DAY - timedelta(days=9), max_value=DAY + timedelta(days=9)),
    outcome=st.sampled_from(Outcome),
    with_notice=st.none() | st.booleans(),
    moved_by=st.just("") | st.sampled_from(Side),
    minutes=st.none() | st.integers(min_value=0, max_value=600),
    pieces=st.none() | st.integers(min_value=0, max_value=600),
    feeling=st.sampled_from(Feeling),
)


@given(REPORTS)
def test_what_is_measured_was_seen(report: Report) -> None:
    refusal = unfit(report)
    if refusal is None:
        assert TOOK_PART[report.outcome] or report.minutes is report.pieces is None
        assert report.with_notice is None or report.outcome is Outcome.RESTED
        assert not report.moved_by or report.outcome is Outcome.MOVED
    else:
        assert refusal.kind is Kind.MALFORMED


@given(st.sampled_from(Outcome), st.sampled_from(Feeling))
def test_a_bare_word_always_fits(outcome: Outcome, feeling: Feeling) -> None:
    """But for a day that was moved: that says by whom."""
    by = Side.HOST if outcome is Outcome.MOVED else ""
    report = Report(occurred_on=DAY, outcome=outcome, feeling=feeling, moved_by=by)
    assert unfit(report) is None
    if by:
        assert unfit(replace(report, moved_by="")) is not None


@given(REPORTS, st.sampled_from(Status))
def test_a_day_to_come_carries_only_what_can_be_known(report: Report, status: Status) -> None:
    refusal = too_early(report, status=status, today=DAY)
    future = report.occurred_on > DAY
    allowed = VISITED[status] and (not future or report.outcome in KNOWN_BEFORE)
    assert (refusal is None) == allowed
    assert refusal is None or refusal.kind is Kind.CONFLICT


@pytest.mark.parametrize("outcome", [Outcome.CAME, Outcome.WAS_THERE, Outcome.LEFT_EARLY])
def test_just_being_there_counts_as_much_as_coming(outcome: Outcome) -> None:
    report = Report(occurred_on=DAY, outcome=outcome, minutes=0, pieces=0)
    assert unfit(report) is None


def test_nobody_can_be_known_to_come_before_the_day() -> None:
    assert not {outcome for outcome, there in TOOK_PART.items() if there} & KNOWN_BEFORE
    assert Outcome.UNKNOWN not in KNOWN_BEFORE
