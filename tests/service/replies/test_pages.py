"""The pages of questions: a host's without a sign-in, and the staff's with paper and telephone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.factories import PASSWORD
from tests.service.replies.conftest import Desk

OWN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def browser(app: FastAPI) -> TestClient:
    """A worker's browser with its cookie."""
    client = TestClient(app, headers=OWN)
    sent = {"username": "csw", "password": PASSWORD}
    assert client.post("/api/v1/sessions", json=sent).status_code == 201
    return client


def submit(browser: TestClient, page: str, path: str, **fields: Any) -> Any:
    """Send a form of a page with its hidden fields."""
    shown = browser.get(page).text
    signs = {
        name: re.search(rf'name="{name}" value="([^"]*)"', shown)[1]  # type: ignore[index] - every form has them
        for name in ("csrf_token", "once")
    }
    return browser.post(path, data=signs | fields)


def test_a_host_answers_on_a_phone_in_two_steps_without_a_sign_in(desk: Desk) -> None:
    token = desk.linked(desk.asked())
    page = desk.host.get(f"/h/{token}")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert page.headers["cache-control"] == "no-store"
    for words in (
        "できる",
        "日を変えたい",
        "今回はむずかしい",
        "しばらく休みたい",
        "人数を減らしたい",
    ):
        assert words in page.text
    assert desk.person.code not in page.text
    thanks = desk.host.post(f"/h/{token}", data={"sent": "yes", "answer": "can"})
    assert "ありがとうございます" in thanks.text
    assert thanks.headers["referrer-policy"] == "no-referrer"
    assert desk.status == "agreed"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "どれか一つを選んでください"),
        ({"answer": "fine"}, "どれか一つを選んでください"),
        ({"answer": "rest"}, "いつまで休むかを書いてください"),
        ({"answer": "rest", "until": "2026-11-20"}, "あしたから"),
        ({"answer": "fewer"}, "何人までならよいかを書いてください"),
        ({"answer": "can", "remark": "x" * 501}, "500字までで書いてください"),
    ],
)
def test_what_is_missing_is_said_in_plain_words_and_uses_nothing_up(
    desk: Desk, sent: dict[str, str], said: str
) -> None:
    token = desk.linked(desk.asked())
    page = desk.host.post(f"/h/{token}", data={"sent": "yes"} | sent)
    assert page.status_code == 422
    assert said in page.text
    assert desk.status == "asked"
    assert desk.answered(token, "can").status_code == 200


def test_another_answer_is_told_kindly_how_to_reach_the_office(desk: Desk) -> None:
    token = desk.linked(desk.asked())
    desk.answered(token, "can")
    page = desk.host.post(f"/h/{token}", data={"sent": "yes", "answer": "not_now"})
    assert page.status_code == 409
    assert "事務所へ電話してください" in page.text
    assert "03-0000-0000" in page.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 200),  # our own page tells nobody where it was
        ({"sec-fetch-site": "same-origin"}, 200),
        ({}, 200),
    ],
)
def test_an_answer_from_another_sites_page_is_refused(
    desk: Desk, headers: dict[str, str], status: int
) -> None:
    token = desk.linked(desk.asked())
    sent = {"sent": "yes", "answer": "can"}
    assert desk.host.post(f"/h/{token}", data=sent, headers=headers).status_code == status
    assert desk.status == ("agreed" if status == 200 else "asked")


def test_staff_ask_print_and_write_down_what_the_telephone_said(
    desk: Desk, browser: TestClient
) -> None:
    placement = f"/placements/{desk.placement}"
    asked = submit(browser, placement, "/inquiries", purpose="before", placement_id=desk.placement)
    assert asked.status_code == 200
    assert "受け入れていただけますか" in asked.text
    inquiry = str(asked.url.path)
    paper = submit(browser, inquiry, f"{inquiry}/links").text
    token = re.search(r"/h/([A-Za-z0-9_-]+)", paper)[1]  # type: ignore[index] - it is there
    assert desk.host.get(f"/h/{token}").status_code == 200
    for words in ("data:image/svg+xml", "03-0000-0000", "しるしをつけて", "11月27日"):
        assert words in paper
    done = submit(browser, inquiry, f"{inquiry}/reply", answer="not_now", channel="fax")
    assert "今回はむずかしい" in done.text
    assert desk.status == "passed"


def test_a_question_without_a_name_goes_from_the_activity_to_the_host_and_back(
    desk: Desk, browser: TestClient
) -> None:
    activity = desk.town.activities["tea"]
    form = f"/activities/{activity.id}/inquiries/new"
    about = {"purpose": "question", "activity_id": str(activity.id)}
    empty = submit(browser, form, "/inquiries", **about)
    assert (empty.status_code, "一つは選ぶか書いてください" in empty.text) == (422, True)
    named = submit(browser, form, "/inquiries", own_line=f"{desk.person.code}さん", **about)
    assert (named.status_code, "消して書きなおしてください" in named.text) == (422, True)
    made = submit(browser, form, "/inquiries", asks=["just_being"], shorter="15", **about)
    inquiry = str(made.url.path)
    assert "1回15分くらいの短い時間" in made.text
    heard = submit(browser, inquiry, f"{inquiry}/reply", answer="yes", channel="call")
    assert "だれにでもできることとして" in heard.text
    offered = submit(browser, inquiry, f"{inquiry}/offer")
    assert "活動の内容に書きました" in offered.text
    assert desk.read(f"activities/{activity.id}")["minutes"]["min"] == 15


def test_the_page_of_how_hosts_fare_says_why_and_what_to_do(
    desk: Desk, browser: TestClient, client_of: Callable[[str], TestClient]
) -> None:
    page = browser.get("/hosts/health").text
    assert "喫茶みなと" in page
    assert "まだ一度もたずねていません" in page
    asked = submit(browser, "/hosts/health", "/inquiries", purpose="own",
                   host_id=str(desk.town.hosts["cafe"].id))  # fmt: skip
    assert "いまの登録は、このままでよいですか" in asked.text
    assert client_of("officer").get("/hosts/health").status_code == 403
