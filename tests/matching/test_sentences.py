"""Sentences in both languages, for every code, with the oddest values that may come."""

import re
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.profiles import (
    DIMENSIONS,
    Accompaniment,
    Company,
    Hazard,
    LimitKind,
    OwnPace,
    Reward,
    Setting,
    SharedWith,
    Stage,
    TravelMode,
)
from matching import Arrangement, Reason, explain
from matching.answer import ArrangementKind, Value
from matching.explain import AGES, TIMES, VALUES
from matching.factors import FACTORS
from matching.factors.preferences import TRAITS
from matching.phrases import NAMES_OF_FACTORS, PHRASES, WORDS
from matching.phrases.reasons import HELD
from tests.matching.made import activity, answer, limit, person

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff、。「」]")
PLAIN_CODES = [code for code in PHRASES if code not in VALUES]
ENUMS = (Hazard, Company, Stage, OwnPace, Setting, Reward, Accompaniment, SharedWith, TravelMode)
VOCABULARY = sorted({str(member.value) for kind in ENUMS for member in kind} | {*TRAITS})
ODD: list[Any] = [
    None,
    (),
    0,
    -1,
    1_000_000,
    2.5,
    "１３：３０",
    "{limit}",
    "{}",
    "<b>太字</b>",
    "🐝",
    "長" * 4000,
    (3, 3),
    (0, 120),
    ("dogs", "知らない語"),
    "allergen:そば",
    "other:古い井戸",
]
WEEKLY = st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1440, 2000))
ANYTHING = (
    st.none()
    | st.integers(-5, 2_000_000)
    | st.floats(0, 1e6)
    | st.text(min_size=1, max_size=60)
    | st.lists(st.text(min_size=1, max_size=9), max_size=4).map(tuple)
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", PLAIN_CODES)
def test_a_sentence_holds_whatever_value_comes(code: str, language: Language) -> None:
    for value in ODD:
        for bound in ODD:
            text = explain(Reason(code, value, bound), language)
            assert text
            assert "None" not in text
            assert "e+" not in text, "no scientific notation"


@given(st.sampled_from(PLAIN_CODES), ANYTHING, ANYTHING, st.sampled_from(LANGUAGES))
def test_no_value_breaks_a_sentence(code: str, value: Any, bound: Any, language: Language) -> None:
    assert explain(Reason(code, value, bound), language)


@given(st.sampled_from(TIMES), WEEKLY)
def test_every_weekly_time_is_said_as_a_day_and_hours(code: str, at: tuple[int, int, int]) -> None:
    text = explain(Reason(code, at, at[1]))
    assert f"{at[1] // 60}:{at[1] % 60:02d}–{at[2] // 60}:{at[2] % 60:02d}" in text
    assert "月火水木金土日"[at[0]] in text


@pytest.mark.parametrize("code", PHRASES)
def test_an_english_sentence_is_english_and_a_japanese_one_japanese(code: str) -> None:
    plain = (1, 600, 660) if code in TIMES else (20, 30) if code in AGES else "dogs"
    shapes: dict[str, Value] = {"way": (5, "walk"), "not_known": "way"}
    reason = Reason(code, shapes.get(code, plain), "cats")
    assert not JAPANESE.search(explain(reason, "en"))
    assert JAPANESE.search(explain(reason, "ja"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", VOCABULARY)
def test_no_code_of_the_vocabulary_is_shown_as_it_is(word: str, language: Language) -> None:
    for code in PLAIN_CODES:
        assert "_" not in explain(Reason(code, (word,), word), language)


@pytest.mark.parametrize("name", DIMENSIONS)
@pytest.mark.parametrize("code", ["load", "stretch"])
def test_a_load_is_told_by_the_name_of_its_dimension(code: str, name: str) -> None:
    for at, language in enumerate(LANGUAGES):
        text = explain(Reason(f"{code}.{name}", 3, 1), language)
        assert WORDS[name][at] in text
        assert "3" in text
        assert "1" in text


@pytest.mark.parametrize("code", FACTORS)
def test_each_factor_that_is_not_known_is_named(code: str) -> None:
    for at, language in enumerate(LANGUAGES):
        assert NAMES_OF_FACTORS[code][at] in explain(Reason("not_known", code), language)


def test_known_and_unknown_are_different_sentences_wherever_there_are_two() -> None:
    for code, phrase in PHRASES.items():
        if phrase.ja_unknown and code not in VALUES:
            for language in LANGUAGES:
                known = explain(Reason(code, "dogs", "cats"), language)
                assert known != explain(Reason(code, None, "cats"), language)


def test_a_large_sum_is_written_out() -> None:
    assert "1000000円" in explain(Reason("no_fee", 1_000_000))
    assert "1234567" in explain(Reason("money_max_yen", 1_234_567, 500), "en")


@pytest.mark.parametrize(
    ("value", "said"), [(2.5, "2.5"), (2.0, "2"), (0.1 + 0.2, "0.3"), (8, "8")]
)
def test_a_share_is_said_without_a_tail(value: float, said: str) -> None:
    text = explain(Reason("per_month_at_most", value, 1), "en")
    assert text.startswith(f"{said} times a month")


def test_words_of_people_are_told_as_they_are() -> None:
    words = "「{value}」と<b>言う</b>人は%苦手"
    assert explain(Reason("other", words)) == f"人が確かめる: {words}"
    assert explain(Reason("booking", words), "en").endswith(words)


def test_a_pace_without_known_minutes_says_no_minutes() -> None:
    found = answer(activity(minutes=None), person()).fits[0]
    reason = next(reason for reason in found.reasons if reason.code == "pace")
    assert explain(reason) == "自分のペースでよい"
    assert explain(reason, "en") == "at one's own pace"


@pytest.mark.parametrize("code", HELD)
def test_who_is_held_hears_it_in_both_languages(code: str) -> None:
    said = {explain(Reason(code, "本人の希望"), language) for language in LANGUAGES}
    assert len(said) == 2


@pytest.mark.parametrize("mode", TravelMode)
def test_every_way_is_said_with_its_minutes(mode: TravelMode) -> None:
    reason = Reason("way", (7, mode.value), 30)
    assert explain(reason) == f"{WORDS[mode.value][0]}で7分(30分まで)"
    assert explain(reason, "en") == f"7 minutes {WORDS[mode.value][1]}, of at most 30 minutes"


def test_at_home_no_minutes_of_a_way_are_said() -> None:
    assert explain(Reason("way", (0, "home"), None)) == "家でできる"
    assert explain(Reason("way", (0, "home"), None), "en") == "done at home"


@pytest.mark.parametrize("kind", ArrangementKind)
def test_an_arrangement_is_said_with_and_without_values(kind: ArrangementKind) -> None:
    at = (1, 840, 900) if kind is ArrangementKind.OTHER_SLOT else (30, 60)
    for made in (Arrangement(kind), Arrangement(kind, at, 20)):
        assert not JAPANESE.search(explain(made, "en"))
        assert JAPANESE.search(explain(made))
        assert "None" not in explain(made) + explain(made, "en")


def test_a_range_of_one_is_one_number() -> None:
    assert explain(Reason("company", (4, 4), None)) == "4人"
    assert explain(Reason("company", (4, 5), None), "en") == "4–5 people"


def test_given_names_stand_before_the_vocabulary() -> None:
    names = {"dogs": "柴犬", "そば": "蕎麦"}
    there = Reason("no_hazard", ("dogs",), "dogs")
    assert "柴犬" in explain(there, names=names)
    assert "蕎麦" in explain(Reason("no_hazard", None, "allergen:そば"), names=names)
    assert "犬" in explain(there)


def test_a_free_hazard_is_told_in_the_hosts_words_without_its_prefix() -> None:
    found = answer(activity(hazards=frozenset({"other:古い井戸"})), person()).fits[0]
    said = [explain(reason) for reason in found.to_check]
    assert "受け入れ先の注意を人が確かめる: 古い井戸" in said
    who = person(limit(LimitKind.NO_HAZARD, ("allergen:そば",)))
    (shown,) = answer(activity(tags=("meal",)), who).ask_host
    assert "「そば」がないか聞く" in {explain(reason) for reason in shown.to_check}
