"""From terms and schedule to the profile that matching sees."""

from datetime import date
from pathlib import Path

import pytest

from catalogue import words
from catalogue.exchange.catalogue_file import profiles, read_catalogue
from catalogue.portrait import portray, ticked
from catalogue.profiles import Access, ActivityProfile, Load, Meaning, OwnPace, Reward, Setting
from catalogue.terms import ActivityTerms, ScheduleItem

TODAY = date(2026, 11, 20)
FLOUR = (Path(__file__).parent / "data" / "small.yaml").read_text("utf-8")
MONDAY_MORNING = ScheduleItem.model_validate(
    {"rrule": "FREQ=WEEKLY;BYDAY=MO", "start": "09:00", "end": "10:00"}
)
MONDAY_AFTERNOON = ScheduleItem.model_validate(
    {"rrule": "FREQ=WEEKLY;BYDAY=MO", "start": "14:00", "end": "15:00"}
)


def portrait(terms: ActivityTerms, **more: object) -> ActivityProfile:
    about: dict[str, object] = {
        "id": "x",
        "host": "h",
        "title": "庭はき",
        "area": "east",
        "slots": (("0", MONDAY_MORNING),),
        "by_arrangement": False,
        "places_left": 2,
        "as_of": TODAY,
    }
    return portray(terms, **{**about, **more})


def flour() -> ActivityProfile:
    file, _ = read_catalogue(FLOUR, name="small.yaml")
    assert file
    return profiles(file, as_of=TODAY)[0]


def test_an_activity_is_portrayed_with_what_its_file_says() -> None:
    found = flour()
    assert found.minutes == (30, 60)
    assert found.group_size == (2, 5)
    assert found.usual_attendance == (3, 6)
    assert found.company == {"peers"}
    assert found.load == Load(physical=1, social=1, cognitive=1, sensory=2, pressure=None)
    assert found.load_just_being == Load(0, 1, 0, 2, 0)
    assert found.own_pace is OwnPace.YES
    assert found.setting is Setting.INDOOR
    assert found.reward is Reward.IN_KIND
    assert found.hazards == {"dust", "allergen:そば", "other:古い床"}
    assert found.alcohol == "none"
    assert (found.heaviest_kg, found.standing_minutes) == (2.5, 10)
    assert found.brings_ok == {"companion"}
    assert found.age == (16, 120)
    assert found.access == Access(
        steps=1,
        wheelchair=False,
        toilet="洋式",
        seat="いす",
        minutes_from_stop=7,
        handrail=True,
        multipurpose_toilet=False,
    )


def test_openings_join_all_lines_from_the_day_on() -> None:
    found = flour().openings
    assert [(opening.slot, opening.start.date().isoformat()) for opening in found[:6]] == [
        ("1", "2026-11-20"),
        ("0", "2026-12-01"),
        ("1", "2026-12-09"),
        ("0", "2026-12-15"),
        ("1", "2026-12-18"),
        ("0", "2026-12-20"),
    ]


def test_what_nobody_said_is_unknown() -> None:
    bare = portrait(ActivityTerms())
    assert bare.hazards is None
    assert bare.company is None
    assert bare.brings_ok is None
    assert bare.load == Load()
    assert bare.load_just_being is None
    assert (bare.lat, bare.lon) == (None, None)
    assert bare.access == Access()


def test_said_to_be_none_is_not_unknown() -> None:
    said = portrait(ActivityTerms(hazards=[], company=[], brings_ok=[]))
    assert (said.hazards, said.company, said.brings_ok) == (frozenset(),) * 3


def test_only_a_place_of_its_own_outweighs_a_near_one() -> None:
    near = (36.0, 138.0)
    own = portrait(ActivityTerms(lat=35.5, lon=139.5), near=near)
    half = portrait(ActivityTerms(lat=35.5), near=near)
    assert (own.lat, own.lon) == (35.5, 139.5)
    assert (half.lat, half.lon) == near


def test_the_horizon_bounds_the_openings() -> None:
    found = portrait(ActivityTerms(), horizon_days=11).openings
    assert [opening.start.date().day for opening in found] == [23, 30]


def test_how_often_a_month_adds_up_over_lines() -> None:
    one = portrait(ActivityTerms()).per_month
    two = portrait(
        ActivityTerms(), slots=(("0", MONDAY_MORNING), ("1", MONDAY_AFTERNOON))
    ).per_month
    assert one is not None
    assert two == pytest.approx(2 * one)
    assert portrait(ActivityTerms(), slots=(), by_arrangement=True).per_month is None


def test_announced_days_follow_the_first_line() -> None:
    found = portrait(
        ActivityTerms(next_dates=[date(2026, 11, 21)]),
        slots=(("7", MONDAY_AFTERNOON), ("8", MONDAY_MORNING)),
    ).openings
    assert (found[0].slot, found[0].start.isoformat()) == ("7", "2026-11-21T14:00:00+09:00")
    assert sum(opening.start.day == 21 and opening.start.month == 11 for opening in found) == 1


@pytest.mark.parametrize(
    ("said", "multipurpose"),
    [
        ("洋式・多目的", True),
        ("だれでもトイレ", True),
        ("なし", False),
        ("和式", False),
        ("洋式", None),
        (None, None),
    ],
)
def test_a_toilet_with_room_is_known_from_its_words(
    said: str | None, multipurpose: bool | None
) -> None:
    terms = ActivityTerms.model_validate({"access": {"toilet": said}})
    assert portrait(terms).access.multipurpose_toilet is multipurpose


def test_the_meaning_comes_from_the_words_of_the_activity() -> None:
    terms = ActivityTerms(plain_title="にわを はく", description="落ち葉を集めます。")
    meaning = portrait(terms).meaning
    assert meaning == words.read("庭はき", "にわを はく", "落ち葉を集めます。")


def test_a_ticked_facet_is_sure() -> None:
    name = next(iter(words.FACETS))
    assert portrait(ActivityTerms(facets=[name])).meaning.liked[name] == 1.0


def test_a_tick_outweighs_the_words() -> None:
    first, second, third = list(words.FACETS)[:3]
    heard = Meaning(liked={first: 0.4, second: 0.9}, disliked={third: 0.8}, tokens=("庭",))
    found = ticked(heard, liked=[first, third], disliked=[second])
    assert found.liked == {first: 1.0, third: 1.0}
    assert found.disliked == {second: 1.0}
    assert found.tokens == ("庭",)


def test_a_ticked_word_outside_the_vocabulary_is_read() -> None:
    found = ticked(Meaning(), liked=["料理"])
    assert "料理" not in found.liked
    assert found.liked == words.read("料理").liked


def test_needs_and_worry_tell_what_the_host_lacks() -> None:
    terms = ActivityTerms.model_validate({"needs": {"people": "料理"}, "worry": "裁縫"})
    assert portrait(terms).needs == words.read("料理", "", "", "", "裁縫")


@pytest.mark.parametrize(
    ("terms", "until"),
    [
        ({"closed_until": date(2027, 1, 31)}, date(2027, 2, 1)),
        ({"closed_until": date(2026, 11, 19)}, None),
        ({"season": ["04-01", "10-31"]}, date(2027, 4, 1)),
        ({"season": ["10-01", "12-31"]}, None),
        ({"season": ["04-01", "10-31"], "closed_until": date(2027, 5, 5)}, date(2027, 5, 6)),
    ],
)
def test_a_place_by_arrangement_rests_while_it_is_closed_or_out_of_season(
    terms: dict[str, object], until: date | None
) -> None:
    arranged = portrait(ActivityTerms.model_validate(terms), slots=(), by_arrangement=True)
    assert arranged.resting_until == until
    assert portrait(ActivityTerms.model_validate(terms)).resting_until is None


def test_the_later_of_a_host_s_rest_and_a_closure_counts() -> None:
    terms = ActivityTerms.model_validate({"closed_until": date(2027, 1, 31)})
    for rest in (date(2026, 12, 1), date(2027, 3, 1)):
        found = portrait(terms, slots=(), by_arrangement=True, resting_until=rest)
        assert found.resting_until == max(rest, date(2027, 2, 1))


def test_announced_days_without_hours_are_no_time_by_arrangement() -> None:
    for day, arranged in ((date(2026, 12, 5), False), (date(2026, 11, 1), True)):
        terms = ActivityTerms.model_validate({"next_dates": [day]})
        found = portrait(terms, slots=(), by_arrangement=True)
        assert (found.by_arrangement, found.openings) == (arranged, ())
