"""``deban evaluate``: how near the matching comes to graded judgements, beside plain baselines."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import typer
from rich import box
from rich.console import Console
from rich.table import Table

import matching
from catalogue.profiles import PersonProfile
from matching import WEIGHTS, Answer, Index
from matching.evaluate import BASELINES, Figures, evaluate, figures
from matching.fairness import by_group, without_proposal
from matching.learn import apart
from matching.weights import Weights
from service.cli.inputs import gather, index_of
from service.cli.progress import followed
from service.cli.reading import read_or_refuse, refuse
from service.suggestions.judgements import JudgementsFile, read_judgements

# Deep enough that every judged activity has its place in the order.
DEEP = 1000
SEED = 20_261_121
WIDTH = 110
TITLE = "nDCG@5 over judged activities; 95 % interval over people"
FAIRNESS = "the same by kind of person (few people say little)"
Grades = Mapping[str, Mapping[str, int]]


def print_figures(
    catalogue: Path, people: Path, judgements: Path, *, as_of: date | None, folds: int = 0
) -> None:
    inputs = gather(catalogue, people, as_of=as_of)
    file = read_or_refuse(judgements, lambda text, name: read_judgements(text, name=name))
    index = index_of(inputs)
    grades = _grades(file)
    answers = _answers(index, inputs.people, {})
    ours = evaluate(index, inputs.people, answers, grades, seed=SEED)
    rows = {"deban": ours}
    if folds > 1:
        learned = apart(index, inputs.people, grades, folds=folds, seed=SEED)
        unseen = _answers(index, inputs.people, learned)
        rows[f"weights of the other {folds - 1} folds"] = evaluate(
            index, inputs.people, unseen, grades, seed=SEED
        )
    asked = [each for each in inputs.people if answers[each.id].held is None]
    rows |= {
        name: figures({each.id: rank(index, each, seed=SEED) for each in asked}, grades, seed=SEED)
        for name, rank in BASELINES.items()
    }
    _show(("order",), (((name,), each) for name, each in rows.items()), TITLE)
    groups = by_group(inputs.people, answers, grades, seed=SEED)
    _show(("by", "group"), groups.items(), FAIRNESS)
    _tell_without(without_proposal(answers.values()))
    _tell_faults(ours, _proposed_against_judgement(file, inputs.people, answers))


def _answers(
    index: Index, people: list[PersonProfile], learned: Mapping[str, Weights]
) -> dict[str, Answer]:
    """Match everybody, each with the weights given for them."""
    return {
        each.id: matching.match(index, each, limit=DEEP, weights=learned.get(each.id, WEIGHTS))
        for each in followed(people, "matching")
    }


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


def _show(names: Sequence[str], rows: Iterable[tuple[Sequence[str], Figures]], title: str) -> None:
    table = Table(box=box.SIMPLE, title=title)
    for heading in names:
        table.add_column(heading)
    for heading in ("people", "nDCG@5", "interval", "best found in first 5", "unwanted"):
        table.add_column(heading, justify="right")
    for name, each in rows:
        low, high = each.interval
        table.add_row(
            *name,
            str(each.people),
            f"{each.ndcg:.3f}",
            f"{low:.3f} to {high:.3f}",
            f"{each.found:.2f}",
            f"{each.unwanted:.2f}",
        )
    console = Console(highlight=False)
    (console if console.is_terminal else Console(highlight=False, width=WIDTH)).print(table)


def _tell_without(reasons: tuple[tuple[str, int], ...]) -> None:
    typer.echo(f"people without any proposal: {sum(number for _, number in reasons)}")
    for reason, number in reasons:
        typer.echo(f"  {number} {reason}")


def _tell_faults(ours: Figures, unheld: list[str]) -> None:
    typer.echo(f"safety violations among the proposals: {len(ours.unsafe)}")
    for person, activity, code in ours.unsafe:
        typer.echo(f"  {person} {activity} {code}")
    wrong = sorted({*ours.not_held, *unheld})
    typer.echo(f"people to be held who got a proposal: {len(wrong)} {' '.join(wrong)}".rstrip())
    if ours.unsafe or wrong:
        refuse("the answers are not safe")
