"""A year in the life of one person: begun small, rested, stepped back, ended, and begun again.

All days were counted by hand on the calendar of 2026 and 2027 and the table in docs/follow-up.md.
"""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.audit.tables import AccessRecord, Act
from service.placements.tables import Placement
from tests.factories import Town, TurnableClock
from tests.journeys.stories import Row, Worker

PERSON: dict[str, Any] = {
    "area": "east",
    "stage": "at_home",
    "own_words": "庭の手入れなら好き",
    "travel": {"modes": ["walk"]},
    "consent": {"shared_with": "hosts", "fields": ["nickname"], "how": "口頭"},
}


@pytest.fixture
def worker(client: TestClient, town: Town, turnable_clock: TurnableClock) -> Worker:
    """The eastern worker; both hosts were confirmed that morning, so that they ask for nothing."""
    worker = Worker(client, turnable_clock)
    for host in town.hosts.values():
        worker.patch(f"hosts/{host.id}", confirmed_on="2026-11-20")
    return worker


@pytest.fixture
def person(worker: Worker) -> Row:
    return worker.post("people", **PERSON)


@pytest.fixture
def asked(worker: Worker, person: Row, town: Town) -> Row:
    placement = worker.propose(person, town.activities["leaves"].id)
    worker.move(placement, "want", own_words="少しなら")
    return worker.move(placement, "ask", may_tell=["nickname"])


@pytest.fixture
def promised(worker: Worker, asked: Row) -> Row:
    """The temple said yes on Friday 27 November for the Tuesday after."""
    worker.on("2026-11-27").talked("asked", "host")
    terms = {"first_on": "2026-12-01", "minutes": 20, "dose": "週に1回", "companion": "職員"}
    return worker.move(asked, "host_accepts", **terms)


@pytest.fixture
def begun(worker: Worker, promised: Row) -> Row:
    """On 1 December somebody was there; the day after, both were asked how it was."""
    worker.on("2026-11-30").talked("before_first")
    begun = worker.on("2026-12-01").move(promised, "begin")
    visit = {"placement_id": begun["id"], "occurred_on": "2026-12-01", "outcome": "was_there"}
    worker.post("visits", **visit, minutes=15)
    worker.on("2026-12-02").talked("after_first")
    worker.talked("after_first", "host")
    return begun


def test_a_host_is_asked_and_reminded_on_the_day_that_was_promised(
    worker: Worker, asked: Row
) -> None:
    assert asked["asked_until"] == "2026-11-27"
    assert worker.on("2026-11-26").seen() == set()
    assert worker.on("2026-11-27").seen() == {("asked", "host")}
    # the thirtieth is the Monday after three days of waiting
    assert worker.window("asked", "host") == ("11-27", "11-27", "11-30")
    # the person hears within a month: thirty days, ten sooner at the earliest
    assert ("waiting", "person") not in worker.on("2026-12-09").seen()
    assert ("waiting", "person") in worker.on("2026-12-10").seen()


def test_one_call_with_the_host_is_enough_for_the_yes_and_for_the_day_before(
    worker: Worker, promised: Row
) -> None:
    assert promised["status"] == "agreed"
    assert worker.seen() == {("before_first", "person")}
    assert worker.window("before_first") == ("11-24", "11-30", "11-30")


def test_the_first_month_goes_from_week_to_week(worker: Worker, begun: Row) -> None:
    assert worker.on("2026-12-05").seen() == set()
    worker.on("2026-12-09")
    # seven days from the last talk; the twelfth is a Saturday, so Monday the fourteenth
    assert worker.window("early") == ("12-06", "12-09", "12-14")
    worker.talked("early")
    worker.on("2026-12-15")
    # a fortnight after the first visit, four days to either side; the nineteenth is a Saturday
    assert worker.window("early", "host") == ("12-11", "12-15", "12-21")
    worker.talked("early", "host")
    assert worker.seen() == {("early", "person")}


def test_a_step_back_before_the_new_year_is_asked_about_and_the_office_rests_till_the_fourth(
    worker: Worker, begun: Row
) -> None:
    worker.on("2026-12-09").talked("early")
    worker.on("2026-12-16").talked("early")
    back = worker.on("2026-12-17").move(begun, "step_back", minutes=10, dose="月に2回")
    assert (back["status"], back["minutes"], back["dose"]) == ("trying", 10, "月に2回")
    assert worker.window("stepped_back") == ("12-17", "12-24", "12-24")
    # one talk answers the step back and the week
    worker.on("2026-12-24").talked("stepped_back")
    assert ("early", "person") not in worker.seen()
    worker.on("2026-12-28")
    # thirty-first and the third of January lie in the office's rest
    assert worker.window("early") == ("12-28", "01-04", "01-04")
    worker.on("2027-01-04")
    assert worker.row("early")["rank"] == 4
    worker.on("2027-01-05")
    assert worker.row("early")["rank"] == 3
    worker.on("2027-01-04").talked("early")
    worker.on("2027-01-13")
    assert worker.window("middle") == ("01-13", "01-18", "01-25")


@pytest.fixture
def resting(worker: Worker, begun: Row) -> Row:
    worker.on("2026-12-09").talked("early")
    worker.on("2026-12-16").talked("early")
    worker.talked("early", "host")
    worker.on("2026-12-28").talked("early")
    worker.on("2027-01-12").talked("middle", "host")
    worker.on("2027-01-13")
    return worker.move(begun, "rest", side="person", ask_again_on="2027-02-03")


def test_a_rest_keeps_the_place_tells_the_host_and_leaves_the_person_alone(
    worker: Worker, resting: Row
) -> None:
    # six weeks from 13 January
    assert (resting["hold"], resting["rest_until"]) == ("firm", "2027-02-24")
    assert resting["places"]["taken"] == 1
    assert worker.seen() == {("told_of_rest", "host")}
    worker.talked("told_of_rest", "host", channel="fax")
    assert worker.on("2027-02-01").seen() == set()
    assert worker.on("2027-02-02").seen() == {("resting", "host")}
    assert worker.on("2027-02-03").seen() == {("resting", "host"), ("resting", "person")}
    worker.talked("resting")
    returned = worker.move(resting, "return")
    assert (returned["status"], returned["rest_until"]) == ("continuing", None)
    # a fortnight from that talk, the twenty-second is a Monday
    worker.on("2027-02-12")
    assert worker.window("middle") == ("02-12", "02-17", "02-22")


@pytest.fixture
def ended(worker: Worker, resting: Row, person: Row) -> Row:
    worker.patch(f"people/{person['id']}", stage="beginning_to_go_out")
    worker.talked("told_of_rest", "host")
    worker.on("2027-02-18")
    return worker.move(resting, "end", reason="own_way", side="person")


def test_after_the_end_both_are_thanked_and_the_person_is_asked_twice_more(
    worker: Worker, ended: Row
) -> None:
    assert ended["places"]["taken"] == 0
    assert worker.seen() == {("exit", "person"), ("exit", "host")}
    worker.talked("exit")
    worker.talked("exit", "host")
    assert worker.on("2027-03-12").seen() == set()
    worker.on("2027-03-13")
    # 20 March 2027 is a Saturday, the equinox a Sunday with its holiday on the Monday
    assert worker.window("afterwards") == ("03-13", "03-23", "03-29")
    worker.on("2027-03-23").talked("afterwards")
    # ninety days: 19 May, a fortnight to either side
    assert worker.on("2027-05-04").seen() == set()
    worker.on("2027-05-05")
    assert worker.window("afterwards") == ("05-05", "05-19", "06-02")
    worker.talked("afterwards")
    # the hosts were confirmed on 20 November: half a year later they are asked, and nobody else
    seen = worker.on("2027-06-30").seen()
    assert seen <= {("unconfirmed", "host")}


def test_whoever_took_back_consent_is_not_opened_again_until_they_give_it(
    worker: Worker, ended: Row, person: Row
) -> None:
    consents = f"people/{person['id']}/consents"
    (consent,) = worker.get(consents)["items"]
    worker.post(f"{consents}/{consent['id']}/withdrawal")
    refusal = worker.refused(ended, "reopen")
    assert refusal["obstacles"] == ["consent_withdrawn"]
    worker.on("2027-03-01").post(consents, **PERSON["consent"])
    again = worker.move(ended, "reopen")
    assert (again["status"], again["minutes"], again["first_on"]) == ("proposed", None, None)
    assert (again["end_reason"], again["may_tell"]) == (None, [])


def test_a_host_that_passes_costs_ninety_days_or_a_reason(
    worker: Worker, ended: Row, session: Session
) -> None:
    worker.on("2027-03-01").move(ended, "reopen")
    worker.move(ended, "want")
    worker.move(ended, "ask", may_tell=["nickname"])
    passed = worker.on("2027-03-05").move(ended, "host_passes")
    assert (passed["status"], passed["end_side"]) == ("passed", "host")
    assert not worker.seen() & {("asked", "host"), ("waiting", "person"), ("exit", "person")}
    # ninety days from 5 March end with 2 June
    assert worker.on("2027-06-02").refused(passed, "reopen")["obstacles"] == ["cooling_off"]
    reason = "お寺から、秋ならと電話があった"
    assert worker.move(passed, "reopen", override_reason=reason)["status"] == "proposed"
    assert session.exec(select(Placement)).one().override_reason == reason
    # when the person says no, the ninety days begin anew: from 2 June to 30 August
    worker.move(passed, "pass", side="person")
    assert worker.on("2027-08-30").refused(passed, "reopen")["obstacles"] == ["cooling_off"]
    assert worker.on("2027-08-31").move(passed, "reopen")["status"] == "proposed"


def test_the_whole_history_can_be_read_in_order_and_every_look_was_written_down(
    worker: Worker,
    ended: Row,
    person: Row,
    session: Session,
    client_of: Callable[[str], TestClient],
) -> None:
    placement = worker.get(f"placements/{ended['id']}")
    told = [(move["position"], move["action"], move["occurred_on"]) for move in placement["moves"]]
    assert told == [
        (1, "want", "2026-11-20"),
        (2, "ask", "2026-11-20"),
        (3, "host_accepts", "2026-11-27"),
        (4, "begin", "2026-12-01"),
        (5, "rest", "2027-01-13"),
        (6, "end", "2027-02-18"),
    ]
    assert placement["version"] == 7
    wrote = session.exec(
        select(AccessRecord).where(
            AccessRecord.act == Act.WRITE, AccessRecord.resource == "placement"
        )
    ).all()
    assert len(wrote) >= 1 + len(told)  # the proposal and each move
    assert {str(each.person_id) for each in wrote} == {person["id"]}
    path = f"/api/v1/placements/{ended['id']}"
    assert client_of("csw_west").get(path).status_code == 404
    assert client_of("officer").get(path).status_code == 403
