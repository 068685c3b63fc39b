"""Answers as tables for human eyes: people × proposals × reasons, in 80 columns and more."""

from collections.abc import Sequence
from itertools import zip_longest

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from catalogue.exchange.models import ActivityRow
from catalogue.profiles import PersonProfile, TravelMode
from matching import Answer, Arrangement, Proposal, Reason, explain
from service.cli.inputs import Inputs
from service.persons.words import MODE_WORDS
from service.web.dates import opening_words

TIERS = (
    ("fits", "いま合う"),
    ("adaptable", "小さくすれば合う"),
    ("ask_host", "受け入れ先にたずねる"),
)
REASONS_SHOWN = 4
MISSES_SHOWN = 2
COLUMNS = 100


def show_answers(inputs: Inputs, found: Sequence[tuple[PersonProfile, Answer]]) -> None:
    """Print everybody's answer; without a terminal, in plain text of a fixed width."""
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=COLUMNS)
    rows = {row.id: row for row in inputs.catalogue.activities}
    hosts = {host.id: host.name for host in inputs.catalogue.hosts}
    console.print(f"{inputs.catalogue.municipality}  {inputs.as_of.isoformat()} の時点")
    for person, answer in found:
        console.print()
        console.print(f"{inputs.codes[person.id]} ({person.id})  「{person.own_words}」")
        if answer.held is not None:
            console.print(f"  いまは紹介しません: {explain(answer.held)}")
        else:
            console.print(_table(answer, rows, hosts))


def _table(answer: Answer, rows: dict[str, ActivityRow], hosts: dict[str, str]) -> Table:
    table = Table(box=box.HORIZONTALS, expand=True, show_lines=True, pad_edge=False)
    for title, share in (("活動と はじめかた", 4), ("理由", 6), ("小さくすると・確かめること", 5)):
        table.add_column(title, ratio=share, overflow="fold")
    shown = {
        each.activity: (title, each) for name, title in TIERS for each in getattr(answer, name)
    }
    best_first = [shown[activity] for activity in answer.order]
    for (title, proposal), lower in zip_longest(best_first, (each for _, each in best_first[1:])):
        row = rows[proposal.activity]
        begin = Text(f"[{title}]\n{row.title}\n{hosts[row.host]}\n{begins(proposal)}")
        table.add_row(begin, _reasons(proposal, lower), _changes(proposal))
    if not table.row_count:
        table.add_row("合う場がない", Text("いまの登録には見つからなかった"), "")
    for missed in answer.excluded[:MISSES_SHOWN]:
        why = Text("\n".join(_line("・", reason) for reason in missed.reasons), style="dim")
        table.add_row(Text(f"[外した]\n{rows[missed.activity].title}", style="dim"), why, "")
    return table


def _line(mark: str, thing: Reason | Arrangement) -> str:
    # Without the space, a line of Japanese is broken where it is full and not after its first word.
    return mark + explain(thing).replace(": ", ":")


def begins(proposal: Proposal) -> str:
    """Say when, how long and by which way one would begin."""
    start = proposal.start
    parts = [
        opening_words(start.first_occurrences[0]) if start.first_occurrences else "日は相談",
        f"{start.minutes}分" if start.minutes is not None else "",
        f"{_way(start.mode)}{start.travel_minutes}分" if start.travel_minutes else "",
    ]
    return " ".join(part for part in parts if part)


def _way(mode: str | None) -> str:
    return MODE_WORDS[TravelMode(mode)] if mode in set(TravelMode) else ""


def _reasons(proposal: Proposal, lower: Proposal | None) -> Text:
    """Say what speaks for a proposal, and why it stands above the next."""
    lines = [_line("・", each) for each in proposal.reasons[:REASONS_SHOWN]]
    return Text("\n".join([*lines, *([f"次との差:{explain((proposal, lower))}"] if lower else [])]))


def _changes(proposal: Proposal) -> Text:
    changes = [_line("→", each) for each in proposal.arrangements]
    return Text("\n".join([*changes, *(_line("?", each) for each in proposal.to_check)]))
