"""The fault that the test of a full disk has to find: an app that says yes to what it lost."""

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError

from service.app import create_app as create_whole


def create_app() -> FastAPI:
    app = create_whole()
    app.add_exception_handler(OperationalError, lambda _request, _broken: JSONResponse({}, 201))
    return app
