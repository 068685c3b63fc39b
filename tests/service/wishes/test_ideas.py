"""まだない活動: wishes gathered in words that are nobody's, and what may be handed out of them."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import select

from service.audit.tables import AccessRecord
from service.database import transaction
from service.wishes.ideas import FEWEST, RESULT_WORDS
from service.wishes.tables import Idea, IdeaResult, Wish
from tests.factories import TEAM, Town, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send

OWN_WORDS = "亡くなった妻と見た星を、もう一度見たい"
TITLE = "夜に、だれかと星を見る"
ClientOf = Callable[[str], TestClient]


def wish_of(client: TestClient, connection: Connection, town: Town, **known: Any) -> str:
    """Somebody new with a wish that found no place; return the wish's id."""
    with transaction(connection) as session:
        person = person_in(session, town, **known)
    body = {"person_id": str(person.id), "own_words": OWN_WORDS}
    return str(client.post("/api/v1/wishes", json=body).json()["id"])


@pytest.fixture
def wish(client: TestClient, connection: Connection, town: Town) -> str:
    return wish_of(client, connection, town)


def gathered(client: TestClient, *wishes: str, **said: str) -> str:
    place = led_to(send(client, "/wishes", {"wish": list(wishes), "words": TITLE} | said))
    found = re.fullmatch(r"/wishes\?saved=true#idea-(.+)", place)
    assert found is not None
    return found[1]


def test_every_result_has_words_of_its_own() -> None:
    assert set(RESULT_WORDS) == set(IdeaResult)
    assert len(set(RESULT_WORDS.values())) == len(IdeaResult)


def test_an_empty_list_says_where_wishes_come_from(client: TestClient) -> None:
    assert "候補のページの「合う場がない」で残すと" in look(client, "/wishes")
    assert "いまは、ありません" in look(client, "/wishes/material")


def test_wishes_stand_by_area_until_somebody_gathers_them(
    client: TestClient, connection: Connection, town: Town, wish: str
) -> None:
    page = look(client, "/wishes")
    assert OWN_WORDS in page
    assert page.index("東") < page.index(OWN_WORDS)
    other = wish_of(client, connection, town)
    idea = gathered(client, wish, other)
    page = look(client, "/wishes")
    assert OWN_WORDS not in page
    assert TITLE in page
    assert "同じ希望 2人・令和8年11月から" in page
    with transaction(connection) as session:
        assert {str(each.idea_id) for each in session.exec(select(Wish))} == {idea}
        assert session.exec(select(Idea)).one().area_id == town.areas["east"].id


def test_one_who_wishes_twice_is_one_person(
    client: TestClient, connection: Connection, wish: str
) -> None:
    with transaction(connection) as session:
        person_id = session.exec(select(Wish)).one().person_id
    body = {"person_id": str(person_id), "own_words": "やはり星が見たい"}
    again = str(client.post("/api/v1/wishes", json=body).json()["id"])
    gathered(client, wish, again)
    assert "同じ希望 1人" in look(client, "/wishes")


def test_a_later_wish_joins_an_idea_that_is_there(
    client: TestClient, connection: Connection, town: Town, wish: str
) -> None:
    idea = gathered(client, wish)
    other = wish_of(client, connection, town)
    assert gathered(client, other, idea=idea, words="") == idea
    assert "同じ希望 2人" in look(client, "/wishes")


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("wish", "まとめる希望を選んでください"), ("words", "だれのことか分からない言葉で")],
)
def test_what_is_missing_is_asked_again_and_nothing_is_lost(
    client: TestClient, connection: Connection, wish: str, missing: str, sentence: str
) -> None:
    said = {name: each for name, each in (("wish", wish), ("words", TITLE)) if name != missing}
    answer = send(client, "/wishes", said)
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert all(each in answer.text for each in said.values())
    with transaction(connection) as session:
        assert session.exec(select(Idea)).all() == []


def test_what_was_thought_and_asked_is_written_to_it(client: TestClient, wish: str) -> None:
    idea = gathered(client, wish)
    said = {
        "title": TITLE,
        "thoughts": "公民館の屋上",
        "asked": "天文の会: 春なら",
        "result": "opened",
    }
    led_to(send(client, f"/wishes/ideas/{idea}", said | {"version": "1"}))
    page = look(client, "/wishes")
    for words in ("公民館の屋上", "天文の会: 春なら", "場ができた"):
        assert words in page, words


def test_whoever_is_second_sees_both_and_keeps_what_was_typed(
    client: TestClient, wish: str
) -> None:
    idea = gathered(client, wish)
    first = {"title": TITLE, "asked": "天文の会", "result": "looking", "version": "1"}
    led_to(send(client, f"/wishes/ideas/{idea}", first))
    second = first | {"asked": "科学館"}
    answer = send(client, f"/wishes/ideas/{idea}", second)
    assert answer.status_code == 409
    assert "天文の会" in main_of(answer)
    assert "科学館" in main_of(answer)
    assert 'name="version" value="2"' in answer.text


def test_an_idea_without_words_is_asked_again(client: TestClient, wish: str) -> None:
    idea = gathered(client, wish)
    answer = send(client, f"/wishes/ideas/{idea}", {"title": " ", "asked": "科学館"})
    assert answer.status_code == 422
    assert "科学館" in answer.text


def test_the_material_names_no_area_and_no_number_where_few_wish_it(
    client: TestClient, connection: Connection, town: Town, wish: str
) -> None:
    wishes = [wish, *(wish_of(client, connection, town) for _ in range(FEWEST - 2))]
    idea = gathered(client, *wishes)
    thought = {"title": TITLE, "thoughts": "東の公民館", "result": "looking", "version": "1"}
    led_to(send(client, f"/wishes/ideas/{idea}", thought))
    few = look(client, "/wishes/material")
    assert TITLE in few
    for hidden in ("東", "4人", "令和8年11月から", OWN_WORDS):
        assert hidden not in few, hidden
    gathered(client, wish_of(client, connection, town), idea=idea, words="")
    many = look(client, "/wishes/material")
    for told in ("東", "同じ希望 5人", "令和8年11月から", "東の公民館"):
        assert told in many, told
    assert OWN_WORDS not in many
    assert "-" not in re.sub(r"Ctrl\+P", "", many.split("5人", 1)[1])  # no code of anybody


def test_a_colleague_elsewhere_counts_and_reads_nobody_they_may_not_see(
    client: TestClient, client_of: ClientOf, wish: str
) -> None:
    west = client_of("csw_west")
    assert OWN_WORDS not in look(west, "/wishes")
    assert send(west, "/wishes", {"wish": wish, "words": TITLE}).status_code == 404
    gathered(client, wish)
    assert "同じ希望 0人" in look(west, "/wishes")
    assert TITLE not in look(west, "/wishes/material")


def test_an_idea_that_is_not_there_and_a_wish_that_is_not_are_the_same(
    client: TestClient, wish: str
) -> None:
    none = str(uuid4())
    for said in ({"wish": none, "words": TITLE}, {"wish": wish, "idea": none}):
        assert send(client, "/wishes", said).status_code == 404
    assert client.get(f"/wishes/ideas/{none}", headers=OWN).status_code == 404


def test_another_municipality_sees_and_changes_none_of_it(
    client: TestClient, connection: Connection, client_of: ClientOf, elsewhere: Town
) -> None:
    with transaction(connection) as session:
        idea = Idea(
            municipality_id=elsewhere.municipality.id,
            area_id=elsewhere.areas["east"].id,
            title="となり町の考え",
            recorded_by=elsewhere.accounts["csw"].id,
        )
        session.add(idea)
        session.flush()
        path = f"/wishes/ideas/{idea.id}"
    assert "となり町の考え" not in look(client, "/wishes")
    assert client.get(path, headers=OWN).status_code == 404
    assert send(client, path, {"title": "x", "version": "1"}).status_code == 404


def test_reading_and_gathering_wishes_is_written_down(
    client: TestClient, connection: Connection, town: Town
) -> None:
    wish = wish_of(client, connection, town, consent=TEAM)
    look(client, "/wishes")
    gathered(client, wish)
    with transaction(connection) as session:
        acts = session.exec(select(AccessRecord.act).where(AccessRecord.resource == "wish")).all()
    assert [str(act) for act in acts].count("list") >= 1
    assert [str(act) for act in acts].count("write") == 2
