"""What is filled in becomes a picture, and a picture fills the form in again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from catalogue.profiles import Accompaniment, Company, Hazard, LimitKind, TravelMode
from service.hosts.words import LOADS
from service.persons.forms import ROWS, read_picture, unasked_kinds, written
from service.persons.picture import LIMIT_VALUES, Picture
from service.persons.words import FIGURES, HAZARDS_ASKED, LIMIT_WORDS, TICKED
from service.web.filled import Filled


def picture_of(*pairs: tuple[str, str]) -> dict[str, Any]:
    filled = Filled(FormData(list(pairs)))
    document = read_picture(filled)
    assert filled.mistakes == {}
    Picture.model_validate(document)
    return document


def test_an_empty_form_leaves_everything_unknown() -> None:
    picture = Picture.model_validate(picture_of())
    assert picture.load_ceiling.physical is None
    assert picture.limits == []
    assert picture.windows == []
    assert picture.accompaniment is None


def test_not_known_yet_is_not_nought() -> None:
    said = picture_of(("load_physical", ""), ("load_social", "0"))["load_ceiling"]
    assert (said["physical"], said["social"]) == (None, 0)


@pytest.mark.parametrize("row", LOADS, ids=lambda row: row.name)
def test_every_dimension_has_five_sentences_and_a_way_not_to_say(row: Any) -> None:
    assert [value for value, _ in row.steps] == ["", "0", "1", "2", "3", "4"]
    assert len({words for _, words in row.steps}) == 6


@pytest.mark.parametrize("kind", TICKED)
def test_every_ticked_limit_is_kept_without_a_value(kind: LimitKind) -> None:
    assert picture_of(("flags", kind))["limits"] == [{"kind": kind}]
    LIMIT_VALUES[kind](None)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.kind)
def test_every_figure_is_kept_as_a_number_within_the_format(figure: Any) -> None:
    limits = picture_of((figure.kind, str(figure.highest)))["limits"]
    assert limits == [{"kind": figure.kind, "value": figure.highest}]


@pytest.mark.parametrize("hazard", [word for word, _ in HAZARDS_ASKED])
def test_every_hazard_that_is_asked_about_is_kept(hazard: Hazard) -> None:
    assert picture_of(("no_hazard", hazard))["limits"] == [
        {"kind": LimitKind.NO_HAZARD, "value": [hazard]}
    ]


@pytest.mark.parametrize("company", Company)
def test_every_company_can_be_avoided(company: Company) -> None:
    assert picture_of(("no_company", company))["limits"] == [
        {"kind": LimitKind.NO_COMPANY, "value": [company]}
    ]


def test_each_line_of_the_rest_is_a_limit_that_a_human_reads() -> None:
    limits = picture_of(("other_limit", "電話には出られない\n\n夕方はつらい"))["limits"]
    assert limits == [
        {"kind": LimitKind.OTHER, "text": "電話には出られない"},
        {"kind": LimitKind.OTHER, "text": "夕方はつらい"},
    ]


def test_windows_without_days_are_not_meant() -> None:
    assert picture_of(("from_1", "10:00"), ("to_1", "16:00"))["windows"] == []


@pytest.mark.parametrize(("start", "end"), [("", "12:00"), ("12:00", ""), ("12:00", "12:00")])
def test_a_window_that_does_not_end_later_is_a_mistake(start: str, end: str) -> None:
    filled = Filled(FormData([("days_1", "MO"), ("from_1", start), ("to_1", end)]))
    read_picture(filled)
    assert set(filled.mistakes) == {"from_1"}


def test_what_the_form_does_not_ask_for_stays() -> None:
    before = {
        "situation": "長く家にいた",
        "devices": ["スマートフォン"],
        "load_ceiling": {"hard": ["sensory"]},
        "limits": [
            {"kind": "no_hazard", "value": ["bees", "allergen:卵"]},
            {"kind": "brings", "value": ["child"]},
        ],
    }
    after = read_picture(Filled(written(before)), before)
    assert after["situation"] == "長く家にいた"
    assert after["devices"] == ["スマートフォン"]
    assert after["load_ceiling"]["hard"] == ["sensory"]
    assert {"kind": "brings", "value": ["child"]} in after["limits"]
    assert {"kind": "no_hazard", "value": ["allergen:卵"]} in after["limits"]
    assert unasked_kinds(before) == [LimitKind.NO_HAZARD, LimitKind.BRINGS]


def test_a_window_keeps_its_strength_when_nobody_changes_it() -> None:
    window = {"days": ["MO"], "from": "10:00", "to": "12:00", "strength": "rather_not"}
    before = {"windows": [window]}
    assert read_picture(Filled(written(before)), before)["windows"] == [window]


def test_every_kind_of_limit_has_a_word_for_pages() -> None:
    assert set(LIMIT_WORDS) == set(LimitKind)
    assert len(set(LIMIT_WORDS.values())) == len(LimitKind)


levels = st.fixed_dictionaries({row.name: st.one_of(st.none(), st.integers(0, 4)) for row in LOADS})
windows = st.lists(
    st.builds(
        lambda day, start: {"days": [day], "from": f"{start:02}:00", "to": f"{start + 1:02}:00"},
        st.sampled_from(["MO", "WE", "SU"]),
        st.integers(6, 20),
    ),
    max_size=len(ROWS),
)


@given(
    levels,
    windows,
    st.sets(st.sampled_from(TravelMode)),
    st.sets(st.sampled_from(TICKED)),
    st.sampled_from(Accompaniment),
)
def test_a_picture_survives_being_shown_and_sent_again(
    ceiling: dict[str, int | None],
    times: list[dict[str, Any]],
    modes: set[TravelMode],
    ticked: set[LimitKind],
    accompaniment: Accompaniment,
) -> None:
    before = {
        "own_words": "庭の手入れ",
        "strengths": ["ていねい", "料理"],
        "load_ceiling": ceiling,
        "windows": times,
        "travel": {"modes": sorted(modes), "max_minutes": 20},
        "limits": [{"kind": kind} for kind in TICKED if kind in ticked],
        "accompaniment": accompaniment,
    }
    filled = Filled(written(before))
    after = read_picture(filled)
    assert filled.mistakes == {}
    assert after["load_ceiling"] == {**ceiling, "hard": []}
    assert after["windows"] == times
    assert set(after["travel"]["modes"]) == modes
    for name in ("own_words", "strengths", "limits", "accompaniment"):
        assert after[name] == before[name], name
