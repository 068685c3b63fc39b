"""Forms that only our own pages can send: a token of the sign-in, and a look at the origin."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from service.web.tokens import ForeignOrigin, cookie_name, refuse_foreign_origin

FIELD = "csrf_token"
PURPOSE = b"form"


def csrf_token(request: Request) -> str:
    """Return the token of this sign-in's forms; it says nothing about the sign-in's own token."""
    key = request.cookies.get(cookie_name(request.app.state.settings), "")
    return hmac.new(key.encode(), PURPOSE, hashlib.sha256).hexdigest()


async def signed_form(request: Request) -> AsyncIterator[FormData]:
    """Give the fields of a form that one of our own pages sent, or refuse; files are not taken."""
    refuse_foreign_origin(request)
    async with request.form(max_files=0) as form:
        sent = form.get(FIELD)
        if not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), _expected(request)):
            raise ForeignOrigin("this form is out of date; please load the page again")
        yield form


async def plain_form(request: Request) -> AsyncIterator[FormData]:
    """Give the fields of a form that needs no sign-in: its address itself is the secret."""
    async with request.form(max_files=0) as form:
        yield form


def _expected(request: Request) -> bytes:
    return csrf_token(request).encode()


SignedForm = Annotated[FormData, Depends(signed_form)]
PlainForm = Annotated[FormData, Depends(plain_form)]
