"""Looking after what did not arrive: by the right people, with a reason, one at a time."""

import json
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from service.audit.tables import AccessRecord
from service.database import transaction
from service.outbox.actions import write_calls
from service.outbox.carrying import Carried
from service.outbox.rules import Channel, Closing, Figure, Notice, State, Trouble
from service.outbox.tables import Event, Line
from tests.factories import Town
from tests.service.browsing import look, main_of, send
from tests.service.notices.conftest import API, Office

LETTERS = f"{API}/dead-letters"
NEVER = Carried(Trouble.REFUSED, 550)


def buried(desk: Office, number: int = 1, user: str = "csw") -> list[str]:
    """Let so many notices to somebody be refused for good."""
    for _ in range(number):
        desk.write(user)
    desk.answers = [NEVER] * number
    desk.deliver()
    return [str(line.id) for line in desk.lines() if line.state is State.DEAD]


def told_of_settings(desk: Office) -> list[tuple[str, str]]:
    """Return who changed what about notices, as the audit has it."""
    names = {account.id: user for user, account in desk.town.accounts.items()}
    with transaction(desk.connection) as session:
        found = session.exec(select(AccessRecord).order_by(col(AccessRecord.seq))).all()
        said = [(each.account_id, json.loads(each.detail)) for each in found]
    return [
        (names[who], each["how"]) for who, each in said if each.get("what") == "notices" and who
    ]


def test_pages_of_dead_letters_follow_one_another_and_leave_none_out(desk: Office) -> None:
    dead = buried(desk, 7)
    client, seen, after = desk.client("admin"), [], None
    while True:
        asked = {"limit": 3} | ({"after": after} if after else {})
        page = client.get(LETTERS, params=asked).json()
        assert len(page["items"]) <= 3
        seen += [each["id"] for each in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert sorted(seen) == sorted(dead)
    assert len(seen) == 7


def test_what_only_waits_or_has_arrived_is_no_dead_letter(desk: Office) -> None:
    desk.write()
    desk.deliver()
    desk.clock.turn(seconds=1)
    desk.write()
    sent_and_waiting = [str(line.id) for line in desk.lines()]
    client = desk.client("admin")
    assert client.get(LETTERS).json() == {"items": [], "next": None}
    for letter in sent_and_waiting:
        assert client.post(f"{LETTERS}/{letter}/retry").status_code == 404
        body = {"reason": "other"}
        assert client.post(f"{LETTERS}/{letter}/closing", json=body).status_code == 404
    assert [line.state for line in desk.lines()] == [State.SENT, State.WAITING]


@pytest.mark.parametrize(
    "body", [{}, {"reason": ""}, {"reason": "bored"}, {"reason": None}, {"reason": "other", "x": 1}]
)
def test_without_one_of_the_reasons_a_letter_stays(desk: Office, body: dict[str, Any]) -> None:
    [letter] = buried(desk)
    answer = desk.client("coordinator").post(f"{LETTERS}/{letter}/closing", json=body)
    assert answer.status_code == 422
    assert desk.line().state is State.DEAD
    assert told_of_settings(desk) == []


@pytest.mark.parametrize("user", ["csw", "officer", "auditor"])
def test_who_does_not_look_after_deliveries_neither_sees_nor_moves_them(
    desk: Office, user: str
) -> None:
    [letter] = buried(desk)
    client = desk.client(user)
    answers = [
        client.get(LETTERS),
        client.post(f"{LETTERS}/{letter}/retry"),
        client.post(f"{LETTERS}/{letter}/closing", json={"reason": "other"}),
        send(client, f"/dead-letters/{letter}/retry", {}),
        send(client, f"/dead-letters/{letter}/closing", {"reason": "other"}),
    ]
    assert {each.status_code for each in answers} == {403}
    assert desk.line().state is State.DEAD


def test_an_absent_and_a_neighbours_letter_are_answered_alike(
    desk: Office, elsewhere: Town
) -> None:
    assert elsewhere.accounts
    [letter] = buried(desk)
    neighbour = desk.client("admin_elsewhere")
    for kind, body in (("retry", None), ("closing", {"reason": "other"})):
        foreign = neighbour.post(f"{LETTERS}/{letter}/{kind}", json=body)
        absent = neighbour.post(f"{LETTERS}/{uuid4()}/{kind}", json=body)
        assert foreign.status_code == absent.status_code == 404
        assert foreign.json() == absent.json()
    assert "ありません" in look(neighbour, "/dead-letters")


def test_two_who_close_the_same_letter_leave_the_first_ones_reason(desk: Office) -> None:
    [letter] = buried(desk)
    first = desk.client("coordinator").post(
        f"{LETTERS}/{letter}/closing", json={"reason": "told_otherwise"}
    )
    second = desk.client("admin").post(f"{LETTERS}/{letter}/closing", json={"reason": "not_needed"})
    retried = desk.client("admin").post(f"{LETTERS}/{letter}/retry")
    assert (first.status_code, second.status_code, retried.status_code) == (204, 404, 404)
    line = desk.line()
    assert (line.closing, line.closed_by) == (Closing.TOLD_OTHERWISE, desk.id_of("coordinator"))
    assert told_of_settings(desk) == [("coordinator", "closed")]


def test_what_is_sent_again_starts_anew_and_may_die_again(desk: Office) -> None:
    desk.write("csw")
    desk.answers = [Carried(Trouble.NOT_NOW, 450)] * 4
    for _ in range(2):
        desk.deliver(deliver_tries=2)
        desk.clock.turn(hours=8)
    letter = str(desk.line().id)
    assert desk.client("admin").post(f"{LETTERS}/{letter}/retry").status_code == 204
    revived = desk.line()
    assert (revived.state, revived.tries, revived.settled_at) == (State.WAITING, 0, None)
    assert desk.deliver(deliver_tries=2).failed == 1
    assert desk.line().state is State.WAITING  # one try of two
    desk.clock.turn(hours=8)
    assert desk.deliver(deliver_tries=2).dead == 1
    assert len({each.id for each in desk.carried}) == 1  # the same message for its receiver


def test_a_letter_to_an_account_that_has_gone_is_not_sent_again(desk: Office) -> None:
    [letter] = buried(desk)
    leaving = f"{API}/accounts/{desk.id_of('csw')}"
    admin = desk.client("admin")
    assert admin.patch(leaving, json={"active": False}).status_code == 200
    desk.carried.clear()
    assert admin.post(f"{LETTERS}/{letter}/retry").status_code == 204
    assert desk.deliver().dropped == 1
    assert desk.carried == []


def test_a_letter_goes_to_the_address_that_was_put_right(desk: Office) -> None:
    [letter] = buried(desk)
    desk.client("csw").put(f"{API}/me/notices/mail", json={"address": "right@city.example"})
    desk.client("admin").post(f"{LETTERS}/{letter}/retry")
    desk.carried.clear()
    desk.deliver()
    assert [each.to for each in desk.carried] == ["right@city.example"]


def test_whoever_wants_no_mail_any_more_leaves_no_dead_letter(desk: Office) -> None:
    buried(desk)
    desk.client("csw").delete(f"{API}/me/notices/mail")
    assert desk.line().state is State.DROPPED
    assert desk.client("admin").get(LETTERS).json()["items"] == []


def test_dead_letters_of_a_system_that_is_not_told_any_more_go_with_it(desk: Office) -> None:
    settings = {"webhook_hosts": "hooks.city.example"}
    admin = desk.client("admin")
    state = admin.app.state  # type: ignore[attr-defined] - the app under test
    state.settings = state.settings.model_copy(update=settings)
    made = admin.post(f"{API}/webhooks", json={"url": "https://hooks.city.example/a"})
    assert made.status_code == 201, made.text
    event = Event(municipality_id=desk.town.municipality.id, notice=Notice.CONCERN, at=desk.now)
    desk.session(lambda session: write_calls(session, event, {Figure.CONCERN: 1}, at=desk.now))
    desk.answers = [NEVER]
    desk.deliver()
    [shown] = admin.get(LETTERS).json()["items"]
    assert (shown["channel"], shown["to"]) == (Channel.WEBHOOK, "https://hooks.city.example/a")
    assert admin.delete(f"{API}/webhooks/{made.json()['id']}").status_code == 204
    assert admin.get(LETTERS).json()["items"] == []


def test_the_page_says_each_letter_in_words_and_keeps_it_when_no_reason_is_chosen(
    desk: Office,
) -> None:
    letter, other = buried(desk, 2)
    client = desk.client("coordinator")
    answer = send(client, f"/dead-letters/{letter}/closing", {"reason": "bored"})
    assert answer.status_code == 422
    said = main_of(answer)
    assert "届かなかったお知らせ 2件" in said
    assert "困りごとが書かれたとき" in said
    assert f'action="/dead-letters/{other}/retry"' in answer.text
    assert "連携先" not in said.split("困りごと")[0]  # those are for who manages accounts
    assert "連携先" in look(desk.client("admin"), "/dead-letters")


def test_an_answer_in_strange_figures_says_nothing_of_anybody(desk: Office) -> None:
    """Problem details of a letter that is not there name no place, no account, no line."""
    [letter] = buried(desk)
    desk.client("admin").post(f"{LETTERS}/{letter}/retry")
    answer = desk.client("admin").post(f"{LETTERS}/{letter}/retry")
    assert answer.headers["content-type"] == "application/problem+json"
    for needle in (letter, "csw", "city.example", str(desk.id_of("csw"))):
        assert needle not in answer.text


def test_the_dead_are_kept_however_long_nobody_looks(desk: Office) -> None:
    [letter] = buried(desk)
    for _ in range(3):
        desk.clock.turn(days=365)
        desk.deliver()
    assert [str(line.id) for line in desk.lines()] == [letter]
    desk.client("admin").post(f"{LETTERS}/{letter}/closing", json={"reason": "not_needed"})
    desk.clock.turn(days=29)
    desk.deliver()
    assert len(desk.lines()) == 1
    desk.clock.turn(days=2)
    desk.deliver()
    with transaction(desk.connection) as session:
        assert session.exec(select(Line)).all() == []
