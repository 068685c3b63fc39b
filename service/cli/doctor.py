"""``deban doctor``: look at everything that an installation rests on, one line each."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

import migrations
from service.audit.repository import missing_guards
from service.cli import doctor_mail, doctor_queue
from service.cli.reading import refuse
from service.database import WAL_IS_SAFE_FROM, open_engine
from service.settings import Settings
from service.suggestions.embedding import read_embedding

Finding = tuple[bool, str]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def examine() -> None:
    """Print what was found, and end with 1 if anything that is needed is amiss."""
    findings = [_looked_at(name, look) for name, look in CHECKS.items()]
    for good, line in findings:
        typer.echo(f"{'ok   ' if good else 'AMISS'} {line}")
    if not all(good for good, _ in findings):
        refuse("something is amiss")


def _looked_at(name: str, look: Callable[[], Finding]) -> Finding:
    try:
        good, said = look()
    except (OSError, SQLAlchemyError, ImportError, ValueError) as error:
        good, said = False, f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    return good, f"{name}: {said}"


def _python() -> Finding:
    return sys.version_info >= (3, 11), sys.version.split()[0]


def _engine() -> Engine:
    return open_engine(Settings().database_url, connections=1)


def _database() -> Finding:
    url = make_url(Settings().database_url)
    if url.get_backend_name() == "sqlite":
        return _sqlite_file(url.database or "")
    engine = _engine()
    with engine.connect() as connection:
        version = connection.exec_driver_sql("SHOW server_version").scalar_one()
    engine.dispose()
    return True, f"PostgreSQL {version} answers"


def _sqlite_file(name: str) -> Finding:
    # Opening would create the file, and a doctor changes nothing.
    path = Path(name)
    if not path.exists():
        return False, f"{name} does not exist yet; run deban migrate"
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK), f"SQLite file {name}"


def _revision() -> Finding:
    url = make_url(Settings().database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False, "no database, so no tables"
    engine = _engine()
    with engine.connect() as connection:
        good = migrations.is_current(connection)
    engine.dispose()
    return good, "at the newest revision" if good else "behind; run deban migrate"


def _audit() -> Finding:
    url = make_url(Settings().database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False, "no database, so no audit"
    engine = _engine()
    with engine.connect() as connection, Session(connection) as session:
        missing = missing_guards(session)
    engine.dispose()
    if missing:
        return False, f"can be changed: the triggers {', '.join(sorted(missing))} are missing"
    return True, "the database refuses every change of a line"


def _outbox() -> Finding:
    url = make_url(Settings().database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False, "no database, so no outbox"
    engine = _engine()
    try:
        return doctor_mail.outbox(engine)
    finally:
        engine.dispose()


def _queue() -> Finding:
    url = make_url(Settings().database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False, "no database, so no queue"
    engine = _engine()
    try:
        return doctor_queue.queue(engine)
    finally:
        engine.dispose()


def _sqlite() -> Finding:
    safe = sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM
    journal = "write-ahead journal" if safe else "rollback journal (slower, and safe below 3.51.3)"
    return True, f"{sqlite3.sqlite_version}, {journal}"


def _words() -> Finding:
    from catalogue import words  # noqa: PLC0415 - a broken dictionary is a finding, not a crash

    meaning = words.read("花に水をやる")
    return bool(meaning.liked and meaning.tokens), f"vocabulary {words.VERSION}, SudachiPy reads"


def _embeddings() -> Finding:
    found = read_embedding(Settings().embeddings)
    if found is None:
        return True, "none (DEBAN_EMBEDDINGS is not set); the vocabulary needs none"
    words, numbers = found.size
    return True, f"{words:,} words with {numbers} numbers each, version {found.version}"


def _time() -> Finding:
    import jpholiday  # noqa: PLC0415 - a missing calendar is a finding, not a crash

    zone = ZoneInfo("Asia/Tokyo")
    return bool(jpholiday.is_holiday(date(2026, 1, 1))), f"{zone.key} and the holidays are known"


def _cookies() -> Finding:
    if Settings().secure_cookies:
        return True, "only over HTTPS, or on this machine"
    return True, "also over plain HTTP (DEBAN_SECURE_COOKIES is off): only for a demonstration"


def _browser() -> Finding:
    found = next((path for each in BROWSERS if (path := shutil.which(each))), None)
    return True, found or "no Chromium; only the tests of pages would want one"


CHECKS: dict[str, Callable[[], Finding]] = {
    "Python": _python,
    "database": _database,
    "tables": _revision,
    "audit": _audit,
    "SQLite": _sqlite,
    "words": _words,
    "embeddings": _embeddings,
    "time": _time,
    "cookies": _cookies,
    "mail": doctor_mail.mail,
    "outbox": _outbox,
    "queue": _queue,
    "browser": _browser,
}
