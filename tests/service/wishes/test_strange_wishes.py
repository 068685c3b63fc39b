"""Wishes as nobody thought of them: strange reasons, long lives, many at once."""

from typing import Any, Final
from uuid import uuid4

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import SQLModel

from service.database import transaction
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.browsing import led_to, send

WISHES: Final = "/api/v1/wishes"
WORDS: Final = "夜に、だれかと星を見たい"


@pytest.fixture
def person(connection: Connection, town: Town) -> str:
    with transaction(connection) as session:
        return str(person_in(session, town, consent=TEAM).id)


def rows(connection: Connection) -> int:
    table = SQLModel.metadata.tables["wish"]
    return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def nested(depth: int) -> Any:
    said: Any = "x"
    for _ in range(depth):
        said = [said]
    return said


def test_reasons_with_hidden_signs_are_refused_wherever_they_hide(
    client: TestClient, person: str, connection: Connection
) -> None:
    hidden = "見え\u200bない"
    for reason in ({"code": hidden}, {hidden: 1}, {"a": [{"b": hidden}]}, {"a": "\x00"}):
        body = {"person_id": person, "own_words": WORDS, "failed_on": [reason]}
        answer = client.post(WISHES, json=body)
        assert answer.status_code == 422, reason
        assert "failed_on" in str(answer.json()["errors"])
        assert hidden not in answer.text
    assert rows(connection) == 0


def test_reasons_are_kept_as_deep_as_they_can_be_told_again(
    client: TestClient, person: str
) -> None:
    for depth in (10, 30, 31, 300, 900, 5000):
        text = "[" * depth + '"x"' + "]" * depth
        body = f'{{"person_id": "{person}", "own_words": "x", "failed_on": [{{"a": {text}}}]}}'
        answer = client.post(
            WISHES, content=body.encode(), headers={"content-type": "application/json"}
        )
        assert answer.status_code == (201 if depth <= 30 else 422), depth
        if depth <= 30:
            kept = client.get(f"{WISHES}/{answer.json()['id']}").json()
            assert kept["failed_on"] == [{"a": nested(depth)}]
    assert client.get(WISHES).status_code == 200  # what was kept can be listed


def test_a_wish_is_of_its_day_in_japan_over_the_end_of_the_year(
    client: TestClient, person: str, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(days=41, hours=14, minutes=59)  # 31 December, 23:59 in Japan
    days = []
    for _ in range(2):
        body = {"person_id": person, "own_words": WORDS}
        days.append(client.post(WISHES, json=body).json()["wished_on"])
        turnable_clock.turn(minutes=1)
    assert days == ["2026-12-31", "2027-01-01"]


def test_words_of_nothing_but_space_are_no_wish_on_the_page(
    client: TestClient, person: str, connection: Connection
) -> None:
    for said in ("", "   ", "\r\n\r\n", "\u3000"):
        place = led_to(send(client, f"/people/{person}/wishes", {"own_words": said}))
        assert place == f"/people/{person}/candidates"
    assert rows(connection) == 0


def test_lines_of_a_wish_stay_lines_and_count_once(
    client: TestClient, person: str, connection: Connection
) -> None:
    said = "\r\n".join(["星"] * 500)  # 999 signs with one for each end of a line
    assert send(client, f"/people/{person}/wishes", {"own_words": said}).status_code == 303
    [kept] = client.get(WISHES).json()["items"]
    assert kept["own_words"] == "\n".join(["星"] * 500)
    assert rows(connection) == 1


def test_pages_of_wishes_begin_after_any_id_and_end_by_themselves(
    client: TestClient, person: str
) -> None:
    body = {"person_id": person, "own_words": WORDS}
    known = sorted(client.post(WISHES, json=body).json()["id"] for _ in range(4))
    full = client.get(WISHES, params={"limit": 4}).json()
    assert [each["id"] for each in full["items"]] == known
    after = client.get(WISHES, params={"after": full["next"]}).json()
    assert after == {"items": [], "next": None}
    # an id that is nobody's wish is a place in the order, not a mistake
    high = client.get(WISHES, params={"after": "f" * 8 + "-ffff-ffff-ffff-" + "f" * 12}).json()
    assert high["items"] == []
    for wrong in ({"limit": "0"}, {"limit": "201"}, {"after": "1"}):
        assert client.get(WISHES, params=wrong).status_code == 422, wrong


def test_who_is_asked_for_by_a_wrong_id_is_told_no_more_than_that(client: TestClient) -> None:
    assert client.get(f"{WISHES}/{uuid4()}").status_code == 404
    assert client.get(f"{WISHES}/1").status_code == 422
