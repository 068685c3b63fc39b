"""Catalogue queries: page by page, municipality by municipality (both databases)."""

from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from catalogue import repository
from catalogue.exchange.catalogue_file import profiles, read_catalogue
from catalogue.exchange.models import CatalogueFile
from catalogue.intake import save_catalogue
from catalogue.profiles import ActivityProfile
from catalogue.tables import Activity, Area, Host, Municipality, Slot

TODAY = date(2026, 11, 20)
SMALL = (Path(__file__).parent / "data" / "small.yaml").read_text("utf-8")


def small() -> CatalogueFile:
    file, _ = read_catalogue(SMALL, name="small.yaml")
    assert file is not None
    return file


@pytest.fixture
def here(session: Session) -> UUID:
    return stored(session, "しらかば町(架空)")


@pytest.fixture
def elsewhere(session: Session) -> UUID:
    return stored(session, "となり町(架空)")


def stored(session: Session, name: str) -> UUID:
    row = Municipality(name=name)
    session.add(row)
    session.flush()
    save_catalogue(session, row, small())
    session.flush()
    return row.id


def named(session: Session, here: UUID, ref: str) -> Activity:
    found = repository.by_ref(session, Activity, here, ref)
    assert found is not None
    return found


def test_a_municipality_is_found_by_its_name(session: Session, here: UUID) -> None:
    found = repository.municipality_named(session, "しらかば町(架空)")
    assert found is not None
    assert found.id == here
    assert repository.municipality_named(session, "しらかば") is None


def test_a_touch_moves_one_revision(session: Session, here: UUID, elsewhere: UUID) -> None:
    before = repository.revision(session, here)
    assert before is not None
    repository.touch_revision(session, here)
    assert repository.revision(session, here) == before + 1
    assert repository.revision(session, elsewhere) == before
    assert repository.revision(session, uuid4()) is None


def test_pages_follow_the_order_of_ids_without_gap_or_repeat(
    session: Session, here: UUID, elsewhere: UUID
) -> None:
    seen: list[UUID] = []
    while page := repository.activities(session, here, after=seen[-1] if seen else None, limit=2):
        assert len(page) <= 2
        seen += [row.id for row in page]
    assert seen == sorted(seen)
    assert {row.ref for row in repository.activities(session, here)} == {
        "flour",
        "books",
        "reading",
    }
    assert len(seen) == 3


@pytest.mark.parametrize("kind", ["areas", "hosts", "activities", "slots"])
def test_every_list_is_of_one_municipality_and_has_a_cursor(
    session: Session, here: UUID, elsewhere: UUID, kind: str
) -> None:
    read = getattr(repository, kind)
    own = read(session, here)
    assert own
    assert {row.municipality_id for row in own} == {here}
    assert read(session, here, after=own[0].id, limit=1) == own[1:2]
    assert read(session, here, after=own[-1].id) == []
    assert read(session, uuid4()) == []


@pytest.mark.parametrize("kind", [Area, Host, Activity, Slot])
def test_a_row_of_another_municipality_does_not_exist(
    session: Session, here: UUID, elsewhere: UUID, kind: type[Area | Host | Activity | Slot]
) -> None:
    lists = {
        Area: repository.areas,
        Host: repository.hosts,
        Activity: repository.activities,
        Slot: repository.slots,
    }
    (row, *_) = lists[kind](session, here)
    assert repository.get(session, kind, here, row.id) == row
    assert repository.get(session, kind, elsewhere, row.id) is None
    assert repository.get(session, kind, here, uuid4()) is None


def test_lists_are_narrowed_by_what_they_belong_to(session: Session, here: UUID) -> None:
    flour = named(session, here, "flour")
    shelf = repository.by_ref(session, Host, here, "shelf")
    assert shelf is not None
    assert repository.activities(session, here, host_id=flour.host_id) == [flour]
    assert repository.activities(session, here, area_id=flour.area_id) == [flour]
    assert repository.hosts(session, here, area_id=shelf.area_id) == [shelf]
    found = repository.slots(session, here, activity_id=flour.id)
    assert {slot.activity_id for slot in found} == {flour.id}
    assert len(found) == 2


def test_stored_activities_are_portrayed_as_their_file_is(session: Session, here: UUID) -> None:
    hosts = {str(host.id): host.ref for host in repository.hosts(session, here)}
    stored_ones = repository.profiles(session, here, as_of=TODAY)
    by_title = {profile.title: profile for profile in stored_ones}
    from_file = profiles(small(), as_of=TODAY)
    assert set(by_title) == {profile.title for profile in from_file}
    for profile in from_file:
        found = by_title[profile.title]
        assert hosts[found.host] == profile.host
        assert found.openings == profile.openings
        assert (found.area, found.lat, found.lon) == (profile.area, profile.lat, profile.lon)
        assert (found.meaning, found.needs) == (profile.meaning, profile.needs)
        assert (found.places_left, found.per_month) == (profile.places_left, profile.per_month)
        assert (found.hazards, found.load) == (profile.hazards, profile.load)


def test_a_full_slot_offers_no_openings_while_another_has_places(
    session: Session, here: UUID
) -> None:
    flour = named(session, here, "flour")
    first, second = repository.slots_by_activity(session, here, activity_id=flour.id)[flour.id]
    first.taken = first.capacity
    session.flush()
    found = portrayed(session, here, flour)
    assert {opening.slot for opening in found.openings} == {str(second.position)}
    assert found.places_left == second.capacity


def test_an_activity_that_is_full_still_tells_when_it_is_open(session: Session, here: UUID) -> None:
    flour = named(session, here, "flour")
    for slot in repository.slots_by_activity(session, here)[flour.id]:
        slot.taken = slot.capacity
    session.flush()
    found = portrayed(session, here, flour)
    assert found.places_left == 0
    assert found.openings


def test_a_resting_host_says_until_when(session: Session, here: UUID) -> None:
    flour = named(session, here, "flour")
    host = repository.get(session, Host, here, flour.host_id)
    assert host is not None
    host.resting_until = date(2027, 1, 31)
    host.last_asked_on = date(2026, 11, 1)
    session.flush()
    found = portrayed(session, here, flour)
    assert found.resting_until == date(2027, 1, 31)
    assert found.last_asked_on == date(2026, 11, 1)


def portrayed(session: Session, here: UUID, activity: Activity) -> ActivityProfile:
    found = repository.profiles(session, here, as_of=TODAY)
    return next(profile for profile in found if profile.id == str(activity.id))
