"""Forms that only our own pages can send: a token of the sign-in, and a look at the origin."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from service.web.tokens import ForeignOrigin, cookie_name, hashed, refuse_foreign_origin

FIELD = "csrf_token"
PURPOSE = b"form"


class OutOfDate(ForeignOrigin):
    """A form of our own that was made for another sign-in: an earlier one of the same browser."""


def csrf_token(request: Request) -> str:
    """Return the token of this sign-in's forms; it says nothing about the sign-in's own token."""
    token = request.cookies.get(cookie_name(request.app.state.settings), "")
    return _token_under(hashed(token) if token else "")


def _token_under(key: str) -> str:
    return hmac.new(key.encode(), PURPOSE, hashlib.sha256).hexdigest()


def is_of(form: FormData, token_hash: str) -> bool:
    """Say whether a form was made under the sign-in with this hash."""
    sent = form.get(FIELD)
    expected = _token_under(token_hash)
    return isinstance(sent, str) and hmac.compare_digest(sent.encode(), expected.encode())


async def signed_form(request: Request) -> AsyncIterator[FormData]:
    """Give the fields of a form that one of our own pages sent, or refuse; files are not taken."""
    refuse_foreign_origin(request)
    async with request.form(max_files=0) as form:
        yield _signed(request, form)


async def signed_upload(request: Request) -> AsyncIterator[FormData]:
    """Give the fields of such a form with the one file that it may hold."""
    refuse_foreign_origin(request)
    async with request.form(max_files=1) as form:
        yield _signed(request, form)


def _signed(request: Request, form: FormData) -> FormData:
    request.state.sent = form  # whatever becomes of it, what was typed can be kept
    token = request.cookies.get(cookie_name(request.app.state.settings), "")
    if not is_of(form, hashed(token) if token else ""):
        raise OutOfDate("this form is out of date; please load the page again", out_of_date=True)
    return form


async def plain_form(request: Request) -> AsyncIterator[FormData]:
    """Give the fields of a form that needs no sign-in: its address itself is the secret."""
    async with request.form(max_files=0) as form:
        yield form


SignedForm = Annotated[FormData, Depends(signed_form)]
SignedUpload = Annotated[FormData, Depends(signed_upload)]
PlainForm = Annotated[FormData, Depends(plain_form)]
