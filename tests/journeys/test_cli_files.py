"""``deban match`` on files that somebody else wrote: bent, empty, faulty, from any day."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.demo.files import PEOPLE, TOWN
from tests.factories import activity_row
from tests.journeys.files import Document, people_file, person_row, run, town_file, written

SECRET = "玄関の鍵は植木鉢の下"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return written(tmp_path / "town.json", town_file())


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return written(tmp_path / "people.json", people_file(person_row("p1"), person_row("p2")))


def matched(*words: str | Path) -> dict[str, Any]:
    result = run("match", *words, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def proposed(result: dict[str, Any]) -> set[str]:
    return {each["activity"] for tier in ("fits", "adaptable", "ask_host") for each in result[tier]}


def faults(path: Path, stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if line.startswith(f"{path}:")]


def test_json_is_read_as_yaml_is(town: Path, people: Path) -> None:
    first, second = matched(town, people)["results"]
    assert proposed(first) == proposed(second) == {"leaves", "sutras"}


def test_people_who_are_alike_get_the_same_answer(town: Path, people: Path) -> None:
    first, second = matched(town, people)["results"]
    assert first.pop("person") == "p1"
    assert second.pop("person") == "p2"
    assert first == second


@pytest.mark.parametrize("words", [(), ("--limit", "1"), ("--as-of", "2027-12-31")])
def test_the_same_question_gives_the_same_bytes(
    town: Path, people: Path, words: tuple[str, ...]
) -> None:
    answers = {run("match", town, people, "--json", *words).stdout_bytes for _ in range(3)}
    assert len(answers) == 1


def test_asking_for_one_person_cuts_their_answer_out_of_everybodys() -> None:
    everybody = {result["person"]: result for result in matched(TOWN, PEOPLE)["results"]}
    (alone,) = matched(TOWN, PEOPLE, "--person", "d05")["results"]
    assert alone == everybody["d05"]


def test_a_person_who_is_asked_for_twice_is_answered_once(town: Path, people: Path) -> None:
    results = matched(town, people, "--person", "p2", "--person", "p2")["results"]
    assert [result["person"] for result in results] == ["p2"]


def test_where_nobody_is_there_is_an_empty_answer(town: Path, tmp_path: Path) -> None:
    nobody = written(tmp_path / "nobody.json", people_file())
    assert matched(town, nobody) == {"as_of": "2026-11-20", "results": []}


@pytest.mark.parametrize("section", ["activities", "hosts"])
def test_a_town_without_any_offer_finds_nothing_and_does_not_fail(
    people: Path, tmp_path: Path, section: str
) -> None:
    empty = {"activities": []} if section == "activities" else {"hosts": [], "activities": []}
    town = written(tmp_path / "empty.json", town_file(**empty))
    for result in matched(town, people)["results"]:
        assert proposed(result) == set()
        assert result["excluded"] == []
    table = run("match", town, people)
    assert table.exit_code == 0
    assert "合う場がない" in table.stdout


def test_an_activity_that_is_not_open_is_proposed_to_nobody(people: Path, tmp_path: Path) -> None:
    rows = [activity_row("leaves", open=False), activity_row("sutras")]
    town = written(tmp_path / "town.json", town_file(activities=rows))
    assert all(proposed(result) == {"sutras"} for result in matched(town, people)["results"])


def test_somebody_without_a_known_place_is_answered_too(town: Path, tmp_path: Path) -> None:
    row = person_row("p1", lat=None, lon=None, own_words="")
    (result,) = matched(town, written(tmp_path / "p.json", people_file(row)))["results"]
    assert result["person"] == "p1"
    assert isinstance(result["held"], dict) or proposed(result)


def test_a_pause_holds_whatever_would_fit(town: Path, tmp_path: Path) -> None:
    rows = (person_row("p1", proposals_paused="春まで休む"), person_row("p2"))
    path = written(tmp_path / "p.json", people_file(*rows))
    held, free = matched(town, path)["results"]
    assert held["held"]
    assert proposed(held) == set()
    assert free["held"] is None


@pytest.mark.parametrize("day", ["1900-02-28", "2028-02-29", "2099-12-31", "9990-12-31"])
def test_any_day_of_the_calendar_can_be_asked_for(town: Path, people: Path, day: str) -> None:
    document = matched(town, people, "--as-of", day)
    assert document["as_of"] == day
    dates = [
        date
        for result in document["results"]
        for each in result["fits"]
        for date in each["start"]["first_occurrences"]
    ]
    assert all(date >= day for date in dates)


@pytest.mark.parametrize(
    "day", ["9991-01-01", "9999-12-31", "2026-02-29", "2026-13-01", "", "令和8年"]
)
def test_a_day_that_no_calendar_shows_is_a_wrong_use(town: Path, people: Path, day: str) -> None:
    result = run("match", town, people, "--as-of", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_a_people_file_from_the_end_of_time_is_refused_as_well(town: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "p.json", people_file(person_row("p1"), as_of="9999-12-31"))
    result = run("match", town, path, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "9999-12-31" in result.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"null",
        b"[]",
        b"{",
        b"format: [",
        b"\t- x",
        b"caf\xe9: 1",
        b"\xff\xfe\x00\x01",
        b"\x00\x01\x02",
        b"a: &a [*a, *a]",
        b"--- {}\n--- {}\n",
        b"!!python/object/apply:os.getcwd []",
        b"format: deban-catalogue/2\n",
        b"format: deban-people/1\nas_of: '2026-11-20'\npeople: []\n",
    ],
)
def test_what_is_no_catalogue_is_told_with_its_line_and_nothing_is_answered(
    people: Path, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    result = run("match", path, people, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    told = faults(path, result.stderr)
    assert told
    assert all(line.removeprefix(f"{path}:").partition(":")[0].isdigit() for line in told)
    assert "nothing was taken in" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"host": "nowhere"}, "activities[0].host"),
        ({"area": "nowhere"}, "activities[0].area"),
        ({"capacity": -1}, "activities[0].capacity"),
        ({"minutes": {"min": 60, "max": 20}}, "activities[0].minutes"),
        ({"title": 5}, "activities[0].title"),
        ({"colour": "red"}, "activities[0].colour"),
        ({"setting": "moon"}, "activities[0].setting"),
    ],
)
def test_a_fault_names_its_place(
    people: Path, tmp_path: Path, change: Document, place: str
) -> None:
    rows = [activity_row("leaves", **change), activity_row("sutras")]
    path = written(tmp_path / "town.json", town_file(activities=rows))
    result = run("match", path, people)
    assert result.exit_code == 1
    assert [line for line in faults(path, result.stderr) if place in line]


def test_an_id_that_is_given_twice_is_a_fault_at_the_second(people: Path, tmp_path: Path) -> None:
    rows = [activity_row("leaves"), activity_row("leaves")]
    path = written(tmp_path / "town.json", town_file(activities=rows))
    (fault,) = faults(path, run("match", path, people).stderr)
    assert "activities[1].id" in fault


def test_all_faults_of_a_file_are_told_at_once(people: Path, tmp_path: Path) -> None:
    rows = [activity_row(f"a{number}", host="nowhere") for number in range(30)]
    path = written(tmp_path / "town.json", town_file(activities=rows))
    result = run("match", path, people)
    assert len(faults(path, result.stderr)) == 30
    assert "30 faults" in result.stderr


@pytest.mark.parametrize(
    "change",
    [
        {"note": 5, "contact": SECRET},
        {"limits": [{"kind": "minutes_at_most", "value": SECRET}]},
        {"limits": [{"kind": "other", "text": "", "value": SECRET}]},
        {"stage": SECRET},
        {"travel": {"modes": [SECRET]}},
        {SECRET: 1},
    ],
)
def test_a_fault_about_a_person_never_repeats_what_was_written_about_them(
    town: Path, tmp_path: Path, change: Document
) -> None:
    path = written(tmp_path / "p.json", people_file(person_row("p1", **change)))
    result = run("match", town, path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert faults(path, result.stderr)
    assert SECRET not in result.stderr


def test_the_faults_of_the_catalogue_come_first(tmp_path: Path) -> None:
    bad = written(tmp_path / "town.json", town_file(areas="nowhere"))
    worse = written(tmp_path / "p.json", people_file({"id": "p1"}))
    result = run("match", bad, worse)
    assert faults(bad, result.stderr)
    assert faults(worse, result.stderr) == []


class TestJudgements:
    """``deban evaluate`` on judgements that are bent."""

    def test_faulty_judgements_are_told_with_their_place(self, town: Path, people: Path) -> None:
        document = {"judgements": [{"person": "p1", "ratings": [{"activity": "a", "grade": 4}]}]}
        path = written(town.parent / "j.json", document)
        result = run("evaluate", town, people, path)
        assert (result.exit_code, result.stdout) == (1, "")
        (fault,) = faults(path, result.stderr)
        assert "judgements[0].ratings[0].grade" in fault

    def test_whoever_should_be_held_and_was_not_makes_the_command_fail(
        self, town: Path, people: Path
    ) -> None:
        rating = {"activity": "leaves", "grade": 3}
        silent = {"person": "p2", "no_proposal": True, "ratings": []}
        document = {"judgements": [{"person": "p1", "ratings": [rating]}, silent]}
        path = written(town.parent / "j.json", document)
        result = run("evaluate", town, people, path)
        assert result.exit_code == 1
        assert "people to be held who got a proposal: 1 p2" in result.stdout
        assert "not safe" in result.stderr

    def test_a_missing_file_is_a_wrong_use(self, town: Path, people: Path) -> None:
        assert run("evaluate", town, people, town.parent / "none.json").exit_code == 2
