"""Invariant 6: what an end will close is said beforehand, and is what it closes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from catalogue.profiles import SharedWith
from service.placements import closing
from tests.factories import Town, TurnableClock, person_in
from tests.service.browsing import OWN, led_to, look, send
from tests.service.placements.walks import move, moved

ClientOf = Callable[[str], TestClient]
API = "/api/v1"
TELL = ["age_band", "pace"]


@dataclass(frozen=True)
class Case:
    """Somebody who goes somewhere, with a card that the host was given."""

    client: TestClient
    person: str
    consent: str
    placement: str
    token: str

    def foretold(self, move_: str = "end") -> dict[str, Any]:
        answer = self.client.get(f"{API}/placements/{self.placement}/closing?move={move_}")
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said

    def at_host(self) -> int:
        return self.client.get(f"{API}/host/{self.token}").status_code

    def queued(self) -> set[tuple[str, str]]:
        items = self.client.get(f"{API}/follow-ups").json()["items"]
        mine = [each for each in items if each["placement_id"] == self.placement]
        return {(each["side"], each["occasion"]) for each in mine}


@pytest.fixture
def case(client_of: ClientOf, session: Session, town: Town) -> Case:
    consent = {"shared_with": SharedWith.HOSTS, "fields": TELL}
    person = person_in(session, town, consent=consent)
    client = client_of("csw")
    body = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
    placement = client.post(f"{API}/placements", json=body).json()
    moved(client, placement, "want")
    moved(client, placement, "agree", may_tell=TELL, first_on="2026-11-20")
    moved(client, placement, "begin")
    card = client.post(f"{API}/disclosures", json={"placement_id": placement["id"]}).json()
    link = client.post(f"{API}/disclosures/{card['id']}/links", json={}).json()
    (given,) = client.get(f"{API}/people/{person.id}/consents").json()["items"]
    return Case(client, str(person.id), given["id"], placement["id"], link["token"])


def test_an_end_is_said_beforehand_and_then_is_what_happens(case: Case) -> None:
    said = case.foretold()
    assert (said["status"], said["hold"], said["cards"], said["links"]) == ("ended", "firm", 1, 1)
    assert {each["side"] for each in said["falls_away"]} == {"person", "host"}
    assert [(each["side"], each["occasion"]) for each in said["remains"]] == [
        ("person", "exit"), ("host", "exit"),
    ]  # fmt: skip
    before = case.queued()
    assert before == {("person", "after_first"), ("host", "after_first")}
    assert case.at_host() == 200  # to look beforehand closes nothing
    after = moved(case.client, {"id": case.placement}, "end", reason="job", side="person")
    assert (after["status"], after["hold"]) == ("ended", "none")
    assert after["places"]["taken"] == 0
    assert case.at_host() == 404
    assert case.queued() == {("person", "exit"), ("host", "exit")}


def test_what_was_owed_and_late_is_asked_once_more_as_an_exit_of_both_sides(
    case: Case, turnable_clock: TurnableClock, client_of: ClientOf
) -> None:
    turnable_clock.turn(days=60)  # nobody was asked in all that time
    late = Case(client_of("csw"), case.person, case.consent, case.placement, case.token)
    assert late.queued()
    moved(late.client, {"id": case.placement}, "end", reason="job", side="person")
    assert late.queued() == {("person", "exit"), ("host", "exit")}


def test_a_refused_end_closes_nothing(case: Case) -> None:
    assert move(case.client, {"id": case.placement}, "end", reason=None).status_code == 422
    assert case.at_host() == 200
    assert case.foretold()["hold"] == "firm"


@pytest.mark.parametrize("asked", ["pass", "want"])
def test_a_move_that_cannot_be_made_from_here_is_not_foretold(case: Case, asked: str) -> None:
    path = f"{API}/placements/{case.placement}/closing?move={asked}"
    assert case.client.get(path).status_code == 409


def test_of_a_move_that_ends_nothing_it_is_said_that_it_ends_nothing(case: Case) -> None:
    answer = case.client.get(f"{API}/placements/{case.placement}/closing?move=rest")
    assert answer.status_code == 200
    assert answer.json() == {
        "ends": False, "status": "resting", "hold": "firm", "cards": 0, "links": 0,
        "questions": 0, "falls_away": [], "remains": [],
    }  # fmt: skip
    assert case.foretold()["ends"] is True


def test_without_the_closer_a_card_comes_back_with_its_placement(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a card that is only hidden opens again, under another agreement."""
    monkeypatch.setattr(closing, "_closers", {})
    again = {"id": case.placement}
    moved(case.client, again, "end", reason="moved_on", side="person")
    assert case.at_host() == 404
    moved(case.client, again, "reopen")
    assert case.at_host() == 200


def test_a_card_that_ended_stays_ended(case: Case) -> None:
    again = {"id": case.placement}
    moved(case.client, again, "end", reason="moved_on", side="person")
    moved(case.client, again, "reopen")
    assert case.at_host() == 404


def test_a_withdrawal_is_said_beforehand_and_then_is_what_happens(case: Case) -> None:
    path = f"{API}/people/{case.person}/consents/{case.consent}/withdrawal"
    assert case.client.get(path).json() == {
        "sheets": 1,
        "links": 1,
        "placements": [{"placement_id": case.placement, "fields": TELL}],
        "seen_by_owner_only": True,
    }
    assert case.at_host() == 200
    assert case.client.post(path).status_code == 200
    assert case.at_host() == 404
    assert case.client.get(path).status_code == 409  # there is nothing left to withdraw


def test_another_consent_that_covers_it_leaves_less_to_end(case: Case) -> None:
    more = {"shared_with": "hosts", "fields": ["pace"], "given_on": "2026-11-20", "how": "口頭"}
    assert case.client.post(f"{API}/people/{case.person}/consents", json=more).status_code == 201
    path = f"{API}/people/{case.person}/consents/{case.consent}/withdrawal"
    said = case.client.get(path).json()
    assert said["placements"] == [{"placement_id": case.placement, "fields": ["age_band"]}]
    assert said["seen_by_owner_only"] is False


def test_the_pages_say_it_in_plain_words(case: Case) -> None:
    case.client.headers.update(OWN)
    page = look(case.client, f"/placements/{case.placement}?move=end")
    for words in (
        "取ってある場所が、ほかの人のために空きます",
        "カード 1枚が見えなくなります",
        "本人に、11月24日(火) ごろ連絡します",  # Monday is a holiday
        "受け入れ先に、11月27日(金) ごろ連絡します",
    ):
        assert words in page
    assert "これをすると" not in look(case.client, f"/placements/{case.placement}?move=rest")
    path = f"/people/{case.person}/consents/{case.consent}/withdrawal"
    said = look(case.client, path)
    assert "このあとは、担当だけがこの人を見られます" in said
    assert led_to(send(case.client, path, {})) == f"/people/{case.person}"


def test_who_may_not_see_the_person_is_foretold_nothing(case: Case, client_of: ClientOf) -> None:
    stranger = client_of("csw_west")
    assert stranger.get(f"{API}/placements/{case.placement}/closing").status_code == 404
    path = f"{API}/people/{case.person}/consents/{case.consent}/withdrawal"
    assert stranger.get(path).status_code == 404
