"""Indexes under many hands: threads, evictions, empty towns and places that run out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from catalogue.repository import profiles, touch_revision
from catalogue.tables import Municipality
from service.database import open_engine, transaction
from service.suggestions.engine import Indexes
from tests.factories import MORNING, Town, activity_row, seed

TODAY = MORNING.date()
PATH = "/api/v1/suggestions"


def test_an_index_holds_what_is_open_in_the_order_of_ids(session: Session, town: Town) -> None:
    index = Indexes().on(session, town.municipality.id, TODAY).index
    expected = [profile.id for profile in profiles(session, town.municipality.id, as_of=TODAY)]
    assert [activity.id for activity in index.activities] == expected
    assert str(town.activities["closed"].id) not in expected


def test_a_town_without_a_catalogue_has_an_empty_index(session: Session) -> None:
    empty = Municipality(name="あたらしい村")
    session.add(empty)
    session.flush()
    dated = Indexes().on(session, empty.id, TODAY)
    assert (list(dated.index.activities), dated.revision) == ([], 0)


def test_a_town_that_is_not_there_offers_nothing(session: Session, town: Town) -> None:
    dated = Indexes().on(session, uuid4(), TODAY)
    assert list(dated.index.activities) == []


def test_a_change_in_one_town_leaves_the_index_of_another(
    session: Session, town: Town, elsewhere: Town
) -> None:
    indexes = Indexes()
    here = indexes.on(session, town.municipality.id, TODAY)
    touch_revision(session, elsewhere.municipality.id)
    assert indexes.on(session, town.municipality.id, TODAY) is here


@pytest.mark.parametrize("kept", [1, 2, 5])
def test_what_was_used_last_is_kept_and_no_more_than_agreed(
    session: Session, town: Town, kept: int
) -> None:
    indexes = Indexes(kept=kept)
    days = [TODAY + timedelta(days=offset) for offset in range(kept + 2)]
    made = {day: indexes.on(session, town.municipality.id, day) for day in days}
    still = [
        day for day in reversed(days) if indexes.on(session, town.municipality.id, day) is made[day]
    ]
    # Looking from the newest back: as many as are kept are found, then the rest are made anew.
    assert still == days[: -kept - 1 : -1]


def test_looking_at_an_index_keeps_it_from_being_the_oldest(session: Session, town: Town) -> None:
    indexes = Indexes(kept=2)
    first, second, third = (TODAY + timedelta(days=offset) for offset in range(3))
    kept = indexes.on(session, town.municipality.id, first)
    gone = indexes.on(session, town.municipality.id, second)
    assert indexes.on(session, town.municipality.id, first) is kept
    indexes.on(session, town.municipality.id, third)
    assert indexes.on(session, town.municipality.id, first) is kept
    assert indexes.on(session, town.municipality.id, second) is not gone


def test_a_change_that_is_rolled_back_leaves_no_index_of_itself(own_database: str) -> None:
    engine = open_engine(own_database, connections=2)
    with transaction(engine) as session:
        town = seed(session)
    indexes = Indexes()
    before = _revision(indexes, engine, town)
    leaves = town.activities["leaves"].id

    def change_mind() -> None:
        with transaction(engine) as session:
            activity = session.get(type(town.activities["leaves"]), leaves)
            assert activity is not None
            activity.open = False
            session.flush()
            touch_revision(session, town.municipality.id)
            raise LookupError

    with pytest.raises(LookupError):
        change_mind()
    assert _revision(indexes, engine, town) == before
    with transaction(engine) as session:
        index = indexes.on(session, town.municipality.id, TODAY).index
    assert str(leaves) in {activity.id for activity in index.activities}
    engine.dispose()


def _revision(indexes: Indexes, engine: Any, town: Town) -> int:
    with transaction(engine) as session:
        return indexes.on(session, town.municipality.id, TODAY).revision


def test_threads_that_ask_at_once_get_one_index_built_once(own_database: str) -> None:
    engine = open_engine(own_database, connections=6)
    with transaction(engine) as session:
        town = seed(session)
    indexes = Indexes()

    def look(_turn: int) -> int:
        with transaction(engine) as session:
            return id(indexes.on(session, town.municipality.id, TODAY).index)

    with ThreadPoolExecutor(6) as pool:
        seen = set(pool.map(look, range(12)))
    assert len(seen) == 1
    engine.dispose()


def test_without_a_place_left_it_is_not_proposed_until_there_is_one_again(
    client: TestClient, session: Session, town: Town
) -> None:
    profile = {"profile": {"own_words": "写経", "area": "east", "age": 44}}
    last = str(town.activities["last_place"].id)

    def offered() -> bool:
        answer = client.post(PATH, json=profile).json()
        return any(
            each["activity"] == last
            for tier in ("fits", "adaptable", "ask_host")
            for each in answer[tier]
        )

    assert offered()
    slot = town.slots["last_place"][0]
    client.patch(f"/api/v1/slots/{slot.id}", json={"capacity": 0})
    assert not offered()
    client.patch(f"/api/v1/slots/{slot.id}", json={"capacity": 1})
    assert offered()


def test_what_a_colleague_adds_is_proposed_with_the_very_next_question(
    client_of: Callable[[str], TestClient], town: Town
) -> None:
    reader, writer = client_of("csw"), client_of("csw_west")
    question = {"profile": {"own_words": "落ち葉", "area": "east", "age": 44}}
    first = reader.post(PATH, json=question).json()
    row = {name: value for name, value in activity_row("x").items() if name not in {"id", "host"}}
    added = writer.post(
        "/api/v1/activities", json=row | {"host_id": str(town.hosts["temple"].id)}
    ).json()
    second = reader.post(PATH, json=question).json()
    assert second["catalogue_revision"] > first["catalogue_revision"]
    ids = {each["activity"] for tier in ("fits", "ask_host") for each in second[tier]}
    assert added["id"] in ids


def test_a_host_that_rests_is_left_out_with_the_day_and_comes_back(
    client: TestClient, town: Town
) -> None:
    path = f"/api/v1/hosts/{town.hosts['temple'].id}"
    client.patch(path, json={"resting_until": "2026-12-31"})
    leaves = str(town.activities["leaves"].id)
    question: dict[str, Any] = {"profile": {"own_words": "庭", "area": "east", "age": 44}}

    def why(as_of: str) -> list[str]:
        answer = client.post(PATH, json=question | {"as_of": as_of}).json()
        reasons = {each["activity"]: each["reasons"] for each in answer["excluded"]}
        return [reason["code"] for reason in reasons.get(leaves, [])]

    assert "resting" in why("2026-12-30")
    assert why("2026-12-31") == []
