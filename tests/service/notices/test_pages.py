"""The plain pages: one's own notices, what did not arrive, and the systems that are told."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.outbox.carrying import Carried
from service.outbox.rules import State, Trouble
from tests.service.browsing import led_to, look, main_of, send
from tests.service.notices.conftest import API, Office


@pytest.fixture
def csw(desk: Office) -> TestClient:
    return desk.client("csw")


def test_an_address_is_kept_and_an_empty_field_means_none(csw: TestClient) -> None:
    kept = send(csw, "/notices/mail", {"address": "hanako@city.example"})
    assert led_to(kept) == "/notices?done=mail"
    assert csw.get(f"{API}/me/notices").json()["mail"] == "hanako@city.example"
    assert "受け取っています" in look(csw, "/notices")
    assert led_to(send(csw, "/notices/mail", {"address": ""})) == "/notices?done=no-mail"
    assert csw.get(f"{API}/me/notices").json()["mail"] is None


def test_what_is_no_address_is_refused_in_plain_words_and_kept_in_the_field(
    csw: TestClient, app: FastAPI
) -> None:
    app.state.settings = app.state.settings.model_copy(update={"mail_domains": "city.example"})
    for said in ("hanako", "hanako@home.example", "a@city.example b@city.example"):
        answer = send(csw, "/notices/mail", {"address": said})
        assert answer.status_code == 422
        assert "このアドレスには送れません" in main_of(answer)
        assert said in answer.text
    body = {"address": "hanako@home.example"}
    assert csw.put(f"{API}/me/notices/mail", json=body).status_code == 409


def test_boxes_that_are_left_empty_are_switched_off(csw: TestClient) -> None:
    assert led_to(send(csw, "/notices/switches", {"notice": ["concern", "digest"]})) == (
        "/notices?done=switches"
    )
    chosen = {each["notice"]: each["on"] for each in _choices(csw)}
    assert chosen == {"concern": True, "emergency": False, "release": False, "digest": True}
    assert csw.get("/notices").text.count("checked") == 2


def _choices(client: TestClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(f"{API}/me/notices").json()["items"]
    return items


def test_a_coordinator_reads_that_emergencies_are_always_told(desk: Office) -> None:
    coordinator = desk.client("coordinator")
    assert "かならず届きます" in look(coordinator, "/notices")
    send(coordinator, "/notices/switches", {})
    [emergency] = [each for each in _choices(coordinator) if each["notice"] == "emergency"]
    assert emergency == {"notice": "emergency", "on": True, "fixed": True}


def test_the_address_of_a_calendar_is_shown_once(csw: TestClient) -> None:
    answer = send(csw, "/notices/feed", {})
    assert answer.status_code == 200
    shown = main_of(answer)
    assert "http://testserver/c/" in shown
    path = "/c/" + shown.partition("http://testserver/c/")[2].partition(" ")[0]
    assert csw.get(path).status_code == 200
    assert "/c/" not in look(csw, "/notices")
    assert led_to(send(csw, "/notices/feed/end", {})) == "/notices?done=feed-ended"
    assert csw.get(path).status_code == 404


@pytest.fixture
def dead(desk: Office) -> str:
    desk.write("csw")
    desk.answers = [Carried(Trouble.REFUSED, 550)]
    desk.deliver()
    return str(desk.line().id)


@pytest.mark.parametrize("user", ["coordinator", "admin"])
def test_what_did_not_arrive_is_seen_and_sent_again(desk: Office, dead: str, user: str) -> None:
    client = desk.client(user)
    page = look(client, "/dead-letters")
    assert "職員 csw" in page
    assert "受け取りを断りました(番号 550)" in page
    assert "csw@city.example" not in page
    [letter] = client.get(f"{API}/dead-letters").json()["items"]
    assert (letter["id"], letter["trouble"], letter["answer"]) == (dead, "refused", 550)
    assert led_to(send(client, f"/dead-letters/{dead}/retry", {})) == "/dead-letters"
    assert desk.deliver().sent == 1
    assert client.post(f"{API}/dead-letters/{dead}/retry").status_code == 404


def test_what_did_not_arrive_is_closed_with_a_reason_and_not_without(
    desk: Office, dead: str
) -> None:
    client = desk.client("coordinator")
    answer = send(client, f"/dead-letters/{dead}/closing", {"reason": ""})
    assert answer.status_code == 422
    assert "理由を選んでください" in main_of(answer)
    closing = {"reason": "told_otherwise"}
    assert led_to(send(client, f"/dead-letters/{dead}/closing", closing)) == "/dead-letters"
    line = desk.line()
    assert (line.state, line.closing, line.closed_by) == (
        State.CLOSED,
        "told_otherwise",
        desk.id_of("coordinator"),
    )
    assert "すべて届いています" in look(client, "/dead-letters")
    assert client.post(f"{API}/dead-letters/{dead}/closing", json=closing).status_code == 404


def test_a_webhook_is_added_for_a_named_host_alone_and_its_secret_shown_once(
    desk: Office, app: FastAPI
) -> None:
    admin = desk.client("admin")
    assert "DEBAN_WEBHOOK_HOSTS" in look(admin, "/webhooks")
    app.state.settings = app.state.settings.model_copy(
        update={"webhook_hosts": "hooks.city.example"}
    )
    foreign = send(admin, "/webhooks", {"url": "https://elsewhere.example/"})
    assert foreign.status_code == 422
    assert "このアドレスには送れません" in main_of(foreign)
    made = send(admin, "/webhooks", {"url": "https://hooks.city.example/deban"})
    assert made.status_code == 200
    secret = main_of(made).partition("いま一度だけ表示します。")[2].split()[0]
    assert len(bytes.fromhex(secret)) == 32
    assert secret not in look(admin, "/webhooks")
    [hook] = admin.get(f"{API}/webhooks").json()["items"]
    assert hook["url"] == "https://hooks.city.example/deban"
    desk.worry(desk.person())
    assert ("https://hooks.city.example/deban", "concern") in desk.spread()
    assert led_to(send(admin, f"/webhooks/{hook['id']}/end", {})) == "/webhooks"
    desk.worry(desk.person())
    assert "concern" not in {notice for to, notice in desk.spread() if to.startswith("https")}
    body = {"url": "https://elsewhere.example/"}
    assert admin.post(f"{API}/webhooks", json=body).status_code == 409


def test_another_municipality_has_its_own_dead_letters(
    desk: Office, dead: str, elsewhere: object
) -> None:
    foreign = desk.client("coordinator_elsewhere")
    assert foreign.get(f"{API}/dead-letters").json()["items"] == []
    assert foreign.post(f"{API}/dead-letters/{dead}/retry").status_code == 404
    assert desk.line().state is State.DEAD


def test_metrics_count_lines_without_naming_anybody(desk: Office, dead: str) -> None:
    desk.write()
    told = desk.client("admin").get("/metrics").text
    assert 'deban_outbox_lines{state="dead"} 1.0' in told
    assert 'deban_outbox_lines{state="waiting"} 1.0' in told
    assert "deban_outbox_failed_tries 1.0" in told
    assert "deban_outbox_oldest_waiting_seconds" in told
    assert "city.example" not in told
