"""Pages of names: written as they are, found by any spelling, mistakes told in Japanese."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from service.database import transaction
from service.persons.tables import Person
from tests.factories import Town, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send


@pytest.fixture
def person(connection: Connection, town: Town) -> Person:
    with transaction(connection) as session:
        return person_in(session, town, code="K-1")


@pytest.fixture
def path(person: Person) -> str:
    return f"/people/{person.id}/name"


def test_a_name_is_written_shown_and_led_back_to_the_person(
    client: TestClient, person: Person, path: str
) -> None:
    assert "なくてかまいません" in look(client, f"/people/{person.id}")
    said = {
        "called": "はなさん",
        "family": "髙橋",
        "given": "花子",
        "kana": "たかはし はなこ",
        "others": "葛\U000e0100城\n旧姓",
        "address": "東町1\n2号室",
        "telephone": "03-1234",
    }
    assert led_to(send(client, path, {**said, "version": "0"})) == (
        f"/people/{person.id}?saved=true"
    )
    page = look(client, f"/people/{person.id}")
    for words in ("はなさん", "髙橋　花子", "葛\U000e0100城、旧姓", "03-1234"):
        assert words in page or words.replace("　", " ") in page, words
    again = client.get(path, headers=OWN).text
    assert 'value="髙橋"' in again
    assert 'name="version" value="1"' in again


def test_the_list_shows_what_people_like_to_be_called_and_no_more(
    client: TestClient, path: str
) -> None:
    send(client, path, {"called": "はなさん", "family": "髙橋", "version": "0"})
    page = look(client, "/people")
    assert "はなさん" in page
    assert "髙橋" not in page


@pytest.mark.parametrize(
    ("field", "written", "sentence"),
    [
        ("family", "山\u200b田", "2文字目に、目に見えない文字があります"),
        ("address", "東町\u202e1", "3文字目に、目に見えない文字があります"),
        ("called", "あ" * 65, "64字までで書いてください"),
        ("others", "\n".join("あ" * 21), "20行まで"),
    ],
    ids=["hidden", "override", "long", "many"],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_kept(
    client: TestClient, path: str, field: str, written: str, sentence: str
) -> None:
    answer = send(client, path, {field: written, "version": "0"})
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert f'id="{field}-mistake"' in answer.text
    assert 'name="version" value="0"' in client.get(path, headers=OWN).text


def test_the_second_who_writes_is_shown_what_the_first_wrote(client: TestClient, path: str) -> None:
    send(client, path, {"family": "髙橋", "version": "0"})
    late = send(client, path, {"family": "高橋", "version": "0"})
    assert late.status_code == 409
    assert "ほかの人が先に直しました" in main_of(late)
    assert "姓 髙橋" in main_of(late)
    assert 'value="高橋"' in late.text


def test_somebody_is_found_from_the_list_by_any_spelling(
    client: TestClient, person: Person, path: str
) -> None:
    send(client, path, {"family": "髙橋", "kana": "たかはし", "version": "0"})
    assert 'action="/people/search"' in client.get("/people", headers=OWN).text
    found = send(client, "/people/search", {"text": "ﾀｶﾊｼ"})
    assert found.status_code == 200
    assert f'href="/people/{person.id}"' in found.text
    assert "髙橋" in main_of(found)
    none = send(client, "/people/search", {"text": "鈴木"})
    assert "見つかりません" in main_of(none)
    for empty in ("", "  ", "山\u200b田"):
        assert send(client, "/people/search", {"text": empty}).status_code == 422


def test_whoever_may_not_see_the_person_finds_neither_them_nor_the_form(
    client: TestClient, client_of: Callable[[str], TestClient], person: Person, path: str
) -> None:
    send(client, path, {"family": "髙橋", "version": "0"})
    other = client_of("csw_west")
    assert "髙橋" not in main_of(send(other, "/people/search", {"text": "高橋"})).replace(
        "「高橋」", ""
    )
    assert other.get(path, headers=OWN).status_code == 404
    assert send(other, path, {"family": "高橋", "version": "1"}).status_code == 404
    assert client_of("officer").get(path, headers=OWN).status_code == 403
