"""On which days the morning's mail is written, and that one trouble is nobody else's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from service.accounts.rules import Role
from service.accounts.tables import Account
from service.database import transaction
from service.notices import digests
from service.outbox.rules import Notice
from service.outbox.tables import Mailbox
from tests.service.notices.conftest import API, Office

SETTINGS = f"{API}/follow-up-settings"
# Friday 20 November 2026, eight in the morning in Japan.
EIGHT = datetime(2026, 11, 19, 23, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def work(desk: Office) -> None:
    desk.clock.at = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)
    desk.worry(desk.person())
    desk.spread()
    desk.clock.at = EIGHT


def told(desk: Office) -> list[str]:
    names = {account.id: user for user, account in desk.town.accounts.items()}
    return sorted(
        names[line.account_id]
        for line in desk.lines()
        if line.notice is Notice.DIGEST and line.account_id
    )


def eight_on(day: date) -> datetime:
    """Eight in the morning in Japan is eleven in the evening before."""
    return datetime(day.year, day.month, day.day, 23, 0, tzinfo=UTC) - timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2028, 2, 29), True),  # a Tuesday that there is every four years
        (date(2026, 12, 28), True),  # a Monday, the last working day of the year
        (date(2026, 12, 29), False),  # offices rest from here
        (date(2027, 1, 1), False),
        (date(2027, 1, 4), True),  # a Monday, the first working day
        (date(2027, 5, 3), False),  # three holidays in the middle of a week
        (date(2027, 5, 6), True),
        (date(2027, 3, 22), False),  # a Monday off for the equinox on a Sunday
    ],
    ids=str,
)
def test_the_year_has_its_days_off(desk: Office, day: date, written: bool) -> None:
    desk.clock.at = eight_on(day)
    assert bool(desk.digest()) is written


def test_a_minute_before_eight_it_is_still_night_and_the_day_is_japans(desk: Office) -> None:
    # 22:59 on a Thursday in Greenwich is 7:59 on Friday in Japan.
    desk.clock.at = EIGHT - timedelta(minutes=1)
    assert desk.digest() == 0
    desk.clock.turn(minutes=1)
    assert desk.digest() == 2
    # Nine hours later both have the same day: it is Friday still.
    desk.clock.turn(hours=9)
    assert desk.digest() == 0


def test_at_midnight_the_next_day_begins_but_its_mail_waits_for_the_hour(desk: Office) -> None:
    desk.digest()
    desk.clock.at = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 0:00 on Tuesday the 24th
    assert desk.digest() == 0
    assert desk.digest(digest_hour=0) == 2


def test_a_machine_that_slept_for_a_week_writes_one_and_not_five(desk: Office) -> None:
    desk.digest()
    desk.clock.turn(days=7)
    assert desk.digest() == 2
    assert len(told(desk)) == 4


def test_on_a_day_on_which_the_office_is_closed_there_is_none(desk: Office) -> None:
    closure = {"first_on": "2026-11-20", "last_on": "2026-11-20"}
    kept = desk.client("coordinator").post(f"{SETTINGS}/closures", json=closure)
    assert kept.status_code == 201, kept.text
    assert desk.digest() == 0
    assert told(desk) == []
    desk.clock.at = eight_on(date(2026, 11, 24))
    assert desk.digest() == 2


def test_who_has_another_role_by_now_has_no_queue_and_no_digest(desk: Office) -> None:
    with transaction(desk.connection) as session:
        account = session.exec(select(Account).where(Account.id == desk.id_of("csw"))).one()
        account.role, account.area_id = Role.AUDITOR, None
    assert desk.digest() == 1
    assert told(desk) == ["coordinator"]


def test_one_digest_that_fails_keeps_nobody_from_theirs_and_comes_later(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = digests.figures_for
    unlucky = desk.id_of("csw")

    def failing(session: object, account: Account, **how: object) -> object:
        if account.id == unlucky:
            raise OperationalError("busy", {}, Exception())
        return count(session, account, **how)  # type: ignore[arg-type] - passed on

    monkeypatch.setattr(digests, "figures_for", failing)
    assert desk.digest() == 1
    assert told(desk) == ["coordinator"]
    monkeypatch.undo()
    assert desk.digest() == 1
    assert told(desk) == ["coordinator", "csw"]


def test_switched_on_again_it_begins_with_the_next_day(desk: Office) -> None:
    own = desk.client("csw")
    own.put(f"{API}/me/notices/switches/digest", json={"on": False})
    desk.digest()
    own.put(f"{API}/me/notices/switches/digest", json={"on": True})
    assert desk.digest() == 0  # today's was worked out without them
    desk.clock.at = eight_on(date(2026, 11, 24))
    assert desk.digest() == 2


def test_another_address_on_the_same_day_gets_no_second_digest(desk: Office) -> None:
    desk.digest()
    for address in ("a@city.example", "b@city.example"):
        body = {"address": address}
        assert desk.client("csw").put(f"{API}/me/notices/mail", json=body).status_code == 204
        assert desk.digest() == 0
    with transaction(desk.connection) as session:
        mine = session.exec(select(Mailbox).where(Mailbox.account_id == desk.id_of("csw"))).one()
    assert mine.address == "b@city.example"


def test_whoever_dropped_the_mail_between_writing_and_sending_gets_none(desk: Office) -> None:
    desk.digest()
    desk.client("csw").delete(f"{API}/me/notices/mail")
    desk.carried.clear()
    desk.deliver()
    assert [each.to for each in desk.carried] == ["coordinator@city.example"]


def test_two_who_keep_their_first_address_at_the_same_moment_both_have_one(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looks find no address yet; the second to write finds the first one's there."""
    from service.outbox import repository  # noqa: PLC0415 - patched here alone

    look, looks = repository.mailbox_of, []

    def too_early(session: object, account_id: object) -> object:
        looks.append(account_id)
        return None if len(looks) == 1 else look(session, account_id)  # type: ignore[arg-type] - passed on

    monkeypatch.setattr(repository, "mailbox_of", too_early)
    body = {"address": "second@city.example"}
    assert desk.client("csw").put(f"{API}/me/notices/mail", json=body).status_code == 204
    monkeypatch.undo()
    assert desk.client("csw").get(f"{API}/me/notices").json()["mail"] == "second@city.example"
