"""What an office does to its own installation: migrate, serve, import, open accounts."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import typer
import uvicorn
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlmodel import Session

import migrations
from catalogue import intake, repository
from catalogue.exchange.models import CatalogueFile
from catalogue.tables import Area, Municipality
from catalogue.terms.signs import unfit_sign
from service.accounts.actions import open_account
from service.accounts.rules import Role
from service.audit.repository import missing_guards
from service.cli.inputs import catalogue_from
from service.cli.reading import USAGE, content_of, refuse
from service.database import can_read_people, open_engine, transaction
from service.encryption.actions import check_keys, make_keys
from service.encryption.keychain import key_file, keys_of
from service.encryption.keyfile import KeysMissing
from service.refusals import Refusal
from service.settings import Settings, Side
from service.suggestions.embedding import EmbeddingsFault, read_embedding
from service.web.probes import SHARED

STANDARD_INPUT = Path("-")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class NewAccount:
    username: str
    role: Role
    area: str | None
    display_name: str
    municipality: str | None


@contextmanager
def opened() -> Iterator[Engine]:
    """Open the database of the settings, or end the command with a sentence."""
    try:
        settings = Settings()
        keys = key_file(settings.key_file)
        engine = open_engine(settings.database_url, connections=2, keys=keys)
    except (ArgumentError, SQLAlchemyError, ImportError):
        refuse("DEBAN_DATABASE_URL is no database address; sqlite:///FILE or postgresql://… is")
    try:
        yield engine
    except KeysMissing as missing:
        refuse(str(missing))
    except OperationalError as error:
        refuse(f"the database does not answer: {str(error.orig).splitlines()[0]}")
    finally:
        engine.dispose()


@contextmanager
def current() -> Iterator[Engine]:
    """Open a database that stands at the newest revision."""
    with opened() as engine:
        with engine.connect() as connection:
            if not migrations.is_current(connection):
                refuse("the database is not at this program's revision; run deban migrate")
        check_keys(engine, keys_of(engine))
        yield engine


@contextmanager
def working() -> Iterator[Session]:
    """One command is one transaction; a refusal of the service ends the command."""
    with current() as engine:
        try:
            with transaction(engine) as session:
                yield session
        except Refusal as refusal:
            refuse(str(refusal))


def migrate_database() -> None:
    with opened() as engine:
        made = make_keys(engine, keys_of(engine))
        migrations.upgrade(engine)
        check_keys(engine, keys_of(engine))
    if made:
        typer.echo(
            f"new keys are in {Settings().key_file}: without this file nothing that is written"
            " about somebody can be read; keep a copy apart from the database's backups"
        )
    typer.echo("the database is at the newest revision")


def serve_office(*, host: str, port: int, workers: int) -> None:
    # Said before the first worker starts, not by each of them.
    with current() as engine:
        with transaction(engine) as session:
            if missing := missing_guards(session):
                refuse(
                    f"the audit can be changed: the triggers {', '.join(sorted(missing))} are"
                    " missing; somebody took them away. deban audit verify says what was changed"
                )
        if Settings().side is Side.HOST and can_read_people(engine):
            refuse(
                "DEBAN_SIDE=host needs a PostgreSQL login that holds the role deban_host alone;"
                " this one can read people"
            )
    try:
        read_embedding(Settings().embeddings)
    except EmbeddingsFault as fault:
        refuse(str(fault))
    with _metrics_of(workers):
        uvicorn.run(
            "service.app:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            access_log=False,
            forwarded_allow_ips=Settings().forwarded_allow_ips,
            server_header=False,
            timeout_graceful_shutdown=20,
        )


@contextmanager
def _metrics_of(workers: int) -> Iterator[None]:
    """Give several workers a folder for their counts; without it /metrics tells of one of them."""
    if workers == 1 or SHARED in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="deban-metrics-") as folder:
        os.environ[SHARED] = folder  # the workers are started with it
        try:
            yield
        finally:
            del os.environ[SHARED]


def import_files(files: list[Path], *, municipality: str | None) -> None:
    """Take every file in, or none: all of them are read before the first is saved."""
    read = [(path, catalogue_from(path)) for path in files]
    with working() as session:
        for path, file in read:
            try:
                done = save(session, file, municipality=municipality)
            except intake.CapacityBelowTakenError as error:
                refuse(f"{path}: {error}; nothing was taken in")
            typer.echo(f"{path}: {summary(done)}")


def save(session: Session, file: CatalogueFile, *, municipality: str | None) -> intake.Imported:
    """Save a catalogue into its municipality, which the first import creates."""
    name = municipality or file.municipality
    if len(name) > LONGEST_NAME or unfit_sign(name, one_line=True):
        refuse(f"--municipality: a name has at most {LONGEST_NAME} signs, in one line", code=USAGE)
    tenant = repository.municipality_named(session, name)
    if tenant is None:
        tenant = Municipality(name=name)
        session.add(tenant)
        session.flush()
    return intake.save_catalogue(session, tenant, file)


def summary(done: intake.Imported) -> str:
    if not (done.added or done.changed or done.closed):
        return "nothing changed"
    parts = (f"{done.added} added", f"{done.changed} changed", f"{done.unchanged} unchanged")
    closed = f", {done.closed} slots closed" if done.closed else ""
    return ", ".join(parts) + closed


def open_staff_account(new: NewAccount, *, password_file: Path) -> None:
    password = _password(password_file)
    with working() as session:
        tenant = tenant_named(session, new.municipality)
        area = _area(session, tenant, new.area) if new.area else None
        open_account(
            session,
            new.username,
            municipality_id=tenant.id,
            role=new.role,
            password=password,
            display_name=new.display_name,
            area_id=area.id if area else None,
        )
    typer.echo(f"account {new.role} {new.username} is open")


def _password(path: Path) -> str:
    content = (
        typer.get_binary_stream("stdin").read() if path == STANDARD_INPUT else content_of(path)
    )
    try:
        first, _, _ = content.decode().partition("\n")
    except UnicodeDecodeError:
        refuse("the password is not UTF-8 text")
    return first.rstrip("\r")


def tenant_named(session: Session, name: str | None) -> Municipality:
    """Return the municipality of a name, or the only one, or end the command."""
    known = {each.name: each for each in repository.municipalities(session)}
    if not known:
        refuse("the database holds no municipality yet; deban import FILE brings the first")
    if name is None and len(known) > 1:
        refuse(f"--municipality has to say which: {', '.join(known)}", code=2)
    if name is not None and name not in known:
        refuse(f"no municipality is called {name}; there are {', '.join(known)}", code=2)
    return known[name] if name is not None else next(iter(known.values()))


def _area(session: Session, tenant: Municipality, area: str) -> Area:
    known = repository.all_by_ref(session, Area, tenant.id)
    found = next((each for each in known.values() if area in {each.ref, each.name}), None)
    if found is None:
        refuse(f"no area is called {area}; there are {', '.join(known)}", code=2)
    return found
