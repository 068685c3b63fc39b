"""The demonstration is told from today's point of view, whichever day today is."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, func, select

from service.demo.loading import load
from service.demo.story import COURSES
from service.placements.tables import Placement
from service.settings import Settings

SETTINGS = Settings(database_url="sqlite://", secure_cookies=False)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 1, 2, 23, 30, tzinfo=UTC),
        datetime(2027, 7, 29, 14, 59, tzinfo=UTC),
        datetime(2028, 2, 28, 15, 0, tzinfo=UTC),
    ],
)
def test_the_story_can_be_told_on_any_day(session: Session, now: datetime) -> None:
    load(session, now=now, settings=SETTINGS)
    session.flush()
    assert session.exec(select(func.count()).select_from(Placement)).one() == len(COURSES)
