"""No notice, call or calendar says whom or what place it is about; and a leak would be found."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import SQLModel, select

from catalogue.profiles import SharedWith
from service.database import transaction
from service.notices import calendar
from service.notices.spreading import spread
from service.outbox import calling, composing, posting
from service.outbox.delivery import deliver, office
from service.outbox.tables import Event, Line, Webhook
from service.settings import MailSecurity, Settings
from tests.receivers import HERE, Post, Receiver, http_receiver, mail_server
from tests.service.notices.conftest import API, Office

WORDS = "針のことば"
NICKNAME = "はりちゃん"
FIRST = "2026-12-01"


class Outside:
    """Everything that left the office in a busy week, as it came out at the other end."""

    def __init__(self, desk: Office, app: FastAPI, mail: Post, calls: Receiver) -> None:
        self.desk, self.app, self.mail, self.calls = desk, app, mail, calls
        self.settings = Settings(
            mail_host=HERE,
            mail_port=mail.port,
            mail_security=MailSecurity.NONE,
            mail_from="deban@city.example",
            webhook_hosts=HERE,
            webhook_networks="127.0.0.0/8",
            origin="https://deban.example",
        )
        app.state.settings = app.state.settings.model_copy(
            update={"webhook_hosts": HERE, "webhook_networks": "127.0.0.0/8"}
        )
        hook = {"url": f"http://{HERE}:{calls.port}/hook"}
        assert desk.client("admin").post(f"{API}/webhooks", json=hook).status_code == 201
        self.needles = self._live()
        self.kept = self._rows()
        self._leave()

    def _live(self) -> list[str]:
        """Let everything happen that somebody is told of; return what nobody may be told."""
        desk, host = self.desk, self.desk.town.hosts["temple"]
        told = {"shared_with": SharedWith.HOSTS, "host_id": host.id, "fields": ["age_band"]}
        person = desk.person(consent=told, note=WORDS, contact=NICKNAME)
        own, colleague = desk.client("csw"), desk.client("coordinator")
        desk.worry(person, "csw")
        desk.worry(person, "coordinator")
        packet = {"person_id": str(person.id), "host_id": str(host.id)}
        path = f"{API}/disclosures/{colleague.post(f'{API}/disclosures', json=packet).json()['id']}"
        assert colleague.post(f"{path}/moves", json={"move": "prepare"}).status_code == 200
        opened = {
            "code": person.code,
            "reason": f"{WORDS}。電話に出ない。安否をたしかめる",
        }
        west = desk.client("csw_west")
        assert west.post(f"{API}/emergency-accesses", json=opened).status_code == 201
        self._place(own, str(person.id))
        activities = desk.town.activities.values()
        return [
            person.code,
            str(person.id),
            WORDS,
            NICKNAME,
            *(each.name for each in desk.town.hosts.values()),
            *(each.title for each in activities),
            *(str(each.id) for each in activities),
            *(each.display_name for each in desk.town.accounts.values()),
        ]

    def _place(self, own: TestClient, person: str) -> None:
        leaves = str(self.desk.town.activities["leaves"].id)
        body = {"person_id": person, "activity_id": leaves}
        placement = own.post(f"{API}/placements", json=body).json()["id"]
        agreed = {"minutes": 30, "first_on": FIRST, "kind": "volunteer", "insured": True}
        for move in ({"move": "want"}, {"move": "ask"}, {"move": "host_accepts"} | agreed):
            answer = own.post(f"{API}/placements/{placement}/moves", json=move)
            assert answer.status_code == 200, answer.text
        self.feed = own.post(f"{API}/me/feed").json()["path"]

    def _leave(self) -> None:
        desk = self.desk
        spread(desk.connection, at=desk.now)
        desk.digest()
        done = deliver(office(desk.connection, self.settings, desk.clock))
        assert done.failed == 0

    def _rows(self) -> str:
        """Return what lies in the tables of the outbox, but for whom it is about."""
        with transaction(self.desk.connection) as session:
            rows: list[SQLModel] = [*session.exec(select(Event)), *session.exec(select(Webhook))]
            rows += session.exec(select(Line))
            return str([row.model_dump(exclude={"about_id"}) for row in rows])

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield where and what: every mail opened, every call, the calendar."""
        for mail, raw in zip(self.mail.mails, self.mail.raw, strict=True):
            yield "mail", f"{mail.items()} {mail.get_content()}"
            yield "mail as it was sent", raw.decode("ascii")
        for call in self.calls.told:
            yield "webhook", f"{call.path} {call.headers} {call.body.decode()}"
        yield "calendar", TestClient(self.app).get(self.feed).text.replace("\r\n ", "")
        yield "rows", self.kept

    def leaks(self) -> set[str]:
        return {
            where
            for where, said in self.told()
            for needle in self.needles
            if needle in said or b64encode(needle.encode()).decode() in said
        }


@pytest.fixture
def carried(desk: Office, app: FastAPI) -> Iterator[tuple[Office, FastAPI, Post, Receiver]]:
    with mail_server() as mail, http_receiver() as calls:
        yield desk, app, mail, calls


def test_nothing_that_leaves_says_whom_it_is_about(carried: Any) -> None:
    outside = Outside(*carried)
    notices = {each["Subject"] for each in outside.mail.mails}
    assert notices == {"出番: 画面を見てください"}
    assert len(outside.mail.mails) >= 7
    assert len(outside.calls.told) == 4
    assert {where for where, _ in outside.told()} == {
        "mail",
        "mail as it was sent",
        "webhook",
        "calendar",
        "rows",
    }
    assert outside.leaks() == set()


def test_a_planted_leak_in_a_mail_a_call_or_the_calendar_is_found(
    carried: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, call, draw = composing.mail_of, composing.body_of, calendar._event
    leak = "湖東寺"

    def mail_of(parcel: composing.Parcel, **how: str) -> Any:
        mail = write(parcel, **how)
        mail.set_content(f"{mail.get_content()}{leak}\n")
        return mail

    def body_of(parcel: composing.Parcel, **how: str) -> bytes:
        return call(parcel, **how) + leak.encode()

    monkeypatch.setattr(posting, "mail_of", mail_of)
    monkeypatch.setattr(calling, "body_of", body_of)
    monkeypatch.setattr(calendar, "_event", lambda each, at: draw(replace(each, words=leak), at))
    assert Outside(*carried).leaks() == {"mail", "webhook", "calendar"}
