"""People files: every limit kind with its own type of value, and faults that keep secrets."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from catalogue.profiles import LimitKind, SharedWith, Stage, WindowStrength
from service.persons.exchange import PeopleFile, person_profiles, read_people, schemas
from service.persons.picture import LIMIT_VALUES, ConsentGiven, LimitGiven, Picture

SMALL = (Path(__file__).parent / "small-people.yaml").read_text("utf-8")

GOOD: dict[LimitKind, Any] = {
    LimitKind.GROUP_AT_MOST: 4,
    LimitKind.MINUTES_AT_MOST: 60,
    LimitKind.PER_MONTH_AT_MOST: 2,
    LimitKind.NOT_BEFORE: "10:30",
    LimitKind.NOT_AFTER: "17:00",
    LimitKind.NO_HAZARD: ["bees", "allergen:そば"],
    LimitKind.NO_COMPANY: ["children"],
    LimitKind.NO_ROLE: ["leader"],
    LimitKind.NO_LABEL: ["welfare"],
    LimitKind.LIFT_AT_MOST_KG: 5,
    LimitKind.STEPS_AT_MOST: 0,
    LimitKind.WALK_AT_MOST_MINUTES: 10,
    LimitKind.BRINGS: ["child"],
    LimitKind.AGE: 17,
}
BAD: dict[LimitKind, Any] = {
    LimitKind.GROUP_AT_MOST: "4",
    LimitKind.MINUTES_AT_MOST: -1,
    LimitKind.PER_MONTH_AT_MOST: 2.5,
    LimitKind.NOT_BEFORE: "朝",
    LimitKind.NOT_AFTER: 1700,
    LimitKind.NO_HAZARD: ["wolves"],
    LimitKind.NO_COMPANY: ["elves"],
    LimitKind.NO_ROLE: "leader",
    LimitKind.NO_LABEL: [],
    LimitKind.LIFT_AT_MOST_KG: True,
    LimitKind.STEPS_AT_MOST: None,
    LimitKind.WALK_AT_MOST_MINUTES: [10],
    LimitKind.BRINGS: ["piano"],
    LimitKind.AGE: 200,
}


def faults_of(text: str) -> list[tuple[str, str, str]]:
    file, faults = read_people(text, name="people.yaml")
    assert file is None
    return [(fault.path, fault.found, fault.expected) for fault in faults]


def read_small() -> PeopleFile:
    file, faults = read_people(SMALL, name="people.yaml")
    assert faults == ()
    assert file is not None
    return file


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1, f"{old!r} must stand once in the sample"
    return SMALL.replace(old, new)


def test_the_shared_people_are_read_without_a_fault(shared: Path) -> None:
    path = shared / "data" / "hinoki-people.yaml"
    file, faults = read_people(path.read_bytes(), name=path.name)
    assert faults == ()
    assert file is not None
    assert len(file.people) == 15
    assert file.as_of == date(2026, 11, 20)


def test_a_whole_file_is_read() -> None:
    first, second = read_small().people
    assert first.stage is Stage.SHORT_ROLE
    assert first.consent == ConsentGiven(
        shared_with=SharedWith.TEAM, scope="社協", given_on=date(2026, 8, 20), how="口頭"
    )
    assert first.windows[1].strength is WindowStrength.RATHER_NOT
    assert second.proposals_paused == "安全が先"
    assert second.consent.shared_with is SharedWith.NONE


def test_the_picture_leaves_out_who_it_is_of() -> None:
    row = read_small().people[0]
    picture = row.picture()
    assert type(picture) is Picture
    stored = picture.model_dump(mode="json", exclude_defaults=True)
    assert not {"id", "code", "area", "stage", "contact", "consent", "note"} & set(stored)
    assert stored["windows"][0] == {"days": ["MO", "TH"], "from": "13:00", "to": "16:00"}
    assert Picture.model_validate(stored) == picture


def test_everybody_is_portrayed_on_the_day_of_the_file() -> None:
    first, second = person_profiles(read_small())
    assert (first.id, first.ages, first.shared_with) == ("q1", (44, 44), SharedWith.TEAM)
    assert (second.stage, second.proposals_paused) == (Stage.NOT_MET, "安全が先")


EMPTY = """
format: deban-people/1
as_of: '2026-11-20'
people:
- id: p1
  code: x-1
  area: east
  stage: at_home
  consent: {shared_with: none}
  own_words: ''
  limits: []
  load_ceiling: {}
  windows: []
  travel: {}
"""


@pytest.mark.parametrize(
    ("old", "new", "assessed"),
    [
        ("own_words: ''", "own_words: ''", False),
        ("own_words: ''", "own_words: 花がすき", True),
        ("load_ceiling: {}", "load_ceiling: {social: 0}", True),
        ("travel: {}", "travel: {modes: [walk]}", True),
    ],
)
def test_a_row_that_tells_nothing_of_somebody_is_no_assessment(
    old: str, new: str, assessed: bool
) -> None:
    file, faults = read_people(EMPTY.replace(old, new), name="empty.yaml")
    assert file, faults
    assert person_profiles(file)[0].assessed is assessed


def test_every_limit_kind_says_what_its_value_has_to_be() -> None:
    assert set(LIMIT_VALUES) == set(LimitKind)


@pytest.mark.parametrize("kind", GOOD)
def test_a_limit_takes_the_value_of_its_kind(kind: LimitKind) -> None:
    assert LimitGiven(kind=kind, value=GOOD[kind]).value == GOOD[kind]


@pytest.mark.parametrize("kind", BAD)
def test_a_limit_refuses_any_other_value(kind: LimitKind) -> None:
    with pytest.raises(ValidationError, match="expected"):
        LimitGiven(kind=kind, value=BAD[kind])


@pytest.mark.parametrize("kind", sorted(set(LimitKind) - set(GOOD)))
def test_a_limit_without_a_value_stays_without(kind: LimitKind) -> None:
    assert LimitGiven(kind=kind, text="だから").value is None
    with pytest.raises(ValidationError, match="expected no value"):
        LimitGiven(kind=kind, value=3, text="だから")


@pytest.mark.parametrize("kind", GOOD)
def test_a_limit_that_needs_a_value_is_refused_without(kind: LimitKind) -> None:
    with pytest.raises(ValidationError, match="expected"):
        LimitGiven(kind=kind)


def test_another_limit_has_to_be_said_in_words() -> None:
    with pytest.raises(ValidationError, match="expected text"):
        LimitGiven(kind=LimitKind.OTHER, text=" ")


@pytest.mark.parametrize(
    ("old", "new", "path", "expected"),
    [
        ("value: 4}", "value: four}", "people[0].limits[2].value", "a whole number"),
        ("kind: group_at_most, value: 4", "kind: crowds", "people[0].limits[2].kind", "'age'"),
        ("value: [dust,", "value: [fog,", "people[0].limits[0].value", "one of bees"),
        ("days: [MO, TH]", "days: []", "people[0].windows[0].days", "at least 1"),
        ("days: [MO, TH]", "days: [Monday]", "people[0].windows[0].days[0]", "'MO'"),
        ("to: '16:00'", "to: '12:00'", "people[0].windows[0]", "'to' later than 'from'"),
        ("modes: [walk, bus]", "modes: [kite]", "people[0].travel.modes[0]", "'walk'"),
        ("stage: short_role", "stage: busy", "people[0].stage", "'short_role'"),
        ("shared_with: team", "shared_with: all", "people[0].consent.shared_with", "'team'"),
        ("physical: 2", "physical: 9", "people[0].load_ceiling.physical", "4 or less"),
        ("hard: [social]", "hard: [money]", "people[0].load_ceiling.hard[0]", "'social'"),
        ("reading: large", "reading: huge", "people[0].reading", "'large'"),
        ("  money_max_yen", "  money_min_yen", "people[0].money_min_yen", "'money_max_yen'"),
        ("id: q2", "id: q1", "people[1].id", "only once"),
        ("code: つゆ-02", "code: つゆ-01", "people[1].code", "only once"),
        ("as_of: '2026-11-20'", "as_of: today", "as_of", "YYYY-MM-DD"),
        ("  stage: not_met\n", "", "people[1].stage", "the key 'stage'"),
        ("code: つゆ-02", "code: つゆ-02\n  name: 山田", "people[1].name", "known key"),
    ],
)
def test_a_fault_is_told_with_its_path(old: str, new: str, path: str, expected: str) -> None:
    told = [fault for fault in faults_of(changed(old, new)) if fault[0] == path]
    assert told, "the path must be among the faults"
    assert expected in told[0][2]


def test_a_fault_never_repeats_what_somebody_said() -> None:
    text = changed("strengths: [裁縫]", "strengths: 母のことは言わないで")
    told = faults_of(text)
    assert told == [("people[0].strengths", "text", "a list")]


def test_good_rows_alone_are_taken_only_when_asked_for() -> None:
    text = changed("stage: short_role", "stage: busy")
    assert read_people(text, name="p")[0] is None
    file, faults = read_people(text, name="p", good_rows_only=True)
    assert file is not None
    assert [row.id for row in file.people] == ["q2"]
    assert len(faults) == 1


@pytest.mark.parametrize("text", ["", "people: [", "- 1", "format: deban-people/1"])
def test_a_file_without_its_head_gives_nothing(text: str) -> None:
    file, faults = read_people(text, name="p", good_rows_only=True)
    assert file is None
    assert faults


def test_the_schema_is_strict() -> None:
    person = schemas()["deban-people/1"]["$defs"]["PersonRow"]
    assert person["additionalProperties"] is False
    assert {"id", "code", "area", "stage", "consent", "limits"} <= set(person["required"])
