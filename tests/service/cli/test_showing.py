"""Answers as tables: what a human needs to picture the place, in the width there is."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from catalogue.profiles import TravelMode
from matching import Proposal
from matching.answer import Start
from service.cli.inputs import gather
from service.cli.matches import answers, as_text
from service.cli.showing import TIERS, begins, show_answers
from service.demo.files import PEOPLE, TOWN
from service.persons.words import MODE_WORDS

DAY = date(2026, 11, 21)
AT = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)


def proposal(
    *, minutes: int | None = 20, at: datetime | None = AT, way: int | None = 5, mode: str = "walk"
) -> Proposal:
    start = Start(minutes, "10冊", (at,) if at else (), way, mode)
    return Proposal("t03", 0.5, (), (), (), start)


def test_a_beginning_says_day_length_and_way() -> None:
    assert begins(proposal()) == f"11月25日(水) 13:30 20分 {MODE_WORDS[TravelMode.WALK]}5分"


def test_a_beginning_without_a_date_is_agreed_on() -> None:
    assert begins(proposal(at=None)).startswith("日は相談")


def test_what_is_not_known_is_not_said() -> None:
    assert begins(proposal(minutes=None, way=None)) == "11月25日(水) 13:30"


@pytest.mark.parametrize("mode", TravelMode)
def test_every_way_of_travelling_has_its_word(mode: TravelMode) -> None:
    assert begins(proposal(mode=mode)).endswith(f"{MODE_WORDS[mode]}5分")


def test_the_tiers_are_shown_in_the_order_of_recommendation() -> None:
    assert [name for name, _ in TIERS] == ["fits", "adaptable", "ask_host"]


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_word_is_lost_in_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    monkeypatch.setattr("service.cli.showing.COLUMNS", width)
    inputs = gather(TOWN, PEOPLE, persons=["d03"], as_of=DAY)
    show_answers(inputs, list(answers(inputs, limit=1)))
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert "古道具まわり堂" in shown
    assert all(len(line) <= width for line in shown.splitlines())


def test_the_day_of_the_file_is_the_day_unless_another_is_asked_for() -> None:
    assert gather(TOWN, PEOPLE).as_of == DAY
    assert gather(TOWN, PEOPLE, as_of=date(2027, 1, 5)).as_of == date(2027, 1, 5)


def test_the_order_of_people_and_activities_in_the_files_does_not_matter(tmp_path: Path) -> None:
    inputs = gather(TOWN, PEOPLE, persons=["d01", "d05"], as_of=DAY)
    head, *activities = re.split(r"(?m)^(?=- id: t)", TOWN.read_text(encoding="utf-8"))
    path = tmp_path / "turned.yaml"
    path.write_text(head + "".join(reversed(activities)), encoding="utf-8")
    again = gather(path, PEOPLE, persons=["d05", "d01"], as_of=DAY)
    assert as_text(again, limit=5) == as_text(inputs, limit=5)
