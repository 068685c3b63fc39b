"""How a host comes in: with a token, as often as wrong ones are let, from no other site's page."""

from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, Path, Request

from service.accounts import throttling
from service.clock import Moment
from service.database import SessionDep
from service.hosts import links
from service.hosts.links import Held
from service.web.tokens import OWN_SITES, ForeignOrigin

# Whoever follows a link from these pages tells nobody where it was, and no machine keeps it.
HEADERS: Final = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
# On a page whatever stands there is compared with what we know, and opens nothing.
PageToken = Annotated[str, Path(max_length=2000)]
Token = Annotated[str, Path(max_length=100, pattern="^[A-Za-z0-9_-]+$")]


def _held(request: Request, session: SessionDep, token: str, at: Moment) -> Held:
    """Count a try before the token is looked at, and give it back if the link opens something."""
    state = request.app.state
    address = request.client.host if request.client else ""
    bucket = links.tries_of(address, state.settings)
    throttling.take(state.engine, bucket, at=at)
    held = links.hold(session, token, at=at)
    if held.link is not None:
        throttling.give_back(session, bucket)
    return held


def page_held(request: Request, session: SessionDep, token: PageToken, at: Moment) -> Held:
    return _held(request, session, token, at)


def api_held(request: Request, session: SessionDep, token: Token, at: Moment) -> Held:
    return _held(request, session, token, at)


HeldByPage = Annotated[Held, Depends(page_held)]
HeldByProgram = Annotated[Held, Depends(api_held)]


def refuse_foreign_page(request: Request) -> None:
    """Refuse an answer that another site's page sends.

    Our own page tells nobody where it was, so a browser may name its origin "null"; the token in
    the address is what no other page knows.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site not in OWN_SITES:
        raise ForeignOrigin("this answer came from another site")
    named = origin is not None and origin != "null"
    if named and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForeignOrigin("this answer came from another site")


OwnPage = Annotated[None, Depends(refuse_foreign_page)]
