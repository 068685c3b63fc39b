"""Catalogue files: everything right is read, everything wrong is told with its line."""

import json
from datetime import date
from pathlib import Path

import pytest

from catalogue.exchange.catalogue_file import profiles, read_catalogue, schemas
from catalogue.exchange.document import read_document
from catalogue.exchange.models import CatalogueFile
from catalogue.profiles import Hazard, OwnPace
from catalogue.terms import ActivityTerms

DATA = Path(__file__).parent / "data"
SMALL = (DATA / "small.yaml").read_text("utf-8")
FAULTY = (DATA / "faulty.yaml").read_text("utf-8")


def read_small(text: str = SMALL) -> CatalogueFile:
    file, faults = read_catalogue(text, name="small.yaml")
    assert faults == ()
    assert file is not None
    return file


def faults_of(text: str) -> list[tuple[int, str, str, str]]:
    file, faults = read_catalogue(text, name="small.yaml")
    assert file is None
    return [(fault.line, fault.path, fault.found, fault.expected) for fault in faults]


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1, f"{old!r} must stand once in the sample"
    return SMALL.replace(old, new)


def line_of(text: str) -> int:
    return SMALL[: SMALL.index(text)].count("\n") + 1


def test_the_shared_town_is_read_without_a_fault(shared: Path) -> None:
    path = shared / "data" / "hinoki-catalogue.yaml"
    file, faults = read_catalogue(path.read_bytes(), name=path.name)
    assert faults == ()
    assert file is not None
    assert (len(file.areas), len(file.hosts), len(file.activities)) == (5, 37, 50)


def test_a_whole_file_is_read() -> None:
    file = read_small()
    assert [area.id for area in file.areas] == ["east", "west"]
    assert [host.name for host in file.hosts] == ["水車の会", "まちの本だな"]
    flour, books, reading = file.activities
    assert flour.own_pace is OwnPace.YES
    assert flour.hazards == ["dust", "allergen:そば", "other:古い床"]
    assert flour.schedule[0].start.hour == 9
    assert books.hazards is None
    assert reading.open is False


def test_json_says_the_same_as_yaml() -> None:
    values = read_document(SMALL, name="small.yaml").values
    assert read_small(json.dumps(values, ensure_ascii=False, indent=2)) == read_small()


def test_the_terms_leave_out_names_and_schedule() -> None:
    flour = read_small().activities[0]
    terms = flour.terms()
    assert type(terms) is ActivityTerms
    assert terms.dose == "20袋"
    stored = terms.model_dump(mode="json", exclude_defaults=True)
    assert not {"id", "host", "area", "title", "open", "schedule"} & set(stored)
    assert ActivityTerms.model_validate(stored) == terms


def test_a_file_goes_out_as_it_came_in() -> None:
    file = read_small()
    text = json.dumps(file.model_dump(mode="json"), ensure_ascii=False)
    assert read_small(text) == file


def test_all_faults_are_told_in_one_pass_by_line() -> None:
    file, faults = read_catalogue(FAULTY, name="faulty.yaml")
    assert file is None
    assert [(fault.line, fault.path) for fault in faults] == [
        (6, "areas[1].id"),
        (9, "hosts[1].area"),
        (15, "activities[0].minutes"),
        (17, "activities[0].schedule[0].rrule"),
        (22, "activities[0].schedule[1].end"),
        (23, "activities[0].capacity"),
        (24, "activities[0].group_size"),
        (25, "activities[0].load.physical"),
        (25, "activities[0].load.social"),
        (26, "activities[0].setting"),
        (27, "activities[0].hazards[1]"),
        (28, "activities[0].own_pace"),
        (29, "activities[0].just_being_ok"),
        (30, "activities[0].age"),
        (31, "activities[0].wory"),
        (33, "activities[1].capacity"),
        (34, "activities[1].host"),
        (36, "activities[1].area"),
    ]
    assert {fault.file for fault in faults} == {"faulty.yaml"}


def test_good_rows_alone_are_taken_only_when_asked_for() -> None:
    file, faults = read_catalogue(FAULTY, name="faulty.yaml", good_rows_only=True)
    assert file is not None
    assert [row.name for row in file.areas] == ["東地区"]
    assert [row.id for row in file.hosts] == ["mill"]
    assert [row.id for row in file.activities] == ["sweeping"]
    assert len(faults) == 18


def test_a_row_that_leans_on_a_fallen_row_falls_too() -> None:
    text = changed("type: npo", "type: 5")
    file, faults = read_catalogue(text, name="small.yaml", good_rows_only=True)
    assert file is not None
    assert [row.id for row in file.activities] == ["flour"]
    assert [fault.path for fault in faults] == [
        "hosts[1].type",
        "activities[1].host",
        "activities[2].host",
    ]


def test_a_broken_head_gives_nothing_even_when_good_rows_are_asked_for() -> None:
    text = changed("format: deban-catalogue/1", "format: deban-catalogue/2")
    file, faults = read_catalogue(text, name="small.yaml", good_rows_only=True)
    assert file is None
    assert [(fault.line, fault.path) for fault in faults] == [(2, "format")]
    assert "deban-catalogue/1" in faults[0].expected


def test_a_broken_form_gives_one_fault() -> None:
    file, faults = read_catalogue("areas: [", name="small.yaml", good_rows_only=True)
    assert file is None
    assert len(faults) == 1


@pytest.mark.parametrize("text", ["", "[]", "12", "words"])
def test_a_file_that_is_no_mapping_says_so(text: str) -> None:
    assert [fault[3] for fault in faults_of(text)] == ["a mapping of keys and values"]


@pytest.mark.parametrize(
    ("old", "new", "path", "found", "expected"),
    [
        ("capacity: 3", "capacity: '3'", "activities[0].capacity", "'3'", "a whole number"),
        ("capacity: 3", "capacity: 3.5", "activities[0].capacity", "3.5", "a whole number"),
        ("capacity: 3", "capacity: -1", "activities[0].capacity", "-1", "0 or more"),
        ("capacity: 3", "capacity: true", "activities[0].capacity", "true", "a whole number"),
        ("title: 粉の袋づめ", "title: 7", "activities[0].title", "7", "text"),
        ("title: 粉の袋づめ", "title: ''", "activities[0].title", "empty text", "at least 1"),
        ("own_pace: yes", "own_pace: maybe", "activities[0].own_pace", "'maybe'", "'partly'"),
        ("tags: [handwork]", "tags: handwork", "activities[0].tags", "'handwork'", "a list"),
        ("tags: [handwork]", "tags: [1]", "activities[0].tags[0]", "1", "text"),
        ("company: [peers]", "company: [elves]", "activities[0].company[0]", "'elves'", "'peers'"),
        ("reward: in_kind", "reward: gold", "activities[0].reward", "'gold'", "'in_kind'"),
        ("group_size: [2, 5]", "group_size: [2]", "activities[0].group_size", "a list of 1", "2"),
        ("age: [16, 120]", "age: [16, 400]", "activities[0].age[1]", "400", "150 or less"),
        ("regulars_share: 0.5", "regulars_share: 5", "activities[0].regulars_share", "5", "1 or"),
        ("median: 3", "median: 9", "activities[0].usual_attendance", "a mapping", "median"),
        ("handrail: true", "handrail: 'no'", "activities[0].handrail", "'no'", "true or false"),
        ("dust, ", "'allergen:', ", "activities[0].hazards[0]", "'allergen:'", "allergen:<name>"),
        ("[2026-12-20]", "[2026-02-30]", "activities[0].next_dates[0]", "'2026-02-30'", "YYYY"),
        ("[2026-12-20]", "[12]", "activities[0].next_dates[0]", "12", "YYYY-MM-DD"),
        ("['10-01', '03-31']", "['10-01', x]", "activities[0].season", "a list of 2", "two days"),
        ("start: 09:30", "start: 25:00", "activities[0].schedule[0].start", "'25:00'", "HH:MM"),
        ("start: 09:30", "start: 930", "activities[0].schedule[0].start", "930", "HH:MM"),
        ("[2026-12-04]", "[2026-12-09]", "activities[0].schedule[1].also", "a list of 1", "both"),
        ("holidays: closed", "holidays: shut", "activities[0].schedule[0].holidays", "", "'open'"),
        ("BYDAY=1TU,3TU", "BYDAY=1TU,6TU", "activities[0].schedule[0].rrule", "FREQ", "1 to 5"),
        ("dtstart: 2026-11-06", "dtstart: x", "activities[0].schedule[1].dtstart", "'x'", "YYYY"),
        ("also: [2027-02-11], ", "", "activities[2].schedule[0]", "a mapping", "rrule, or days"),
        ("timezone: Asia/Tokyo", "timezone: Asia/Seoul", "timezone", "'Asia/Seoul'", "Asia/Tokyo"),
        ("lat: 36.11", "lat: 361", "hosts[0].lat", "361", "90 or less"),
        ("lat: 36.11", "lat: .nan", "hosts[0].lat", "'.nan'", "a number"),
        ("  host: mill", "  host: mil", "activities[0].host", "'mil'", "a sound host"),
        ("id: shelf, ", "id: mill, ", "hosts[1].id", "'mill' again", "only once"),
        ("dose: 20袋", "doze: 20袋", "activities[0].doze", "unknown key", "'dose'"),
        ("steps: 1", "stairs: 1", "activities[0].access.stairs", "unknown key", "known key"),
        ("capacity: 3\n", "\n", "activities[0].capacity", "no such key", "the key 'capacity'"),
        ("minutes: null", "minutes: 5", "activities[1].minutes", "5", "a mapping"),
        ("dose: 20袋", "dose: 1\n  dose: 2", "activities[0].dose", "the key again", "once"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_line_path_found_and_expected(
    *, old: str, new: str, path: str, found: str, expected: str
) -> None:
    told = [fault for fault in faults_of(changed(old, new)) if fault[1] == path]
    assert told, "the path must be among the faults"
    line, _, found_there, expected_there = told[-1]
    assert found in found_there
    assert expected in expected_there
    is_gone = expected_there.startswith("the key")
    assert is_gone or line in {line_of(old), line_of(old) + new.count("\n")}


def test_every_hazard_of_the_format_is_accepted() -> None:
    words = ", ".join(Hazard)
    file = read_small(changed("[dust, 'allergen:そば', 'other:古い床']", f"[{words}]"))
    assert file.activities[0].hazards == list(Hazard)


def test_a_dangling_reference_in_a_row_with_other_faults_is_told_too() -> None:
    text = changed("  host: mill", "  host: mil").replace("capacity: 3", "capacity: x")
    assert [fault[1] for fault in faults_of(text)] == [
        "activities[0].host",
        "activities[0].capacity",
    ]


def test_the_schema_is_strict_and_names_what_is_required() -> None:
    (schema,) = schemas().values()
    activity = schema["$defs"]["ActivityRow"]
    assert activity["additionalProperties"] is False
    assert {"id", "host", "title", "area", "schedule", "hazards"} <= set(activity["required"])
    assert "except" in schema["$defs"]["ScheduleItem"]["properties"]
    assert set(schemas()) == {"deban-catalogue/1"}


def test_profiles_show_open_activities_with_the_hosts_place_where_they_say_none() -> None:
    file = read_small()
    flour, books = profiles(file, as_of=date(2026, 11, 20))
    assert (flour.id, flour.lat, flour.lon) == ("flour", 36.11, 138.11)
    assert (books.id, books.lat, books.lon) == ("books", 36.2, 138.2)
    assert (flour.places_left, books.places_left) == (6, 2)
    assert (flour.by_arrangement, books.by_arrangement) == (False, True)
