"""What an office may set: every line stays, in order, and nobody is made to wait too long."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.followup.bounds import (
    BOUNDS,
    SERVED,
    Amiss,
    Fault,
    Figures,
    cadence_of,
    faults,
    lines_of,
)
from service.followup.cadence import STANDARD, Occasion
from service.followup.rules import next_window
from service.followup.windows import Due
from service.placements.lifecycle import Side, Status
from tests.service.followup.cases import TUESDAY, placement

Lines = dict[Occasion, dict[Side, list[Figures]]]
OPEN = [
    status for status in Status if status not in {Status.ENDED, Status.PASSED, Status.SUPERSEDED}
]
DATED = {"asked_on": TUESDAY, "agreed_on": TUESDAY, "begun_on": TUESDAY, "rested_on": TUESDAY}


def changed(occasion: Occasion, side: Side, *windows: Figures) -> Lines:
    return lines_of(STANDARD) | {occasion: {**lines_of(STANDARD)[occasion], side: list(windows)}}


def amiss(lines: Lines) -> list[tuple[str, str, int | None]]:
    return [(fault.where, fault.amiss, fault.allowed) for fault in faults(lines)]


def test_the_standard_is_within_its_own_bounds_and_comes_back_as_it_was() -> None:
    assert amiss(lines_of(STANDARD)) == []
    assert cadence_of(lines_of(STANDARD)) == STANDARD


def test_every_line_and_side_of_the_standard_has_its_bound_and_nothing_else_has() -> None:
    served = {
        (line.occasion, side) for line in STANDARD.lines for side in SERVED if line.windows(side)
    }
    assert served == set(BOUNDS)


@pytest.mark.parametrize(
    ("occasion", "side", "windows", "wrong"),
    [
        (Occasion.CONCERN, Side.PERSON, [(0, 2, 3)], ("concern.person.1", "too_late", 2)),
        (Occasion.CONCERN, Side.HOST, [(0, 5, 5)], ("concern.host.1", "too_late", 2)),
        (Occasion.EARLY, Side.PERSON, [(0, 7, 10)], ("early.person.1", "too_soon", 1)),
        (Occasion.EARLY, Side.PERSON, [(7, 4, 10)], ("early.person.1", "unordered", None)),
        (Occasion.AT_HOME, Side.PERSON, [(20, 90, 90)], ("at_home.person.1", "too_late", 62)),
        (Occasion.EXIT, Side.PERSON, [], ("exit.person.1", "missing", 1)),
        (Occasion.AFTERWARDS, Side.PERSON, [(23, 30, 37)], ("afterwards.person.2", "missing", 2)),
        (
            Occasion.AFTERWARDS,
            Side.PERSON,
            [(23, 30, 80), (76, 90, 104)],
            ("afterwards.person.2", "overlapping", 81),
        ),
        (Occasion.AT_HOME, Side.HOST, [(1, 2, 3)], ("at_home.host.1", "unknown", None)),
        (Occasion.EARLY, Side.PERSON, [(4, 7, 10)] * 2, ("early.person.2", "too_many", 1)),
        (
            Occasion.LATER,
            Side.HOST,
            [(77, 91, 105), (106, 107, 108), (351, 365, 379)],
            ("later.host.3", "too_far_apart", 307),
        ),
    ],
)
def test_what_goes_too_far_is_named_by_its_place_and_with_what_would_do(
    occasion: Occasion, side: Side, windows: list[Figures], wrong: tuple[str, str, int | None]
) -> None:
    assert wrong in amiss(changed(occasion, side, *windows))


def test_a_line_that_is_left_out_is_missing() -> None:
    lines = lines_of(STANDARD)
    del lines[Occasion.YEARLY]
    assert {(fault.where, fault.amiss) for fault in faults(lines)} == {
        ("yearly.person.1", Amiss.MISSING),
        ("yearly.host.1", Amiss.MISSING),
    }
    assert Fault(Occasion.YEARLY, Side.HOST, 0, Amiss.MISSING, 1) in list(faults(lines))


@st.composite
def tables(draw: st.DrawFn) -> Lines:
    """Draw figures within the bounds for every line that has one window a side."""
    lines = lines_of(STANDARD)
    for (occasion, side), bound in BOUNDS.items():
        if len(lines[occasion][side]) == 1:
            days = st.integers(bound.soonest, bound.latest)
            earliest, due, late = sorted(draw(st.tuples(days, days, days)))
            lines[occasion][side] = [(earliest, due, late)]
    return lines


@given(tables(), st.sampled_from(OPEN), st.sampled_from(SERVED))
def test_whatever_an_office_may_set_each_side_of_an_open_placement_has_its_next_window(
    lines: Lines, status: Status, side: Side
) -> None:
    assert list(faults(lines)) == []
    facts = placement(status, **(DATED if status is not Status.PROPOSED else {}))
    here, there = (next_window(facts, side, each) for each in (cadence_of(lines), STANDARD))
    assert isinstance(here, Due) == isinstance(there, Due)
    assert isinstance(here, Due) or here == there


@given(st.dictionaries(st.sampled_from(Occasion), st.just({}), max_size=3))
def test_nothing_that_was_taken_away_goes_unseen(gone: dict[Occasion, dict[Side, Any]]) -> None:
    found = {fault.occasion for fault in faults(lines_of(STANDARD) | gone)}
    assert found == set(gone)


def test_a_planted_table_without_a_bound_would_be_seen() -> None:
    wide = replace(STANDARD.line(Occasion.CONCERN).person[0], late=9)
    line = replace(STANDARD.line(Occasion.CONCERN), person=(wide,))
    others = [each for each in STANDARD.lines if each.occasion is not Occasion.CONCERN]
    assert amiss(lines_of(replace(STANDARD, lines=(line, *others))))
