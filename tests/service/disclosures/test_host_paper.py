"""What a host gets on paper: what its link shows, boxes to answer, and nothing once none may."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.disclosures.lifecycle import Sort
from service.disclosures.words import ANSWERS_ON_PAPER
from tests.factories import TurnableClock
from tests.service.browsing import OWN, look
from tests.service.disclosures.conftest import API, Office
from tests.service.disclosures.test_links import article


def path_of(packet: dict[str, Any]) -> str:
    return f"/disclosures/{packet['id']}/paper"


def test_the_paper_shows_byte_for_byte_what_the_link_shows(office: Office, app: FastAPI) -> None:
    packet = office.released()
    token = office.linked(packet)
    by_link = TestClient(app).get(f"/h/{token}", headers=OWN).text
    on_paper = office.own.get(path_of(packet), headers=OWN).text
    assert article(on_paper).encode() == article(by_link).encode()


def test_a_planted_second_way_to_write_the_sheet_would_be_seen(
    office: Office, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    packet = office.released()
    by_link = TestClient(app).get(f"/h/{office.linked(packet)}", headers=OWN).text
    of = __import__("service.disclosures.sheet", fromlist=["Sheet"]).Sheet.of
    monkeypatch.setattr(
        "service.disclosures.showing.Sheet.of", lambda kept: of(kept | {"purpose": "planted"})
    )
    on_paper = office.own.get(path_of(packet), headers=OWN).text
    assert article(on_paper) != article(by_link)


def test_it_has_boxes_to_answer_its_day_and_who_may_see_it(office: Office, app: FastAPI) -> None:
    app.state.settings = app.state.settings.model_copy(update={"office_fax": "03-0000-0009"})
    packet = office.released()
    page = look(office.own, path_of(packet))
    assert all(f"□ {words}" in page for words in ANSWERS_ON_PAPER[Sort.PACKET])
    assert "ファクス 03-0000-0009" in page
    assert "電話 03-0000-0000" in page
    html = office.own.get(path_of(packet), headers=OWN).text
    assert 'data-printed="印刷 令和8年11月20日(金)" data-handling="部外秘"' in html


def test_an_office_without_a_fax_names_its_telephone_alone(office: Office) -> None:
    page = look(office.own, path_of(office.released()))
    assert "ファクス 0" not in page
    assert "電話 03-0000-0000" in page


def test_nothing_of_the_person_but_the_consented_fields_stands_on_it(office: Office) -> None:
    html = office.own.get(path_of(office.released()), headers=OWN).text
    said = html.split("<main", 1)[1].split("</main>", 1)[0]
    assert "大きい音で頭が痛くなる" in said
    for needle in (office.person.code, "庭の手入れなら好き", "090-0000-0000", "needle-note"):
        assert needle not in said
    # a printer keeps the title and the way to the page
    assert "<title>受け入れ連絡票 - 出番</title>" in html


@pytest.mark.parametrize("after", ["withdrawn", "ended", "late"])
def test_what_no_link_would_show_goes_onto_no_paper(
    office: Office, turnable_clock: TurnableClock, after: str
) -> None:
    packet = office.released(until="2026-11-25")
    assert office.own.get(path_of(packet), headers=OWN).status_code == 200
    if after == "withdrawn":
        office.withdraw()
    elif after == "ended":
        office.moved(office.own, packet["id"], "end")
    else:
        turnable_clock.turn(days=6)
    assert office.own.get(path_of(packet), headers=OWN).status_code == 409


def test_what_waits_for_a_second_pair_of_eyes_is_not_printed(office: Office) -> None:
    packet = office.drafted()
    office.moved(office.colleague, packet["id"], "prepare")
    assert office.own.get(path_of(packet), headers=OWN).status_code == 409
    assert f"/disclosures/{packet['id']}/paper" not in office.own.get(
        f"/people/{office.person.id}/disclosures", headers=OWN
    ).text  # fmt: skip
    assert office.own.get(f"{API}/{packet['id']}").status_code == 200


def test_the_way_to_the_paper_stands_where_the_link_is_made(office: Office) -> None:
    packet = office.released()
    page = office.own.get(f"/people/{office.person.id}/disclosures", headers=OWN).text
    assert f'href="{path_of(packet)}"' in page


@pytest.mark.parametrize(("user", "status"), [("csw_west", 404), ("officer", 403), ("admin", 403)])
def test_a_stranger_prints_nothing(office: Office, client_of: Any, user: str, status: int) -> None:
    packet = office.released()
    answer = client_of(user).get(path_of(packet), headers=OWN)
    assert answer.status_code == status
    assert "大きい音" not in answer.text
