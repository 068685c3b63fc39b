"""Agreeing on a trial and moving a placement on its pages, through the real actions."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.persons.picture import Picture
from service.persons.tables import Person
from service.persons.words import TOLD_WORDS
from service.placements.forms import NEEDED, OBSTACLE_WORDS
from service.placements.lifecycle import Action, Employment, Status
from service.placements.obstacles import Obstacle
from service.placements.tables import Placement, PlacementMove
from service.placements.telling import NAMELESS, SAYING, host_view
from service.placements.terms import NEEDS, Terms
from tests.factories import Town, person_in
from tests.service.browsing import led_to, look, main_of, send

CONSENT = {"shared_with": "hosts", "fields": ["nickname", "age_band"], "how": "口頭"}


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    return person_in(session, town)


def terms_of(town: Town, ref: str = "leaves", **changes: Any) -> dict[str, Any]:
    return {
        "activity": str(town.activities[ref].id),
        "own_words": "少しならやってみたい",
        "first_on": "2026-11-24",
        "minutes": "20",
        "dose": "見ているだけから",
        "companion": "担当以外の職員",
        "kind": "taste",
        "insured": "yes",
        "step": "check",
    } | changes


def agreed(client: TestClient, town: Town, person: Person, step: str = "agree") -> str:
    path = f"/people/{person.id}/placements/new"
    return led_to(send(client, path, terms_of(town, step=step))).split("?")[0]


def test_the_answers_are_checked_before_anything_is_stored(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    answer = send(client, f"/people/{person.id}/placements/new", terms_of(town))
    page = main_of(answer)
    assert answer.status_code == 200
    for words in ("この約束でよいですか", "令和8年11月24日(火)", "20分・見ているだけから", "体験"):
        assert words in page, words
    assert "やめたいとき" in page
    assert session.exec(select(Placement)).all() == []


def test_a_promise_walks_through_the_real_moves(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    place = agreed(client, town, person)
    placement = session.exec(select(Placement)).one()
    assert place == f"/placements/{placement.id}"
    assert placement.status is Status.AGREED
    assert (placement.minutes, placement.insured) == (20, True)
    moves = session.exec(select(PlacementMove.action).order_by("position")).all()
    assert moves == [Action.WANT, Action.AGREE]
    page = look(client, place)
    assert "少しならやってみたい" in page
    assert "お試しをはじめる" in page


def test_a_look_only_is_written_down_as_a_look(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    agreed(client, town, person, "look")
    assert session.exec(select(Placement)).one().kind is Employment.LOOK


def test_the_host_can_be_asked_first(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    agreed(client, town, person, "ask")
    assert session.exec(select(Placement)).one().status is Status.ASKED


def test_without_consent_the_host_sees_no_name_and_nothing_can_be_ticked(
    client: TestClient, town: Town, person: Person
) -> None:
    form = look(
        client, f"/people/{person.id}/placements/new?activity={town.activities['leaves'].id}"
    )
    assert "受け入れ先に話してよいという同意は、まだありません" in form
    page = main_of(send(client, f"/people/{person.id}/placements/new", terms_of(town)))
    assert NAMELESS in page.split("受け入れ先に見えること", 1)[1]


def test_what_no_consent_covers_is_never_told(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    fields = terms_of(town, step="agree", may_tell="nickname")
    answer = send(client, f"/people/{person.id}/placements/new", fields)
    assert answer.status_code == 422
    assert "「呼び名」は、受け入れ先に話してよいという同意がありません" in main_of(answer)
    assert session.exec(select(Placement)).all() == []


def test_with_consent_the_host_sees_exactly_the_fields_that_were_ticked(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, consent=dict(CONSENT))
    fields = terms_of(town, may_tell=["nickname"])
    page = main_of(send(client, f"/people/{person.id}/placements/new", fields))
    seen = page.split("受け入れ先に見えること", 1)[1]
    assert person.code in seen
    assert "40代" not in seen
    agree = terms_of(town, step="agree", may_tell=["nickname"])
    led_to(send(client, f"/people/{person.id}/placements/new", agree))
    assert session.exec(select(Placement)).one().may_tell == ["nickname"]


def test_a_refused_promise_leaves_nothing_behind_and_says_why(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    other = person_in(session, town)
    path = "/people/{}/placements/new"
    last = terms_of(town, "last_place", step="agree")
    led_to(send(client, path.format(other.id), last))
    answer = send(client, path.format(person.id), last)
    assert answer.status_code == 422
    assert "空きがなくなりました" in main_of(answer)
    placements = session.exec(select(Placement)).all()
    assert [placement.person_id for placement in placements] == [other.id]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"first_on": "2026-11-01"}, "きょうよりあとの日にしてください"),
        ({"minutes": "0"}, "1から1440までの数で書いてください"),
        ({"first_on": "らいしゅう"}, "日付を"),
    ],
)
def test_an_agreement_that_cannot_be_is_shown_again(
    client: TestClient, town: Town, person: Person, changed: dict[str, str], sentence: str
) -> None:
    fields = terms_of(town, **changed)
    answer = send(client, f"/people/{person.id}/placements/new", fields)
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert "見ているだけから" in answer.text


def test_the_page_offers_the_possible_moves_and_makes_them(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    place = agreed(client, town, person)
    assert "続ける" not in look(client, place)
    led_to(send(client, f"{place}/moves", {"move": "begin", "note": "玄関まで"}))
    page = look(client, place)
    assert "玄関まで" in page
    assert "続ける" in page
    led_to(send(client, f"{place}/moves", {"move": "rest", "side": "person"}))
    assert "まで取っておきます" in look(client, place)
    assert session.exec(select(Placement)).one().status is Status.RESTING


def test_ending_needs_a_reason_and_a_side(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    place = agreed(client, town, person)
    answer = send(client, f"{place}/moves", {"move": "end"})
    assert answer.status_code == 422
    page = main_of(answer)
    assert NEEDED["reason"] in page
    assert NEEDED["side"] in page
    led_to(send(client, f"{place}/moves", {"move": "end", "reason": "own_way", "side": "person"}))
    assert session.exec(select(Placement)).one().status is Status.ENDED


def test_a_move_that_somebody_overtook_is_refused_without_a_change(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    place = agreed(client, town, person)
    answer = send(client, f"{place}/moves", {"move": "begin", "version": "1"})
    assert answer.status_code == 422
    assert "いまの様子を見なおしてください" in main_of(answer)
    assert session.exec(select(Placement)).one().status is Status.AGREED


def test_a_move_nobody_knows_changes_nothing(
    client: TestClient, town: Town, person: Person
) -> None:
    place = agreed(client, town, person)
    assert led_to(send(client, f"{place}/moves", {"move": "fly"})) == place


def test_a_visit_is_written_down_without_blame(
    client: TestClient, town: Town, person: Person
) -> None:
    place = agreed(client, town, person)
    answer = send(client, f"{place}/visits/new", {"occurred_on": "2026-11-20"})
    assert "どうだったかを選んでください" in main_of(answer)
    fields = {"outcome": "was_there", "minutes": "15", "small_change": "あいさつをした"}
    led_to(send(client, f"{place}/visits/new", fields))
    page = look(client, f"/people/{person.id}")
    assert "いるだけでいられた・15分" in page
    assert "あいさつをした" in page
    assert "欠席" not in page


def test_a_day_that_has_not_come_is_not_written_down_yet(
    client: TestClient, town: Town, person: Person
) -> None:
    place = agreed(client, town, person)
    fields = {"outcome": "came", "occurred_on": "2026-12-24"}
    answer = send(client, f"{place}/visits/new", fields)
    assert answer.status_code == 422
    assert "この日は、まだ記録できません" in main_of(answer)


def test_every_field_that_may_be_told_has_something_to_say() -> None:
    assert set(SAYING) == set(TOLD_WORDS)


def test_every_obstacle_and_every_needed_term_reads_in_japanese() -> None:
    assert set(OBSTACLE_WORDS) == set(Obstacle)
    assert set(NEEDED) == {name for names in NEEDS.values() for name in names}


def test_the_hosts_view_holds_only_what_may_be_told(person: Person) -> None:
    picture = Picture.model_validate(
        {"own_words": "庭が好き", "limits": [{"kind": "no_fee", "text": "お金の話は困る"}]}
    )
    nothing = host_view(person, picture, Terms(), title="落ち葉", may_tell=())
    assert [line.said for line in nothing if line.name == "来る人"] == [NAMELESS]
    told = {line.said for line in nothing}
    assert not told & {person.code, "庭が好き", "お金の話は困る", person.age_band}
    everything = host_view(person, picture, Terms(), title="落ち葉", may_tell=tuple(TOLD_WORDS))
    assert {person.code, "庭が好き", "お金の話は困る"} <= {line.said for line in everything}
