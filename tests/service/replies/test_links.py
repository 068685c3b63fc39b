"""What opens nothing is one answer and one work; guesses are counted, and right ones given back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlmodel import Session, select

from service.hosts.tables import HostLink
from tests.factories import Town, TurnableClock
from tests.service.replies.conftest import API, Desk

UNKNOWN = "x" * 43


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """Collect every statement that the database is asked for."""
    heard: list[str] = []

    def hear(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if "SAVEPOINT" not in statement:
            heard.append(statement.split(" WHERE ", maxsplit=1)[0])

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", hear)
    yield heard
    event.remove(engine, "before_cursor_execute", hear)


def test_unknown_expired_revoked_ended_and_another_kind_are_one_answer_and_one_work(
    desk: Desk, session: Session, turnable_clock: TurnableClock
) -> None:
    ended = desk.linked(desk.asked())
    desk.moved("pass", side="person")
    revoked = desk.linked(desk.asked("own", host_id=desk.temple))
    [link] = session.exec(select(HostLink).where(HostLink.purpose == "own")).all()
    desk.done(f"host-links/{link.id}/revocation")
    expired = desk.linked(desk.asked("own", host_id=desk.temple), days=1)
    turnable_clock.turn(days=3)
    bodies, work = set(), set()
    for token in (UNKNOWN, ended, revoked, expired):
        with statements(session) as asked:
            page = desk.host.get(f"/h/{token}")
        assert page.status_code == 404
        bodies.add(page.text)
        work.add(tuple(asked))
        answer = desk.answered(token, "can")
        assert (answer.status_code, answer.json()["title"]) == (404, "NoSuchLink")
    assert len(bodies) == 1
    assert len(work) == 1


def test_wrong_links_are_counted_and_then_even_a_right_one_has_to_wait(
    desk: Desk, turnable_clock: TurnableClock, app: FastAPI
) -> None:
    token = desk.linked(desk.asked())
    tries = app.state.settings.link_tries
    assert {desk.host.get(f"/h/{UNKNOWN}{n}").status_code for n in range(tries)} == {404}
    waiting = desk.host.get(f"/h/{token}")
    assert waiting.status_code == 429
    assert int(waiting.headers["retry-after"]) <= 60
    turnable_clock.turn(hours=1)
    assert desk.host.get(f"/h/{token}").status_code == 200


def test_who_has_the_right_link_may_look_as_often_as_they_like(desk: Desk, app: FastAPI) -> None:
    token = desk.linked(desk.asked())
    looks = app.state.settings.link_tries + 5
    assert {desk.host.get(f"{API}/host/{token}/inquiry").status_code for _ in range(looks)} == {200}


def test_a_link_opens_nothing_but_what_it_is_for(desk: Desk) -> None:
    token = desk.linked(desk.asked("own", host_id=desk.temple))
    assert desk.host.get(f"{API}/host/{token}").status_code == 404  # no packet to look at
    assert desk.answered(token, "can").status_code == 422
    assert desk.answered(token, "troubled").status_code == 422


def test_the_token_is_kept_nowhere_and_in_no_log(
    desk: Desk, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    token = desk.linked(desk.asked())
    desk.host.get(f"/h/{token}")
    desk.answered(token, "can", remark="needle-remark")
    assert token not in str([each.model_dump() for each in session.exec(select(HostLink))])
    printed = capsys.readouterr().out
    assert "/h/{token}" in printed
    assert token not in printed
    assert "needle-remark" not in printed


def test_a_neighbour_finds_none_of_our_questions(
    desk: Desk, elsewhere: Town, client_of: Callable[[str], TestClient]
) -> None:
    inquiry = desk.asked()
    stranger = client_of("csw_elsewhere")
    assert stranger.get(f"{API}/inquiries/{inquiry['id']}").status_code == 404
    assert stranger.post(f"{API}/inquiries/{inquiry['id']}/links").status_code == 404
    assert stranger.get(f"{API}/inquiries").json()["items"] == []
    body = {"purpose": "own", "host_id": desk.temple}
    assert stranger.post(f"{API}/inquiries", json=body).status_code == 404


def test_a_nickname_is_shown_while_a_consent_covers_it_and_the_link_ends_with_the_consent(
    desk: Desk,
) -> None:
    people = f"people/{desk.person.id}/consents"
    fields = {"fields": ["nickname"], "purpose": "相談のため", "how": "口頭"}
    known = {"shared_with": "hosts", "host_id": desk.temple, "given_on": "2026-11-20"} | fields
    given = desk.done(people, **known)
    desk.moved("host_accepts", minutes=30, first_on="2026-11-24", may_tell=["nickname"])
    token = desk.linked(desk.asked())
    assert desk.person.code in desk.host.get(f"/h/{token}").text
    desk.done(f"{people}/{given['id']}/withdrawal")
    assert desk.host.get(f"/h/{token}").status_code == 404
    assert desk.answered(token, "can").status_code == 404
    named = desk.host.get(f"/h/{desk.linked(desk.asked())}").text
    assert desk.person.code not in named
    assert "名前はまだ伝えません" in named


def test_a_colleague_who_may_not_see_somebody_finds_no_question_about_them(
    desk: Desk, client_of: Callable[[str], TestClient]
) -> None:
    about_somebody = desk.asked()["id"]
    about_a_host = desk.asked("own", host_id=desk.temple)["id"]
    colleague = client_of("csw_west")
    for path in ("", "/links"):
        answer = colleague.get(f"{API}/inquiries/{about_somebody}{path}")
        assert answer.status_code == 404
    sent = {"answer": "can"}
    assert colleague.post(f"{API}/inquiries/{about_somebody}/reply", json=sent).status_code == 404
    seen = colleague.get(f"{API}/inquiries").json()["items"]
    assert [each["id"] for each in seen] == [about_a_host]
    assert desk.status == "asked"
