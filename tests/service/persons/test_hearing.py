"""The hearing's form shown and sent again as a browser does: nothing that was said gets lost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from catalogue.profiles import Accompaniment, LimitKind, WindowStrength
from service.hosts.words import COMPANY_WORDS, LOADS
from service.persons.forms import read_picture, unasked_kinds, written
from service.persons.picture import Picture
from service.persons.portrait import AGE_TOP, ages_of
from service.persons.words import AGE_BANDS, DAY_WORDS, FIGURES, HAZARDS_ASKED, MODE_WORDS, TICKED
from service.web.filled import Filled

# A limit of every kind, with its own words and source, as an earlier hearing stored it.
VALUES: dict[LimitKind, Any] = {
    LimitKind.GROUP_AT_MOST: 4,
    LimitKind.MINUTES_AT_MOST: 45,
    LimitKind.PER_MONTH_AT_MOST: 0,
    LimitKind.NOT_BEFORE: "10:30",
    LimitKind.NOT_AFTER: "17:00",
    LimitKind.NO_HAZARD: ["dogs", "bees"],
    LimitKind.NO_COMPANY: ["unknown_adults", "children"],
    LimitKind.NO_ROLE: ["会計"],
    LimitKind.NO_LABEL: ["福祉"],
    LimitKind.LIFT_AT_MOST_KG: 100,
    LimitKind.STEPS_AT_MOST: 0,
    LimitKind.WALK_AT_MOST_MINUTES: 10,
    LimitKind.BRINGS: ["child"],
    LimitKind.AGE: 17,
}
PAGE_ORDER: dict[str, list[str]] = {
    "no_hazard": [word for word, _ in HAZARDS_ASKED],
    "no_company": list(COMPANY_WORDS),
    "modes": list(MODE_WORDS),
    "flags": list(TICKED),
} | {f"days_{row}": [day for day, _ in DAY_WORDS] for row in (1, 2, 3)}


def stored(kind: LimitKind) -> dict[str, Any]:
    limit: dict[str, Any] = {
        "kind": kind.value,
        "text": "先生に言われた",
        "source": {"who": "本人", "on": "2026-11-01"},
    }
    return limit | ({"value": VALUES[kind]} if kind in VALUES else {})


def sent_again(before: dict[str, Any], **typed: str) -> dict[str, Any]:
    """Send the filled form back: a browser sends boxes in the page's order, not in ours."""
    pairs: list[tuple[str, str]] = []
    form = written(before)
    for name in dict.fromkeys(name for name, _ in form.multi_items()):
        values = [str(value) for value in form.getlist(name)]
        if name in PAGE_ORDER:
            values = [word for word in PAGE_ORDER[name] if word in values]
        pairs += [(name, value) for value in values if name not in typed]
    filled = Filled(FormData([*pairs, *typed.items()]))
    document = read_picture(filled, before)
    assert filled.mistakes == {}
    return Picture.model_validate(document).model_dump(mode="json", exclude_defaults=True)


def as_stored(document: dict[str, Any]) -> dict[str, Any]:
    return Picture.model_validate(document).model_dump(mode="json", exclude_defaults=True)


@pytest.mark.parametrize("kind", LimitKind)
def test_a_limit_of_any_kind_survives_a_hearing_with_its_words_and_its_source(
    kind: LimitKind,
) -> None:
    before = as_stored({"limits": [stored(kind)]})
    [limit] = sent_again(before)["limits"]
    [expected] = before["limits"]
    if isinstance(expected.get("value"), list):
        assert sorted(limit.pop("value")) == sorted(expected.pop("value"))
    assert limit == expected


def test_a_figure_that_was_changed_is_a_new_saying() -> None:
    before = as_stored({"limits": [stored(LimitKind.GROUP_AT_MOST)]})
    assert sent_again(before, group_at_most="６")["limits"] == [
        {"kind": "group_at_most", "value": 6}
    ]


def test_a_figure_that_was_emptied_is_no_limit_any_more() -> None:
    before = as_stored({"limits": [stored(LimitKind.GROUP_AT_MOST)]})
    assert "limits" not in sent_again(before, group_at_most="")


def test_each_of_several_other_limits_keeps_its_own_source() -> None:
    limits = [
        {"kind": "other", "text": text, "source": {"who": who}}
        for text, who in (("電話はにがて", "母"), ("夕方はつらい", "本人"))
    ]
    before = as_stored({"limits": limits})
    assert sent_again(before)["limits"] == before["limits"]
    after = sent_again(before, other_limit="夕方はつらい\n犬がこわい")["limits"]
    assert [limit.get("source", {}).get("who") for limit in after] == ["本人", None]


def test_hazards_on_and_off_the_form_keep_the_words_they_were_said_with() -> None:
    limit = {"kind": "no_hazard", "value": ["bees", "allergen:そば"], "text": "入院した"}
    after = sent_again(as_stored({"limits": [limit]}))["limits"]
    assert {word for each in after for word in each["value"]} == {"bees", "allergen:そば"}
    assert {each["text"] for each in after} == {"入院した"}


@pytest.mark.parametrize("strength", WindowStrength)
def test_hours_keep_their_strength_whatever_order_the_days_were_noted_in(
    strength: WindowStrength,
) -> None:
    window = {"days": ["TH", "MO"], "from": "10:00", "to": "12:00", "strength": strength}
    [after] = sent_again(as_stored({"windows": [window]}))["windows"]
    assert after.get("strength", WindowStrength.CANNOT) == strength


def test_hours_beyond_the_rows_of_the_form_are_not_lost() -> None:
    windows = [
        {"days": [day], "from": "10:00", "to": "11:00", "strength": "rather_not"}
        for day, _ in DAY_WORDS[:5]
    ]
    before = as_stored({"windows": windows})
    assert sent_again(before)["windows"] == before["windows"]


@pytest.mark.parametrize("way", [None, *Accompaniment])
def test_who_comes_along_is_never_made_up(way: Accompaniment | None) -> None:
    before = as_stored({"accompaniment": way})
    assert sent_again(before).get("accompaniment") == way


def test_a_form_that_was_sent_again_unchanged_changes_nothing() -> None:
    before = as_stored(
        {
            "situation": "夜は眠れる",
            "own_words": "一行目\n二行目",
            "strengths": ["料理"],
            "preferences": ["午前", "静か"],
            "load_ceiling": {"social": 0, "hard": ["social"]},
            "travel": {"modes": ["bus", "walk"], "max_minutes": 30},
            "age": 44,
            "money_max_yen": 0,
            "not_again": ["cafe"],
            "companions": [{"who": "姉", "days": ["SA"]}],
        }
    )
    after = sent_again(before)
    assert sorted(after["travel"].pop("modes")) == sorted(before["travel"].pop("modes"))
    assert after == before


@given(st.sets(st.sampled_from(LimitKind), min_size=1))
def test_no_mix_of_limits_loses_or_invents_a_kind(kinds: set[LimitKind]) -> None:
    before = as_stored({"limits": [stored(kind) for kind in sorted(kinds)]})
    after = sent_again(before)["limits"]
    assert {limit["kind"] for limit in after} == kinds
    assert len(after) == len(kinds)


def test_the_form_asks_for_most_kinds_and_names_those_it_keeps_for_itself() -> None:
    everything = as_stored({"limits": [stored(kind) for kind in LimitKind]})
    asked = {*TICKED, *(figure.kind for figure in FIGURES), LimitKind.NO_HAZARD}
    asked |= {LimitKind.NO_COMPANY, LimitKind.OTHER}
    assert set(unasked_kinds(everything)) == set(LimitKind) - asked


@pytest.mark.parametrize("band", [value for value, _ in AGE_BANDS if value])
def test_every_age_band_of_the_form_is_a_span_that_matching_can_read(band: str) -> None:
    ages = ages_of(band)
    assert ages is not None
    low, high = ages
    assert low == int(band[:2])
    assert high == (AGE_TOP if band.endswith("以上") else low + 9)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.kind)
@pytest.mark.parametrize("typed", ["-1", "一", "1.5", "１００００", " "])
def test_a_figure_out_of_bounds_is_named_and_no_limit(figure: Any, typed: str) -> None:
    filled = Filled(FormData({figure.kind: typed}))
    assert read_picture(filled)["limits"] == []
    assert set(filled.mistakes) == ({figure.kind} if typed.strip() else set())


@pytest.mark.parametrize("said", ["5", "-1", "３", "とても", "2.0"])
def test_a_level_that_the_form_never_offered_is_unknown(said: str) -> None:
    for row in LOADS:
        levels = read_picture(Filled(FormData({f"load_{row.name}": said})))["load_ceiling"]
        assert levels[row.name] is None


def test_words_that_the_form_never_offered_are_not_taken() -> None:
    form = FormData([("modes", "rocket"), ("modes", "bus"), ("accompaniment", "robot")])
    document = read_picture(Filled(form))
    assert document["travel"]["modes"] == ["bus"]
    assert document["accompaniment"] is None


def test_own_words_are_taken_to_the_last_character_that_the_format_holds() -> None:
    whole, beyond = (Filled(FormData({"own_words": "あ" * length})) for length in (4000, 4001))
    assert Picture.model_validate(read_picture(whole)).own_words == "あ" * 4000
    read_picture(beyond)
    assert set(beyond.mistakes) == {"own_words"}
