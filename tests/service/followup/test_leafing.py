"""Leafing through the queue: nobody twice, nobody left out, and only what is shown is looked at."""

import csv
import io
from collections import Counter
from datetime import date
from typing import Any, Final

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import col, select

from catalogue.profiles import Stage
from catalogue.tables import Area, Host
from service.accounts.tables import SignIn
from service.audit.tables import AccessRecord, Act
from service.clock import local_day
from service.contacts.tables import Concern
from service.database import transaction
from service.followup.upkeep import astray
from service.persons.tables import Person
from service.placements.lifecycle import Side
from tests.service.followup.desk import PATH, Desk
from tests.service.placements.conftest import Clock
from tests.service.placements.village import (
    DAY,
    MORNING,
    Village,
    add_person,
    build_village,
    give_consent,
)

CODES: Final = ("はな01", "はな02", "はな03", "はな04", "はな05")


@pytest.fixture
def waiting(connection: Connection, village: Village) -> dict[str, str]:
    """Five people at home, known since five different days, by their codes."""
    found = {}
    with transaction(connection) as session:
        for number, code in enumerate(CODES):
            person = add_person(session, village.area, village.csw, code, stage=Stage.AT_HOME)
            person.known_since = date(2026, 1, 10 + number)
            give_consent(session, person, village.csw, fields=[])
            found[code] = str(person.id)
    return found


def leafed(client: TestClient, **asked: Any) -> list[list[dict[str, Any]]]:
    """Turn all pages of a part of the queue."""
    pages: list[list[dict[str, Any]]] = []
    more: dict[str, Any] = {}
    while True:
        page = client.get(PATH, params=asked | more).json()
        pages.append(page["items"])
        if page["next"] is None:
            return pages
        more["after"] = page["next"]


def ids(pages: list[list[dict[str, Any]]]) -> list[str]:
    return [row["id"] for page in pages for row in page]


def looked_at(connection: Connection, act: Act) -> list[str]:
    with transaction(connection) as session:
        query = select(AccessRecord.person_id).where(
            AccessRecord.resource == "follow_up", AccessRecord.act == act
        )
        return sorted(str(person_id) for person_id in session.exec(query))


def proved(connection: Connection, clock: Clock) -> None:
    """Let everybody have proved just now to be who they are."""
    connection.execute(sa.update(SignIn).values(stepped_up_at=clock.now))


def filed(client: TestClient, **asked: Any) -> list[list[str]]:
    answer = client.get(f"{PATH}/export.csv", params={"why": "counting"} | asked)
    assert answer.status_code == 200, answer.text
    _, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    return rows


# Pages.


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_of_any_size_are_the_whole_in_its_order(
    desk: Desk, waiting: dict[str, str], limit: int
) -> None:
    desk.on("02-25")
    whole = [row["id"] for row in desk.rows()]
    assert len(whole) == 5
    assert ids(leafed(desk.client, limit=limit)) == whole


def test_the_longest_past_stand_on_the_first_page(desk: Desk, waiting: dict[str, str]) -> None:
    # 30 days from Saturday the 10th is a Monday, from the Monday after a Wednesday, a holiday
    first, *_ = leafed(desk.on("02-25").client, limit=2)
    assert [row["person_code"] for row in first] == ["はな01", "はな02"]


def test_a_full_last_page_says_that_it_is_the_last_one(desk: Desk, waiting: dict[str, str]) -> None:
    """Five rows stand in the queue: a page of five leads nowhere, one of four to the fifth."""
    assert desk.on("02-25").queue(limit=5)["next"] is None
    assert desk.queue(limit=5, on="2026-02-26")["next"] is None
    for asked in ({}, {"on": "2026-02-26"}):
        page = desk.queue(limit=4, **asked)
        (last,) = desk.queue(limit=4, after=page["next"], **asked)["items"]
        assert last["id"] not in {row["id"] for row in page["items"]}


def test_who_is_answered_between_two_pages_moves_nobody_off_them(
    desk: Desk, waiting: dict[str, str]
) -> None:
    desk.on("02-25")
    whole = [row["id"] for row in desk.rows()]
    page = desk.queue(limit=2)
    desk.answered(page["items"][0])
    rest = desk.queue(limit=200, after=page["next"])
    assert [row["id"] for row in rest["items"]] == whole[2:]


def test_a_page_goes_on_though_the_row_at_its_end_is_gone(
    desk: Desk, waiting: dict[str, str]
) -> None:
    desk.on("02-25")
    whole = [row["id"] for row in desk.rows()]
    page = desk.queue(limit=2)
    desk.answered(page["items"][-1])
    rest = desk.queue(limit=200, after=page["next"])
    assert [row["id"] for row in rest["items"]] == whole[2:]


def test_what_is_shown_of_a_day_beforehand_is_what_stands_there_on_that_day(
    desk: Desk, waiting: dict[str, str], agreed: dict[str, Any]
) -> None:
    desk.on("02-11")
    before = leafed(desk.client, on="2026-02-25", limit=2)
    counted = desk.queue(on="2026-02-25")["counts"]
    on_the_day = desk.on("02-25").queue()
    assert ids(before) == [row["id"] for row in on_the_day["items"]]
    assert counted == on_the_day["counts"]
    assert [row["rank"] for page in before for row in page] == [
        row["rank"] for row in on_the_day["items"]
    ]


def test_looking_ahead_leaves_today_as_it_is(
    desk: Desk, waiting: dict[str, str], village: Village, connection: Connection
) -> None:
    today = [row["id"] for row in desk.rows()]
    assert len(desk.rows(on="2026-03-30")) == 5
    assert [row["id"] for row in desk.rows()] == today
    with transaction(connection) as session:
        on = local_day(desk.clock.now)
        assert astray(session, village.municipality.id, today=on) == set()


# in the end the temple has to be confirmed as well
@pytest.mark.parametrize(("on", "number"), [("0001-01-01", 0), ("9999-12-31", 6)])
def test_the_ends_of_the_calendar_are_days_like_others(
    desk: Desk, waiting: dict[str, str], on: str, number: int
) -> None:
    page = desk.queue(on=on)
    assert len(page["items"]) == page["counts"]["total"] == number


def test_a_row_of_a_later_day_cannot_be_answered_today(
    desk: Desk, waiting: dict[str, str], connection: Connection
) -> None:
    row = next(row for row in desk.rows(on="2026-02-25") if row["person_code"] == "はな05")
    desk.on("02-02")
    for answer in (desk.answer(row), desk.claim(row)):
        assert (answer.status_code, answer.json()["title"]) == (404, "NoSuchItem")


def test_pages_have_between_one_and_two_hundred_rows(desk: Desk) -> None:
    for limit in ("0", "201", "-1", "all", "1.5"):
        answer = desk.client.get(PATH, params={"limit": limit})
        assert answer.status_code == 422, limit
        assert "limit" in str(answer.json()["errors"])


def test_only_who_stands_on_the_page_is_written_down(
    desk: Desk, waiting: dict[str, str], connection: Connection
) -> None:
    page = desk.on("02-25").queue(limit=2)
    assert looked_at(connection, Act.LIST) == sorted(row["person_id"] for row in page["items"])
    assert page["counts"]["total"] == 5


def test_a_look_at_another_day_is_a_look(
    desk: Desk, waiting: dict[str, str], connection: Connection
) -> None:
    desk.rows(on="2026-02-25", limit=1)
    assert looked_at(connection, Act.LIST) == [waiting["はな01"]]


def test_groups_show_nobody_and_nobody_is_written_down(
    desk: Desk, waiting: dict[str, str], connection: Connection
) -> None:
    told = desk.on("02-25").client.get(f"{PATH}/groups")
    assert [each["number"] for each in told.json()["areas"]] == [5]
    assert not any(code in told.text for code in CODES)
    assert looked_at(connection, Act.LIST) == []


# Parts of the queue.


@pytest.fixture
def two_areas(connection: Connection, village: Village, waiting: dict[str, str]) -> dict[str, Any]:
    """A southern area with somebody at home and a host who is not confirmed for long."""
    with transaction(connection) as session:
        south = Area(municipality_id=village.municipality.id, ref="south", name="南")
        session.add(south)
        session.flush()
        person = add_person(session, south, village.coordinator, "みなみ1", stage=Stage.AT_HOME)
        person.known_since = date(2026, 1, 12)
        shop = Host(
            municipality_id=south.municipality_id,
            ref="shop",
            name="店",
            type="shop",
            area_id=south.id,
            confirmed_on=date(2025, 7, 1),
        )
        session.add(shop)
        session.flush()
        return {"south": str(south.id), "person": str(person.id), "shop": str(shop.id)}


def test_every_part_of_the_queue_is_the_same_in_list_figures_and_file(
    *,
    desk: Desk,
    coordinator: Desk,
    agreed: dict[str, Any],
    village: Village,
    two_areas: dict[str, Any],
    connection: Connection,
) -> None:
    desk.on("02-25")
    proved(connection, desk.clock)
    parts: tuple[dict[str, Any], ...] = (
        {},
        {"area": "north"},
        {"area": two_areas["south"]},
        {"host": str(village.host.id)},
        {"host": two_areas["shop"]},
        {"owner": str(village.csw.id)},
        {"owner": str(village.coordinator.id)},
        {"owner": str(village.csw.id), "area": "south"},
        {"another_way": True},
        {"for_coordinator": True},
    )
    numbers = []
    for part in parts:
        page = coordinator.queue(**part)
        assert (
            page["counts"]["total"] == len(page["items"]) == len(filed(coordinator.client, **part))
        )
        numbers.append(len(page["items"]))
    # five at home and a trial with two sides in the north; in the south one at home and the shop
    assert numbers == [9, 7, 2, 2, 1, 7, 1, 0, 0, 0]


def test_the_areas_share_everything_out_also_a_host_whom_somebody_elsewhere_troubles(
    desk: Desk,
    coordinator: Desk,
    village: Village,
    two_areas: dict[str, Any],
    connection: Connection,
) -> None:
    with transaction(connection) as session:
        session.add(
            Concern(
                municipality_id=village.municipality.id,
                person_id=village.person.id,  # of the north
                host_id=_host(session, "shop").id,
                side=Side.HOST,
                words="少し困った",
                raised_on=DAY,
                recorded_at=MORNING,
                recorded_by=village.csw.id,
                about_id=village.person.id,
            )
        )
    desk.on("02-25")
    groups = coordinator.client.get(f"{PATH}/groups").json()["areas"]
    assert {each["name"]: each["number"] for each in groups} == {"北": 6, "南": 3}
    parts = {each["name"]: coordinator.rows(area=each["id"]) for each in groups}
    assert {name: len(rows) for name, rows in parts.items()} == {"北": 6, "南": 3}
    shared = Counter(row["id"] for rows in parts.values() for row in rows)
    assert shared == Counter(row["id"] for row in coordinator.rows())


def _host(session: Any, ref: str) -> Host:
    host: Host = session.exec(select(Host).where(Host.ref == ref)).one()
    return host


def test_each_host_has_as_many_rows_as_it_is_said_to_have(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any], two_areas: dict[str, Any]
) -> None:
    desk.on("02-25")
    groups = coordinator.client.get(f"{PATH}/groups").json()["hosts"]
    assert [(each["name"], each["number"]) for each in groups] == [("寺", 2), ("店", 1)]
    for each in groups:
        assert len(coordinator.rows(host=each["id"])) == each["number"]


def test_the_groups_of_another_municipality_are_not_there(
    desk: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    with transaction(connection) as session:
        other = build_village(session)
    desk.client.headers["Authorization"] = f"Bearer {other.tokens[other.coordinator.id]}"
    assert desk.client.get(f"{PATH}/groups").json() == {"hosts": [], "areas": []}
    assert desk.rows(host=str(other.host.id)) == []


def test_naming_a_host_or_worker_of_another_municipality_opens_nothing(
    desk: Desk, waiting: dict[str, str], connection: Connection
) -> None:
    with transaction(connection) as session:
        other = build_village(session)
    desk.on("02-25")
    for part in ({"host": str(other.host.id)}, {"owner": str(other.csw.id)}):
        assert desk.rows(**part) == []
    assert desk.rows(area=str(other.area.id)) == []


# The file.


def test_a_file_without_rows_has_its_titles_and_is_told(
    desk: Desk, coordinator: Desk, connection: Connection, clock: Clock
) -> None:
    proved(connection, clock)
    answer = coordinator.client.get(f"{PATH}/export.csv", params={"why": "counting"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    (titles,) = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert len(titles) == len(set(titles)) == 14
    with transaction(connection) as session:
        events = session.exec(select(AccessRecord).where(AccessRecord.act == Act.EVENT)).all()
        assert ["follow_up" in event.detail for event in events] == [True]


def test_everybody_in_a_file_is_written_down_once_though_they_have_more_rows(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any], connection: Connection, clock: Clock
) -> None:
    proved(connection, clock)
    assert len(filed(coordinator.client)) == 2
    assert looked_at(connection, Act.EXPORT) == [agreed["person_id"]]


def test_without_a_fresh_proof_no_file_leaves_and_nobody_is_written_down_as_taken(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    answer = coordinator.client.get(f"{PATH}/export.csv", params={"why": "counting"})
    assert answer.status_code in {401, 403}
    assert "やま00" not in answer.text
    assert looked_at(connection, Act.EXPORT) == []


def test_a_file_holds_nobodys_own_words_and_no_telephone(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any], connection: Connection, clock: Clock
) -> None:
    with transaction(connection) as session:
        person = session.exec(select(Person).where(Person.code == "やま00")).one()
        person.contact = "090-0000-0000"
        _host(session, "temple").telephone = "03-0000-0000"
    needles = ("ひみつの話", "こころの意図", "かわった様子", "まつわけ", "こまりごと")
    what, intention, small_change, why, concern = needles
    said = {"what": what, "intention": intention, "small_change": small_change}
    desk.answered(desk.row(), "not_reached", **said)
    desk.answered(desk.row("host"), "asked_to_wait", until="2026-02-11", why=why, **said)
    told = {"placement_id": agreed["id"], "side": "host", "words": concern}
    assert desk.client.post("/api/v1/concerns", json=told).status_code == 201
    desk.on("02-11")
    proved(connection, clock)
    assert len(coordinator.rows()) == 4
    shown = coordinator.client.get(PATH).text
    assert what in shown  # whoever rings reads it on the list
    assert "090-0000-0000" in shown
    rows = filed(coordinator.client)
    assert len(rows) == 4
    for needle in (*needles, "090-0000-0000", "03-0000-0000"):
        assert needle not in str(rows)


def test_who_may_not_be_seen_any_more_is_in_no_file(
    desk: Desk,
    coordinator: Desk,
    agreed: dict[str, Any],
    connection: Connection,
    clock: Clock,
) -> None:
    proved(connection, clock)
    assert len(filed(coordinator.client)) == 2
    consents = desk.client.get(f"/api/v1/people/{agreed['person_id']}/consents").json()
    found = consents["items"] if isinstance(consents, dict) else consents
    for consent in found:
        path = f"/api/v1/people/{agreed['person_id']}/consents/{consent['id']}"
        assert desk.client.post(f"{path}/withdrawal", json={}).is_success
    assert coordinator.queue()["counts"]["total"] == len(coordinator.rows()) == 0
    assert filed(coordinator.client) == []
    assert len(desk.rows()) == 2


def test_formulas_in_titles_of_activities_and_codes_of_people_are_text(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any], connection: Connection, clock: Clock
) -> None:
    with transaction(connection) as session:
        person = session.exec(select(Person).where(col(Person.code) == "やま00")).one()
        person.code = "+81"
    proved(connection, clock)
    for row in filed(coordinator.client):
        assert row[2] == "'+81"
