"""What a placement's edges are told besides the caller: the office's settings."""

from typing import Annotated

from fastapi import Depends, Request

from service.settings import Settings


def office_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Office = Annotated[Settings, Depends(office_settings)]
