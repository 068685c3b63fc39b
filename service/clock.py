"""The one place that reads the clock; rules are told what day it is."""

from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

TOKYO = ZoneInfo("Asia/Tokyo")


def moment() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def local_day(at: datetime) -> date:
    """Return the calendar day in Japan of a moment."""
    return at.astimezone(TOKYO).date()


async def request_moment(request: Request) -> datetime:
    """Ask the app's clock, so that tests and demonstrations can turn it.

    Asynchronous, because it waits for nothing: a plain function would go through the thread pool.
    """
    now: datetime = request.app.state.clock()
    return now


async def request_day(request: Request) -> date:
    return local_day(await request_moment(request))


Moment = Annotated[datetime, Depends(request_moment)]
Today = Annotated[date, Depends(request_day)]
