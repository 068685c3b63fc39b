"""Words of ours: plain Japanese to everybody, and the reader's language on a page."""

from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from jinja2 import Environment
from markupsafe import escape

from service.languages import kinds as own
from service.languages.kinds import reading
from service.languages.ours import both, english_of, joined, kept, ours, say, written
from service.web import dates

KNOWN = {
    ("", "休んだ"): "rested",
    ("", "、"): ", ",
    ("", "あと{n}人"): "{n} {n:person|people} left",
    ("", "{who}が{what}"): "{who} {what}",
    ("weekday", "月"): "Mon",
    ("", "月"): "month",
    ("", "<あ>"): "<a>",
}


@pytest.fixture(autouse=True)
def small_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.languages.catalogue._sentences", lambda: KNOWN)


def shown(words: object, language: own.Language = "en") -> str:
    with reading(language):
        return str(escape(words))


def test_a_marked_word_is_plain_japanese_everywhere_but_on_an_english_page() -> None:
    word = ours("休んだ")
    assert word == "休んだ"
    assert f"{word}" == "休んだ"
    assert {word: 1}["休んだ"] == 1
    assert shown(word, "ja") == "休んだ"
    assert shown(word) == "rested"
    assert str(escape(word)) == "休んだ"


def test_what_people_wrote_is_never_translated_even_if_it_is_the_same() -> None:
    assert shown("休んだ") == "休んだ"


def test_what_is_missing_stays_japanese() -> None:
    assert shown(ours("まだ")) == "まだ"


def test_the_english_is_escaped_like_any_other_text() -> None:
    assert shown(ours("<あ>")) == "&lt;a&gt;"


def test_a_table_is_marked_with_all_that_is_in_it() -> None:
    class Pair(NamedTuple):
        value: str
        word: str

    table = ours({"a": ("x", "休んだ"), "b": [Pair("y", "休んだ")], 1: "休んだ", "休んだ": 2})
    assert shown(table["a"][1]) == shown(table["b"][0].word) == shown(table[1]) == "rested"
    assert shown(list(table)[-1]) == "rested"
    assert type(table["a"][0]) is str


def test_a_context_tells_words_apart() -> None:
    assert shown(ours("月", "weekday")) == "Mon"
    assert shown(ours("月")) == "month"
    assert shown(ours("休んだ", "weekday")) == "rested"


@pytest.mark.parametrize(("count", "expected"), [(1, "1 person left"), (2, "2 people left")])
def test_a_sentence_has_its_values_and_its_number(count: int, expected: str) -> None:
    told = say("あと{n}人", n=count)
    assert told == f"あと{count}人"
    assert shown(told) == expected


def test_values_that_are_ours_are_said_in_english_and_others_as_they_are() -> None:
    told = say("{who}が{what}", who="休んだ", what=ours("休んだ"))
    assert told == "休んだが休んだ"
    assert shown(told) == "休んだ rested"


def test_a_value_in_braces_is_no_place() -> None:
    assert say("{who}が{what}", who="{what}", what="x") == "{what}がx"


def test_words_are_joined_in_both_languages() -> None:
    told = joined("、", [ours("休んだ"), "東"])
    assert told == "休んだ、東"
    assert shown(told) == "rested, 東"
    assert joined("、", []) == ""


def test_templates_join_them_too() -> None:
    source = "{{ words | join('、') }}{{ words[0] ~ '!' }}"
    page = Environment(autoescape=True).from_string(source)
    with reading("en"):
        assert page.render(words=[ours("休んだ"), "<東>"]) == "rested、&lt;東&gt;rested!"


def test_what_is_known_in_both_languages_needs_no_catalogue() -> None:
    assert shown(both("金曜", lambda: "Friday")) == "Friday"
    assert english_of(both("金曜", lambda: "Friday")) == "Friday"
    assert english_of("金曜") == "金曜"


def test_stored_words_of_ours_are_known_again_and_forms_send_them_as_stored() -> None:
    assert shown(kept("休んだ")) == "rested"
    assert type(written(ours("休んだ"))) is str
    assert shown(written(ours("休んだ"))) == "休んだ"
    assert written(5) == 5


def test_reading_ends_where_it_began() -> None:
    with pytest.raises(RuntimeError), reading("en"):
        raise RuntimeError
    assert str(escape(ours("休んだ"))) == "休んだ"


def test_days_have_the_years_of_the_west_in_english() -> None:
    day, at = date(2026, 11, 20), datetime(2026, 11, 20, 4, 30, tzinfo=UTC)
    assert dates.dated_words(day) == "令和8年11月20日(金)"
    assert shown(dates.dated_words(day)) == "Fri 20 Nov 2026"
    assert shown(dates.day_words(day)) == "Fri 20 Nov"
    assert shown(dates.month_words(day)) == "November 2026"
    assert shown(dates.moment_words(at)) == "Fri 20 Nov 2026 13:30"
    assert shown(dates.opening_words("2026-12-08T13:30:00+09:00")) == "Tue 8 Dec 13:30"
