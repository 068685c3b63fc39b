"""The screen turned to the person: what is on it, what it keeps, what it does not open."""

import re
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import select

from service.audit.tables import AccessRecord
from service.database import transaction
from service.persons.tables import Person
from service.suggestions.showing import CARDS, OWN_ANSWER_WORDS
from service.suggestions.tables import OwnAnswer, Round, Suggestion
from tests.factories import PASSWORD, Town, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send

RT = re.compile(r"<rt>.*?</rt>|<rp>.*?</rp>")
# What is open to everybody, or belongs to the showing itself.
STILL_OPEN = re.compile(
    r"/(show.*|sign-(in|out).*|static.*|docs.*|openapi.json|healthz?|readyz?|metrics|accessibility"
    r"|language|h/.*|api/v1/host/.*)"
)


@pytest.fixture
def person(connection: Connection, town: Town) -> Person:
    with transaction(connection) as session:
        return person_in(session, town)


@pytest.fixture
def path(person: Person) -> str:
    return f"/people/{person.id}/candidates"


def turn(client: TestClient, connection: Connection, person: Person, *chosen: UUID) -> Round:
    """Turn the screen to somebody and return what is shown."""
    look(client, f"/people/{person.id}/candidates")
    with transaction(connection) as session:
        made = session.exec(select(Round).where(Round.person_id == person.id)).one()
    picks = {"do": "show", "round": str(made.id), "activity": [str(each) for each in chosen]}
    answer = send(client, f"/people/{person.id}/picks", picks)
    assert led_to(answer) == "/show"
    assert answer.headers["clear-site-data"] == '"cache"'
    return made


def page(client: TestClient, words: str = "easy") -> str:
    answer = client.get(f"/show?words={words}", headers=OWN, follow_redirects=False)
    assert answer.status_code == 200
    return answer.text


def plain(html: str) -> str:
    return RT.sub("", html).replace("<ruby>", "").replace("</ruby>", "")


def on_screen(connection: Connection) -> list[Suggestion]:
    with transaction(connection) as session:
        query = select(Suggestion).order_by(Suggestion.position)  # type: ignore[arg-type]  # a column
        return [each for each in session.exec(query) if each.shown_at]


def test_every_answer_has_words_of_its_own() -> None:
    assert set(OWN_ANSWER_WORDS) == set(OwnAnswer)
    assert len(set(OWN_ANSWER_WORDS.values())) == len(OwnAnswer)


def test_the_person_sees_activities_and_nothing_of_any_file(
    client: TestClient, connection: Connection, person: Person
) -> None:
    turn(client, connection, person)
    html = page(client)
    for words in ("落ち葉あつめ", "見てみたい", "今はいい", "これでも、だいじょうぶです"):
        assert words in plain(html), words
    assert "<ruby>" in html
    hidden = (
        person.code,
        str(person.id),
        "職員 csw",
        "庭の手入れなら好き",
        "合うところ",
        "確かめる",
    )
    for words in (*hidden, "<header", "<nav class", "サインアウト", "/people", "段階"):
        assert words not in plain(html) or words == "<nav class", words
    title = re.search("<title>(.*?)</title>", html)
    assert title is not None
    assert title[1] == "いっしょに見るページ - 出番"


def test_at_most_three_are_shown_and_those_that_were_ticked(
    client: TestClient, connection: Connection, person: Person, town: Town
) -> None:
    tea = town.activities["tea"].id
    turn(client, connection, person, tea)
    assert [each.activity_id for each in on_screen(connection)] == [tea]
    assert page(client).count('class="shown-card') == 1


def test_without_a_tick_the_first_are_shown_and_never_more_than_three(
    client: TestClient, connection: Connection, person: Person
) -> None:
    turn(client, connection, person)
    assert 1 <= len(on_screen(connection)) <= CARDS


def test_what_is_pressed_is_the_persons_own_choice_and_may_be_changed(
    client: TestClient, connection: Connection, person: Person, path: str
) -> None:
    turn(client, connection, person)
    first = on_screen(connection)[0]
    for said in ("not_now", "look"):
        place = led_to(send(client, "/show", {"suggestion": str(first.id), "answer": said}))
        assert place == "/show?words=easy#card-1"
    (kept,) = [each for each in on_screen(connection) if each.own_answer]
    assert (kept.id, kept.own_answer) == (first.id, OwnAnswer.LOOK)
    assert "えらびました" in plain(page(client))
    led_to(send(client, "/show/end", {"password": PASSWORD}))
    assert "本人: 見てみたい(11月20日(金))" in look(client, path)


def test_nothing_is_kept_of_what_is_not_on_the_screen(
    client: TestClient, connection: Connection, person: Person, town: Town
) -> None:
    turn(client, connection, person, town.activities["tea"].id)
    with transaction(connection) as session:
        rows = session.exec(select(Suggestion)).all()
        (other, *_) = [each.id for each in rows if each.shown_at is None]
    for wrong in (other, uuid4()):
        answer = send(client, "/show", {"suggestion": str(wrong), "answer": "look"})
        assert answer.status_code == 404
    led_to(send(client, "/show", {"suggestion": str(on_screen(connection)[0].id), "answer": "x"}))
    assert [each.own_answer for each in on_screen(connection)] == [None]


def test_the_words_are_easy_or_as_the_host_says_them_or_english(
    client: TestClient, connection: Connection, person: Person, town: Town
) -> None:
    turn(client, connection, person, town.activities["leaves"].id)
    as_said = page(client, "plain")
    assert "お寺の庭で落ち葉を集める" in as_said
    assert "<ruby>" not in as_said
    english = page(client, "en")
    assert '<html lang="en">' in english
    assert "<ruby>" not in english
    assert '<html lang="ja">' in as_said
    assert client.get("/show?words=klingon", headers=OWN).status_code == 422


def everywhere(app: FastAPI) -> Iterator[tuple[str, str]]:
    for context in iter_route_contexts(app.routes):
        path = str(context.path)
        if context.methods and not STILL_OPEN.fullmatch(path):
            yield max(context.methods), re.sub(r"\{[^}]*\}", str(UUID(int=0)), path)


def test_while_it_is_shown_no_other_address_opens_anything(
    app: FastAPI, client: TestClient, connection: Connection, person: Person, path: str
) -> None:
    made = turn(client, connection, person)
    known = [("GET", path), ("GET", f"{path}?round={made.id}"), ("GET", f"/shown/{made.id}")]
    tried = [*everywhere(app), *known, ("GET", f"/people/{person.id}"), ("GET", "/")]
    assert len(tried) > 100
    opened = {}
    for method, where in tried:
        answer = client.request(method, where, headers=OWN, follow_redirects=False)
        location = answer.headers.get("location", "")
        if answer.is_success or person.code in answer.text:
            opened[f"{method} {where}"] = answer.status_code
        if method == "GET" and where.startswith("/people"):
            assert (answer.status_code, location) == (303, "/show"), where
    assert opened == {}
    refused = client.get(f"/api/v1/people/{person.id}")
    assert (refused.status_code, refused.json()["title"]) == (403, "BeingShown")


def test_the_way_back_leads_through_the_workers_password_alone(
    client: TestClient, connection: Connection, person: Person, path: str
) -> None:
    made = turn(client, connection, person)
    ask = client.get("/show/end", headers=OWN)
    assert person.code not in ask.text
    for wrong in ({"password": "wrong"}, {}):
        answer = send(client, "/show/end", wrong)
        assert answer.status_code == 422
        assert "パスワードか番号がちがいます" in main_of(answer)
        assert client.get(path, headers=OWN, follow_redirects=False).status_code == 303
    assert led_to(send(client, "/show/end", {"password": PASSWORD})) == f"/shown/{made.id}"
    back = client.get(f"/shown/{made.id}", headers=OWN, follow_redirects=False)
    assert led_to(back) == f"{path}?round={made.id}"
    assert person.code in look(client, path)
    assert led_to(client.get("/show", headers=OWN, follow_redirects=False)) == "/"


def test_whoever_has_no_password_at_hand_signs_out_of_it(
    client: TestClient, connection: Connection, person: Person, path: str
) -> None:
    turn(client, connection, person)
    assert led_to(send(client, "/sign-out", {})) == "/sign-in"
    answer = client.get(path, headers=OWN, follow_redirects=False)
    assert led_to(answer).startswith("/sign-in")


def test_other_screens_of_the_same_worker_and_of_colleagues_stay_open(
    client: TestClient,
    client_of: Callable[[str], TestClient],
    connection: Connection,
    person: Person,
    path: str,
) -> None:
    desk = client_of("csw")
    turn(client, connection, person)
    assert person.code in look(desk, path)
    assert client.get(path, headers=OWN, follow_redirects=False).status_code == 303


def test_nobody_shows_a_round_of_somebody_they_may_not_see(
    client: TestClient,
    client_of: Callable[[str], TestClient],
    connection: Connection,
    person: Person,
) -> None:
    made = turn(client, connection, person)
    west = client_of("csw_west")
    picks = {"do": "show", "round": str(made.id)}
    assert send(west, f"/people/{person.id}/picks", picks).status_code == 404
    assert led_to(west.get("/show", headers=OWN, follow_redirects=False)) == "/"


def test_showing_and_answering_are_written_down(
    client: TestClient, connection: Connection, person: Person
) -> None:
    turn(client, connection, person)
    first = str(on_screen(connection)[0].id)
    led_to(send(client, "/show", {"suggestion": first, "answer": "look"}))
    with transaction(connection) as session:
        acts = session.exec(
            select(AccessRecord.act).where(
                AccessRecord.person_id == person.id, AccessRecord.resource == "suggestion"
            )
        ).all()
    assert {"read", "write"} <= {str(act) for act in acts}
