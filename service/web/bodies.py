"""An end to bodies that are too large. Pure ASGI."""

from typing import Final

from fastapi import HTTPException, Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.web.answers import failure


class BodyTooLarge(HTTPException):
    """More bytes arrived than the office's setting allows.

    An HTTPException, because FastAPI turns every other error while reading a body into 400.
    """

    def __init__(self, most: int) -> None:
        super().__init__(413, f"a request may carry at most {most} bytes")


# Where a photo is sent. A little more than is kept arrives, so that the form itself can say so.
PHOTO: Final = "/photo"
PHOTO_BYTES: Final = 16_000_000


class BodyLimit:
    """Answer 413 as soon as a body is, or turns out to be, larger than ``most`` bytes."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = max(self.most, PHOTO_BYTES) if scope["path"].endswith(PHOTO) else self.most
        if _announced(scope) > most:
            await _refuse(most, scope, receive, send)
            return
        try:
            await self.app(scope, _counting(receive, most), send)
        except BodyTooLarge:  # nobody inside has made an answer of it
            await _refuse(most, scope, receive, send)


def _counting(receive: Receive, most: int) -> Receive:
    arrived = 0

    async def counted() -> Message:
        nonlocal arrived
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > most:
            raise BodyTooLarge(most)
        return message

    return counted


async def _refuse(most: int, scope: Scope, receive: Receive, send: Send) -> None:
    refused = BodyTooLarge(most)
    answer = failure(Request(scope), 413, "BodyTooLarge", refused.detail)
    await answer(scope, receive, send)


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdecimal() else 0
