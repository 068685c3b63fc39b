"""Workbooks as a spreadsheet reads them: text stays text, dates are dates, nothing runs."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from service.web.sheets import RUNS
from service.web.workbooks import (
    ABOUT,
    DATA,
    DEFINITIONS,
    OF_ERA,
    OF_WEST,
    Column,
    Sort,
    Value,
    machine_file,
    print_file,
)

COLUMNS = (
    Column("名前", "受け入れ先の名前"),
    Column("電話", "受け入れ先の電話"),
    Column("確かめた日", "さいごに確かめた日", Sort.DAY),
    Column("人数", "いちどに受け入れる人数", Sort.NUMBER, "人"),
)
DAY = date(2019, 5, 1)
ROW: tuple[Value, ...] = ("湖東寺", "0120000000", DAY, 0)
ABOUT_IT = (("作った日", "令和8年11月20日"),)


def machine(*rows: tuple[Value, ...]) -> Workbook:
    return load_workbook(BytesIO(machine_file(COLUMNS, rows, about=ABOUT_IT)))


def printed(*rows: tuple[Value, ...]) -> Workbook:
    return load_workbook(BytesIO(print_file("資源冊子", COLUMNS, rows, foot="印刷 & 部外秘")))


def test_titles_stand_in_row_one_of_one_table_a_sheet_and_nothing_is_merged() -> None:
    book = machine(ROW, ROW)
    assert book.sheetnames == [DATA, DEFINITIONS, ABOUT]
    for sheet in book:
        assert sheet.merged_cells.ranges == set()
        assert all(cell.value for cell in sheet[1])
    assert [cell.value for cell in book[DATA][1]] == [each.title for each in COLUMNS]
    assert book[DATA].max_row == 3


def test_a_telephone_keeps_its_nought_a_day_is_a_day_and_none_is_not_nought() -> None:
    sheet = machine(ROW, ("x", None, None, None))[DATA]
    telephone, day, number = sheet["B2"], sheet["C2"], sheet["D2"]
    assert (telephone.value, telephone.data_type, telephone.number_format) == (
        "0120000000",
        "s",
        "@",
    )
    assert day.is_date
    assert (day.value.date(), day.number_format) == (DAY, OF_WEST)
    assert (number.value, number.data_type) == (0, "n")
    assert [cell.value for cell in sheet[3]] == ["x", None, None, None]


@pytest.mark.parametrize("sign", [*RUNS, "　=", " +"])
@pytest.mark.parametrize("whole", [machine, printed])
def test_no_cell_is_ever_a_formula(sign: str, whole: object) -> None:
    said = f"{sign}HYPERLINK('x')"
    sheet = whole((said, said, None, None)).worksheets[0]  # type: ignore[operator]  # one of two functions
    for cell in (sheet["A2"], sheet["B2"]):
        assert cell.data_type == "s"
        assert not str(cell.value).lstrip(" \u3000\n\t\r").startswith(("=", "+", "-", "@"))
    assert_runs_nothing(machine_file(COLUMNS, [(said, said, None, None)], about=ABOUT_IT))


def assert_runs_nothing(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as parts:
        assert not [n for n in parts.namelist() if b"<f>" in parts.read(n) or "vba" in n]


def test_a_planted_formula_would_be_found() -> None:
    book, held = Workbook(), BytesIO()
    assert book.active is not None
    book.active["A1"] = "=1+1"
    book.save(held)
    with pytest.raises(AssertionError):
        assert_runs_nothing(held.getvalue())


def test_what_no_workbook_can_hold_is_left_out_and_a_break_is_a_space_for_machines() -> None:
    said = "一行め\n二行め\x0b終わり"
    assert machine((said, "", None, None))[DATA]["A2"].value == "一行め 二行め終わり"
    assert printed((said, "", None, None)).worksheets[0]["A2"].value == "一行め\n二行め終わり"


def test_every_column_is_defined_with_its_kind_and_unit() -> None:
    rows = list(machine(ROW)[DEFINITIONS].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [each.title for each in COLUMNS]
    assert rows[2][2] == "日付(西暦の年-月-日)"
    assert rows[3][3] == "人"
    assert list(machine(ROW)[ABOUT].iter_rows(min_row=2, values_only=True)) == list(ABOUT_IT)


def test_the_printed_file_lies_across_with_its_titles_on_every_page_and_days_by_the_era() -> None:
    sheet = printed(ROW).worksheets[0]
    assert sheet.title == "資源冊子"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.freeze_panes == "A2"
    assert sheet["C2"].number_format == OF_ERA
    assert sheet["C2"].value.date() == DAY
    assert sheet.oddFooter.left.text == "印刷 && 部外秘"
    assert sheet.oddFooter.right.text == "&P / &N"
    assert sheet["A2"].alignment.wrap_text


def test_a_title_that_no_sheet_may_bear_is_put_right() -> None:
    content = print_file("10/11月:[表]" + "あ" * 40, COLUMNS, [], foot="")
    (name,) = load_workbook(BytesIO(content)).sheetnames
    assert name.startswith("10 11月  表 ")
    assert len(name) <= 31
