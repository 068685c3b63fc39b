"""Every code has a sentence in both languages, with its values."""

import ast
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings

import matching
from catalogue.profiles import (
    DIMENSIONS,
    Accompaniment,
    ActivityProfile,
    Company,
    Hazard,
    OwnPace,
    PersonProfile,
    Reward,
    Setting,
    SharedWith,
    Stage,
    TravelMode,
)
from catalogue.words import FACETS
from matching import Arrangement, Reason, build, explain, match
from matching.answer import ArrangementKind
from matching.factors import FACTORS, SILENT
from matching.factors.preferences import TRAITS
from matching.limits import SAFETY
from matching.phrases import NAMES_OF_FACTORS, PHRASES, WORDS
from matching.phrases import facets as names_of_facets
from matching.phrases.limits import NAMES_OF_HOLDS
from matching.phrases.sharing import SHARED_OUT
from tests.matching.drawn import activities, people
from tests.matching.made import TODAY, activity, limit, person

LANGUAGES = ("ja", "en")
VOCABULARY = [
    *(Hazard, Company, Stage, OwnPace, Setting, Reward, Accompaniment, SharedWith, TravelMode)
]


def _codes_in_source() -> set[str]:
    """Collect every literal code given to a Finding or a Reason in the package."""
    found: set[str] = set()
    for path in Path(matching.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Finding", "Reason"):
                said = [k.value for k in node.keywords if k.arg == "said"]
                texts = [n for n in [*node.args[:1], *said] if isinstance(n, ast.Constant)]
                found |= {str(n.value) for n in texts if isinstance(n.value, str)}
    return found


def test_every_code_has_a_sentence() -> None:
    codes = _codes_in_source()
    assert len(codes) > 40
    assert codes <= PHRASES.keys() | SHARED_OUT.keys() | NAMES_OF_HOLDS.keys()
    assert PHRASES.keys() >= SAFETY | (FACTORS.keys() - SILENT)


def test_sentences_name_only_what_there_is() -> None:
    for phrase in PHRASES.values():
        for text in (phrase.ja, phrase.en, phrase.ja_unknown, phrase.en_unknown):
            names = {name for _, name, _, _ in Formatter().parse(text) if name}
            assert names <= {"value", "limit", "part"}


def test_both_languages_or_none() -> None:
    for phrase in PHRASES.values():
        assert phrase.ja
        assert phrase.en
        assert bool(phrase.ja_unknown) is bool(phrase.en_unknown)


@pytest.mark.parametrize("kind", VOCABULARY)
def test_every_word_of_the_vocabulary_has_a_name(kind: type) -> None:
    assert {member.value for member in kind} <= WORDS.keys()


def test_dimensions_circumstances_and_factors_have_names() -> None:
    assert {*DIMENSIONS, *TRAITS} <= WORDS.keys()
    assert NAMES_OF_FACTORS.keys() == FACTORS.keys()


def test_the_names_of_facets_are_those_of_the_vocabulary() -> None:
    ours = names_of_facets.FACETS
    assert ours == {name: (facet.ja, facet.en) for name, facet in FACETS.items()}


def test_no_sentence_speaks_in_percent() -> None:
    texts = [text for phrase in PHRASES.values() for text in (phrase.ja, phrase.en)]
    assert not any("%" in text or "％" in text for text in texts)


def test_a_sentence_carries_the_actual_values() -> None:
    reason = Reason("company", (2, 4), 9)
    assert explain(reason) == "2〜4人(9人までという話)"
    assert explain(reason, "en") == "2–4 people; at most 9 were asked for"
    assert explain(Reason("way", (14, "walk"), None), "en") == "14 minutes on foot"
    assert explain(Reason("windows", (1, 510, 550))) == "時間が合いません(火 8:30–9:10)"
    assert explain(Reason("not_before", (1, 510, 550), 780)) == "13:00より前です(火 8:30–9:10)"


def test_the_unknown_is_asked() -> None:
    assert explain(Reason("group_at_most", None, 9)) == "9人までか聞く"
    assert explain(Reason("load.social", None, 1), "en").startswith("Ask about the load on people")


def test_given_names_come_first() -> None:
    names = {"plants": "庭しごと"}
    assert "庭しごと" in explain(Reason("interest", ("plants",)), names=names)


@pytest.mark.parametrize("kind", ArrangementKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_arrangement_has_a_sentence(kind: ArrangementKind, language: str) -> None:
    assert language in LANGUAGES
    assert explain(Arrangement(kind, None, None), "ja" if language == "ja" else "en")


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        explain(Reason("no_such_code"))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(activities(), people())
def test_everything_an_answer_says_can_be_said(one: ActivityProfile, who: PersonProfile) -> None:
    found = match(build([one], as_of=TODAY), who)
    shown = (*found.fits, *found.adaptable, *found.ask_host)
    things = [x for p in shown for x in (*p.reasons, *p.to_check, *p.arrangements)]
    things += [reason for left in found.excluded for reason in left.reasons]
    for thing in things:
        for text in (explain(thing, "ja"), explain(thing, "en")):
            assert text
            assert "None" not in text
            assert "{" not in text


def test_neighbours_say_why_one_stands_above() -> None:
    town = [activity(id="near", host="i"), activity(id="far", lat=35.715)]
    upper, lower = match(build(town, as_of=TODAY), person()).fits
    near, far = upper.start.travel_minutes, lower.start.travel_minutes
    assert (near or 0) < (far or 0)
    assert explain((upper, lower)) == f"近いので先です(徒歩で{near}分。次は徒歩で{far}分)"
    english = f"First: nearer ({near} minutes on foot; the next {far} minutes on foot)"
    assert explain((upper, lower), "en") == english
    assert "受け入れ先" in explain((upper, upper))


def test_a_held_person_hears_why() -> None:
    found = match(build([activity()], as_of=TODAY), person(proposals_paused="本人の希望"))
    assert found.held is not None
    assert explain(found.held) == "いまは候補を出しません(本人の希望)"


def test_the_arguments_are_what_the_signature_says() -> None:
    assert set(get_args(explain.__annotations__["language"])) == set(LANGUAGES)
    assert limit.__name__ == "limit"
