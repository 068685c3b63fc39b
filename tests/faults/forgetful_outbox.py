"""The planted fault: the same service, but what is to be told is kept in this process's memory."""

import threading
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from sqlmodel import Session

from service.app import create_app
from service.contacts import actions as contacts
from service.database import open_engine, transaction
from service.outbox.actions import report
from service.outbox.rules import Notice
from service.settings import Settings


def report_later(
    _session: Session, municipality_id: UUID, notice: Notice, *, at: datetime, **known: Any
) -> None:
    """Write it down in a moment, as a background task would, when the answer has long gone out."""

    def write() -> None:
        engine = open_engine(Settings().database_url, connections=1)
        with transaction(engine) as session:
            report(session, municipality_id, notice, at=at, **known)

    timer = threading.Timer(30, write)
    timer.daemon = True
    timer.start()


def forgetful_app() -> FastAPI:
    contacts.report = report_later
    return create_app()
