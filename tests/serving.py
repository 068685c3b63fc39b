"""The service in process. Laying out its routes takes long, so an app serves test after test."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from fastapi import FastAPI
from sqlalchemy import Connection, Engine
from starlette.datastructures import State

from service.app import create_app, furnish
from service.settings import Settings

# What an app is laid out by; every other setting is read from its state.
LAYOUT: Final = ("side", "metrics", "api_docs", "gallery", "secure_cookies", "body_limit_bytes")
Layout = tuple[Any, ...]
AppOf = Callable[..., FastAPI]


def shape(app: FastAPI) -> tuple[int, ...]:
    """Say what a test may have planted into an app."""
    planted = (app.router.routes, app.user_middleware, app.exception_handlers)
    return tuple(map(len, planted))


class Apps:
    """Apps that wait for the next test, and those that the present one has."""

    def __init__(self) -> None:
        self.waiting: dict[Layout, list[FastAPI]] = defaultdict(list)
        self.lent: list[tuple[Layout, tuple[int, ...], FastAPI]] = []

    def lend(
        self, settings: Settings, *, bind: Engine | Connection, now: Callable[[], datetime]
    ) -> FastAPI:
        """Give an app with nothing of the test before in it."""
        layout = tuple(getattr(settings, name) for name in LAYOUT)
        if self.waiting[layout]:
            app = self.waiting[layout].pop()
            app.state = State()
            furnish(app, settings, bind=bind, now=now)
        else:
            app = create_app(settings, bind=bind, now=now)
        self.lent.append((layout, shape(app), app))
        return app

    def take_back(self) -> None:
        """Keep what was lent, unless a test has planted something into it."""
        for layout, before, app in self.lent:
            if shape(app) == before:
                self.waiting[layout].append(app)
        self.lent.clear()
