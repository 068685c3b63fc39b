"""A month's figures as workbooks: one for machines, one figure of one area a row; one to print."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from service.reports.actions import SMALL, Report
from service.reports.rules import Figure
from service.reports.words import DEFINITIONS, FIGURE_WORDS
from service.web.dates import dated_words, month_words
from service.web.workbooks import Column, Sort, Value, machine_file, print_file

ALL: Final = "計"
MACHINE: Final = (
    Column("月", "数えた月の、はじめの日", Sort.DAY),
    Column("範囲", "圏域、または計(すべての圏域)", width=8),
    Column("圏域コード", "圏域の記号。計では空欄"),
    Column("圏域", "圏域の名。計では空欄", width=18),
    Column("項目コード", "項目の記号", width=24),
    Column("項目", "項目の名。何を数えるかは「このファイル」にある", width=26),
    Column("数", "数えた数。少数で伏せたときは空欄", Sort.NUMBER, "件"),
    Column("伏せたか", "少数のため数を伏せたときは「はい」、ほかは「いいえ」", width=10),
)


def for_machines(report: Report, *, on: date, least: int) -> bytes:
    """Return the figures in long form, with what each counts and how small ones are hidden."""
    hidden = "伏せた数はない"
    if least > 1:
        hidden = f"{least}より小さい数(0をのぞく)と、それがわかる計は伏せてある"
    about = [
        ("対象の月", month_words(_first(report))),
        ("作成日", on.isoformat()),
        ("少数の扱い", hidden),
        ("個人の情報", "名前や記号はふくまない"),
        *((FIGURE_WORDS[figure], DEFINITIONS[figure]) for figure in report.columns),
    ]
    return machine_file(MACHINE, _long(report), about=about)


def _first(report: Report) -> date:
    return date.fromisoformat(f"{report.month}-01")


def _long(report: Report) -> Iterator[tuple[Value, ...]]:
    month = _first(report)
    for figure, column in report.columns.items():
        for at, count in enumerate(column.cells):
            place = ("圏域", report.refs[at], report.areas[at])
            yield (month, *place, *_counted(figure, count))
        yield (month, ALL, None, None, *_counted(figure, column.total))


def _counted(figure: Figure, count: int | None) -> tuple[Value, ...]:
    return figure.value, FIGURE_WORDS[figure], count, "はい" if count is None else "いいえ"


def for_paper(report: Report, *, on: date) -> bytes:
    """Return the figures as one reads them on paper: an item a row, its definition beside it."""
    columns = [
        Column("項目", "", width=24),
        Column(ALL, "", Sort.NUMBER, width=8),
        *(Column(area, "", Sort.NUMBER, width=max(8, 2 * len(area))) for area in report.areas),
        Column("ことばの定義", "", width=52),
    ]
    rows = (
        (
            FIGURE_WORDS[figure],
            _shown(column.total),
            *(_shown(count) for count in column.cells),
            DEFINITIONS[figure],
        )
        for figure, column in report.columns.items()
    )
    title = f"{month_words(_first(report))}の数字"
    return print_file(title, columns, rows, foot=f"{dated_words(on)} 作成")


def _shown(count: int | None) -> Value:
    return SMALL if count is None else count
