"""``deban schema``: the exchange formats as JSON Schema."""

import json

import typer

from catalogue.exchange import catalogue_file
from service.cli.reading import USAGE, refuse
from service.persons import exchange


def print_schema(which: str) -> None:
    """Print one schema by its short name, or all of them by their formats' names."""
    schemas = {**catalogue_file.schemas(), **exchange.schemas()}
    short = {name.removeprefix("deban-").partition("/")[0]: name for name in schemas}
    if which != "all" and which not in short:
        refuse(f"no format is called {which}; there are {', '.join(sorted(short))}", code=USAGE)
    document = schemas if which == "all" else schemas[short[which]]
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
