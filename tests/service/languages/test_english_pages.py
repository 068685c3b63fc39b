"""Key pages in English: nothing of ours is left in Japanese, and forms send the same."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from service.languages.japanese import has_letters
from tests.architecture.source import ROOT
from tests.conftest import DATABASES
from tests.factories import Town, person_in
from tests.service.browsing import OWN

ON_ONE = pytest.mark.parametrize("engine", DATABASES[:1], indirect=True, scope="session")
READ = ("aria-label", "title", "alt", "placeholder")
SENT = ("input", "option", "button")
OURSELVES = {"csrf_token", "once", "language"}
JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u9fff]+")
# What staff and hosts wrote in the small town, and the signs that a page explains by showing them.
TOLD = "".join(
    ROOT.joinpath("tests", name).read_text(encoding="utf-8") for name in ("factories.py",)
)
EXAMPLES = (
    "日本語",
    "やま",
    "令和",
    "年",
    "月",
    "日",
    "髙",
    "落",
    "お",
    "ち",
    "葉",
    "ば",
    "人",
    "ふたり",
)


class Page(HTMLParser):
    """What stands on a page, and what its forms send."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.sent: list[tuple[str, str | None, str | None]] = []
        self.silent = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.silent += tag in {"script", "style"}
        self.words += [found[name] or "" for name in READ if name in found]
        if tag in SENT and found.get("name") not in OURSELVES:
            self.sent.append((tag, found.get("name"), found.get("value")))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def left(page: Page, *written: str) -> list[str]:
    """Return the Japanese of a page that nobody of the small town wrote."""
    theirs = "".join([TOLD, *EXAMPLES, *written])
    found = (word for text in page.words for word in JAPANESE.findall(text))
    return sorted({word for word in found if has_letters(word) and word not in theirs})


def paths_of(town: Town, person: str) -> Iterator[tuple[str, str]]:
    activity = next(iter(town.activities.values())).id
    yield from (
        ("csw", path) for path in ("/", "/people", "/people/new", "/activities", "/conferences")
    )
    yield from (
        ("csw", f"/people/{person}{path}")
        for path in (
            "",
            "/candidates",
            "/contacts/new",
            "/assessments/new",
            "/consents/new",
            "/end",
        )
    )
    yield ("csw", f"/activities/{activity}")
    yield ("csw", f"/people/{person}/placements/new?activity={activity}")
    yield from (("csw", path) for path in ("/security", "/notices", "/accessibility", "/aids"))
    yield from (
        ("coordinator", path) for path in ("/follow-ups/rhythm", "/retention", "/reports/monthly")
    )
    yield from (("admin", path) for path in ("/accounts", "/machine-tokens"))


@ON_ONE
def test_key_pages_have_nothing_of_ours_in_japanese_and_send_the_same(
    client_of: Callable[[str], TestClient], session: Session, town: Town
) -> None:
    person = person_in(session, town)
    clients = {name: client_of(name) for name in ("csw", "coordinator", "admin")}
    faults, seen = {}, 0
    for name, path in paths_of(town, str(person.id)):
        client = clients[name]
        japanese = client.get(path, headers=OWN | {"accept-language": "ja"})
        english = client.get(path, headers=OWN | {"accept-language": "en"})
        assert english.status_code == japanese.status_code == 200, path
        assert '<html lang="en"' in english.text, path
        page = Page(english.text)
        assert page.sent == Page(japanese.text).sent, path
        seen += len(left(Page(japanese.text)))
        if found := left(page, person.code):
            faults[path] = found
    assert [f"{path}: {found}" for path, found in faults.items()] == []
    assert seen > 500  # the same look finds our words where they are in Japanese


def test_a_word_that_stayed_japanese_is_found() -> None:
    page = Page('<p>Saved. まだ訳していない</p><a title="さがす">x</a><script>"日"</script>')
    assert left(page) == ["さがす", "まだ訳していない"]
