"""Versions of what is edited: which one the caller saw, and when that is too old."""

import pytest
from fastapi import Response

from service.refusals import Kind
from service.web.versions import Stale, Unseen, maybe_seen, refuse_stale, seen_version, tag


@pytest.mark.parametrize(
    ("header", "seen"),
    [
        ("*", None),
        ('"3"', 3),
        (' "3" ', 3),
        ('W/"3"', 3),
        ("3", 3),
        ('"three"', -1),
        ('"３"', -1),
        ("", -1),
        ('"-3"', -1),
        ('"1", "2"', -1),
        ('"0x3"', -1),
        ('"1.0"', -1),
        ('"³"', -1),  # a digit to Unicode, no number to anybody
        ('w/"3"', -1),
        ('"999999999999999999"', 999999999999999999),
        (f'"{"9" * 5000}"', -1),  # Python reads no number of so many figures
    ],
)
def test_a_header_names_the_version_seen_or_one_that_never_was(
    header: str, seen: int | None
) -> None:
    assert seen_version(header) == seen
    assert maybe_seen(header) == seen


def test_an_edit_without_the_header_is_refused_and_a_move_is_not() -> None:
    with pytest.raises(Unseen):
        seen_version(None)
    assert maybe_seen(None) is None


@pytest.mark.parametrize("seen", [None, 2])
def test_whoever_saw_the_newest_or_asks_for_no_check_goes_on(seen: int | None) -> None:
    refuse_stale(2, seen)


@pytest.mark.parametrize("seen", [1, 3, -1])
def test_whoever_saw_another_version_is_told_the_newest(seen: int) -> None:
    with pytest.raises(Stale) as refused:
        refuse_stale(2, seen)
    assert refused.value.facts == {"version": 2}
    assert refused.value.kind is Kind.STALE


def test_an_answers_tag_is_what_an_edit_sends_back() -> None:
    response = Response()
    tag(response, 7)
    assert seen_version(response.headers["etag"]) == 7
