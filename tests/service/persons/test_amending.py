"""Changing what is known of somebody: one field at a time, with the version that was seen."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from catalogue.profiles import Stage
from service.audit.tables import AccessRecord, Act
from service.persons.actions import amend, profile_of
from service.persons.schemas import PersonChangeIn
from service.persons.tables import Person
from service.web.versions import Stale
from tests.factories import MORNING, Town, person_in, staff_of

PEOPLE = "/api/v1/people"
# For each field that can be changed: another value, and some that cannot be.
CHANGES: dict[str, tuple[Any, list[Any]]] = {
    "code": ("やなぎ42", ["", None, " や", "や" * 65, "a\0b", 42]),
    "area": ("west", ["", None, 3]),
    "age_band": ("80代以上", ["代" * 33, "a\0b", 80]),
    "stage": ("helper", ["", None, "busy", 3]),
    "lat": (90.0, [90.5, "35", True]),
    "lon": (-180.0, [-181, [135]]),
    "contact": ("手紙だけ。ファクス不可", ["手" * 201, "a\0b", {}]),
    "note": ("記" * 4000, ["記" * 4001, "a\0b", 5]),
    "proposals_paused": ("休" * 500, ["", "休" * 501, "a\0b", True]),
}


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    return person_in(session, town)


@pytest.fixture
def path(person: Person) -> str:
    return f"{PEOPLE}/{person.id}"


def test_the_table_above_speaks_of_every_field() -> None:
    assert set(CHANGES) == set(PersonChangeIn.model_fields)


@pytest.mark.parametrize("field", CHANGES)
def test_a_field_is_changed_alone_and_the_hearing_stays(
    client: TestClient, path: str, field: str
) -> None:
    before = client.get(path).json()
    changed = client.patch(path, json={field: CHANGES[field][0]})
    assert changed.json() == before | {field: CHANGES[field][0], "version": 2}
    assert client.get(path).json() == changed.json()


@pytest.mark.parametrize(
    ("field", "bad"), [(field, bad) for field, (_, faults) in CHANGES.items() for bad in faults]
)
def test_a_value_that_cannot_be_changes_nothing_and_is_not_repeated(
    client: TestClient, path: str, field: str, bad: Any
) -> None:
    before = client.get(path)
    answer = client.patch(path, json={field: bad, **({} if field == "note" else {"note": "x"})})
    assert answer.status_code == 422, answer.text
    assert [fault["where"] for fault in answer.json()["errors"]] == [f"body.{field}"]
    assert client.get(path).json() == before.json()


@pytest.mark.parametrize(
    "field", ["id", "owner_id", "known_since", "version", "municipality_id", "assessment"]
)
def test_what_the_service_itself_knows_is_not_written_by_hand(
    client: TestClient, path: str, field: str
) -> None:
    before = client.get(path).json()
    assert client.patch(path, json={field: before.get(field)}).status_code == 422


@pytest.mark.parametrize("field", ["lat", "lon", "proposals_paused"])
def test_what_may_be_unknown_can_become_unknown_again(
    client: TestClient, path: str, field: str
) -> None:
    client.patch(path, json={field: CHANGES[field][0]})
    assert client.patch(path, json={field: None}).json()[field] is None


@pytest.mark.parametrize("field", ["age_band", "contact", "note"])
def test_a_text_can_be_emptied(client: TestClient, path: str, field: str) -> None:
    client.patch(path, json={field: CHANGES[field][0]})
    assert client.patch(path, json={field: ""}).json()[field] == ""


def test_the_stage_moves_from_each_word_to_each_other(
    session: Session, town: Town, person: Person
) -> None:
    staff = staff_of(session, town.accounts["csw"])
    for stage in (*Stage, *reversed(Stage)):
        amend(session, staff, person.id, {"stage": stage}, at=MORNING)
        assert profile_of(session, person, on=MORNING.date()).stage is stage


@pytest.mark.parametrize("stage", Stage)
def test_only_somebody_not_met_yet_is_moved_by_being_heard(
    client: TestClient, session: Session, town: Town, stage: Stage
) -> None:
    path = f"{PEOPLE}/{person_in(session, town, stage=stage).id}"
    client.post(f"{path}/assessments", json={"own_words": "海"})
    read = client.get(path).json()
    moved = stage is Stage.NOT_MET
    assert read["stage"] == (Stage.AT_HOME if moved else stage)
    assert read["version"] == (2 if moved else 1)


def test_a_hearing_makes_the_version_seen_before_it_old_only_where_it_moved_the_person(
    client: TestClient, session: Session, town: Town
) -> None:
    path = f"{PEOPLE}/{person_in(session, town, stage=Stage.NOT_MET).id}"
    tag = client.get(path).headers["etag"]
    client.post(f"{path}/assessments", json={"own_words": "海"})
    headers = {"if-match": tag}
    stale = client.patch(path, json={"stage": "not_met"}, headers=headers)
    assert stale.status_code == 409
    assert client.get(path).json()["stage"] == "at_home"


def test_an_old_version_is_refused_before_the_code_is_compared(
    client: TestClient, session: Session, town: Town, path: str
) -> None:
    person_in(session, town, code="やなぎ42")
    refused = client.patch(path, json={"code": "やなぎ42"}, headers={"if-match": '"9"'})
    assert refused.status_code == 409
    assert client.patch(path, json={"code": "やなぎ42"}).status_code == 409


def test_ones_own_code_can_be_sent_again(client: TestClient, path: str, person: Person) -> None:
    assert client.patch(path, json={"code": person.code}).json()["code"] == person.code


def test_a_taken_code_takes_the_other_changes_back_with_it(
    client: TestClient, session: Session, town: Town, path: str
) -> None:
    person_in(session, town, code="やなぎ42")
    before = client.get(path).json()
    answer = client.patch(path, json={"code": "やなぎ42", "note": "電話は午前"})
    assert answer.status_code == 409
    session.expire_all()
    assert client.get(path).json() == before


def test_each_change_is_written_down_and_a_refused_one_is_not(
    client: TestClient, session: Session, path: str
) -> None:
    def writes() -> int:
        rows = session.exec(select(AccessRecord).where(AccessRecord.act == Act.WRITE)).all()
        return len(rows)

    before = writes()
    client.patch(path, json={"note": "一"})
    client.patch(path, json={"note": "二"}, headers={"if-match": '"1"'})
    client.patch(path, json={"stage": "busy"})
    assert writes() == before + 1


def test_the_staleness_names_the_version_that_stands(
    session: Session, town: Town, person: Person
) -> None:
    staff = staff_of(session, town.accounts["csw"])
    amend(session, staff, person.id, {"note": "一"}, at=MORNING, seen=1)
    with pytest.raises(Stale) as refused:
        amend(session, staff, person.id, {"note": "二"}, at=MORNING, seen=1)
    assert refused.value.facts == {"version": 2}
    assert person.note == "一"


def test_a_refusal_never_says_what_is_known_of_somebody(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, note="needle", contact="needle", code="needle")
    path = f"{PEOPLE}/{person.id}"
    answers = [
        client.patch(path, json={"stage": "needle"}),
        client.post(PEOPLE, json={"area": "east", "code": "needle"}),
        client.post(f"{path}/assessments", json={"needle!": "needle"}),
        client.patch(path, json={"area": "needle"}),
    ]
    assert [answer.status_code for answer in answers] == [422, 409, 422, 404]
    assert all("needle" not in answer.text for answer in answers)
