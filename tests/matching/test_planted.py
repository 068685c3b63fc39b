"""Contradictions planted from outside: what is proposed, arranged and said has to hold."""

from datetime import timedelta
from typing import Any

import pytest

from catalogue.profiles import (
    Access,
    LimitKind,
    Load,
    Meaning,
    OwnPace,
    PersonProfile,
    Setting,
    Stage,
    TravelMode,
    Tried,
    Window,
    WindowStrength,
)
from matching import Proposal, explain
from matching.answer import ArrangementKind, Reason
from tests.matching.made import TODAY, activity, answer, codes, limit, person, tier, weekly

Kind = ArrangementKind
SATURDAY = frozenset({5})
UNTIL_NOON = (Window(SATURDAY, 9 * 60, 12 * 60),)
HEAVY = Load(physical=3, social=3, cognitive=1, sensory=3, pressure=1)
LIGHT = Load(2, 2, 2, 2, 2)


def _only(changes: dict[str, Any], who: PersonProfile) -> Proposal:
    found = answer(activity(**changes), who)
    (proposal,) = (*found.fits, *found.adaptable, *found.ask_host)
    return proposal


def _said(changes: dict[str, Any], who: PersonProfile, code: str) -> Reason:
    (reason,) = (reason for reason in _only(changes, who).to_check if reason.code == code)
    return reason


def _left_out(changes: dict[str, Any], who: PersonProfile) -> list[Reason]:
    (excluded,) = answer(activity(**changes), who).excluded
    return list(excluded.reasons)


def test_three_arrangements_are_not_made_four() -> None:
    who = person(
        limit(LimitKind.PER_MONTH_AT_MOST, 1),
        limit(LimitKind.MINUTES_AT_MOST, 30),
        limit(LimitKind.NO_COMPANY, ("unknown_adults",)),
        ceiling=LIGHT,
    )
    made = _only(
        {
            "load": HEAVY,
            "company": frozenset({"unknown_adults"}),
            "minutes": (60, 90),
            "own_pace": OwnPace.PARTLY,
        },
        who,
    ).arrangements
    assert [one.kind for one in made] == [Kind.SHORTER, Kind.SMALLER_DOSE, Kind.COMPANION]
    assert explain(made[1]) == "来る回数を減らす(月4回→1回)"


@pytest.mark.parametrize("seat", ["なし", None])
def test_just_being_there_gives_nobody_a_seat(seat: str | None) -> None:
    changes = {"access": Access(seat=seat), "standing_minutes": 60}
    assert tier(activity(**changes), person(limit(LimitKind.SEATED))) == "excluded"


def test_where_the_host_says_that_one_cannot_leave_just_being_there_opens_nothing() -> None:
    who = person(limit(LimitKind.MAY_LEAVE_ANY_TIME))
    assert tier(activity(leave_any_time=False), who) == "excluded"
    assert tier(activity(leave_any_time=None, own_pace=OwnPace.NO), who) == "adaptable"


def test_away_from_the_customers_another_role_is_named_and_has_to_be_there() -> None:
    who = person(limit(LimitKind.NO_COMPANY, ("customers",)))
    served: dict[str, Any] = {"company": frozenset({"customers"})}
    (made,) = _only({**served, "roles": ("server", "participant")}, who).arrangements
    assert made.to == ("participant",)
    assert tier(activity(**served, roles=("participant", "helper")), who) == "excluded"
    assert tier(activity(**served, roles=("server", "staff")), who) == "excluded"


def test_another_role_is_neither_unwanted_nor_before_the_customers() -> None:
    who = person(
        limit(LimitKind.NO_COMPANY, ("customers",)), limit(LimitKind.NO_ROLE, ("teacher",))
    )
    roles = ("server", "teacher", "helper")
    (made,) = _only({"company": frozenset({"customers"}), "roles": roles}, who).arrangements
    assert made.to == ("helper",)


def test_a_session_that_is_short_already_is_not_made_shorter() -> None:
    who = person(ceiling=LIGHT)
    loud = {"load": Load(3, 1, 1, 3, 1), "just_being_ok": False}
    assert tier(activity(**loud, minutes=(15, 20)), who) == "excluded"
    assert _only({**loud, "minutes": (30, 40)}, who).arrangements[0].to == 15


def test_nobody_begins_with_more_minutes_than_they_can_stay() -> None:
    who = person(limit(LimitKind.MINUTES_AT_MOST, 10))
    assert _only({"minutes": (5, 60)}, who).start.minutes == 10


def test_it_is_said_where_only_a_part_of_a_time_is_free() -> None:
    openings = weekly(5, 9 * 60 + 30, 13 * 60)
    who = person(windows=(Window(SATURDAY, 10 * 60, 12 * 60),))
    reason = _said({"openings": openings}, who, "part_of_time")
    assert reason.value == (5, 10 * 60, 12 * 60)
    assert explain(reason, "en") == "Not from beginning to end: only Sat 10:00–12:00"
    whole = person(windows=(Window(SATURDAY, 9 * 60, 13 * 60),))
    assert "part_of_time" not in codes(activity(openings=openings), whole)


@pytest.mark.parametrize(
    ("kind", "value", "free"),
    [
        (LimitKind.NOT_BEFORE, "14:30", (1, 14 * 60 + 30, 15 * 60)),
        (LimitKind.NOT_AFTER, "14:30", (1, 14 * 60, 14 * 60 + 30)),
    ],
)
def test_it_is_said_where_an_hour_leaves_a_part_of_a_time(
    kind: LimitKind, value: str, free: tuple[int, int, int]
) -> None:
    assert _said({}, person(limit(kind, value)), "part_of_time").value == free


def test_one_time_that_is_wholly_free_is_enough() -> None:
    openings = (*weekly(5, 9 * 60, 10 * 60), *weekly(5, 11 * 60 + 30, 13 * 60))
    assert "part_of_time" not in codes(activity(openings=openings), person(windows=UNTIL_NOON))


def test_a_first_date_beyond_the_next_weeks_is_told() -> None:
    ahead = weekly(5, 10 * 60, 11 * 60, weeks=12)
    who = person(windows=UNTIL_NOON)
    reason = _said({"openings": ahead[9:]}, who, "later")
    assert reason.value == ahead[9].start.date().isoformat()
    assert "later" not in codes(activity(openings=ahead[7:]), who)


def test_the_time_outside_the_windows_is_the_one_to_ask_for() -> None:
    openings = tuple(sorted((*weekly(1, 840, 900), *weekly(5, 840, 900)), key=lambda o: o.start))
    windows = (
        Window(frozenset({5}), 600, 720),
        Window(frozenset({1}), 600, 720, WindowStrength.RATHER_NOT),
    )
    reason = _said({"openings": openings}, person(windows=windows), "outside_windows")
    assert reason.value == (1, 840, 900)


def test_a_stop_at_the_door_is_no_hope_for_who_cannot_walk_to_their_own() -> None:
    who = person(
        limit(LimitKind.WALK_AT_MOST_MINUTES, 2),
        modes=frozenset({TravelMode.TRAIN}),
        max_minutes=None,
    )
    unstated = activity(access=Access(minutes_from_stop=None), lat=35.73)
    assert tier(unstated, who) == "adaptable"
    assert _only({"access": Access(), "lat": 35.73}, who).arrangements[0].kind is Kind.LIFT


def test_free_words_to_be_avoided_are_looked_at_by_a_human_and_lower_nothing() -> None:
    who = person(limit(LimitKind.NO_HAZARD, ("other:ピエロ",)))
    found = _only({}, who)
    assert [explain(reason) for reason in found.to_check] == ["人が確かめる: ピエロ"]
    assert found.score == _only({}, person()).score


def test_alcohol_of_which_nobody_spoke_is_asked_about_and_not_said_to_be_served() -> None:
    young = person(ages=(18, 19))
    reason = _said({"hazards": None}, young, "alcohol_unheard")
    assert explain(reason).startswith("お酒が出ないか聞く")
    assert "alcohol_unheard" not in codes(activity(hazards=None, alcohol="none"), young)
    assert codes(activity(hazards=None, alcohol="served"), young) >= {"alcohol_age"}


# What stands in the way is never told as a question, even where a detail is unknown.
BARE = Access(steps=None, wheelchair=False, toilet=None, multipurpose_toilet=False)
BARRED: dict[str, tuple[dict[str, Any], PersonProfile, set[str]]] = {
    "wheelchair": (
        {"access": BARE},
        person(limit(LimitKind.WHEELCHAIR)),
        {"車いすで入れません", "車いすで使えるトイレがありません"},
    ),
    "steps": (
        {"access": Access(steps=2, wheelchair=True, toilet="和式", multipurpose_toilet=False)},
        person(limit(LimitKind.WHEELCHAIR)),
        {"車いすで入れません(段差2段)", "車いすで使えるトイレがありません(和式)"},
    ),
    "seated": (
        {"access": Access(seat=None), "standing_minutes": 60},
        person(limit(LimitKind.SEATED)),
        {"座ったままではできません(60分立つ)"},
    ),
    "no seat": (
        {"access": Access(seat="なし"), "standing_minutes": 0},
        person(limit(LimitKind.SEATED)),
        {"座ったままではできません(席はなし)"},
    ),
    "leave": (
        {"leave_any_time": False},
        person(limit(LimitKind.MAY_LEAVE_ANY_TIME)),
        {"途中で帰れません"},
    ),
    "label": (
        {"tags": ("welfare",)},
        person(limit(LimitKind.NO_LABEL, ("welfare",))),
        {"「福祉」の場と分かります(福祉)"},
    ),
    "young": (
        {"alcohol": "served"},
        person(ages=(17, 17)),
        {"お酒が出ます。本人は20歳になっていません"},
    ),
    "old": ({"age": (16, 23)}, person(ages=(40, 49)), {"対象は16〜23歳、本人は40〜49歳"}),
}


@pytest.mark.parametrize("name", BARRED)
def test_what_stands_in_the_way_is_said_as_a_fact(name: str) -> None:
    changes, who, sentences = BARRED[name]
    reasons = _left_out(changes, who)
    assert all(reason.value is not None for reason in reasons)
    assert {explain(reason) for reason in reasons} == sentences


def test_an_age_that_nobody_knows_is_said_to_be_unknown() -> None:
    reason = _said({"age": (65, 120)}, person(ages=None), "age")
    assert explain(reason) == "年齢の範囲に入るか確かめる(本人は年齢不明)"
    assert explain(Reason("age", (65, 120), (30, 39)), "en").startswith(
        "It is for ages 65 and over"
    )


def test_a_dose_that_is_not_stated_is_not_said_to_be_unknown() -> None:
    who = person(ceiling=LIGHT)
    changes = {"load": Load(3, 1, 1, 3, 1), "just_being_ok": False, "dose": ""}
    assert [explain(one) for one in _only(changes, who).arrangements] == [
        "時間を短くする(30〜60分→15分)",
        "量を減らす",
    ]


def test_who_lifts_less_is_told_in_kilograms() -> None:
    who = person(limit(LimitKind.LIFT_AT_MOST_KG, 5))
    (made,) = _only({"heaviest_kg": 5.5}, who).arrangements
    assert explain(made) == "量を減らす(5.5kg→5kg)"


def test_a_pause_without_a_reason_is_a_whole_sentence() -> None:
    held = answer(activity(), person(proposals_paused="")).held
    assert held is not None
    assert explain(held) == "いまは候補を出しません"


def test_what_is_at_home_asks_for_no_way_and_no_wheelchair() -> None:
    at_home = activity(setting=Setting.HOME, access=BARE, lat=None, lon=None)
    assert tier(at_home, person(limit(LimitKind.WHEELCHAIR), stage=Stage.AT_HOME)) == "fits"


def test_the_day_of_matching_counts_and_the_day_before_does_not() -> None:
    today = weekly(TODAY.weekday(), 600, 660, weeks=1)
    assert _only({"openings": today}, person()).start.first_occurrences == (today[0].start,)
    past = tuple(type(o)(o.start - timedelta(days=7), o.end - timedelta(days=7)) for o in today)
    assert tier(activity(openings=past), person()) == "ask_host"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("息子には知られたくない", "fits"), ("大丈夫な日に、椅子で", "ask_host"), ("", "ask_host")],
)
def test_a_family_group_needs_a_relative_who_is_spoken_of(text: str, expected: str) -> None:
    who = person(preferences=(text,))
    assert tier(activity(families_only=True), who) == expected


def test_what_went_badly_before_is_said_where_it_is_proposed_again() -> None:
    before = TODAY - timedelta(days=200)
    for outcome, said in (("ended_badly", True), ("passed", True), ("ended_well", False)):
        who = person(tried=(Tried("a", "h", outcome, before),))
        assert ("before" in codes(activity(), who)) is said
    other = person(tried=(Tried("b", "h", "ended_badly", before),))
    assert explain(_said({}, other, "before")).startswith("同じ受け入れ先の別の活動で: 前につらい")
    elsewhere = person(tried=(Tried("b", "x", "ended_badly", before),))
    assert "before" not in codes(activity(), elsewhere)


def test_what_is_disliked_is_said_where_the_activity_has_it() -> None:
    who = person(interest=Meaning(liked={"hands": 1.0}, disliked={"animals": 1.0}))
    walk = {"meaning": Meaning(liked={"animals": 1.0, "walking": 1.0})}
    assert explain(_said(walk, who, "disliked")).startswith(
        "好きでないものがあるかもしれません(動物)"
    )
    assert "disliked" not in codes(activity(), who)
    assert "disliked" not in codes(activity(**walk), person())
