"""Every form of the route list, sent with nothing in it: a page that says what is missing."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Final

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection

from tests.conftest import DATABASES
from tests.factories import Town
from tests.service.browsing import OWN, TAG, TOKEN, main_of
from tests.service.tenancy.asking import Ask, asks
from tests.service.tenancy.neighbours import Neighbour, complete, live, neighbour

ON_ONE: Final = pytest.mark.parametrize("engine", DATABASES[:1], indirect=True, scope="session")
ROLES: Final = ("csw", "coordinator", "admin", "auditor")
# They end what the walk needs: the sign-in itself.
ENDING: Final = frozenset({"/sign-out", "/show"})
# One press, and a page with what is shown once: a link, a code, a password.
SHOWN_ONCE: Final = frozenset(
    {
        "/accounts/{account_id}/password",
        "/hosts/{host_id}/registrations",
        "/inquiries/{inquiry_id}/links",
        "/notices/feed",
        "/registrations/{registration_id}/links",
        "/security/recovery-codes",
    }
)
# Three words of Latin letters beside each other: a sentence that nobody put into Japanese.
ENGLISH: Final = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")
MISTAKES: Final = 'class="mistake"'


def forms(app: FastAPI) -> list[Ask]:
    """Return every form of staff's pages."""
    return [
        ask
        for ask in asks(app)
        if ask.method == "POST" and ask.is_page and ask.path not in ENDING
        if not ask.path.startswith(("/h/", "/sign-in"))
    ]


def faults_of(ask: Ask, answer: Response) -> Iterator[str]:
    """Say what is wrong with how an empty form was answered."""
    status = answer.status_code
    if status >= 500:
        yield f"{ask.path}: {status}"
    elif status not in {303, 403, 404, 409, 422} and ask.path not in SHOWN_ONCE:
        yield f"{ask.path}: {status} for an empty form"
    elif status == 422:
        said = main_of(answer) if "<main" in answer.text else answer.text
        if '<html lang="ja"' not in answer.text:
            yield f"{ask.path}: no Japanese page"
        if found := ENGLISH.search(unescape(TAG.sub(" ", said))):
            yield f"{ask.path}: {found[0]!r}"
        if MISTAKES in answer.text and 'role="alert"' not in answer.text:
            yield f"{ask.path}: mistakes without a summary above"


class Office:
    """Somebody of each role, and one thing of each kind to send forms about."""

    def __init__(
        self, connection: Connection, town: Town, client_of: Callable[[str], TestClient]
    ) -> None:
        self.connection = connection
        self.clients = {name: client_of(name) for name in ROLES}
        live(self.clients["csw"], town, "庭")
        complete(connection, town)
        self.known: Neighbour = neighbour(connection, town, self.clients["csw"])
        self.tokens = {name: self._token(client) for name, client in self.clients.items()}

    @staticmethod
    def _token(client: TestClient) -> str:
        found = TOKEN.search(client.get("/sign-in", headers=OWN).text)
        assert found
        return found[1]

    def answer(self, ask: Ask) -> Response:
        """Send the form as the first role that may; what it did is taken back."""
        slots = {
            slot: self.known.ids[slot.table(ask.path)]
            for slot in ask.slots
            if slot.where == "path" and slot.table(ask.path) in self.known.ids
        }
        path, *_ = ask.filled(slots)
        for name in ROLES:
            with self.connection.begin_nested() as savepoint:
                data = {"csrf_token": self.tokens[name]}
                answer = self.clients[name].post(
                    path, data=data, headers=OWN, follow_redirects=False
                )
                savepoint.rollback()
            if answer.status_code not in {403, 404}:
                break
        return answer


@ON_ONE
def test_an_empty_form_is_a_page_that_says_what_is_missing(
    app: FastAPI, connection: Connection, town: Town, client_of: Callable[[str], TestClient]
) -> None:
    office = Office(connection, town, client_of)
    answers = [(ask, office.answer(ask)) for ask in forms(app)]
    assert "\n".join(fault for ask, answer in answers for fault in faults_of(ask, answer)) == ""
    # The control of the walk: most forms were there, and asked for something.
    assert len(answers) >= 60
    assert sum(answer.status_code == 422 for _, answer in answers) >= 25


@ON_ONE
def test_planted_answers_to_empty_forms_are_found(app: FastAPI, town: Town) -> None:
    assert town

    @app.post("/planted/broken")
    def broken() -> None:
        raise HTTPException(500)

    @app.post("/planted/english", status_code=422)
    def english() -> HTMLResponse:
        page = '<html lang="ja"><main><p class="mistake">value is not valid</p></main></html>'
        return HTMLResponse(page, status_code=422)

    client = TestClient(app)
    planted = [ask for ask in forms(app) if ask.path.startswith("/planted")]
    found = [
        fault for ask in planted for fault in faults_of(ask, client.post(ask.path, headers=OWN))
    ]
    assert found == [
        "/planted/broken: 500",
        "/planted/english: 'value is not'",
        "/planted/english: mistakes without a summary above",
    ]
