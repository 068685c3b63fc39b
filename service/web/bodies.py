"""An end to bodies that are too large. Pure ASGI."""

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


class BodyLimit:
    """Answer 413 as soon as a body is, or turns out to be, larger than ``most`` bytes."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _announced(scope) > self.most:
            await self._refuse(scope, receive, send)
            return
        try:
            await self.app(scope, self._counting(receive), send)
        except BodyTooLarge:  # nobody inside has made an answer of it
            await self._refuse(scope, receive, send)

    def _counting(self, receive: Receive) -> Receive:
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > self.most:
                raise BodyTooLarge(self.most)
            return message

        return counted

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = BodyTooLarge(self.most)
        answer = failure(Request(scope), 413, "BodyTooLarge", refused.detail)
        await answer(scope, receive, send)


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdecimal() else 0
