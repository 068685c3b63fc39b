"""One mail a day with the figures of the queue: at its hour, on working days, and only for work."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest

from service.database import transaction
from service.followup.tables import Closure
from service.notices.digests import figures_for
from service.outbox.rules import Notice
from service.outbox.tables import Line
from tests.service.notices.conftest import API, Office

# Friday 20 November 2026, eight in the morning in Japan.
EIGHT = datetime(2026, 11, 19, 23, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def work(desk: Office) -> None:
    """Somebody of the eastern area has a concern open: work for csw and coordinator."""
    desk.clock.at = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)
    desk.worry(desk.person())
    desk.spread()
    desk.clock.at = EIGHT


def digests(desk: Office) -> list[Line]:
    return [line for line in desk.lines() if line.notice is Notice.DIGEST]


def told(desk: Office) -> dict[str, dict[str, int]]:
    names = {account.id: user for user, account in desk.town.accounts.items()}
    return {names[line.account_id]: line.figures for line in digests(desk) if line.account_id}


def test_the_digest_has_the_figures_of_the_queue_that_everybody_sees(desk: Office) -> None:
    assert desk.digest() == 2
    mailed = told(desk)
    assert mailed.keys() == {"csw", "coordinator"}
    for user, figures in mailed.items():
        shown = desk.client(user).get(f"{API}/follow-ups").json()["counts"]["by_rank"]
        assert figures == {rank: number for rank, number in shown.items() if number}
        assert figures["concern"] >= 1


def test_there_is_one_digest_a_day_however_often_it_is_asked_for(desk: Office) -> None:
    assert [desk.digest() for _ in range(3)] == [2, 0, 0]
    desk.clock.turn(hours=9)
    assert desk.digest() == 0
    assert len(digests(desk)) == 2


def test_the_next_working_day_has_its_own(desk: Office) -> None:
    desk.digest()
    days = []
    for _ in range(6):
        desk.clock.turn(days=1)
        days.append((desk.clock.at.date().isoformat(), desk.digest()))
    # The 21st and 22nd are a weekend, the 23rd is a public holiday; moments are the evening before.
    assert [day for day, written in days if written] == ["2026-11-23", "2026-11-24", "2026-11-25"]


def test_before_its_hour_and_on_days_off_there_is_none(desk: Office) -> None:
    desk.clock.turn(minutes=-1)
    assert desk.digest() == 0
    assert desk.digest(digest_hour=7) == 2


def test_over_new_year_there_is_none(desk: Office) -> None:
    written = []
    for day in range(28, 36):  # 28 December to 4 January, eight in the morning in Japan
        month, on = (12, day) if day <= 31 else (1, day - 31)
        year = 2026 if month == 12 else 2027
        desk.clock.at = datetime(year, month, on, 0, 0, tzinfo=UTC)
        written.append((month, on, desk.digest()))
    assert [(month, on) for month, on, number in written if number] == [(12, 28), (1, 4)]


def test_a_late_start_still_sends_todays(desk: Office) -> None:
    desk.clock.turn(hours=7)
    assert desk.digest() == 2


def test_who_has_nothing_waiting_gets_none_and_not_later_that_day_either(desk: Office) -> None:
    assert "csw_west" not in (desk.digest(), told(desk))[1]
    with transaction(desk.connection) as session:
        figures = figures_for(session, desk.town.accounts["csw_west"], at=desk.now)
    assert figures == {}


def test_who_switched_it_off_gets_none(desk: Office) -> None:
    desk.client("csw").put(f"{API}/me/notices/switches/digest", json={"on": False})
    assert desk.digest() == 1
    assert told(desk).keys() == {"coordinator"}


def test_a_closed_account_gets_none(desk: Office) -> None:
    account = desk.town.accounts["coordinator"]
    closed = desk.client("admin").patch(f"{API}/accounts/{account.id}", json={"active": False})
    assert closed.status_code == 200
    assert desk.digest() == 1


def test_an_address_that_is_new_today_is_told_from_the_next_day_on(desk: Office) -> None:
    own = desk.client("csw")
    own.delete(f"{API}/me/notices/mail")
    own.put(f"{API}/me/notices/mail", json={"address": "new@city.example"})
    assert desk.digest() == 1
    desk.clock.turn(days=4)
    assert desk.digest() == 2


def test_figures_are_those_of_the_one_query(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a digest that counted for itself would not follow the queue."""
    from service.followup import actions  # noqa: PLC0415 - patched here alone
    from service.notices import digests as module  # noqa: PLC0415 - patched here alone

    ask = actions.counts_for

    def one_more(*given: object, **known: object) -> object:
        counts = ask(*given, **known)  # type: ignore[arg-type] - passed on
        return type(counts)(**asdict(counts) | {"by_rank": counts.by_rank | {"back": 7}})

    monkeypatch.setattr(module, "counts_for", one_more)
    desk.digest()
    assert all(figures["back"] == 7 for figures in told(desk).values())


def test_on_a_day_on_which_the_office_is_closed_there_is_none(desk: Office) -> None:
    account = desk.town.accounts["coordinator"]
    with transaction(desk.connection) as session:
        session.add(
            Closure(
                municipality_id=account.municipality_id,
                first_on=EIGHT.date() + timedelta(days=1),
                last_on=EIGHT.date() + timedelta(days=1),
                name="大そうじ",
                recorded_at=desk.now,
                recorded_by=account.id,
            )
        )
    assert desk.digest() == 0
    desk.clock.turn(days=4)  # the Tuesday after the weekend and the holiday
    assert desk.digest() == 2
