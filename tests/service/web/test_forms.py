"""Forms that only our own pages can send, and tokens that travel as a cookie."""

from typing import Annotated

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.web.forms import FIELD, SignedForm, csrf_token
from service.web.tokens import keep_token

SETTINGS = Settings(secure_cookies=False, database_url="sqlite:///never-opened.db")
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def client() -> TestClient:
    app: FastAPI = create_app(SETTINGS)

    @app.get("/form", response_model=None)
    def show(request: Request, response: Response, token: str = "one") -> dict[str, str]:
        keep_token(response, token, SETTINGS)
        return {"token": csrf_token(request)}

    @app.post("/form", response_model=None)
    def take(form: SignedForm) -> dict[str, list[str]]:
        return {name: [str(value) for value in form.getlist(name)] for name in form}

    return TestClient(app)


def _token(client: TestClient) -> str:
    client.get("/form")
    token: str = client.get("/form").json()["token"]
    return token


def test_a_form_of_our_own_page_comes_through_with_all_its_fields(client: TestClient) -> None:
    fields = {FIELD: _token(client), "words": "庭", "days": ["MO", "TU"]}
    answer = client.post("/form", data=fields, headers=OURS)
    assert answer.status_code == 200
    assert answer.json()["days"] == ["MO", "TU"]


def test_the_forms_token_does_not_tell_the_sign_ins_own(client: TestClient) -> None:
    assert "one" not in _token(client)


@pytest.mark.parametrize("token", ["", "guessed", "日本語"])
def test_a_form_with_another_token_is_refused(client: TestClient, token: str) -> None:
    _token(client)
    answer = client.post("/form", data={FIELD: token}, headers=OURS)
    assert answer.status_code == 403


def test_a_form_without_any_token_is_refused(client: TestClient) -> None:
    assert client.post("/form", data={"words": "x"}, headers=OURS).status_code == 403


def test_a_token_of_another_sign_in_is_refused(client: TestClient) -> None:
    token = _token(client)
    client.get("/form", params={"token": "two"})
    assert client.post("/form", data={FIELD: token}, headers=OURS).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {},
    ],
)
def test_a_form_from_another_site_is_refused(
    client: TestClient, headers: Annotated[dict[str, str], "who asks"]
) -> None:
    answer = client.post("/form", data={FIELD: _token(client)}, headers=headers)
    assert answer.status_code == 403


def test_an_old_browser_is_known_by_its_origin(client: TestClient) -> None:
    own = {"origin": "http://testserver"}
    answer = client.post("/form", data={FIELD: _token(client)}, headers=own)
    assert answer.status_code == 200
