"""Every kind of refusal has its status, its words on a page, and its place in the documents."""

from datetime import date
from uuid import UUID

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from service.refusals import Kind, Refusal
from service.web.apologies import PAGE_WORDS
from service.web.paging import Page
from service.web.problems import STATUS, documented, problem

BROWSER = {"accept": "text/html"}
SIGNED_OUT = STATUS[Kind.UNKNOWN_CALLER]


def refusing(app: FastAPI, kind: Kind) -> TestClient:
    """Add a page and a route of the API that refuse in one way."""

    class Planted(Refusal):
        pass

    Planted.kind = kind

    def refuse(request: Request) -> None:
        raise Planted("not now", on=date(2026, 11, 20), id=UUID(int=7), path=request.url.path)

    app.get("/planted", response_model=None)(refuse)
    app.post("/planted", response_model=None)(refuse)
    app.get("/api/planted", response_model=None)(refuse)
    return TestClient(app, follow_redirects=False)


def test_every_kind_has_a_status_and_only_conflicts_share_one() -> None:
    assert set(STATUS) == set(Kind)
    assert len(set(STATUS.values())) == len(Kind) - 1
    assert STATUS[Kind.STALE] == STATUS[Kind.CONFLICT]
    assert all(400 <= status < 600 for status in STATUS.values())


def test_every_refusal_that_a_page_can_meet_has_a_title_a_sentence_and_a_next_step() -> None:
    assert set(STATUS.values()) - {SIGNED_OUT} <= set(PAGE_WORDS)
    for words in PAGE_WORDS.values():
        assert len(words) >= 3
        assert all(sentence.endswith("。") for sentence in words[1:])


@pytest.mark.parametrize("kind", Kind)
def test_a_program_gets_the_sentence_and_its_facts(app: FastAPI, kind: Kind) -> None:
    answer = refusing(app, kind).get("/api/planted", headers=BROWSER)
    assert answer.status_code == STATUS[kind]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Planted",
        "status": STATUS[kind],
        "detail": "not now",
        "on": "2026-11-20",
        "id": str(UUID(int=7)),
        "path": "/api/planted",
    }


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.UNKNOWN_CALLER])
def test_a_person_gets_a_page_with_one_heading_and_the_offices_telephone(
    app: FastAPI, kind: Kind
) -> None:
    answer = refusing(app, kind).get("/planted", headers=BROWSER)
    assert answer.status_code == STATUS[kind]
    assert answer.text.count("<h1") == 1
    assert PAGE_WORDS[STATUS[kind]][0] in answer.text
    assert "03-0000-0000" in answer.text
    assert "not now" not in answer.text


@pytest.mark.parametrize(("method", "back"), [("GET", "/planted"), ("POST", "/")])
def test_after_a_sign_in_one_comes_back_to_a_page_but_never_to_a_form_that_was_sent(
    app: FastAPI, method: str, back: str
) -> None:
    client = refusing(app, Kind.UNKNOWN_CALLER)
    answer = client.request(method, "/planted", headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={back}")


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ("text/html", True),
        ("application/xhtml+xml,text/html;q=0.9,*/*;q=0.8", True),
        ("*/*", False),
        ("application/json", False),
        ("", False),
    ],
)
def test_whoever_asks_for_a_page_gets_one(app: FastAPI, accept: str, *, page: bool) -> None:
    answer = refusing(app, Kind.CONFLICT).get("/planted", headers={"accept": accept})
    assert answer.headers["content-type"].startswith("text/html") is page


@pytest.mark.parametrize("kind", Kind)
def test_only_whoever_should_come_again_is_told_when(kind: Kind) -> None:
    answer = problem(STATUS[kind], "Planted", "not now")
    assert ("retry-after" in answer.headers) is (kind in {Kind.UNAVAILABLE, Kind.TOO_OFTEN})


def test_a_route_documents_what_every_route_may_refuse_and_what_only_it_does() -> None:
    always = {401, 403, 422, 503}
    assert set(documented()) == always
    assert set(documented(Kind.MISSING, Kind.UNSEEN, Kind.STALE)) == always | {404, 409, 428}
    for response in documented(*Kind).values():
        assert set(response["content"]) == {"application/problem+json"}


def test_every_route_of_the_api_documents_its_refusals(app: FastAPI) -> None:
    for path, item in app.openapi()["paths"].items():
        for method, told in item.items():
            assert {"401", "403", "422", "503"} <= set(told["responses"]), (method, path)


def test_the_last_page_names_no_next() -> None:
    assert Page[int](items=[]).model_dump() == {"items": [], "next": None}
