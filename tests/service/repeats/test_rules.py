"""Which answers are copied at all, and where one looks for the others."""

import pytest

from service.repeats.rules import is_kept, place_of

CONFERENCES = "/api/v1/conferences"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/api/v1/people", True),
        ("/api/v1/placements/1/moves", True),
        ("/people/1/contacts/new", True),
        # a page about a 支援会議 leads somewhere; its answer has no words to keep
        ("/conferences/1/records/new", True),
        (CONFERENCES, False),
        (f"{CONFERENCES}/1/records/2/entries", False),
        ("/api/v1/disclosures/1/links", False),
        ("/disclosures/1/links", False),
        ("/api/v1/inquiries/1/links", False),
        ("/inquiries/1/links", False),
        ("/inquiries/1/reply", True),
    ],
)
def test_secrets_and_what_members_keep_is_never_copied(path: str, *, kept: bool) -> None:
    assert is_kept(path) is kept


@pytest.mark.parametrize(
    ("path", "made", "place"),
    [
        (CONFERENCES, "7", f"{CONFERENCES}/7"),
        (f"{CONFERENCES}/7/records", "8", f"{CONFERENCES}/7/records/8"),
        (f"{CONFERENCES}/7/records/8/entries", "9", f"{CONFERENCES}/7/records/8/entries"),
        (f"{CONFERENCES}/7/members", "", f"{CONFERENCES}/7/members"),
        (f"{CONFERENCES}/7/closure", "7", f"{CONFERENCES}/7"),
        (f"{CONFERENCES}/7/records/8/person", "", f"{CONFERENCES}/7/records/8"),
        # a link is shown once: there is no place to read it again
        ("/api/v1/disclosures/1/links", "2", ""),
    ],
)
def test_what_was_done_is_read_where_it_belongs(path: str, made: str, place: str) -> None:
    assert place_of(path, made) == place
