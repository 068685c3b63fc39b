"""The page on which a day is written down: read kindly, kept whole, hidden where it must be."""

from collections.abc import Callable
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select
from starlette.datastructures import FormData

from service.placements.lifecycle import Status
from service.visits.pages import NOT_YET, read_report
from service.visits.rules import Report
from service.visits.tables import Feeling, Outcome, Visit
from service.visits.words import FEELING_WORDS, OUTCOME_WORDS, TOOK_PART
from service.web.filled import Filled
from tests.factories import Town, person_in
from tests.service.browsing import led_to, look, main_of, send
from tests.service.placements.walks import way_to

TODAY = date(2026, 11, 20)
TERMS = {"minutes": 30, "dose": "ほうき1本", "kind": "volunteer", "insured": True}
Clients = Callable[[str], TestClient]


@pytest.fixture
def client(client_of: Clients) -> TestClient:
    return client_of("csw")


def read(**fields: str) -> tuple[Report | None, dict[str, str]]:
    filled = Filled(FormData(fields))
    return read_report(filled, today=TODAY), filled.mistakes


def walked(client: TestClient, session: Session, town: Town, status: Status) -> str:
    """Return the id of a placement that came so far by its real moves."""
    person = person_in(session, town)
    body = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
    made = client.post("/api/v1/placements", json=body)
    assert made.status_code == 201, made.text
    placement: str = made.json()["id"]
    for action in way_to(status):
        answer = client.post(f"/api/v1/placements/{placement}/moves", json={"move": action})
        assert answer.status_code == 200, answer.text
    return placement


@pytest.fixture
def trying(client: TestClient, session: Session, town: Town) -> str:
    return walked(client, session, town, Status.TRYING)


@pytest.mark.parametrize("outcome", Outcome)
def test_measures_are_kept_only_of_a_day_on_which_somebody_was_there(outcome: Outcome) -> None:
    # A browser sends every field; what the outcome has no room for is left out, not refused.
    report, mistakes = read(outcome=outcome, minutes="20", pieces="３", moved_by="host")
    assert mistakes == {}
    assert report is not None
    kept = (20, 3) if TOOK_PART[outcome] else (None, None)
    assert (report.minutes, report.pieces) == kept


@pytest.mark.parametrize(
    ("notice", "kept"), [("told", True), ("not_told", False), ("unknown", None), ("", None)]
)
def test_a_rest_says_whether_it_was_told_beforehand(notice: str, kept: bool | None) -> None:
    report, _ = read(outcome="rested", notice=notice)
    assert report is not None
    assert (report.with_notice, report.moved_by) == (kept, "")


def test_a_moved_day_says_by_whom() -> None:
    report, mistakes = read(outcome="moved", moved_by="host", notice="told")
    assert report is not None
    assert (report.moved_by, report.with_notice, mistakes) == ("host", None, {})
    assert read(outcome="moved")[0] is None


@pytest.mark.parametrize(
    ("said", "feeling"), [("tired", Feeling.TIRED), ("", Feeling.UNKNOWN), ("x", Feeling.UNKNOWN)]
)
def test_a_feeling_nobody_told_is_unknown(said: str, feeling: Feeling) -> None:
    report, _ = read(outcome="came", feeling=said)
    assert report is not None
    assert report.feeling is feeling


def test_no_minutes_and_nought_minutes_are_not_the_same() -> None:
    silent, _ = read(outcome="was_there", minutes="")
    nought, _ = read(outcome="was_there", minutes="0")
    assert silent is not None
    assert nought is not None
    assert (silent.minutes, nought.minutes) == (None, 0)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("outcome", "absent"),
        ("minutes", "1441"),
        ("minutes", "半時間"),
        ("minutes", "-5"),
        ("pieces", "100001"),
        ("occurred_on", "きのう"),
        ("small_change", "あ" * 1001),
        ("note", "あ" * 2001),
    ],
)
def test_what_cannot_be_read_is_named_by_its_field(field: str, said: str) -> None:
    report, mistakes = read(**({"outcome": "came"} | {field: said}))
    assert report is None
    assert set(mistakes) == {field}


def test_all_mistakes_are_named_at_once() -> None:
    _, mistakes = read(outcome="", minutes="x", occurred_on="x", note="あ" * 2001)
    assert set(mistakes) == {"outcome", "minutes", "occurred_on", "note"}


def test_a_day_is_kept_as_it_was_told(client: TestClient, session: Session, trying: str) -> None:
    told = {
        "outcome": "left_early",
        "occurred_on": "2026/11/19",
        "minutes": "００１５",
        "feeling": "tired",
        "small_change": "自分から「また来ます」",
        "note": "雨\r\n風",
    }
    answer = send(client, f"/placements/{trying}/visits/new", told)
    assert led_to(answer) == f"/placements/{trying}?saved=true"
    (row,) = session.exec(select(Visit)).all()
    assert (row.outcome, row.minutes, row.feeling) == (Outcome.LEFT_EARLY, 15, Feeling.TIRED)
    assert (row.occurred_on, row.note) == (date(2026, 11, 19), "雨\n風")


@pytest.mark.parametrize("minutes", ["0" * 9 + "9" * 9, "0" * 12 + "1441"])
def test_noughts_in_front_do_not_smuggle_a_number_past_its_bound(
    client: TestClient, session: Session, trying: str, minutes: str
) -> None:
    fields = {"outcome": "came", "minutes": minutes}
    answer = send(client, f"/placements/{trying}/visits/new", fields)
    assert answer.status_code == 422
    assert session.exec(select(Visit)).all() == []


def test_a_day_to_come_is_shown_again_and_leaves_no_visit(
    client: TestClient, session: Session, trying: str
) -> None:
    fields = {"outcome": "came", "occurred_on": "2026-11-21", "note": "たのしみ"}
    answer = send(client, f"/placements/{trying}/visits/new", fields)
    assert answer.status_code == 422
    assert NOT_YET in main_of(answer)
    assert "たのしみ" in answer.text
    assert session.exec(select(Visit)).all() == []


def test_a_rest_that_was_told_before_the_day_is_taken(
    client: TestClient, session: Session, trying: str
) -> None:
    fields = {"outcome": "rested", "occurred_on": "2026-11-24"}
    led_to(send(client, f"/placements/{trying}/visits/new", fields))
    (row,) = session.exec(select(Visit)).all()
    assert (row.outcome, row.occurred_on) == (Outcome.RESTED, date(2026, 11, 24))


def test_before_a_promise_there_is_no_day_to_write_down(
    client: TestClient, session: Session, town: Town
) -> None:
    placement = walked(client, session, town, Status.WANTED)
    answer = send(client, f"/placements/{placement}/visits/new", {"outcome": "came"})
    assert answer.status_code == 422
    assert NOT_YET in main_of(answer)
    assert session.exec(select(Visit)).all() == []


def test_the_page_offers_every_word_and_none_is_chosen_beforehand(
    client: TestClient, trying: str
) -> None:
    path = f"/placements/{trying}/visits/new"
    page = look(client, path)
    for words in (*OUTCOME_WORDS.values(), *FEELING_WORDS.values()):
        assert words in page
    html = client.get(path, headers={"accept": "text/html"}).text
    assert 'value="2026-11-20"' in html
    outcomes = [line for line in html.splitlines() if 'name="outcome"' in line]
    assert len(outcomes) >= 1
    assert not any("checked" in line for line in outcomes)


@pytest.mark.parametrize(("user", "status"), [("csw_west", 404), ("officer", 403), ("admin", 403)])
def test_a_stranger_sees_and_writes_nothing(
    client_of: Clients, session: Session, trying: str, user: str, status: int
) -> None:
    stranger, path = client_of(user), f"/placements/{trying}/visits/new"
    page = stranger.get(path, headers={"accept": "text/html"})
    assert page.status_code == status
    assert "お寺" not in page.text
    assert send(stranger, path, {"outcome": "came"}).status_code == status
    assert session.exec(select(Visit)).all() == []
