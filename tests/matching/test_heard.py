"""What a host answered about an arrangement: a no closes that way, a yes is said with its day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from catalogue.profiles import ActivityProfile, Heard, PersonProfile
from catalogue.repository import heard_in
from matching import explain
from matching.answer import Arrangement, ArrangementKind
from tests.matching.made import TODAY, activity, answer
from tests.matching.test_arrangements import CASES

Kind = ArrangementKind
DAY = TODAY - timedelta(days=3)


def arranged(one: ActivityProfile, who: PersonProfile) -> dict[ArrangementKind, Arrangement]:
    found = answer(one, who).adaptable
    return {each.kind: each for each in (found[0].arrangements if found else ())}


@pytest.mark.parametrize("kind", ArrangementKind)
def test_a_no_closes_the_way_that_was_asked_about_and_no_other(kind: ArrangementKind) -> None:
    changes, who = CASES[kind]
    one = activity(**changes)
    assert kind in arranged(one, who)
    assert kind not in arranged(replace(one, heard=(Heard(kind, yes=False, on=DAY),)), who)
    other = next(each for each in Kind if each is not kind)
    assert kind in arranged(replace(one, heard=(Heard(other, yes=False, on=DAY),)), who)


@pytest.mark.parametrize("kind", ArrangementKind)
def test_a_yes_is_said_with_its_day(kind: ArrangementKind) -> None:
    changes, who = CASES[kind]
    one = replace(activity(**changes), heard=(Heard(kind, yes=True, on=DAY),))
    made = arranged(one, who)[kind]
    assert made.heard == DAY
    assert explain(made).endswith("。11月17日に、できると聞いています")
    assert explain(made, "en").endswith("; the host said yes on 2026-11-17")


@pytest.mark.parametrize(("asked", "said"), [(20, DAY), (45, DAY), (46, None)])
def test_a_yes_to_so_many_minutes_holds_for_as_many_and_more(asked: int, said: object) -> None:
    changes, who = CASES[Kind.SHORTER]  # down to 45 minutes
    one = replace(activity(**changes), heard=(Heard(Kind.SHORTER, yes=True, on=DAY, value=asked),))
    assert arranged(one, who)[Kind.SHORTER].heard == said


def test_a_no_to_one_figure_says_nothing_about_another() -> None:
    changes, who = CASES[Kind.SHORTER]
    one = replace(activity(**changes), heard=(Heard(Kind.SHORTER, yes=False, on=DAY, value=20),))
    assert Kind.SHORTER in arranged(one, who)


def test_where_nobody_asked_nothing_is_said() -> None:
    for changes, who in CASES.values():
        assert {each.heard for each in arranged(activity(**changes), who).values()} == {None}


def test_answers_are_read_for_a_year_and_only_yes_and_no() -> None:
    kept = [
        {"ask": "home", "kind": "home", "value": None, "answer": "no", "on": "2025-11-20"},
        {"ask": "lift", "kind": "lift", "value": None, "answer": "no", "on": "2025-11-19"},
        {"ask": "no_talking", "kind": None, "value": None, "answer": "yes", "on": "2026-11-01"},
        {"ask": "companion", "kind": "companion", "value": None, "answer": "talk",
         "on": "2026-11-01"},
        {"ask": "shorter", "kind": "shorter", "value": 20, "answer": "yes", "on": "2026-11-01"},
    ]  # fmt: skip
    found = heard_in(kept, as_of=TODAY)
    assert [(each.kind, each.yes, each.value) for each in found] == [
        ("home", False, None),
        ("shorter", True, 20),
    ]
