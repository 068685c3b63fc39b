"""Sentences for what bound, for small changes and for who goes where, in both languages."""

from typing import get_args

import pytest

from matching import Reason
from matching.explain import Language
from matching.gaps import CELLS, CHANGEABLE, SLOT, Wanted
from matching.levers import LEVERS
from matching.nothing import Step
from matching.phrases.changes import CHANGES
from matching.phrases.limits import NAMES_OF_HOLDS, NAMES_OF_LIMITS
from matching.phrases.sharing import SHARED_OUT
from matching.phrases.steps import STEPS
from matching.saying import name_of, say_step, say_wanted, say_why

LANGUAGES: tuple[Language, ...] = get_args(Language)
JAPANESE = "ぁ"


def speaks(text: str, language: Language) -> bool:
    """Say whether a sentence is whole and in its language."""
    foreign = any(sign >= JAPANESE for sign in text)
    return bool(text) and "{" not in text and "None" not in text and foreign is (language == "ja")


def step(code: str) -> Step:
    if code == "windows":
        return Step(code, None, (1, 600, 690), 3, ("a",))
    worded = code in ("no_role", "no_company", "no_label")
    word = {"no_role": "server", "no_company": "peers", "no_label": "welfare"}.get(code)
    return Step(code, word, None, 3, ("a",)) if worded else Step(code, 10, 20, 3, ("a",))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", LEVERS)
def test_every_step_has_a_sentence(code: str, language: Language) -> None:
    text = say_step(step(code), language)
    assert speaks(text, language)
    assert "3" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CHANGEABLE)
def test_every_change_of_a_host_has_a_sentence(code: str, language: Language) -> None:
    text = say_wanted(Wanted(code, None, None, 12), language)
    assert speaks(text, language)
    assert "12" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_half_day_can_be_said(language: Language) -> None:
    said = {say_wanted(Wanted(SLOT, "a", cell, 4), language) for cell in CELLS}
    assert len(said) == len(CELLS)
    assert all(speaks(text, language) for text in said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", SHARED_OUT)
def test_every_reason_of_an_assignment_has_a_sentence(code: str, language: Language) -> None:
    assert speaks(say_why(Reason(code, 5, 2), language), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [*NAMES_OF_LIMITS, *NAMES_OF_HOLDS])
def test_everything_that_keeps_apart_has_a_name(code: str, language: Language) -> None:
    asked = "load.social" if code == "load" else code
    assert speaks(name_of(asked, language), language)


def test_no_sentence_is_left_over() -> None:
    plain = {code.partition(".")[0] for code in LEVERS}
    assert {*STEPS} == plain
    assert {*CHANGES} == {code.partition(".")[0] for code in CHANGEABLE} | {SLOT}


def test_a_step_is_said_with_its_figures() -> None:
    assert say_step(step("windows")) == "火曜の午前(10:00〜11:30)にも来られれば、3件が開きます"
    assert say_step(Step("group_at_most", 4, 6, 2, ()), "en") == (
        "if a group of 6 were all right rather than 4, 2 would open"
    )
    assert say_step(Step("not_before", 630, 570, 1, ())) == (
        "10:30でなく9:30からでもよければ、1件が開きます"
    )


def test_a_code_without_a_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        name_of("something_new")
