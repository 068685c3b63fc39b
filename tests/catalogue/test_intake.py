"""Taking a file in: repeatable, and never over the heads of people (both databases)."""

from pathlib import Path

import pytest
from sqlmodel import Session

from catalogue.exchange.catalogue_file import read_catalogue
from catalogue.exchange.models import CatalogueFile
from catalogue.intake import CapacityBelowTakenError, Imported, save_catalogue, save_slots
from catalogue.repository import by_ref, revision, slots_by_activity
from catalogue.tables import Activity, Host, Municipality, Slot
from catalogue.terms import ScheduleItem

SMALL = (Path(__file__).parent / "data" / "small.yaml").read_text("utf-8")
FRIDAYS = "rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR'"


@pytest.fixture
def municipality(session: Session) -> Municipality:
    row = Municipality(name="しらかば町(架空)")
    session.add(row)
    session.flush()
    return row


def small(*changes: tuple[str, str]) -> CatalogueFile:
    text = SMALL
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} must stand once in the sample"
        text = text.replace(old, new)
    file, faults = read_catalogue(text, name="small.yaml")
    assert faults == ()
    assert file is not None
    return file


def activity(session: Session, municipality: Municipality, ref: str = "flour") -> Activity:
    found = by_ref(session, Activity, municipality.id, ref)
    assert found is not None
    return found


def slots_of(session: Session, municipality: Municipality, ref: str = "flour") -> list[Slot]:
    session.flush()
    session.expire_all()
    owner = activity(session, municipality, ref)
    found = slots_by_activity(session, municipality.id, activity_id=owner.id)
    return found.get(owner.id, [])


def test_a_first_import_adds_everything(session: Session, municipality: Municipality) -> None:
    found = save_catalogue(session, municipality, small())
    # 2 areas, 2 hosts, 3 activities, 2 + 1 + 1 slots
    assert found == Imported(added=11)
    assert revision(session, municipality.id) == 1


def test_the_same_file_twice_changes_nothing(session: Session, municipality: Municipality) -> None:
    save_catalogue(session, municipality, small())
    session.flush()
    session.expire_all()
    assert save_catalogue(session, municipality, small()) == Imported(unchanged=11)
    assert revision(session, municipality.id) == 1
    assert activity(session, municipality).version == 1


def test_an_activity_without_schedule_has_one_slot_by_arrangement(
    session: Session, municipality: Municipality
) -> None:
    save_catalogue(session, municipality, small())
    (slot,) = slots_of(session, municipality, "books")
    assert (slot.recurrence, slot.capacity, slot.taken) == (None, 2, 0)


def test_a_change_moves_the_version_and_the_revision(
    session: Session, municipality: Municipality
) -> None:
    save_catalogue(session, municipality, small())
    changes = (("dose: 20袋", "dose: 10袋"), ("name: まちの本だな", "name: 町の本だな"))
    found = save_catalogue(session, municipality, small(*changes))
    assert (found.added, found.changed, found.unchanged) == (0, 2, 9)
    assert activity(session, municipality).version == 2
    assert activity(session, municipality).terms["dose"] == "10袋"
    shelf = by_ref(session, Host, municipality.id, "shelf")
    assert shelf is not None
    assert (shelf.name, shelf.version) == ("町の本だな", 2)
    assert revision(session, municipality.id) == 2


def test_taken_places_survive_another_import(session: Session, municipality: Municipality) -> None:
    save_catalogue(session, municipality, small())
    slots_of(session, municipality)[0].taken = 2
    found = save_catalogue(session, municipality, small(("capacity: 3", "capacity: 5")))
    assert found.changed == 3  # the activity's terms and its two slots
    first, second = slots_of(session, municipality)
    assert (first.taken, first.capacity) == (2, 5)
    assert (second.taken, second.capacity) == (0, 5)


def test_fewer_places_than_are_taken_are_refused(
    session: Session, municipality: Municipality
) -> None:
    save_catalogue(session, municipality, small())
    slots_of(session, municipality)[0].taken = 3
    session.flush()
    with pytest.raises(CapacityBelowTakenError, match="3 places are taken, 2 offered") as refused:
        save_catalogue(session, municipality, small(("capacity: 3", "capacity: 2")))
    assert (refused.value.activity, refused.value.taken, refused.value.capacity) == ("flour", 3, 2)


def test_a_line_that_is_gone_closes_its_slot(session: Session, municipality: Municipality) -> None:
    file = small()
    save_catalogue(session, municipality, file)
    owner = activity(session, municipality)
    kept_line = file.activities[0].schedule[0]
    found = save_slots(session, owner, schedule=[kept_line], capacity=3)
    assert found == Imported(unchanged=1, closed=1)
    assert [slot.capacity for slot in slots_of(session, municipality)] == [3, 0]
    assert revision(session, municipality.id) == 2
    again = save_slots(session, owner, schedule=[kept_line], capacity=3)
    assert again == Imported(unchanged=1)
    assert revision(session, municipality.id) == 2


def test_a_line_that_comes_back_opens_its_slot_again(
    session: Session, municipality: Municipality
) -> None:
    file = small()
    save_catalogue(session, municipality, file)
    owner = activity(session, municipality)
    before = [slot.id for slot in slots_of(session, municipality)]
    save_slots(session, owner, schedule=file.activities[0].schedule[:1], capacity=3)
    save_slots(session, owner, schedule=file.activities[0].schedule, capacity=3)
    after = slots_of(session, municipality)
    assert [slot.id for slot in after] == before
    assert [slot.capacity for slot in after] == [3, 3]


def test_a_line_that_is_gone_but_holds_somebody_is_left_alone(
    session: Session, municipality: Municipality
) -> None:
    save_catalogue(session, municipality, small())
    friday = slots_of(session, municipality)[1]
    friday.taken = 1
    changed = small((FRIDAYS, "rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH'"))
    found = save_catalogue(session, municipality, changed)
    assert (found.added, found.kept, found.closed) == (1, 1, 0)
    _, old, new = slots_of(session, municipality)
    assert (old.taken, old.capacity) == (1, 3)
    assert old.recurrence is not None
    assert old.recurrence["rrule"].endswith("BYDAY=FR")
    assert (new.position, new.taken, new.capacity) == (2, 0, 3)


def test_a_changed_line_reuses_a_slot_that_holds_nobody(
    session: Session, municipality: Municipality
) -> None:
    save_catalogue(session, municipality, small())
    before = [slot.id for slot in slots_of(session, municipality)]
    changed = small((FRIDAYS, "rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH'"))
    assert save_catalogue(session, municipality, changed) == Imported(changed=1, unchanged=10)
    assert [slot.id for slot in slots_of(session, municipality)] == before


def test_the_order_of_lines_does_not_matter(session: Session, municipality: Municipality) -> None:
    file = small()
    save_catalogue(session, municipality, file)
    owner = activity(session, municipality)
    turned = list(reversed(file.activities[0].schedule))
    assert save_slots(session, owner, schedule=turned, capacity=3) == Imported(unchanged=2)


def test_lines_that_come_to_an_activity_by_arrangement_take_its_slot(
    session: Session, municipality: Municipality
) -> None:
    save_catalogue(session, municipality, small())
    owner = activity(session, municipality, "books")
    line = ScheduleItem.model_validate({"rrule": "FREQ=DAILY", "start": "9:00", "end": "10:00"})
    assert save_slots(session, owner, schedule=[line], capacity=2) == Imported(changed=1)
    (slot,) = slots_of(session, municipality, "books")
    assert slot.recurrence == {"rrule": "FREQ=DAILY", "start": "09:00", "end": "10:00"}


def test_what_a_file_does_not_name_stays(session: Session, municipality: Municipality) -> None:
    file = small()
    save_catalogue(session, municipality, file)
    part = file.model_copy(update={"activities": file.activities[1:]})
    assert save_catalogue(session, municipality, part).unchanged == 8
    assert activity(session, municipality).open


def test_two_municipalities_may_use_the_same_names(
    session: Session, municipality: Municipality
) -> None:
    other = Municipality(name="となり町(架空)")
    session.add(other)
    session.flush()
    save_catalogue(session, municipality, small())
    assert save_catalogue(session, other, small()) == Imported(added=11)
    assert activity(session, municipality).id != activity(session, other).id
    assert revision(session, municipality.id) == 1


def test_the_shared_town_is_taken_in_twice(
    session: Session, municipality: Municipality, shared: Path
) -> None:
    text = (shared / "data" / "hinoki-catalogue.yaml").read_bytes()
    file, _ = read_catalogue(text, name="hinoki")
    assert file is not None
    first = save_catalogue(session, municipality, file)
    session.flush()
    session.expire_all()
    assert first == Imported(added=5 + 37 + 50 + 50)
    assert save_catalogue(session, municipality, file) == Imported(unchanged=5 + 37 + 50 + 50)
