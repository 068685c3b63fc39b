"""What a placement's edges are told besides the caller: settings, and what stands above them."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlmodel import Session

from service.accounts.actions import Staff
from service.placements.lifecycle import Action
from service.placements.repository import Offer
from service.placements.steps import Steps
from service.placements.tables import Placement
from service.settings import Settings

# Visits and concerns stand above placements, so the app hands their knowledge down.
NextStep = Callable[[Session, Placement, Offer], Steps]


# What is shown and owed stands above them as well: lines for the page, said before an end.
ClosingLines = Callable[[Session, Staff, UUID, Action, datetime], list[str]]


def office_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def next_step(request: Request) -> NextStep:
    found: NextStep = request.app.state.next_step
    return found


def closing_lines(request: Request) -> ClosingLines:
    found: ClosingLines = request.app.state.closing_lines
    return found


Office = Annotated[Settings, Depends(office_settings)]
