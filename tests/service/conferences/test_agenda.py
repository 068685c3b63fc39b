"""The paper of a meeting: numbers and days, words only on request, and for members alone."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from service.audit.tables import AccessRecord, Act
from service.conferences.agenda import SPOKEN_OF
from service.conferences.rules import PART_WORDS, Part
from tests.factories import TurnableClock
from tests.service.browsing import OWN, led_to, look, send
from tests.service.conferences.conftest import ENTRY, SAID, Meeting, made

NEVER = {
    Part.CALLED_NAME, Part.NAME, Part.KANA, Part.ADDRESS, Part.TELEPHONE, Part.HOUSEHOLD,
    Part.KNOWN, Part.CAME_THROUGH, Part.NOTE,
}  # fmt: skip


def paper_of(meeting: Meeting, query: str = "") -> str:
    return f"/conferences/{meeting.conference_id}/paper{query}"


def printed(client: TestClient, path: str) -> str:
    """Return what goes onto the paper: without the parts that only the screen shows."""
    html = client.get(path, headers=OWN).text.split("<main", 1)[1].split("</main>", 1)[0]
    shown, details, rest = html.partition('<details class="no-print boxed">')
    return shown + rest.partition("</details>")[2] if details else html


def test_the_paper_has_numbers_days_and_room_and_names_nobody(meeting: Meeting) -> None:
    made(meeting.convener.post(f"{meeting.record}/entries", json=ENTRY | {"next_on": "2026-12-01"}))
    paper = printed(meeting.convener, paper_of(meeting))
    for words in (
        "東-3",
        "1件",
        "関わりの記録 1件",
        "11月19日(木)",
        "12月1日(火)",
        "きょう決めたこと",
    ):
        assert words in paper
    for said in (*SAID.values(), ENTRY["what"], ENTRY["intention"]):
        assert said not in paper
    assert "かぜさん" in look(meeting.convener, paper_of(meeting)), "members know who is who"


def test_the_words_are_printed_only_on_request_and_never_who_it_is(meeting: Meeting) -> None:
    paper = printed(meeting.convener, paper_of(meeting, "?words=true"))
    assert SAID["worries"] in paper
    assert SAID["own_words"] in paper
    for part in ("called_name", "name", "telephone", "came_through"):
        assert SAID[part] not in paper


def test_every_part_is_either_spoken_of_or_never_printed() -> None:
    assert set(SPOKEN_OF) | NEVER == set(Part) == set(PART_WORDS)
    assert not set(SPOKEN_OF) & NEVER


def test_the_title_and_the_address_which_printers_keep_say_nothing(meeting: Meeting) -> None:
    answer = meeting.convener.get(paper_of(meeting, "?words=true"), headers=OWN)
    assert "<title>会議の資料 - 出番</title>" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert 'data-handling="部外秘"' in answer.text


def test_the_oldest_comes_first_and_a_closed_record_is_no_longer_spoken_of(
    meeting: Meeting, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(days=1)
    later = made(meeting.convener.post(f"{meeting.path}/records", json={"worries": "新しい心配"}))
    paper = printed(meeting.convener, paper_of(meeting, "?words=true"))
    assert paper.index(SAID["worries"]) < paper.index("新しい心配")
    led_to(
        send(
            meeting.convener,
            f"/conferences/{meeting.conference_id}/records/{later['id']}/closure",
            {},
        )
    )
    paper = printed(meeting.convener, paper_of(meeting, "?words=true"))
    assert "新しい心配" not in paper
    assert "1件" in paper


def test_that_they_were_looked_at_is_written_down_and_nothing_else_is(
    meeting: Meeting, session: Session
) -> None:
    before = len(session.exec(select(AccessRecord)).all())
    meeting.convener.get(paper_of(meeting), headers=OWN)
    rows = session.exec(select(AccessRecord).order_by(col(AccessRecord.seq))).all()[before:]
    assert [(row.act, row.resource) for row in rows] == [(Act.LIST, "conference_record")]


@pytest.mark.parametrize(
    ("user", "status"),
    [("coordinator", 404), ("csw_west", 404), ("officer", 403), ("admin", 403), ("auditor", 403)],
)
def test_whoever_does_not_sit_there_gets_no_paper(
    meeting: Meeting, client_of: Callable[[str], TestClient], user: str, status: int
) -> None:
    answer = client_of(user).get(paper_of(meeting, "?words=true"), headers=OWN)
    assert answer.status_code == status
    assert SAID["worries"] not in answer.text
    assert "東-3" not in answer.text


def test_a_seat_that_has_ended_prints_nothing_from_then_on(
    meeting: Meeting, client_of: Callable[[str], TestClient]
) -> None:
    colleague = client_of("csw_west")
    answer = meeting.convener.post(f"{meeting.path}/members", json={"username": "csw_west"})
    (seat,) = [each for each in answer.json() if each["display_name"] == "職員 csw_west"]
    assert colleague.get(paper_of(meeting), headers=OWN).status_code == 200
    meeting.convener.delete(f"{meeting.path}/members/{seat['id']}")
    assert colleague.get(paper_of(meeting), headers=OWN).status_code == 404
