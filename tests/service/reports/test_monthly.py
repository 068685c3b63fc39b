"""The officer sees figures with their definitions, small ones masked, and nobody's id."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from service.database import transaction
from service.retention.actions import end_support
from tests.factories import TEAM, Town, TurnableClock, person_in, staff_of

URL = "/api/v1/reports/monthly"
NOVEMBER = {"year": 2026, "month": 11}
DECEMBER = {"year": 2026, "month": 12}


@pytest.fixture
def people(connection: Connection, town: Town, turnable_clock: TurnableClock) -> list[str]:
    """Four in the east with consent and one without, one in the west; of one support ends."""
    at = turnable_clock.at
    with transaction(connection) as session:
        found = [person_in(session, town, consent=TEAM) for _ in range(4)]
        found += [person_in(session, town), person_in(session, town, area="west", by="csw_west")]
        csw = staff_of(session, town.accounts["csw"])
        end_support(session, csw, found[0].id, on=date(2026, 11, 20), at=at)
    return [str(person.id) for person in found]


@pytest.fixture
def officer(
    client_of: Callable[[str], TestClient], people: list[str], turnable_clock: TurnableClock
) -> TestClient:
    turnable_clock.turn(days=60)
    return client_of("officer")


def figures(client: TestClient, month: dict[str, int]) -> dict[str, Any]:
    answer = client.get(URL, params=month)
    assert answer.status_code == 200, answer.text
    return {each["figure"]: each for each in answer.json()["figures"]}


def test_each_figure_counts_what_its_definition_says(officer: TestClient) -> None:
    november, december = figures(officer, NOVEMBER), figures(officer, DECEMBER)
    assert november["new"]["by_area"] == {"east": 5, "west": None}
    assert november["new"]["total"] is None
    assert november["ended"]["by_area"] == {"east": None, "west": 0}
    assert november["continuing_consented"]["by_area"] == {"east": 0, "west": 0}
    assert december["new"]["by_area"] == {"east": 0, "west": 0}
    assert december["continuing_consented"]["by_area"] == {"east": 3, "west": 0}
    assert december["continuing_consented"]["total"] == 3
    # One in each area: both masked, and their sum with them.
    assert december["continuing_unconsented"]["by_area"] == {"east": None, "west": None}
    assert december["continuing_unconsented"]["total"] is None
    assert december["hosts"]["by_area"] == {"east": 1, "west": 1}
    assert all(each["definition"] for each in november.values())


def test_no_id_and_no_code_stands_in_any_form_of_the_report(
    officer: TestClient, people: list[str]
) -> None:
    for ending in ("", ".csv"):
        text = officer.get(URL + ending, params=DECEMBER).text
        assert not any(one in text for one in people)
        assert "K-" not in text


def test_the_csv_is_read_as_text_in_utf_8(officer: TestClient) -> None:
    answer = officer.get(f"{URL}.csv", params=DECEMBER)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["圏域", "東", "西", "計"]
    assert "少数" in lines[1]


def test_a_month_that_has_not_ended_has_no_figures(officer: TestClient) -> None:
    assert officer.get(URL, params={"year": 2027, "month": 1}).status_code == 404
    assert officer.get(URL, params={"year": 2026, "month": 13}).status_code == 422


def test_only_who_may_read_figures_reads_them(
    client_of: Callable[[str], TestClient], officer: TestClient
) -> None:
    assert client_of("coordinator").get(URL, params=DECEMBER).status_code == 200
    for role in ("csw", "admin", "auditor"):
        assert client_of(role).get(URL, params=DECEMBER).status_code == 403
