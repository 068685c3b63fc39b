"""An index is kept while it is true: two workers on one database, and one after the other."""

from datetime import date, timedelta

from fastapi.testclient import TestClient
from sqlmodel import Session

from catalogue.repository import touch_revision
from service.app import create_app
from service.database import open_engine, transaction
from service.settings import Settings
from service.suggestions.engine import Indexes
from tests.factories import MORNING, PASSWORD, Town, TurnableClock, seed

TODAY = MORNING.date()


def test_the_same_index_is_used_until_the_catalogue_changes(session: Session, town: Town) -> None:
    indexes = Indexes()
    first = indexes.on(session, town.municipality.id, TODAY)
    assert indexes.on(session, town.municipality.id, TODAY) is first
    touch_revision(session, town.municipality.id)
    second = indexes.on(session, town.municipality.id, TODAY)
    assert second.revision == first.revision + 1
    assert second is not first


def test_each_day_and_each_town_has_its_own_index(
    session: Session, town: Town, elsewhere: Town
) -> None:
    indexes = Indexes()
    here = indexes.on(session, town.municipality.id, TODAY)
    tomorrow = indexes.on(session, town.municipality.id, TODAY + timedelta(days=1))
    there = indexes.on(session, elsewhere.municipality.id, TODAY)
    assert tomorrow.index.as_of == date(2026, 11, 21)
    ours = {activity.id for activity in here.index.activities}
    theirs = {activity.id for activity in there.index.activities}
    assert ours
    assert ours.isdisjoint(theirs)


def test_only_so_many_indexes_are_kept_and_the_oldest_goes_first(
    session: Session, town: Town
) -> None:
    indexes = Indexes(kept=2)
    days = [TODAY + timedelta(days=offset) for offset in range(3)]
    first, second, _ = (indexes.on(session, town.municipality.id, day) for day in days)
    assert indexes.on(session, town.municipality.id, days[1]) is second
    assert indexes.on(session, town.municipality.id, days[0]) is not first


def _worker(url: str) -> TestClient:
    """A process of its own would hold its own app, engine and indexes, as this does."""
    settings = Settings(database_url=url, secure_cookies=False, thread_pool=4)
    app = create_app(settings, now=TurnableClock())
    credentials = {"username": "csw", "password": PASSWORD}
    client = TestClient(app)
    token = client.post("/api/v1/sessions", json=credentials).json()["token"]
    return TestClient(app, headers={"authorization": f"Bearer {token}", "if-match": "*"})


def test_no_worker_answers_from_an_index_that_another_made_old(own_database: str) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        town = seed(session)
    engine.dispose()
    workers = [_worker(own_database), _worker(own_database)]
    leaves = str(town.activities["leaves"].id)
    question = {"profile": {"own_words": "庭", "area": "east", "age": 44}}

    def offered(worker: TestClient) -> bool:
        answer = worker.post("/api/v1/suggestions", json=question).json()
        return any(leaves == each["activity"] for each in answer["fits"] + answer["ask_host"])

    assert all(offered(worker) for worker in workers)
    for turn in range(6):
        writer, reader = workers[turn % 2], workers[(turn + 1) % 2]
        is_open = turn % 2 == 1
        changed = writer.patch(f"/api/v1/activities/{leaves}", json={"open": is_open})
        assert changed.status_code == 200
        assert offered(reader) is is_open
        assert offered(writer) is is_open
    for worker in workers:
        worker.app.state.engine.dispose()  # type: ignore[attr-defined] - our own app
