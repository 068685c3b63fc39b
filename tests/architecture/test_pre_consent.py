"""D5 has its own tables, key and query path: nothing else in the house reaches into it."""

from pathlib import Path

from sqlmodel import SQLModel

from service.conferences.tables import Conference, ConferenceEntry, ConferenceRecord
from service.encryption.rules import Ring
from tests.architecture.conftest import Plant
from tests.architecture.source import ROOT, imports, modules

CHAPTER = "service.conferences"
# Joining the routers to the service, and the one figure of the office.
OPEN = {"service/sides.py": ".router", "": f"{CHAPTER}.actions.open_records_count"}
# Retention ends records by their ids and days; it never opens one.
ENDING = {f"{CHAPTER}.actions.closed_records", f"{CHAPTER}.actions.RECORD"}
# What the chapter itself may take from people: registering somebody, and the forms for it.
TAKEN = {
    f"service.persons.{name}"
    for name in (
        "actions.register", "name.Name", "names.actions.keep_name", "picture.Picture",
        "tables.Person",
        "schemas.AgeBand", "schemas.ConsentIn", "words",
    )
}  # fmt: skip
OWN = {"conference", "conference_membership", "conference_record", "conference_entry"}


def reaching_in(root: Path) -> list[str]:
    """Name whatever imports from the chapter, or speaks of its tables, without standing in it."""
    found = []
    for path in modules(root):
        where = path.relative_to(root).as_posix()
        if where.startswith("service/conferences/"):
            continue
        taken = {name for name in imports(path) if name.startswith(CHAPTER)} - {OPEN[""]}
        if where.startswith("service/retention/"):
            taken -= ENDING
        ending = OPEN.get(where)
        found += [f"{where} {name}" for name in taken if not ending or not name.endswith(ending)]
        text = path.read_text(encoding="utf-8")
        found += [f"{where} {name}" for name in sorted(OWN) if f'"{name}"' in text and "_" in name]
    return sorted(found)


def reaching_out(root: Path) -> list[str]:
    """Name what the chapter takes from people beyond registering them."""
    return sorted(
        f"{path.relative_to(root)} {name}"
        for path in modules(root)
        if path.parent.name == "conferences"
        for name in imports(path)
        if name.startswith("service.persons") and name not in TAKEN
    )


def test_nothing_outside_imports_the_tables_or_queries_of_conferences() -> None:
    # The audit has words for what was looked at, and the classes of data name every table.
    naming = ("audit/rules", "audit/words", "encryption/classes")
    words = {f"service/{module}.py {name}" for module in naming for name in OWN}
    assert set(reaching_in(ROOT)) <= words


def test_a_planted_reader_from_outside_is_found(plant: Plant) -> None:
    plant("service/sides.py", "from service.conferences.pages import router\n")
    plant("service/reports/a.py", "from service.conferences.actions import open_records_count\n")
    root = plant("service/followup/repository.py", "from service.conferences.tables import X\n")
    plant("matching/a.py", 'SQL = "conference_record"\n')
    assert reaching_in(root) == [
        "matching/a.py conference_record",
        "service/followup/repository.py service.conferences.tables.X",
    ]


def test_the_chapter_registers_people_and_reads_none() -> None:
    assert reaching_out(ROOT) == []


def test_a_planted_look_at_people_is_found(plant: Plant) -> None:
    root = plant("service/conferences/a.py", "from service.persons.repository import people\n")
    assert reaching_out(root) == ["service/conferences/a.py service.persons.repository.people"]


def test_no_foreign_key_joins_a_record_with_a_person() -> None:
    pointing = {
        (table.name, key.column.table.name)
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_keys
    }
    from_outside = {name for name, to in pointing if to in OWN and name not in OWN}
    assert from_outside == set()
    to_outside = {to for name, to in pointing if name in OWN and to not in OWN}
    assert to_outside == {"municipality", "account", "area"}


def test_a_conference_and_each_of_its_records_have_keys_of_their_own() -> None:
    assert {kind.ring for kind in (Conference, ConferenceRecord, ConferenceEntry)} == {
        Ring.CONFERENCE
    }
    assert Conference.key_owner == ("id",)
    assert (ConferenceRecord.key_owner, ConferenceEntry.key_owner) == (("id",), ("record_id",))
