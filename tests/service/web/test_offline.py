"""No page calls an outside host: not one of all pages, no template, no script and no style."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection

import service
from service.accounts.rules import Role
from service.web.assets import STATIC
from service.web.headers import CONTENT_POLICY
from tests.factories import Town
from tests.service.browsing import OWN
from tests.service.tenancy.asking import Ask, asks
from tests.service.tenancy.neighbours import Neighbour, live, neighbour

LEADING: Final = {"href", "src", "action", "formaction", "poster", "data", "srcset", "ping"}
OWN_SCHEMES: Final = {"", "tel", "data"}
IN_STYLES: Final = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")
IN_SCRIPTS: Final = re.compile(r"""["'`]((?:https?:|wss?:)?//[^"'`]+)["'`]""")


def is_outside(target: str) -> bool:
    parts = urlsplit(target.strip())
    return bool(parts.netloc) or parts.scheme not in OWN_SCHEMES


class Leads(HTMLParser):
    """Every place of a page that a browser would ask, or that a press would lead to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: said or "" for name, said in attrs}
        for name in known.keys() & LEADING:
            parts = known[name].split(",") if name == "srcset" else [known[name]]
            self.found += [part.split()[0] for part in parts if part.split()]
        self.found += IN_STYLES.findall(known.get("style", ""))
        if tag == "meta" and known.get("http-equiv", "").lower() == "refresh":
            self.found.append(known.get("content", "").partition("=")[2])

    def handle_data(self, data: str) -> None:
        self.found += IN_STYLES.findall(data) if "{" in data else []


def outside(page: str) -> list[str]:
    return [lead for lead in Leads(page).found if is_outside(lead)]


@pytest.mark.parametrize(
    "planted",
    [
        '<script src="https://cdn.example.org/a.js"></script>',
        '<link rel="stylesheet" href="//fonts.example.org/css">',
        '<img srcset="/own.png 1x, https://example.org/a.png 2x">',
        '<form action="http://example.org/"></form>',
        '<a href="https://example.org/">よそ</a>',
        '<p style="background: url(//example.org/a.png)"></p>',
        "<style>@import 'https://example.org/a.css'; p { color: red }</style>",
        '<meta http-equiv="refresh" content="0; url=https://example.org/">',
        '<a href="javascript:alert(1)">押す</a>',
    ],
)
def test_a_planted_call_is_found(planted: str) -> None:
    assert len(outside(planted)) == 1


def test_what_is_ones_own_is_let_be() -> None:
    page = (
        '<a href="/people?x=//y">人</a><a href="tel:03">☎</a><a href="#main"></a><img src="data:,">'
    )
    assert outside(page) == []


def templates() -> list[Path]:
    return sorted(Path(service.__file__).parent.rglob("*.html"))


def test_no_template_names_an_outside_host_whatever_it_is_filled_with() -> None:
    assert len(templates()) >= 50
    named = re.compile(r"https?:|(?:href|src|action)=\"//")
    found = {path.name: named.findall(path.read_text(encoding="utf-8")) for path in templates()}
    assert {name: said for name, said in found.items() if said} == {}


def unfinished(text: str) -> list[str]:
    """Name the lines that a merge left behind: a page would show them."""
    return re.findall(r"^(?:<{7}|>{7}|={7})(?: .*)?$", text, re.MULTILINE)


def test_no_template_and_no_static_file_carries_an_unfinished_merge() -> None:
    planted = f"{'<' * 7} HEAD\n<p>\n{'=' * 7}\n<b>\n{'>' * 7} theirs\n"
    assert len(unfinished(planted)) == 3
    for path in (*templates(), *STATIC.iterdir()):
        assert unfinished(path.read_text(encoding="utf-8")) == [], path.name


def test_no_script_and_no_style_asks_elsewhere() -> None:
    files = [path for path in STATIC.rglob("*") if path.suffix in {".js", ".css"}]
    assert {path.suffix for path in files} == {".js", ".css"}
    for path in files:
        text = path.read_text(encoding="utf-8")
        told = (IN_SCRIPTS if path.suffix == ".js" else IN_STYLES).findall(text)
        assert [lead for lead in told if is_outside(lead)] == [], path.name


def pages(app: FastAPI) -> list[Ask]:
    return [ask for ask in asks(app) if ask.is_page and ask.method == "GET"]


def shown(
    app: FastAPI, clients: dict[Role, TestClient], ours: Neighbour
) -> Iterator[tuple[str, str, str]]:
    """Yield every page of every role that is shown: its route, its words, its policy."""
    for ask in pages(app):
        ids = {
            slot: ours.ids[kind] for slot in ask.slots if (kind := slot.table(ask.path)) in ours.ids
        }
        path, query, *_ = ask.filled(ids)
        for client in clients.values():
            answer = client.get(path, params=query, headers=OWN)
            if answer.headers.get("content-type", "").startswith("text/html"):
                yield ask.path, answer.text, answer.headers["content-security-policy"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_page_that_anybody_is_shown_calls_an_outside_host(
    app: FastAPI, connection: Connection, client_of: Callable[[str], TestClient], town: Town
) -> None:
    clients = {role: client_of(role.value) for role in Role}
    live(clients[Role.CSW], town, "ことば")
    ours = neighbour(connection, town, clients[Role.CSW])
    seen = list(shown(app, clients, ours))
    assert {route: told for route, page, _ in seen if (told := outside(page))} == {}
    # The browser holds to the same: nothing is loaded but from where the page came.
    assert {policy for _, _, policy in seen} == {CONTENT_POLICY}
    assert not re.search(r"https?:|//|\*|unsafe", CONTENT_POLICY)
    every = {ask.path for ask in pages(app)}
    silent = every - {route for route, *_ in seen}
    assert silent <= {
        "/healthz",
        "/readyz",
        "/metrics",
        "/docs/start.js",
        "/docs/assets/{name}",
    } | {path for path in every if path.endswith(".csv")}
