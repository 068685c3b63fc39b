"""Why one stands above the next: the true greatest difference, with what both show for it."""

from dataclasses import replace
from typing import Any

import pytest

from catalogue.profiles import LimitKind, Meaning
from matching import Proposal, Reason, build, explain, match
from matching.above import difference
from matching.answer import Arrangement, ArrangementKind
from matching.factors import FACTORS
from matching.phrases.above import BOTH, ONE, PLAIN
from tests.matching.made import TODAY, activity, answer, limit, person

SHORTER = (Arrangement(ArrangementKind.SHORTER, (60, 60), 30),)
UNKNOWN = (Reason("fee"),)
KIN = (Reason("related_hazard", "insects", "bees"),)


def _made(*, lost: float = 0.0, shares: dict[str, float], **changes: Any) -> Proposal:
    """Take a real proposal and give it other shares, and the score that follows from them."""
    whole = sum(shares.values()) - lost
    fields: dict[str, Any] = {"reasons": (), "to_check": (), **changes}
    shown = answer(activity(), person()).fits[0]
    return replace(shown, score=whole, factors=tuple(shares.items()), **fields)


def test_the_greatest_gain_is_named_not_the_greatest_factor() -> None:
    upper = _made(shares={"interest": 0.4, "company": 0.2})
    lower = _made(shares={"interest": 0.38, "company": 0.1})
    assert difference(upper, lower)[0] == "company"


def test_what_only_one_of_both_knows_is_no_difference() -> None:
    upper = _made(shares={"hours": 0.3, "company": 0.2})
    lower = _made(shares={"company": 0.1})
    assert difference(upper, lower)[0] == "company"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"arrangements": SHORTER}, "arranged"),
        ({"to_check": UNKNOWN}, "asked"),
        ({"to_check": KIN}, "related_hazard"),
    ],
)
def test_what_lowered_the_next_as_a_whole_is_told(changes: dict[str, Any], code: str) -> None:
    upper = _made(shares={"interest": 0.4, "company": 0.2})
    lower = _made(shares={"interest": 0.38, "company": 0.2}, lost=0.1, **changes)
    assert difference(upper, lower) == (code, None, None)


def test_a_factor_that_gave_more_than_an_arrangement_took_is_told() -> None:
    upper = _made(shares={"interest": 0.5, "company": 0.2})
    lower = _made(shares={"interest": 0.2, "company": 0.2}, lost=0.05, arrangements=SHORTER)
    assert difference(upper, lower)[0] == "interest"


def test_a_better_one_below_stands_there_for_its_tier_or_its_turn() -> None:
    upper = _made(shares={"interest": 0.2})
    arranged = _made(shares={"interest": 0.4}, arrangements=SHORTER)
    asked = _made(shares={"interest": 0.4}, to_check=UNKNOWN)
    again = _made(shares={"interest": 0.4})
    found = [difference(upper, lower)[0] for lower in (arranged, asked, again)]
    assert found == ["arranged", "asked", "turns"]


def test_both_values_are_said_and_one_where_the_next_has_none() -> None:
    few, more = Reason("company", (2, 3)), Reason("company", (4, 8), 9)
    upper = _made(shares={"company": 0.3}, reasons=(few,))
    lower = _made(shares={"company": 0.1}, reasons=(more,))
    assert explain((upper, lower)) == "人数や顔ぶれが合うので先です(2〜3人。次は4〜8人)"
    alone = explain((upper, replace(lower, reasons=())), "en")
    assert alone == "First: the company suits (2–3 people)"


def test_equal_values_are_not_said_twice() -> None:
    shown = (Reason("comfort", ("physical",)),)
    upper = _made(shares={"comfort": 0.3}, reasons=shown)
    lower = _made(shares={"comfort": 0.2}, reasons=shown)
    assert explain((upper, lower), "en") == "First: room in the load (body)"


def test_times_in_a_year_are_not_put_beside_times_in_a_month() -> None:
    upper = _made(shares={"hours": 0.3}, reasons=(Reason("hours", 4),))
    lower = _made(shares={"hours": 0.1}, reasons=(Reason("hours", 3, 12),))
    assert explain((upper, lower), "en") == "First: a better fit in the times"


def test_names_given_for_facets_are_used() -> None:
    upper = _made(shares={"interest": 0.3}, reasons=(Reason("interest", ("plants",)),))
    lower = _made(shares={"interest": 0.1})
    assert "Grünes" in explain((upper, lower), "en", names={"plants": "Grünes"})


def test_a_wish_that_is_answered_stands_above_one_that_is_not() -> None:
    town = [
        activity(id="songs", host="i", meaning=Meaning(liked={"music": 1.0})),
        activity(id="garden", meaning=Meaning(liked={"plants": 1.0})),
    ]
    who = person(interest=Meaning(liked={"plants": 1.0}), strength=Meaning())
    upper, lower = match(build(town, as_of=TODAY), who).fits
    assert (upper.activity, difference(upper, lower)[0]) == ("garden", "interest")


def test_a_tier_apart_is_told_by_what_has_to_be_arranged() -> None:
    town = [activity(id="long", minutes=(60, 60), host="i"), activity(id="short")]
    found = match(build(town, as_of=TODAY), person(limit(LimitKind.MINUTES_AT_MOST, 45)))
    neighbours = (found.fits[0], found.adaptable[0])
    assert explain(neighbours) == "変える所が少ないので先です"


def test_every_sentence_speaks_of_a_factor_or_of_the_whole() -> None:
    assert BOTH.keys() <= FACTORS.keys()
    assert ONE.keys() <= FACTORS.keys()
    assert not PLAIN.keys() & FACTORS.keys()
