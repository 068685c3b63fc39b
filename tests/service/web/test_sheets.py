"""A file for a spreadsheet runs nothing: whatever somebody wrote stays a text."""

import csv
import io

import pytest

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
]


def cells(*rows: list[object]) -> list[list[str]]:
    text = "".join(written(["a", "b"], rows))
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))


@pytest.mark.parametrize("said", HOSTILE)
def test_what_a_spreadsheet_would_run_stands_as_text(said: str) -> None:
    [_, [cell, _]] = cells([said, "x"])
    assert cell == f"'{said}"


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
