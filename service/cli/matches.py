"""``deban match``: answers for people of a file, as JSON or as a table for human eyes."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import typer

import matching
from catalogue.profiles import PersonProfile
from matching import Answer
from service.cli.inputs import Inputs, gather, index_of
from service.cli.progress import followed
from service.cli.showing import show_answers
from service.suggestions.telling import told

Answers = Iterator[tuple[PersonProfile, Answer]]


def print_matches(
    catalogue: Path,
    people: Path,
    *,
    persons: list[str],
    limit: int,
    as_of: date | None,
    as_json: bool,
) -> None:
    inputs = gather(catalogue, people, persons=persons, as_of=as_of)
    if as_json:
        typer.echo(as_text(inputs, limit=limit))
    else:
        show_answers(inputs, list(answers(inputs, limit=limit)))


def answers(inputs: Inputs, *, limit: int) -> Answers:
    """Yield everybody's answer."""
    index = index_of(inputs)
    for person in followed(inputs.people, "matching"):
        yield person, matching.match(index, person, limit=limit)


def as_text(inputs: Inputs, *, limit: int) -> str:
    """Return the answers as JSON: the same input gives the same bytes."""
    results = [{"person": who.id, **told(answer)} for who, answer in answers(inputs, limit=limit)]
    document = {"as_of": inputs.as_of.isoformat(), "results": results}
    return json.dumps(document, ensure_ascii=False, indent=1)
