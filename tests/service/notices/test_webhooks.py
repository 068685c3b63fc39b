"""Other systems that are told: only after a fresh proof, only where the settings allow."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import select

from service.database import transaction
from service.notices.spreading import spread
from service.outbox import webhooks
from service.outbox.calling import secret_of
from service.outbox.rules import Notice, State
from service.outbox.tables import Webhook
from tests.factories import Town
from tests.service.browsing import main_of, send
from tests.service.notices.conftest import API, Office

HOOKS = f"{API}/webhooks"
URL = "https://hooks.city.example/deban"


@pytest.fixture(autouse=True)
def allowed(app: FastAPI) -> None:
    app.state.settings = app.state.settings.model_copy(
        update={"webhook_hosts": "hooks.city.example"}
    )


@pytest.fixture
def admin(desk: Office) -> TestClient:
    return desk.client("admin")


def hooks(desk: Office) -> list[Webhook]:
    with transaction(desk.connection) as session:
        return list(session.exec(select(Webhook)))


def test_the_proof_of_an_hour_ago_adds_nobody(desk: Office, admin: TestClient) -> None:
    desk.clock.turn(hours=1)
    answer = admin.post(HOOKS, json={"url": URL})
    assert answer.status_code == 403
    page = send(admin, "/webhooks", {"url": URL})
    assert page.status_code != 200
    assert hooks(desk) == []


FOREIGN = (
    "http://hooks.city.example/deban",
    "https://hooks.city.example.evil.example/",
    "https://evil.example/?hooks.city.example",
    "https://evil.example#hooks.city.example",
    "https://deban:secret@hooks.city.example/",
    "https://hooks.city.example@evil.example/",
    "https://hooks.city.example./",
    "//hooks.city.example/",
    "javascript:alert(1)",
    "https://127.0.0.1/",
)


def test_what_only_looks_like_an_allowed_address_is_refused_and_nothing_kept(
    desk: Office, admin: TestClient
) -> None:
    for url in FOREIGN:
        assert admin.post(HOOKS, json={"url": url}).status_code == 409, url
        page = send(admin, "/webhooks", {"url": url})
        assert page.status_code == 422, url
        assert "このアドレスには送れません" in main_of(page)
    assert hooks(desk) == []


@pytest.mark.parametrize(
    "body",
    [{}, {"url": ""}, {"url": None}, {"url": ["x"]}, {"url": URL, "secret": "mine"},
     {"url": "https://hooks.city.example/" + "a" * 480}, {"url": f"{URL}\r\nHost: evil.example"},
     {"url": f"{URL}\u200b"}],
)  # fmt: skip
def test_a_body_in_another_shape_is_malformed(
    desk: Office, admin: TestClient, body: dict[str, Any]
) -> None:
    assert admin.post(HOOKS, json=body).status_code == 422
    assert hooks(desk) == []


def test_an_empty_form_is_asked_again_in_words(desk: Office, admin: TestClient) -> None:
    page = send(admin, "/webhooks", {"url": ""})
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text
    assert hooks(desk) == []


def test_a_long_address_is_neither_cut_nor_lost(desk: Office, admin: TestClient) -> None:
    long = URL + "/" + "a" * 500
    page = send(admin, "/webhooks", {"url": long})
    assert page.status_code == 422
    assert long in page.text
    assert hooks(desk) == []


def test_what_a_hidden_sign_stands_in_is_not_taken_for_the_same_address(
    desk: Office, admin: TestClient
) -> None:
    page = send(admin, "/webhooks", {"url": "https://hooks.city.example/a\u200bb"})
    assert page.status_code == 422
    assert "目に見えない文字があります" in main_of(page)
    assert hooks(desk) == []


@pytest.mark.parametrize("user", ["csw", "coordinator", "officer", "auditor"])
def test_only_who_manages_accounts_says_which_systems_are_told(desk: Office, user: str) -> None:
    client = desk.client(user)
    for answer in (
        client.get(HOOKS),
        client.post(HOOKS, json={"url": URL}),
        client.delete(f"{HOOKS}/{uuid4()}"),
        send(client, "/webhooks", {"url": URL}),
    ):
        assert answer.status_code == 403
    assert hooks(desk) == []


def test_a_neighbour_neither_sees_nor_ends_a_webhook(
    desk: Office, admin: TestClient, elsewhere: Town
) -> None:
    assert elsewhere.accounts
    made = admin.post(HOOKS, json={"url": URL}).json()["id"]
    neighbour = desk.client("admin_elsewhere")
    assert neighbour.get(HOOKS).json()["items"] == []
    foreign = neighbour.delete(f"{HOOKS}/{made}")
    absent = neighbour.delete(f"{HOOKS}/{uuid4()}")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.json() == absent.json()
    assert [each.ended_at for each in hooks(desk)] == [None]


def test_one_municipalitys_event_is_told_to_no_other_ones_system(
    desk: Office, admin: TestClient, elsewhere: Town
) -> None:
    assert elsewhere.accounts
    neighbour = desk.client("admin_elsewhere")
    assert neighbour.post(HOOKS, json={"url": f"{URL}/theirs"}).status_code == 201
    assert admin.post(HOOKS, json={"url": f"{URL}/ours"}).status_code == 201
    desk.worry(desk.person())
    assert [to for to, _ in desk.spread() if to.startswith("https")] == [f"{URL}/ours"]


def test_what_still_waits_for_a_system_goes_with_it_and_it_ends_once(
    desk: Office, admin: TestClient
) -> None:
    made = admin.post(HOOKS, json={"url": URL}).json()["id"]
    for user in ("csw", "csw_west", "coordinator", "admin", "auditor"):
        desk.client(user).delete(f"{API}/me/notices/mail")
    desk.worry(desk.person())  # nobody but the system is told, so it is enough to be written
    assert spread(desk.connection, at=desk.now) == 1
    assert desk.line().state is State.WAITING
    assert admin.delete(f"{HOOKS}/{made}").status_code == 204
    assert desk.line().state is State.DROPPED
    assert admin.delete(f"{HOOKS}/{made}").status_code == 404
    assert desk.deliver().sent == 0


def test_a_secret_lasts_as_long_as_its_webhook_though_newer_ones_have_a_newer_key(
    desk: Office, admin: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = admin.post(HOOKS, json={"url": URL}).json()
    named = webhooks.key_named
    monkeypatch.setattr(webhooks, "current_key", lambda _session: ("newer", b"n" * 32))
    monkeypatch.setattr(
        webhooks,
        "key_named",
        lambda session, key_id: b"n" * 32 if key_id == "newer" else named(session, key_id),
    )
    new = admin.post(HOOKS, json={"url": f"{URL}/2"}).json()
    with transaction(desk.connection) as session:
        found = {str(each.id): each for each in session.exec(select(Webhook))}
        told = {key: webhooks.secret_for(session, each).hex() for key, each in found.items()}
    assert told == {old["id"]: old["secret"], new["id"]: new["secret"]}
    assert new["secret"] == secret_of(b"n" * 32, found[new["id"]].id).hex()


def test_no_secret_is_kept_or_told_a_second_time(desk: Office, admin: TestClient) -> None:
    secret = admin.post(HOOKS, json={"url": URL}).json()["secret"]
    assert secret not in admin.get(HOOKS).text
    assert secret not in admin.get("/webhooks").text
    assert secret not in str([each.model_dump() for each in hooks(desk)])


def test_a_digest_is_for_people_and_told_to_no_system(desk: Office, admin: TestClient) -> None:
    admin.post(HOOKS, json={"url": URL})
    desk.worry(desk.person())
    desk.spread()
    desk.clock.turn(days=4)  # Tuesday after a holiday
    assert desk.digest() > 0
    desk.carried.clear()
    desk.deliver()
    digests = [each for each in desk.carried if each.notice is Notice.DIGEST]
    assert digests
    assert all("@" in each.to for each in digests)
