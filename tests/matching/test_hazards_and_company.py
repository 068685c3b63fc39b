"""Every hazard and every word for company decides something."""

import pytest

from catalogue.profiles import Company, Hazard, LimitKind, Meaning, Setting
from matching import build, match
from matching.allergens import GROUPS, PREFIX, usual
from matching.limits import SAFETY
from tests.matching.made import TODAY, activity, codes, limit, person, tier

KIN = [("bees", "insects"), ("insects", "bees")]
MAYBE = [("dogs", "animals"), ("cats", "animals"), ("noise", "crowd")]


@pytest.mark.parametrize("hazard", Hazard)
def test_a_hazard_excludes_who_must_avoid_it_and_nobody_else(hazard: Hazard) -> None:
    there = activity(hazards=frozenset({hazard.value}))
    assert tier(there, person()) == "fits"
    assert tier(there, person(limit(LimitKind.NO_HAZARD, (hazard.value,)))) == "excluded"


@pytest.mark.parametrize("hazard", Hazard)
def test_an_unstated_hazard_is_asked_about(hazard: Hazard) -> None:
    who = person(limit(LimitKind.NO_HAZARD, (hazard.value,)))
    assert tier(activity(hazards=None), who) == "ask_host"


@pytest.mark.parametrize("company", Company)
def test_company_keeps_away_who_cannot_bear_it_and_nobody_else(company: Company) -> None:
    there = activity(company=frozenset({company.value}), accompaniment_ok=False)
    assert tier(there, person()) == "fits"
    assert tier(there, person(limit(LimitKind.NO_COMPANY, (company.value,)))) == "excluded"


@pytest.mark.parametrize("company", Company)
def test_unstated_company_is_asked_about(company: Company) -> None:
    who = person(limit(LimitKind.NO_COMPANY, (company.value,)))
    assert tier(activity(company=None), who) == "ask_host"


@pytest.mark.parametrize(("unwanted", "there"), KIN)
def test_kin_hazards_are_spoken_of(unwanted: str, there: str) -> None:
    who = person(limit(LimitKind.NO_HAZARD, (unwanted,)))
    assert tier(activity(hazards=frozenset({there})), who) == "fits"
    assert "related_hazard" in codes(activity(hazards=frozenset({there})), who)


@pytest.mark.parametrize(("unwanted", "there"), MAYBE)
def test_what_may_be_meant_is_asked(unwanted: str, there: str) -> None:
    who = person(limit(LimitKind.NO_HAZARD, (unwanted,)))
    assert tier(activity(hazards=frozenset({there})), who) == "ask_host"


def test_dogs_are_animals() -> None:
    who = person(limit(LimitKind.NO_HAZARD, ("animals",)))
    assert tier(activity(hazards=frozenset({"dogs"})), who) == "excluded"


def test_flowers_outdoors_may_have_bees() -> None:
    who = person(limit(LimitKind.NO_HAZARD, ("bees",)))
    assert "open_air" in codes(activity(setting=Setting.OUTDOOR), who)
    assert not {"open_air", "related_hazard"} & set(codes(activity(), who))


def test_only_what_is_near_a_hazard_is_named() -> None:
    who = person(limit(LimitKind.NO_HAZARD, ("bees",)))
    garden = activity(hazards=frozenset({"insects", "blades", "heat"}))
    (said,) = [
        reason
        for shown in match(build([garden], as_of=TODAY), who).fits
        for reason in shown.to_check
        if reason.code == "related_hazard"
    ]
    assert (said.value, said.limit) == (("insects",), "bees")


def test_several_hazards_are_each_looked_for() -> None:
    who = person(limit(LimitKind.NO_HAZARD, ("noise", "blades")))
    assert tier(activity(hazards=frozenset({"blades"})), who) == "excluded"


def test_an_allergen_that_is_named_excludes() -> None:
    who = person(limit(LimitKind.NO_HAZARD, ("allergen:そば",)))
    assert tier(activity(hazards=frozenset({"allergen:そば"})), who) == "excluded"
    other = activity(hazards=frozenset({"allergen:卵"}))
    assert tier(other, who) == "ask_host", "where one allergen is named, there is food"


@pytest.mark.parametrize(
    ("avoided", "there"),
    [
        ("そば", "ソバ"),
        ("そば", "ｿﾊﾞ"),
        ("蕎麦", "そば"),
        ("卵", "たまご"),
        ("鶏卵", "egg"),
        ("ミルク", "乳"),
        ("ピーナッツ", "落花生"),
        ("キウイ", "きうい"),
        ("Celery", "celery"),
    ],
)
def test_an_allergen_is_the_same_however_it_is_written(avoided: str, there: str) -> None:
    who = person(limit(LimitKind.NO_HAZARD, (f"allergen:{avoided}",)))
    assert tier(activity(hazards=frozenset({f"allergen:{there}"})), who) == "excluded"


def test_every_spelling_belongs_to_one_allergen() -> None:
    spellings = [word for group in GROUPS for word in group]
    assert len(spellings) == len(set(spellings))
    assert {usual(PREFIX + word) for group in GROUPS for word in group} == {
        PREFIX + group[0] for group in GROUPS
    }
    assert usual("other:エビ") == "other:エビ"


def test_no_alcohol_stated_is_enough_where_no_hazard_is() -> None:
    who = person(limit(LimitKind.NO_HAZARD, ("alcohol",)))
    assert tier(activity(alcohol="none", hazards=None), who) == "fits"
    assert tier(activity(alcohol="none", hazards=frozenset({"alcohol"})), who) == "excluded"
    assert tier(activity(alcohol=None, hazards=None), who) == "ask_host"


@pytest.mark.parametrize(("word", "expected"), [("children", "ask_host"), ("families", "excluded")])
def test_a_family_group_has_families_and_perhaps_children(word: str, expected: str) -> None:
    group = activity(families_only=True, brings_ok=frozenset())
    parent = Meaning(tokens=("息子",))
    assert tier(group, person(interest=parent)) == "fits"
    assert tier(group, person(limit(LimitKind.NO_COMPANY, (word,)), interest=parent)) == expected


def test_an_allergen_is_asked_about_wherever_there_is_food() -> None:
    who = person(limit(LimitKind.NO_HAZARD, ("allergen:そば",)))
    assert tier(activity(tags=("meal",)), who) == "ask_host"
    assert tier(activity(hazards=frozenset({"food_hygiene"})), who) == "ask_host"
    assert tier(activity(), who) == "fits"


def test_pork_is_asked_about_wherever_there_is_food() -> None:
    who = person(limit(LimitKind.NO_HAZARD, ("pork",)))
    assert tier(activity(tags=("meal",)), who) == "ask_host"


def test_a_hazard_in_free_words_is_for_a_human_to_look_at() -> None:
    there = activity(hazards=frozenset({"other:古い井戸"}))
    assert "other_hazard" in codes(there, person())
    assert tier(there, person(limit(LimitKind.NO_HAZARD, ("other:古い井戸",)))) == "excluded"


def test_a_wish_in_free_words_against_a_hazard_is_never_met_by_silence() -> None:
    who = person(limit(LimitKind.NO_HAZARD, ("other:深い水",)))
    assert codes(activity(), who) == {"other"}


def test_cash_and_alcohol_are_hazards_wherever_they_are_stated() -> None:
    money = person(limit(LimitKind.NO_HAZARD, ("money_handling",)))
    drink = person(limit(LimitKind.NO_HAZARD, ("alcohol",)))
    assert tier(activity(handles_cash=True), money) == "excluded"
    assert tier(activity(alcohol="served"), drink) == "excluded"
    assert tier(activity(alcohol="none"), drink) == "fits"


def test_families_and_brought_children_are_asked_about_for_who_must_not_meet_children() -> None:
    who = person(limit(LimitKind.NO_COMPANY, ("children",)))
    quiet = {"brings_ok": frozenset[str]()}
    assert tier(activity(company=frozenset({"families"}), **quiet), who) == "ask_host"
    assert tier(activity(), who) == "ask_host", "others may bring a child"
    assert tier(activity(**quiet), who) == "fits"


def test_children_are_never_arranged_away() -> None:
    who = person(limit(LimitKind.NO_COMPANY, ("children", "unknown_adults")))
    there = activity(company=frozenset({"children", "unknown_adults"}))
    assert tier(there, who) == "excluded"
    assert "no_children" in SAFETY


def test_a_companion_makes_unknown_adults_bearable() -> None:
    who = person(limit(LimitKind.NO_COMPANY, ("unknown_adults",)))
    assert tier(activity(company=frozenset({"unknown_adults"})), who) == "adaptable"


def test_company_outside_the_vocabulary_is_for_a_human_to_look_at() -> None:
    assert "other" in codes(activity(), person(limit(LimitKind.NO_COMPANY, ("以前の同僚",))))
