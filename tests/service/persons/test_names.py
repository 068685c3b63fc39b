"""A name is kept sign for sign, sealed, and found however it is typed."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlmodel import Session, col, select

from catalogue.names import Asked, key
from catalogue.variants import USUAL_FORM
from service.audit.tables import AccessRecord
from service.database import transaction
from service.persons.tables import Person
from tests.factories import Town, person_in

API = "/api/v1/people"
# What the two databases, Unicode's own forms or a careless hand could change.
EXACT = {
    "ladder high": "髙橋",
    "upright cape": "山﨑",
    "compatible god": "\ufa19谷",
    "compatible mound": "\ufa10本",
    "old virtue": "德田",
    "selected arrowroot": "葛\U000e0100城",
    "selected crossroads": "辻\U000e0101",
    "standard selector": "神\ufe00",
    "half width": "ﾀﾅｶ ﾊﾅｺ",
    "mark apart": "か\u3099",
    "half width mark": "ｶﾞ",
    "firm": "㈱社協",
    "circled": "①班",
    "old era": "㍻31",
    "era": "㋿8年",
    "beyond two bytes": "\U00020bb7野家",
    "full width": "ＡＢＣ１２３",
    "waves": "〜～",
    "hyphens": "‐‑–—―−ー－",
    "private": "\ue000田",
}
REFUSED = {"hidden space": "山\u200b田\ufeff", "override": "abc\u202egnp"}


@pytest.fixture
def person(connection: Connection, town: Town) -> Person:
    with transaction(connection) as session:
        return person_in(session, town, code="K-1")


@pytest.fixture
def path(person: Person) -> str:
    return f"{API}/{person.id}/name"


def keep(client: TestClient, path: str, **name: Any) -> dict[str, Any]:
    answer = client.put(path, json=name)
    assert answer.status_code == 200, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


def looked_for(client: TestClient, words: str) -> list[str]:
    answer = client.post(f"{API}/search", json={"text": words})
    assert answer.status_code == 200, answer.text
    return [each["code"] for each in answer.json()["items"]]


@pytest.mark.parametrize("name", EXACT.values(), ids=list(EXACT))
def test_a_name_comes_back_as_it_was_typed(client: TestClient, path: str, name: str) -> None:
    parts = {"called": name, "family": name, "given": name, "kana": name, "telephone": name}
    kept = keep(client, path, **parts, others=[name], address=f"{name}\n{name}")
    assert kept == {**parts, "others": [name], "address": f"{name}\n{name}", "version": 1}
    assert client.get(path).json() == kept


@pytest.mark.parametrize("name", REFUSED.values(), ids=list(REFUSED))
def test_a_name_with_a_sign_that_hides_is_refused_where_it_stands(
    client: TestClient, path: str, name: str
) -> None:
    answer = client.put(path, json={"family": name})
    assert answer.status_code == 422
    assert [fault["where"] for fault in answer.json()["errors"]] == ["body.family"]
    assert client.get(path).json()["version"] == 0


def test_nobody_needs_a_name(client: TestClient, path: str) -> None:
    assert client.get(path).json() == {
        "called": "", "family": "", "given": "", "kana": "", "others": [], "address": "",
        "telephone": "", "version": 0,
    }  # fmt: skip
    assert keep(client, path, called="はなさん")["family"] == ""
    assert keep(client, path)["called"] == ""


def test_the_second_who_writes_a_name_is_told(client: TestClient, path: str) -> None:
    keep(client, path, family="髙橋")
    seen = client.get(path).headers["etag"]
    assert client.put(path, json={"family": "高橋"}, headers={"if-match": seen}).status_code == 200
    late = client.put(path, json={"family": "橋"}, headers={"if-match": seen})
    assert late.status_code == 409
    assert client.get(path).json()["family"] == "高橋"


def test_no_part_of_a_name_can_be_read_in_the_database(
    client: TestClient, path: str, connection: Connection
) -> None:
    keep(client, path, family="針山", kana="はりやま", address="針山町1", telephone="03-1234-5678")
    rows = connection.execute(text("SELECT * FROM person_name")).all()
    stored = b"".join(value for row in rows for value in row if isinstance(value, bytes))
    stored += repr(rows).encode()
    for needle in ("針山", "はりやま", "5678"):
        assert needle.encode() not in stored


FOUND = [
    ("髙橋", "高橋"),
    ("高橋", "髙橋"),
    ("田中花子", "田中　花子"),
    ("葛\U000e0100城", "葛城"),
    ("葛城", "葛\U000e0100城"),
    ("山﨑", "山崎"),
    ("山嵜", "山崎"),
    ("渡邊", "渡辺"),
    ("渡邉", "渡辺"),
    ("齋藤", "斎藤"),
    ("斉藤", "斎藤"),
    ("㈱社協", "社協"),
    ("株式会社みなと", "みなと"),
    ("ﾀﾅｶ ﾊﾅｺ", "たなかはなこ"),
    ("ｼﾕﾝ", "シュン"),
    ("㋿8年", "令和8年"),
    ("\ufa19谷", "神谷"),
    ("\ufa10本", "塚本"),
    ("德田", "徳田"),
    ("\U00020bb7野家", "吉野家"),
    ("佐々木", "佐佐木"),
    ("濵口", "浜口"),
    ("か\u3099", "が"),
]


@pytest.mark.parametrize(("kept", "asked"), FOUND)
def test_the_key_of_a_name_does_not_know_how_it_was_written(kept: str, asked: str) -> None:
    assert Asked.of(asked).stands_in([kept]) is (
        len(asked) <= len(key(kept)) or key(asked) == key(kept)
    )


def test_somebody_is_found_by_every_spelling(client: TestClient, path: str) -> None:
    keep(
        client,
        path,
        called="はなちゃん",
        family="髙橋",
        given="花子",
        kana="ﾀｶﾊｼ ﾊﾅｺ",
        others=["葛\U000e0100城 花子"],
        telephone="０９０-1234-5678",
    )
    for asked in (
        "高橋", "髙橋", "高橋花子", "髙橋 花子", "タカハシ", "たかはし　はなこ", "ﾊﾅｺ", "葛城",
        "ハナチャン", "k-1", "Ｋ－１", "1234-5678", "09012345678",
    ):  # fmt: skip
        assert looked_for(client, asked) == ["K-1"], asked
    for asked in ("鈴木", "K-2", "567", "-", "　"):
        assert looked_for(client, asked) == [], asked


def test_nobody_is_found_who_may_not_be_seen(
    client: TestClient, client_of: Callable[[str], TestClient], path: str
) -> None:
    keep(client, path, family="髙橋")
    assert looked_for(client_of("csw_west"), "高橋") == []
    assert client_of("csw_west").get(path).status_code == 404
    for role in ("officer", "admin", "auditor"):
        assert client_of(role).post(f"{API}/search", json={"text": "高橋"}).status_code == 403
        assert client_of(role).get(path).status_code == 403


def test_who_is_found_is_written_down_and_who_is_not_is_not(
    client: TestClient, connection: Connection, town: Town, person: Person, path: str
) -> None:
    with transaction(connection) as session:
        other = person_in(session, town, code="K-2")
    keep(client, path, family="髙橋")
    keep(client, f"{API}/{other.id}/name", family="田中")
    before = looks(connection)
    looked_for(client, "高橋")
    new = looks(connection)[len(before) :]
    assert new == [(person.id, "list", "name")]
    looked_for(client, "鈴木")
    assert len(looks(connection)) == len(before) + 1


def looks(connection: Connection) -> list[tuple[Any, str, str]]:
    with Session(connection) as session:
        query = select(AccessRecord).order_by(col(AccessRecord.seq))
        return [(row.person_id, row.act.value, row.resource) for row in session.exec(query)]


def test_what_is_looked_for_stands_in_no_log(
    client: TestClient, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    keep(client, path, family="針山")
    looked_for(client, "針山")
    client.post(f"{API}/search", json={"text": "針山\u202e"})
    out = "".join(capfd.readouterr())
    assert "/search" in out
    assert "針山" not in out


def test_every_form_in_the_table_leads_to_a_usual_one_at_once() -> None:
    assert len(USUAL_FORM) > 300
    assert not {chr(other) for other in USUAL_FORM} & set(USUAL_FORM.values())


@given(st.text(alphabet="髙高ﾀたゔヴー㈱葛\U000e0100 A１・", max_size=12))
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)
