"""A host that has a fax and no wish to be rung: what was sent, and what came back, is kept."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.contacts.words import CHANNEL_WORDS, DIRECTION_WORDS, Channel, Direction
from tests.factories import Town, TurnableClock
from tests.journeys.stories import Row, Worker
from tests.service.browsing import look

FAX = "ファクス 03-0000-1234(電話は出られません)"


@pytest.fixture
def worker(client: TestClient, town: Town, turnable_clock: TurnableClock) -> Worker:
    return Worker(client, turnable_clock)


@pytest.fixture
def shop(worker: Worker, town: Town) -> Row:
    """A small shop that is reached by fax; the other hosts ask for nothing."""
    for host in town.hosts.values():
        worker.patch(f"hosts/{host.id}", confirmed_on="2026-11-20")
    return worker.post(
        "hosts", name="豆腐の三島", type="shop", area="east", telephone=FAX,
        confirmed_on="2026-11-20",
    )  # fmt: skip


@pytest.fixture
def asked(worker: Worker, shop: Row) -> Row:
    body: dict[str, Any] = {"host_id": shop["id"], "title": "豆を選り分ける", "area": "east"}
    activity = worker.post("activities", **body, capacity=1)
    person = worker.post("people", area="east", stage="beginning_to_go_out", own_words="静かに")
    placement = worker.propose(person, activity["id"])
    worker.move(placement, "want")
    sent = {"channel": "fax", "direction": "sent", "result": "letter"}
    worker.post(
        "contacts", host_id=shop["id"], placement_id=placement["id"], occurred_on="2026-11-20",
        what="見学のお願いを送った", intention="無理のない日を聞く", **sent,
    )  # fmt: skip
    return worker.move(placement, "ask", asked_until="2026-12-04")


def test_the_telephone_of_a_row_says_how_they_are_reached(
    worker: Worker, asked: Row, client: TestClient
) -> None:
    worker.on("2026-12-04")
    row = worker.row("asked", "host")
    assert row["telephone"] == FAX
    page = look(client, "/")
    assert FAX in page
    assert "tel:" not in client.get("/").text.split("<main", 1)[1]


def test_what_was_sent_before_the_question_answers_nothing_of_it(
    worker: Worker, asked: Row
) -> None:
    # even a longer term is looked at after a week: nobody is left waiting without a word
    assert worker.on("2026-11-26").seen() == set()
    assert worker.on("2026-11-27").seen() == {("asked", "host")}
    row = worker.on("2026-12-04").row("asked", "host")
    assert row["last_contact"]["channel"] == "fax"
    assert row["last_contact"]["what"] == "見学のお願いを送った"


def test_a_fax_that_came_back_answers_the_row_and_stays_on_the_hosts_page(
    worker: Worker, asked: Row, shop: Row
) -> None:
    worker.on("2026-12-04")
    told = {"what": "火曜の朝ならどうぞ", "direction": "received"}
    worker.talked("asked", "host", channel="fax", result="letter", **told)
    agreed = worker.move(asked, "host_accepts", first_on="2026-12-08", minutes=15)
    assert agreed["places"] == {"capacity": 1, "taken": 1, "being_asked": 0}
    kept = worker.get("contacts", host_id=shop["id"])["items"]
    assert {(each["direction"], each["what"]) for each in kept} == {
        ("sent", "見学のお願いを送った"),
        ("received", "火曜の朝ならどうぞ"),
    }
    assert {each["channel"] for each in kept} == {"fax"}
    assert all(each["person_id"] is None for each in kept)


def test_a_page_that_did_not_go_through_leaves_the_row_and_asks_for_another_way(
    worker: Worker, asked: Row
) -> None:
    tries = (("2026-12-04", "fax"), ("2026-12-18", "letter"), ("2027-01-04", "fax"))
    for day, channel in tries:
        row = worker.on(day).row("asked", "host")
        assert not row["another_way"]
        done = worker.answer(row, "not_reached", channel=channel)
        assert done["leaves"] == "stays"
    assert worker.row("asked", "host")["another_way"]
    # 4 December and thirty days: three tries in two ways over a month
    assert worker.get("follow-ups")["counts"]["another_way"] == 1


def test_a_host_that_is_being_asked_keeps_nobody_out_and_the_first_yes_wins(
    worker: Worker, asked: Row
) -> None:
    other = worker.post("people", area="east", stage="beginning_to_go_out", own_words="豆なら")
    second = worker.propose(other, asked["activity_id"])
    worker.move(second, "want")
    promised = worker.move(second, "agree", first_on="2026-12-08")
    assert promised["places"] == {"capacity": 1, "taken": 1, "being_asked": 1}
    assert worker.refused(asked, "host_accepts")["obstacles"] == ["no_place"]
    still = worker.get(f"placements/{asked['id']}")
    assert (still["status"], still["version"]) == ("asked", asked["version"])


def test_a_fax_is_said_on_every_page_in_its_own_word(worker: Worker, asked: Row) -> None:
    page = look(worker.client, f"/placements/{asked['id']}")
    assert "豆を選り分ける" in page
    worker.on("2026-12-04")
    row = worker.row("asked", "host")
    answer = worker.client.get(f"/?open={row['id']}")
    assert f'value="{Channel.FAX}"' in answer.text
    assert CHANNEL_WORDS[Channel.FAX] in answer.text
    assert DIRECTION_WORDS[Direction.RECEIVED] in answer.text
