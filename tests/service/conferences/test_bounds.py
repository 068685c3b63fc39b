"""Conferences at their bounds: long names, many rows, lost sight, and nothing half-written."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.audit.rules import Act
from service.audit.tables import AccessRecord
from service.conferences.rules import LONGEST, PART_WORDS, Part
from service.conferences.tables import ConferenceRecord
from service.persons.tables import Person
from tests.factories import Town, TurnableClock
from tests.service.browsing import OWN, led_to, look, main_of, send
from tests.service.conferences.conftest import API, ENTRY, SAID, Meeting, made

CONSENT: Final = {"shared_with": "team", "how": "文書", "given_on": "2026-11-19"}
Clients = Callable[[str], TestClient]


def move(*parts: str, **changes: Any) -> dict[str, Any]:
    return {"area": "east", "parts": list(parts), "consent": CONSENT} | changes


def written(meeting: Meeting, **parts: str) -> str:
    record = made(meeting.convener.post(f"{meeting.path}/records", json=parts))
    return f"{meeting.path}/records/{record['id']}"


@pytest.mark.parametrize("part", Part)
def test_each_part_at_its_longest_can_go_over_whole(meeting: Meeting, part: Part) -> None:
    whole = "字" * LONGEST[part]
    path = written(meeting, **{part.value: whole})
    answer = meeting.convener.post(f"{path}/person", json=move(part))
    if answer.status_code == 201:
        person = f"/api/v1/people/{answer.json()['person_id']}"
        told = meeting.convener.get(person).text + meeting.convener.get(f"{person}/name").text
        assert whole in told
        return
    # Only what has to be named in the note beside its words may be too long for it.
    assert (answer.status_code, answer.json()["title"]) == (409, "TooMuchToCarry"), answer.text
    assert whole not in answer.text


def test_what_does_not_fit_together_registers_nobody_and_closes_nothing(
    meeting: Meeting, session: Session
) -> None:
    parts = [Part.KNOWN, Part.WORRIES, Part.SAFETY]
    path = written(meeting, **{part.value: "字" * LONGEST[part] for part in parts})
    answer = meeting.convener.post(f"{path}/person", json=move(*parts))
    assert answer.json()["title"] == "TooMuchToCarry"
    assert "字字" not in answer.text
    assert session.exec(select(Person)).all() == []
    record = meeting.convener.get(path).json()
    assert (record["closed_on"], record["became"], record["version"]) == (None, "", 1)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (move("worries", area="nowhere"), 404),
        (move("worries", "worries"), 201),
        (move("became"), 422),
        (move("worries", code=" x "), 422),
        (move("worries", parts="worries"), 422),
        (move(consent=CONSENT | {"given_on": "2026-02-29"}), 422),
    ],
)
def test_a_move_is_made_whole_or_not_at_all(
    meeting: Meeting, session: Session, body: dict[str, Any], status: int
) -> None:
    answer = meeting.convener.post(f"{meeting.record}/person", json=body)
    assert answer.status_code == status, answer.text
    moved = status == 201
    assert len(session.exec(select(Person)).all()) == moved
    assert (meeting.convener.get(meeting.record).json()["closed_on"] is not None) is moved


def test_a_move_that_is_sent_twice_with_its_key_registers_one_person(
    meeting: Meeting, session: Session
) -> None:
    key = {"idempotency-key": str(uuid4())}
    answers = [
        meeting.convener.post(
            f"{meeting.record}/person", json=move("worries"), headers=key, follow_redirects=False
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 303]
    assert len(session.exec(select(Person)).all()) == 1


def test_an_area_of_another_municipality_is_no_area_of_a_record(
    meeting: Meeting, elsewhere: Town, session: Session
) -> None:
    theirs = elsewhere.areas["east"].id
    assert (
        meeting.convener.post(f"{meeting.path}/records", json={"area": str(theirs)}).status_code
        == 404
    )
    areas = session.exec(select(ConferenceRecord.area_id)).all()
    assert theirs not in areas


@pytest.mark.parametrize("sign", ["\u0007", "\u202e", "\u200b", "\ud800"], ids=ascii)
def test_a_sign_that_hides_is_refused_in_every_part_and_changes_nothing(
    meeting: Meeting, sign: str
) -> None:
    before = meeting.convener.get(meeting.record).json()
    for part in Part:
        body = f'{{"{part.value}": "\\u{ord(sign):04x}"}}'
        headers = {"content-type": "application/json"}
        refused = meeting.convener.patch(meeting.record, content=body, headers=headers)
        assert refused.status_code == 422, part
        assert part.value in refused.text
    assert meeting.convener.get(meeting.record).json() == before


def walked(client: TestClient, path: str, *, limit: int) -> list[str]:
    seen: list[str] = []
    after = ""
    while True:
        page = client.get(f"{path}?limit={limit}{after}").json()
        seen += [each["id"] for each in page["items"]]
        if page["next"] is None:
            return seen
        after = f"&after={page['next']}"


@pytest.mark.parametrize("limit", [1, 2, 5, 200])
def test_no_page_of_entries_leaves_one_out_or_tells_one_twice(meeting: Meeting, limit: int) -> None:
    entries = f"{meeting.record}/entries"
    days = [f"2026-11-{day:02}" for day in (19, 1, 20, 19, 7)]
    kept = [made(meeting.convener.post(entries, json=ENTRY | {"occurred_on": d})) for d in days]
    corrected = ENTRY | {"corrects_id": kept[1]["id"], "result": "saw"}
    new = made(meeting.convener.post(entries, json=corrected))
    wanted = {each["id"] for each in kept if each is not kept[1]} | {new["id"]}
    found = walked(meeting.convener, entries, limit=limit)
    assert len(found) == len(set(found))
    assert set(found) == wanted


def test_ones_conferences_come_page_by_page_and_nobody_elses_between(
    meeting: Meeting, client_of: Clients
) -> None:
    other = client_of("coordinator")
    own = {meeting.conference_id}
    for number in range(3):
        own.add(made(meeting.convener.post(API, json={"title": f"東-{number}"}))["id"])
        made(other.post(API, json={"title": f"西-{number}"}))
    found = walked(meeting.convener, API, limit=2)
    assert len(found) == len(own)
    assert set(found) == own


def test_a_page_begins_nowhere_but_behind_something_that_is_there(meeting: Meeting) -> None:
    for asked in ("limit=0", "limit=100000", "after=x"):
        assert meeting.convener.get(f"{meeting.path}/records?{asked}").status_code == 422


def test_a_seat_for_the_last_day_of_the_year_ends_with_the_year_in_japan(
    meeting: Meeting, client_of: Clients, turnable_clock: TurnableClock
) -> None:
    colleague = client_of("csw_west")
    body = {"username": "csw_west", "until": "2026-12-31"}
    assert meeting.convener.post(f"{meeting.path}/members", json=body).status_code == 201
    for at, status in (
        (datetime(2026, 12, 31, 14, 59, tzinfo=UTC), 200),
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), 404),
    ):
        turnable_clock.at = at
        assert colleague.get(meeting.record).status_code == status
        write = colleague.post(f"{meeting.record}/entries", json=ENTRY)
        assert write.status_code == (201 if status == 200 else 404)


def test_a_refused_look_leaves_no_line_of_a_record_that_was_not_shown(
    meeting: Meeting, client_of: Clients, session: Session, town: Town
) -> None:
    stranger = client_of("csw_west")
    stranger.get(meeting.record)
    stranger.get(f"{meeting.path}/records")
    stranger.patch(meeting.record, json={"note": "x"})
    theirs = select(AccessRecord).where(
        AccessRecord.account_id == town.accounts["csw_west"].id, AccessRecord.act != Act.EVENT
    )
    assert session.exec(theirs).all() == []


def test_no_problem_says_a_word_of_a_record(meeting: Meeting) -> None:
    answers = (
        meeting.convener.patch(meeting.record, json={"note": "字" * 100_000}),
        meeting.convener.post(f"{meeting.record}/entries", json=ENTRY | {"result": SAID["name"]}),
        meeting.convener.post(f"{meeting.record}/person", json=move(SAID["name"])),
        meeting.convener.get(f"{meeting.path}/records/{uuid4()}"),
        meeting.convener.delete(f"{meeting.path}/members/{uuid4()}"),
    )
    assert {answer.status_code for answer in answers} <= {404, 413, 422}
    for answer in answers:
        assert not any(words in answer.text for words in SAID.values())
        assert "東-3" not in answer.text


@pytest.fixture
def paper(meeting: Meeting) -> tuple[TestClient, str]:
    """The convener's own browser, and the page of the record."""
    client = meeting.convener
    return client, meeting.record.removeprefix("/api/v1")


def test_on_the_page_a_part_that_is_too_long_is_named_and_all_parts_are_kept(
    paper: tuple[TestClient, str],
) -> None:
    client, page = paper
    said = {"called_name": "かぜさん", "telephone": "0" * 201, "worries": "雨戸", "version": "1"}
    refused = send(client, f"{page}/edit", said)
    assert refused.status_code == 422
    assert 'href="#telephone"' in refused.text
    for words in ("かぜさん", "0" * 201, "雨戸"):
        assert words in refused.text
    assert "000-1234-5678" in look(client, page)


def test_on_the_page_an_entry_without_anything_names_what_is_missing(
    paper: tuple[TestClient, str],
) -> None:
    client, page = paper
    refused = send(client, f"{page}/entries", {})
    assert refused.status_code == 422
    named = [field for field in ("channel", "direction", "result") if f"#{field}" in refused.text]
    assert "result" in named
    for english in ("Field required", "Input should", "missing"):
        assert english not in main_of(refused)


def test_what_was_written_is_text_on_the_page_and_no_markup(
    paper: tuple[TestClient, str],
) -> None:
    client, page = paper
    conference = page.rsplit("/records/", 1)[0]
    planted = "<script>alert(1)</script>{{ 7 * 7 }}"
    new = led_to(send(client, f"{conference}/records/new", {"worries": planted}))
    shown = client.get(new, headers=OWN).text
    assert "<script>alert" not in shown
    assert planted in look(client, f"{new}/edit") or "{{ 7 * 7 }}" in shown
    assert "{{ 7 * 7 }}" in shown


def test_a_record_page_speaks_the_words_of_the_field(paper: tuple[TestClient, str]) -> None:
    client, page = paper
    for place in ("", "/edit", "/person"):
        words = look(client, f"{page}{place}")
        for unwanted in ("対象者", "ケース", "欠席", "クライエント", "conference", "record"):
            assert unwanted not in words, place
    assert set(PART_WORDS) == set(Part)
