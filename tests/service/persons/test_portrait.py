"""From a picture to the person that matching sees."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import words
from catalogue.profiles import (
    WEEKDAYS,
    Limit,
    LimitKind,
    Load,
    Meaning,
    PersonProfile,
    Stage,
    TravelMode,
    Tried,
    Window,
    WindowStrength,
)
from service.persons.picture import Picture, WindowGiven
from service.persons.portrait import ages_of, portray_person

TODAY = date(2026, 11, 20)


def portrait(picture: dict[str, object], **more: object) -> PersonProfile:
    about: dict[str, object] = {"id": "p", "as_of": TODAY, "stage": Stage.AT_HOME}
    return portray_person(Picture.model_validate(picture), **{**about, **more})


@pytest.mark.parametrize(
    ("band", "ages"),
    [
        ("30代", (30, 39)),
        ("10代", (10, 19)),
        ("30代前半", (30, 34)),
        ("30代後半", (35, 39)),
        ("70代以上", (70, 120)),
        ("４０代", (40, 49)),
        ("18歳", (18, 18)),
        ("65〜74歳", (65, 74)),
        ("65-74", (65, 74)),
        ("75歳以上", (75, 120)),
        ("18歳未満", (0, 17)),
        ("74-65", None),
        ("不明", None),
        ("", None),
    ],
)
def test_an_age_band_is_a_span_of_years(band: str, ages: tuple[int, int] | None) -> None:
    assert ages_of(band) == ages


def test_a_known_age_is_surer_than_a_limit_and_a_limit_surer_than_a_band() -> None:
    limited = {"limits": [{"kind": "age", "value": 17}]}
    assert portrait(limited, age_band="10代").ages == (17, 17)
    assert portrait({**limited, "age": 16}, age_band="10代").ages == (16, 16)
    assert portrait({}, age_band="10代").ages == (10, 19)


def test_windows_become_weekdays_and_minutes() -> None:
    found = portrait(
        {
            "windows": [
                {"days": ["MO", "SU"], "from": "13:00", "to": "16:30"},
                {"days": ["SA"], "from": "09:00", "to": "10:00", "strength": "not_asked"},
            ]
        }
    ).windows
    assert found == (
        Window(days=frozenset({0, 6}), start=780, end=990),
        Window(days=frozenset({5}), start=540, end=600, strength=WindowStrength.NOT_ASKED),
    )


@given(
    day=st.sampled_from(WEEKDAYS),
    times=st.lists(st.times(), min_size=2, max_size=2, unique_by=lambda at: (at.hour, at.minute)),
)
def test_a_window_keeps_its_length(day: str, times: list[time]) -> None:
    start, end = sorted(at.replace(second=0, microsecond=0) for at in times)
    given_window = WindowGiven.model_validate({"days": [day], "from": start, "to": end})
    (found,) = portray_person(
        Picture(windows=[given_window]), id="p", as_of=TODAY, stage=None
    ).windows
    assert found.days == {WEEKDAYS.index(day)}
    assert found.start == start.hour * 60 + start.minute
    assert found.end - found.start == (end.hour - start.hour) * 60 + end.minute - start.minute


def test_limits_keep_their_words_and_lists_become_fixed() -> None:
    found = portrait(
        {
            "limits": [
                {"kind": "no_hazard", "value": ["bees"], "text": "ハチ"},
                {"kind": "minutes_at_most", "value": 60},
                {"kind": "seated"},
            ]
        }
    ).limits
    assert found == (
        Limit(LimitKind.NO_HAZARD, ("bees",), "ハチ"),
        Limit(LimitKind.MINUTES_AT_MOST, 60),
        Limit(LimitKind.SEATED),
    )


def test_a_ceiling_says_which_dimensions_are_hard() -> None:
    found = portrait({"load_ceiling": {"physical": 2, "sensory": 0, "hard": ["sensory"]}})
    assert found.ceiling == Load(physical=2, sensory=0)
    assert found.hard_dimensions == {"sensory"}


def test_wishes_and_preferences_make_the_interest_and_strengths_the_strength() -> None:
    found = portrait({"own_words": "花の世話", "preferences": ["音楽"], "strengths": ["裁縫"]})
    heard = words.read("花の世話", "音楽")
    assert found.interest.liked == {**heard.liked, "music": heard.liked["music"] / 2}
    assert (found.interest.tokens, found.interest.said) == (heard.tokens, heard.said)
    assert found.strength == words.read("裁縫")
    assert found.own_words == "花の世話"


@pytest.mark.parametrize("remark", ["(いま聞いている途中)", "（安全の話が先）", " 〔まだ〕 "])
def test_a_remark_of_the_worker_is_no_wish(remark: str) -> None:
    found = portrait({"own_words": remark, "preferences": ["音楽"]})
    assert found.interest == Meaning()


def test_brackets_inside_a_wish_belong_to_it() -> None:
    found = portrait({"own_words": "(小さい)花の世話(庭)"})
    assert found.interest == words.read("(小さい)花の世話(庭)")


def test_preferences_stand_for_a_wish_that_was_never_noted() -> None:
    assert portrait({"preferences": ["音楽"]}).interest.liked == {"music": 0.5}
    assert portrait({}).interest == Meaning()


def test_ticked_facets_are_sure_even_where_the_wish_is_unheard() -> None:
    liked, disliked = list(words.FACETS)[:2]
    found = portrait(
        {"own_words": "(まだ)", "facets": {"liked": [liked], "disliked": [disliked]}}
    ).interest
    assert found.liked == {liked: 1.0}
    assert found.disliked == {disliked: 1.0}


def test_travel_and_the_past_come_along() -> None:
    tried = [
        Tried(activity="a", host="h", outcome="passed", on=date(2026, 10, 1)),
        Tried(activity="b", host="h", outcome="passed", on=date(2026, 12, 1)),
    ]
    found = portrait({"travel": {"modes": ["walk"], "max_minutes": 20}}, tried=tried)
    assert found.modes == {TravelMode.WALK}
    assert found.max_minutes == 20
    assert [past.activity for past in found.tried] == ["a"]


def test_what_was_not_asked_is_unknown() -> None:
    bare = portrait({}, stage=None)
    assert (bare.ages, bare.max_minutes, bare.accompaniment, bare.money_max_yen) == (None,) * 4
    assert bare.ceiling == Load()
    assert bare.assessed
