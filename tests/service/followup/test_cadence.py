"""The cadence as data: complete, ordered, and printed in the documentation."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from service.followup.cadence import STANDARD, Cadence, Line, Occasion, Window
from service.followup.order import Rank
from service.followup.printed import printed
from service.followup.roads import COURSES, Silence
from service.followup.subjects import SIDES
from service.followup.windows import Bend
from service.followup.words import BEND_WORDS, OCCASION_WORDS, RANK_WORDS
from service.languages.ours import english_of
from service.placements.lifecycle import Side

DOCUMENT = Path(__file__).parents[3] / "docs" / "follow-up.md"
WINDOWS = [window for line in STANDARD.lines for window in (*line.person, *line.host)]


def test_there_is_one_line_for_each_occasion() -> None:
    assert sorted(line.occasion for line in STANDARD.lines) == sorted(Occasion)


def test_a_cadence_with_a_hole_is_refused() -> None:
    with pytest.raises(ValueError, match="one line for each"):
        Cadence(STANDARD.lines[1:])


def test_a_cadence_with_a_line_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="one line for each"):
        Cadence((*STANDARD.lines, STANDARD.lines[0]))


@pytest.mark.parametrize(("earliest", "due", "late"), [(1, 0, 2), (0, 2, 1), (3, 3, 2)])
def test_a_window_that_runs_backwards_is_refused(earliest: int, due: int, late: int) -> None:
    with pytest.raises(ValueError, match="earliest <= due <= late"):
        Window(earliest, due, late)


def test_what_comes_again_cannot_be_answered_by_the_answer_before() -> None:
    with pytest.raises(ValueError, match="after the last answer"):
        Window(0, 7, 10, every=True)


def test_every_window_holds_its_due_day() -> None:
    assert all(window.earliest <= window.due <= window.late for window in WINDOWS)


def test_every_line_speaks_to_somebody() -> None:
    assert all(line.person or line.host for line in STANDARD.lines)


@pytest.mark.parametrize(("line", "side"), list(product(STANDARD.lines, SIDES)))
def test_a_line_gives_each_side_its_own_windows(line: Line, side: Side) -> None:
    assert line.windows(side) == (line.host if side is Side.HOST else line.person)


def test_a_course_names_only_occasions_that_its_side_has_a_window_for() -> None:
    for course in COURSES.values():
        assert all(STANDARD.line(occasion).person for occasion in course.person)
        assert all(STANDARD.line(occasion).host for occasion in course.host)


def test_every_reason_for_silence_is_given_somewhere() -> None:
    assert {course.silence for course in COURSES.values()} == set(Silence)


def test_the_phases_of_a_placement_follow_one_another() -> None:
    phases = (Occasion.EARLY, Occasion.MIDDLE, Occasion.LATER)
    ends = [STANDARD.line(occasion).ends or 0 for occasion in phases]
    assert ends == [28, 91, 365]
    assert STANDARD.line(Occasion.YEARLY).ends is None


def test_the_printed_cadence_stands_in_the_documentation() -> None:
    assert printed() in DOCUMENT.read_text(encoding="utf-8")


def test_a_changed_cadence_prints_differently() -> None:
    lines = (replace(STANDARD.lines[0], host=(Window(0, 5, 5),)), *STANDARD.lines[1:])
    assert printed(Cadence(lines)) != printed()


def test_the_documentation_names_the_order_of_the_queue() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for rank in Rank:
        assert f"{rank.value}. " in text
        assert RANK_WORDS[rank] in text


def test_every_occasion_and_bend_reads_in_both_languages() -> None:
    english = {occasion: english_of(words) for occasion, words in OCCASION_WORDS.items()}
    for words in (OCCASION_WORDS, english):
        assert set(words) == set(Occasion)
        assert all("{since}" in sentence for sentence in words.values())
        assert len(set(words.values())) == len(Occasion)
    assert set(BEND_WORDS) == set(Bend)
    assert all(
        each.isascii() for each in (*english.values(), *map(english_of, BEND_WORDS.values()))
    )


def test_no_sentence_blames_anybody_for_not_being_there() -> None:
    for sentence in (*OCCASION_WORDS.values(), *BEND_WORDS.values(), *RANK_WORDS.values()):
        assert not any(word in sentence for word in ("欠席", "無断", "連続", "率"))
