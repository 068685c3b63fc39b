"""``deban keys``: see how the keys stand, put new ones in their place, drop the old ones."""

from datetime import timedelta

import typer

import service.app  # noqa: F401 - every chapter's sealed columns are counted, so all are loaded
from service import clock
from service.cli.office import current
from service.encryption import rotation
from service.encryption.keychain import keys_of


def print_status() -> None:
    """Print one line a ring; what is stale still hangs on an older key."""
    with current() as engine:
        keys = keys_of(engine)
        for each in rotation.standing(engine, keys):
            typer.echo(
                f"{each.ring}: current {each.current}, older {each.older};"
                f" owners' keys {each.keys}, stale {each.stale_keys};"
                f" values {each.values}, stale {each.stale_values}"
            )
        if keys.unfinished():
            typer.echo("a rotation is not at its end: run deban keys rotate again")


def rotate_keys(*, data: bool, rest: bool) -> None:
    """Rotate, saying after each small transaction how far it has come."""
    with current() as engine:
        if rest:
            rotation.bring_to_end(engine, keys_of(engine), at=clock.moment(), progress=_say)
        else:
            rotation.rotate(engine, keys_of(engine), data=data, at=clock.moment(), progress=_say)
    print_status()


def _say(what: str, done: int) -> None:
    typer.echo(f"{what}: {done}", err=True)


def retire_keys(*, grace_minutes: int) -> None:
    """Drop what nothing hangs on any more."""
    with current() as engine:
        grace = timedelta(minutes=grace_minutes)
        gone = rotation.retire(engine, keys_of(engine), at=clock.moment(), grace=grace)
    for ring, (owners, file) in gone.items():
        typer.echo(f"{ring}: {owners} old keys of owners and {file} of the key file are gone")
