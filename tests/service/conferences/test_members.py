"""Who sits in a 支援会議 sees it; to everybody else it is not there, and that at once."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from service.accounts.rules import RIGHTS, Right, Role
from tests.factories import Town, TurnableClock
from tests.service.conferences.conftest import API, ENTRY, SAID, Meeting, made

Of = Callable[[str], TestClient]
JOINING = [role for role in Role if Right.JOIN_CONFERENCES in RIGHTS[role]]


def seat(meeting: Meeting, username: str, **more: str) -> dict[str, object]:
    answer = meeting.convener.post(f"{meeting.path}/members", json={"username": username} | more)
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = next(
        each
        for each in reversed(answer.json())
        if each["display_name"].endswith(f" {username}") and each["ended_at"] is None
    )
    return found


def asked(client: TestClient, meeting: Meeting) -> list[tuple[int, str]]:
    """Ask everything that a member may ask about a conference and its record."""
    record, path = meeting.record, meeting.path
    move = {
        "area": "east",
        "parts": [],
        "consent": {"shared_with": "team", "how": "口頭", "given_on": "2026-11-20"},
    }
    answers = [
        client.get(path),
        client.get(f"{path}/members"),
        client.get(f"{path}/records"),
        client.get(record),
        client.get(f"{record}/entries"),
        client.post(f"{path}/members", json={"username": "coordinator"}),
        client.delete(f"{path}/members/{uuid4()}"),
        client.post(f"{path}/closure"),
        client.post(f"{path}/records", json=SAID),
        client.patch(record, json={"note": "x"}),
        client.post(f"{record}/entries", json=ENTRY),
        client.post(f"{record}/closure"),
        client.post(f"{record}/person", json=move),
    ]
    return [(answer.status_code, answer.text) for answer in answers]


def absent(meeting: Meeting) -> Meeting:
    path = f"{API}/{UUID(int=7)}"
    return Meeting(meeting.convener, path, f"{path}/records/{UUID(int=8)}")


def test_the_convener_reads_what_was_written_word_by_word(meeting: Meeting) -> None:
    body = meeting.convener.get(meeting.record).json()
    assert {part: body[part] for part in SAID} == SAID
    listed = meeting.convener.get(f"{meeting.path}/records").json()["items"]
    assert listed == [body]
    assert meeting.convener.get(API).json()["items"][0]["title"] == "東-3"


def test_only_those_who_work_with_people_may_ever_sit() -> None:
    assert JOINING == [Role.CSW, Role.COORDINATOR]


@pytest.mark.parametrize("username", ["csw_west", "coordinator"])
def test_to_a_colleague_who_is_no_member_it_is_as_if_it_were_not_there(
    meeting: Meeting, client_of: Of, username: str
) -> None:
    colleague = client_of(username)
    found = asked(colleague, meeting)
    assert {status for status, _ in found} == {404}
    assert found == asked(colleague, absent(meeting))
    assert colleague.get(API).json()["items"] == []


@pytest.mark.parametrize("username", ["officer", "admin", "auditor"])
def test_other_roles_are_refused_alike_whatever_there_is(
    meeting: Meeting, client_of: Of, username: str
) -> None:
    found = asked(client_of(username), meeting)
    assert {status for status, _ in found} == {403}
    assert found == asked(client_of(username), absent(meeting))


def test_another_municipality_does_not_see_it(
    meeting: Meeting, elsewhere: Town, client_of: Of
) -> None:
    stranger = client_of("csw_elsewhere")
    assert {status for status, _ in asked(stranger, meeting)} == {404}
    refused = meeting.convener.post(f"{meeting.path}/members", json={"username": "csw_elsewhere"})
    assert refused.status_code == 404


def test_who_is_named_sees_everything_and_whose_seat_is_ended_sees_nothing(
    meeting: Meeting, client_of: Of
) -> None:
    colleague = client_of("coordinator")
    named = seat(meeting, "coordinator")
    assert colleague.get(meeting.record).json()["worries"] == SAID["worries"]
    ended = meeting.convener.delete(f"{meeting.path}/members/{named['id']}")
    assert ended.status_code == 204
    assert {status for status, _ in asked(colleague, meeting)} == {404}
    again = seat(meeting, "coordinator")
    assert again["id"] != named["id"]
    assert colleague.get(meeting.record).status_code == 200


def test_a_seat_ends_by_itself_after_its_last_day(
    meeting: Meeting, client_of: Of, turnable_clock: TurnableClock
) -> None:
    colleague = client_of("csw_west")
    seat(meeting, "csw_west", until="2026-11-21")
    turnable_clock.turn(hours=24)  # to the 21st, nine in the morning
    assert colleague.get(meeting.record).status_code == 200
    turnable_clock.turn(hours=14, minutes=59)
    assert colleague.get(meeting.record).status_code == 200
    turnable_clock.turn(minutes=1)  # midnight in Japan
    assert colleague.get(meeting.record).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"username": "nobody"}, 404),
        ({"username": "officer"}, 404),
        ({"username": "admin"}, 404),
        ({"username": "auditor"}, 404),
        ({"username": "csw"}, 409),
        ({"username": "csw_west", "until": "2026-11-19"}, 422),
        ({"username": "csw_west", "since": "2026-01-01"}, 422),
    ],
)
def test_a_seat_is_given_to_a_colleague_once_and_never_backwards(
    meeting: Meeting, body: dict[str, str], status: int
) -> None:
    answer = meeting.convener.post(f"{meeting.path}/members", json=body)
    assert answer.status_code == status


def test_members_who_did_not_convene_name_and_remove_nobody_but_themselves(
    meeting: Meeting, client_of: Of
) -> None:
    colleague = client_of("csw_west")
    own = seat(meeting, "csw_west")
    first = meeting.convener.get(f"{meeting.path}/members").json()[0]
    named = colleague.post(f"{meeting.path}/members", json={"username": "coordinator"})
    removed = colleague.delete(f"{meeting.path}/members/{first['id']}")
    closed = colleague.post(f"{meeting.path}/closure")
    assert [each.status_code for each in (named, removed, closed)] == [403, 403, 403]
    assert colleague.delete(f"{meeting.path}/members/{own['id']}").status_code == 204
    assert colleague.get(meeting.path).status_code == 404


def test_when_the_convener_has_left_any_member_may_lead(meeting: Meeting, client_of: Of) -> None:
    seat(meeting, "csw_west")
    first = meeting.convener.get(f"{meeting.path}/members").json()[0]
    assert meeting.convener.delete(f"{meeting.path}/members/{first['id']}").status_code == 204
    assert meeting.convener.get(meeting.path).status_code == 404
    left = client_of("csw_west")
    named = left.post(f"{meeting.path}/members", json={"username": "coordinator"})
    assert named.status_code == 201


def test_after_its_end_its_members_read_and_nobody_writes_or_joins(
    meeting: Meeting, client_of: Of
) -> None:
    seat(meeting, "csw_west")
    dropped = seat(meeting, "coordinator")
    meeting.convener.delete(f"{meeting.path}/members/{dropped['id']}")
    closed = meeting.convener.post(f"{meeting.path}/closure")
    assert closed.json()["closed_on"] == "2026-11-20"
    for member in (meeting.convener, client_of("csw_west")):
        found = [status for status, _ in asked(member, meeting)]
        assert found[:5] == [200] * 5
        assert found[6] == 404
        assert set(found[5:6] + found[7:]) == {409}
    assert client_of("coordinator").get(meeting.record).status_code == 404


def test_in_a_role_that_joins_no_conference_an_old_seat_opens_nothing(
    meeting: Meeting, client_of: Of, town: Town, session: Session
) -> None:
    colleague = client_of("csw_west")
    seat(meeting, "csw_west")
    account = session.merge(town.accounts["csw_west"])
    account.role = Role.OFFICER
    session.flush()
    assert {status for status, _ in asked(colleague, meeting)} == {403}


def test_two_conferences_of_one_convener_do_not_mix(meeting: Meeting) -> None:
    other = made(meeting.convener.post(API, json={"title": "西-1"}))["id"]
    mixed = f"{API}/{other}/records/{meeting.record_id}"
    assert meeting.convener.get(mixed).status_code == 404
    assert meeting.convener.get(f"{API}/{other}/records").json()["items"] == []


def test_a_conference_is_not_opened_in_the_future_or_without_a_title(meeting: Meeting) -> None:
    ahead = meeting.convener.post(API, json={"title": "東-4", "opened_on": "2026-11-21"})
    assert (ahead.status_code, ahead.json()["title"]) == (409, "NotYet")
    assert meeting.convener.post(API, json={"title": ""}).status_code == 422
    before = made(meeting.convener.post(API, json={"title": "東-4", "opened_on": "2026-11-01"}))
    assert before["opened_on"] == "2026-11-01"
