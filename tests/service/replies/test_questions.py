"""Name-free questions: put together from codes, answered for the activity, offered to everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from catalogue.tables import Activity
from service.persons.tables import Person
from service.replies.questions import (
    KIND_OF,
    SENTENCES,
    Ask,
    Line,
    misput,
    names_somebody,
    offered,
    said,
)
from tests.factories import Town, person_in
from tests.service.replies.conftest import API, Desk

QUIET: list[dict[str, Any]] = [
    {"ask": "shorter", "value": 20},
    {"ask": "other_slot", "value": "tu-am"},
    {"ask": "no_talking"},
]


def asked(desk: Desk, **more: Any) -> dict[str, Any]:
    return desk.asked("question", activity_id=str(desk.town.activities["tea"].id), **more)


def heard(session: Session) -> list[dict[str, Any]]:
    """Return what is kept with the tea as it stands now."""
    query = select(Activity).where(Activity.ref == "tea")
    return session.exec(query.execution_options(populate_existing=True)).one().heard


def test_a_quiet_short_morning_is_asked_about_in_the_hosts_words(desk: Desk) -> None:
    inquiry = asked(desk, asks=QUIET, own_line="窓ぎわの席がよいそうです")
    page = desk.host.get(f"/h/{desk.linked(inquiry)}").text
    for line in (
        "1回20分くらいの短い時間",
        "火曜日の午前に",
        "話さなくてもよい",
        "窓ぎわの席がよいそうです",
    ):
        assert f"<li>{line}" in page
    assert desk.person.code not in page
    assert inquiry["person_id"] is None


def test_the_answer_is_kept_with_the_activity_and_its_day(desk: Desk, session: Session) -> None:
    desk.answered(desk.linked(asked(desk, asks=[{"ask": "just_being"}])), "no")
    assert heard(session) == [
        {"ask": "just_being", "value": None, "kind": "just_being", "answer": "no",
         "on": "2026-11-20"}
    ]  # fmt: skip
    desk.answered(desk.linked(asked(desk, asks=[{"ask": "just_being"}])), "yes")
    assert [each["answer"] for each in heard(session)] == ["yes"]


def test_a_no_to_several_things_at_once_says_of_none_of_them_which_it_was(
    desk: Desk, session: Session
) -> None:
    desk.answered(desk.linked(asked(desk, asks=QUIET)), "no")
    assert heard(session) == []


def test_who_wants_to_talk_stands_in_the_queue(
    desk: Desk, client_of: Callable[[str], TestClient]
) -> None:
    desk.answered(desk.linked(asked(desk, asks=QUIET)), "talk", remark="昼に電話ください")
    first = client_of("coordinator").get(f"{API}/follow-ups").json()["items"][0]
    assert (first["occasion"], first["host_name"]) == ("concern", "喫茶みなと")


def test_a_yes_becomes_what_the_activity_offers_everybody_by_a_workers_hand(desk: Desk) -> None:
    inquiry = asked(
        desk, asks=[{"ask": "shorter", "value": 10}, {"ask": "fewer_people", "value": 3}]
    )
    path = f"activities/{inquiry['activity_id']}"
    refused = desk.staff.post(f"{API}/inquiries/{inquiry['id']}/offer")
    assert refused.status_code == 409
    desk.answered(desk.linked(inquiry), "yes")
    assert desk.read(path)["minutes"] == {"min": 20, "max": 60}
    assert desk.done(f"inquiries/{inquiry['id']}/offer")["offered_at"]
    assert desk.read(path)["minutes"] == {"min": 10, "max": 60}
    assert desk.read(path)["group_size"] == [3, 12]


@pytest.mark.parametrize(
    "line",
    [
        "電話は 090-1234-5678 です",
        "生まれは １９８０１２０１",
        "{code}さんが行きます",
        "{spaced}が行きます",
    ],
)
def test_a_line_of_ones_own_names_nobody(desk: Desk, line: str) -> None:
    code = desk.person.code
    body = {
        "purpose": "question",
        "activity_id": str(desk.town.activities["tea"].id),
        "own_line": line.format(code=code, spaced=" ".join(code)),
    }
    answer = desk.staff.post(f"{API}/inquiries", json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, "own_line")
    assert code not in answer.text


def test_the_name_of_somebody_known_stays_inside_too(
    desk: Desk, session: Session, town: Town
) -> None:
    named: Person = person_in(session, town)
    path = f"{API}/people/{named.id}/name"
    known = {"called": "たろうさん", "family": "山田", "given": "太郎", "kana": "やまだ たろう"}
    assert desk.staff.put(path, json=known).status_code == 200
    body = {"purpose": "question", "activity_id": str(town.activities["tea"].id)}
    for line in ("山田さんが行きます", "太郎君のこと", "タロウさん"):
        answer = desk.staff.post(f"{API}/inquiries", json=body | {"own_line": line})
        assert answer.status_code == 422, line
    assert (
        desk.staff.post(f"{API}/inquiries", json=body | {"own_line": "山の話"}).status_code == 201
    )


@pytest.mark.parametrize(
    "line",
    [
        Line(Ask.SHORTER),
        Line(Ask.SHORTER, 4),
        Line(Ask.SHORTER, "20"),
        Line(Ask.FEWER_PEOPLE, 0),
        Line(Ask.OTHER_SLOT),
        Line(Ask.OTHER_SLOT, "tu-night"),
        Line(Ask.HOME, 1),
    ],
)
def test_what_cannot_be_asked_is_refused(line: Line) -> None:
    assert misput(line) is not None


def test_every_code_has_a_sentence_an_arrangement_or_none_and_can_be_asked() -> None:
    values: dict[Ask, int | str] = {
        Ask.SHORTER: 20, Ask.FEWER_PEOPLE: 3, Ask.OTHER_SLOT: "we-evening",
    }  # fmt: skip
    assert set(SENTENCES) == set(KIND_OF) == set(Ask)
    for ask in Ask:
        line = Line(ask, values.get(ask))
        assert misput(line) is None
        assert "{" not in said(line)


def test_what_the_terms_have_no_word_for_changes_nothing() -> None:
    assert offered(Line(Ask.LIFT), {}) == {}
    assert offered(Line(Ask.NO_TALKING), {}) == {"no_talk_ok": True}
    assert offered(Line(Ask.SHORTER, 30), {}) == {"minutes": {"min": 30, "max": 30}}


def test_short_words_of_everyday_are_no_names() -> None:
    assert names_somebody("あさ、森の中で", ("",)) is None
