"""The queue and the record: what came of a row, what is kept, and where the work goes on."""

from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts.actions import Staff
from service.contacts.actions import raise_concern
from service.contacts.subjects import Subject
from service.contacts.tables import Concern, Contact, Result
from service.contacts.timeline import Entry, small_changes, timeline
from service.followup import actions
from service.followup.repository.queue import Scope
from service.followup.tables import Answer, Leaving
from service.persons.tables import Person
from service.placements.lifecycle import Side
from tests.factories import MORNING, Town, TurnableClock, person_in, staff_of
from tests.service.browsing import led_to, look, main_of, send

TALKED = {"result": "talked", "channel": "call", "direction": "sent"}


@pytest.fixture
def csw(session: Session, town: Town) -> Staff:
    return staff_of(session, town.accounts["csw"])


@pytest.fixture
def worried(session: Session, town: Town, csw: Staff) -> Person:
    """Somebody about whom there is a concern, so that the queue has a row today."""
    person = person_in(session, town)
    subject = Subject(person_id=person.id)
    raise_concern(session, csw, subject, side=Side.PERSON, words="夕方がつらい", at=MORNING)
    return person


@pytest.fixture
def waiting(session: Session, town: Town, turnable_clock: TurnableClock) -> Person:
    """Somebody at home whom nobody has rung for a long time."""
    person = person_in(session, town)
    turnable_clock.turn(days=45)
    return person


def first_row(session: Session, csw: Staff, clock: TurnableClock) -> str:
    rows = actions.queue(session, Scope(csw), at=clock.at)
    own = [row for row in rows if row.due.side is Side.PERSON]
    return str(own[0].due.id)


def test_an_empty_queue_says_so_kindly(client: TestClient) -> None:
    assert "きょう連絡する相手はいません" in look(client, "/")


def test_a_concern_stands_at_the_top_with_whom_and_why(client: TestClient, worried: Person) -> None:
    page = look(client, "/")
    assert worried.code in page
    assert "少し困った" in page
    assert "夕方がつらい" in look(client, f"/people/{worried.id}")


def test_a_concern_is_raised_and_settled_on_the_persons_page(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town)
    path = f"/people/{person.id}"
    led_to(send(client, f"{path}/concerns", {"words": "夕方がつらい", "side": "host"}))
    concern = session.exec(select(Concern)).one()
    assert (concern.side, concern.settled_on) == (Side.HOST, None)
    assert person.code in look(client, "/")
    led_to(send(client, f"/concerns/{concern.id}/settlement", {"settlement": " "}))
    assert "夕方がつらい" in look(client, path)
    place = led_to(send(client, f"/concerns/{concern.id}/settlement", {"settlement": "朝にした"}))
    assert place == path
    assert "夕方がつらい" not in look(client, path)


def test_lateness_is_about_us(client: TestClient, waiting: Person) -> None:
    page = look(client, "/")
    assert waiting.code in page
    assert "こちらの連絡が" in page
    for blame in ("欠席", "中断", "対象者"):
        assert blame not in page


def test_saving_a_row_takes_it_off_the_queue_and_keeps_its_words(
    client: TestClient,
    session: Session,
    csw: Staff,
    waiting: Person,
    turnable_clock: TurnableClock,
) -> None:
    item = first_row(session, csw, turnable_clock)
    fields = TALKED | {"what": "元気な声", "intention": "様子を知る", "next_on": "2027-02-01"}
    assert led_to(send(client, f"/follow-ups/{item}", fields)).startswith("/?saved=true")
    contact = session.exec(select(Contact)).one()
    assert (contact.person_id, contact.what) == (waiting.id, "元気な声")
    assert contact.next_on == date(2027, 2, 1)
    assert waiting.code not in look(client, "/")
    assert "意図: 様子を知る" in look(client, f"/people/{waiting.id}")


def test_an_opened_row_is_filled_in_beforehand(
    client: TestClient,
    session: Session,
    csw: Staff,
    waiting: Person,
    turnable_clock: TurnableClock,
) -> None:
    item = first_row(session, csw, turnable_clock)
    page = client.get(f"/?open={item}", headers={"accept": "text/html"}).text
    assert 'value="call" id="channel" checked' in page
    # Monday, 4 January, and thirty days: Wednesday, 3 February
    assert 'value="2027-02-03"' in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "どうだったかを選んでください"),
        (TALKED | {"result": "not_needed"}, "要らない理由を書いてください"),
        (TALKED | {"result": "asked_to_wait", "why": "引っこし"}, "いつまで待つかを"),
        (
            TALKED | {"result": "asked_to_wait", "why": "引っこし", "until": "2028-01-06"},
            "待つのは1年先まで",
        ),
        (TALKED | {"occurred_on": "2030-01-01"}, "まだ来ていない日です"),
        (TALKED | {"next_on": "2026-01-01"}, "次の日は、関わった日よりあとにしてください"),
    ],
)
def test_a_row_is_not_left_without_what_it_needs(
    *,
    client: TestClient,
    session: Session,
    csw: Staff,
    waiting: Person,
    turnable_clock: TurnableClock,
    fields: dict[str, str],
    sentence: str,
) -> None:
    item = first_row(session, csw, turnable_clock)
    answer = send(client, f"/follow-ups/{item}", {"what": "書きかけ"} | fields)
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert 'value="書きかけ"' in answer.text
    assert session.exec(select(Contact)).all() == []


def test_asking_to_wait_is_a_deferral_with_its_reason(
    client: TestClient,
    session: Session,
    csw: Staff,
    waiting: Person,
    turnable_clock: TurnableClock,
) -> None:
    item = first_row(session, csw, turnable_clock)
    fields = TALKED | {"result": "asked_to_wait", "why": "引っこし", "until": "2027-01-20"}
    led_to(send(client, f"/follow-ups/{item}", fields))
    answer = session.exec(select(Answer)).one()
    assert (answer.leaving, answer.why) == (Leaving.DEFERRED, "引っこし")
    assert waiting.code not in look(client, "/")


def test_a_row_that_is_gone_answers_as_missing(client: TestClient, waiting: Person) -> None:
    answer = send(client, f"/follow-ups/{waiting.id}", TALKED)
    assert answer.status_code == 404


def test_a_contact_is_written_down_from_the_persons_page(
    client: TestClient, session: Session, waiting: Person
) -> None:
    path = f"/people/{waiting.id}/contacts/new"
    assert "記録" in look(client, path)
    place = led_to(send(client, path, TALKED | {"small_change": "外に出た"}))
    assert place == f"/people/{waiting.id}?saved=true"
    assert session.exec(select(Contact.result)).one() is Result.TALKED
    page = look(client, place)
    assert "保存しました" in page
    assert "小さな変化" in page
    assert "外に出た" in page


def test_a_contact_without_a_result_is_shown_again(client: TestClient, waiting: Person) -> None:
    answer = send(client, f"/people/{waiting.id}/contacts/new", {"what": "話した"})
    assert answer.status_code == 422
    assert 'value="話した"' in answer.text


def test_a_timeline_is_newest_first_and_gathers_the_small_changes(
    session: Session, csw: Staff, waiting: Person
) -> None:
    days = (date(2026, 11, 1), date(2026, 11, 9), date(2026, 11, 5))
    contacts = [
        Contact(
            municipality_id=csw.municipality_id,
            person_id=waiting.id,
            occurred_on=day,
            recorded_at=MORNING,
            recorded_by=csw.id,
            channel="visit",
            direction="received",
            result="saw",
            small_change="笑った" if day.day == 5 else "",
        )
        for day in days
    ]
    entries = timeline([], [], contacts, titles={})
    assert [entry.on.day for entry in entries] == [9, 5, 1]
    assert entries[0] == Entry(date(2026, 11, 9), "訪問(受信): 会えた")
    assert [entry.small_change for entry in small_changes(entries)] == ["笑った"]
