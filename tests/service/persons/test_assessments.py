"""Assessments: numbered without gaps, kept as they were, and each limit within its bounds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlmodel import Session, col, select

from catalogue.profiles import Company, Hazard, LimitKind
from catalogue.terms.signs import unfit_sign
from service.database import open_engine, transaction
from service.persons.actions import assess
from service.persons.picture import BROUGHT, LimitGiven, Picture
from service.persons.tables import Assessment
from tests.factories import MORNING, Town, person_in, seed, staff_of
from tests.service.audit.lines import looks

PEOPLE = "/api/v1/people"
HIGHEST = {
    LimitKind.GROUP_AT_MOST: 10_000,
    LimitKind.MINUTES_AT_MOST: 1440,
    LimitKind.PER_MONTH_AT_MOST: 100,
    LimitKind.LIFT_AT_MOST_KG: 200,
    LimitKind.STEPS_AT_MOST: 1000,
    LimitKind.WALK_AT_MOST_MINUTES: 1440,
    LimitKind.AGE: 150,
}


@pytest.fixture
def path(session: Session, town: Town) -> str:
    return f"{PEOPLE}/{person_in(session, town).id}/assessments"


@pytest.mark.parametrize(("kind", "top"), HIGHEST.items())
def test_a_figure_reaches_from_nought_to_its_top_and_no_further(kind: LimitKind, top: int) -> None:
    for inside in (0, top):
        assert LimitGiven(kind=kind, value=inside).value == inside
    for outside in (-1, top + 1, float(top), str(top), "１０", True, None, [top]):
        with pytest.raises(ValidationError):
            LimitGiven(kind=kind, value=outside)


@pytest.mark.parametrize("kind", [LimitKind.NOT_BEFORE, LimitKind.NOT_AFTER])
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("9:30", "09:30"),
        ("00:00", "00:00"),
        ("23:59", "23:59"),
        ("24:00", None),
        ("9:60", None),
        ("９:30", None),
        (930, None),
        ("", None),
    ],
)
def test_a_time_of_day_is_kept_as_hours_and_minutes(
    kind: LimitKind, said: Any, kept: str | None
) -> None:
    if kept:
        assert LimitGiven(kind=kind, value=said).value == kept
    else:
        with pytest.raises(ValidationError, match="HH:MM"):
            LimitGiven(kind=kind, value=said)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (LimitKind.NO_HAZARD, tuple(Hazard)),
        (LimitKind.NO_COMPANY, tuple(Company)),
        (LimitKind.BRINGS, BROUGHT),
    ],
)
def test_every_word_of_a_list_is_taken_and_none_beside_them(
    kind: LimitKind, words: tuple[str, ...]
) -> None:
    assert LimitGiven(kind=kind, value=list(words)).value == list(words)
    for wrong in ([*words, "moon"], [words[0].upper()], [""], [" "], [None], [[words[0]]]):
        with pytest.raises(ValidationError):
            LimitGiven(kind=kind, value=wrong)


@given(st.text(max_size=20))
def test_a_limit_in_other_words_takes_whatever_can_be_read_and_kept(text: str) -> None:
    if text.strip() and unfit_sign(text) is None:
        assert LimitGiven(kind=LimitKind.OTHER, text=text).text == text
    else:
        with pytest.raises(ValidationError):
            LimitGiven(kind=LimitKind.OTHER, text=text)


def test_a_limit_can_stand_twice_with_different_sources(client: TestClient, path: str) -> None:
    limits = [
        {"kind": "group_at_most", "value": value, "text": "", "source": {"who": who, "on": None}}
        for value, who in ((4, "母"), (6, "本人"))
    ]
    made = client.post(path, json={"limits": limits})
    assert made.json()["limits"] == limits


def test_the_assessment_of_somebody_else_is_not_found_under_this_person(
    client: TestClient, session: Session, town: Town, path: str
) -> None:
    other = f"{PEOPLE}/{person_in(session, town).id}/assessments"
    theirs = client.get(f"{other}/latest").json()["id"]
    assert client.get(f"{other}/{theirs}").status_code == 200
    assert client.get(f"{path}/{theirs}").status_code == 404


def test_assessments_out_of_sight_are_neither_read_nor_written(
    client_of: Callable[[str], TestClient], session: Session, path: str
) -> None:
    west = client_of("csw_west")
    rows = len(looks(session))
    answers = [west.get(path), west.get(f"{path}/latest"), west.post(path, json={})]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len(looks(session)) == rows
    assert len(session.exec(select(Assessment)).all()) == 1


def test_what_was_heard_earlier_but_written_later_is_the_latest_word(
    client: TestClient, path: str
) -> None:
    client.post(path, json={"own_words": "きのうのこと", "taken_on": "2026-11-19"})
    client.post(path, json={"own_words": "春に聞いたこと", "taken_on": "2026-04-01"})
    assert client.get(f"{path}/latest").json()["own_words"] == "春に聞いたこと"


@pytest.mark.parametrize("name", ["version", "person_id", "recorded_by", "id", "code", "note"])
def test_an_assessment_takes_only_what_was_heard(client: TestClient, path: str, name: str) -> None:
    assert client.post(path, json={"own_words": "海", name: "needle"}).status_code == 422
    assert len(client.get(path).json()["items"]) == 1


def test_hearings_that_are_written_at_once_are_numbered_one_after_the_other(
    own_database: str,
) -> None:
    engine = open_engine(own_database, connections=4)
    with transaction(engine) as session:
        town = seed(session)
        person = person_in(session, town)

    def write(turn: int) -> int:
        with transaction(engine) as session:
            staff = staff_of(session, town.accounts["csw"])
            said = Picture(own_words=f"{turn}回目")
            return assess(session, staff, person.id, said, at=MORNING).version

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(8))) == list(range(2, 10))
    with transaction(engine) as session:
        versions = session.exec(select(Assessment.version).order_by(col(Assessment.version))).all()
        assert list(versions) == list(range(1, 10))
    engine.dispose()
