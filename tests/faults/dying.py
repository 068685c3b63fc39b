"""The service with a death planted in it: a worker kills itself before or after its commit."""

import asyncio
import os
import signal
from contextvars import ContextVar
from typing import Any

from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.orm import Session
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.app import create_app as create_whole

DEATH = "x-death"
BEFORE, AFTER = "before the commit", "after the commit"
DELAY = 0.03
_death: ContextVar[str] = ContextVar("death", default="")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    """Die before the answer leaves, some time after what was asked was committed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            _death.set(Headers(scope=scope).get(DEATH, ""))

        async def last(message: Message) -> None:
            if _death.get() == AFTER:
                await asyncio.sleep(DELAY)
                die()
            await send(message)

        await self.app(scope, receive, last)


def _before_commit(session: Any) -> None:
    if _death.get() == BEFORE and not session.in_nested_transaction():
        session.flush()
        die()


def create_app() -> FastAPI:
    app = create_whole()
    app.add_middleware(Dying)
    event.listen(Session, "before_commit", _before_commit)
    return app
