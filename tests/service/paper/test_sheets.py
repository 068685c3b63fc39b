"""Sheets to print: what stands on them, what must not, and how readings are corrected."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from catalogue.tables import Activity
from service.hosts import leaflet
from service.paper.sheet import sheet_of, spoken
from tests.factories import Town
from tests.service.browsing import OWN, led_to, look, main_of, send

TODAY = date(2026, 11, 20)


def path_of(town: Town, *names: str) -> str:
    return "/sheets?" + "&".join(f"activity={town.activities[name].id}" for name in names)


def read_aloud(client: TestClient, path: str) -> str:
    """Return the words of a page without the readings over them."""
    answer = client.get(path, headers=OWN)
    assert answer.status_code == 200
    return re.sub(
        r'<r[tp]>.*?</r[tp]>|</?ruby>|<span class="whole">|</span>',
        "",
        answer.text.split("<main", 1)[1],
    )


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 24, 1, 30, tzinfo=UTC), "11月24日(火) 午前10時30分"),
        (datetime(2026, 11, 24, 3, 0, tzinfo=UTC), "11月24日(火) 午後0時"),
        (datetime(2026, 12, 31, 15, 5, tzinfo=UTC), "1月1日(金) 午前0時5分"),
    ],
    ids=["morning", "noon", "over the year"],
)
def test_times_are_written_as_one_says_them_in_japan(at: datetime, said: str) -> None:
    assert spoken(at) == said


def test_a_sheet_tells_when_where_with_whom_and_what_is_all_right(town: Town) -> None:
    leaves = town.activities["leaves"]
    sheet = sheet_of(leaves, leaflet.openings(leaves, town.slots["leaves"], today=TODAY))
    said = {line.name: line.text for line in sheet.lines}
    assert sheet.title == "落ち葉あつめ"
    assert said["つぎの日"].startswith("11月24日(火) 午前10時、12月1日(火) 午前10時")
    assert said["どのくらい"] == "20〜60分。週に1回、20分から"
    assert said["どんなところ"] == "屋外。段差はありません。バス停や駅から歩いて3分"
    assert said["だれと"] == "2〜4人。似た経験のある人"
    assert "いるだけでよい" in {line.text for line in sheet.welcomes}


def lines_of(town: Town, **changes: Any) -> dict[str, str]:
    leaves = town.activities["leaves"]
    told = Activity(**leaves.model_dump() | {"terms": leaves.terms | changes})
    return {line.name: line.text for line in sheet_of(told, []).lines}


@pytest.mark.parametrize(
    ("access", "said"),
    [
        ({"steps": 0}, "屋外。段差はありません"),
        ({"steps": 3}, "屋外"),
        ({"seat": "あり"}, "屋外。いすがあります"),
        ({"seat": "なし"}, "屋外。いすはありません"),
        ({"seat": "縁側"}, "屋外"),
        ({"minutes_from_stop": 0}, "屋外。バス停や駅から歩いて0分"),
        ({}, "屋外"),
    ],
    ids=["level", "steps", "seat", "no seat", "own word", "at the stop", "not asked"],
)
def test_a_place_is_told_only_as_far_as_it_is_known(
    town: Town, access: dict[str, object], said: str
) -> None:
    assert lines_of(town, access=access)["どんなところ"] == said


def test_company_that_is_known_to_be_nobody_in_particular_is_not_printed(town: Town) -> None:
    assert lines_of(town, company=[])["だれと"] == "2〜4人"
    assert lines_of(town, company=None, group_size=[2, 2])["だれと"] == "2人"


def test_how_to_stay_away_is_said_as_the_host_said_it(town: Town) -> None:
    assert "休むとき" not in lines_of(town)
    assert lines_of(town, absence_notice=["連絡はいりません"])["休むとき"] == "連絡はいりません"


def test_money_is_told_with_what_is_given_in_return(town: Town) -> None:
    told = lines_of(town, fee_yen=200, reward="in_kind", reward_detail="野菜ひと袋")
    assert told["お金"] == "200円。野菜ひと袋"


def test_dangers_are_named_and_none_is_said_too(town: Town) -> None:
    assert lines_of(town)["気をつけること"] == "とくにない"
    assert lines_of(town, hazards=["bees", "heat"])["気をつけること"] == "ハチ、暑さ"
    assert "気をつけること" not in lines_of(town, hazards=None)


def test_what_nobody_has_asked_yet_does_not_stand_on_paper(town: Town) -> None:
    bare = Activity(**town.activities["leaves"].model_dump() | {"terms": {}})
    sheet = sheet_of(bare, [])
    assert [(line.name, line.text) for line in sheet.lines] == [("いつ", "相談して決めます")]
    assert sheet.title == bare.title
    assert sheet.welcomes == ()


def test_a_line_of_a_sheet_keeps_its_key_for_every_date(town: Town) -> None:
    leaves, slots = town.activities["leaves"], town.slots["leaves"]
    keys = [
        [key for key, _ in sheet_of(leaves, leaflet.openings(leaves, slots, today=day)).texts()]
        for day in (TODAY, date(2027, 3, 1))
    ]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == len(keys[0])


def test_a_sheet_is_shown_with_readings_and_without(client: TestClient, town: Town) -> None:
    path = path_of(town, "leaves")
    page = client.get(path, headers=OWN).text
    assert "<ruby>落<rp>(</rp><rt>お</rt><rp>)</rp></ruby>ち" in page
    assert "<ruby>" not in client.get(f"{path}&ruby=false", headers=OWN).text


def test_a_sheet_names_neither_the_host_nor_anybody_for_whom_it_is(
    client: TestClient, town: Town
) -> None:
    said = read_aloud(client, path_of(town, "leaves"))
    assert "落ち葉あつめ" in said
    assert "湖東寺" not in said
    assert "お茶の時間" not in said


def test_several_sheets_stand_in_the_order_asked_for_and_none_twice(
    client: TestClient, town: Town
) -> None:
    answer = client.get(path_of(town, "tea", "leaves", "tea"), headers=OWN)
    assert (
        re.findall(r'<article class="paper" aria-label="([^"]+)">', answer.text)
        == ["落ち葉あつめ"] * 2
    )
    assert read_aloud(client, path_of(town, "tea", "leaves")).count("メモ") == 2


def test_a_small_sheet_alone_is_printed_twice_on_its_page(client: TestClient, town: Town) -> None:
    answer = client.get(path_of(town, "leaves") + "&size=a5", headers=OWN)
    assert answer.text.count("<article") == 2


def test_without_an_activity_the_page_says_where_to_choose_one(client: TestClient) -> None:
    assert "選んでください" in look(client, "/sheets")


@pytest.mark.parametrize("query", ["?activity=none", "?size=a3"])
def test_a_sheet_of_what_there_cannot_be_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/sheets{query}", headers=OWN).status_code == 422


def test_thirteen_sheets_at_once_are_too_many(client: TestClient, town: Town) -> None:
    path = path_of(town, *["leaves"] * 13)
    assert client.get(path, headers=OWN).status_code == 422


def test_sheets_of_another_municipality_are_not_there(
    client_of: Callable[[str], TestClient], town: Town, elsewhere: Town
) -> None:
    answer = client_of("csw_elsewhere").get(path_of(town, "leaves"), headers=OWN)
    assert answer.status_code == 404


def fields_of(client: TestClient, path: str) -> dict[str, str]:
    page = client.get(path, headers=OWN).text
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', page)
    areas = re.findall(r'<textarea id="([\w-]+)"[^>]*>([^<]*)</textarea>', page)
    return {name: value for name, value in hidden + areas if name not in {"csrf_token", "once"}}


def test_a_corrected_reading_is_kept_and_printed(client: TestClient, town: Town) -> None:
    path = f"/activities/{town.activities['leaves'].id}/readings"
    fields = fields_of(client, path)
    assert "境内《けいだい》" in fields["lead"]
    fields["lead"] = fields["lead"].replace("けいだい", "けいだーい")
    assert led_to(send(client, path, fields)) == path_of(town, "leaves")
    assert "<rt>けいだーい</rt>" in client.get(path_of(town, "leaves"), headers=OWN).text


def test_words_cannot_be_changed_by_way_of_their_readings(client: TestClient, town: Town) -> None:
    path = f"/activities/{town.activities['leaves'].id}/readings"
    fields = fields_of(client, path)
    answer = send(client, path, fields | {"title": "別《べつ》の題《だい》"})
    assert answer.status_code == 422
    assert "読みだけです" in main_of(answer)
    assert "別《べつ》の題《だい》" in main_of(answer)
    assert "落ち葉あつめ" in read_aloud(client, path_of(town, "leaves"))


def test_a_text_that_changed_since_is_read_anew(client: TestClient, town: Town) -> None:
    leaves = town.activities["leaves"]
    path = f"/activities/{leaves.id}/readings"
    fields = fields_of(client, path)
    fields["title"] = fields["title"].replace("《お》", "《おー》")
    led_to(send(client, path, fields))
    answer = client.patch(
        f"/api/v1/activities/{leaves.id}",
        json={"plain_title": "落ち葉を集める"},
        headers={"if-match": f'"{leaves.version}"'},
    )
    assert answer.status_code == 200
    page = client.get(path_of(town, "leaves"), headers=OWN).text
    assert "<rt>おー</rt>" not in page
    assert "<rt>あつ</rt>" in page


def test_two_who_correct_at_once_do_not_write_over_each_other(
    client: TestClient, town: Town
) -> None:
    path = f"/activities/{town.activities['leaves'].id}/readings"
    fields = fields_of(client, path)
    led_to(send(client, path, fields))
    late = fields | {"title": fields["title"].replace("《お》", "《おー》")}
    assert send(client, path, late).status_code in {409, 412}
    assert "<rt>おー</rt>" not in client.get(path_of(town, "leaves"), headers=OWN).text


@pytest.mark.parametrize("role", ["officer", "admin"])
def test_who_reads_the_catalogue_may_print_but_not_correct(
    client_of: Callable[[str], TestClient], town: Town, role: str
) -> None:
    reader = client_of(role)
    assert "落" in look(reader, path_of(town, "leaves"))
    path = f"/activities/{town.activities['leaves'].id}/readings"
    assert reader.get(path, headers=OWN).status_code in {403, 404}


def test_without_dates_a_sheet_says_what_the_host_said_of_its_days(town: Town) -> None:
    leaves = town.activities["leaves"]
    told = Activity(**leaves.model_dump() | {"terms": leaves.terms | {"when": "毎週火曜"}})
    assert {line.name: line.text for line in sheet_of(told, []).lines}["いつ"] == "毎週火曜"


def test_a_form_with_a_line_missing_is_asked_again_and_loses_nothing(
    client: TestClient, town: Town
) -> None:
    path = f"/activities/{town.activities['leaves'].id}/readings"
    fields = fields_of(client, path)
    del fields["title"]
    fields["lead"] = fields["lead"].replace("けいだい", "けいだーい")
    answer = send(client, path, fields)
    assert answer.status_code == 422
    assert "けいだーい" in answer.text
    assert "<rt>けいだーい</rt>" not in client.get(path_of(town, "leaves"), headers=OWN).text


def test_hidden_signs_are_no_reading(client: TestClient, town: Town) -> None:
    path = f"/activities/{town.activities['leaves'].id}/readings"
    fields = fields_of(client, path)
    fields["title"] = fields["title"].replace("《お》", "《お\u202e》")
    answer = send(client, path, fields)
    assert answer.status_code == 422
    assert "目に見えない文字" in main_of(answer)


def test_markup_in_a_text_or_a_reading_stays_text(client: TestClient, town: Town) -> None:
    leaves = town.activities["leaves"]
    changed = client.patch(
        f"/api/v1/activities/{leaves.id}",
        json={"plain_title": "<b>落葉</b>"},
        headers={"if-match": f'"{leaves.version}"'},
    )
    assert changed.status_code == 200
    page = client.get(path_of(town, "leaves"), headers=OWN).text
    assert "<b>落" not in page
    assert "&lt;b&gt;" in page


def test_the_next_days_are_not_asked_for_in_the_form(client: TestClient, town: Town) -> None:
    fields = fields_of(client, f"/activities/{town.activities['leaves'].id}/readings")
    assert "dates" not in fields
    assert "つぎの日" in read_aloud(client, path_of(town, "leaves"))


def test_the_readings_of_another_municipality_cannot_be_corrected(
    client_of: Callable[[str], TestClient], town: Town, elsewhere: Town
) -> None:
    own = client_of("csw")
    path = f"/activities/{town.activities['leaves'].id}/readings"
    fields = fields_of(own, path)
    assert send(client_of("csw_elsewhere"), path, fields).status_code == 404
    assert led_to(send(own, path, fields)) == path_of(town, "leaves")


def test_both_towns_keep_their_own_readings(
    client_of: Callable[[str], TestClient], town: Town, elsewhere: Town
) -> None:
    here, there = client_of("csw"), client_of("csw_elsewhere")
    path = f"/activities/{town.activities['leaves'].id}/readings"
    fields = fields_of(here, path)
    fields["title"] = fields["title"].replace("《お》", "《おー》")
    led_to(send(here, path, fields))
    assert "<rt>おー</rt>" in here.get(path_of(town, "leaves"), headers=OWN).text
    assert "<rt>おー</rt>" not in there.get(path_of(elsewhere, "leaves"), headers=OWN).text
