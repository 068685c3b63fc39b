"""What pages load: ours and htmx, from here, kept by browsers for as long as it stays the same."""

import hashlib
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.web import assets
from service.web.assets import ASKED_AGAIN, HTMX, KEPT, STATIC, mark_of
from service.web.pages import environment

CONFIG = re.compile(r"<meta name=\"htmx-config\" content='(.+?)'>")


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The service without a database: what is asked here reads none."""
    return create_app(Settings(office_telephone="03-0000-0000"), bind=sa.create_engine("sqlite://"))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> TestClient:
    return TestClient(app)


def page(client: TestClient, *, smooth: bool) -> str:
    """Render the frame of all pages, once as a page that htmx smooths."""
    text = (
        '{% set smooth = true %}{% extends "base.html" %}'
        if smooth
        else '{% extends "base.html" %}'
    )
    scope = {"type": "http", "app": client.app, "headers": []}
    return environment().from_string(text).render(request=Request(scope), telephone="")


@pytest.mark.parametrize("name", ["deban.css", "deban.js", "passkeys.js", "deban.svg", "htmx.js"])
def test_what_is_asked_for_with_its_mark_is_kept_and_else_asked_again(
    client: TestClient, name: str
) -> None:
    plain = client.get(f"/static/{name}")
    assert plain.status_code == 200
    assert plain.headers["cache-control"] == ASKED_AGAIN
    marked = client.get(assets.address_of_asset(name))
    assert marked.content == plain.content
    assert marked.headers["cache-control"] == KEPT
    assert client.get(f"/static/{name}?v=0").headers["cache-control"] == ASKED_AGAIN


def test_a_mark_changes_with_what_the_file_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    marks = set()
    for said in ("a { }", "b { }"):
        (tmp_path / "planted.css").write_text(said, encoding="utf-8")
        mark_of.cache_clear()
        marks.add(mark_of("planted.css"))
    mark_of.cache_clear()
    assert marks == {hashlib.sha256(said).hexdigest()[:12] for said in (b"a { }", b"b { }")}


def test_what_is_not_there_is_a_404_that_nobody_keeps(client: TestClient) -> None:
    for path in ("/static/none.js", "/static/../app.py", "/static/htmx-4.min.js"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "immutable" not in answer.headers["cache-control"]


def test_htmx_is_the_settled_version_of_the_locked_package() -> None:
    assert 'version:"2.0.' in HTMX.read_text(encoding="utf-8")
    assert HTMX.is_relative_to(Path(assets.__file__).parents[2]) is False or ".venv" in HTMX.parts


def test_htmx_is_loaded_only_where_a_page_asks_for_it(client: TestClient) -> None:
    plain, smooth = page(client, smooth=False), page(client, smooth=True)
    assert "htmx" not in plain
    assert f'<script src="/static/htmx.js?v={mark_of("htmx.js")}" defer></script>' in smooth
    assert 'id="said" role="status"' in plain
    assert "<script>" not in smooth  # nothing inline: the policy forbids it


def test_htmx_evaluates_nothing_and_keeps_no_page_on_the_device(client: TestClient) -> None:
    (config,) = CONFIG.findall(page(client, smooth=True))
    for held in (
        '"allowEval":false',
        '"allowScriptTags":false',
        '"includeIndicatorStyles":false',
        '"historyCacheSize":0',
    ):
        assert held in config


def test_where_no_tokens_were_loaded_no_page_asks_for_them(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = (STATIC / "tokens.css").is_file()
    assert ("tokens.css" in page(client, smooth=False)) is there
    for name in ("deban.css", "deban.svg", "deban.js"):
        (tmp_path / name).write_bytes((STATIC / name).read_bytes())
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    assert "tokens.css" not in page(client, smooth=False)
    (tmp_path / "tokens.css").write_text(":root { }", encoding="utf-8")
    assert "tokens.css" in page(client, smooth=False)
    mark_of.cache_clear()
