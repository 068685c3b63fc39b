"""How a caller carries a token: a bearer header, or our cookie on a same-origin request."""

import hashlib
from typing import ClassVar, Final
from urllib.parse import urlsplit

from fastapi import Request, Response

from service.refusals import Kind, Refusal
from service.settings import Settings

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# How long a browser still knows whose form lies open in it after the sign-in has ended.
KNOWN_HOURS: Final = 24
OWN_SITES: Final = frozenset({"same-origin", "none"})


class ForeignOrigin(Refusal):
    kind: ClassVar = Kind.FORBIDDEN


def cookie_name(settings: Settings) -> str:
    return "__Host-deban" if settings.secure_cookies else "deban"


def last_cookie_name(settings: Settings) -> str:
    return f"{cookie_name(settings)}-last"


def hashed(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def last_sign_in(request: Request) -> str:
    """Return the hash of the sign-in that this browser had last, also when it has ended.

    It opens nothing: a token cannot be had from its hash.
    """
    settings: Settings = request.app.state.settings
    token = request.cookies.get(cookie_name(settings))
    return hashed(token) if token else request.cookies.get(last_cookie_name(settings), "")


def bearer_token(request: Request) -> str:
    """Return what the header bears; no browser sends it by itself."""
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    return bearer if scheme.lower() == "bearer" else ""


def carried_token(request: Request) -> str | None:
    """Return the bearer token, or the cookie's after looking where the request comes from."""
    if bearer := bearer_token(request):
        return bearer
    token = request.cookies.get(cookie_name(request.app.state.settings))
    if token and request.method not in SAFE_METHODS:
        refuse_foreign_origin(request)
    return token


def refuse_foreign_origin(request: Request) -> None:
    """Refuse a change that another site's page asks for (Fetch metadata, then Origin)."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        own = site in OWN_SITES
    else:
        own = origin is not None and urlsplit(origin).netloc == request.headers.get("host")
    if not own:
        raise ForeignOrigin("this change came from another site")


def refuse_foreign_browser(request: Request) -> None:
    """Refuse a sign-in that another site's page asks for; a program names no origin at all."""
    if {"sec-fetch-site", "origin"} & set(request.headers.keys()):
        refuse_foreign_origin(request)


def keep_token(response: Response, token: str, settings: Settings) -> None:
    _set(response, cookie_name(settings), token, hours=settings.session_hours, settings=settings)
    lasting = settings.session_hours + KNOWN_HOURS
    last = last_cookie_name(settings)
    _set(response, last, hashed(token), hours=lasting, settings=settings)


def _set(response: Response, name: str, value: str, *, hours: int, settings: Settings) -> None:
    response.set_cookie(
        name,
        value,
        max_age=hours * 3600,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
        path="/",
    )


def drop_token(response: Response, settings: Settings) -> None:
    """Take the cookie back, and whatever the browser kept of our pages.

    What remains says only whose forms may lie open in another window, and opens nothing.
    """
    response.delete_cookie(cookie_name(settings), path="/", secure=settings.secure_cookies)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
