"""What waits is carried, tried again later, given up where it has to be, and never lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from service.accounts.tables import Account
from service.database import transaction
from service.outbox import repository
from service.outbox.carrying import Carried
from service.outbox.composing import Parcel
from service.outbox.delivery import deliver, office
from service.outbox.rules import Channel, Notice, State, Trouble
from service.outbox.tables import Event, Line, Mailbox, Webhook
from tests.service.outbox.conftest import Desk

BUSY = Carried(Trouble.NOT_NOW, 450)
NEVER = Carried(Trouble.REFUSED, 550)


@pytest.fixture(autouse=True)
def mailbox(desk: Desk) -> None:
    desk.mailbox("coordinator")


def aware(at: datetime | None) -> datetime:
    assert at is not None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def test_what_waits_is_carried_once_with_its_own_id(desk: Desk) -> None:
    desk.write()
    assert desk.deliver().sent == 1
    assert desk.deliver().sent == 0
    [parcel] = desk.carried
    line = desk.line()
    assert (parcel.id, parcel.to, parcel.figures) == (
        line.id,
        "coordinator@city.example",
        {"concern": 1},
    )
    assert (line.state, line.tries, line.held_by) == (State.SENT, 1, None)


def test_after_trouble_it_is_tried_later_and_not_before(desk: Desk) -> None:
    desk.write()
    desk.answers = [BUSY, BUSY]
    assert desk.deliver().failed == 1
    line = desk.line()
    assert (line.state, line.trouble, line.answer) == (State.WAITING, Trouble.NOT_NOW, 450)
    wait = aware(line.next_at) - desk.now
    assert timedelta(minutes=1) <= wait <= timedelta(minutes=1.25)
    desk.clock.turn(seconds=59)
    assert desk.deliver().failed == 0
    desk.clock.turn(seconds=17)
    assert desk.deliver().failed == 1
    desk.clock.turn(minutes=6)
    assert desk.deliver().sent == 1
    assert len({each.id for each in desk.carried}) == 1
    assert desk.line().tries == 3


def test_given_up_it_lies_among_the_dead_and_the_admin_is_told(desk: Desk) -> None:
    desk.write()
    desk.answers = [BUSY] * 3
    for _ in range(4):
        desk.deliver(deliver_tries=3)
        desk.clock.turn(hours=8)
    assert desk.line().state is State.DEAD
    assert len(desk.carried) == 3
    [event] = desk.session(lambda session: session.exec(select(Event)).all())  # type: ignore[misc] - a list
    assert event.notice is Notice.DEAD_LETTER


def test_what_is_refused_for_good_is_not_tried_again(desk: Desk) -> None:
    desk.write()
    desk.answers = [NEVER]
    done = desk.deliver()
    assert (done.failed, done.dead) == (1, 1)
    assert desk.line().state is State.DEAD


def test_a_dead_letter_about_a_dead_letter_is_told_to_nobody(desk: Desk) -> None:
    desk.write(notice=Notice.DEAD_LETTER)
    desk.answers = [NEVER]
    desk.deliver()
    assert desk.line().state is State.DEAD
    assert desk.session(lambda session: session.exec(select(Event)).all()) == []


def test_a_line_whose_carrier_was_killed_is_carried_again_when_its_lease_has_run_out(
    desk: Desk,
) -> None:
    desk.write()
    with transaction(desk.connection) as session:
        held = repository.claim(
            session, uuid4(), Channel, at=desk.now, until=desk.now + timedelta(minutes=10)
        )
        assert held is not None
    assert desk.deliver().sent == 0
    desk.clock.turn(minutes=10)
    assert desk.deliver().sent == 1
    assert desk.line().tries == 2


def test_a_line_that_ends_every_carrier_is_given_up_without_one_more(desk: Desk) -> None:
    desk.write()
    for _ in range(2):
        with transaction(desk.connection) as session:
            repository.claim(
                session, uuid4(), Channel, at=desk.now, until=desk.now + timedelta(minutes=1)
            )
        desk.clock.turn(minutes=2)
    assert desk.deliver(deliver_tries=2).dead == 1
    assert desk.carried == []
    assert desk.line().trouble is Trouble.INTERRUPTED


def test_whoever_has_lost_the_lease_no_longer_says_what_failed(desk: Desk) -> None:
    desk.write()
    first = uuid4()
    with transaction(desk.connection) as session:
        repository.claim(session, first, Channel, at=desk.now, until=desk.now)
        again = repository.claim(
            session, uuid4(), Channel, at=desk.now, until=desk.now + timedelta(minutes=9)
        )
        assert again is not None
        told = repository.mark_trouble(
            session, again.id, first, Trouble.REFUSED, 550, next_at=None, at=desk.now
        )
    assert not told
    assert desk.line().state is State.WAITING


def test_an_account_that_was_closed_meanwhile_gets_nothing(desk: Desk) -> None:
    desk.write()

    def close(session: object) -> None:
        account = session.exec(select(Account).where(Account.id == desk.id_of("coordinator"))).one()  # type: ignore[attr-defined] - a session
        account.active = False

    desk.session(close)
    assert desk.deliver().dropped == 1
    assert desk.carried == []
    assert desk.line().state is State.DROPPED


def test_a_mail_goes_where_its_owner_wants_it_now(desk: Desk) -> None:
    desk.write()

    def move(session: object) -> None:
        session.exec(select(Mailbox)).one().address = "elsewhere@city.example"  # type: ignore[attr-defined] - a session

    desk.session(move)
    desk.deliver()
    assert [each.to for each in desk.carried] == ["elsewhere@city.example"]


def test_the_same_is_written_once(desk: Desk) -> None:
    assert desk.write(once="digest:1")
    assert not desk.write(once="digest:1")
    assert desk.write(once="digest:2")
    assert desk.write()
    assert desk.write()
    assert len(desk.lines()) == 4


def test_what_nobody_carries_goes_on_waiting(desk: Desk) -> None:
    desk.write()
    done = deliver(replace(office(desk.connection, desk.office().settings), now=desk.clock))
    assert done.sent == done.failed == done.dropped == 0
    assert desk.line().state is State.WAITING


def test_lines_that_are_done_are_swept_after_a_month_and_the_dead_stay(desk: Desk) -> None:
    desk.answers = [NEVER]
    desk.write()
    desk.deliver()
    desk.write()
    desk.deliver()
    desk.clock.turn(days=31)
    desk.deliver()
    assert [line.state for line in desk.lines()] == [State.DEAD]


def test_a_line_that_breaks_its_carrier_keeps_no_other_from_leaving(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write()
    desk.write()
    carry, broken = desk.carry, []

    def breaking(parcel: Parcel) -> Carried:
        if not broken:
            broken.append(parcel.id)
            raise ValueError("a header that nobody can write")
        return carry(parcel)

    at = replace(desk.office(), carriers=dict.fromkeys(Channel, breaking))
    done = deliver(at)
    assert (done.sent, done.failed) == (1, 1)
    [left] = [line for line in desk.lines() if line.state is State.WAITING]
    assert (left.id, left.trouble) == (broken[0], Trouble.INTERRUPTED)


def test_a_webhooks_line_goes_with_its_webhook(desk: Desk) -> None:
    tenant = desk.town.municipality.id
    with transaction(desk.connection) as session:
        hook = Webhook(
            municipality_id=tenant,
            url="https://x.example/",
            key_id="k",
            made_by=desk.id_of("admin"),
        )
        session.add(hook)
        session.flush()
        known = {"municipality_id": tenant, "webhook_id": hook.id, "figures": {}}
        moments = {"at": desk.now, "next_at": desk.now}
        session.add(Line(channel=Channel.WEBHOOK, notice=Notice.CONCERN, **known, **moments))
        hook.ended_at = desk.now
    assert desk.deliver().dropped == 1
    assert desk.carried == []
