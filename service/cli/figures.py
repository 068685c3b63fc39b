"""``deban evaluate``: how near the matching comes to graded judgements, beside plain baselines."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import typer
from rich import box
from rich.console import Console
from rich.table import Table

import matching
from catalogue.profiles import PersonProfile
from matching import Answer
from matching.evaluate import BASELINES, Figures, evaluate, figures
from service.cli.inputs import gather
from service.cli.progress import followed
from service.cli.reading import read_or_refuse, refuse
from service.suggestions.judgements import JudgementsFile, read_judgements

# Deep enough that every judged activity has its place in the order.
DEEP = 1000
SEED = 20_261_121
WIDTH = 100
Grades = Mapping[str, Mapping[str, int]]


def print_figures(catalogue: Path, people: Path, judgements: Path, *, as_of: date | None) -> None:
    inputs = gather(catalogue, people, as_of=as_of)
    file = read_or_refuse(judgements, lambda text, name: read_judgements(text, name=name))
    index = matching.build(inputs.activities, as_of=inputs.as_of)
    grades = _grades(file)
    answers = {
        person.id: matching.match(index, person, limit=DEEP)
        for person in followed(inputs.people, "matching")
    }
    ours = evaluate(index, inputs.people, answers, grades, seed=SEED)
    asked = [each for each in inputs.people if answers[each.id].held is None]
    plain = {
        name: figures({each.id: rank(index, each, seed=SEED) for each in asked}, grades, seed=SEED)
        for name, rank in BASELINES.items()
    }
    _show({"deban": ours, **plain})
    _tell_faults(ours, _proposed_against_judgement(file, inputs.people, answers))


def _grades(file: JudgementsFile) -> Grades:
    return {
        judgement.person: {rating.activity: rating.grade for rating in judgement.ratings}
        for judgement in file.judgements
        if not judgement.no_proposal
    }


def _proposed_against_judgement(
    file: JudgementsFile, people: list[PersonProfile], answers: Mapping[str, Answer]
) -> list[str]:
    """Name the people for whom the reader wants no proposal and who were not held."""
    known = {person.id for person in people}
    silent = {each.person for each in file.judgements if each.no_proposal} & known
    return sorted(name for name in silent if answers[name].held is None)


def _show(rows: Mapping[str, Figures]) -> None:
    table = Table(box=box.SIMPLE, title="nDCG@5 over judged activities; 95 % interval over people")
    for title in ("order", "people", "nDCG@5", "interval", "best found in first 5", "unwanted"):
        table.add_column(title, justify="left" if title == "order" else "right")
    for name, each in rows.items():
        low, high = each.interval
        table.add_row(
            name,
            str(each.people),
            f"{each.ndcg:.3f}",
            f"{low:.3f} to {high:.3f}",
            f"{each.found:.2f}",
            f"{each.unwanted:.2f}",
        )
    console = Console(highlight=False)
    (console if console.is_terminal else Console(highlight=False, width=WIDTH)).print(table)


def _tell_faults(ours: Figures, unheld: list[str]) -> None:
    typer.echo(f"safety violations among the proposals: {len(ours.unsafe)}")
    for person, activity, code in ours.unsafe:
        typer.echo(f"  {person} {activity} {code}")
    wrong = sorted({*ours.not_held, *unheld})
    typer.echo(f"people to be held who got a proposal: {len(wrong)} {' '.join(wrong)}".rstrip())
    if ours.unsafe or wrong:
        refuse("the answers are not safe")
