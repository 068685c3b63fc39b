"""Look at pages and send their forms without a browser: what one reads, and where one is led."""

import re
from collections.abc import Mapping, Sequence
from html import unescape

from fastapi.testclient import TestClient
from httpx2 import Response

Fields = Mapping[str, str | Sequence[str]]
OWN = {"accept": "text/html", "sec-fetch-site": "same-origin"}
TAG = re.compile(r"<[^>]+>")
TOKEN = re.compile(r'name="csrf_token" value="(\w+)"')


def look(client: TestClient, path: str) -> str:
    """Return the words of a page's main part."""
    answer = client.get(path, headers=OWN, follow_redirects=False)
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    return main_of(answer)


def main_of(answer: Response) -> str:
    body = answer.text.split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", unescape(TAG.sub(" ", body)))


def send(client: TestClient, path: str, fields: Fields) -> Response:
    """Send a form as one of our own pages would."""
    page = client.get("/sign-in", headers=OWN)
    token = TOKEN.search(page.text)
    assert token is not None
    data = {"csrf_token": token[1], **fields}
    return client.post(path, data=data, headers=OWN, follow_redirects=False)


def led_to(answer: Response) -> str:
    """Return where a form that was taken leads; a form is never answered with a page of its own."""
    assert answer.status_code == 303, main_of(answer)
    return str(answer.headers["location"])
