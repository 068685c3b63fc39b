"""The officer's workbooks: a file for programs with its definitions, and one to print."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import Connection

from service.clock import local_day
from service.contacts.tables import Contact, Result
from service.database import transaction
from service.placements.lifecycle import Status
from service.reports.actions import SMALL
from service.reports.rules import MASKED, Figure
from service.reports.words import DEFINITIONS, FIGURE_WORDS
from service.web.workbooks import MEDIA
from service.wishes.tables import Wish
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.placements.walks import way_to

URL = "/api/v1/reports/monthly"
NOVEMBER = {"year": 2026, "month": 11}
# Four in the east with a contact each, one in the west; a trial, two wishes, one host reached.
NEW = {"圏域 east": 4, "圏域 west": None, "計": None}


@pytest.fixture
def officer(
    connection: Connection,
    town: Town,
    client_of: Callable[[str], TestClient],
    turnable_clock: TurnableClock,
) -> TestClient:
    """In January an officer looks back on a November in which something happened."""
    at = turnable_clock.at
    with transaction(connection) as session:
        people = [person_in(session, town, consent=TEAM) for _ in range(4)]
        people.append(person_in(session, town, area="west", by="csw_west"))
        told: list[dict[str, Any]] = [{"person_id": person.id} for person in people[:4]]
        told.append({"person_id": people[0].id, "result": Result.NOT_REACHED})
        told.append({"host_id": town.hosts["temple"].id})
        told.append({"host_id": town.hosts["cafe"].id, "result": Result.NOT_REACHED})
        session.add_all(contact(town, at, **each) for each in told)
        session.add_all(wish(town, people[0].id, at) for _ in range(2))
        person = str(people[0].id)
    client = client_of("csw")
    body = {"person_id": person, "activity_id": str(town.activities["leaves"].id)}
    made = client.post("/api/v1/placements", json=body).json()
    for move in way_to(Status.TRYING):
        path = f"/api/v1/placements/{made['id']}/moves"
        assert client.post(path, json={"move": move}).status_code == 200
    turnable_clock.turn(days=50)
    return client_of("officer")


def contact(town: Town, at: datetime, **about: Any) -> Contact:
    known: dict[str, Any] = {"result": Result.TALKED, "channel": "call", "direction": "sent"}
    return Contact(
        municipality_id=town.municipality.id,
        occurred_on=local_day(at),
        recorded_at=at,
        recorded_by=town.accounts["csw"].id,
        **known | about,
    )


def wish(town: Town, person_id: Any, at: datetime) -> Wish:
    return Wish(
        municipality_id=town.municipality.id,
        person_id=person_id,
        area_id=town.areas["east"].id,
        own_words="静かな図書室で働きたい",
        failed_on=[],
        wished_on=local_day(at),
        recorded_by=town.accounts["csw"].id,
    )


def book(client: TestClient, **asked: Any) -> Any:
    answer = client.get(f"{URL}.xlsx", params=NOVEMBER | asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == MEDIA
    return load_workbook(BytesIO(answer.content))


def test_what_the_new_figures_count(officer: TestClient) -> None:
    found = {each["figure"]: each for each in officer.get(URL, params=NOVEMBER).json()["figures"]}
    assert found["contacts"]["by_area"] == {"east": 4, "west": 0}
    assert found["hosts_in_touch"]["by_area"] == {"east": 1, "west": 0}
    # one trial and two wishes are few, and their totals would tell them
    for figure in ("trials", "wishes"):
        assert found[figure]["by_area"] == {"east": None, "west": 0}
        assert found[figure]["total"] is None
    october = officer.get(URL, params=NOVEMBER | {"month": 10}).json()["figures"]
    assert {each["total"] for each in october if each["figure"] != "hosts"} == {0}


def test_the_file_for_programs_is_long_and_says_what_is_hidden(officer: TestClient) -> None:
    read = book(officer)
    titles, *rows = read["データ"].iter_rows(values_only=True)
    assert len(set(titles)) == len(titles)
    assert len(rows) == len(Figure) * 3
    assert {row[0] for row in rows} == {datetime(2026, 11, 1)}  # noqa: DTZ001 - a day of a sheet has no zone
    new = {f"{row[1]} {row[2] or ''}".strip(): row[6] for row in rows if row[4] == "new"}
    assert new == NEW
    for row in rows:
        assert (row[6] is None) == (row[7] == "はい"), row
        assert row[6] is None or isinstance(row[6], int)
    told = dict(read["このファイル"].iter_rows(min_row=2, values_only=True))
    assert all(told[FIGURE_WORDS[each]] == DEFINITIONS[each] for each in Figure)
    assert "より小さい数" in told["少数の扱い"]
    defined = [row[0] for row in read["定義"].iter_rows(min_row=2, values_only=True)]
    assert defined == list(titles)


def test_the_file_to_print_has_a_row_an_item_with_its_definition(officer: TestClient) -> None:
    sheet = book(officer, paper="true").active
    titles, *rows = sheet.iter_rows(values_only=True)
    assert titles == ("項目", "計", "東", "西", "ことばの定義")
    assert [row[0] for row in rows] == [FIGURE_WORDS[each] for each in Figure]
    known = {row[0]: row[1:] for row in rows}
    new = known[FIGURE_WORDS[Figure.NEW]]
    assert new == (SMALL, 4, SMALL, DEFINITIONS[Figure.NEW])
    assert (sheet.page_setup.orientation, sheet.freeze_panes) == ("landscape", "A2")
    assert sheet.oddHeader.left.text == "令和8年11月の数字"
    assert "令和9年1月9日" in sheet.oddFooter.left.text


def test_neither_file_holds_anybody_and_neither_is_for_others(
    officer: TestClient, client_of: Callable[[str], TestClient]
) -> None:
    for asked in ({}, {"paper": "true"}):
        for sheet in book(officer, **asked):
            for row in sheet.iter_rows(values_only=True):
                assert "図書室" not in str(row)
        assert client_of("csw").get(f"{URL}.xlsx", params=NOVEMBER | asked).status_code == 403
    assert officer.get(f"{URL}.xlsx", params={"year": 2027, "month": 1}).status_code == 404


def test_hosts_alone_are_never_hidden() -> None:
    assert set(Figure) - MASKED == {Figure.HOSTS, Figure.HOSTS_IN_TOUCH}
