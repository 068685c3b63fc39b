"""Files of graded judgements."""

from pathlib import Path

import pytest

from service.suggestions.judgements import read_judgements

SMALL = """
judgements:
- person: q1
  no_proposal: false
  ratings:
  - {activity: flour, grade: 3, reason: 手を動かせる}
  - {activity: books, grade: 0}
- person: q2
  no_proposal: true
  ratings: []
"""


def test_the_shared_judgements_are_read_without_a_fault(shared: Path) -> None:
    path = shared / "data" / "hinoki-judgements.yaml"
    file, faults = read_judgements(path.read_bytes(), name=path.name)
    assert faults == ()
    assert file is not None
    assert len(file.judgements) == 15


def test_judgements_are_read() -> None:
    file, faults = read_judgements(SMALL, name="j.yaml")
    assert faults == ()
    assert file is not None
    first, second = file.judgements
    assert [(rating.activity, rating.grade) for rating in first.ratings] == [
        ("flour", 3),
        ("books", 0),
    ]
    assert second.no_proposal


@pytest.mark.parametrize(
    ("old", "new", "line", "path"),
    [
        ("grade: 3", "grade: 4", 6, "judgements[0].ratings[0].grade"),
        ("grade: 0", "grade: '0'", 7, "judgements[0].ratings[1].grade"),
        ("person: q2", "person: q1", 8, "judgements[1].person"),
        ("ratings: []", "rating: []", 10, "judgements[1].rating"),
        ("judgements:", "judgement:", 2, "judgement"),
    ],
)
def test_a_fault_is_told_with_line_and_path(old: str, new: str, line: int, path: str) -> None:
    file, faults = read_judgements(SMALL.replace(old, new), name="j.yaml")
    assert file is None
    assert (line, path) in {(fault.line, fault.path) for fault in faults}


def test_a_broken_form_is_told() -> None:
    file, faults = read_judgements("judgements: [", name="j.yaml")
    assert file is None
    assert len(faults) == 1
