"""A person's page and its forms: the whole story, the limits in words, and kind refusals."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select
from starlette.datastructures import FormData

from catalogue.profiles import Company, LimitKind
from service.contacts.pages import read_story
from service.contacts.rules import Story
from service.contacts.tables import Concern, Contact
from service.contacts.words import Channel, Direction, Result
from service.persons.picture import BROUGHT, LIMIT_VALUES, LimitGiven
from service.persons.tables import Person
from service.persons.telling import limit_words
from service.persons.words import BROUGHT_WORDS, LIMIT_WORDS
from service.web.filled import Filled
from tests.factories import MORNING, Town, person_in
from tests.service.audit.lines import looks
from tests.service.browsing import led_to, look, main_of, send

TODAY = date(2026, 11, 20)
WRITTEN = {"result": "talked", "channel": "call", "direction": "sent"}
# A value of each kind that has one.
VALUES: dict[LimitKind, tuple[Any, str]] = {
    LimitKind.GROUP_AT_MOST: (4, "4"),
    LimitKind.MINUTES_AT_MOST: (30, "30"),
    LimitKind.PER_MONTH_AT_MOST: (2, "2"),
    LimitKind.NOT_BEFORE: ("10:00", "10:00"),
    LimitKind.NOT_AFTER: ("15:30", "15:30"),
    LimitKind.NO_COMPANY: (["children"], "子ども"),
    LimitKind.NO_ROLE: (["会計"], "会計"),
    LimitKind.NO_LABEL: (["認知症カフェ"], "認知症カフェ"),
    LimitKind.LIFT_AT_MOST_KG: (3, "3"),
    LimitKind.STEPS_AT_MOST: (0, "0"),
    LimitKind.WALK_AT_MOST_MINUTES: (15, "15"),
    LimitKind.AGE: (64, "64"),
    LimitKind.BRINGS: (["child", "companion", "animal"], "子ども、付き添いの人、動物"),
}


@pytest.fixture
def client(client_of: Callable[[str], TestClient]) -> TestClient:
    return client_of("csw")


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    return person_in(session, town)


def path_of(person: Person, rest: str = "") -> str:
    return f"/people/{person.id}{rest}"


def contact(session: Session, town: Town, person: Person, *, on: date, what: str) -> Contact:
    row = Contact(
        municipality_id=town.municipality.id,
        person_id=person.id,
        occurred_on=on,
        recorded_at=MORNING,
        recorded_by=town.accounts["csw"].id,
        channel=Channel.CALL,
        direction=Direction.SENT,
        result=Result.TALKED,
        what=what,
    )
    session.add(row)
    return row


def test_years_of_weekly_contacts_hide_neither_the_first_nor_the_newest(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    for week in range(260):
        on = TODAY - timedelta(weeks=week)
        contact(session, town, person, on=on, what=f"第{week:03}の週")
    session.flush()
    page = look(client, path_of(person))
    missing = [week for week in range(260) if f"第{week:03}の週" not in page]
    assert missing == []
    assert page.index("第000の週") < page.index("第259の週")


def test_what_somebody_wrote_is_never_part_of_the_page_itself(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    contact(session, town, person, on=TODAY, what="<script>alert('花')</script>")
    session.flush()
    page = client.get(path_of(person), headers={"accept": "text/html"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_of_somebody_whom_nobody_met_yet_nothing_is_made_up(
    client: TestClient, session: Session, town: Town
) -> None:
    unmet = person_in(session, town, picture={})
    page = look(client, path_of(unmet))
    assert "してみたいことは、まだ聞いていません" in page
    assert "まだ同意はありません" in page
    assert "まだ記録はありません" in page


@pytest.mark.parametrize("rest", ["", "/contacts/new"])
def test_a_page_about_somebody_hidden_is_missing_and_no_look(
    client: TestClient, session: Session, town: Town, rest: str
) -> None:
    hidden = person_in(session, town, area="west", by="csw_west", code="ひみつ-01")
    before = len(looks(session))
    answer = client.get(path_of(hidden, rest), headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "ひみつ" not in answer.text
    assert len(looks(session)) == before


def test_a_form_about_somebody_hidden_changes_nothing(
    client: TestClient, session: Session, town: Town
) -> None:
    hidden = person_in(session, town, area="west", by="csw_west")
    assert send(client, path_of(hidden, "/contacts/new"), WRITTEN).status_code == 404
    worry = {"words": "朝がつらい", "side": "person"}
    assert send(client, path_of(hidden, "/concerns"), worry).status_code == 404
    assert session.exec(select(Contact)).all() == []
    assert session.exec(select(Concern)).all() == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"result": ""}, "どうだったかを選んでください"),
        ({"channel": "pigeon"}, "どうやって話したかを選んでください"),
        ({"direction": ""}, "受信か発信かを選んでください"),
        ({"occurred_on": "2026-11-21"}, "まだ来ていない日です"),
        (
            {"occurred_on": "2026-11-31"},
            "日付を、令和8年12月1日 か 2026-12-01 のように書いてください",
        ),
        (
            {"occurred_on": "2026-11-20", "next_on": "2026-11-19"},
            "次の日は、関わった日よりあとにしてください",
        ),
        ({"what": "あ" * 4001}, "4000字までで書いてください(いま4001字です)"),
    ],
)
def test_a_mistake_is_named_and_what_was_written_is_kept(
    client: TestClient,
    session: Session,
    person: Person,
    wrong: dict[str, str],
    sentence: str,
) -> None:
    fields = WRITTEN | {"intention": "顔を覚えてもらう"} | wrong
    answer = send(client, path_of(person, "/contacts/new"), fields)
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert "顔を覚えてもらう" in answer.text
    assert session.exec(select(Contact)).all() == []


def test_a_form_in_full_width_figures_is_understood(
    client: TestClient, session: Session, person: Person
) -> None:
    days = {"occurred_on": "２０２６/１１/１９", "next_on": "２０２６-１２-０１"}
    answer = send(client, path_of(person, "/contacts/new"), WRITTEN | days)
    assert led_to(answer) == path_of(person, "?saved=true")
    (row,) = session.exec(select(Contact)).all()
    assert (row.occurred_on, row.next_on) == (date(2026, 11, 19), date(2026, 12, 1))


def test_a_contact_without_a_day_was_today() -> None:
    story = read_story(Filled(FormData(WRITTEN)), today=TODAY)
    assert story == Story(
        occurred_on=TODAY,
        channel=Channel.CALL,
        direction=Direction.SENT,
        result=Result.TALKED,
    )


@pytest.mark.parametrize(("going", "following"), [(True, "2026-12-04"), (False, "2026-12-20")])
def test_the_next_day_is_proposed_sooner_while_something_is_going_on(
    client: TestClient, town: Town, person: Person, going: bool, following: str
) -> None:
    if going:
        body = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
        assert client.post("/api/v1/placements", json=body).status_code == 201
    page = client.get(path_of(person, "/contacts/new"), headers={"accept": "text/html"}).text
    assert f'value="{following}"' in page
    assert 'value="2026-11-20"' in page


def test_an_empty_worry_and_an_empty_settlement_change_nothing(
    client: TestClient, session: Session, person: Person
) -> None:
    blank = {"words": " 　\n", "side": "person"}
    assert led_to(send(client, path_of(person, "/concerns"), blank)) == path_of(person)
    assert session.exec(select(Concern)).all() == []
    send(client, path_of(person, "/concerns"), {"words": "朝がつらい", "side": "team"})
    (concern,) = session.exec(select(Concern)).all()
    answer = send(client, f"/concerns/{concern.id}/settlement", {"settlement": " "})
    assert led_to(answer) == path_of(person)
    session.refresh(concern)
    assert (concern.side, concern.settled_on) == ("team", None)


def test_a_worry_about_a_host_alone_leads_back_to_the_queue(
    client: TestClient, session: Session, town: Town
) -> None:
    body = {"host_id": str(town.hosts["temple"].id), "side": "host", "words": "人手が足りない"}
    concern = client.post("/api/v1/concerns", json=body).json()
    path = f"/concerns/{concern['id']}/settlement"
    assert led_to(send(client, path, {"settlement": "日を減らした"})) == "/"
    again = send(client, path, {"settlement": "もう一度"})
    assert again.status_code == 409
    (row,) = session.exec(select(Concern)).all()
    assert row.settlement == "日を減らした"


def test_a_settled_worry_leaves_the_page(
    client: TestClient, session: Session, person: Person
) -> None:
    send(client, path_of(person, "/concerns"), {"words": "朝がつらい", "side": "person"})
    assert "朝がつらい" in look(client, path_of(person))
    (concern,) = session.exec(select(Concern)).all()
    send(client, f"/concerns/{concern.id}/settlement", {"settlement": "午後にした"})
    assert "朝がつらい" not in look(client, path_of(person))


@pytest.mark.parametrize("kind", LimitKind)
def test_every_limit_reads_as_words_and_never_as_code(kind: LimitKind) -> None:
    assert kind in LIMIT_VALUES
    value, shown = VALUES.get(kind, (None, ""))
    if kind is LimitKind.NO_HAZARD:
        value = ["stairs"]
    text = "犬がこわい" if kind is LimitKind.OTHER else ""
    line = limit_words(LimitGiven(kind=kind, value=value, text=text))
    assert line.startswith(text or LIMIT_WORDS[kind])
    assert shown in line
    assert kind.value not in line
    assert "None" not in line


def test_everybody_who_may_be_brought_has_a_word() -> None:
    assert set(BROUGHT_WORDS) == set(BROUGHT)


def test_a_limit_in_somebodys_own_words_keeps_them() -> None:
    given = LimitGiven(kind=LimitKind.MINUTES_AT_MOST, value=30, text="30分で頭が痛くなる")
    assert limit_words(given) == "30分で頭が痛くなる"


@pytest.mark.parametrize("company", Company)
def test_every_company_that_is_avoided_has_its_word(company: Company) -> None:
    line = limit_words(LimitGiven(kind=LimitKind.NO_COMPANY, value=[company.value]))
    assert company.value not in line
    assert line.partition(": ")[2]


def test_several_words_of_a_limit_stand_in_one_line() -> None:
    given = LimitGiven(kind=LimitKind.NO_ROLE, value=["会計", "司会"])
    assert limit_words(given).endswith(": 会計、司会")
