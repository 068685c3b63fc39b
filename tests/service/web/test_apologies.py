"""What a person is told when something cannot be done: to staff, to hosts, and in place."""

from collections.abc import Mapping

import pytest
import sqlalchemy as sa
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings, Side
from service.web.apologies import HOST_WORDS, PAGE_WORDS
from service.web.parts import TOLD

BROWSER = {"accept": "text/html"}
IN_PLACE = {"hx-request": "true"}
STATUSES = sorted(PAGE_WORDS)
TOWARDS_TODAY = 'href="/">きょうのページへ'


def failing(app: FastAPI) -> TestClient:
    """Plant a page for staff and one under a host's address that fail with the status asked for."""

    def fail(status: int) -> None:
        raise HTTPException(status)

    app.get("/planted/{status}", response_model=None)(fail)
    app.get("/h/planted/{status}", response_model=None)(fail)
    return TestClient(app, follow_redirects=False)


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The service without a database: what is asked here reads none."""
    return create_app(Settings(office_telephone="03-0000-0000"), bind=sa.create_engine("sqlite://"))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> TestClient:
    return failing(app)


@pytest.mark.parametrize("status", [each for each in STATUSES if each != 401])
def test_every_failure_says_what_it_is_and_what_to_do_next(client: TestClient, status: int) -> None:
    answer = client.get(f"/planted/{status}", headers=BROWSER)
    title, sentence, *steps = PAGE_WORDS[status]
    assert answer.status_code == status
    assert answer.text.count("<h1") == 1
    assert f"<title>{title} - " in answer.text
    assert steps
    assert all(said in answer.text for said in (title, sentence, *steps))
    assert TOWARDS_TODAY in answer.text


@pytest.mark.parametrize("words", [PAGE_WORDS, HOST_WORDS])
def test_every_sentence_ends_and_blames_nobody(words: Mapping[int, tuple[str, ...]]) -> None:
    for title, *sentences in words.values():
        assert not title.endswith("。")
        for sentence in sentences:
            assert sentence.endswith("。")
            assert not any(word in sentence for word in ("エラー", "不正", "無効", "失敗"))


@pytest.mark.parametrize("status", [403, 404, 409, 422, 429, 500, 503])
def test_a_host_is_led_to_the_telephone_and_never_to_a_page_of_staff(
    client: TestClient, status: int
) -> None:
    answer = client.get(f"/h/planted/{status}", headers=BROWSER)
    assert answer.status_code == status
    assert TOWARDS_TODAY not in answer.text
    assert "一覧" not in answer.text
    assert "事務所に電話する" in answer.text
    title = (HOST_WORDS | {}).get(status, PAGE_WORDS[status])[0]
    assert title in answer.text


def test_on_the_host_side_whatever_is_not_there_is_told_as_to_a_host() -> None:
    app = create_app(Settings(side=Side.HOST), bind=sa.create_engine("sqlite://"))
    answer = TestClient(app).get("/people", headers=BROWSER)
    assert answer.status_code == 404
    assert HOST_WORDS[404][0] in answer.text
    assert TOWARDS_TODAY not in answer.text


@pytest.mark.parametrize("status", STATUSES)
def test_in_place_a_failure_goes_to_the_live_region_and_takes_nothing_away(
    client: TestClient, status: int
) -> None:
    answer = client.get(f"/planted/{status}", headers=IN_PLACE)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in TOLD} == TOLD
    part = answer.text.partition('id="problem"')[2].partition("</section>")[0]
    assert "この画面に残っています" in part
    assert "<h1" not in part
    assert ("別の画面でサインインする" in part) is (status == 401)


def test_what_stands_on_a_page_of_its_own_is_not_told_in_place(client: TestClient) -> None:
    answer = client.get("/planted/409", headers=BROWSER)
    assert not TOLD.keys() & {name.title() for name in answer.headers}
    assert "この画面に残っています" not in answer.text


def test_a_program_that_says_it_is_htmx_still_gets_a_problem_document(app: FastAPI) -> None:
    answer = TestClient(app).get("/api/v1/me", headers=IN_PLACE)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/people?after=x", 'href="/people?after=x"'),
        ("http://testserver//evil.example/x", 'href="/evil.example/x"'),
        ("https://evil.example/people", None),
        ("", None),
    ],
)
def test_one_is_led_back_to_a_page_of_ours_and_to_no_other(
    client: TestClient, came_from: str, back: str | None
) -> None:
    answer = client.get("/planted/409", headers=BROWSER | {"referer": came_from})
    assert ("前の画面にもどる" in answer.text) is (back is not None)
    assert back is None or f'<a class="button" {back}>前の画面' in answer.text
    assert "//evil" not in answer.text


def test_a_page_that_grew_too_large_is_told_to_people_in_words(app: FastAPI) -> None:
    client = TestClient(app)
    size = app.state.settings.body_limit_bytes + 1
    said = client.post("/sign-in", content=b"x" * size, headers=BROWSER)
    assert said.status_code == 413
    assert PAGE_WORDS[413][0] in said.text
    plain = client.post("/api/v1/sessions", content=b"x" * size)
    assert plain.headers["content-type"] == "application/problem+json"
