"""T24: of two who edit the same, the second is shown both versions, and nothing is lost."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection
from sqlmodel import SQLModel

from service.database import transaction
from tests.factories import TEAM, Town, person_in
from tests.service.browsing import OWN, main_of, send
from tests.service.tenancy.asking import asks

ClientOf = Callable[[str], TestClient]
API: Final = "/api/v1"
# What is edited without a version, each with its reason.
WITHOUT: Final = {
    f"PUT {API}/me/notices/mail": "one's own address, which nobody else writes",
    f"PUT {API}/me/notices/switches/{{notice}}": "one's own switch: as it is said last",
    f"PUT {API}/people/{{person_id}}/end": "one day, said once and taken back, never changed",
}
# Who edits, what the first writes and what the second; both saw the same.
EDITS: Final[dict[str, tuple[str, dict[str, Any], dict[str, Any]]]] = {
    "people/{person}": ("csw", {"note": "朝は電話しない"}, {"note": "犬がにがて"}),
    "people/{person}/name": ("csw", {"family": "髙橋"}, {"family": "高橋"}),
    "hosts/{host}": ("csw", {"telephone": "0770-00-0000"}, {"name": "新しい寺"}),
    "activities/{activity}": ("csw", {"title": "落ち葉"}, {"open": False}),
    "slots/{slot}": ("csw", {"capacity": 5}, {"capacity": 4}),
    "accounts/{account}": ("admin", {"display_name": "佐藤"}, {"display_name": "左藤"}),
}


def edits(app: FastAPI) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in app.openapi()["paths"].items():
        for method, operation in item.items():
            if method in {"put", "patch"}:
                yield f"{method.upper()} {path}", operation


def unversioned(app: FastAPI) -> list[str]:
    """Name the edits that ask nobody which version they saw, or do not say what they answer."""
    return [
        name
        for name, operation in edits(app)
        if name not in WITHOUT
        and not (
            "if-match" in {each["name"] for each in operation.get("parameters", ())}
            and {"409", "428"} <= set(operation["responses"])
        )
    ]


def filled(path: str, town: Town, person: str) -> str:
    return f"{API}/" + path.format(
        person=person,
        host=town.hosts["temple"].id,
        activity=town.activities["leaves"].id,
        slot=town.slots["leaves"][0].id,
        account=town.accounts["csw_west"].id,
    )


def edit(client: TestClient, path: str, body: dict[str, Any], seen: str) -> Response:
    method = "PUT" if path.endswith("/name") else "PATCH"
    return client.request(method, path, json=body, headers={"if-match": seen})


@pytest.fixture
def person(client: TestClient) -> str:
    answer = client.post(f"{API}/people", json={"area": "east", "own_words": "庭"})
    return str(answer.json()["id"])


def test_every_edit_asks_which_version_was_seen(app: FastAPI) -> None:
    assert unversioned(app) == []
    assert {name for name, _ in edits(app)} >= set(WITHOUT)
    changing = {f"{ask.method} {ask.path}" for ask in asks(app) if ask.method in {"PUT", "PATCH"}}
    assert changing == {name for name, _ in edits(app)}


def test_a_planted_edit_without_a_version_is_found() -> None:
    planted = FastAPI()

    @planted.patch("/api/v1/planted")
    def change() -> None: ...

    assert unversioned(planted) == ["PATCH /api/v1/planted"]


@pytest.mark.parametrize("path", EDITS)
def test_the_second_editor_is_shown_both_versions(
    client_of: ClientOf, town: Town, person: str, path: str
) -> None:
    who, first, second = EDITS[path]
    client, path = client_of(who), filled(path, town, person)
    before = client.get(path)
    seen = before.headers["etag"]
    unseen = TestClient(client.app, headers={"authorization": client.headers["authorization"]})
    assert unseen.request("PUT" if "name" in path else "PATCH", path, json=first).status_code == 428
    saved = edit(client, path, first, seen)
    assert saved.status_code == 200, saved.text
    late = edit(client, path, second, seen)
    assert (late.status_code, late.json()["title"]) == (409, "Stale")
    # what is there now is what reading it shows: the first editor's words are in it, and stay
    now = client.get(path)
    assert late.json()["current"] == now.json()
    assert {name: late.json()["current"][name] for name in first} == first
    assert late.json()["sent"] == second
    # having seen both, the second may go on
    assert edit(client, path, second, now.headers["etag"]).status_code == 200


def test_without_a_version_the_first_editor_s_words_are_gone(
    client: TestClient, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: where nobody asks for the version, the same two edits lose the first one's."""
    monkeypatch.setattr("service.persons.actions.refuse_stale", lambda *_: None)
    path = f"{API}/people/{person}"
    seen = client.get(path).headers["etag"]
    _, first, second = EDITS["people/{person}"]
    assert edit(client, path, first, seen).status_code == 200
    assert edit(client, path, second, seen).status_code == 200
    assert client.get(path).json()["note"] != first["note"]


def test_of_two_who_withdraw_or_narrow_one_consent_the_second_is_told(
    client: TestClient, connection: Connection, town: Town
) -> None:
    with transaction(connection) as session:
        somebody = person_in(session, town, consent=TEAM)
    consents = f"{API}/people/{somebody.id}/consents"
    [given] = client.get(consents).json()["items"]
    codes = [
        client.post(f"{consents}/{given['id']}/withdrawal", json={}).status_code for _ in range(2)
    ]
    assert codes == [200, 409]


def test_what_the_second_editor_was_shown_stands_in_the_audit(
    client: TestClient, connection: Connection, person: str
) -> None:
    path = f"{API}/people/{person}"
    seen = client.get(path).headers["etag"]
    assert edit(client, path, {"note": "一"}, seen).status_code == 200
    before = looks(connection)
    assert edit(client, path, {"note": "二"}, seen).status_code == 409
    assert looks(connection) == [*before, "read"]


def looks(connection: Connection) -> list[str]:
    """Return what was done with people, line by line."""
    table = SQLModel.metadata.tables["access_record"]
    query = sa.select(table.c.act).where(table.c.resource == "person").order_by(table.c.seq)
    return list(connection.execute(query).scalars())


def test_on_a_page_nothing_that_was_typed_is_lost(client: TestClient, person: str) -> None:
    path = f"/people/{person}/name"
    first = {"version": "0", "family": "髙橋", "called": "さっちゃん"}
    assert send(client, path, first).status_code == 303
    late = send(client, path, {"version": "0", "family": "高橋", "telephone": "000-1111-2222"})
    assert late.status_code == 409
    said = main_of(late)
    assert "ほかの人が先に直しました" in said
    assert "髙橋" in said
    assert "さっちゃん" in said
    assert 'value="高橋"' in late.text
    assert 'value="000-1111-2222"' in late.text
    assert 'name="version" value="1"' in late.text
    # sent once more, having seen both, it is saved
    assert send(client, path, {"version": "1", "family": "高橋"}).status_code == 303


def test_the_page_of_an_account_shows_both_too(client_of: ClientOf, town: Town) -> None:
    admin, account = client_of("admin"), town.accounts["csw_west"]
    path = f"/accounts/{account.id}"
    assert 'name="version" value="1"' in admin.get(path, headers=OWN).text
    first = {"version": "1", "display_name": "佐藤", "role": "csw", "area_id": ""}
    assert send(admin, path, first).status_code == 303
    late = send(admin, path, first | {"display_name": "左藤"})
    assert late.status_code == 409
    assert "佐藤" in main_of(late)
    assert 'value="左藤"' in late.text
