"""S4: a hearing in six sections, each saved alone; what nobody knows yet is never a nought."""

import re
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from catalogue.profiles import SharedWith
from service.database import transaction
from service.persons.hearing import KEYS, Section, State, following, is_same, states_of
from tests.factories import TEAM, Town, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send


@pytest.fixture
def person(connection: Connection, town: Town) -> UUID:
    with transaction(connection) as session:
        return person_in(session, town, picture={}, consent=TEAM).id


def pictures(client: TestClient, person: UUID) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get(f"/api/v1/people/{person}/assessments").json()[
        "items"
    ]
    return found


def test_the_six_sections_say_how_far_each_has_come(client: TestClient, person: UUID) -> None:
    said = look(client, f"/people/{person}/hearing")
    states = re.findall(r"\d\. (\S+?) (未着手|途中|済)", said)
    assert [state for _, state in states] == ["未着手"] * 5 + ["済"]  # the team may know of them
    assert "この場で候補を見る" in said


def test_a_section_is_saved_alone_and_leads_to_the_next(client: TestClient, person: UUID) -> None:
    path = f"/people/{person}/hearing"
    words = {"version": "1", "own_words": "土にさわりたい", "then": "next"}
    assert led_to(send(client, f"{path}/words", words)) == f"{path}/strengths"
    loads = {"version": "2", "load_physical": "2", "load_social": ""}
    assert led_to(send(client, f"{path}/loads", loads)) == f"{path}?saved=true"
    newest = pictures(client, person)[0]
    assert newest["own_words"] == "土にさわりたい"
    assert newest["load_ceiling"]["physical"] == 2  # type: ignore[index] - a document
    assert newest["load_ceiling"]["social"] is None  # type: ignore[index] - a document
    said = look(client, path)
    assert "1. 本人のことば 済" in said
    assert "3. いまの重さ 途中" in said
    assert "5つのうち 1つが分かっています" in said
    # the earlier pictures stay as they were
    assert [each["version"] for each in pictures(client, person)] == [3, 2, 1]


def test_a_section_that_is_emptied_is_unknown_again(client: TestClient, person: UUID) -> None:
    path = f"/people/{person}/hearing/strengths"
    send(client, path, {"version": "1", "strengths": "料理、ていねい"})
    send(client, path, {"version": "2", "strengths": ""})
    assert pictures(client, person)[0]["strengths"] == []


def test_two_workers_on_two_sections_lose_nothing(client: TestClient, person: UUID) -> None:
    path = f"/people/{person}/hearing"
    assert send(client, f"{path}/words", {"version": "1", "own_words": "花"}).status_code == 303
    late = send(client, f"{path}/strengths", {"version": "1", "strengths": "料理"})
    assert late.status_code == 303
    newest = pictures(client, person)[0]
    assert (newest["own_words"], newest["strengths"]) == ("花", ["料理"])


def test_two_workers_on_one_section_are_shown_both(client: TestClient, person: UUID) -> None:
    path = f"/people/{person}/hearing/words"
    assert send(client, path, {"version": "1", "own_words": "花が好き"}).status_code == 303
    late = send(client, path, {"version": "1", "own_words": "犬が好き"})
    assert late.status_code == 409
    assert "ほかの人が先に直しました" in main_of(late)
    assert "花が好き" in main_of(late)
    assert "犬が好き</textarea>" in late.text
    assert 'name="version" value="2"' in late.text
    assert send(client, path, {"version": "2", "own_words": "犬が好き"}).status_code == 303


def test_a_mistake_is_named_and_what_was_typed_stays(client: TestClient, person: UUID) -> None:
    answer = send(client, f"/people/{person}/hearing/times", {"version": "1", "max_minutes": "x"})
    assert answer.status_code == 422
    assert 'href="#max_minutes"' in answer.text
    assert 'value="x"' in answer.text
    assert len(pictures(client, person)) == 1


def test_each_section_has_a_page_and_the_last_is_the_consent(
    client: TestClient, person: UUID
) -> None:
    for part in Section:
        answer = client.get(f"/people/{person}/hearing/{part}", headers=OWN, follow_redirects=False)
        expected = 200 if KEYS[part] else 303
        assert answer.status_code == expected, part
    assert client.get(f"/people/{person}/hearing/other", headers=OWN).status_code == 422


def test_who_may_not_see_somebody_hears_nothing(client_of: object, person: UUID) -> None:
    stranger: TestClient = client_of("csw_west")  # type: ignore[operator] - a fixture's callable
    for ending in ("hearing", "hearing/words"):
        answer = stranger.get(f"/people/{person}/{ending}", headers=OWN)
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("picture", "section", "state"),
    [
        ({}, Section.LOADS, State.UNTOUCHED),
        ({"load_ceiling": {"physical": 0}}, Section.LOADS, State.PARTLY),  # nought is an answer
        ({"load_ceiling": {"physical": None}}, Section.LOADS, State.UNTOUCHED),
        ({"travel": {"max_minutes": 20}}, Section.TIMES, State.PARTLY),
        ({"accompaniment": "always"}, Section.TIMES, State.PARTLY),
        ({"preferences": ["静か"]}, Section.STRENGTHS, State.PARTLY),
        ({"limits": [{"kind": "seated"}]}, Section.LIMITS, State.DONE),
    ],
)
def test_what_is_known_decides_how_far_a_section_has_come(
    picture: dict[str, object], section: Section, state: State
) -> None:
    assert states_of(picture, None)[section] is state


def test_a_consent_that_shares_with_nobody_is_half_a_consent() -> None:
    said = {given: states_of({}, given)[Section.CONSENT] for given in (None, *SharedWith)}
    assert said == {
        None: State.UNTOUCHED,
        SharedWith.NONE: State.PARTLY,
        SharedWith.TEAM: State.DONE,
        SharedWith.HOSTS: State.DONE,
    }


def test_sections_follow_each_other_and_the_last_itself() -> None:
    assert following(Section.OWN_WORDS) is Section.STRENGTHS
    assert following(Section.CONSENT) is Section.CONSENT
    assert is_same(Section.OWN_WORDS, {"own_words": ""}, {"limits": [1]})
    assert not is_same(Section.LIMITS, {"limits": []}, {"limits": [1]})
