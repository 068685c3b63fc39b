"""What can be asked of whom, until when, and who may see that it was asked."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session, col, select

from service.audit.tables import AccessRecord, Act
from service.hosts.rules import closes_at
from service.repeats.tables import KeptAnswer
from service.replies.tables import Inquiry
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.migrations.rows import counts
from tests.service.replies.conftest import API, Desk


def refused(desk: Desk, **body: Any) -> tuple[int, str, str | None]:
    answer = desk.staff.post(f"{API}/inquiries", json=body)
    told = answer.json()
    return answer.status_code, told["title"], told.get("field")


NEEDS = {
    "before": "placement_id",
    "after": "placement_id",
    "own": "host_id",
    "question": "activity_id",
}


def test_each_question_names_what_it_is_about_and_what_is_only_looked_at_is_none(
    desk: Desk,
) -> None:
    every = {
        "placement_id": desk.placement,
        "host_id": desk.temple,
        "activity_id": str(desk.town.activities["tea"].id),
    }
    for purpose, field in NEEDS.items():
        others = {name: value for name, value in every.items() if name != field}
        assert refused(desk, purpose=purpose, **others) == (422, "Incomplete", field)
    for purpose in ("card", "packet"):
        assert refused(desk, purpose=purpose, **every)[:2] == (422, "MalformedRequest")
    for nothing in ("", "  ", "\u3000"):
        about = {"activity_id": every["activity_id"], "own_line": nothing}
        assert refused(desk, purpose="question", **about) == (422, "Incomplete", "asks")


def test_nothing_is_asked_of_a_host_that_nobody_asked_for_this_person(
    desk: Desk, session: Session
) -> None:
    other = person_in(session, desk.town, consent=TEAM)
    body = {"person_id": str(other.id), "activity_id": str(desk.town.activities["tea"].id)}
    proposed = desk.done("placements", **body)["id"]
    for purpose in ("before", "after"):
        answer = refused(desk, purpose=purpose, placement_id=proposed)
        assert answer == (409, "NothingToAsk", None)
    assert session.exec(select(Inquiry)).all() == []


def test_how_the_day_was_is_not_asked_before_the_host_has_said_yes_and_still_after_the_end(
    desk: Desk,
) -> None:
    about = {"purpose": "after", "placement_id": desk.placement}
    assert refused(desk, **about) == (409, "NothingToAsk", None)
    desk.moved("host_accepts", minutes=30, first_on="2026-11-20")
    desk.moved("begin")
    desk.moved("end", side="person", reason="wish")
    assert desk.asked("after")["about_on"] == "2026-11-20"
    assert refused(desk, **(about | {"purpose": "before"})) == (409, "NothingToAsk", None)


DAYS = (
    ("before", "2027-11-21", True),  # a year ahead, to the day
    ("before", "2027-11-22", False),
    ("before", "9999-12-31", False),  # whose link would close after the end of the calendar
    ("after", "2026-11-20", True),
    ("after", "2026-11-21", False),  # how tomorrow was, nobody knows
)


def test_the_day_that_is_asked_about_is_near_so_that_its_link_ends(desk: Desk) -> None:
    desk.moved("host_accepts", minutes=30, first_on="2026-11-20")
    for purpose, about_on, fits in DAYS:
        body = {"purpose": purpose, "placement_id": desk.placement, "about_on": about_on}
        answer = desk.staff.post(f"{API}/inquiries", json=body)
        assert answer.status_code == (201 if fits else 422), (about_on, answer.text)
        if fits:
            assert desk.linked(answer.json(), days=90)
        else:
            assert (answer.json()["title"], answer.json()["field"]) == ("OutOfReach", "about_on")


@pytest.mark.parametrize(
    ("day", "days", "last"),
    [
        (date(2028, 2, 22), 7, date(2028, 2, 29)),
        (date(2027, 2, 22), 7, date(2027, 3, 1)),
        (date(2026, 12, 28), 7, date(2027, 1, 4)),
    ],
)
def test_a_link_counts_days_of_the_calendar_over_leap_days_and_new_year(
    day: date, days: int, last: date
) -> None:
    closes = closes_at(day, days=days)
    assert (closes - timedelta(seconds=1)).date() == last
    assert closes.date() == last + timedelta(days=1)


def test_a_day_that_is_over_gives_the_host_its_days_from_today(
    desk: Desk, turnable_clock: TurnableClock
) -> None:
    inquiry = desk.asked("before", about_on="2026-11-01")
    assert inquiry["about_on"] == "2026-11-20"
    turnable_clock.turn(days=20)  # the paper lay on a desk
    made = desk.done(f"inquiries/{inquiry['id']}/links", days=7)
    closes = datetime.fromisoformat(made["expires_at"])
    assert closes == datetime(2026, 12, 17, 15, tzinfo=UTC)  # the 17th is the last day in Japan
    for days, status in ((0, 422), (91, 422), ("7", 422), (None, 201)):
        answer = desk.staff.post(f"{API}/inquiries/{inquiry['id']}/links", json={"days": days})
        assert answer.status_code == status, days


def test_no_link_is_made_to_a_question_that_is_over(desk: Desk) -> None:
    inquiry = desk.asked()
    desk.moved("pass", side="person")
    answer = desk.staff.post(f"{API}/inquiries/{inquiry['id']}/links")
    assert (answer.status_code, answer.json()["title"]) == (409, "NothingToAsk")
    assert desk.read(f"inquiries/{inquiry['id']}/links")["items"] == []


def test_a_link_that_is_asked_for_twice_under_one_key_is_made_once_and_kept_nowhere(
    desk: Desk, session: Session
) -> None:
    path = f"{API}/inquiries/{desk.asked()['id']}/links"
    key = {"idempotency-key": str(UUID(int=7))}
    first = desk.staff.post(path, headers=key)
    again = desk.staff.post(path, headers=key)
    assert (first.status_code, again.status_code, again.json()["title"]) == (201, 409, "ShownOnce")
    token = first.json()["token"]
    assert token not in again.text
    assert len(desk.staff.get(path).json()["items"]) == 1
    kept = [each for each in session.exec(select(KeptAnswer)) if token in each.answer]
    assert kept == []
    assert desk.answered(token, "can").status_code == 200


UNASKABLE: list[tuple[list[dict[str, Any]], str | None]] = [
    ([{"ask": "sleep"}], "asks"),
    ([{"ask": "shorter", "value": 4}], None),
    ([{"ask": "shorter", "value": 481}], None),
    ([{"ask": "shorter", "value": True}], None),
    ([{"ask": "fewer_people", "value": 101}], None),
    ([{"ask": "other_slot", "value": "tu-am-pm"}], None),
    ([{"ask": "other_slot", "value": "TU-AM"}], None),
    ([{"ask": "lift", "value": 1}], None),
    ([{"ask": "just_being"}] * 9, "asks"),
]


def test_what_cannot_be_asked_is_refused_whole_and_leaves_nothing_behind(
    desk: Desk, connection: Connection
) -> None:
    before = counts(connection)
    tea = str(desk.town.activities["tea"].id)
    for asks, where in UNASKABLE:
        body = {"purpose": "question", "activity_id": tea, "asks": [{"ask": "no_talking"}, *asks]}
        answer = desk.staff.post(f"{API}/inquiries", json=body)
        assert answer.status_code == 422, (asks, answer.text)
        if where is not None:
            faults = answer.json()["errors"]
            assert all(each["where"].startswith(f"body.{where}") for each in faults)
    after = counts(connection)
    assert {name for name in after if after[name] != before[name]} <= {"kept_answer"}
    assert desk.read(f"hosts/{desk.town.hosts['cafe'].id}")["last_asked_on"] is None


LINES = (
    ("あ" * 200, 201),
    ("あ" * 201, 422),
    ("一行目\n二行目", 422),
    ("見えない\u202e字", 422),
    ("0 7 7 0 1 2", 422),
    ("12345 人前", 201),
    ("１２３４５６", 422),
    ("123-456", 422),
    ("０９０ー１２３４ー５６７８へ", 422),  # as a keyboard for Japanese writes it
    ("090(1234)5678", 422),
    ("090.1234.5678", 422),
    ("090−1234‐5678", 422),
    ("1980/12/01 生まれ", 422),
    ("10:00から11:30まで、2〜3人で", 201),
    ("12月1日(火) 10時から", 201),
)


def test_a_line_of_ones_own_is_one_line_without_hidden_signs_and_long_numbers(desk: Desk) -> None:
    body = {"purpose": "question", "activity_id": str(desk.town.activities["tea"].id)}
    for line, status in LINES:
        answer = desk.staff.post(f"{API}/inquiries", json=body | {"own_line": line})
        assert answer.status_code == status, (line, answer.text)
        assert status == 201 or line not in answer.text


def test_a_code_is_found_however_wide_its_signs_are_and_a_neighbours_code_is_a_word(
    desk: Desk, session: Session, elsewhere: Town
) -> None:
    theirs = person_in(session, elsewhere, code="となりの符号")
    body = {"purpose": "question", "activity_id": str(desk.town.activities["tea"].id)}
    wide = "".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in desk.person.code)
    wide_line = desk.staff.post(f"{API}/inquiries", json=body | {"own_line": f"{wide}の席"})
    assert wide_line.status_code == 422
    other = desk.staff.post(f"{API}/inquiries", json=body | {"own_line": f"{theirs.code}の席"})
    assert other.status_code == 201


def test_only_who_works_with_people_asks_hosts_or_sees_what_they_said(
    desk: Desk, client_of: Callable[[str], TestClient]
) -> None:
    inquiry = desk.asked("own", host_id=desk.temple)
    path = f"{API}/inquiries/{inquiry['id']}"
    body = {"purpose": "own", "host_id": desk.temple}
    for client in map(client_of, ("officer", "admin", "auditor")):
        for shown in (f"{API}/inquiries", path, f"{path}/links", f"{API}/host-health"):
            assert client.get(shown).status_code == 403
        assert client.post(f"{API}/inquiries", json=body).status_code == 403
        assert client.post(f"{path}/links").status_code == 403
        assert client.post(f"{path}/reply", json={"answer": "confirmed"}).status_code == 403
    assert desk.read(f"inquiries/{inquiry['id']}")["reply"] is None


def test_of_somebody_of_another_area_no_question_is_seen_linked_or_answered(
    session: Session, desk: Desk, client_of: Callable[[str], TestClient]
) -> None:
    alone = person_in(session, desk.town)  # without a consent, not even the team knows
    body = {"person_id": str(alone.id), "activity_id": str(desk.town.activities["last_place"].id)}
    placement = desk.done("placements", **body)["id"]
    for move in ("want", "ask"):
        desk.done(f"placements/{placement}/moves", move=move)
    inquiry = desk.done("inquiries", purpose="before", placement_id=placement)
    west = client_of("csw_west")
    path = f"{API}/inquiries/{inquiry['id']}"
    absent = f"{API}/inquiries/{uuid4()}"
    for kind in ("", "/links"):
        found, nothing = west.get(path + kind), west.get(absent + kind)
        assert (found.status_code, found.json()) == (404, nothing.json())
    for kind, sent in (("/links", {}), ("/reply", {"answer": "can"}), ("/offer", {})):
        assert west.post(path + kind, json=sent).status_code == 404
    assert west.get(f"{API}/inquiries").json()["items"] == []
    about = {"purpose": "before", "placement_id": placement}
    assert west.post(f"{API}/inquiries", json=about).status_code == 404
    assert desk.read(f"inquiries/{inquiry['id']}")["reply"] is None


def test_every_look_at_a_question_about_somebody_is_written_down_and_at_others_nothing_is(
    desk: Desk, session: Session
) -> None:
    about_somebody = desk.asked()
    of_the_host = desk.asked("own", host_id=desk.temple)

    def lines() -> list[tuple[Act, str]]:
        query = select(AccessRecord).where(
            AccessRecord.person_id == desk.person.id, col(AccessRecord.resource) == "inquiry"
        )
        return [
            (each.act, each.resource) for each in session.exec(query.order_by(AccessRecord.seq))
        ]

    before = len(lines())
    desk.read(f"inquiries/{of_the_host['id']}")
    assert len(lines()) == before
    desk.read(f"inquiries/{about_somebody['id']}")
    desk.read("inquiries")
    desk.linked(about_somebody)
    desk.read(f"inquiries/{about_somebody['id']}/links")
    assert [act for act, _ in lines()[before:]] == [Act.READ, Act.LIST, Act.WRITE, Act.READ]


def test_the_list_is_read_to_its_end_by_what_it_is_about_and_names_nothing_twice(
    desk: Desk,
) -> None:
    tea = str(desk.town.activities["tea"].id)
    ids = {desk.asked("question", activity_id=tea, asks=[{"ask": "lift"}])["id"] for _ in range(5)}
    own = desk.asked("own", host_id=desk.temple)["id"]
    before = desk.asked()["id"]
    for query, expected in (
        ("", {*ids, own, before}),
        (f"activity_id={tea}", ids),
        (f"host_id={desk.temple}", {own, before}),
        (f"placement_id={desk.placement}", {before}),
        (f"placement_id={desk.placement}&activity_id={tea}", set()),
    ):
        seen: list[str] = []
        after = ""
        while True:
            page = desk.read(f"inquiries?limit=2&{query}{after}")
            seen += [each["id"] for each in page["items"]]
            if page["next"] is None:
                break
            after = f"&after={page['next']}"
        assert len(seen) == len(set(seen))
        assert set(seen) == expected, query
    assert desk.staff.get(f"{API}/inquiries?limit=0").status_code == 422
    assert desk.staff.get(f"{API}/inquiries?limit=201").status_code == 422
