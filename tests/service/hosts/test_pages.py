"""The pages of activities, and what they say of what nobody has asked yet."""

from collections.abc import Callable
from datetime import date

import pytest
from fastapi.testclient import TestClient

from catalogue.profiles import Company, Hazard, OwnPace, Reward, Setting
from catalogue.terms import ActivityTerms
from service.hosts import leaflet, words
from tests.factories import Town
from tests.service.browsing import look


def said(terms: dict[str, object]) -> dict[str, str]:
    return dict(leaflet.facts(ActivityTerms.model_validate(terms)))


def test_what_nobody_has_asked_is_said_to_be_unknown() -> None:
    lines = said({})
    assert set(lines.values()) == {leaflet.UNKNOWN}
    assert leaflet.welcomes(ActivityTerms()) == []
    assert {line.said for line in leaflet.asks(ActivityTerms())} == {leaflet.UNKNOWN}


def test_none_of_it_is_not_the_same_as_not_asked() -> None:
    lines = said({"hazards": [], "company": [], "fee_yen": 0})
    assert lines["気をつけること"] == "とくにない"
    assert lines["だれがいるか"] == "とくにない"
    assert lines["お金"] == "かからない"


def test_figures_are_spans_only_where_they_differ() -> None:
    assert said({"minutes": {"min": 30, "max": 30}})["時間"] == "30分"
    assert said({"minutes": {"min": 15, "max": 60}})["時間"] == "15〜60分"
    assert said({"group_size": [2, 4], "fee_yen": 1200})["人数"] == "2〜4人"
    assert said({"fee_yen": 1200})["お金"] == "1,200円"


@pytest.mark.parametrize("hazard", Hazard)
def test_every_hazard_reads_in_japanese(hazard: Hazard) -> None:
    assert said({"hazards": [hazard]})["気をつけること"] == words.HAZARD_WORDS[hazard]


def test_hazards_in_free_words_bear_their_own() -> None:
    assert leaflet.hazard_words("allergen:そば") == "そば(アレルギー)"
    assert leaflet.hazard_words("other:ぬかるみ") == "ぬかるみ"


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (words.HAZARD_WORDS, Hazard),
        (words.COMPANY_WORDS, Company),
        (words.PACE_WORDS, OwnPace),
        (words.SETTING_WORDS, Setting),
        (words.REWARD_WORDS, Reward),
    ],
)
def test_every_word_of_a_kind_has_a_word_of_its_own(table: dict[str, str], kind: type) -> None:
    assert set(table) == set(kind)
    assert len(set(table.values())) == len(table)


def test_a_load_is_told_as_a_sentence_from_life_and_never_summed() -> None:
    terms = ActivityTerms.model_validate({"load": {"social": 1}})
    told = dict(leaflet.asks(terms))
    assert told["人といる"] == "となりに座るだけ"
    assert told["体を動かす"] == leaflet.UNKNOWN


def test_the_next_days_are_those_of_the_schedule(town: Town) -> None:
    found = leaflet.openings(
        town.activities["leaves"], town.slots["leaves"], today=date(2026, 11, 20)
    )
    assert [opening.start.date() for opening in found[:2]] == [
        date(2026, 11, 24),
        date(2026, 12, 1),
    ]
    assert leaflet.openings(town.activities["tea"], town.slots["tea"], today=date(2026, 1, 1)) == ()


def test_an_activity_says_when_what_and_what_is_all_right(client: TestClient, town: Town) -> None:
    page = look(client, f"/activities/{town.activities['leaves'].id}")
    for sentence in (
        "湖東寺",
        "11月24日(火) 10:00",
        "20〜60分",
        "いるだけでよい",
        "空きがあります",
    ):
        assert sentence in page, sentence


def test_an_activity_by_arrangement_says_so(client: TestClient, town: Town) -> None:
    assert "相談して決めます" in look(client, f"/activities/{town.activities['tea'].id}")


def test_the_list_can_be_narrowed_to_an_area(client: TestClient, town: Town) -> None:
    everything = look(client, "/activities")
    assert "お寺の庭で" in everything
    assert "お茶の時間" in everything
    west = look(client, f"/activities?area={town.areas['west'].id}")
    assert "お寺の庭で" not in west
    assert "お茶の時間" in west
    assert look(client, "/activities?area=") == everything


def test_another_municipality_has_no_such_activity(
    client_of: Callable[[str], TestClient], town: Town, elsewhere: Town
) -> None:
    path = f"/activities/{town.activities['leaves'].id}"
    answer = client_of("csw_elsewhere").get(path, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "落ち葉" not in answer.text
