"""Somebody at a desk with a browser: cookies, real forms, and what a page shows in them."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from html.parser import HTMLParser

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.factories import PASSWORD
from tests.service.browsing import OWN, main_of

BANNER = r'<section class="notice hold stack-close".*?</section>'
Said = dict[str, list[str]]


class Shown(HTMLParser):
    """The forms of a page as a browser would send them: what is ticked, chosen and written."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Said]] = []
        self._select, self._area = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: said or "" for name, said in attrs}
        name = known.get("name", "")
        match tag:
            case "form" if known.get("method") == "post":
                self.found.append((known["action"], {}))
            case "select":
                self._select = name
                self.found[-1][1][name] = []
            case "option" if self._select:
                chosen = self.found[-1][1][self._select]
                if not chosen or "selected" in known:
                    chosen[:] = [known["value"]]
            case "textarea":
                self._area = name
                self.found[-1][1][name] = [""]
            case "input" if name:
                self._take(name, known)

    def _take(self, name: str, known: dict[str, str]) -> None:
        if known.get("type") in {"radio", "checkbox"} and "checked" not in known:
            return
        self.found[-1][1].setdefault(name, []).append(known.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[-1][1][self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""


class Desk:
    """One browser; ``username`` signs in again as often as asked."""

    def __init__(self, app: FastAPI, username: str = "csw") -> None:
        self.browser = TestClient(app, headers=OWN, follow_redirects=False)
        self.username = username
        self.enter()

    def enter(self, following: str = "/") -> Response:
        """Sign in by the page, and go on to where it leads."""
        [(_, form)] = self.forms(f"/sign-in?next={following}", "/sign-in")
        known = {"username": self.username, "password": PASSWORD, "next": following}
        answer = self.browser.post("/sign-in", data=form | known)
        assert answer.status_code == 303, main_of(answer)
        led = self.browser.get(answer.headers["location"])
        return led if led.status_code != 303 else self.look(led.headers["location"])

    def look(self, path: str) -> Response:
        answer = self.browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers)
        return answer

    def forms(self, path: str, action: str) -> list[tuple[str, Said]]:
        """Return the forms of a page that are sent to an address."""
        found = Shown(self.look(path).text).found
        return [(sent_to, fields) for sent_to, fields in found if sent_to == action]

    def form(self, path: str, action: str = "") -> Said:
        [(_, fields)] = self.forms(path, action or path)
        return fields

    def send(
        self, action: str, form: Mapping[str, str | Sequence[str]], **said: str | Sequence[str]
    ) -> Response:
        return self.browser.post(action, data={**form, **said})

    def write(self, path: str, **said: str | Sequence[str]) -> Response:
        """Fill the form of a page in and send it."""
        return self.send(path, self.form(path), **said)

    def later(self, path: str, **said: str | Sequence[str]) -> Response:
        """Press 途中まで保存."""
        return self.browser.post("/drafts", data={**self.form(path), **said, "sent_to": path})


def led(answer: Response) -> str:
    """Return where a page leads, without what is asked there, or with it."""
    assert answer.status_code == 303, main_of(answer)
    return unescape(str(answer.headers["location"]))


def banner(answer: Response) -> str:
    """Return what a page says about a draft, or nothing."""
    found = re.search(
        r'<section class="notice hold stack-close".*?</section>', answer.text, re.DOTALL
    )
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])).strip() if found else ""
