"""Other figures and closures while work is under way: what was said stays said."""

from datetime import date
from typing import Any, Final
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection
from sqlmodel import col, select

from catalogue.profiles import Stage
from service.audit.tables import AccessRecord
from service.database import transaction
from service.followup import setting
from service.followup.bounds import BOUNDS, cadence_of, lines_of
from service.followup.cadence import STANDARD, Occasion
from service.followup.ledger import Ledger, Left
from service.followup.office import rhythm
from service.followup.rules import owed
from service.followup.tables import CadenceVersion, Closure
from service.followup.windows import Subject, lay
from service.placements.lifecycle import Side, Status
from tests.service.followup.cases import PLACEMENT, TUESDAY, day, only, placement
from tests.service.followup.desk import Desk
from tests.service.placements.village import Village, add_person, build_village
from tests.service.placements.walks import moved

API: Final = "/api/v1/follow-up-settings"
ENDED: Final = placement(Status.ENDED, closed_on=TUESDAY)
WEEKLY: Final = [[5, 6, 9]]


@pytest.fixture
def chief(coordinator: Desk) -> TestClient:
    return coordinator.client


def sent(client: TestClient, on: str = "2026-02-10", based_on: int = 0, **lines: Any) -> Response:
    shown = client.get(API).json()["lines"]
    body = {"lines": shown | lines, "effective_on": on, "based_on": based_on}
    return client.post(API, json=body)


def closed(client: TestClient, first_on: str, last_on: str) -> str:
    answer = client.post(f"{API}/closures", json={"first_on": first_on, "last_on": last_on})
    assert answer.status_code == 201, answer.text
    id_: str = answer.json()["id"]
    return id_


def in_store(connection: Connection, table: Any) -> list[Any]:
    with transaction(connection) as session:
        return list(session.exec(select(table)).all())


def events(connection: Connection) -> list[str]:
    with transaction(connection) as session:
        query = select(AccessRecord.detail).where(col(AccessRecord.resource) == "setting_changed")
        return list(session.exec(query))


# What was said about a window outlives its figures.


def test_who_asked_to_wait_is_not_rung_because_the_office_changed_its_figures(
    desk: Desk, chief: TestClient, agreed: dict[str, Any]
) -> None:
    desk.answered(desk.row(), "asked_to_wait", until="2026-02-13", why="かぜをひいた")
    assert sent(chief, before_first={"person": [[-10, -3, -1]], "host": [[-7, -3, -1]]}).is_success
    assert desk.seen() == [("before_first", "host")]
    back = desk.on("02-13").row()
    assert (back["why"]["back_on"], back["deferrals"]) == ("2026-02-13", 1)


def test_what_is_not_needed_does_not_come_back_with_other_figures(
    desk: Desk, chief: TestClient, agreed: dict[str, Any]
) -> None:
    moved(desk.client, agreed, "end")
    desk.answered(desk.row(), "not_needed", why="もう会った")
    other = {"person": [[0, 2, 5]], "host": [[0, 4, 9]]}
    assert sent(chief, exit=other).is_success
    assert desk.seen() == [("exit", "host")]


def test_three_deferrals_are_still_three_under_other_figures(
    desk: Desk, chief: TestClient, agreed: dict[str, Any]
) -> None:
    for now, until in (("10", "11"), ("11", "12"), ("12", "13")):
        desk.on(f"02-{now}")
        desk.answered(desk.row(), "asked_to_wait", until=f"2026-02-{until}", why="待ってほしい")
    other = {"person": [[-7, -2, -1]], "host": [[-7, -3, -1]]}
    assert sent(chief, "2026-02-12", before_first=other).is_success
    assert desk.on("02-13").row()["for_coordinator"]


def test_a_window_goes_by_one_name_under_any_figures_and_no_two_by_the_same() -> None:
    three = [(10, 20, 25), (26, 30, 60), (76, 90, 104)]
    # the third aims at the day by which the second of the standard goes
    lines = lines_of(STANDARD) | {Occasion.AFTERWARDS: {Side.PERSON: three}}
    subject = Subject(PLACEMENT, Side.PERSON, PLACEMENT)
    named, before = (
        [
            lay(window, subject, Occasion.AFTERWARDS, since=TUESDAY).id
            for window in cadence.line(Occasion.AFTERWARDS).person
        ]
        for cadence in (cadence_of(lines), STANDARD)
    )
    assert named[:2] == before
    assert len({*named}) == 3


def test_the_rows_of_a_line_with_as_many_windows_as_may_be_all_have_ids_of_their_own() -> None:
    twelve = [(63 + 25 * number, 70 + 25 * number, 87 + 25 * number) for number in range(12)]
    lines = lines_of(STANDARD) | {
        Occasion.LATER: lines_of(STANDARD)[Occasion.LATER] | {Side.HOST: twelve}
    }
    subject = Subject(PLACEMENT, Side.HOST, PLACEMENT)
    windows = cadence_of(lines).line(Occasion.LATER).host
    names = {lay(each, subject, Occasion.LATER, since=TUESDAY).id for each in windows}
    assert len(names) == 12


@pytest.mark.parametrize(("occasion", "side"), sorted(BOUNDS))
def test_no_line_loses_its_name_when_an_office_aims_at_another_day(
    occasion: Occasion, side: Side
) -> None:
    standard = lines_of(STANDARD)
    moved_by_one = [
        (earliest, min(max(due - 1, earliest), late), late)
        for earliest, due, late in standard[occasion][side]
    ]
    cadence = cadence_of(standard | {occasion: {**standard[occasion], side: moved_by_one}})
    subject = Subject(PLACEMENT, side, PLACEMENT)
    before, after = (
        [
            lay(window, subject, occasion, since=TUESDAY).id
            for window in table.line(occasion).windows(side)
        ]
        for table in (STANDARD, cadence)
    )
    assert before == after


def test_a_reason_written_under_the_standard_answers_the_same_window_under_other_figures() -> None:
    found = only(ENDED, Occasion.EXIT, Side.HOST)
    assert found is not None
    said = Ledger(left=(Left(found.id, day("03-11")),))
    facts = placement(Status.ENDED, said, closed_on=TUESDAY)
    lines = lines_of(STANDARD)
    sooner = lines | {Occasion.EXIT: lines[Occasion.EXIT] | {Side.HOST: [(0, 5, 7)]}}
    owed_now = [each.side for each in owed(facts, cadence_of(sooner))]
    assert owed_now == [Side.PERSON]


# Versions.


def test_of_two_who_saw_the_same_rhythm_at_the_same_moment_one_is_let_in(
    chief: TestClient, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sent(chief, at_home={"person": WEEKLY}).status_code == 201
    # the second has looked before the first was through: for it there is no version yet
    body = {"lines": chief.get(API).json()["lines"], "effective_on": "2026-02-10", "based_on": 0}
    monkeypatch.setattr(setting, "current", lambda *_: None)
    answer = chief.post(API, json=body)
    monkeypatch.undo()
    assert (answer.status_code, answer.json()["title"]) == (409, "RhythmChanged")
    assert [each.version for each in in_store(connection, CadenceVersion)] == [1]
    assert len(events(connection)) == 1


def test_a_rhythm_for_later_begins_on_its_day_whatever_was_set_for_the_time_before(
    chief: TestClient, village: Village, connection: Connection
) -> None:
    assert sent(chief, "2026-03-01", at_home={"person": [[2, 3, 4]]}).is_success
    assert sent(chief, "2026-02-10", 1, at_home={"person": WEEKLY}).is_success
    with transaction(connection) as session:
        held = {
            on: rhythm(session, village.municipality.id, on=date.fromisoformat(on))
            .cadence.line(Occasion.AT_HOME)
            .person[0]
            .due
            for on in ("2026-02-09", "2026-02-10", "2026-02-28", "2026-03-01", "2027-01-01")
        }
    assert [*held.values()] == [30, 6, 6, 3, 3]


def test_a_rhythm_may_begin_a_leap_year_from_today_and_not_a_day_later(chief: TestClient) -> None:
    assert sent(chief, "2027-02-12").status_code == 422
    assert sent(chief, "2027-02-11").status_code == 201


def test_what_is_set_is_told_to_the_auditor_and_a_trial_is_not(
    chief: TestClient, connection: Connection
) -> None:
    lines = {"lines": chief.get(API).json()["lines"]}
    assert chief.post(f"{API}/preview", json=lines).status_code == 200
    assert events(connection) == []
    assert sent(chief).is_success
    closing = closed(chief, "2026-02-13", "2026-02-13")
    assert chief.delete(f"{API}/closures/{closing}").status_code == 204
    assert [detail for detail in events(connection) if "closure" in detail] == events(connection)[
        1:
    ]
    assert ["cadence" in detail for detail in events(connection)] == [True, False, False]


def test_every_figure_that_goes_too_far_is_told_at_once(chief: TestClient) -> None:
    answer = sent(
        chief,
        concern={"person": [[0, 2, 3]], "host": [[0, 2, 2]]},
        rested={"person": [[4, 2, 0]], "host": [[0, 1, 2]]},
        at_home={},
    )
    assert (answer.status_code, answer.json()["title"]) == (422, "UnfitRhythm")
    assert [(each["where"], each["amiss"]) for each in answer.json()["faults"]] == [
        ("concern.person.1", "too_late"),
        ("rested.person.1", "unordered"),
        ("at_home.person.1", "missing"),
    ]


def test_a_side_that_nobody_rings_cannot_be_given_figures(
    chief: TestClient, connection: Connection
) -> None:
    known = {"person": [[0, 2, 2]], "host": [[0, 2, 2]]}
    answer = sent(chief, concern=known | {"team": [[0, 9, 99]]})
    assert answer.status_code == 422
    assert answer.json()["faults"] == [
        {"where": "concern.team.1", "amiss": "unknown", "allowed": None}
    ]
    assert in_store(connection, CadenceVersion) == []


UNREADABLE: Final[tuple[tuple[dict[str, Any], str], ...]] = (
    ({"lines": {"at_home": {"person": [[1, 2]]}}}, "at_home"),
    ({"lines": {"at_home": {"person": [[1, 2, 3, 4]]}}}, "at_home"),
    ({"lines": {"at_home": {"person": [[1, 2, 999]]}}}, "at_home"),
    ({"lines": {"at_home": {"person": [[1, None, 3]]}}}, "at_home"),
    ({"lines": {"at_home": {"person": [[1, 2, 3]] * 13}}}, "at_home"),
    ({"lines": {"sometimes": {}}}, "sometimes"),
    ({"lines": {"at_home": {"nobody": []}}}, "nobody"),
    ({"lines": None}, "lines"),
    ({"based_on": -1}, "based_on"),
    ({"effective_on": "30. Februar"}, "effective_on"),
    ({"effective_on": "2026-02-29"}, "effective_on"),
    ({"note": "a\u202eb"}, "note"),
    ({"note": "あ" * 501}, "note"),
    ({"surprise": 1}, "surprise"),
)


def test_a_body_that_cannot_be_read_says_where_and_sets_nothing(
    chief: TestClient, connection: Connection
) -> None:
    lines = chief.get(API).json()["lines"]
    for said, where in UNREADABLE:
        body = {"lines": lines, "effective_on": "2026-02-10", "based_on": 0} | said
        answer = chief.post(API, json=body)
        assert answer.status_code == 422, said
        assert where in str(answer.json()["errors"]), said
    assert in_store(connection, CadenceVersion) == []


# What a change would do, and to whose queue.


def test_a_trial_counts_nobody_whom_the_coordinator_may_not_see(
    desk: Desk, chief: TestClient, village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        add_person(session, village.area, village.csw, "やま79", stage=Stage.AT_HOME)
        build_village(session)  # next door somebody waits as well
    desk.on("02-17")
    shown = chief.get(API).json()["lines"] | {"at_home": {"person": WEEKLY}}
    told = chief.post(f"{API}/preview", json={"lines": shown}).json()
    assert (told["then"]["total"], told["appearing"]) == (0, 0)


def test_a_trial_tells_what_would_be_sooner_what_later_and_what_would_leave(
    desk: Desk, chief: TestClient, agreed: dict[str, Any]
) -> None:
    def tried(person: list[int], host: list[int]) -> list[int]:
        lines = chief.get(API).json()["lines"]
        lines |= {"before_first": {"person": [person], "host": [host]}}
        told = chief.post(f"{API}/preview", json={"lines": lines}).json()
        return [told[name] for name in ("appearing", "leaving", "sooner", "later")]

    # seven days before, both stand there: one aims at Monday the 16th, one at the Friday
    assert tried([-7, -1, -1], [-7, -3, -1]) == [0, 0, 0, 0]
    assert tried([-7, -5, -1], [-7, -1, -1]) == [0, 0, 1, 1]
    assert tried([-3, -1, -1], [-7, -3, -1]) == [0, 1, 0, 0]


# Closures.


def test_a_closure_of_31_days_is_the_longest(chief: TestClient, connection: Connection) -> None:
    closed(chief, "2026-02-13", "2026-03-15")
    days = {"first_on": "2026-02-13", "last_on": "2026-03-16"}
    assert chief.post(f"{API}/closures", json=days).status_code == 422
    assert len(in_store(connection, Closure)) == 1


def test_of_two_closures_of_one_day_the_other_still_holds(
    desk: Desk, chief: TestClient, agreed: dict[str, Any]
) -> None:
    first, _ = closed(chief, "2026-02-16", "2026-02-16"), closed(chief, "2026-02-14", "2026-02-16")
    assert chief.delete(f"{API}/closures/{first}").status_code == 204
    assert desk.row()["due"] == "2026-02-13"  # the Friday before
    assert [each["first_on"] for each in chief.get(API).json()["closures"]] == ["2026-02-14"]


def test_the_two_working_days_of_a_concern_are_counted_around_a_closure(
    desk: Desk, chief: TestClient, agreed: dict[str, Any]
) -> None:
    desk.on("02-12")  # a Thursday
    said = {"placement_id": agreed["id"], "side": "person", "words": "少し"}
    assert desk.client.post("/api/v1/concerns", json=said).status_code == 201
    closed(chief, "2026-02-13", "2026-02-16")
    found = {row["due"] for row in desk.rows() if row["occasion"] == "concern"}
    assert found == {"2026-02-18"}  # Tuesday is one, Wednesday two


def test_nobody_but_a_coordinator_of_the_place_takes_a_closure_back(
    desk: Desk, chief: TestClient, connection: Connection
) -> None:
    closing = closed(chief, "2026-02-13", "2026-02-13")
    assert desk.client.delete(f"{API}/closures/{closing}").status_code == 403
    with transaction(connection) as session:
        other = build_village(session)
    desk.client.headers["Authorization"] = f"Bearer {other.tokens[other.coordinator.id]}"
    for id_ in (closing, str(uuid4())):
        answer = desk.client.delete(f"{API}/closures/{id_}")
        assert (answer.status_code, answer.json()["title"]) == (404, "NoSuchClosure")
    (kept,) = in_store(connection, Closure)
    assert kept.ended_at is None


def test_a_closure_that_cannot_be_is_not_kept(chief: TestClient, connection: Connection) -> None:
    friday = {"first_on": "2026-02-13", "last_on": "2026-02-13"}
    for said in (
        {},
        {"first_on": "2026-02-13"},
        {"first_on": "2026-02-30", "last_on": "2026-02-30"},
        friday | {"name": "あ" * 101},
        friday | {"name": "一行\n二行"},
        {"first_on": "9999-12-31", "last_on": "9999-12-30"},
        {"first_on": "9999-12-31", "last_on": "9999-12-31"},
        {"first_on": "2028-02-12", "last_on": "2028-02-13"},
    ):
        assert chief.post(f"{API}/closures", json=said).status_code == 422, said
    assert in_store(connection, Closure) == []


def test_a_closure_as_far_ahead_as_may_be_is_only_a_closure(
    desk: Desk, chief: TestClient, agreed: dict[str, Any]
) -> None:
    closed(chief, "2028-02-12", "2028-02-12")  # 732 days from 10 February 2026
    assert len(desk.rows()) == 2
