"""The page of today: what a row tells, where the work goes on, and that nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts.actions import Staff
from service.contacts.actions import raise_concern
from service.contacts.subjects import Subject
from service.contacts.tables import Contact
from service.followup import actions, today
from service.followup.cadence import Occasion
from service.followup.promise import NEXT, next_day
from service.followup.repository.queue import Scope
from service.followup.workdays import is_working_day
from service.persons.tables import Person
from service.placements.lifecycle import Side
from tests.factories import MORNING, TEAM, Town, TurnableClock, person_in, staff_of
from tests.service.browsing import OWN, led_to, look, main_of, send

TALKED = {"result": "talked", "channel": "call", "direction": "sent"}
HIDDEN = re.compile(r'name="(about_\w+)" value="([0-9a-f-]+)"')
OPENED = re.compile(r'class="due[^"]*\bopen"')
PEOPLE = 4


@pytest.fixture
def csw(session: Session, town: Town) -> Staff:
    return staff_of(session, town.accounts["csw"])


@pytest.fixture
def waiting(session: Session, town: Town, turnable_clock: TurnableClock) -> list[Person]:
    """Four people at home of whom the team may know, and whom nobody has rung for a long time."""
    people = [person_in(session, town, consent=TEAM) for _ in range(PEOPLE)]
    turnable_clock.turn(days=45)
    return people


def items(session: Session, csw: Staff, clock: TurnableClock) -> list[str]:
    rows = actions.queue(session, Scope(csw), at=clock.at)
    return [str(row.due.id) for row in rows if row.due.side is Side.PERSON]


def opened(client: TestClient, item: str) -> dict[str, str]:
    """Open a row and return what its form sends without being seen."""
    return dict(HIDDEN.findall(client.get(f"/?open={item}", headers=OWN).text))


def test_every_occasion_names_a_working_day_beforehand() -> None:
    assert NEXT.keys() == set(Occasion)
    friday = date(2026, 11, 20)
    for occasion in Occasion:
        for side in Side:
            found = next_day(occasion, side, friday)
            assert found > friday
            assert is_working_day(found)
    # a week on it is the Friday after; two days on, a Sunday and a holiday give way to Tuesday
    assert next_day(Occasion.EARLY, Side.PERSON, friday) == date(2026, 11, 27)
    assert next_day(Occasion.CONCERN, Side.HOST, friday) == date(2026, 11, 24)


def test_after_saving_the_next_row_stands_open_and_the_rest_is_counted(
    client: TestClient,
    session: Session,
    csw: Staff,
    waiting: list[Person],
    turnable_clock: TurnableClock,
) -> None:
    first, second, *_ = items(session, csw, turnable_clock)
    place = led_to(send(client, f"/follow-ups/{first}", TALKED))
    assert place == f"/?saved=true&open={second}#row-{second}"
    page = client.get(place.partition("#")[0], headers=OWN).text
    assert len(OPENED.findall(page)) == 1
    assert f'action="/follow-ups/{second}"' in page
    assert "保存しました。あと" in page
    # what was not reached stays, and the work still goes on behind it
    place = led_to(send(client, f"/follow-ups/{second}", TALKED | {"result": "not_reached"}))
    assert second not in place
    assert "open=" in place


def test_behind_the_last_row_nothing_stands_open(
    client: TestClient,
    session: Session,
    csw: Staff,
    waiting: list[Person],
    turnable_clock: TurnableClock,
) -> None:
    last = items(session, csw, turnable_clock)[-1]
    place = led_to(send(client, f"/follow-ups/{last}", TALKED))
    assert place == "/?saved=true"
    assert not OPENED.search(client.get(place, headers=OWN).text)


def test_at_the_end_of_a_page_the_work_goes_on_on_the_next_one(
    *,
    client: TestClient,
    session: Session,
    csw: Staff,
    waiting: list[Person],
    turnable_clock: TurnableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("today", "pages"):
        monkeypatch.setattr(f"service.followup.{module}.ROWS", 2)
    first, second, third, _ = items(session, csw, turnable_clock)
    # a row that stays leaves no room on its page for the one behind it
    place = led_to(send(client, f"/follow-ups/{second}", TALKED | {"result": "not_reached"}))
    assert f"open={third}" in place
    page = client.get(place.partition("#")[0], headers=OWN).text
    assert len(OPENED.findall(page)) == 1
    assert f'id="row-{first}"' not in page


@pytest.mark.parametrize(("rows", "offered"), [(PEOPLE, False), (PEOPLE - 1, True)])
def test_a_next_page_is_offered_only_where_there_is_one(
    *,
    client: TestClient,
    session: Session,
    csw: Staff,
    waiting: list[Person],
    turnable_clock: TurnableClock,
    monkeypatch: pytest.MonkeyPatch,
    rows: int,
    offered: bool,
) -> None:
    whole = len(actions.queue(session, Scope(csw), at=turnable_clock.at))
    monkeypatch.setattr(today, "ROWS", whole - PEOPLE + rows)
    assert ("件へ" in look(client, "/")) is offered


def test_a_concern_is_told_in_its_own_words_before_anybody_rings(
    client: TestClient, session: Session, town: Town, csw: Staff
) -> None:
    person = person_in(session, town)
    subject = Subject(person_id=person.id)
    raise_concern(session, csw, subject, side=Side.PERSON, words="夕方がつらい", at=MORNING)
    page = look(client, "/")
    assert "すぐに 困りごと" in page
    assert "「夕方がつらい」" in page


def test_ones_own_people_are_one_press_away(
    client: TestClient, waiting: list[Person], town: Town
) -> None:
    page = client.get("/", headers=OWN).text
    own = f"/?owner={town.accounts['csw'].id}"
    assert f'href="{own}"' in page
    assert waiting[0].code in look(client, own)
    other = f"/?owner={town.accounts['csw_west'].id}"
    assert "ここには、いま連絡する相手はいません" in look(client, other)


def test_who_is_second_is_told_who_was_first_and_keeps_what_was_typed(
    *,
    client: TestClient,
    client_of: Callable[[str], TestClient],
    session: Session,
    csw: Staff,
    waiting: list[Person],
    turnable_clock: TurnableClock,
) -> None:
    item = items(session, csw, turnable_clock)[0]
    about = opened(client, item)
    led_to(send(client_of("coordinator"), f"/follow-ups/{item}", TALKED | {"what": "元気だった"}))
    typed = TALKED | about | {"what": "わたしも話した", "intention": "様子を知る"}
    answer = send(client, f"/follow-ups/{item}", typed)
    page = main_of(answer)
    assert answer.status_code == 409
    assert "職員 coordinatorさんが先に書きました" in page
    assert "「元気だった」" in page
    assert 'value="わたしも話した"' in answer.text
    assert 'value="様子を知る"' in answer.text
    assert len(session.exec(select(Contact)).all()) == 1
    led_to(send(client, f"/follow-ups/{item}", typed | {"anyway": "yes"}))
    assert {each.what for each in session.exec(select(Contact))} == {"元気だった", "わたしも話した"}


def test_a_mistake_in_a_row_that_is_gone_is_named_and_kept_as_well(
    client: TestClient,
    session: Session,
    csw: Staff,
    waiting: list[Person],
    turnable_clock: TurnableClock,
) -> None:
    item = items(session, csw, turnable_clock)[0]
    about = opened(client, item)
    led_to(send(client, f"/follow-ups/{item}", TALKED))
    half = about | {"what": "書きかけ", "anyway": "yes"}
    answer = send(client, f"/follow-ups/{item}", half)
    assert answer.status_code == 409
    assert "どうだったかを選んでください" in main_of(answer)
    assert 'value="書きかけ"' in answer.text
    assert len(session.exec(select(Contact)).all()) == 1


def test_a_row_that_went_for_another_reason_says_so(
    client: TestClient, session: Session, waiting: list[Person]
) -> None:
    typed = TALKED | {"about_person_id": str(waiting[0].id), "what": "書きかけ"}
    answer = send(client, f"/follow-ups/{uuid4()}", typed)
    assert answer.status_code == 409
    assert "予定が変わったか、もう書かれています" in main_of(answer)
    assert 'value="書きかけ"' in answer.text


def test_of_somebody_out_of_reach_nothing_is_told_whoever_is_named(
    client_of: Callable[[str], TestClient],
    session: Session,
    csw: Staff,
    town: Town,
    turnable_clock: TurnableClock,
) -> None:
    hidden = person_in(session, town)  # no consent: only their own worker sees them
    turnable_clock.turn(days=45)
    (item,) = items(session, csw, turnable_clock)
    west = client_of("csw_west")
    for about in ({}, {"about_person_id": str(hidden.id)}, {"about_person_id": str(uuid4())}):
        answer = send(west, f"/follow-ups/{item}", TALKED | about | {"anyway": "yes"})
        assert answer.status_code == 404
    assert session.exec(select(Contact)).all() == []


def test_an_open_form_stays_in_sight_wherever_the_order_took_its_row(
    *,
    client: TestClient,
    session: Session,
    csw: Staff,
    waiting: list[Person],
    turnable_clock: TurnableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(today, "ROWS", 1)
    last = items(session, csw, turnable_clock)[-1]
    answer = send(client, f"/follow-ups/{last}", {"what": "書きかけ"})
    assert answer.status_code == 422
    assert 'value="書きかけ"' in answer.text
    assert f'id="row-{last}"' in answer.text
