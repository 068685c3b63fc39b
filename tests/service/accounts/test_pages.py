"""The pages to sign in and out: one's own paths only, the same answer for every mistake."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.accounts.pages import own_path
from tests.factories import PASSWORD, Town
from tests.service.browsing import OWN, led_to, look, main_of, send


@pytest.fixture
def visitor(app: FastAPI) -> TestClient:
    """Somebody with a browser who has not signed in yet."""
    return TestClient(app)


def signs_in(visitor: TestClient, username: str = "csw", following: str = "/") -> str:
    fields = {"username": username, "password": PASSWORD, "next": following}
    return led_to(send(visitor, "/sign-in", fields))


def test_a_page_asks_a_visitor_to_sign_in_and_leads_back(visitor: TestClient) -> None:
    answer = visitor.get("/people", headers=OWN, follow_redirects=False)
    assert led_to(answer) == "/sign-in?next=/people"
    assert signs_in(visitor, following="/people") == "/people"
    assert "人" in look(visitor, "/people")


@pytest.mark.parametrize(
    "said", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_signing_in_never_leads_to_another_site(visitor: TestClient, said: str) -> None:
    assert own_path(said) == "/"
    assert signs_in(visitor, following=said) == "/"


@pytest.mark.parametrize("username", ["csw", "nobody at all"])
def test_a_wrong_password_and_an_unknown_name_read_the_same(
    visitor: TestClient, username: str
) -> None:
    answer = send(visitor, "/sign-in", {"username": username, "password": "guessed once"})
    assert answer.status_code == 422
    assert "利用者名かパスワードがちがいます" in main_of(answer)
    assert "guessed" not in answer.text
    assert "set-cookie" not in answer.headers


def test_signing_out_ends_the_sign_in(visitor: TestClient, town: Town) -> None:
    signs_in(visitor)
    # The token of a form belongs to the sign-in, so it is read from a page of this visitor.
    assert led_to(send(visitor, "/sign-out", {})) == "/sign-in"
    assert visitor.get("/people", headers=OWN, follow_redirects=False).status_code == 303


def test_a_form_without_the_token_of_this_sign_in_is_refused(visitor: TestClient) -> None:
    signs_in(visitor)
    answer = visitor.post("/sign-out", data={"csrf_token": "0" * 64}, headers=OWN)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("username", "place"),
    [("officer", "/reports/monthly"), ("admin", "/activities"), ("auditor", "/audit")],
)
def test_roles_without_a_queue_begin_where_they_may_read(
    visitor: TestClient, username: str, place: str
) -> None:
    signs_in(visitor, username)
    assert led_to(visitor.get("/", headers=OWN, follow_redirects=False)) == place
    assert look(visitor, place)


def test_the_statement_on_accessibility_is_open_to_everybody(visitor: TestClient) -> None:
    page = look(visitor, "/accessibility")
    assert "WCAG 2.2" in page
    assert "03-0000-0000" in page
