"""A file for a spreadsheet runs nothing: whatever somebody wrote stays a text."""

import ast
import csv
import io
import unicodedata
from pathlib import Path

import pytest

import service
from service.web.sheets import MARK, safe_cell, written

HOSTILE = [
    "=1+1",
    "+81-90",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1＋1",
    "＋1",
    "－1",
    "＠A1",
    '=HYPERLINK("http://example.org","押す")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=IMPORTXML("http://example.org/","//a")',
    "+1+cmd|' /C notepad'!A0",
    "-2+3+cmd|' /C calc'!A0",
    " =1+1",
    "\u3000＝1＋1",
    "\ufeff=1+1",
]


def cells(*rows: list[object]) -> list[list[str]]:
    text = "".join(written(["a", "b"], rows))
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))


@pytest.mark.parametrize("said", HOSTILE)
def test_what_a_spreadsheet_would_run_stands_as_text(said: str) -> None:
    [_, [cell, _]] = cells([said, "x"])
    assert cell == f"'{said}"


def live(said: str) -> bool:
    """Say whether a spreadsheet would run a cell: by what its makers say, not by our list."""
    folded = unicodedata.normalize("NFKC", said).lstrip(" \u200b\ufeff")
    return folded[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}


def test_of_twenty_hostile_texts_none_is_live_after_reading_the_file_again() -> None:
    assert len(HOSTILE) >= 20
    read = [row[0] for row in cells(*([said, 1] for said in HOSTILE))[1:]]
    assert [said for said in read if live(said)] == []
    # The control: in a plain file every one of them is.
    plain = io.StringIO(newline="")
    csv.writer(plain).writerows([said, 1] for said in HOSTILE)
    again = csv.reader(io.StringIO(plain.getvalue(), newline=""))
    assert all(live(row[0]) for row in again)


def writers(root: Path) -> set[str]:
    """Name every module that writes tables by itself."""
    found = set()
    for path in root.rglob("*.py"):
        imported = {
            name.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for name in (*node.names, ast.alias(getattr(node, "module", "") or ""))
        }
        if imported & {"csv", "openpyxl", "xlsxwriter"}:
            found.add(path.relative_to(root).as_posix())
    return found


def test_there_is_one_writer_of_each_kind_of_table(tmp_path: Path) -> None:
    assert writers(Path(service.__file__).parent) == {"web/sheets.py", "web/workbooks.py"}
    (tmp_path / "own.py").write_text("from csv import writer\n")
    assert writers(tmp_path) == {"own.py"}


def test_the_plain_writer_would_hand_a_formula_on() -> None:
    """The control: without us the cell is what somebody wrote."""
    file = io.StringIO(newline="")
    csv.writer(file).writerow(["=1+1"])
    assert next(csv.reader(io.StringIO(file.getvalue(), newline=""))) == ["=1+1"]


def test_what_is_harmless_is_left_as_it_is() -> None:
    assert cells(["髙橋 神", -3], [None, 0.5]) == [["a", "b"], ["髙橋 神", "-3"], ["", "0.5"]]
    assert safe_cell("a=b") == "a=b"


def test_the_file_begins_with_the_mark_and_ends_its_lines_as_spreadsheets_do() -> None:
    assert "".join(written(["題"], [["、,\n"]])) == f'{MARK}題\r\n"、,\n"\r\n'
