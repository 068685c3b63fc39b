"""The page behind a sheet's square: for everybody, where the host agreed, and about nobody."""

import re
from collections.abc import Callable
from html import unescape

import pytest
import segno
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.factories import Town
from tests.service.browsing import OWN, main_of
from tests.service.paper.conftest import send_photo
from tests.service.paper.test_sheets import read_aloud

Amend = Callable[..., None]


@pytest.fixture
def passer_by(app: FastAPI) -> TestClient:
    return TestClient(app)


def squares(client: TestClient, activity: str) -> list[str]:
    page = client.get(f"/sheets?activity={activity}", headers=OWN).text
    return re.findall(r'class="paper-square"><img src="([^"]+)"', page)


def test_anybody_reads_what_the_sheet_says_and_sees_the_photo(
    passer_by: TestClient, shown: str
) -> None:
    said = read_aloud(passer_by, f"/a/{shown}")
    assert "落ち葉あつめ" in said
    assert "赤い橋 → 郵便局 → 石段" in said
    assert "湖東寺" in said
    assert "03-0000-0000" in said
    picture = passer_by.get(f"/a/{shown}/photo.jpg")
    assert picture.headers["content-type"] == "image/jpeg"


def test_whoever_looks_is_neither_asked_nor_remembered(passer_by: TestClient, shown: str) -> None:
    answer = passer_by.get(f"/a/{shown}", headers=OWN)
    assert "set-cookie" not in answer.headers
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "/people" not in answer.text
    assert "サインアウト" not in answer.text


@pytest.mark.parametrize("not_published", [None, True], ids=["not asked", "no"])
def test_without_the_host_s_word_there_is_no_page_no_square_and_no_name(
    client: TestClient, passer_by: TestClient, shown: str, amend: Amend, not_published: bool | None
) -> None:
    amend(not_published=not_published)
    answer = passer_by.get(f"/a/{shown}", headers=OWN)
    assert answer.status_code == 404
    assert "電話してください" in main_of(answer)
    assert "落ち葉" not in answer.text
    assert passer_by.get(f"/a/{shown}/photo.jpg").status_code == 404
    assert squares(client, shown) == []
    assert "湖東寺" not in read_aloud(client, f"/sheets?activity={shown}")


@pytest.mark.parametrize("said", ["none", "00000000-0000-0000-0000-000000000000", "あ" * 90])
def test_whatever_else_stands_in_the_address_finds_the_same_nothing(
    passer_by: TestClient, shown: str, amend: Amend, said: str
) -> None:
    amend(not_published=True)
    unknown, silent = (passer_by.get(f"/a/{each}", headers=OWN) for each in (said, shown))
    assert unknown.status_code == silent.status_code == 404
    assert main_of(unknown) == main_of(silent)


def test_the_id_of_a_host_or_a_person_s_anything_is_no_address(
    passer_by: TestClient, shown: str, town: Town
) -> None:
    assert passer_by.get(f"/a/{town.hosts['temple'].id}").status_code == 404
    assert passer_by.get(f"/a/{town.municipality.id}").status_code == 404


def test_a_photo_meant_for_paper_alone_stays_off_the_page(
    client: TestClient, passer_by: TestClient, shown: str
) -> None:
    send_photo(client, f"/activities/{shown}/photo", b"", published="no", version="1")
    assert passer_by.get(f"/a/{shown}/photo.jpg").status_code == 404
    assert "<img" not in passer_by.get(f"/a/{shown}", headers=OWN).text
    assert "pictured" in client.get(f"/sheets?activity={shown}", headers=OWN).text


def test_a_resting_activity_says_that_it_rests_and_whom_to_ask(
    passer_by: TestClient, shown: str, amend: Amend
) -> None:
    amend(open=False)
    answer = passer_by.get(f"/a/{shown}", headers=OWN)
    assert answer.status_code == 200
    assert "いまはお休みしています" in main_of(answer)


def test_the_square_leads_to_that_page_and_says_nothing_more(
    client: TestClient, shown: str
) -> None:
    address = f"http://testserver/a/{shown}"
    wanted = segno.make(address, error="m").svg_data_uri(scale=4, border=2)
    assert [unescape(each) for each in squares(client, shown)] == [wanted]


def test_readings_and_english_are_a_choice_on_the_page_too(
    passer_by: TestClient, shown: str
) -> None:
    plain = passer_by.get(f"/a/{shown}?ruby=false", headers=OWN).text
    assert "<ruby>" not in plain
    assert "Outdoors" not in plain
    assert "Outdoors. No steps" in passer_by.get(f"/a/{shown}?lang=en", headers=OWN).text
    assert passer_by.get(f"/a/{shown}?lang=fr").status_code == 422
