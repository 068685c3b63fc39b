"""The square on a sheet: where everybody may read the same, and nothing about who printed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import segno
from fastapi import Request

from service.paper.actions import Printed
from service.web.pages import address_of


@dataclass(frozen=True, slots=True)
class Office:
    """Who answers when something is unclear."""

    name: str
    telephone: str
    hours: str


def office_of(request: Request) -> Office:
    settings = request.app.state.settings
    return Office(settings.office_name, settings.office_telephone, settings.office_hours)


def path_of(activity_id: UUID) -> str:
    """Return the address of the page that everybody may see, if the host agreed."""
    return f"/a/{activity_id}"


def squares_of(request: Request, sheets: Iterable[Printed]) -> Mapping[UUID, str]:
    """Return a picture for each sheet; none where the host has not agreed to be shown."""
    return {
        each.activity.id: _drawn(address_of(request, path_of(each.activity.id), for_hosts=True))
        if each.is_public
        else ""
        for each in sheets
    }


def _drawn(address: str) -> str:
    return str(segno.make(address, error="m").svg_data_uri(scale=4, border=2))
