"""Reading the terms of a move from a form: what belongs to it, and what has to be put right."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from service.persons.words import TOLD_WORDS
from service.placements.actions import NoPlaceLeft
from service.placements.forms import NEEDED, OBSTACLE_WORDS, OTHERWISE, read_terms, refusal_words
from service.placements.hindrances import NotConsented, already_open
from service.placements.lifecycle import Action, Actor, Employment, EndReason, Side, Status, why_not
from service.placements.obstacles import Hindered, Obstacle
from service.placements.rules import mistimed
from service.placements.terms import NEEDS, TAKES, Terms, unfit
from service.web.filled import Filled

WHOLE = {
    "own_words": " 少しなら ",
    "asked_until": "2026-03-01",
    "minutes": "20",
    "dose": "10部から",
    "first_on": "2026-03-02",
    "companion": "姉",
    "may_tell": "nickname",
    "kind": "taste",
    "insured": "no",
    "rest_until": "2026-04-01",
    "ask_again_on": "2026-03-10",
    "reason": "own_way",
    "side": "person",
    "supersede_others": "yes",
    "override_reason": "本人がもう一度と言った",
}


def filled(*more: tuple[str, str], **fields: str) -> Filled:
    return Filled(FormData([*fields.items(), *more]))


@pytest.mark.parametrize("action", Action)
def test_of_a_whole_form_a_move_takes_what_belongs_to_it_and_nothing_else(action: Action) -> None:
    form = filled(**WHOLE)
    terms = read_terms(form, action)
    assert form.mistakes == {}
    assert set(terms.said()) == TAKES[action]
    assert unfit(action, terms) is None


@pytest.mark.parametrize("action", Action)
def test_an_empty_form_says_nothing_and_names_what_is_needed(action: Action) -> None:
    form = filled(**dict.fromkeys(WHOLE, ""))
    assert read_terms(form, action) == Terms()
    assert form.mistakes == {name: NEEDED[name] for name in NEEDS[action]}


def test_what_is_read_has_the_types_that_a_placement_keeps() -> None:
    terms = read_terms(filled(**WHOLE), Action.AGREE)
    assert terms == Terms(
        minutes=20,
        dose="10部から",
        first_on=date(2026, 3, 2),
        companion="姉",
        may_tell=("nickname",),
        kind=Employment.TASTE,
        insured=False,
        supersede_others=True,
    )
    ended = read_terms(filled(**WHOLE), Action.END)
    assert ended == Terms(reason=EndReason.OWN_WAY, side=Side.PERSON)


def test_full_width_figures_and_slashes_are_read_as_they_are_meant() -> None:
    terms = read_terms(filled(minutes="２０", first_on="２０２６/０３/０２"), Action.AGREE)
    assert (terms.minutes, terms.first_on) == (20, date(2026, 3, 2))


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("minutes", "0"),
        ("minutes", "1441"),
        ("minutes", "二十"),
        ("minutes", "-5"),
        ("minutes", "9" * 199),
        ("first_on", "2026-02-30"),
        ("first_on", "3月2日"),
        ("first_on", "2026-W10-1x"),
        ("dose", "長" * 201),
        ("companion", "長" * 201),
    ],
)
def test_what_cannot_be_read_is_a_mistake_at_its_field(field: str, written: str) -> None:
    form = filled(**(WHOLE | {field: written}))
    read_terms(form, Action.AGREE)
    assert set(form.mistakes) == {field}


def test_the_longest_words_that_fit_are_kept_whole() -> None:
    form = filled(dose="長" * 200, own_words="長" * 1000)
    assert read_terms(form, Action.WANT).own_words == "長" * 1000
    assert read_terms(form, Action.AGREE).dose == "長" * 200
    assert form.mistakes == {}


@pytest.mark.parametrize(
    ("written", "insured"), [("yes", True), ("no", False), ("", None), ("maybe", None)]
)
def test_insurance_is_yes_no_or_not_spoken_of_yet(written: str, insured: bool | None) -> None:
    assert read_terms(filled(insured=written), Action.AGREE).insured is insured


@pytest.mark.parametrize("field", ["kind", "reason", "side"])
def test_a_word_that_no_page_offers_is_not_taken(field: str) -> None:
    form = filled(**(WHOLE | {field: "failed"}))
    for action in Action:
        assert getattr(read_terms(form, action), field) is None


@given(st.lists(st.sampled_from([*TOLD_WORDS, "diagnosis", "address", ""]), max_size=12))
def test_only_known_fields_may_be_ticked_and_each_is_told_once(ticked: list[str]) -> None:
    form = filled(*(("may_tell", each) for each in ticked))
    told = read_terms(form, Action.AGREE).may_tell or ()
    assert set(told) == set(ticked) & set(TOLD_WORDS)
    assert list(told) == [field for field in TOLD_WORDS if field in told]


@given(st.dictionaries(st.sampled_from(sorted(WHOLE)), st.text(max_size=30)))
def test_no_form_whatever_is_written_in_it_breaks_the_reading(fields: dict[str, str]) -> None:
    for action in Action:
        form = filled(**fields)
        terms = read_terms(form, action)
        assert set(terms.said()) <= TAKES[action]
        assert set(form.mistakes) <= set(WHOLE)


@pytest.mark.parametrize("obstacle", Obstacle)
def test_each_obstacle_is_said_in_its_own_words(obstacle: Obstacle) -> None:
    assert refusal_words(Hindered("-", obstacles=[obstacle])) == OBSTACLE_WORDS[obstacle]
    others = [words for other, words in OBSTACLE_WORDS.items() if other is not obstacle]
    assert OBSTACLE_WORDS[obstacle] not in others


def test_several_obstacles_are_all_said() -> None:
    words = refusal_words(Hindered("-", obstacles=[Obstacle.PAUSED, Obstacle.NO_PLACE]))
    assert words == "この人への紹介は、いまお休みしています。空きがなくなりました"


def test_what_may_not_be_told_is_named_as_the_page_names_it() -> None:
    words = refusal_words(NotConsented("-", fields=["age_band", "diagnosis"]))
    assert TOLD_WORDS["age_band"] in words
    assert "diagnosis" in words
    assert "同意がありません" in words


def test_a_full_slot_and_a_second_proposal_have_words_of_their_own() -> None:
    assert refusal_words(NoPlaceLeft("-")) == OBSTACLE_WORDS[Obstacle.NO_PLACE]
    assert refusal_words(already_open()) == OBSTACLE_WORDS[Obstacle.ALREADY_OPEN]


def test_any_other_refusal_says_to_look_again_and_shows_no_english() -> None:
    impossible = why_not(Status.ENDED, Action.BEGIN, by=Actor.CSW)
    late = mistimed(date(2026, 3, 2), today=date(2026, 3, 1), first_move_on=None)
    assert impossible is not None
    assert late is not None
    assert refusal_words(impossible) == refusal_words(late) == OTHERWISE
    assert OTHERWISE.isascii() is False
