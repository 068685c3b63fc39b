"""Between what happened and the mail about it things change: who is told is who may know now."""

from uuid import UUID

import pytest
from sqlmodel import select

from service.accounts.rules import Role
from service.accounts.tables import Account
from service.database import transaction
from service.notices import spreading
from service.notices.rules import OFFERED, offered
from service.notices.spreading import AT_ONCE, spread
from service.outbox.actions import end_notices, report
from service.outbox.rules import COUNTED, Notice, State
from service.outbox.tables import Event, Mailbox
from service.outbox.words import FIGURE_WORDS, NOTICE_WORDS, PAGE_OF
from service.persons.tables import Person
from tests.factories import Town
from tests.service.notices.conftest import API, Office


def change(desk: Office, user: str, **known: object) -> None:
    with transaction(desk.connection) as session:
        account = session.exec(select(Account).where(Account.id == desk.id_of(user))).one()
        for name, value in known.items():
            setattr(account, name, value)


def events(desk: Office) -> int:
    with transaction(desk.connection) as session:
        return len(session.exec(select(Event)).all())


def happened(desk: Office, notice: Notice, **how: UUID | None) -> None:
    tenant = desk.town.municipality.id
    desk.session(
        lambda session: report(session, tenant, notice, at=desk.now, **how)  # type: ignore[arg-type] - ids alone
    )


def test_who_left_before_it_was_worked_out_is_told_nothing(desk: Office) -> None:
    desk.worry(desk.person())
    change(desk, "coordinator", active=False)
    assert desk.spread() == []


def test_who_has_another_role_by_then_is_told_what_that_role_is_told(desk: Office) -> None:
    desk.worry(desk.person())
    change(desk, "coordinator", role=Role.OFFICER)
    assert desk.spread() == []


def test_who_has_taken_somebody_over_is_told_in_the_place_of_who_had_them(desk: Office) -> None:
    person = desk.person()
    desk.worry(person, "coordinator")
    with transaction(desk.connection) as session:
        found = session.exec(select(Person).where(Person.id == person.id)).one()
        found.owner_id, found.area_id = desk.id_of("csw_west"), desk.town.areas["west"].id
    assert desk.spread() == [("csw_west", "concern")]


def test_after_an_erasure_nothing_is_told_and_nobody_is_named_in_what_is_kept(
    desk: Office,
) -> None:
    person = desk.person()
    desk.worry(person)
    spread(desk.connection, at=desk.now)
    desk.worry(person)
    desk.session(lambda session: end_notices(session, person.id, at=desk.now))
    assert events(desk) == 0
    assert [(line.state, line.about_id) for line in desk.lines()] == [(State.DROPPED, None)]
    assert desk.spread() == []


def test_the_erasure_of_one_leaves_the_notices_about_another(desk: Office) -> None:
    one, another = desk.person(), desk.person()
    desk.worry(one)
    desk.worry(another)
    desk.session(lambda session: end_notices(session, one.id, at=desk.now))
    assert desk.spread() == [("coordinator", "concern")]


def test_an_emergency_is_told_also_when_the_consent_goes_meanwhile(desk: Office) -> None:
    person = desk.person()
    body = {"code": person.code, "reason": "電話に出ない。あかりが二日ついたまま。安否をたしかめる"}
    assert desk.client("csw_west").post(f"{API}/emergency-accesses", json=body).status_code == 201
    spread(desk.connection, at=desk.now)
    desk.session(lambda session: end_notices(session, person.id, at=desk.now, but=person.owner_id))
    assert {line.state for line in desk.lines()} == {State.WAITING}


def test_nobody_of_another_municipality_is_told(desk: Office, elsewhere: Town) -> None:
    with transaction(desk.connection) as session:
        for user, account in elsewhere.accounts.items():
            session.add(
                Mailbox(
                    municipality_id=account.municipality_id,
                    account_id=account.id,
                    address=f"{user}@next.example",
                )
            )
    desk.worry(desk.person())
    happened(desk, Notice.DEAD_LETTER)
    assert desk.spread() == [("admin", "dead_letter"), ("coordinator", "concern")]


def test_who_did_it_is_not_told_of_it_even_of_what_cannot_be_switched_off(desk: Office) -> None:
    happened(desk, Notice.DEAD_LETTER, by=desk.id_of("admin"))
    assert desk.spread() == []


@pytest.mark.parametrize("notice", [Notice.EMERGENCY, Notice.RELEASE])
def test_what_names_no_cause_and_nobody_is_told_to_nobody(desk: Office, notice: Notice) -> None:
    happened(desk, notice)
    assert desk.spread() == []
    assert events(desk) == 0


def test_of_somebody_who_is_not_there_nobody_is_told(desk: Office) -> None:
    happened(desk, Notice.CONCERN, about=UUID(int=7))
    happened(desk, Notice.RELEASE, about=UUID(int=7))
    assert desk.spread() == []


def test_more_than_one_handful_is_worked_out_to_the_end_and_each_once(desk: Office) -> None:
    many = 2 * AT_ONCE + 1
    for _ in range(many):
        happened(desk, Notice.DEAD_LETTER)
    assert spread(desk.connection, at=desk.now) == many
    assert spread(desk.connection, at=desk.now) == 0
    assert len(desk.lines()) == many
    assert {line.account_id for line in desk.lines()} == {desk.id_of("admin")}


def test_an_error_in_the_middle_leaves_every_event_and_writes_no_line(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        happened(desk, Notice.DEAD_LETTER)
    tell, told = spreading._spread, []

    def third_time(session: object, event: Event, **how: object) -> None:
        told.append(event.id)
        if len(told) == 3:
            raise RuntimeError
        tell(session, event, **how)  # type: ignore[arg-type] - passed on

    monkeypatch.setattr(spreading, "_spread", third_time)
    with pytest.raises(RuntimeError):
        spread(desk.connection, at=desk.now)
    assert (events(desk), desk.lines()) == (3, [])
    monkeypatch.undo()
    assert spread(desk.connection, at=desk.now) == 3
    assert len(desk.lines()) == 3


def test_a_mail_says_when_it_happened_and_not_when_it_was_worked_out(desk: Office) -> None:
    happened(desk, Notice.DEAD_LETTER)
    before = desk.now
    desk.clock.turn(hours=5)
    desk.spread()
    [parcel] = desk.carried
    assert parcel.at.replace(tzinfo=before.tzinfo) == before


@pytest.mark.parametrize("role", Role)
def test_everything_that_reaches_a_role_has_words_a_page_and_a_figure(role: Role) -> None:
    for notice in offered(role):
        assert NOTICE_WORDS[notice]
        assert PAGE_OF[notice].startswith("/")
        counted = COUNTED[notice]
        assert counted is None or FIGURE_WORDS[counted]


def test_every_notice_reaches_somebody() -> None:
    assert all(OFFERED[notice] for notice in Notice)


@pytest.mark.parametrize("notice", Notice)
def test_whoever_follows_a_notice_may_open_its_page(desk: Office, notice: Notice) -> None:
    """A link that ends in a refusal is worse than none."""
    users = {"csw": Role.CSW, "coordinator": Role.COORDINATOR, "admin": Role.ADMIN,
             "auditor": Role.AUDITOR, "officer": Role.OFFICER}  # fmt: skip
    for user, role in users.items():
        if role in OFFERED[notice]:
            page = desk.client(user).get(PAGE_OF[notice], headers={"accept": "text/html"})
            assert page.status_code == 200, (user, PAGE_OF[notice])
