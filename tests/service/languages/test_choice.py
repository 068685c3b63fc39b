"""In which language a page is: as somebody chose, else as their browser asks, else Japanese."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from service.web.language import COOKIE
from tests.conftest import DATABASES
from tests.service.browsing import OWN, led_to, send

ON_ONE = pytest.mark.parametrize("engine", DATABASES[:1], indirect=True, scope="session")
pytestmark = ON_ONE
ENGLISH = 'lang="en"'


@pytest.fixture
def visitor(app: FastAPI) -> TestClient:
    return TestClient(app)


def page(visitor: TestClient, path: str = "/sign-in", wanted: str = "") -> str:
    asked = {"accept-language": wanted} if wanted else {}
    return visitor.get(path, headers=OWN | asked).text


def choose(visitor: TestClient, language: str, *, seen: str = "") -> Response:
    referer = {"referer": f"http://testserver{seen}"} if seen else {}
    visitor.headers.update(referer)
    answer = send(visitor, "/language", {"language": language})
    visitor.headers.pop("referer", None)
    return answer


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("", "ja"),
        ("ja,en-US;q=0.9,en;q=0.8", "ja"),
        ("en-GB,en;q=0.9,ja;q=0.8", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "en"),
        ("ja;q=0.1,en;q=0.9", "en"),
        ("fr,de;q=0.5", "ja"),
        ("*", "ja"),
        ("en;q=many", "en"),
        (",;q=,,", "ja"),
    ],
)
def test_a_page_before_sign_in_is_as_the_browser_asks(
    visitor: TestClient, wanted: str, language: str
) -> None:
    shown = page(visitor, wanted=wanted)
    assert f'<html lang="{language}"' in shown
    assert ("Sign in" in shown) is (language == "en")
    assert ("サインイン" in shown) is (language == "ja")


def test_a_choice_outlasts_what_the_browser_asks_and_can_be_taken_back(
    visitor: TestClient,
) -> None:
    assert (
        led_to(choose(visitor, "en", seen="/sign-in?next=%2Fpeople")) == "/sign-in?next=%2Fpeople"
    )
    assert '<html lang="en"' in page(visitor, wanted="ja")
    assert "日本語</button>" in page(visitor)
    choose(visitor, "ja", seen="/sign-in")
    assert '<html lang="ja"' in page(visitor, wanted="en")
    assert "English</button>" in page(visitor)


def test_the_choice_is_kept_from_scripts_and_for_a_year(visitor: TestClient) -> None:
    kept = choose(visitor, "en").headers["set-cookie"]
    assert kept.startswith(f"{COOKIE}=en;")
    assert "HttpOnly" in kept
    assert "SameSite=lax" in kept
    assert "Max-Age=31622400" in kept


@pytest.mark.parametrize("language", ["", "fr", "ja; Path=/x", "<b>"])
def test_a_language_that_we_do_not_speak_changes_nothing(
    visitor: TestClient, language: str
) -> None:
    answer = choose(visitor, language)
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers
    assert '<html lang="ja"' in page(visitor)


def test_a_cookie_that_somebody_made_up_is_left_aside(visitor: TestClient) -> None:
    visitor.cookies.set(COOKIE, "xx")
    assert '<html lang="ja"' in page(visitor)


@pytest.mark.parametrize(
    ("seen", "leads"),
    [
        ("http://testserver/accessibility", "/accessibility"),
        ("http://testserver/sign-out", "/"),  # takes forms only
        ("http://elsewhere.example/accessibility", "/"),
        ("http://testserver//elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_a_choice_leads_back_to_a_page_of_ours_only(
    visitor: TestClient, seen: str, leads: str
) -> None:
    token = visitor.get("/sign-in", headers=OWN)
    assert token.status_code == 200
    visitor.headers["referer"] = seen
    assert led_to(send(visitor, "/language", {"language": "en"})) == leads


def test_another_site_cannot_choose(visitor: TestClient) -> None:
    answer = visitor.post(
        "/language", data={"language": "en"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403


def test_what_programs_read_is_the_same_in_both_languages(client: TestClient) -> None:
    paths = ("/api/v1/people", "/api/v1/activities", "/api/v1/follow-ups")
    before = [client.get(path).json() for path in paths]
    client.cookies.set(COOKIE, "en")
    assert [client.get(path, headers={"accept-language": "en"}).json() for path in paths] == before


def test_an_error_page_is_in_the_language_too(visitor: TestClient) -> None:
    visitor.cookies.set(COOKIE, "en")
    shown = visitor.get("/h/nowhere", headers=OWN).text
    assert '<html lang="en"' in shown
    assert "telephone the office" in shown
