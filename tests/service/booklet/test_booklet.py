"""The booklet: nobody is in it without having agreed, and of those only what they agreed to."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from openpyxl import Workbook, load_workbook
from sqlmodel import Session, select

from service.booklet.columns import MACHINE, PRINTED
from service.booklet.rules import Shown
from service.booklet.tables import BookletEntry
from service.web.workbooks import ABOUT, DATA, DEFINITIONS, MEDIA
from tests.factories import Town
from tests.service.browsing import OWN, led_to, look, main_of, send

Clients = Callable[[str], TestClient]
NEEDS = {"people": "2人", "things": "竹の熊手", "place": "", "money": ""}


@pytest.fixture
def client(client_of: Clients, session: Session, town: Town) -> TestClient:
    temple = session.merge(town.hosts["temple"])
    temple.telephone, temple.confirmed_on = "0120-000-001", date(2026, 10, 1)
    leaves = session.merge(town.activities["leaves"])
    leaves.terms = leaves.terms | {
        "needs": NEEDS,
        "worry": "冬に来る人が少ない",
        "in_return": "保険の手続き",
    }
    session.flush()
    return client_of("csw")


def path_of(town: Town, host: str) -> str:
    return f"/booklet/hosts/{town.hosts[host].id}"


def heard(client: TestClient, town: Town, host: str, shown: str, **more: str) -> str:
    known = {"agreed_on": "2026-11-19", "version": "0"}
    return led_to(send(client, path_of(town, host), known | {"shown": shown} | more))


def workbook(client: TestClient, sort: str) -> Workbook:
    answer = client.get(f"/booklet/{sort}.xlsx", headers=OWN)
    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA)
    name = f"booklet-{sort}-2026-11-20.xlsx"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    return load_workbook(BytesIO(answer.content))


def cells(book: Workbook) -> list[tuple[object, ...]]:
    return list(book.worksheets[0].iter_rows(min_row=2, values_only=True))


def test_nobody_stands_in_it_who_was_never_asked(client: TestClient) -> None:
    page = look(client, "/booklet")
    assert "まだ、のせてよいと言った受け入れ先がありません" in page
    assert "湖東寺" not in page
    assert cells(workbook(client, "machine")) == cells(workbook(client, "print")) == []
    assert look(client, "/booklet/hosts").count("まだ聞いていない") == 2


def test_a_host_that_agreed_to_its_name_alone_shows_no_need_and_no_telephone(
    client: TestClient, town: Town
) -> None:
    assert heard(client, town, "temple", "listed").startswith("/booklet/hosts#host-")
    page = look(client, "/booklet")
    for words in (
        "湖東寺",
        "落ち葉あつめ",
        "令和8年10月1日(木) に確かめました",
        "毎週 火曜 10:00〜11:30",
    ):
        assert words in page
    for needle in ("竹の熊手", "冬に来る人が少ない", "保険", "0120-000-001", "喫茶みなと"):
        assert needle not in page
    whole = [*cells(workbook(client, "machine")), *cells(workbook(client, "print"))]
    assert "湖東寺" in repr(whole)
    assert not any(
        n in repr(whole) for n in ("竹の熊手", "冬に来る人が少ない", "保険", "0120-000-001")
    )


def test_needs_and_telephone_stand_there_where_the_host_said_so(
    client: TestClient, town: Town
) -> None:
    heard(client, town, "temple", "with_needs", also="telephone")
    page = look(client, "/booklet")
    for words in ("2人", "竹の熊手", "冬に来る人が少ない", "保険の手続き", "☎ 0120-000-001"):
        assert words in page
    assert "場所" not in page, "what nobody said is not printed"


def test_a_word_taken_back_takes_the_host_out_at_once(client: TestClient, town: Town) -> None:
    heard(client, town, "temple", "with_needs", also="telephone")
    heard(client, town, "temple", "no", also="telephone", version="1")
    assert "湖東寺" not in look(client, "/booklet")
    assert "のせない" in look(client, "/booklet/hosts")
    # whoever asks them again does not find the telephone ticked
    assert (
        "checked" not in client.get(path_of(town, "temple"), headers=OWN).text.split("電話番号")[1]
    )


def test_what_is_closed_or_not_to_be_published_is_left_out(
    client: TestClient, session: Session, town: Town
) -> None:
    heard(client, town, "cafe", "with_needs")
    tea = session.merge(town.activities["tea"])
    (line,) = cells(workbook(client, "machine"))  # the summer's ice is closed
    assert "お茶の時間にいる" in line
    tea.terms = tea.terms | {"not_published": True, "worry": "needle-worry"}
    session.flush()
    page = look(client, "/booklet")
    assert "いまひらいている活動はありません" in page
    assert "needle-worry" not in page
    (row,) = cells(workbook(client, "machine"))
    assert row[1] == "喫茶みなと"
    assert set(row[7:]) == {None}


def test_hosts_come_by_area_and_one_area_can_be_printed_alone(
    client: TestClient, town: Town
) -> None:
    heard(client, town, "cafe", "listed")
    heard(client, town, "temple", "listed")
    page = look(client, "/booklet")
    assert page.index("1 湖東寺") < page.index("2 喫茶みなと")
    west = look(client, f"/booklet?area={town.areas['west'].id}")
    assert "1 喫茶みなと" in west
    assert "湖東寺" not in west
    html = client.get("/booklet", headers=OWN).text
    assert 'data-handling="どなたでも"' in html
    assert html.count('class="booklet-host"') == 2
    assert 'href="#host-1"' in html
    assert 'id="host-1"' in html


def test_the_machines_file_has_a_line_an_activity_and_defines_its_columns(
    client: TestClient, town: Town
) -> None:
    heard(client, town, "temple", "with_needs", also="telephone")
    book = workbook(client, "machine")
    assert book.sheetnames == [DATA, DEFINITIONS, ABOUT]
    titles = [cell.value for cell in book[DATA][1]]
    assert titles == [column.title for column in MACHINE]
    rows = [dict(zip(titles, row, strict=True)) for row in cells(book)]
    by_code = {row["活動コード"]: row for row in rows}
    assert sorted(map(str, by_code)) == ["last_place", "leaves"]
    leaves = by_code["leaves"]
    assert (leaves["受け入れ先コード"], leaves["電話"]) == ("temple", "0120-000-001")
    assert (leaves["最短時間"], leaves["最長時間"]) == (20, 60)
    assert leaves["確かめた日"].date() == date(2026, 10, 1)  # type: ignore[attr-defined]  # a datetime
    assert (leaves["ほしいもの(人)"], leaves["ほしいもの(場所)"]) == ("2人", None)
    assert leaves["事務所が手伝うこと"] == "保険の手続き"
    assert by_code["last_place"]["ほしいもの(人)"] is None
    defined = [row[0] for row in book[DEFINITIONS].iter_rows(min_row=2, values_only=True)]
    assert defined == titles
    about = dict(book[ABOUT].iter_rows(min_row=2, values_only=True))
    assert about["自治体"] == "みずうみ町"
    assert about["作った日"] == "2026-11-20(令和8年11月20日(金))"


def test_the_printed_file_has_a_line_a_host_as_the_booklet_numbers_them(
    client: TestClient, town: Town
) -> None:
    heard(client, town, "temple", "with_needs")
    book = workbook(client, "print")
    assert [cell.value for cell in book.worksheets[0][1]] == [each.title for each in PRINTED]
    (row,) = cells(book)
    assert row[:3] == (1, "東", "湖東寺")
    assert "人: 2人(落ち葉あつめ)" in str(row[4])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"shown": ""}, "のせてよいか、えらんでください"),
        ({"agreed_on": ""}, "聞いた日を書いてください"),
        ({"agreed_on": "2026-11-21"}, "きょうか、前の日にしてください"),
        ({"agreed_on": "きのう"}, "令和8年12月1日"),
    ],
)
def test_what_cannot_be_kept_is_named_and_nothing_is_written(
    client: TestClient, session: Session, town: Town, fields: dict[str, str], sentence: str
) -> None:
    said = {"shown": "listed", "agreed_on": "2026-11-20", "version": "0"} | fields
    answer = send(client, path_of(town, "temple"), said)
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert session.exec(select(BookletEntry)).all() == []


def test_who_comes_second_sees_what_the_first_heard_and_keeps_what_was_typed(
    client: TestClient, session: Session, town: Town
) -> None:
    heard(client, town, "temple", "with_needs")
    said = {"shown": "no", "agreed_on": "2026-11-18", "version": "0"}
    answer = send(client, path_of(town, "temple"), said)
    assert answer.status_code == 409
    page = main_of(answer)
    assert "ほかの人が先に直しました" in page
    assert "ほしいものと困りごとものせる" in page
    assert 'value="2026-11-18"' in answer.text
    assert 'name="version" value="1"' in answer.text
    assert session.exec(select(BookletEntry.shown)).one() is Shown.WITH_NEEDS
    led_to(send(client, path_of(town, "temple"), said | {"version": "1"}))


def test_another_town_has_a_booklet_of_its_own(
    client: TestClient, client_of: Clients, town: Town, elsewhere: Town
) -> None:
    heard(client, town, "temple", "with_needs", also="telephone")
    stranger = client_of("csw_elsewhere")
    assert "湖東寺" not in look(stranger, "/booklet")
    assert stranger.get(path_of(town, "temple"), headers=OWN).status_code == 404
    assert send(stranger, path_of(town, "temple"), {"shown": "no"}).status_code in {404, 422}
    assert "湖東寺" in look(client, "/booklet")


@pytest.mark.parametrize(("user", "reads"), [("officer", 200), ("auditor", 403)])
def test_who_may_read_the_catalogue_reads_the_booklet_and_only_casework_writes(
    client: TestClient, client_of: Clients, town: Town, user: str, reads: int
) -> None:
    other, own = client_of(user), path_of(town, "temple")
    for path in ("/booklet", "/booklet/hosts", "/booklet/machine.xlsx", "/booklet/print.xlsx"):
        assert other.get(path, headers=OWN).status_code == reads
    assert client.get(own, headers=OWN).status_code == 200
    assert other.get(own, headers=OWN).status_code == 403
    assert send(other, own, {"shown": "no"}).status_code == 403
