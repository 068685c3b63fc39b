"""Short English under the rows: ours is always there, a host's own words as somebody said them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from catalogue.tables import Activity
from service.hosts import leaflet
from service.paper import english
from service.paper.sheet import sheet_of
from tests.factories import Town
from tests.service.browsing import OWN, led_to, look, main_of, send

TODAY = date(2026, 11, 20)
WRITTEN = {"title": "Gathering fallen leaves", "dose": "Once a week, from 20 minutes"}


def lines(town: Town, said: dict[str, str] | None = None, **terms: Any) -> dict[str, str]:
    leaves = town.activities["leaves"]
    told = Activity(**leaves.model_dump() | {"terms": leaves.terms | terms})
    openings = leaflet.openings(leaves, town.slots["leaves"], today=TODAY)
    return english.lines(told, openings, said or {})


def test_what_is_fixed_needs_nobody_to_say_it(town: Town) -> None:
    found = lines(town, hazards=["bees", "heat"], fee_yen=1200)
    assert found["dates"] == "Tue 24 Nov, 10:00, Tue 1 Dec, 10:00, Tue 8 Dec, 10:00"
    assert found["place"] == "Outdoors. No steps. 3 minutes on foot from the bus stop or station"
    assert found["people"] == "2–4 people. people with similar experience"
    assert found["money"] == "1,200 yen. Nothing is paid to you"
    assert found["hazards"] == "bees, heat"


def test_a_line_half_of_which_nobody_has_said_has_none(town: Town) -> None:
    assert "minutes" not in lines(town)
    assert lines(town, WRITTEN)["minutes"] == "20–60 minutes. Once a week, from 20 minutes"
    assert lines(town, dose="")["minutes"] == "20–60 minutes"
    assert "hazards" not in lines(town, hazards=["bees", "allergen:そば"])
    assert "money" not in lines(town, reward_detail="野菜ひと袋")


def test_every_line_of_a_sheet_has_its_name_in_english(town: Town) -> None:
    everything = {
        "when": "毎週火曜",
        "landmarks": ["橋"],
        "absence_notice": ["電話"],
        "hazards": ["heat"],
    }
    leaves = town.activities["leaves"]
    told = Activity(**leaves.model_dump() | {"terms": leaves.terms | everything})
    openings = leaflet.openings(leaves, town.slots["leaves"], today=TODAY)
    sheet = sheet_of(told, openings, host="湖東寺")
    assert {line.key for line in sheet.lines} == set(english.NAMES)
    assert all(line.english for line in sheet.welcomes)


def test_the_sheet_says_to_staff_what_has_no_english_yet(client: TestClient, leaves: str) -> None:
    path = f"/sheets?activity={leaves}"
    assert "英語がまだない行: 題、はじめの文、" in look(client, f"{path}&lang=en")
    assert "英語がまだない行" not in look(client, path)


def test_what_somebody_wrote_stands_under_the_japanese_and_can_be_mended(
    client: TestClient, leaves: str
) -> None:
    path = f"/activities/{leaves}/english"
    led_to(send(client, path, WRITTEN | {"version": "0"}))
    assert "Gathering fallen leaves" in client.get(path, headers=OWN).text
    page = client.get(f"/sheets?activity={leaves}&lang=en", headers=OWN).text
    assert 'lang="en">Gathering fallen leaves</span>' in page
    assert "Gathering" not in client.get(f"/sheets?activity={leaves}", headers=OWN).text
    led_to(send(client, path, {"title": "Leaves", "version": "1"}))
    page = client.get(f"/sheets?activity={leaves}&lang=en", headers=OWN).text
    assert 'lang="en">Leaves</span>' in page
    assert "Once a week" not in page


def test_english_of_words_that_have_changed_since_is_not_printed(
    client: TestClient, leaves: str, amend: Callable[..., None]
) -> None:
    led_to(send(client, f"/activities/{leaves}/english", WRITTEN | {"version": "0"}))
    amend(plain_title="庭のそうじ")
    page = client.get(f"/sheets?activity={leaves}&lang=en", headers=OWN).text
    assert "Gathering" not in page
    assert "Once a week" in page


def test_of_two_who_write_english_the_second_loses_nothing(client: TestClient, leaves: str) -> None:
    path = f"/activities/{leaves}/english"
    led_to(send(client, path, WRITTEN | {"version": "0"}))
    answer = send(client, path, {"title": "Autumn leaves", "version": "0"})
    assert answer.status_code == 409
    assert "ほかの人が先に" in main_of(answer)
    assert "Autumn leaves" in answer.text
    led_to(send(client, path, {"title": "Autumn leaves", "version": "1"}))


def test_hidden_signs_are_refused_in_english_too(client: TestClient, leaves: str) -> None:
    answer = send(client, f"/activities/{leaves}/english", {"title": "a\u202eb", "version": "0"})
    assert answer.status_code == 422
    assert "目に見えない文字" in main_of(answer)


@pytest.mark.parametrize("page", ["english", "sheet", "photo"])
def test_who_only_reads_the_catalogue_prepares_no_sheet(
    client_of: Callable[[str], TestClient], leaves: str, page: str
) -> None:
    assert client_of("officer").get(f"/activities/{leaves}/{page}").status_code == 403
    assert client_of("csw").get(f"/activities/{leaves}/{page}", headers=OWN).status_code == 200
