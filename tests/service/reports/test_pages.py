"""The officer's page: each figure beside its definition, small ones said to be few, nobody's id."""

from collections.abc import Callable
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from service.database import transaction
from service.reports.pages import month_before
from service.reports.rules import Figure
from service.reports.words import DEFINITIONS, FIGURE_WORDS
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.browsing import OWN, led_to, look

PAGE = "/reports/monthly"


@pytest.fixture
def officer(
    connection: Connection,
    town: Town,
    client_of: Callable[[str], TestClient],
    turnable_clock: TurnableClock,
) -> TestClient:
    """In January an officer looks back; in November four were met in the east, one in the west."""
    with transaction(connection) as session:
        for _ in range(4):
            person_in(session, town, consent=TEAM)
        person_in(session, town, area="west", by="csw_west")
    turnable_clock.turn(days=50)
    return client_of("officer")


def test_the_officers_day_begins_with_the_last_month_that_ended(officer: TestClient) -> None:
    assert led_to(officer.get("/", headers=OWN, follow_redirects=False)) == PAGE
    assert "令和8年12月の数字" in look(officer, PAGE)


def test_each_figure_stands_beside_its_definition_and_small_ones_are_said_to_be_few(
    officer: TestClient,
) -> None:
    page = look(officer, f"{PAGE}?year=2026&month=11")
    for figure, title in FIGURE_WORDS.items():
        assert f"{title} {DEFINITIONS[figure]}" in page
    # Four met in the east, one in the west: the one is told neither by itself nor by the sum.
    assert "項目と、ことばの定義 計 東 西" in page
    assert f"{DEFINITIONS[Figure.NEW]} 少数 4 少数" in page
    assert f"{DEFINITIONS[Figure.ENDED]} 0 0 0" in page
    assert f"{DEFINITIONS[Figure.HOSTS]} 2 1 1" in page
    assert "だれのことかわかるおそれがある" in page
    assert "K-" not in page


def test_from_month_to_month_and_to_the_file_there_are_links(officer: TestClient) -> None:
    page = officer.get(f"{PAGE}?year=2026&month=11", headers=OWN).text
    assert f'href="{PAGE}?year=2026&amp;month=10">前の月<' in page
    assert f'href="{PAGE}?year=2026&amp;month=12">次の月<' in page
    for file in ("csv?year=2026&amp;month=11", "xlsx?year=2026&amp;month=11&amp;paper=true"):
        assert f'href="/api/v1/reports/monthly.{file}"' in page.replace("&paper", "&amp;paper")
    assert ">次の月<" not in officer.get(PAGE, headers=OWN).text
    assert ">前の月<" not in officer.get(f"{PAGE}?year=2000&month=1", headers=OWN).text


def test_a_month_that_has_not_ended_or_is_none_has_no_page(officer: TestClient) -> None:
    for asked, status in (("2027&month=1", 404), ("2026&month=13", 422), ("1999&month=1", 422)):
        assert officer.get(f"{PAGE}?year={asked}", headers=OWN).status_code == status


def test_the_page_is_open_to_the_officer_and_the_coordinator_alone(
    officer: TestClient, client_of: Callable[[str], TestClient]
) -> None:
    found = {
        role: client_of(role).get(PAGE, headers=OWN).status_code
        for role in ("csw", "coordinator", "officer", "admin", "auditor")
    }
    assert found == {
        "csw": 403, "coordinator": 200, "officer": 200, "admin": 403, "auditor": 403,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "before"),
    [(date(2026, 1, 1), date(2025, 12, 1)), (date(2024, 3, 1), date(2024, 2, 1))],
)
def test_the_month_before_is_found_over_the_year_and_the_leap_day(
    first: date, before: date
) -> None:
    assert month_before(first) == before
