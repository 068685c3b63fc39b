"""An index with one activity replaced answers like one built with it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from catalogue.profiles import ActivityProfile, Limit, LimitKind, Meaning, PersonProfile
from matching import build, match
from matching.update import row_of, updated
from tests.matching.drawn import activities, people
from tests.matching.made import TODAY, activity, person, weekly

TOWN = [
    activity(id=name, host=f"h{name}", meaning=Meaning({"plants": 1.0}, {}, ("庭",)))
    for name in "abcdefgh"
]
GARDENER = person(interest=Meaning({"plants": 1.0}, {}, ("庭",)))


def test_a_closed_activity_is_gone_and_the_old_index_stays() -> None:
    before = build(TOWN, as_of=TODAY)
    after = updated(before, replace(TOWN[2], open=False))
    assert "c" in match(before, GARDENER).order
    assert "c" not in match(after, GARDENER).order
    assert "c" in match(before, GARDENER).order


def test_what_was_held_for_everybody_is_held_anew() -> None:
    who = person(Limit(LimitKind.NO_FEE))
    before = build(TOWN, as_of=TODAY)
    match(before, who)
    after = updated(before, replace(TOWN[0], fee_yen=500))
    assert "a" not in {one.activity for one in match(after, who).fits}


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("title and host", {"host": "elsewhere", "title": "別の会"}),
        ("roles and tags", {"roles": ("teacher",), "tags": ("music", "art")}),
        ("hazards", {"hazards": frozenset({"bees", "other:古い井戸"})}),
        ("place", {"lat": 35.75, "lon": None}),
        ("times", {"openings": weekly(3, 600, 660)}),
        ("no times", {"openings": ()}),
        ("needs", {"needs": Meaning({"plants": 0.5}, {}, ("草",))}),
        ("no words", {"meaning": Meaning()}),
    ],
)
def test_every_column_follows(name: str, change: dict[str, object]) -> None:
    changed = replace(TOWN[3], **change)  # type: ignore[arg-type]  # a table of changes
    town = [*TOWN[:3], changed, *TOWN[4:]]
    fresh, index = build(town, as_of=TODAY), updated(build(TOWN, as_of=TODAY), changed)
    assert index.activities == fresh.activities
    for column in fresh.whole:
        assert np.array_equal(index.whole[column], fresh.whole[column]), (name, column)
    assert np.array_equal(index.place, fresh.place, equal_nan=True)
    for key in fresh.listed:
        assert np.array_equal(index.rows(*key), fresh.rows(*key)), (name, key)
    kept = {key for key in index.listed if len(index.rows(*key))}
    assert kept == {*fresh.listed}


@settings(max_examples=60, deadline=None)
@given(activities(), people())
def test_whatever_changes_the_limits_say_the_same(one: ActivityProfile, who: PersonProfile) -> None:
    changed = replace(one, id="d")
    later = updated(build(TOWN, as_of=TODAY), changed)
    fresh = build([changed if a.id == "d" else a for a in TOWN], as_of=TODAY)
    mine, theirs = match(later, who, limit=99), match(fresh, who, limit=99)
    for tier in ("fits", "adaptable", "ask_host"):
        ours = {shown.activity for shown in getattr(mine, tier)}
        assert ours == {shown.activity for shown in getattr(theirs, tier)}
    assert {left.activity for left in mine.excluded} == {left.activity for left in theirs.excluded}


def test_an_unknown_activity_asks_for_a_build() -> None:
    with pytest.raises(KeyError):
        updated(build(TOWN, as_of=TODAY), activity(id="new"))


def test_a_facet_that_nobody_had_is_found_from_now_on() -> None:
    before = build(TOWN, as_of=TODAY)
    who = person(interest=Meaning({"astronomy": 1.0}))
    after = updated(before, replace(TOWN[4], meaning=Meaning({"astronomy": 1.0})))
    assert match(after, who).order[0] == "e"
    assert "interest" in {reason.code for reason in match(after, who).fits[0].reasons}


def test_a_part_is_not_updated() -> None:
    part = build(TOWN, as_of=TODAY).part(np.array([1, 2]))
    with pytest.raises(ValueError, match="part"):
        updated(part, TOWN[1])


def test_rows_are_found_by_id() -> None:
    index = build(TOWN, as_of=TODAY)
    assert [row_of(index, one.id) for one in TOWN] == list(range(8))
    with pytest.raises(KeyError):
        row_of(index, "aa")
