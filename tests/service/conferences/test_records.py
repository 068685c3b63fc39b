"""Pre-consent records: amended with a version, noted day by day, closed, and counted."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session

from service.conferences.actions import open_records_count
from service.conferences.rules import LONGEST, Part
from tests.factories import Town, TurnableClock
from tests.service.conferences.conftest import ENTRY, SAID, Meeting, made

TODAY = date(2026, 11, 20)


def test_nothing_has_to_be_known_and_the_area_may_stay_open(meeting: Meeting) -> None:
    body = made(meeting.convener.post(f"{meeting.path}/records", json={}))
    assert {body[part] for part in Part} == {""}
    assert body["area_id"] is None


def test_what_was_typed_comes_back_sign_for_sign(meeting: Meeting) -> None:
    for text in ("\ufa19田 \ufa10原", "葛\U000e0100城", "ﾀﾅｶ", " 間に\n行 ", "𠮷野家"):
        body = made(meeting.convener.post(f"{meeting.path}/records", json={"note": text}))
        read = meeting.convener.get(f"{meeting.path}/records/{body['id']}")
        assert read.json()["note"] == text


def test_a_part_is_taken_to_its_length_and_no_further(meeting: Meeting) -> None:
    whole = {part.value: "字" * LONGEST[part] for part in Part}
    taken = meeting.convener.patch(meeting.record, json=whole).json()
    assert {part: taken[part] for part in whole} == whole
    for part, text in whole.items():
        refused = meeting.convener.patch(meeting.record, json={part: text + "字"})
        assert refused.status_code == 422, part


def test_unknown_fields_and_unknown_areas_change_nothing(meeting: Meeting) -> None:
    before = meeting.convener.get(meeting.record).json()
    for body, status in (({"became": "x"}, 422), ({"diagnosis": "x"}, 422), ({"area": "x"}, 404)):
        assert meeting.convener.patch(meeting.record, json=body).status_code == status
    assert meeting.convener.get(meeting.record).json() == before


def test_who_saw_an_older_version_does_not_write_over_a_colleague(meeting: Meeting) -> None:
    seen = meeting.convener.get(meeting.record).headers["etag"]
    first = meeting.convener.patch(meeting.record, json={"note": "一"}, headers={"if-match": seen})
    assert (first.status_code, first.json()["version"]) == (200, 2)
    late = meeting.convener.patch(meeting.record, json={"note": "二"}, headers={"if-match": seen})
    assert late.status_code == 409
    assert meeting.convener.get(meeting.record).json()["note"] == "一"


def test_a_change_leaves_what_it_does_not_name(meeting: Meeting) -> None:
    changed = meeting.convener.patch(meeting.record, json={"area": None, "safety": "火の元"}).json()
    assert changed["area_id"] is None
    assert {part: changed[part] for part in SAID} == SAID


def test_an_entry_is_corrected_by_a_later_one_once(meeting: Meeting) -> None:
    entries = f"{meeting.record}/entries"
    first = made(meeting.convener.post(entries, json=ENTRY))
    right = ENTRY | {"result": "saw", "corrects_id": first["id"]}
    second = made(meeting.convener.post(entries, json=right))
    assert meeting.convener.post(entries, json=right).status_code == 404
    listed = meeting.convener.get(entries).json()["items"]
    assert [each["id"] for each in listed] == [second["id"]]
    assert listed[0]["what"] == ENTRY["what"]


def test_entries_have_no_way_to_be_changed_or_deleted(meeting: Meeting) -> None:
    first = made(meeting.convener.post(f"{meeting.record}/entries", json=ENTRY))
    path = f"{meeting.record}/entries/{first['id']}"
    for method in ("PUT", "PATCH", "DELETE", "POST"):
        assert meeting.convener.request(method, path, json=ENTRY).status_code in {404, 405}


def test_an_entry_of_another_record_is_not_corrected_from_here(meeting: Meeting) -> None:
    other = made(meeting.convener.post(f"{meeting.path}/records", json=SAID))
    first = made(meeting.convener.post(f"{meeting.record}/entries", json=ENTRY))
    elsewhere = f"{meeting.path}/records/{other['id']}/entries"
    for entry in (first["id"], str(uuid4())):
        refused = meeting.convener.post(elsewhere, json=ENTRY | {"corrects_id": entry})
        assert refused.status_code == 404


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"occurred_on": "2026-11-21"}, 409),
        ({"next_on": "2026-11-18"}, 422),
        ({"result": "failed"}, 422),
        ({"person_id": str(uuid4())}, 422),
    ],
)
def test_an_entry_that_cannot_be_is_refused(
    meeting: Meeting, changes: dict[str, str], status: int
) -> None:
    answer = meeting.convener.post(f"{meeting.record}/entries", json=ENTRY | changes)
    assert answer.status_code == status
    assert meeting.convener.get(f"{meeting.record}/entries").json()["items"] == []


def test_a_closed_record_is_read_and_not_written(meeting: Meeting) -> None:
    closed = meeting.convener.post(f"{meeting.record}/closure").json()
    assert (closed["closed_on"], closed["ending"]) == ("2026-11-20", "ended")
    assert meeting.convener.get(meeting.record).json()["worries"] == SAID["worries"]
    for answer in (
        meeting.convener.patch(meeting.record, json={"note": "x"}),
        meeting.convener.post(f"{meeting.record}/entries", json=ENTRY),
        meeting.convener.post(f"{meeting.record}/closure"),
    ):
        assert (answer.status_code, answer.json()["title"]) == (409, "RecordClosed")


def test_records_come_page_by_page(meeting: Meeting) -> None:
    for _ in range(4):
        made(meeting.convener.post(f"{meeting.path}/records", json={}))
    seen: list[str] = []
    after = ""
    while True:
        page = meeting.convener.get(f"{meeting.path}/records?limit=2{after}").json()
        seen += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert len(seen) == len(set(seen)) == 5


def test_the_count_follows_the_calendar_and_says_nothing_else(
    meeting: Meeting,
    town: Town,
    elsewhere: Town,
    session: Session,
    turnable_clock: TurnableClock,
) -> None:
    for _ in range(2):
        made(meeting.convener.post(f"{meeting.path}/records", json={}))
    turnable_clock.turn(days=1)
    meeting.convener.post(f"{meeting.record}/closure")
    here, east = town.municipality.id, town.areas["east"].id

    def count(day: int, **more: Any) -> int:
        return open_records_count(session, here, on=date(2026, 11, day), **more)

    assert [count(day) for day in (19, 20, 21)] == [0, 3, 2]
    assert [count(day, area_id=east) for day in (20, 21)] == [1, 0]
    assert open_records_count(session, elsewhere.municipality.id, on=TODAY) == 0
