"""The tables of the side by side, small: what is held against each other is the same work."""

from math import isnan

import pytest

from benchmarks.compete import AS_GOOD, BEST, FLAT, compete, same
from benchmarks.pairs import Found, compare
from benchmarks.settle import settle
from benchmarks.side_by_side import report
from benchmarks.town import TODAY, activities, open_minded, people
from benchmarks.wild import Dice
from matching import build, match
from matching.case import consider
from matching.factors import FACTORS
from tests.matching import oracle
from tests.matching.test_properties import GIVEN
from tests.postgresql import postgresql_server

PEOPLE = 10


def test_engine_sql_and_plain_python_do_the_same_work(capsys: pytest.CaptureFixture[str]) -> None:
    """Equal scores are asserted where they are timed; the ratios here are wide on purpose."""
    town = settle(10_000)
    with postgresql_server() as url:
        careful = compete(town.index, url, "several limits", PEOPLE)
        easy = compete(town.index, url, "few limits", PEOPLE)
    assert 0.001 < careful.fits < 0.1
    assert 0.3 < easy.fits < 0.7
    assert careful.agreed + easy.agreed > PEOPLE
    assert careful.times_engine("plain") > 50
    assert careful.times_engine("sql") > 1
    assert town.build / town.update > 50
    with capsys.disabled():
        print("\n" + report([town], [careful, easy]))


def test_a_wrong_score_is_found() -> None:
    index, who = settle(300).index, people(1)[0]
    fits = match(index, who, limit=BEST, weights=FLAT).fits
    rows = [(int(one.activity[1:]), one.score) for one in fits]
    assert same(index, who, rows)
    with pytest.raises(AssertionError, match="scores differ"):
        same(index, who, [(rows[0][0], rows[0][1] + 0.01), *rows[1:]])
    with pytest.raises(AssertionError, match="SQL found"):
        same(index, who, rows[1:])


def test_plain_python_finds_the_same_scores() -> None:
    town = activities(150)
    index = build(town, as_of=TODAY)
    for who in [*people(2), *open_minded(2)]:
        case = consider(index, who)
        for one in match(index, who, limit=BEST, weights=FLAT).fits:
            row = int(one.activity[1:])
            taken = {name: float(FACTORS[name].score(case)[row]) for name in GIVEN}
            known = {name: None if isnan(value) else value for name, value in taken.items()}
            assert abs(oracle.score(town[row], who, town, known) - one.score) < AS_GOOD


def test_wild_pairs_meet_every_tier_and_the_oracle_agrees() -> None:
    found = Found()
    compare(Dice(5), found, size=60, crowd=40)
    assert not found.differences
    assert set(found.met) == {"fits", "adaptable", "ask_host", "excluded"}
