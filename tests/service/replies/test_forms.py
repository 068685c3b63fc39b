"""Forms filled in half, wrongly or twice: what was typed stays, the mistake is named."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
import segno
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session, select

from catalogue.tables import Host
from service.replies.tables import Inquiry, Reply
from tests.factories import Town, person_in
from tests.migrations.rows import counts
from tests.service.browsing import look, main_of, send
from tests.service.replies.conftest import API, Desk

# What is looked at here is read from forms and pages: the database stands behind other tests.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
# Words that speak of people as of cases, and of rest as of a fault (1-field.md).
NEVER = (
    "欠席",
    "ケース",
    "対象者",
    "苦情",
    "不適合",
    "面接",
    "障害",
    "利用者",
    "None",
    "undefined",
)
PAGE = {"accept": "text/html", "sec-fetch-site": "same-origin"}


def speaks_plainly(words: str) -> None:
    assert [word for word in NEVER if word in words] == []


def question(desk: Desk, **fields: Any) -> Any:
    """Send the form of a name-free question about the tea."""
    about = {"purpose": "question", "activity_id": str(desk.town.activities["tea"].id)}
    return send(desk.staff, "/inquiries", about | fields)


def controls(page: str, name: str) -> str:
    """Return the tags of a page's controls of this name."""
    found = re.findall(rf'<(?:input|textarea|select)[^>]*name="{name}"[^>]*>[^<]*', page)
    return " ".join(found)


UNREADABLE = (
    ({"shorter": "3"}, "shorter", "5から480までの数で書いてください"),
    ({"fewer_people": "百"}, "fewer_people", "1から100までの数で書いてください"),
    ({"own_line": "あ" * 201}, "own_line", "200字までで書いてください(いま201字です)"),
    ({"own_line": "静かな\u200b席"}, "own_line", "4文字目に、目に見えない文字があります"),
    ({"own_line": "a\x00b"}, "own_line", "目に見えない文字があります"),
)


def test_what_cannot_be_read_in_a_question_is_named_and_never_left_out_unsaid(
    desk: Desk, session: Session
) -> None:
    for fields, name, sentence in UNREADABLE:
        # Something else is ticked: without the part that is wrong it would be a question as well.
        answer = question(desk, asks=["lift", "just_being"], day="tu", band="pm", **fields)
        assert answer.status_code == 422, fields
        assert sentence in main_of(answer), fields
        assert f'href="#{name}"' in answer.text
        assert 'aria-invalid="true"' in controls(answer.text, name)
        kept = controls(answer.text, "asks")
        assert kept.count(" checked") == 2
        assert '<option value="tu" selected>' in answer.text
    assert session.exec(select(Inquiry)).all() == []
    shown = unescape(question(desk, shorter="3").text)
    assert 'value="3"' in controls(shown, "shorter")


def test_a_question_may_be_written_in_wide_figures_and_asks_for_a_day_and_time(
    desk: Desk,
) -> None:
    made = question(desk, shorter="１５", fewer_people="０３", day="tu", band="pm", own_line=" 席 ")
    assert made.status_code == 303
    words = look(desk.staff, made.headers["location"])
    for line in (
        "1回15分くらいの短い時間",
        "3人くらいまでの、人の少ない時に",
        "火曜日の午後に",
        "席",
    ):
        assert line in words
    speaks_plainly(words)


def test_a_forged_question_for_nothing_or_for_a_neighbours_activity_makes_nothing(
    desk: Desk, session: Session, elsewhere: Town
) -> None:
    theirs = str(elsewhere.activities["tea"].id)
    for fields, status in (
        ({"activity_id": theirs, "asks": ["lift"]}, 404),
        ({"activity_id": theirs, "shorter": "3"}, 404),
        ({"activity_id": str(uuid4()), "asks": ["lift"]}, 404),
        ({"activity_id": "x", "asks": ["lift"]}, 422),
        ({"purpose": "packet"}, 422),
        ({"purpose": "nonsense"}, 422),
        ({"purpose": "own", "host_id": str(elsewhere.hosts["temple"].id)}, 404),
        ({"purpose": "before", "placement_id": str(uuid4())}, 404),
        ({"asks": ["shorter"]}, 422),  # a figure that was ticked and not written
    ):
        answer = question(desk, **fields)
        assert answer.status_code == status, fields
        assert elsewhere.activities["tea"].title not in answer.text or status == 422
    assert session.exec(select(Inquiry)).all() == []


def test_a_hosts_mistake_keeps_what_was_typed_and_says_where_it_is(
    desk: Desk, session: Session, connection: Connection
) -> None:
    path = f"/h/{desk.linked(desk.asked())}"
    before = counts(connection)
    typed = '<b>火曜</b> & "水曜"\r\nは法事です'
    sent = {"sent": "yes", "answer": "rest", "until": "2026-02-30", "remark": typed}
    page = desk.host.post(path, data=sent, headers=PAGE)
    assert page.status_code == 422
    assert "直すところが 1 つあります" in main_of(page)
    assert "日付を、令和8年12月1日 か 2026-12-01 のように書いてください" in main_of(page)
    assert "<b>火曜" not in page.text
    assert typed.replace("\r\n", "\n") in unescape(page.text).replace("\r\n", "\n")
    assert 'value="2026-02-30"' in controls(page.text, "until")
    assert re.search(r'value="rest"[^>]* checked', page.text)
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    after = counts(connection)
    assert {n for n in after if after[n] != before[n]} <= {"access_record", "throttle"}
    speaks_plainly(main_of(page))


REMARKS = (
    ("あ" * 501, "500字までで書いてください(いま501字です)"),
    ("目に\u202e見えない", "3文字目に、目に見えない文字があります"),
)
NUMBERS = (
    ("-1", "0から100までの数で書いてください"),
    ("101", "0から100までの数で書いてください"),
    ("二人", "0から100までの数で書いてください"),
    ("9" * 300, "0から100までの数で書いてください"),
)


def test_everything_a_host_may_get_wrong_is_said_in_a_sentence_and_uses_nothing_up(
    desk: Desk, session: Session
) -> None:
    path = f"/h/{desk.linked(desk.asked())}"
    wrong = [({"answer": "can", "remark": remark}, said) for remark, said in REMARKS]
    wrong += [({"answer": "fewer", "people": people}, said) for people, said in NUMBERS]
    wrong += [({"answer": "rest", "until": "2027-11-22"}, "令和9年11月21日(日)までの日を")]
    wrong += [({"answer": "CAN"}, "どれか一つを選んでください")]
    for fields, sentence in wrong:
        page = desk.host.post(path, data={"sent": "yes"} | fields, headers=PAGE)
        assert page.status_code == 422, fields
        assert sentence in main_of(page), fields
    assert session.exec(select(Reply)).all() == []
    # A day in the words of paper, and what belongs to another answer, are both no mistakes.
    given = {"answer": "rest", "until": "令和８年１２月２０日", "people": "many"}
    page = desk.host.post(path, data={"sent": "yes"} | given, headers=PAGE, follow_redirects=True)
    assert "令和8年12月20日(日)まで" in main_of(page)
    [reply] = session.exec(select(Reply)).all()
    assert reply.people is None


def test_after_the_answer_the_page_thanks_and_has_nothing_left_to_send(desk: Desk) -> None:
    path = f"/h/{desk.linked(desk.asked())}"
    sent = {"sent": "yes", "answer": "fewer", "people": "0", "remark": "<i>すみません</i>"}
    thanks = desk.host.post(path, data=sent, headers=PAGE, follow_redirects=True)
    assert "0人まで" in main_of(thanks)
    assert "&lt;i&gt;すみません" in thanks.text
    assert "<form" not in thanks.text.split("<main", 1)[1].split("</main>", 1)[0]
    assert "set-cookie" not in {*thanks.headers, *thanks.history[0].headers}
    speaks_plainly(main_of(thanks))
    again = desk.host.post(path, data=sent, headers=PAGE, follow_redirects=False)
    assert (again.status_code, again.headers["location"]) == (303, path)  # a thumb sent it twice


def test_a_form_that_is_not_ours_or_opens_nothing_answers_nothing(
    desk: Desk, session: Session
) -> None:
    path = f"/h/{desk.linked(desk.asked())}"
    assert desk.host.post(path, data={"answer": "can"}, headers=PAGE).status_code == 403
    assert desk.host.post(path, json={"answer": "can"}, headers=PAGE).status_code == 403
    sent = {"sent": "yes", "answer": "can"}
    upload = desk.host.post(path, data=sent, files={"remark": ("a.txt", b"x")}, headers=PAGE)
    assert upload.status_code in {400, 422}
    gone = {
        main_of(desk.host.post(f"/h/{quote(token, safe='')}", data=sent, headers=PAGE))
        for token in ("x" * 43, "あ", "%00", "x" * 2000)
    }
    [words] = gone
    assert "いまは見られません" in words
    assert "03-0000-0000" in words
    assert session.exec(select(Reply)).all() == []
    assert desk.status == "asked"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_link_knows_to_look_and_to_answer_and_nothing_else(app: FastAPI, method: str) -> None:
    host = TestClient(app)
    assert host.request(method, f"/h/{'x' * 43}").status_code == 405


def test_what_the_telephone_said_is_put_right_on_the_same_page(
    desk: Desk, session: Session
) -> None:
    inquiry = desk.asked()
    path = f"/inquiries/{inquiry['id']}"
    for fields, sentence in (
        ({}, "どれか一つを選んでください"),
        ({"answer": "confirmed"}, "どれか一つを選んでください"),
        ({"answer": "rest", "remark": "お盆まで"}, "いつまで休むかを書いてください"),
        ({"answer": "fewer", "remark": "お盆まで"}, "何人までならよいかを書いてください"),
    ):
        page = send(desk.staff, f"{path}/reply", {"channel": "fax", **fields})
        assert page.status_code == 422
        assert sentence in main_of(page)
        assert '<option value="fax" selected>' in page.text
        assert fields.get("remark", "") in main_of(page)
    assert session.exec(select(Reply)).all() == []
    done = send(desk.staff, f"{path}/reply", {"channel": "fax", "answer": "other_day"})
    assert (done.status_code, done.headers["location"]) == (303, path)
    words = look(desk.staff, path)
    assert "事務所で確認します" in words
    speaks_plainly(words)
    other = send(desk.staff, f"{path}/reply", {"channel": "call", "answer": "can"})
    assert (other.status_code, "先に別のお返事を受けています" in main_of(other)) == (422, True)
    assert desk.status == "asked"


def test_a_yes_that_the_activity_has_no_word_for_says_so_and_changes_nothing(desk: Desk) -> None:
    tea = str(desk.town.activities["tea"].id)
    inquiry = desk.asked("question", activity_id=tea, asks=[{"ask": "lift"}])
    path = f"/inquiries/{inquiry['id']}"
    early = send(desk.staff, f"{path}/offer", {})
    assert early.status_code == 422
    desk.answered(desk.linked(inquiry), "yes")
    before = desk.read(f"activities/{tea}")
    page = send(desk.staff, f"{path}/offer", {})
    assert page.status_code == 422
    assert "これを書く欄がありません" in main_of(page)
    assert desk.read(f"activities/{tea}") == before
    assert desk.read(f"inquiries/{inquiry['id']}")["offered_at"] is None


def test_what_is_offered_already_is_never_taken_back_by_a_smaller_question(desk: Desk) -> None:
    tea = str(desk.town.activities["tea"].id)
    assert desk.read(f"activities/{tea}")["minutes"] == {"min": 20, "max": 60}
    for minutes, people, expected in (
        (30, 8, ({"min": 20, "max": 60}, [6, 12])),  # a longer time than is offered today
        (90, 20, ({"min": 20, "max": 90}, [6, 12])),
        (5, 1, ({"min": 5, "max": 90}, [1, 12])),
    ):
        asks = [{"ask": "shorter", "value": minutes}, {"ask": "fewer_people", "value": people}]
        inquiry = desk.asked("question", activity_id=tea, asks=asks)
        desk.answered(desk.linked(inquiry), "yes")
        desk.done(f"inquiries/{inquiry['id']}/offer")
        told = desk.read(f"activities/{tea}")
        assert (told["minutes"], told["group_size"]) == expected, minutes


def test_the_paper_leads_hosts_to_their_own_address_and_holds_the_only_copy_of_the_link(
    desk: Desk, app: FastAPI
) -> None:
    told = {"origin": "https://staff.example", "host_origin": "https://hosts.example",
            "office_fax": "03-0000-0009"}  # fmt: skip
    app.state.settings = app.state.settings.model_copy(update=told)
    inquiry = desk.asked(about_on="2026-12-28")
    path = f"/inquiries/{inquiry['id']}"
    paper = send(desk.staff, f"{path}/links", {})
    assert paper.status_code == 200
    [address] = set(re.findall(r"https://[\w.]+/h/[\w-]+", paper.text))
    assert address.startswith("https://hosts.example/h/")
    # What a telephone reads from the square is the same address.
    square = segno.make(address, error="m").svg_data_uri(scale=5)
    assert square in unescape(paper.text)
    words = main_of(paper)
    for said in (
        "湖東寺 の方へ",
        "令和9年1月4日(月)まで",
        "03-0000-0000",
        "03-0000-0009",
        "□ できる",
        "□ 日を変えたい",
        "□ 今回はむずかしい",
        "□ しばらく休みたい( 月 日まで)",  # without the day nobody could write it down
        "□ 人数を減らしたい( 人まで)",
    ):
        assert said in words, said
    assert desk.person.code not in paper.text.split("<main", 1)[1]
    speaks_plainly(words)
    token = address.rsplit("/", 1)[1]
    assert desk.host.get(f"/h/{token}").status_code == 200
    shown = desk.staff.get(path, headers=PAGE).text
    assert token not in shown
    assert "1月4日(月)まで" in shown


def test_a_question_that_is_over_gets_no_paper_that_opens_nothing(desk: Desk) -> None:
    inquiry = desk.asked()
    desk.moved("pass", side="person")
    page = send(desk.staff, f"/inquiries/{inquiry['id']}/links", {})
    assert page.status_code == 422
    assert "このおたずねは、もう終わっています" in main_of(page)
    assert "/h/" not in page.text


def test_the_button_for_the_paper_pressed_twice_makes_one_link(desk: Desk) -> None:
    inquiry = desk.asked()
    path = f"/inquiries/{inquiry['id']}"
    pressed = {"once": str(UUID(int=7))}
    answers = [send(desk.staff, f"{path}/links", pressed) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 409]
    assert "/h/" in answers[0].text
    assert "/h/" not in answers[1].text
    speaks_plainly(main_of(answers[1]))
    assert len(desk.read(f"inquiries/{inquiry['id']}/links")["items"]) == 1


def test_a_link_that_was_stopped_leaves_the_page_and_opens_nothing(desk: Desk) -> None:
    inquiry = desk.asked()
    path = f"/inquiries/{inquiry['id']}"
    token = desk.linked(inquiry)
    [link] = desk.read(f"inquiries/{inquiry['id']}/links")["items"]
    assert "このリンクを止める" in look(desk.staff, path)
    stopped = send(desk.staff, f"/host-links/{link['id']}/revocation", {})
    assert (stopped.status_code, stopped.headers["location"]) == (303, path)
    assert "このリンクを止める" not in look(desk.staff, path)
    assert desk.host.get(f"/h/{token}", headers=PAGE).status_code == 404


def test_pages_about_somebody_of_another_area_are_as_absent_as_any(
    desk: Desk, session: Session, client_of: Callable[[str], TestClient]
) -> None:
    alone = person_in(session, desk.town)
    body = {"person_id": str(alone.id), "activity_id": str(desk.town.activities["last_place"].id)}
    placement = desk.done("placements", **body)["id"]
    for move in ("want", "ask"):
        desk.done(f"placements/{placement}/moves", move=move)
    inquiry = desk.done("inquiries", purpose="before", placement_id=placement)
    west = client_of("csw_west")
    hidden = west.get(f"/inquiries/{inquiry['id']}", headers=PAGE)
    absent = west.get(f"/inquiries/{uuid4()}", headers=PAGE)
    assert (hidden.status_code, main_of(hidden)) == (404, main_of(absent))
    for form in ("links", "reply", "offer"):
        assert (
            send(west, f"/inquiries/{inquiry['id']}/{form}", {"answer": "can"}).status_code == 404
        )


def test_the_page_of_how_hosts_fare_pages_through_all_and_names_each_once(
    desk: Desk, session: Session
) -> None:
    area = desk.town.areas["east"].id
    for number in range(51):
        session.add(
            Host(municipality_id=desk.town.municipality.id, ref=f"h{number}", area_id=area,
                 name=f"<畑>{number:02d}号", type="farm", telephone="0770-00-0000")
        )  # fmt: skip
    session.flush()
    seen: list[str] = []
    path: str | None = "/hosts/health?matter=never_asked"
    while path:
        page = desk.staff.get(path, headers=PAGE)
        words = main_of(page)
        assert "受け入れ先のようす 52か所" in words
        assert "たずねていない(52)" in words
        assert "<畑>" not in page.text
        seen += re.findall(r"<h2>(.*?)</h2>", page.text)
        following = re.search(r'href="(/hosts/health\?[^"]*after=[^"]*)"', page.text)
        path = unescape(following[1]) if following else None
        assert path is None or "matter=never_asked" in path
    assert len(seen) == len(set(seen)) == 52
    assert 'href="tel:0770000000"' in page.text
    speaks_plainly(words)


def test_what_is_to_be_seen_to_nowhere_is_said_and_an_unknown_matter_is_a_mistake(
    desk: Desk,
) -> None:
    words = look(desk.staff, "/hosts/health?matter=resting")
    assert "いまは、ありません。" in words
    assert "お休み中(0)" in words
    for wrong in ("matter=lazy", "after=1", "matter="):
        page = desk.staff.get(f"/hosts/health?{wrong}", headers=PAGE)
        assert page.status_code == 422
        speaks_plainly(main_of(page))


def test_a_refusal_tells_programs_in_english_and_names_nobody(desk: Desk) -> None:
    inquiry = desk.asked()
    token = desk.linked(inquiry)
    desk.answered(token, "can", remark="needle")
    for answer in (
        desk.answered(token, "not_now", remark="needle2"),
        desk.answered("x" * 43, "can"),
        desk.answered(token, "rest", remark="needle3"),
        desk.staff.post(f"{API}/inquiries/{inquiry['id']}/reply", json={"answer": "not_now"}),
        desk.staff.post(f"{API}/inquiries/{inquiry['id']}/offer"),
    ):
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert told["detail"].isascii()
        for word in ("needle", desk.person.code, "湖東寺", token):
            assert word not in answer.text
