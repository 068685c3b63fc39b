"""The shared example town with its graded judgements: quality, safety, who is held."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from catalogue.exchange.catalogue_file import profiles, read_catalogue
from catalogue.profiles import PersonProfile
from matching import Answer, Index, build, evaluate, explain, match
from matching.evaluate import BASELINES, figures
from service.persons.exchange import person_profiles, read_people
from service.suggestions.judgements import read_judgements

AS_OF = date(2026, 11, 20)
Grades = dict[str, dict[str, int]]


@cache
def _town(folder: Path) -> tuple[Index, tuple[PersonProfile, ...], Grades]:
    texts = [(folder / f"hinoki-{n}.yaml").read_bytes() for n in ("catalogue", "people")]
    judged = (folder / "hinoki-judgements.yaml").read_bytes()
    catalogue, _ = read_catalogue(texts[0], name="catalogue")
    people, _ = read_people(texts[1], name="people")
    judgements, _ = read_judgements(judged, name="judgements")
    assert catalogue is not None
    assert people is not None
    assert judgements is not None
    grades = {
        one.person: {r.activity: r.grade for r in one.ratings} for one in judgements.judgements
    }
    index = build(profiles(catalogue, as_of=AS_OF), as_of=AS_OF)
    return index, tuple(person_profiles(people, as_of=AS_OF)), grades


@pytest.fixture
def town(shared: Path) -> tuple[Index, tuple[PersonProfile, ...], Grades]:
    return _town(shared / "data")


@pytest.fixture
def answers(town: tuple[Index, tuple[PersonProfile, ...], Grades]) -> dict[str, Answer]:
    index, people, _ = town
    return {person.id: match(index, person, limit=50) for person in people}


def test_the_answers_are_good_safe_and_held(
    town: tuple[Index, tuple[PersonProfile, ...], Grades], answers: dict[str, Answer]
) -> None:
    index, people, grades = town
    measured = evaluate(index, people, answers, grades)
    assert measured.unsafe == ()
    assert measured.not_held == ()
    assert measured.ndcg >= 0.80
    assert measured.found >= 0.75
    assert measured.unwanted <= 0.05


@pytest.mark.parametrize("name", BASELINES)
def test_the_answers_are_better_than_a_plain_baseline(
    name: str, town: tuple[Index, tuple[PersonProfile, ...], Grades], answers: dict[str, Answer]
) -> None:
    index, people, grades = town
    plain = {who.id: BASELINES[name](index, who, seed=1) for who in people if grades[who.id]}
    kept = {who: order for who, order in plain.items() if answers[who].held is None}
    measured = evaluate(index, people, answers, grades)
    assert measured.ndcg > figures(kept, grades, seed=0).ndcg


def test_who_is_not_to_be_asked_gets_no_list(answers: dict[str, Answer]) -> None:
    assert answers["p25"].held is not None
    assert not answers["p25"].fits


def test_bees_never_meet_who_is_allergic(answers: dict[str, Answer]) -> None:
    found = answers["p17"]
    assert "a17" in {left.activity for left in found.excluded}
    reasons = next(left.reasons for left in found.excluded if left.activity == "a17")
    assert "no_hazard" in {reason.code for reason in reasons}


def test_every_sentence_of_the_town_can_be_said(answers: dict[str, Answer]) -> None:
    for found in answers.values():
        for one in (*found.fits, *found.adaptable, *found.ask_host):
            assert all(explain(x) for x in (*one.reasons, *one.to_check, *one.arrangements))
