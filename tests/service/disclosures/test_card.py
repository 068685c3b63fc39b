"""The anonymous card: a closed vocabulary, whatever anybody wrote about the person."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.profiles import (
    DIMENSIONS,
    Accompaniment,
    Company,
    Hazard,
    Limit,
    LimitKind,
    Load,
    Meaning,
    PersonProfile,
    Stage,
    Window,
)
from catalogue.words import FACETS, facet_name
from service.disclosures import card as cards
from service.disclosures.card import ALONG, BANDS, HAZARDS, HELPS, LIGHT, card, helps, suits, times
from service.disclosures.pseudonyms import WORDS, drawn
from service.persons.picture import LIMIT_VALUES, Picture
from service.persons.portrait import portray_person

NEEDLE = "needle-9f3a"
# For each kind of limit a value as wild as the exchange lets through.
VALUES: dict[LimitKind, Any] = {
    LimitKind.GROUP_AT_MOST: 4,
    LimitKind.MINUTES_AT_MOST: 30,
    LimitKind.PER_MONTH_AT_MOST: 2,
    LimitKind.NOT_BEFORE: "10:07",
    LimitKind.NOT_AFTER: "15:31",
    LimitKind.NO_HAZARD: [f"other:{NEEDLE}", f"allergen:{NEEDLE}", "noise", "bees"],
    LimitKind.NO_COMPANY: [Company.CHILDREN.value],
    LimitKind.NO_ROLE: [NEEDLE],
    LimitKind.NO_LABEL: [NEEDLE],
    LimitKind.LIFT_AT_MOST_KG: 3,
    LimitKind.STEPS_AT_MOST: 0,
    LimitKind.WALK_AT_MOST_MINUTES: 13,
    LimitKind.BRINGS: ["child"],
    LimitKind.AGE: 47,
}
NEEDLES = st.text("あ庭花静音0abＡ( ", min_size=1, max_size=8).map(lambda text: f"{NEEDLE}{text}")


def whole(profile: PersonProfile) -> str:
    return repr(card(profile))


def sentences() -> set[str]:
    """Every sentence that a card may hold, with its figures taken out."""
    fixed = {*HAZARDS.values(), *LIGHT.values(), *ALONG.values(), *map(facet_name, FACETS)}
    said = {
        line
        for kind, say in HELPS.items()
        for value in (None, 0)
        for line in say(Limit(kind, value)).split("\n")
    }
    return fixed | said


def limits() -> st.SearchStrategy[dict[str, Any]]:
    kinds = st.sampled_from(LimitKind)
    return kinds.flatmap(
        lambda kind: st.builds(
            lambda text: {"kind": kind, "value": VALUES.get(kind), "text": text}, NEEDLES
        )
    )


PICTURES = st.fixed_dictionaries(
    {
        "situation": NEEDLES,
        "own_words": NEEDLES,
        "strengths": st.lists(NEEDLES, max_size=2),
        "preferences": st.lists(NEEDLES, max_size=2),
        "limits": st.lists(limits(), max_size=4),
        "facets": st.fixed_dictionaries(
            {"liked": st.lists(NEEDLES | st.sampled_from(sorted(FACETS)), max_size=3)}
        ),
        "companions": st.lists(st.builds(lambda who: {"who": who}, NEEDLES), max_size=1),
        "languages": st.lists(NEEDLES, max_size=1),
        "knows": st.lists(NEEDLES, max_size=1),
    }
)


def portrait(picture: dict[str, Any]) -> PersonProfile:
    return portray_person(
        Picture.model_validate(picture),
        id=NEEDLE,
        as_of=date(2026, 11, 20),
        stage=Stage.AT_HOME,
        age_band=NEEDLE,
        area=NEEDLE,
        proposals_paused=NEEDLE,
    )


@settings(max_examples=60, deadline=None)
@given(PICTURES)
def test_nothing_that_anybody_wrote_comes_through(picture: dict[str, Any]) -> None:
    profile = portrait(picture)
    assert NEEDLE not in whole(profile)
    known = {_without_figures(sentence) for sentence in sentences()}
    for line in card(profile):
        for said in line.said:
            if line.name == "あると助かること":
                assert _without_figures(said) in known, said


def _without_figures(said: str) -> str:
    return "".join("0" if sign.isdigit() else sign for sign in said).replace("00", "0")


def test_a_planted_leak_of_own_words_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were a limit told in its own words, the needle would be seen."""
    monkeypatch.setitem(cards.HELPS, LimitKind.OTHER, lambda limit: limit.text)
    profile = portrait({"limits": [{"kind": "other", "text": NEEDLE}]})
    assert NEEDLE in whole(profile)


def test_every_kind_of_limit_has_a_value_to_try_and_a_sentence() -> None:
    for kind in LimitKind:
        LIMIT_VALUES[kind](VALUES.get(kind))
    assert set(HELPS) == set(LimitKind)
    assert set(HAZARDS) == set(Hazard)
    assert set(LIGHT) == set(DIMENSIONS)
    assert set(ALONG) == set(Accompaniment)


def test_noise_is_asked_for_as_a_quiet_seat_and_once_only() -> None:
    profile = PersonProfile(
        id="x",
        limits=(Limit(LimitKind.NO_HAZARD, ("noise",), "頭が痛くなる"),),
        ceiling=Load(sensory=1),
    )
    assert helps(profile) == ["静かな席があると助かります"]


@pytest.mark.parametrize("age", [15, 47])
def test_an_age_is_never_told(age: int) -> None:
    assert card(PersonProfile(id="x", limits=(Limit(LimitKind.AGE, age),))) == ()


def test_what_hints_at_a_cause_at_money_or_at_the_family_is_not_told() -> None:
    liked = {"peers": 1.0, "family": 1.0, "earning": 1.0, "plants": 0.5}
    assert suits(PersonProfile(id="x", interest=Meaning(liked=liked))) == [facet_name("plants")]


def test_the_surest_five_likes_are_told_and_no_more() -> None:
    names = [name for name in FACETS if name not in cards.UNTOLD_FACETS][:7]
    liked = {name: 1 - place / 10 for place, name in enumerate(names)}
    assert suits(PersonProfile(id="x", interest=Meaning(liked=liked))) == [
        facet_name(name) for name in names[:5]
    ]


def test_times_are_told_by_day_and_part_of_the_day_only() -> None:
    morning = Window(frozenset({1, 3}), 9 * 60 + 10, 11 * 60)
    noon = Window(frozenset({4}), 11 * 60 + 30, 13 * 60)
    assert times([morning, noon]) == ["火・木・金の午前", "金の午後"]
    assert times([]) == []


def test_the_parts_of_the_day_leave_nothing_out() -> None:
    assert [start for _, start, _ in BANDS] == [0, *(end for _, _, end in BANDS[:-1])]
    assert BANDS[-1][2] == 24 * 60


def test_a_drawn_name_is_a_flower_and_a_figure() -> None:
    names = {drawn() for _ in range(50)}
    assert len(names) > 30
    assert all(name.rstrip("さん0123456789") in WORDS or name for name in names)
    assert len(set(WORDS)) == len(WORDS)
