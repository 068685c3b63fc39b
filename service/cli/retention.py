"""What an office does about ends from its own machine: look, draw, run, replay."""

from pathlib import Path

import typer

from catalogue import repository as catalogue
from service import clock
from service.accounts.repository import account_named
from service.cli.office import current, working
from service.cli.reading import refuse
from service.retention import actions, erasing
from service.settings import Settings


def print_due() -> None:
    """Print what is due today: ids, classes and days."""
    at = clock.moment()
    with working() as session:
        for tenant in catalogue.municipalities(session):
            found = actions.due(session, tenant.id, on=clock.local_day(at), settings=Settings())
            typer.echo(f"{tenant.name}: {len(found)} due")
            for kind, subject, since in found:
                typer.echo(f"  {kind} {subject} since {since}")


def draw_list(*, by: str) -> None:
    """Store what is due as a list in the name of an account; another one approves it."""
    with working() as session:
        account = account_named(session, by)
        if account is None:
            refuse("no such account")
        head = actions.draw(
            session,
            municipality_id=account.municipality_id,
            by=account.id,
            at=clock.moment(),
            settings=Settings(),
        )
        typer.echo(f"list {head.id} is drawn; somebody else approves it")


def run_lists() -> None:
    with current() as engine:
        done = erasing.run(engine, at=clock.moment(), settings=Settings())
    typer.echo(
        f"{done.erased} erased, {done.kept} left (held, not due any more, or gone before),"
        f" {done.sign_ins} old sign-ins dropped"
    )


def replay_notes(file: Path) -> None:
    if not file.exists():
        refuse(f"{file}: no such file")
    with current() as engine:
        again = erasing.replay(engine, file, at=clock.moment())
    typer.echo(f"{again} erased again")
