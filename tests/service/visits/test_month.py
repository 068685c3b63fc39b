"""The month's grid: the same rows on paper and as a form, typed back whole or not at all."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from service.audit.tables import AccessRecord, Act
from service.placements.lifecycle import Status
from service.placements.tables import Placement
from service.visits.month.actions import ROWS
from service.visits.month.filling import GONE_WORDS, NOT_YET, OTHERS, OTHERS_WITHOUT_DAYS, TAKEN
from service.visits.month.rules import NO_DAY, NO_MARK, NO_SUCH_DAY, NOT_A_MARK
from service.visits.tables import Outcome, Visit
from service.web.once import FIELD, new_key
from tests.factories import Town, TurnableClock, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send
from tests.service.visits.test_visit_page import walked

PAGE = "/visits/month?month=2026-11"
PAPER = "/visits/month/paper?month=2026-11"
# The leaves are swept on Tuesdays; it is Friday the 20th.
TUESDAYS = ["03", "10", "17", "24"]
Clients = Callable[[str], TestClient]


@pytest.fixture
def client(client_of: Clients) -> TestClient:
    return client_of("csw")


@pytest.fixture
def trying(client: TestClient, session: Session, town: Town) -> str:
    placement = walked(client, session, town, Status.TRYING)
    row = session.exec(select(Placement)).one()
    row.first_on = date(2026, 10, 6)  # they began a while ago
    session.flush()
    return placement


def html(client: TestClient, path: str) -> str:
    answer = client.get(path, headers=OWN)
    assert answer.status_code == 200
    return str(answer.text)


def boxes(page: str) -> list[str]:
    """Return the days that have an empty box."""
    return re.findall(r'name="box-[0-9a-f-]{36}-(\d\d)"', page)


def kept(session: Session) -> list[tuple[date, Outcome, int | None]]:
    rows = session.exec(select(Visit).order_by(col(Visit.occurred_on)))
    return [(row.occurred_on, row.outcome, row.minutes) for row in rows]


def on(day: int) -> date:
    return date(2026, 11, day)


def test_a_month_is_typed_back_in_one_go(client: TestClient, session: Session, trying: str) -> None:
    assert boxes(html(client, PAGE)) == TUESDAYS
    typed = {
        f"box-{trying}-03": "1 40",
        f"box-{trying}-10": "４",
        f"box-{trying}-17": "",
        f"other-{trying}-0-day": "12",
        f"other-{trying}-0-mark": "2",
    }
    assert led_to(send(client, PAGE, typed)) == "/visits/month?month=2026-11&saved=3&known=0"
    assert kept(session) == [
        (on(3), Outcome.CAME, 40),
        (on(10), Outcome.RESTED, None),
        (on(12), Outcome.WAS_THERE, None),
    ]
    after = look(client, f"{PAGE}&saved=3&known=0")
    assert "3日分を保存しました" in after
    assert "参加した(40分)" in after
    assert boxes(html(client, PAGE)) == ["17", "24"]


def test_one_box_that_cannot_be_read_keeps_all_from_being_written(
    client: TestClient, session: Session, trying: str
) -> None:
    typed = {
        f"box-{trying}-03": "1",
        f"box-{trying}-10": "9",
        f"other-{trying}-0-day": "31",
        f"other-{trying}-0-mark": "1",
        f"other-{trying}-1-day": "12",
    }
    answer = send(client, PAGE, typed)
    assert answer.status_code == 422
    assert kept(session) == []
    said = {
        f"box-{trying}-10": NOT_A_MARK,
        f"other-{trying}-0-day": NO_SUCH_DAY,
        f"other-{trying}-1-mark": NO_MARK,
    }
    assert "直すところが 3 つあります" in main_of(answer)
    for name, sentence in said.items():
        assert f'<a href="#{name}">{sentence}</a>' in answer.text
        assert f'id="{name}-mistake">{sentence}' in answer.text
        assert re.search(rf'id="{name}" [^>]*aria-invalid="true"', answer.text)
    # what was right is still there to be sent again
    assert re.search(rf'name="box-{trying}-03"[^>]*value="1"', answer.text)
    assert NO_DAY in send(client, PAGE, {f"other-{trying}-0-mark": "1"}).text


def test_one_day_that_cannot_be_takes_the_others_back(
    client: TestClient, session: Session, trying: str
) -> None:
    # the 24th has not come: nobody can have been there, but a rest may be known before
    typed = {f"box-{trying}-03": "1", f"box-{trying}-24": "1"}
    answer = send(client, PAGE, typed)
    assert answer.status_code == 422
    assert f'id="box-{trying}-24-mistake">{NOT_YET}' in answer.text
    assert kept(session) == []
    led_to(send(client, PAGE, typed | {f"box-{trying}-24": "4"}))
    assert kept(session) == [(on(3), Outcome.CAME, None), (on(24), Outcome.RESTED, None)]


def test_what_is_written_down_is_shown_and_not_doubled(
    client: TestClient, session: Session, trying: str
) -> None:
    told = {"placement_id": trying, "occurred_on": "2026-11-10", "outcome": "came", "minutes": 40}
    assert client.post("/api/v1/visits", json=told).status_code == 201
    assert boxes(html(client, PAGE)) == ["03", "17", "24"]
    # from a page that was open before it was written down
    again = {f"box-{trying}-10": "1", f"box-{trying}-03": "2"}
    assert led_to(send(client, PAGE, again)).endswith("saved=1&known=1")
    assert kept(session) == [(on(3), Outcome.WAS_THERE, None), (on(10), Outcome.CAME, 40)]


@pytest.mark.parametrize("said", ["4", "1 30"])
def test_what_says_otherwise_is_not_written_over(
    client: TestClient, session: Session, trying: str, said: str
) -> None:
    told = {"placement_id": trying, "occurred_on": "2026-11-10", "outcome": "came", "minutes": 40}
    client.post("/api/v1/visits", json=told)
    answer = send(client, PAGE, {f"box-{trying}-10": said, f"box-{trying}-03": "1"})
    assert answer.status_code == 422
    assert TAKEN in main_of(answer)
    assert kept(session) == [(on(10), Outcome.CAME, 40)]


def test_one_day_in_two_boxes_is_one_day(client: TestClient, session: Session, trying: str) -> None:
    twice = {
        f"box-{trying}-10": "1",
        f"other-{trying}-0-day": "10",
        f"other-{trying}-0-mark": "1",
    }
    led_to(send(client, PAGE, twice))
    assert kept(session) == [(on(10), Outcome.CAME, None)]
    answer = send(client, PAGE, twice | {f"box-{trying}-10": "4"})
    assert answer.status_code == 422


def test_a_key_that_comes_twice_writes_once(
    client: TestClient, session: Session, trying: str
) -> None:
    fields = {f"box-{trying}-03": "1", FIELD: new_key()}
    ways = {led_to(send(client, PAGE, fields)) for _ in range(2)}
    assert len(ways) == 1
    assert len(kept(session)) == 1


def test_the_paper_has_the_rows_of_the_screen_and_every_day_of_the_month(
    client: TestClient, session: Session, trying: str
) -> None:
    send(client, PAGE, {f"box-{trying}-03": "1"})
    page = html(client, PAPER)
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    assert len(re.findall(r"<td", body)) == 30
    assert len(re.findall(r'<td class="expected">', body)) == len(TUESDAYS)
    assert "来" in body
    code = session.exec(select(Placement)).one().person_id
    assert str(code) not in page
    assert 'data-handling="部外秘"' in page
    assert "令和8年11月 参加の記録" in look(client, PAPER)
    assert "3 祝" in re.sub(r"\s+", " ", look(client, PAPER))  # 文化の日


@pytest.mark.parametrize("by_name", [False, True])
def test_what_somebody_likes_to_be_called_is_printed_only_where_the_office_says_so(
    client: TestClient, app: FastAPI, session: Session, trying: str, by_name: bool
) -> None:
    person = session.exec(select(Placement)).one().person_id
    name = f"/api/v1/people/{person}/name"
    assert client.put(name, json={"called": "はるさん", "family": "名字"}).status_code == 200
    app.state.settings = app.state.settings.model_copy(update={"paper_names": by_name})
    for path in (PAGE, PAPER):
        page = html(client, path)
        assert ("はるさん" in page) is by_name
        assert "名字" not in page


def test_an_activity_by_arrangement_has_boxes_for_days_of_ones_own(
    client: TestClient, session: Session, town: Town
) -> None:
    placement = walked_to(client, session, town, "tea")
    page = html(client, PAGE)
    assert boxes(page) == []
    assert page.count(f'name="other-{placement}-') == 2 * OTHERS_WITHOUT_DAYS
    assert OTHERS < OTHERS_WITHOUT_DAYS
    last = OTHERS_WITHOUT_DAYS - 1
    led_to(send(client, PAGE, {f"other-{placement}-{last}-day": "5日",
                               f"other-{placement}-{last}-mark": "い"}))  # fmt: skip
    assert kept(session) == [(on(5), Outcome.WAS_THERE, None)]


def walked_to(client: TestClient, session: Session, town: Town, activity: str) -> str:
    town.activities["leaves"], kept_back = town.activities[activity], town.activities["leaves"]
    try:
        return walked(client, session, town, Status.TRYING)
    finally:
        town.activities["leaves"] = kept_back


def test_a_promise_is_expected_from_its_first_day_and_until_its_end(
    client: TestClient, session: Session, trying: str, turnable_clock: TurnableClock
) -> None:
    row = session.exec(select(Placement)).one()
    row.first_on = on(17)
    session.flush()
    assert boxes(html(client, PAGE)) == ["17", "24"]
    assert "だれも" not in look(client, "/visits/month?month=2026-10")
    assert boxes(html(client, "/visits/month?month=2026-10")) == []
    move = {"move": "end", "reason": "job", "side": "person"}
    assert client.post(f"/api/v1/placements/{trying}/moves", json=move).status_code == 200
    # what ended this month may still be written down late; next month it is no more
    assert boxes(html(client, PAGE)) == ["17", "24"]
    assert "約束のある人は、いません" in look(client, "/visits/month?month=2026-12")


def test_before_a_promise_nobody_is_on_the_paper(
    client: TestClient, session: Session, town: Town
) -> None:
    walked(client, session, town, Status.WANTED)
    for path in (PAGE, PAPER):
        assert "この月に約束のある人は、いません" in look(client, path)


def test_a_colleague_and_a_host_have_months_of_their_own(
    client_of: Clients, client: TestClient, town: Town, trying: str
) -> None:
    chief = client_of("coordinator")
    own, cafe = str(town.accounts["csw"].id), str(town.hosts["cafe"].id)
    assert boxes(html(client, f"{PAGE}&owner={own}")) == TUESDAYS
    assert boxes(html(client, f"{PAGE}&host={town.hosts['temple'].id}")) == TUESDAYS
    assert boxes(html(client, f"{PAGE}&host={cafe}")) == []
    assert "湖東寺" in look(client, f"{PAPER}&host={town.hosts['temple'].id}")
    # without the person's consent a coordinator, too, sees nobody
    assert boxes(html(chief, f"{PAGE}&owner={own}")) == []


@pytest.mark.parametrize(("user", "status"), [("officer", 403), ("admin", 403), ("auditor", 403)])
def test_who_works_with_nobody_has_no_month(client_of: Clients, user: str, status: int) -> None:
    for path in (PAGE, PAPER):
        assert client_of(user).get(path, headers=OWN).status_code == status
    assert send(client_of(user), PAGE, {}).status_code == status


def test_a_stranger_writes_nothing_into_anybodys_month(
    client_of: Clients, session: Session, trying: str
) -> None:
    stranger = client_of("csw_west")
    assert trying not in html(stranger, PAGE)
    answer = send(stranger, PAGE, {f"box-{trying}-03": "1"})
    assert answer.status_code == 422
    assert GONE_WORDS in main_of(answer)
    assert "お寺" not in answer.text
    assert kept(session) == []
    broken = send(stranger, PAGE, {f"box-{'-' * 36}-03": "1"})
    assert GONE_WORDS in main_of(broken)


def test_who_was_listed_and_whose_day_was_written_stands_in_the_audit(
    client: TestClient, session: Session, trying: str
) -> None:
    person = session.exec(select(Placement)).one().person_id
    before = looks(session, person)
    html(client, PAGE)
    html(client, PAPER)
    send(client, PAGE, {f"box-{trying}-03": "1"})
    new = looks(session, person)[len(before) :]
    assert [act for act, resource in new if resource == "visit"] == [Act.LIST, Act.LIST]
    assert (Act.WRITE, "placement") in new


def looks(session: Session, person: Any) -> list[tuple[Act, str]]:
    rows = session.exec(select(AccessRecord).order_by(col(AccessRecord.seq))).all()
    return [(row.act, row.resource) for row in rows if row.person_id == person]


def test_more_than_a_sheet_goes_on_the_next(
    client: TestClient, session: Session, town: Town, trying: str
) -> None:
    row = session.exec(select(Placement)).one()
    for number in range(ROWS):
        other = person_in(session, town, code=f"ん-{number:02}")
        copy = {"person_id": other.id, "activity_id": row.activity_id, "slot_id": row.slot_id}
        more = {"status": Status.TRYING, "owner_id": row.owner_id, "proposed_on": row.proposed_on}
        session.add(Placement(municipality_id=row.municipality_id, **copy, **more))
    session.flush()
    first, second = html(client, PAGE), html(client, f"{PAGE}&sheet=2")
    assert len(boxes(first)) == ROWS * len(TUESDAYS)
    assert boxes(second) == TUESDAYS
    assert f"ん-{ROWS - 1:02}" in second
    assert "2枚め(全部で2枚)" in second
    assert html(client, PAPER).count('class="month-paper"') == 2
    assert html(client, f"{PAPER}&sheet=2").count('class="month-paper"') == 1
    # the last row of the second sheet is number 21, on the screen as on paper
    assert "21 ん-19" in look(client, PAPER)
    assert "21 ん-19" in look(client, f"{PAGE}&sheet=2")


@pytest.mark.parametrize("query", ["month=2026-13", "month=26-1", "sheet=0", "owner=x"])
def test_a_month_that_is_none_is_said(client: TestClient, query: str) -> None:
    assert client.get(f"/visits/month?{query}", headers=OWN).status_code == 422
