"""Tables as .xlsx: one file for machines, with its definitions; one for people, to be printed.

The machine's file follows the rules for readable tables of public bodies: titles in row 1, one
table a sheet, nothing merged, no formula, dates as dates, text as text. No cell is ever run.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from service.web.sheets import safe_cell

MEDIA: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A true date, shown as 令和8年11月20日; the first year of an era as 元年.
OF_ERA: Final = '[$-ja-JP-x-gannen]ggge"年"m"月"d"日"'
OF_WEST: Final = "yyyy-mm-dd"
TEXT_FORMAT: Final = "@"
DATA, DEFINITIONS, ABOUT = "データ", "定義", "このファイル"
_BREAKS: Final = re.compile(r"\s*\n\s*")
_THIN: Final = Side(style="thin", color="777777")
_LINES: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

Value = str | int | float | date | None


class Sort(StrEnum):
    TEXT = "文字"
    NUMBER = "数"
    DAY = "日付"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what it means, in what unit, and how wide it is on paper."""

    title: str
    meaning: str
    sort: Sort = Sort.TEXT
    unit: str = ""
    width: int = 14


def machine_file(
    columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, about: Sequence[tuple[str, str]]
) -> bytes:
    """Return a workbook for programs: the table, what its columns mean, and what the file is."""
    book = Workbook()
    sheet = _sheet(book, DATA)
    _titles(sheet, [column.title for column in columns])
    for row in rows:
        _append(sheet, row, day=OF_WEST, one_line=True)
    _widths(sheet, [column.width for column in columns])
    defined = book.create_sheet(DEFINITIONS)
    _titles(defined, ["列", "意味", "種類", "単位", "空欄の意味"])
    for column in columns:
        sort = f"{column.sort}(西暦の年-月-日)" if column.sort is Sort.DAY else column.sort.value
        _append(
            defined,
            (column.title, column.meaning, sort, column.unit, "わからない、または聞いていない"),
        )
    _widths(defined, [20, 60, 22, 8, 28])
    told = book.create_sheet(ABOUT)
    _titles(told, ["項目", "内容"])
    for pair in about:
        _append(told, pair)
    _widths(told, [20, 80])
    return _saved(book)


def print_file(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, foot: str
) -> bytes:
    """Return a workbook for a printer: A4 across, titles on every page, dates by the era."""
    book = Workbook()
    sheet = _sheet(book, title[:31])
    _titles(sheet, [column.title for column in columns])
    for row in rows:
        _append(sheet, row, day=OF_ERA)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.border = _LINES
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    _widths(sheet, [column.width for column in columns])
    _paged(sheet, title, foot)
    return _saved(book)


def _paged(sheet: Worksheet, title: str, foot: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    head, below = sheet.oddHeader, sheet.oddFooter
    assert head is not None
    assert below is not None
    for place, words in ((head.left, title), (below.left, foot)):
        assert place is not None
        place.text = _plain(words)
    assert below.right is not None
    below.right.text = "&P / &N"


def _plain(said: str) -> str:
    """Return words for a header, where an ampersand begins a command."""
    return said.replace("&", "&&")


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = re.sub(r"[\\/*?:\[\]]", " ", name)
    return sheet


def _titles(sheet: Worksheet, titles: Sequence[str]) -> None:
    _append(sheet, titles)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _append(
    sheet: Worksheet, row: Sequence[Value], *, day: str = OF_WEST, one_line: bool = False
) -> None:
    number = 1 if sheet.cell(1, 1).value is None else sheet.max_row + 1
    for place, value in enumerate(row, start=1):
        cell = sheet.cell(number, place)
        assert isinstance(cell, Cell)  # nothing is merged here
        _write(cell, value, day, one_line=one_line)


def _write(cell: Cell, value: Value, day: str, *, one_line: bool) -> None:
    """Write one value as what it is; a text is text whatever it looks like."""
    if value is None or value == "":
        return
    if isinstance(value, date):
        cell.value, cell.number_format = value, day
    elif isinstance(value, str):
        said = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.value = safe_cell(_BREAKS.sub(" ", said) if one_line else said)
        cell.data_type, cell.number_format = "s", TEXT_FORMAT
    else:
        cell.value = value


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def _saved(book: Workbook) -> bytes:
    held = BytesIO()
    book.save(held)
    return held.getvalue()
