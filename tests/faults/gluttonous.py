"""The planted fault: the same service, without an end to what a body may hold."""

from fastapi import FastAPI

from service.app import create_app
from service.web.bodies import BodyLimit


def gluttonous_app() -> FastAPI:
    app = create_app()
    app.user_middleware = [each for each in app.user_middleware if each.cls is not BodyLimit]
    return app
