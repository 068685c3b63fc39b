"""What a host's link opens, and the many reasons for which it opens nothing any more."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.disclosures.tables import Pseudonym
from service.hosts.tables import HostLink
from service.persons.tables import Consent, Person
from service.trail import NotWritten
from tests.factories import Town, TurnableClock, person_in
from tests.service.audit.lines import events, lines, looks
from tests.service.browsing import OWN, led_to, look, main_of, send
from tests.service.disclosures.conftest import API, Office

NOBODY = UUID(int=0)


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    """The host's telephone: nobody is signed in there."""
    return TestClient(app)


def article(text: str) -> str:
    found = re.search(r"<article.*?</article>", text, re.DOTALL)
    assert found is not None
    return found[0]


def test_the_host_sees_byte_for_byte_what_was_looked_at_before(
    office: Office, stranger: TestClient
) -> None:
    packet = office.released()
    token = office.linked(packet)
    before = office.own.get(f"/people/{office.person.id}/disclosures", headers=OWN).text
    after = stranger.get(f"/h/{token}", headers=OWN)
    assert article(before).encode() == article(after.text).encode()
    assert "大きい音で頭が痛くなる" in article(after.text)
    assert stranger.get(f"/api/v1/host/{token}").json() == packet["sheet"]


def test_a_planted_second_template_would_be_seen(
    office: Office, stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: were the host shown anything but what is kept, the bytes would differ."""
    token = office.linked(office.released())
    before = office.own.get(f"/people/{office.person.id}/disclosures", headers=OWN).text
    monkeypatch.setattr("service.disclosures.sheet.UNSAID", "planted")
    planted = "service.disclosures.showing.Sheet.of"
    of = __import__("service.disclosures.sheet", fromlist=["Sheet"]).Sheet.of
    monkeypatch.setattr(planted, lambda kept: of(kept | {"purpose": "planted"}))
    assert article(before) != article(stranger.get(f"/h/{token}", headers=OWN).text)


def test_each_look_of_a_host_is_written_down_with_the_consent_it_rests_on(
    office: Office, session: Session, stranger: TestClient
) -> None:
    token = office.linked(office.released())
    for path in (f"/h/{token}", f"/api/v1/host/{token}", "/h/wrong"):
        stranger.get(path, headers=OWN)
    seen = [line for line in looks(session) if line.resource == "host_link" and line.role == "host"]
    assert {(line.person_id, line.account_id, line.basis_id) for line in seen} == {
        (office.person.id, None, office.consent.id)
    }
    assert len(seen) == 2
    assert all(token not in repr(line) for line in lines(session))


def test_what_cannot_be_written_down_is_not_shown(
    office: Office, stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = office.linked(office.released())

    def broken(*_: object) -> None:
        raise NotWritten("planted")

    monkeypatch.setattr("service.trail._append", [broken])
    answer = stranger.get(f"/api/v1/host/{token}")
    assert answer.status_code == 503
    assert "避けること" not in answer.text


def test_every_step_towards_a_host_is_an_event(office: Office, session: Session) -> None:
    packet = office.released()
    office.linked(packet)
    [link] = office.own.get(f"{API}/{packet['id']}/links").json()["items"]
    office.own.post(f"/api/v1/host-links/{link['id']}/revocation")
    office.withdraw()
    told = [line.resource for line in events(session)]
    wanted = ["consent_given", "disclosure_prepared", "disclosure_released", "link_made",
              "link_revoked", "consent_withdrawn"]  # fmt: skip
    # What the test itself stored before is written last: its session ends after the requests.
    assert sorted(event for event in told if event in wanted) == sorted(wanted)


def test_the_page_is_for_nobody_else(office: Office, stranger: TestClient) -> None:
    token = office.linked(office.released())
    for path in (f"/h/{token}", f"/h/{token}x", f"/api/v1/host/{token}"):
        headers = stranger.get(path, headers=OWN).headers
        if path != f"/h/{token}x":
            assert headers["x-robots-tag"] == "noindex, nofollow"
            assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"


def revoked(office: Office, packet: dict[str, Any], _clock: TurnableClock) -> None:
    [link] = office.own.get(f"{API}/{packet['id']}/links").json()["items"]
    assert office.own.post(f"/api/v1/host-links/{link['id']}/revocation").status_code == 200


def ended(office: Office, packet: dict[str, Any], _clock: TurnableClock) -> None:
    assert office.moved(office.own, packet["id"], "end").status_code == 200


def withdrawn(office: Office, _packet: dict[str, Any], _clock: TurnableClock) -> None:
    office.withdraw()


def narrowed(office: Office, _packet: dict[str, Any], _clock: TurnableClock) -> None:
    path = f"/api/v1/people/{office.person.id}/consents/{office.consent.id}/narrowing"
    body = {"shared_with": "hosts", "host_id": office.host, "fields": ["age_band"]}
    assert office.own.post(path, json=body).status_code == 201


def link_ran_out(_office: Office, _packet: dict[str, Any], clock: TurnableClock) -> None:
    clock.turn(days=5)


def packet_ran_out(_office: Office, _packet: dict[str, Any], clock: TurnableClock) -> None:
    clock.turn(days=3)


ENDS = (revoked, ended, withdrawn, narrowed, link_ran_out, packet_ran_out)


@pytest.mark.parametrize("end", ENDS)
def test_every_end_is_the_same_answer_as_a_link_that_never_was(
    office: Office,
    stranger: TestClient,
    turnable_clock: TurnableClock,
    end: Callable[[Office, dict[str, Any], TurnableClock], None],
) -> None:
    until = {"until": "2026-11-22"} if end is packet_ran_out else {}
    packet = office.released(**until)
    token = office.linked(packet, days=5)
    assert stranger.get(f"/h/{token}", headers=OWN).status_code == 200
    end(office, packet, turnable_clock)
    for kind in ("/h/{}", "/api/v1/host/{}"):
        gone, never = (stranger.get(kind.format(t), headers=OWN) for t in (token, "A" * 43))
        assert gone.status_code == never.status_code == 404
        assert gone.content == never.content
        assert gone.headers == never.headers


def test_the_last_day_of_a_consent_is_felt_by_the_next_question(
    office: Office,
    session: Session,
    stranger: TestClient,
    turnable_clock: TurnableClock,
) -> None:
    token = office.linked(office.released())
    consent = session.get_one(Consent, office.consent.id)
    consent.until = turnable_clock.at.date()
    session.flush()
    assert stranger.get(f"/h/{token}").status_code == 200
    turnable_clock.turn(hours=15)  # midnight in Japan
    assert stranger.get(f"/h/{token}").status_code == 404


@pytest.mark.parametrize("state", ["draft", "prepared", "refused"])
def test_nothing_has_a_link_before_it_is_released(office: Office, state: str) -> None:
    id_ = office.drafted()["id"]
    moves = {"draft": (), "prepared": ("prepare",), "refused": ("prepare", "refuse")}[state]
    for move, client in zip(moves, (office.colleague, office.own), strict=False):
        assert office.moved(client, id_, move).json()["state"]
    assert office.own.get(f"{API}/{id_}").json()["state"] == state
    assert office.own.post(f"{API}/{id_}/links").status_code == 409


def test_only_the_hash_of_a_token_is_kept_and_it_is_told_once(
    office: Office, session: Session
) -> None:
    packet = office.released()
    token = office.linked(packet)
    assert len(token) >= 43  # 256 bits
    [link] = session.exec(select(HostLink)).all()
    assert token not in repr(link.model_dump())
    assert token not in office.own.get(f"{API}/{packet['id']}/links").text


def test_a_link_out_of_sight_cannot_be_revoked(
    office: Office, client_of: Callable[[str], TestClient], stranger: TestClient
) -> None:
    packet = office.released()
    token = office.linked(packet)
    [link] = office.own.get(f"{API}/{packet['id']}/links").json()["items"]
    west = client_of("csw_west")
    assert west.post(f"/api/v1/host-links/{link['id']}/revocation").status_code == 404
    assert west.post(f"/api/v1/host-links/{NOBODY}/revocation").status_code == 404
    assert stranger.get(f"/h/{token}").status_code == 200


def proposed(office: Office, town: Town, activity: str = "leaves") -> str:
    body = {"person_id": str(office.person.id), "activity_id": str(town.activities[activity].id)}
    answer = office.own.post("/api/v1/placements", json=body)
    assert answer.status_code == 201, answer.text
    id_: str = answer.json()["id"]
    return id_


def carded(office: Office, placement: str) -> dict[str, Any]:
    answer = office.own.post(API, json={"placement_id": placement})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_card_names_nobody_and_tells_no_cause(
    office: Office, town: Town, stranger: TestClient
) -> None:
    card = carded(office, proposed(office, town))
    seen = stranger.get(f"/h/{office.linked(card)}", headers=OWN).text
    assert "静かな席があると助かります" in seen
    assert card["sheet"]["who"] in seen
    for secret in (office.person.code, "頭が痛く", "40代", "090-0000-0000", str(office.person.id)):
        assert secret not in seen, secret


def test_a_card_is_lost_with_the_consent_and_with_the_proposal(
    office: Office, town: Town, stranger: TestClient
) -> None:
    first, second = (proposed(office, town, name) for name in ("leaves", "last_place"))
    tokens = [office.linked(carded(office, each)) for each in (first, second)]
    path = f"/api/v1/placements/{first}/moves"
    assert office.own.post(path, json={"move": "pass", "side": "person"}).status_code == 200
    assert [stranger.get(f"/h/{token}").status_code for token in tokens] == [404, 200]
    office.withdraw()
    assert [stranger.get(f"/h/{token}").status_code for token in tokens] == [404, 404]
    assert office.own.post(API, json={"placement_id": second}).status_code == 409


def test_one_host_has_one_name_for_somebody_and_another_host_another(
    office: Office, session: Session, town: Town
) -> None:
    everywhere = {"shared_with": "hosts", "fields": []}
    office.own.post(f"/api/v1/people/{office.person.id}/consents", json=everywhere)
    names = [
        carded(office, proposed(office, town, activity))["sheet"]["who"]
        for activity in ("leaves", "last_place", "tea")
    ]
    assert names[0] == names[1]
    rows = session.exec(select(Pseudonym)).all()
    assert len(rows) == 2
    assert all(office.person.code not in row.name for row in rows)


def test_a_name_that_is_taken_at_a_host_is_drawn_again(
    office: Office, session: Session, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["すみれ10さん", "すみれ10さん", "うめ11さん"])
    monkeypatch.setattr("service.disclosures.cards.drawn", lambda: next(drawn))
    other = person_in(session, town)
    office.own.post(f"/api/v1/people/{other.id}/consents", json={"shared_with": "hosts"})
    first = carded(office, proposed(office, town))["sheet"]["who"]
    body = {"person_id": str(other.id), "activity_id": str(town.activities["leaves"].id)}
    placement = office.own.post("/api/v1/placements", json=body).json()["id"]
    assert (first, carded(office, placement)["sheet"]["who"]) == ("すみれ10さん", "うめ11さん")


def test_the_whole_walk_on_pages(office: Office, stranger: TestClient) -> None:
    page = f"/people/{office.person.id}/disclosures"
    led_to(send(office.colleague, page, {"host_id": office.host}))
    id_ = office.own.get(API).json()["items"][0]["id"]
    assert "下書き" in look(office.own, page)
    led_to(send(office.colleague, f"/disclosures/{id_}/moves", {"move": "prepare"}))
    assert "あなたが確認できます" in look(office.own, "/disclosures")
    assert "ほかの人が確認します" in look(office.colleague, "/disclosures")
    assert "見せてよい" not in look(office.colleague, page).split("終わりにする", 1)[0]
    refused = send(office.colleague, f"/disclosures/{id_}/moves", {"move": "release"})
    assert refused.status_code == 422
    assert "たのんだ人とは別の人が確認します" in main_of(refused)
    led_to(send(office.own, f"/disclosures/{id_}/moves", {"move": "release"}))
    made = send(office.own, f"/disclosures/{id_}/links", {})
    token = re.search(r"/h/([\w-]{43})", made.text)
    assert token is not None
    assert "大きい音" in look(stranger, f"/h/{token[1]}")
    link = re.search(r"/host-links/([\w-]+)/revocation", office.own.get(page, headers=OWN).text)
    assert link is not None
    led_to(send(office.own, link[0], {}))
    assert stranger.get(f"/h/{token[1]}", headers=OWN).status_code == 404


def test_a_release_on_the_page_leads_over_a_fresh_proof(
    office: Office, turnable_clock: TurnableClock
) -> None:
    id_ = office.drafted()["id"]
    office.moved(office.colleague, id_, "prepare")
    turnable_clock.turn(minutes=6)
    answer = send(office.own, f"/disclosures/{id_}/moves", {"move": "release"})
    assert led_to(answer).startswith("/step-up?next=")
    assert office.own.get(f"{API}/{id_}").json()["state"] == "prepared"


def test_a_page_says_why_nothing_can_be_drafted(
    office: Office, session: Session, town: Town
) -> None:
    other = person_in(session, town)
    page = f"/people/{other.id}/disclosures"
    assert "受け入れ先に話してよいという同意が、いまはありません" in look(office.own, page)
    refused = send(office.own, page, {"host_id": office.host})
    assert refused.status_code == 422
    late = send(office.own, f"/people/{office.person.id}/disclosures",
                {"host_id": office.host, "until": "2026-11-01"})  # fmt: skip
    assert "いつまでの日が過ぎています" in main_of(late)


def test_a_card_is_made_on_the_page(office: Office, town: Town, session: Session) -> None:
    placement = proposed(office, town)
    page = f"/people/{office.person.id}/disclosures"
    assert "落ち葉" in look(office.own, page)
    led_to(send(office.own, f"/placements/{placement}/cards", {}))
    assert "静かな席があると助かります" in look(office.own, page)
    assert session.exec(select(Person.code)).first()
