"""The page of candidates: reasons with their values, never a score, and wishes that found none."""

import re

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from catalogue.profiles import Stage
from service.suggestions.pages import TIER_WORDS
from service.suggestions.tables import Round, Suggestion, Tier
from service.wishes.tables import Wish
from tests.factories import Town, person_in
from tests.service.browsing import led_to, look, send


def test_every_tier_has_a_word_of_its_own() -> None:
    assert set(TIER_WORDS) == set(Tier)
    assert len(set(TIER_WORDS.values())) == len(Tier)


def test_cards_give_reasons_days_and_travel_but_never_a_score(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town)
    page = look(client, f"/people/{person.id}/candidates")
    for words in (
        "お寺の庭で落ち葉を集める",
        "合うところ",
        "はじめの日",
        "11月24日(火) 10:00",
        "湖東寺",
    ):
        assert words in page, words
    assert not re.search(r"\d\s*[%％点]", page)
    scores = session.exec(select(Suggestion.score)).all()
    assert scores
    assert all(f"{score:.2f}" not in page for score in scores)


def test_what_was_left_out_stands_there_with_its_reasons(
    client: TestClient, session: Session, town: Town
) -> None:
    limits = [{"kind": "group_at_most", "value": 5}, {"kind": "no_outdoors"}]
    person = person_in(session, town, picture={"own_words": "静かに", "limits": limits})
    page = look(client, f"/people/{person.id}/candidates")
    left_out = page.split("今は外した候補と、その理由", 1)[1]
    assert "お茶の時間にいる" in left_out


@pytest.mark.parametrize(
    "known",
    [{"stage": Stage.NOT_MET}, {"proposals_paused": "安全の話が先"}],
    ids=["unmet", "paused"],
)
def test_people_who_get_no_proposal_are_given_a_next_step_instead(
    client: TestClient, session: Session, town: Town, known: dict[str, object]
) -> None:
    person = person_in(session, town, **known)  # type: ignore[arg-type]  # columns of Person
    page = look(client, f"/people/{person.id}/candidates")
    assert "今は紹介しません" in page
    assert "次にすること" in page
    assert "つなぐ" not in page
    assert session.exec(select(Suggestion)).all() == []


def test_a_card_leads_to_the_agreement_with_its_day_and_minutes(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town)
    html = client.get(f"/people/{person.id}/candidates", headers={"accept": "text/html"}).text
    leaves = town.activities["leaves"].id
    link = re.search(rf'/people/{person.id}/placements/new\?activity={leaves}[^"]+', html)
    assert link is not None
    page = client.get(link[0].replace("&amp;", "&"), headers={"accept": "text/html"}).text
    assert 'value="2026-11-24"' in page
    assert 'name="minutes"' in page


def test_a_wish_without_a_place_is_kept_with_what_it_failed_on(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, picture={"limits": [{"kind": "no_outdoors"}]})
    look(client, f"/people/{person.id}/candidates")
    made = session.exec(select(Round)).one()
    fields = {"own_words": "海を見ていたい", "round": str(made.id)}
    place = led_to(send(client, f"/people/{person.id}/wishes", fields))
    assert place == f"/people/{person.id}?saved=true"
    wish = session.exec(select(Wish)).one()
    assert wish.own_words == "海を見ていたい"
    assert wish.failed_on == made.excluded[:10]


def test_an_empty_wish_is_a_wish_not_yet_heard(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town)
    led_to(send(client, f"/people/{person.id}/wishes", {"own_words": "  "}))
    assert session.exec(select(Wish)).all() == []
