"""Pages of 支援会議: opened, joined, written, moved over; without scripts, and told in Japanese."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.conferences.rules import LONGEST_NOTE, PART_WORDS, Part
from tests.factories import PASSWORD
from tests.service.browsing import OWN, led_to, look, main_of, send
from tests.service.tenancy.asking import Forms

Browser = Callable[[str], TestClient]
WORRIES = "雨戸が三週間閉まったまま"


@pytest.fixture
def browser(app: FastAPI) -> Browser:
    def sign_in(username: str) -> TestClient:
        client = TestClient(app)
        answer = send(client, "/sign-in", {"username": username, "password": PASSWORD})
        assert led_to(answer) == "/"
        return client

    return sign_in


@pytest.fixture
def csw(browser: Browser) -> TestClient:
    return browser("csw")


@pytest.fixture
def conference(csw: TestClient) -> str:
    return led_to(send(csw, "/conferences", {"title": "東-3"}))


@pytest.fixture
def record(csw: TestClient, conference: str) -> str:
    said = {"called_name": "かぜさん", "worries": WORRIES, "area": "east", "telephone": "000-1"}
    return led_to(send(csw, f"{conference}/records/new", said))


def chosen(*parts: str, **changes: str) -> dict[str, str | list[str]]:
    known = {
        "area": "east",
        "shared_with": "team",
        "consent_how": "口頭",
        "given_on": "2026-11-20",
        "version": "1",
    }
    return known | changes | {"parts": list(parts)}


def test_a_conference_is_opened_and_stands_on_ones_own_list(
    csw: TestClient, conference: str
) -> None:
    assert "東-3" in look(csw, "/conferences")
    page = look(csw, conference)
    assert "職員 csw" in page
    assert "呼びかけた人" in page
    assert "いまは、だれの記録もありません" in page


def test_a_conference_without_a_title_is_not_opened(csw: TestClient) -> None:
    answer = send(csw, "/conferences", {"title": " "})
    assert answer.status_code == 422
    assert "会議の呼び名を書いてください" in main_of(answer)


def test_a_record_is_read_back_part_by_part(csw: TestClient, conference: str, record: str) -> None:
    page = look(csw, record)
    for words in ("かぜさん", WORRIES, "心配なこと", "本人同意なし", "東"):
        assert words in page
    assert PART_WORDS[Part.SAFETY] not in page.split("関わりを書く")[0]
    assert "かぜさん" in look(csw, conference)


def test_every_form_of_a_record_is_sent_to_that_record(csw: TestClient, record: str) -> None:
    preview = send(csw, f"{record}/person", chosen("worries")).text
    pages = [csw.get(f"{record}{page}", headers=OWN).text for page in ("", "/edit", "/person")]
    sent = [action for page in (*pages, preview) for action, _ in Forms(page).found]
    own = [action for action in sent if action not in {"/sign-out", "/language"}]
    endings = [action.removeprefix(record) for action in own]
    assert endings == ["/entries", "/closure", "/edit", "/person", "/person"]


def test_an_empty_record_is_not_kept(csw: TestClient, conference: str) -> None:
    answer = send(csw, f"{conference}/records/new", {"area": "east"})
    assert answer.status_code == 422
    assert "どこか一つは書いてください" in main_of(answer)


def test_what_was_done_is_noted_and_a_mistake_is_named(csw: TestClient, record: str) -> None:
    told = {"channel": "visit", "direction": "sent", "result": "not_reached"}
    wrong = send(csw, f"{record}/entries", told | {"occurred_on": "2027-01-01", "what": "呼び鈴"})
    assert wrong.status_code == 422
    assert "まだ来ていない日です" in main_of(wrong)
    assert "呼び鈴" in wrong.text
    led_to(send(csw, f"{record}/entries", told | {"what": "呼び鈴を押した"}))
    page = look(csw, record)
    assert "訪問(発信): つながらなかった" in page
    assert "呼び鈴を押した" in page


def test_a_record_is_put_right_unless_a_colleague_did_meanwhile(
    csw: TestClient, record: str
) -> None:
    assert WORRIES in look(csw, f"{record}/edit")
    led_to(send(csw, f"{record}/edit", {"worries": "一度開いた", "version": "1"}))
    late = send(csw, f"{record}/edit", {"worries": "古い", "version": "1"})
    assert late.status_code == 409
    page = look(csw, record)
    assert "一度開いた" in page
    assert "かぜさん" not in page  # the form shows every part, so what was emptied is gone


def test_a_member_is_named_reads_and_is_removed(
    csw: TestClient, conference: str, record: str, browser: Browser
) -> None:
    west = browser("csw_west")
    assert west.get(record, headers=OWN).status_code == 404
    led_to(send(csw, f"{conference}/members", {"username": "csw_west"}))
    assert WORRIES in look(west, record)
    page = csw.get(conference, headers=OWN).text
    ending = page.split("職員 csw_west")[1].split('action="')[1].split('"')[0]
    assert led_to(send(csw, ending, {})) == f"{conference}#members"
    assert west.get(record, headers=OWN).status_code == 404
    assert "東-3" not in look(west, "/conferences")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"username": ""}, "メンバーにする人を選んでください"),
        ({"username": "admin"}, "メンバーにする人を選んでください"),
        ({"username": "csw"}, "この人はもうメンバーです"),
        ({"username": "csw_west", "until": "2026-11-01"}, "きょうか、あとの日にしてください"),
    ],
)
def test_a_seat_that_cannot_be_given_is_said(
    csw: TestClient, conference: str, fields: dict[str, str], words: str
) -> None:
    answer = send(csw, f"{conference}/members", fields)
    assert answer.status_code == 422
    assert words in main_of(answer)


def test_only_colleagues_who_could_sit_there_are_offered(csw: TestClient, conference: str) -> None:
    page = csw.get(conference, headers=OWN).text
    offered = page.split('<select id="username"')[1].split("</select>")[0]
    assert [name in offered for name in ("csw_west", "coordinator")] == [True, True]
    assert [name in offered for name in ("officer", "admin", "auditor", '"csw"')] == [False] * 4


def test_the_preview_shows_exactly_what_will_be_and_moves_nothing(
    csw: TestClient, record: str
) -> None:
    assert WORRIES in look(csw, f"{record}/person")
    preview = send(csw, f"{record}/person", chosen("called_name"))
    assert preview.status_code == 200
    over, behind = main_of(preview).split("会議の記録に残ること")
    assert "呼び名 かぜさん" in over
    assert WORRIES not in preview.text
    assert PART_WORDS[Part.WORRIES] in behind
    assert "まだ、だれも登録されていません" in look(csw, "/people")


def test_what_the_preview_showed_is_what_is_registered(csw: TestClient, record: str) -> None:
    send(csw, f"{record}/person", chosen("called_name"))
    answer = send(csw, f"{record}/person", chosen("called_name") | {"then": "move"})
    person = led_to(answer).partition("?")[0]
    page = look(csw, person)
    assert "チームの中だけ" in page
    assert WORRIES not in page
    assert "同意があり、人として登録した" in look(csw, record)
    assert person in csw.get(record, headers=OWN).text


def test_one_may_choose_again_and_finds_ones_ticks(csw: TestClient, record: str) -> None:
    answer = send(csw, f"{record}/person", chosen("worries") | {"then": "choose"})
    assert answer.status_code == 200
    assert 'value="worries" checked' in answer.text
    assert 'value="telephone" checked' not in answer.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"shared_with": "none"}, "だれに話してよいと言ったか"),
        ({"consent_how": ""}, "同意をどのように聞いたかを選んでください"),
        ({"given_on": "2026-11-21"}, "聞いた日を、きょうまでの日で書いてください"),
        ({"given_on": ""}, "聞いた日を、きょうまでの日で書いてください"),
        ({"until": "2026-11-01"}, "きょうか、あとの日にしてください"),
        ({"area": ""}, "圏域を選んでください"),
    ],
)
def test_a_consent_that_is_not_whole_moves_nothing_and_says_why(
    csw: TestClient, record: str, changes: dict[str, str], words: str
) -> None:
    answer = send(csw, f"{record}/person", chosen("worries", **changes) | {"then": "move"})
    assert answer.status_code == 422
    assert words in main_of(answer)
    assert "同意をもらえた" in look(csw, record)


def test_what_is_too_long_together_is_said_and_not_cut(csw: TestClient, conference: str) -> None:
    long = {"worries": "あ" * (LONGEST_NOTE - 10), "safety": "い" * 100}
    record = led_to(send(csw, f"{conference}/records/new", long))
    answer = send(csw, f"{record}/person", chosen("worries", "safety"))
    assert answer.status_code == 422
    assert "選んだものが長すぎます" in main_of(answer)


def test_a_closed_conference_offers_nothing_to_write(csw: TestClient, conference: str) -> None:
    record = led_to(send(csw, f"{conference}/records/new", {"worries": WORRIES}))
    led_to(send(csw, f"{conference}/closure", {}))
    assert "終わった会議" in look(csw, conference)
    page = look(csw, record)
    assert WORRIES in page
    assert "関わりを書く" not in page
    told = {"channel": "visit", "direction": "sent", "result": "saw", "occurred_on": "2026-11-20"}
    assert send(csw, f"{record}/entries", told).status_code == 409


def test_a_record_that_ended_without_consent_is_closed_and_readable(
    csw: TestClient, conference: str, record: str
) -> None:
    led_to(send(csw, f"{record}/closure", {}))
    assert "閉じた記録(1)" in look(csw, conference)
    assert WORRIES in look(csw, record)


@pytest.mark.parametrize("username", ["officer", "admin", "auditor"])
def test_roles_that_join_no_conference_are_not_shown_the_way(
    browser: Browser, username: str
) -> None:
    client = browser(username)
    assert client.get("/conferences", headers=OWN).status_code == 403
    assert 'href="/conferences"' not in client.get("/activities", headers=OWN).text
