"""What a worker does among candidates: other conditions, comparing, entering, picking."""

import re
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import select

from catalogue.profiles import Stage
from catalogue.tables import Activity
from service.database import transaction
from service.persons.tables import Assessment, Person
from service.placements.lifecycle import Status
from service.placements.tables import Placement
from service.suggestions.tables import Round
from tests.factories import Town, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send

HEARD: dict[str, Any] = {
    "own_words": "庭の手入れなら好き",
    "load_ceiling": {"physical": 2, "social": 2, "cognitive": 1, "sensory": 1, "pressure": 1},
    "windows": [{"days": ["TU", "WE"], "from": "09:30", "to": "12:00"}],
    "travel": {"modes": ["walk", "bus"]},
}
TUESDAY: dict[str, Any] = {
    "load_physical": "2",
    "load_social": "2",
    "load_cognitive": "1",
    "load_sensory": "1",
    "load_pressure": "1",
    "days_1": ["TU", "WE"],
    "from_1": "09:30",
    "to_1": "12:00",
}
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


@pytest.fixture
def person(connection: Connection, town: Town) -> Person:
    with transaction(connection) as session:
        return person_in(session, town, picture=HEARD)


@pytest.fixture
def path(person: Person) -> str:
    return f"/people/{person.id}/candidates"


def rounds(connection: Connection) -> list[Round]:
    with transaction(connection) as session:
        return list(session.exec(select(Round).order_by(Round.computed_at)))  # type: ignore[arg-type]  # a column


def made_of(client: TestClient, connection: Connection, path: str) -> str:
    look(client, path)
    return str(rounds(connection)[-1].id)


def test_what_is_otherwise_today_is_matched_and_the_hearing_stays_as_it_was(
    client: TestClient, connection: Connection, path: str, person: Person
) -> None:
    assert "お寺の庭で落ち葉を集める" in look(client, path)
    place = led_to(send(client, path, TUESDAY | {"days_1": "WE", "load_social": "0"}))
    assert re.fullmatch(rf"{path}\?round=[0-9a-f-]+", place)
    page = look(client, place)
    assert "きょうだけの条件で見ています" in page
    assert "人といる: 一人で" in page
    assert "来られる時: 水 09:30〜12:00" in page
    with transaction(connection) as session:
        (kept,) = session.exec(select(Assessment).where(Assessment.person_id == person.id))
        assert kept.picture["load_ceiling"]["social"] == 2
    # the plain page answers what was heard, not what was tried
    assert "きょうだけの条件" not in look(client, path)


def test_shorter_today_says_so_in_the_arrangements(client: TestClient, path: str) -> None:
    page = look(client, led_to(send(client, path, TUESDAY | {"minutes_at_most": "10"})))
    assert "1回の長さ: 10分まで" in page
    assert "時間を短くする(20〜60分→10分)" in page


def test_conditions_as_they_were_heard_lead_back_to_the_plain_page(
    client: TestClient, path: str
) -> None:
    assert led_to(send(client, path, TUESDAY)) == path


def test_a_mistake_in_the_conditions_keeps_what_was_written(client: TestClient, path: str) -> None:
    answer = send(client, path, TUESDAY | {"from_1": "15:00", "load_social": "0"})
    assert answer.status_code == 422
    assert "何時から何時までかを、早い順に書いてください" in main_of(answer)
    assert 'value="15:00"' in answer.text
    assert '<details class="boxed no-print" id="today" open>' in answer.text


def test_the_same_conditions_asked_twice_are_one_round(
    client: TestClient, connection: Connection, path: str
) -> None:
    said = TUESDAY | {"load_social": "0"}
    assert led_to(send(client, path, said)) == led_to(send(client, path, said))
    assert len(rounds(connection)) == 1


def test_a_round_of_somebody_else_is_no_round_of_this_person(
    client: TestClient, connection: Connection, town: Town, path: str
) -> None:
    with transaction(connection) as session:
        other = person_in(session, town)
    foreign = made_of(client, connection, f"/people/{other.id}/candidates")
    for asked in (f"{path}?round={foreign}", f"{path}/compared?round={foreign}"):
        assert client.get(asked, headers=OWN).status_code == 404
        absent = client.get(asked.replace(foreign, str(uuid4())), headers=OWN)
        assert main_of(absent) == main_of(client.get(asked, headers=OWN))


def test_the_picture_of_the_weights_is_drawn_without_a_style_and_said_in_words(
    client: TestClient, path: str
) -> None:
    html = client.get(path, headers=OWN).text
    drawn = SVG.findall(html.split("<main", 1)[1])
    assert len(drawn) >= 6
    assert all('aria-hidden="true"' in each and "style" not in each for each in drawn)
    assert "どれも、本人のいまの線までです" in look(client, path)


def test_an_activity_nobody_was_asked_about_is_dotted_and_never_nought(
    client: TestClient, connection: Connection, town: Town, path: str
) -> None:
    with transaction(connection) as session:
        leaves = session.get_one(Activity, town.activities["leaves"].id)
        leaves.terms = {name: said for name, said in leaves.terms.items() if name != "load"}
    html = client.get(path, headers=OWN).text
    card = html.split('id="candidate-')[1]
    for other in html.split('id="candidate-')[1:]:
        card = other if "お寺の庭で落ち葉を集める" in other else card
    assert 'class="weight unasked"' in card
    assert 'class="on"' not in card.split("</details>")[0]
    assert "受け入れ先にまだ聞いていません" in card


def test_two_are_compared_row_by_row_and_the_rows_say_whether_they_differ(
    client: TestClient, connection: Connection, town: Town, path: str
) -> None:
    made = made_of(client, connection, path)
    both = [str(town.activities[name].id) for name in ("leaves", "tea")]
    query = "&".join(f"activity={each}" for each in both)
    html = client.get(f"{path}/compared?round={made}&{query}", headers=OWN).text
    rows = {
        row.split("<span", 1)[0].strip(): row
        for row in html.split('<th scope="row" role="rowheader">')[1:]
    }
    assert "ちがう" in rows["どこで"]
    assert "湖東寺" in rows["どこで"]
    assert "喫茶みなと" in rows["どこで"]
    assert "おなじ" in rows["お金"]
    assert "ちがう" in rows["人といる"]
    assert "本人の線: 顔なじみ2〜5人" in rows["人といる"]
    assert not re.search(r"\d\s*[%％点]", main_of(client.get(path, headers=OWN)))


@pytest.mark.parametrize("names", [[], ["leaves"]], ids=["none", "one"])
def test_fewer_than_two_are_asked_for_again(
    client: TestClient, connection: Connection, town: Town, path: str, names: list[str]
) -> None:
    made = made_of(client, connection, path)
    query = "".join(f"&activity={town.activities[name].id}" for name in names)
    assert "2つか3つを選ぶと" in look(client, f"{path}/compared?round={made}{query}")


def test_what_was_ticked_leads_to_sheets_or_to_the_comparison(
    client: TestClient, town: Town, person: Person
) -> None:
    leaves, tea = (str(town.activities[name].id) for name in ("leaves", "tea"))
    made = str(uuid4())
    picks = {"activity": [leaves, tea, "nonsense"], "round": made}
    address = f"/people/{person.id}/picks"
    sheets = led_to(send(client, address, picks | {"do": "sheets"}))
    assert sheets == f"/sheets?activity={leaves}&activity={tea}"
    compared = led_to(send(client, address, picks | {"do": "compare"}))
    assert compared.endswith(f"/compared?round={made}&activity={leaves}&activity={tea}")


def left_out(client: TestClient, path: str) -> str:
    html = client.get(path, headers=OWN).text
    link = re.search(r'href="([^"]+/candidates/entered\?[^"]+)"', html)
    assert link is not None
    return unescape(link[1])


def test_what_was_left_out_becomes_a_candidate_with_a_reason(
    client: TestClient, connection: Connection, town: Town
) -> None:
    with transaction(connection) as session:
        limits = [{"kind": "no_outdoors"}]
        person = person_in(session, town, picture={"own_words": "庭", "limits": limits})
    path = f"/people/{person.id}/candidates"
    address = left_out(client, path)
    form = look(client, address)
    assert "外していた理由" in form
    activity = re.search("activity=([0-9a-f-]+)", address)
    assert activity is not None
    said = {"activity": activity[1], "override_reason": "本人が見てから決めたいと言った"}
    place = led_to(send(client, f"{path}/entered", said))
    with transaction(connection) as session:
        placement = session.exec(select(Placement)).one()
        assert place == f"/placements/{placement.id}?saved=true"
        assert placement.status is Status.PROPOSED
        assert placement.activity_id == UUID(activity[1])
        assert placement.override_reason == said["override_reason"]
    page = look(client, path)
    assert "理由を書いて入れた候補" in page
    assert said["override_reason"] in page


def test_without_a_reason_nothing_is_entered_and_the_form_stands_there_again(
    client: TestClient, connection: Connection, town: Town, path: str
) -> None:
    said = {"activity": str(town.activities["closed"].id), "override_reason": "  "}
    answer = send(client, f"{path}/entered", said)
    assert answer.status_code == 422
    assert "なぜ入れるのかを書いてください" in main_of(answer)
    with transaction(connection) as session:
        assert session.exec(select(Placement)).all() == []


def test_what_judgement_may_not_set_aside_is_said_and_the_reason_is_kept(
    client: TestClient, connection: Connection, town: Town, path: str
) -> None:
    said = {"activity": str(town.activities["closed"].id), "override_reason": "夏が好きなので"}
    answer = send(client, f"{path}/entered", said)
    assert answer.status_code == 422
    assert "この活動は、いまお休みです" in main_of(answer)
    assert said["override_reason"] in answer.text


def test_nobody_held_is_given_conditions_cards_or_a_way_around_them(
    client: TestClient, connection: Connection, town: Town
) -> None:
    with transaction(connection) as session:
        person = person_in(session, town, stage=Stage.NOT_MET)
    page = look(client, f"/people/{person.id}/candidates")
    assert "次にすること" in page
    for words in ("きょうの条件", "選ぶ", "本人に見せる", "候補に入れる", "合う場がない"):
        assert words not in page, words
