"""Somebody new: their code, their stage, the day they became known, and what is refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from catalogue.profiles import Accompaniment, Stage, TravelMode, WindowStrength
from service.audit.tables import AccessRecord, Act
from service.database import open_engine, transaction
from service.persons.actions import CodeTaken, register
from service.persons.picture import Picture
from service.persons.tables import Assessment, Consent, Person
from service.trail import Happening
from tests.factories import MORNING, Town, TurnableClock, seed, staff_of
from tests.service.audit.lines import looks

PEOPLE = "/api/v1/people"
LONE_SURROGATE = "\\ud800"

# One of everything that an assessment can hold, as format 1 writes it.
WHOLE: dict[str, Any] = {
    "situation": "夜は眠れるようになった",
    "own_words": "土にさわっていたい",
    "strengths": ["ていねい", "早起き"],
    "limits": [
        {
            "kind": "no_hazard",
            "value": ["bees", "allergen:そば"],
            "text": "刺されて入院した",
            "source": {"who": "本人", "on": "2026-11-01"},
        }
    ],
    "preferences": ["午前", "静か"],
    "load_ceiling": {
        "physical": 0,
        "social": 1,
        "cognitive": 2,
        "sensory": 3,
        "pressure": 4,
        "hard": ["sensory"],
    },
    "windows": [{"days": ["MO", "SU"], "from": "09:05", "to": "23:59", "strength": "rather_not"}],
    "travel": {"modes": ["walk", "lift"], "max_minutes": 0},
    "accompaniment": "always",
    "languages": ["ポルトガル語"],
    "facets": {"liked": ["garden"], "disliked": ["crowd"]},
    "money_max_yen": 0,
    "not_again": ["temple"],
    "knows": ["湖東寺の住職"],
    "companions": [{"who": "姉", "days": ["SA"]}],
    "age": 0,
    "reading": "easy",
    "devices": ["電話"],
}


def stages_met(*, said: bool) -> list[tuple[dict[str, Any], Stage]]:
    words: dict[str, Any] = {"own_words": "海"} if said else {}
    unsaid = Stage.AT_HOME if said else Stage.NOT_MET
    return [(words, unsaid), *((words | {"stage": stage}, stage) for stage in Stage)]


@pytest.mark.parametrize(("body", "stage"), [*stages_met(said=True), *stages_met(said=False)])
def test_who_was_listened_to_has_been_met_unless_it_is_said_otherwise(
    client: TestClient, body: dict[str, Any], stage: Stage
) -> None:
    assert client.post(PEOPLE, json={"area": "east"} | body).json()["stage"] == stage


@pytest.mark.parametrize("field", sorted(WHOLE))
def test_each_thing_that_can_be_said_comes_back_as_it_was_said(
    client: TestClient, field: str
) -> None:
    created = client.post(PEOPLE, json={"area": "east", field: WHOLE[field]})
    assert created.status_code == 201, created.text
    read = client.get(f"{PEOPLE}/{created.json()['id']}").json()["assessment"]
    assert read[field] == WHOLE[field]
    others = {name for name in WHOLE if name != field and read[name]}
    # Travel and ceiling are forms of their own: there they are, and nothing in them is known.
    assert others <= {"travel", "load_ceiling", "facets"}


def test_the_sample_has_one_of_everything() -> None:
    assert set(WHOLE) == set(Picture.model_fields)


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("age", -1),
        ("age", 151),
        ("age", "44"),
        ("age", 44.5),
        ("money_max_yen", 1_000_001),
        ("reading", "braille"),
        ("accompaniment", "sometimes"),
        ("travel", {"modes": ["sleigh"]}),
        ("travel", {"max_minutes": 1441}),
        ("travel", {"max_minutes": "２０"}),
        ("load_ceiling", {"physical": 5}),
        ("load_ceiling", {"hard": ["patience"]}),
        ("windows", [{"days": [], "from": "09:00", "to": "10:00"}]),
        ("windows", [{"days": ["HO"], "from": "09:00", "to": "10:00"}]),
        ("windows", [{"days": ["MO"], "from": "０９:00", "to": "10:00"}]),
        ("windows", [{"days": ["MO"], "from": "10:00", "to": "24:00"}]),
        ("companions", [{"days": ["SA"]}]),
        ("strengths", [""]),
        ("strengths", "早起き"),
        ("own_words", "あ" * 4001),
        ("situation", 4),
        ("not_again", [" temple"]),
        ("facets", {"loved": []}),
        ("limits", [{"value": 3}]),
        ("limits", [{"kind": "no_hazard", "value": ["bees"], "source": {"on": "2026-02-30"}}]),
    ],
)
def test_what_cannot_be_is_refused_at_its_place_and_nobody_is_kept(
    client: TestClient, session: Session, field: str, bad: Any
) -> None:
    answer = client.post(PEOPLE, json={"area": "east", field: bad})
    assert answer.status_code == 422
    assert all(fault["where"].startswith(f"body.{field}") for fault in answer.json()["errors"])
    assert session.exec(select(Person)).all() == []


@pytest.mark.parametrize(
    "body",
    [
        {"note": "a\0b"},
        {"contact": "a\0b"},
        {"age_band": "a\0b"},
        {"code": "a\0b"},
        {"proposals_paused": "a\0b"},
        {"own_words": "a\0b"},
        {"devices": ["a\0b"]},
        {"limits": [{"kind": "no_hazard", "value": ["other:a\0b"]}]},
        {"limits": [{"kind": "no_role", "value": ["a\0b"]}]},
        {"limits": [{"kind": "no_label", "value": ["a\0b"]}]},
        {"limits": [{"kind": "seated", "source": {"who": "a\0b"}}]},
        {"consent": {"shared_with": "team", "how": "a\0b"}},
        {"consent": {"shared_with": "team", "fields": ["a\0b"]}},
    ],
)
def test_a_character_that_one_database_cannot_keep_is_kept_by_neither(
    client: TestClient, body: dict[str, Any]
) -> None:
    answer = client.post(PEOPLE, json={"area": "east"} | body)
    assert answer.status_code == 422, answer.text
    assert client.get(PEOPLE).json()["items"] == []


@pytest.mark.parametrize(
    "written",
    [
        f'"own_words": "{LONE_SURROGATE}"',
        f'"proposals_paused": "{LONE_SURROGATE}"',
        f'"limits": [{{"kind": "no_hazard", "value": ["other:{LONE_SURROGATE}"]}}]',
        f'"limits": [{{"kind": "no_role", "value": ["{LONE_SURROGATE}"]}}]',
    ],
)
def test_half_a_character_is_refused_instead_of_breaking_the_answer(
    client: TestClient, written: str
) -> None:
    body = f'{{"area": "east", {written}}}'
    answer = client.post(PEOPLE, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("も" * 64, 201),
        ("も" * 65, 422),
        ("", 422),
        (" もみじ", 422),
        ("もみじ ", 422),
        ("も みじ", 201),
        (7, 422),
    ],
)
def test_a_code_is_a_short_word_without_space_around_it(
    client: TestClient, code: Any, status: int
) -> None:
    assert client.post(PEOPLE, json={"area": "east", "code": code}).status_code == status


def test_a_code_is_taken_only_within_its_own_town(
    client_of: Callable[[str], TestClient], town: Town, elsewhere: Town
) -> None:
    body = {"area": "east", "code": "もみじ01"}
    answers = [client_of(user).post(PEOPLE, json=body) for user in ("csw", "csw_elsewhere")]
    assert [answer.status_code for answer in answers] == [201, 201]


def test_a_code_that_is_out_of_sight_is_taken_all_the_same(
    client_of: Callable[[str], TestClient], town: Town
) -> None:
    body = {"area": "west", "code": "もみじ01"}
    client_of("csw_west").post(PEOPLE, json=body)
    refused = client_of("csw").post(PEOPLE, json=body | {"area": "east"})
    assert refused.status_code == 409
    assert "もみじ01" not in refused.text


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 12, 31, 14, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 28, 15, 0, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_somebody_is_known_since_the_day_it_was_in_japan(
    client: TestClient, turnable_clock: TurnableClock, at: datetime, day: date
) -> None:
    turnable_clock.at = at
    person = client.post(PEOPLE, json={"area": "east", "own_words": "海"}).json()
    assert person["known_since"] == day.isoformat()
    assert person["assessment"]["taken_on"] == day.isoformat()


def test_an_empty_body_of_wishes_is_no_assessment_but_one_empty_wish_is(
    client: TestClient, session: Session
) -> None:
    client.post(PEOPLE, json={"area": "east", "note": "まだ会えない", "taken_on": "2026-11-01"})
    assert session.exec(select(Assessment)).all() == []
    client.post(PEOPLE, json={"area": "east", "limits": []})
    assert len(session.exec(select(Assessment)).all()) == 1


def test_registering_is_one_write_whatever_comes_with_it(
    client: TestClient, session: Session
) -> None:
    body = WHOLE | {"area": "east", "consent": {"shared_with": "team"}}
    person = client.post(PEOPLE, json=body).json()
    [row] = looks(session)
    assert (str(row.person_id), row.act, row.resource) == (person["id"], Act.WRITE, "person")


def test_who_registers_is_written_on_everything_that_came_with_the_person(
    session: Session, town: Town
) -> None:
    staff = staff_of(session, town.accounts["csw"])
    person = register(
        session,
        staff,
        area=town.areas["west"],
        at=MORNING,
        picture=Picture(own_words="海"),
        consent={"shared_with": "team"},
    )
    [assessment] = session.exec(select(Assessment)).all()
    [consent] = session.exec(select(Consent)).all()
    assert person.owner_id == assessment.recorded_by == consent.recorded_by == staff.id
    assert assessment.recorded_at == consent.recorded_at == MORNING
    assert {assessment.municipality_id, consent.municipality_id} == {staff.municipality_id}


def test_a_consent_that_cannot_be_keeps_the_person_out_too(
    client: TestClient, session: Session
) -> None:
    consent = {"shared_with": "team", "given_on": "2026-11-20", "until": "2026-11-01"}
    answer = client.post(PEOPLE, json={"area": "east", "consent": consent})
    assert answer.status_code == 422
    assert session.exec(select(Person)).all() == []


def test_who_learns_that_a_code_is_somebodys_is_written_down(
    client: TestClient, session: Session
) -> None:
    body = {"area": "east", "code": "もみじ01"}
    assert client.post(PEOPLE, json=body).status_code == 201
    assert client.post(PEOPLE, json=body).status_code == 409
    query = select(AccessRecord).where(AccessRecord.resource == Happening.NOT_FOUND)
    [line] = session.exec(query).all()
    assert line.detail == '{"answer": "CodeTaken"}'


def test_of_colleagues_who_choose_one_code_at_once_one_gets_it(own_database: str) -> None:
    engine = open_engine(own_database, connections=4)
    with transaction(engine) as session:
        town = seed(session)

    def choose(_turn: int) -> bool:
        try:
            with transaction(engine) as session:
                staff = staff_of(session, town.accounts["csw"])
                register(session, staff, area=town.areas["east"], at=MORNING, code="もみじ01")
        except CodeTaken:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(choose, range(4))) == [False, False, False, True]
    with transaction(engine) as session:
        assert len(session.exec(select(Person).where(col(Person.code) == "もみじ01")).all()) == 1
        assert len(looks(session)) == 1
    engine.dispose()


def test_the_words_of_the_form_are_those_of_the_format() -> None:
    document = {
        "travel": {"modes": list(TravelMode)},
        "windows": [
            {"days": ["MO"], "from": "09:00", "to": "10:00", "strength": strength}
            for strength in WindowStrength
        ],
    }
    picture = Picture.model_validate(document)
    assert picture.travel.modes == list(TravelMode)
    assert [window.strength for window in picture.windows] == list(WindowStrength)
    for way in Accompaniment:
        assert Picture.model_validate({"accompaniment": way.value}).accompaniment is way
