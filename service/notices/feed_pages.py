"""The address that a calendar reads: no sign-in, no cookie, nothing but its secret."""

from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from service.accounts.proving import AtDoor
from service.notices import feeds
from service.notices.feeds import Served

router = APIRouter()

# Whatever stands there is compared with what we know, and opens nothing.
FeedToken = Annotated[str, Path(max_length=2000)]
MEDIA: Final = "text/calendar; charset=utf-8"
# No machine on the way keeps it, and none that searches.
HEADERS: Final = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "private, no-cache"}


@router.get("/c/{token}.ics")
def read_calendar(request: Request, token: FeedToken, door: AtDoor) -> Response:
    """Send the calendar, or say that it is as it was."""
    served = feeds.serve(door.bind, token, address=door.address, settings=door.settings, at=door.at)
    headers = HEADERS | {
        "ETag": f'"{served.tag}"',
        "Last-Modified": format_datetime(served.changed_at, usegmt=True),
    }
    if _is_known(request, served):
        return Response(status_code=304, headers=headers)
    return Response(served.content, media_type=MEDIA, headers=headers)


def _is_known(request: Request, served: Served) -> bool:
    """Say whether the caller has this very calendar; a tag says more than a moment."""
    if (tags := request.headers.get("if-none-match")) is not None:
        known = [each.strip().removeprefix("W/").strip('"') for each in tags.split(",")]
        return served.tag in known or "*" in known
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(since) >= served.changed_at
    except (ValueError, TypeError):
        return False
