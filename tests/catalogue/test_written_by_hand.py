"""Catalogues as people write them: full-width signs, other editors, half-known formats."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.exchange.catalogue_file import profiles, read_catalogue
from catalogue.exchange.document import read_document
from catalogue.exchange.faults import Fault, Path, describe, path_text
from catalogue.exchange.models import CatalogueFile
from catalogue.terms.times import read_clock, read_day
from tests.catalogue.test_exchange_robustness import SMALL, TREES, VALUES, replaced, steps

NO_HOSTS = "format: deban-catalogue/1\nmunicipality: 町\nareas: []\nhosts: []\nactivities: []\n"


def faults_of(text: str | bytes) -> tuple[Fault, ...]:
    file, faults = read_catalogue(text, name="town.yaml")
    assert (file is None) == bool(faults)
    return faults


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


def test_a_town_without_anything_yet_is_a_whole_file() -> None:
    assert faults_of(NO_HOSTS) == ()


@pytest.mark.parametrize("section", ["areas", "hosts", "activities", "municipality", "format"])
def test_a_section_that_is_left_out_is_missed_by_its_name(section: str) -> None:
    text = "".join(
        line for line in NO_HOSTS.splitlines(keepends=True) if not line.startswith(section)
    )
    (fault,) = faults_of(text)
    assert (fault.path, fault.found, fault.expected) == (
        section,
        "no such key",
        f"the key '{section}'",
    )


@pytest.mark.parametrize("section", ["areas", "hosts", "activities"])
def test_a_section_that_is_empty_paper_is_no_list(section: str) -> None:
    (fault,) = faults_of(NO_HOSTS.replace(f"{section}: []", f"{section}:"))
    assert (fault.path, fault.found, fault.expected) == (section, "nothing (null)", "a list")


@pytest.mark.parametrize(
    ("old", "new", "path", "expected"),
    [
        ("capacity: 3", "capacity: ３", "activities[0].capacity", "a whole number"),
        ("capacity: 3", "capacity: 3人", "activities[0].capacity", "a whole number"),
        ("capacity: 3", "capacity: 1,000", "activities[0].capacity", "a whole number"),
        ("start: 09:30", "start: 0９:30", "activities[0].schedule[0].start", "HH:MM"),
        ("start: 09:30", "start: 9：30", "activities[0].schedule[0].start", "HH:MM"),
        ("start: 09:30", "start: 午前9時", "activities[0].schedule[0].start", "HH:MM"),
        ("[2026-12-20]", "[２０２６-12-20]", "activities[0].next_dates[0]", "YYYY-MM-DD"),
        ("[2026-12-20]", "[令和8年12月20日]", "activities[0].next_dates[0]", "YYYY-MM-DD"),
        ("[2026-12-20]", "[2026-12-20T00:00]", "activities[0].next_dates[0]", "YYYY-MM-DD"),
        ("handrail: true", "handrail: あり", "activities[0].handrail", "true or false"),
        ("lat: 36.11", "lat: 北緯36度", "hosts[0].lat", "a number"),
        ("setting: both", "setting: ｂｏｔｈ", "activities[1].setting", "'indoor'"),
        ("id: flour", "id: '　flour'", "activities[0].id", "text of the form"),
        ("'10-01'", "'１０-01'", "activities[0].season", "two days"),
        ("heaviest_kg: 2.5", "heaviest_kg: 1e999", "activities[0].heaviest_kg", "a number"),
        ("heaviest_kg: 2.5", f"heaviest_kg: {'9' * 400}", "activities[0].heaviest_kg", "a number"),
    ],
)
def test_what_a_person_would_understand_but_the_format_does_not_say_is_told(
    old: str, new: str, path: str, expected: str
) -> None:
    text = changed(old, new)
    (fault,) = [fault for fault in faults_of(text) if fault.path == path]
    assert expected in fault.expected
    assert fault.line == text[: text.index(new)].count("\n") + 1


@pytest.mark.parametrize("said", ["０９:３０", "9：30", "09:３0", " 09:30", "09:30 ", "09:30\n"])
def test_a_time_of_day_is_written_in_plain_digits_alone(said: str) -> None:
    with pytest.raises(ValueError, match="HH:MM"):
        read_clock(said)


@pytest.mark.parametrize("said", ["２０２６-11-20", "2026-11-2０", "2026－11－20", "2026-11-20\n"])
def test_a_day_is_written_in_plain_digits_alone(said: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        read_day(said)


def test_a_merge_key_is_an_unknown_key_and_merges_nothing() -> None:
    (fault,) = faults_of(NO_HOSTS.replace("areas: []", "<<: {areas: []}\nareas: []"))
    assert fault.line == 3
    assert "unknown key" in fault.found


def test_lines_are_counted_alike_whatever_ends_them() -> None:
    text = changed("capacity: 3", "capacity: none")
    told = faults_of(text)
    assert told
    assert faults_of(text.replace("\n", "\r\n")) == told
    assert faults_of(text.replace("\n", "\r\n").encode("utf-8-sig")) == told


def test_json_and_yaml_tell_the_same_faults_at_the_same_paths() -> None:
    text = changed("capacity: 3", "capacity: none")
    values = read_document(text, name="town.yaml").values
    from_yaml = {(fault.path, fault.found, fault.expected) for fault in faults_of(text)}
    from_json = faults_of(json.dumps(values, ensure_ascii=True, indent=1))
    assert {(fault.path, fault.found, fault.expected) for fault in from_json} == from_yaml


@given(path=st.sampled_from(list(steps(VALUES))), value=TREES)
def test_no_fault_speaks_the_language_of_a_library(path: Path, value: Any) -> None:
    for fault in faults_of(json.dumps(replaced(path, value))):
        told = str(fault)
        assert "Input should" not in told
        assert "Value error" not in told
        assert told.isprintable()
        assert len(told) < 1000


@given(value=st.text(max_size=300))
def test_a_described_text_is_short_printable_and_storable(value: str) -> None:
    said = describe(value)
    assert said.isprintable()
    assert len(said) <= 43
    said.encode()


@given(value=st.text(min_size=1))
def test_words_that_may_be_somebodys_are_never_repeated(value: str) -> None:
    said = describe(value, quote=False)
    assert said == "text" or (value.isascii() and " " not in value)


def test_half_a_character_in_json_is_told_without_repeating_it() -> None:
    values = json.loads(json.dumps(VALUES))
    values["municipality"] = "\ud800町"
    (fault,) = faults_of(json.dumps(values))
    assert fault.path == "municipality"
    str(fault).encode()


def test_an_unprintable_key_is_told_as_a_question_mark() -> None:
    assert path_text(("a", "b\nc", 2)) == "a.?[2]"
    assert path_text(("x" * 90,)) == "x" * 40


def test_faults_are_told_in_the_order_of_lines_not_of_sections() -> None:
    turned = {key: VALUES[key] for key in reversed(VALUES)} | {"municipality": ""}
    turned["activities"] = [VALUES["activities"][0] | {"host": "nobody"}]
    turned["areas"] = [*VALUES["areas"], {"id": "x"}]
    faults = faults_of(json.dumps(turned, indent=1))
    assert [fault.path for fault in faults] == [
        "activities[0].host",
        "areas[2].name",
        "municipality",
    ]


def test_a_chain_of_fallen_rows_falls_to_its_end() -> None:
    text = changed("name: 西地区", "name: 7")
    file, faults = read_catalogue(text, name="town.yaml", good_rows_only=True)
    assert file is not None
    assert [row.id for row in file.hosts] == ["mill"]
    assert [row.id for row in file.activities] == ["flour"]
    assert {fault.path for fault in faults} >= {
        "areas[1].name",
        "hosts[1].area",
        "activities[1].area",
        "activities[2].area",
    }


def test_a_file_offers_each_place_once_a_line() -> None:
    file, _ = read_catalogue(SMALL, name="small.yaml")
    assert isinstance(file, CatalogueFile)
    flour, books = profiles(file, as_of=read_day("2026-11-20"))
    # Three places on each of two lines; two by arrangement.
    assert (flour.places_left, books.places_left) == (6, 2)
    assert (flour.by_arrangement, books.by_arrangement) == (False, True)
