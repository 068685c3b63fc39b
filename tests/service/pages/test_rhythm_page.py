"""The page of the office's rhythm: look, try, set, be told what is wrong; and its closures."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from catalogue.profiles import Stage
from service.followup.tables import CadenceVersion, Closure
from service.persons.tables import Person
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send

PAGE = "/follow-ups/rhythm"
FIELD = re.compile(r'<input[^>]* name="([\w.]+)"[^>]* value="([^"]*)"')

SENT_BY_HAND = {"csrf_token", "once"}


@pytest.fixture
def chief(client_of: Callable[[str], TestClient]) -> TestClient:
    return client_of("coordinator")


def fields(client: TestClient) -> dict[str, str]:
    """Return what the form of the figures holds at first."""
    page = client.get(PAGE, headers=OWN).text
    form = page.split('action="/follow-ups/rhythm"', 1)[1].split("</form>", 1)[0]
    return {name: unescape(said) for name, said in FIELD.findall(form) if name not in SENT_BY_HAND}


@pytest.fixture
def at_home(session: Session, town: Town, turnable_clock: TurnableClock) -> Person:
    person = person_in(session, town, consent=TEAM)
    person.stage = Stage.AT_HOME
    session.flush()
    turnable_clock.turn(days=3)
    return person


def test_the_page_shows_every_figure_and_days_before_as_days_before(client: TestClient) -> None:
    page = look(client, PAGE)
    assert "はじめからの日数のまま" in page
    shown = fields(client)
    assert shown["before_first.host.1.due"] == "3"  # three days before
    assert shown["later.host.3.late"] == "379"
    assert shown["concern.person.1.late"] == "2"


def test_whoever_does_not_coordinate_sees_no_button_and_cannot_send(client: TestClient) -> None:
    assert "この日数にする" not in look(client, PAGE)
    assert send(client, PAGE, {"what": "set"}).status_code == 403


def test_a_change_is_tried_and_nothing_is_set(
    chief: TestClient, at_home: Person, session: Session
) -> None:
    sooner = {f"at_home.person.1.{name}": days for name, days in
              (("earliest", "1"), ("due", "2"), ("late", "5"))}  # fmt: skip
    answer = send(chief, PAGE, fields(chief) | sooner | {"what": "try"})
    assert answer.status_code == 200
    page = main_of(answer)
    assert "0 件 → 1 件" in page
    assert "まだ保存していません" in page
    assert session.exec(select(CadenceVersion)).all() == []
    assert 'name="at_home.person.1.due" type="text" inputmode="numeric" value="2"' in answer.text


def test_a_change_is_set_and_felt_in_todays_queue(
    chief: TestClient, at_home: Person, session: Session
) -> None:
    sooner = {f"at_home.person.1.{name}": days for name, days in
              (("earliest", "1"), ("due", "２"), ("late", "5"))}  # fmt: skip
    place = led_to(send(chief, PAGE, fields(chief) | sooner | {"what": "set", "note": "年末前"}))
    assert place == f"{PAGE}?saved=true"
    version = session.exec(select(CadenceVersion)).one()
    assert version.lines["at_home"]["person"] == [[1, 2, 5]]
    assert version.lines["before_first"]["host"] == [[-7, -3, -1]]
    assert "いまの版" in look(chief, PAGE)
    assert at_home.code in look(chief, "/")


@pytest.mark.parametrize(
    ("field", "said", "sentence"),
    [
        ("concern.person.1.late", "5", "2日よりおそくはできません"),
        ("early.person.1.due", "99", "早くて・めやす・おそくて の順"),
        ("early.person.1.due", "らいしゅう", "日数を、数字で書いてください"),
        ("before_first.person.1.late", "0", "1日よりおそくはできません"),
        ("effective_on", "2020-01-01", "きょうから1年先まで"),
    ],
)
def test_what_goes_too_far_is_said_at_its_field_and_what_was_typed_is_kept(
    chief: TestClient, field: str, said: str, sentence: str, session: Session
) -> None:
    answer = send(chief, PAGE, fields(chief) | {field: said, "what": "set"})
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert f'value="{said}"' in answer.text
    assert session.exec(select(CadenceVersion)).all() == []


@pytest.mark.parametrize("what", ["set", "try"])
def test_whoever_saw_an_older_rhythm_sees_both_before_anything_is_set(
    chief: TestClient, session: Session, what: str
) -> None:
    """A trial counts too: pressed after it, the stale form would undo what a colleague set."""
    seen = fields(chief)
    led_to(send(chief, PAGE, seen | {"early.person.1.due": "8", "what": "set"}))
    mine = seen | {"at_home.person.1.due": "25"}
    answer = send(chief, PAGE, mine | {"what": what})
    page = main_of(answer)
    assert answer.status_code == 409
    assert "ほかの人が先に直しました" in page
    assert "はじめのひと月(本人) 早くて 4・めやす 8・おそくて 10" in page
    assert "つなぎがまだない人(本人) 早くて 20・めやす 30・おそくて 40" in page
    assert 'name="at_home.person.1.due" type="text" inputmode="numeric" value="25"' in answer.text
    assert len(session.exec(select(CadenceVersion)).all()) == 1
    # whoever has seen both may go on
    assert 'name="based_on" id="based_on" value="1"' in answer.text
    led_to(send(chief, PAGE, mine | {"based_on": "1", "what": "set"}))
    assert len(session.exec(select(CadenceVersion)).all()) == 2


def test_a_closure_is_added_shown_and_taken_back(chief: TestClient, session: Session) -> None:
    days = {"first_on": "2026-12-24", "last_on": "", "name": "冬の研修"}
    led_to(send(chief, "/follow-ups/closures", days))
    assert "冬の研修" in look(chief, PAGE)
    closure = session.exec(select(Closure)).one()
    assert closure.first_on == closure.last_on
    led_to(send(chief, f"/follow-ups/closures/{closure.id}/end", {}))
    assert "冬の研修" not in look(chief, PAGE)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"first_on": ""}, "休みの日を書いてください"),
        ({"first_on": "2026-12-24", "last_on": "2026-12-01"}, "31日以内"),
        ({"first_on": "9999-12-24", "last_on": ""}, "2年先まで"),
        ({"first_on": "2028-11-22", "last_on": "2028-11-23"}, "2年先まで"),
    ],
)
def test_a_closure_without_days_is_not_kept(
    chief: TestClient, days: dict[str, str], sentence: str, session: Session
) -> None:
    answer = send(chief, "/follow-ups/closures", days)
    assert (answer.status_code, sentence in main_of(answer)) == (422, True)
    assert session.exec(select(Closure)).all() == []


def test_rows_are_grouped_by_host_and_area(chief: TestClient, at_home: Person) -> None:
    assert "きょう連絡する相手はいません" in look(chief, "/follow-ups/groups")
