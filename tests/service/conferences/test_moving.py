"""With consent, what was chosen by hand goes over, and everything else stays behind."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.conferences.rules import Part
from tests.service.conferences.conftest import ENTRY, SAID, Meeting, made

PEOPLE = "/api/v1/people"
CONSENT = {"shared_with": "team", "how": "文書", "given_on": "2026-11-19", "scope": "チームの中で"}


def body(*parts: str, **changes: Any) -> dict[str, Any]:
    return {"area": "east", "parts": list(parts), "consent": CONSENT} | changes


def test_exactly_the_chosen_parts_and_the_consent_become_a_person(meeting: Meeting) -> None:
    made(meeting.convener.post(f"{meeting.record}/entries", json=ENTRY))
    moved = made(
        meeting.convener.post(
            f"{meeting.record}/person", json=body("telephone", "own_words", age_band="50代")
        )
    )
    person = meeting.convener.get(f"{PEOPLE}/{moved['person_id']}").json()
    assert person["contact"] == SAID["telephone"]
    assert person["assessment"]["own_words"] == SAID["own_words"]
    assert (person["note"], person["age_band"], person["area"]) == ("", "50代", "east")
    whole = meeting.convener.get(f"{PEOPLE}/{moved['person_id']}").text
    for part in ("called_name", "name", "worries", "came_through"):
        assert SAID[part] not in whole
    contacts = meeting.convener.get(f"/api/v1/contacts?person_id={moved['person_id']}").json()
    assert contacts["items"] == []
    (consent,) = meeting.convener.get(f"{PEOPLE}/{moved['person_id']}/consents").json()["items"]
    assert {name: consent[name] for name in CONSENT} == CONSENT


def test_the_record_is_closed_with_a_pointer_and_stays_as_it_was(meeting: Meeting) -> None:
    moved = made(meeting.convener.post(f"{meeting.record}/person", json=body("worries")))
    record = meeting.convener.get(meeting.record).json()
    assert record == moved["record"]
    assert (record["ending"], record["became"]) == ("consented", moved["person_id"])
    assert {part: record[part] for part in SAID} == SAID
    again = meeting.convener.post(f"{meeting.record}/person", json=body())
    assert (again.status_code, again.json()["title"]) == (409, "RecordClosed")


def test_with_nothing_chosen_only_a_code_and_the_consent_go_over(meeting: Meeting) -> None:
    moved = made(meeting.convener.post(f"{meeting.record}/person", json=body()))
    person = meeting.convener.get(f"{PEOPLE}/{moved['person_id']}").json()
    assert (person["contact"], person["note"], person["assessment"]) == ("", "", None)
    assert person["stage"] == "not_met"


def test_every_part_can_go_over(meeting: Meeting) -> None:
    record = {part.value: f"<{part}>" for part in Part}
    path = f"{meeting.path}/records"
    new = made(meeting.convener.post(path, json=record))
    moved = made(meeting.convener.post(f"{path}/{new['id']}/person", json=body(*Part)))
    person = f"{PEOPLE}/{moved['person_id']}"
    whole = "".join(meeting.convener.get(path).text for path in (person, f"{person}/name"))
    assert [part for part in Part if f"<{part}>" not in whole] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"shared_with": "none"},
        {"how": ""},
        {"given_on": None},
        {"given_on": "2026-11-21"},
        {"until": "2026-11-19"},
    ],
)
def test_without_a_consent_that_holds_today_nothing_moves(
    meeting: Meeting, changes: dict[str, Any]
) -> None:
    refused = meeting.convener.post(
        f"{meeting.record}/person", json=body("worries", consent=CONSENT | changes)
    )
    assert (refused.status_code, refused.json()["title"]) == (409, "NoConsentYet")
    assert meeting.convener.get(PEOPLE).json()["items"] == []
    assert meeting.convener.get(meeting.record).json()["closed_on"] is None


def test_a_consent_is_part_of_the_request_or_there_is_none(meeting: Meeting) -> None:
    bare = body("worries")
    del bare["consent"]
    assert meeting.convener.post(f"{meeting.record}/person", json=bare).status_code == 422
    forced = body("worries") | {"override": True}
    assert meeting.convener.post(f"{meeting.record}/person", json=forced).status_code == 422


def test_what_was_changed_since_it_was_looked_at_does_not_move(meeting: Meeting) -> None:
    seen = meeting.convener.get(meeting.record).headers["etag"]
    meeting.convener.patch(meeting.record, json={"worries": "新しいこと"})
    path = f"{meeting.record}/person"
    late = meeting.convener.post(path, json=body("worries"), headers={"if-match": seen})
    assert late.status_code == 409
    assert meeting.convener.get(PEOPLE).json()["items"] == []


def test_a_colleague_sees_the_person_and_still_not_the_record(
    meeting: Meeting, client_of: Callable[[str], TestClient]
) -> None:
    moved = made(meeting.convener.post(f"{meeting.record}/person", json=body("own_words")))
    coordinator = client_of("coordinator")
    person = coordinator.get(f"{PEOPLE}/{moved['person_id']}")
    assert person.status_code == 200
    assert SAID["worries"] not in person.text
    assert meeting.record_id not in person.text
    assert meeting.conference_id not in person.text
    assert coordinator.get(meeting.record).status_code == 404


def test_a_code_that_somebody_has_is_refused_and_the_record_stays_open(meeting: Meeting) -> None:
    taken = made(meeting.convener.post(PEOPLE, json={"area": "east"}))["code"]
    refused = meeting.convener.post(f"{meeting.record}/person", json=body(code=taken))
    assert (refused.status_code, refused.json()["title"]) == (409, "CodeTaken")
    assert meeting.convener.get(meeting.record).json()["closed_on"] is None
