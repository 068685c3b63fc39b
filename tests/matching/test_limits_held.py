"""Limits held against planted contradictions: groups, times a month, steps, whom one brings."""

from typing import Any

import pytest

from catalogue.profiles import Access, LimitKind, OwnPace, Setting
from tests.matching.made import activity, answer, codes, limit, person, tier

Kind = LimitKind


@pytest.mark.parametrize(
    ("stated", "usual", "expected", "said"),
    [
        ((2, 8), None, "fits", False),
        ((2, 12), None, "adaptable", False),  # at a quiet hour
        ((9, 12), None, "excluded", False),
        ((2, 12), (4, 8), "fits", True),  # up to twelve may come, eight do
        ((2, 12), (6, 9), "adaptable", False),
        ((9, 12), (10, 12), "excluded", False),
        ((9, 12), (6, 10), "adaptable", False),  # on most days there are six
        ((2, 6), (4, 9), "adaptable", False),  # what is seen outweighs what is stated
        (None, (4, 8), "fits", False),
        (None, (4, 9), "adaptable", False),
        (None, (9, 12), "excluded", False),
        (None, None, "ask_host", False),
    ],
)
def test_a_group_is_as_large_as_it_is_seen_to_be(
    stated: Any, usual: Any, expected: str, said: bool
) -> None:
    one = activity(group_size=stated, usual_attendance=usual)
    who = person(limit(Kind.GROUP_AT_MOST, 8))
    assert tier(one, who) == expected
    assert ("group_usually" in codes(one, who)) is said


def test_the_size_that_is_named_is_the_one_that_counted() -> None:
    one = activity(group_size=(9, 30), usual_attendance=(10, 12))
    (reason,) = answer(one, person(limit(Kind.GROUP_AT_MOST, 8))).excluded[0].reasons
    assert (reason.code, reason.value, reason.limit) == ("group_at_most", (10, 12), 8)


@pytest.mark.parametrize(
    ("often", "most", "expected"),
    [
        (52 / 12, 4, "fits"),  # weekly: in some months a fifth time
        (26 / 12, 2, "fits"),
        (104 / 12, 8, "fits"),
        (52 / 12, 3, "adaptable"),
        (2.5, 2, "adaptable"),
        (1.0, 1, "fits"),
        (0.33, 1, "fits"),
    ],
)
def test_times_a_month_are_counted_as_people_do(often: float, most: int, expected: str) -> None:
    one = activity(per_month=often, own_pace=OwnPace.PARTLY)
    assert tier(one, person(limit(Kind.PER_MONTH_AT_MOST, most))) == expected


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        (OwnPace.YES, "fits"),
        (OwnPace.PARTLY, "adaptable"),
        (OwnPace.NO, "excluded"),
        (None, "ask_host"),
    ],
)
def test_who_may_come_less_often_depends_on_the_pace(pace: Any, expected: str) -> None:
    one = activity(per_month=8, own_pace=pace)
    assert tier(one, person(limit(Kind.PER_MONTH_AT_MOST, 2))) == expected


@pytest.mark.parametrize("kind", [Kind.STEPS_AT_MOST, Kind.WHEELCHAIR])
@pytest.mark.parametrize(
    ("access", "expected"),
    [
        (Access(steps=0, wheelchair=True, toilet="多目的"), "ask_host"),  # it says both
        (Access(steps=9, wheelchair=True, toilet="多目的", slope=True), "fits"),
        (Access(steps=9, wheelchair=True, toilet="多目的"), "excluded"),
    ],
)
def test_stairs_among_the_hazards_make_no_step_doubtful(
    kind: LimitKind, access: Access, expected: str
) -> None:
    stairs = activity(hazards=frozenset({"stairs"}), access=access)
    assert tier(stairs, person(limit(kind, 0 if kind is Kind.STEPS_AT_MOST else None))) == expected


@pytest.mark.parametrize(
    ("steps", "slope", "wheelchair", "expected"),
    [
        (None, None, True, "ask_host"),
        (None, None, None, "ask_host"),
        (None, True, True, "fits"),
        (None, True, None, "ask_host"),
        (0, None, None, "ask_host"),
        (1, None, True, "excluded"),
        (0, None, False, "excluded"),
    ],
)
def test_a_wheelchair_never_takes_an_unknown_for_a_yes(
    steps: Any, slope: Any, wheelchair: Any, expected: str
) -> None:
    access = Access(steps=steps, slope=slope, wheelchair=wheelchair, toilet="多目的")
    assert tier(activity(access=access), person(limit(Kind.WHEELCHAIR))) == expected


@pytest.mark.parametrize(
    ("brings_ok", "accompaniment", "expected"),
    [
        (None, True, "fits"),
        (None, False, "excluded"),
        (None, None, "ask_host"),
        (frozenset({"companion"}), False, "fits"),
        (frozenset({"child"}), False, "excluded"),
        (frozenset({"child"}), None, "excluded"),
    ],
)
def test_a_companion_is_looked_for_in_both_fields(
    brings_ok: Any, accompaniment: Any, expected: str
) -> None:
    one = activity(brings_ok=brings_ok, accompaniment_ok=accompaniment)
    assert tier(one, person(limit(Kind.BRINGS, ("companion",)))) == expected


@pytest.mark.parametrize("word", ["child", "companion", "animal"])
def test_at_home_nothing_has_to_be_brought(word: str) -> None:
    home = activity(setting=Setting.HOME, brings_ok=frozenset(), accompaniment_ok=False)
    assert tier(home, person(limit(Kind.BRINGS, (word,)))) == "fits"
