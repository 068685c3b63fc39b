"""What a placement's edges are told besides the caller: settings, and what stands above them."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from service.placements.repository import Offer
from service.placements.steps import Steps
from service.placements.tables import Placement
from service.settings import Settings

# Visits and concerns stand above placements, so the app hands their knowledge down.
NextStep = Callable[[Session, Placement, Offer], Steps]


def office_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def next_step(request: Request) -> NextStep:
    found: NextStep = request.app.state.next_step
    return found


Office = Annotated[Settings, Depends(office_settings)]
