"""What day it is in Japan is the same wherever the machine thinks it is, to the very second."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service import clock
from service.clock import local_day
from service.web.dates import dated_words, moment_words
from tests.factories import TurnableClock

API = "/api/v1"
ZONES = ("UTC", "Asia/Tokyo", "America/New_York")
# Ends and beginnings of years as offices count them, of February, of the calendar.
DAYS = (date(2027, 3, 31), date(2027, 4, 1), date(2027, 2, 28), date(2028, 2, 29),
        date(2027, 12, 31))  # fmt: skip
HOURS = ((0, 0), (8, 59), (9, 0))


def in_japan(day: date, hour: int, minute: int) -> datetime:
    """The moment in UTC, reckoned by hand: Japan is nine hours ahead and has no summer time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=9)


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def wrong(told: Callable[[datetime], Any]) -> list[date]:
    """Return the days that something takes for another one at one of the hours."""
    moments = product(DAYS, HOURS)
    return [day for day, clock_face in moments if told(in_japan(day, *clock_face)) != day]


def test_today_is_the_day_in_japan_in_every_zone(zone: str) -> None:
    assert wrong(local_day) == []
    assert moment_words(in_japan(date(2028, 2, 29), 8, 59)) == "令和10年2月29日(火) 08:59"
    assert dated_words(local_day(in_japan(date(2027, 4, 1), 0, 0))) == "令和9年4月1日(木)"


def test_the_day_of_the_machine_would_be_another(zone: str) -> None:
    """The control: asked plainly, only a machine in Japan knows the day."""
    naive = wrong(lambda at: datetime.fromtimestamp(at.timestamp()).date())  # noqa: DTZ006 - the fault
    assert (naive == []) is (zone == "Asia/Tokyo")


def test_what_the_service_writes_down_bears_the_day_in_japan(
    zone: str, client: TestClient, turnable_clock: TurnableClock
) -> None:
    for day in DAYS:
        for number, clock_face in enumerate(HOURS):
            turnable_clock.at = in_japan(day, *clock_face)
            body = {"area": "east", "code": f"{day:%m%d}-{number}"}
            made = client.post(f"{API}/people", json=body)
            assert made.json()["known_since"] == day.isoformat(), zone
            path = f"{API}/people/{made.json()['id']}/end"
            ahead = {"ended_on": (day + timedelta(days=1)).isoformat()}
            assert client.put(path, json=ahead).json()["title"] == "EndAhead"
            assert client.put(path, json={}).json()["ended_on"] == day.isoformat()


def test_a_machine_without_time_zones_knows_the_day_all_the_same() -> None:
    asked = (
        "import zoneinfo; from datetime import UTC, datetime;"
        "from service.clock import local_day;"
        "print(zoneinfo.TZPATH, local_day(datetime(2026, 11, 20, 15, tzinfo=UTC)))"
    )
    bare = os.environ | {"PYTHONTZPATH": "", "TZ": "America/New_York"}
    told = subprocess.run(
        [sys.executable, "-c", asked], env=bare, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["()", "2026-11-21"]
    assert clock.TOKYO.key == "Asia/Tokyo"
