"""Rounds: what each one rested on stays as it was, whatever becomes of the person since."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from catalogue.profiles import SharedWith, Stage
from matching.explain import explain
from matching.held import why_held
from service.audit.tables import AccessRecord, Act
from service.persons.actions import assess, profile_of
from service.persons.picture import Picture
from service.persons.tables import Person
from service.suggestions.actions import MISSES
from service.suggestions.tables import Round, Suggestion, Tier
from tests.factories import MORNING, TEAM, Town, TurnableClock, activity_row, person_in, staff_of
from tests.service.audit.lines import looks

PATH = "/api/v1/suggestions"
ClientOf = Callable[[str], TestClient]


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    return person_in(session, town)


@pytest.fixture
def shared(session: Session, town: Town) -> Person:
    """Somebody of whom the whole team may know."""
    return person_in(session, town, consent=TEAM)


def asked(client: TestClient, person: Person, **more: Any) -> dict[str, Any]:
    answer = client.post(PATH, json={"person_id": str(person.id)} | more)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def rounds(session: Session) -> list[Round]:
    session.expire_all()
    return list(session.exec(select(Round).order_by(col(Round.created_at))))


def proposed(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for tier in Tier for each in answer[tier.value]]


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("paused", [None, "安全の話が先"])
def test_each_stage_gets_a_list_or_the_reason_why_not_and_never_both(
    client: TestClient, session: Session, town: Town, stage: Stage, paused: str | None
) -> None:
    person = person_in(session, town, stage=stage, proposals_paused=paused)
    reason = why_held(profile_of(session, person, on=MORNING.date()))
    answer = asked(client, person)
    held = stage is Stage.NOT_MET or paused is not None
    assert (answer["held"] is not None) is held
    assert bool(proposed(answer)) is not held
    assert answer["held"] == (explain(reason) if reason else None)
    assert rounds(session)[0].facts["stage"] == stage


def test_somebody_who_is_held_today_is_not_tomorrow(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, stage=Stage.NOT_MET)
    held = asked(client, person)
    client.patch(f"/api/v1/people/{person.id}", json={"stage": "at_home"})
    assert proposed(asked(client, person))
    assert client.get(f"{PATH}/{held['id']}").json() == held
    first, second = rounds(session)
    assert first.held
    assert second.held is None


def test_the_longest_reason_to_pause_fits_into_the_round(
    client: TestClient, session: Session, town: Town
) -> None:
    reason = "休" * 500
    held = asked(client, person_in(session, town, proposals_paused=reason))["held"]
    assert reason in held


@pytest.mark.parametrize("circle", SharedWith)
def test_a_round_knows_what_might_be_told_when_it_was_made(
    client: TestClient, session: Session, person: Person, circle: SharedWith
) -> None:
    consents = f"/api/v1/people/{person.id}/consents"
    given = client.post(consents, json={"shared_with": circle}).json()
    asked(client, person)
    client.post(f"{consents}/{given['id']}/withdrawal")
    asked(client, person)
    known = [made.facts["shared_with"] for made in rounds(session)]
    assert known == [circle, SharedWith.NONE]


@pytest.mark.parametrize("end", ["withdrawal", "until"])
def test_a_question_about_an_earlier_day_does_not_revive_a_consent_that_is_over(
    client: TestClient,
    session: Session,
    person: Person,
    turnable_clock: TurnableClock,
    end: str,
) -> None:
    consents = f"/api/v1/people/{person.id}/consents"
    body = {"shared_with": "hosts", "given_on": "2026-11-01"}
    given = client.post(consents, json=body | {"until": "2026-11-22"}).json()
    asked(client, person, as_of="2026-11-19")
    if end == "withdrawal":
        client.post(f"{consents}/{given['id']}/withdrawal")
    else:
        turnable_clock.turn(days=3)
    asked(client, person, as_of="2026-11-19")
    known = [made.facts["shared_with"] for made in rounds(session)]
    assert known == [SharedWith.HOSTS, SharedWith.NONE]


def test_a_round_knows_which_single_hosts_might_be_told(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    temple = str(town.hosts["temple"].id)
    given = {"shared_with": "hosts", "host_id": temple}
    client.post(f"/api/v1/people/{person.id}/consents", json=given)
    asked(client, person)
    [made] = rounds(session)
    assert (made.facts["shared_with"], made.facts["told_hosts"]) == ("team", [temple])


def test_a_round_names_the_hearing_it_rested_on_not_the_latest(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    asked(client, person)
    staff = staff_of(session, town.accounts["csw"])
    second = assess(session, staff, person.id, Picture(own_words="本を読む"), at=MORNING)
    asked(client, person)
    made = rounds(session)
    assert made[0].assessment_id != second.id
    assert made[1].assessment_id == second.id


def test_a_round_without_a_hearing_says_so(client: TestClient, session: Session) -> None:
    body = {"area": "east", "stage": "helper"}
    nobody_heard = client.post("/api/v1/people", json=body).json()
    answer = client.post(PATH, json={"person_id": nobody_heard["id"]}).json()
    assert answer["held"]
    assert rounds(session)[0].assessment_id is None


def test_a_round_keeps_the_earlier_trials_it_learnt_from(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    asked(client, person)
    leaves = str(town.activities["leaves"].id)
    made = client.post(
        "/api/v1/placements", json={"person_id": str(person.id), "activity_id": leaves}
    ).json()
    client.post(
        f"/api/v1/placements/{made['id']}/moves",
        json={"move": "pass", "side": "person", "note": "いまはいい"},
    )
    asked(client, person)
    before, after = (each.facts["tried"] for each in rounds(session))
    assert before == []
    assert after == [{"activity": leaves, "outcome": "passed", "on": "2026-11-20"}]


def test_a_hearing_changes_the_next_answer_and_not_the_last(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    first = asked(client, person)
    leaves = str(town.activities["leaves"].id)
    assert leaves in {each["activity"] for each in proposed(first)}
    limits = {"limits": [{"kind": "no_outdoors"}]}
    client.post(f"/api/v1/people/{person.id}/assessments", json=limits)
    second = asked(client, person)
    assert leaves not in {each["activity"] for each in proposed(second)}
    assert client.get(f"{PATH}/{first['id']}").json() == first


def test_a_round_is_dated_by_the_moment_and_computed_for_the_day(
    client: TestClient, session: Session, person: Person, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(hours=15)
    assert asked(client, person)["as_of"] == "2026-11-21"
    assert asked(client, person, as_of="2027-01-01")["as_of"] == "2027-01-01"
    first, second = rounds(session)
    assert first.computed_at == second.computed_at == turnable_clock.at
    assert (first.as_of, second.as_of) == (date(2026, 11, 21), date(2027, 1, 1))


def test_who_asked_is_kept_also_when_somebody_else_looks(
    client_of: ClientOf, session: Session, town: Town, shared: Person
) -> None:
    answer = asked(client_of("csw"), shared)
    assert client_of("coordinator").get(f"{PATH}/{answer['id']}").json() == answer
    assert rounds(session)[0].asked_by == town.accounts["csw"].id


def test_a_round_goes_with_the_person_to_another_area(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    person = person_in(session, town, by="coordinator", consent=TEAM)
    path = f"{PATH}/{asked(client_of('csw'), person)['id']}"
    client_of("csw").patch(f"/api/v1/people/{person.id}", json={"area": "west"})
    assert client_of("csw").get(path).status_code == 404
    assert client_of("csw_west").get(path).status_code == 200


def test_a_round_that_never_was_and_one_of_another_town_give_the_same_answer(
    client_of: ClientOf, session: Session, person: Person, elsewhere: Town
) -> None:
    answer = asked(client_of("csw"), person)
    other = client_of("csw_elsewhere")
    hidden, absent = other.get(f"{PATH}/{answer['id']}"), other.get(f"{PATH}/{uuid4()}")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json() == absent.json()


def test_a_refused_question_keeps_no_round_and_no_look(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    hidden = person_in(session, town, area="west", by="csw_west")
    before = len(looks(session))
    client = client_of("csw")
    assert client.post(PATH, json={"person_id": str(hidden.id)}).status_code == 404
    assert client.post(PATH, json={"person_id": str(uuid4())}).status_code == 404
    assert rounds(session) == []
    assert len(looks(session)) == before


@pytest.mark.parametrize(
    ("role", "status"),
    [("csw", 201), ("coordinator", 201), ("officer", 403), ("admin", 403), ("auditor", 403)],
)
def test_only_caseworkers_ask(client_of: ClientOf, shared: Person, role: str, status: int) -> None:
    answer = client_of(role).post(PATH, json={"person_id": str(shared.id)})
    assert answer.status_code == status


def test_every_suggestion_has_its_place_its_score_and_an_id_of_its_own(
    client: TestClient, session: Session, person: Person
) -> None:
    answer = asked(client, person)
    kept = session.exec(select(Suggestion).order_by(col(Suggestion.position))).all()
    assert [each.position for each in kept] == list(range(len(kept)))
    assert [str(each.id) for each in kept] == [each["suggestion_id"] for each in proposed(answer)]
    for tier in Tier:
        scores = [each.score for each in kept if each.tier is tier]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_two_rounds_share_no_suggestion(client: TestClient, person: Person) -> None:
    ids = [{each["suggestion_id"] for each in proposed(asked(client, person))} for _ in range(2)]
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])


def test_only_the_nearest_misses_are_explained(
    client: TestClient, session: Session, town: Town
) -> None:
    temple = str(town.hosts["temple"].id)
    row = {name: value for name, value in activity_row("x").items() if name not in {"id", "host"}}
    for _ in range(MISSES):
        client.post("/api/v1/activities", json=row | {"host_id": temple})
    limits = [{"kind": "no_outdoors"}]
    person = person_in(session, town, picture={"own_words": "庭", "limits": limits})
    answer = asked(client, person)
    assert len(answer["excluded"]) == MISSES
    assert all(miss["reasons"] for miss in answer["excluded"])


@pytest.mark.parametrize("limit", [1, 50])
def test_the_limits_bounds_are_taken(client: TestClient, person: Person, limit: int) -> None:
    answer = asked(client, person, limit=limit)
    assert all(len(answer[tier.value]) <= limit for tier in Tier)


@pytest.mark.parametrize("as_of", ["2000-01-01", "2028-02-29", "2100-12-31"])
def test_any_day_of_the_century_can_be_asked_for(
    client: TestClient, person: Person, as_of: str
) -> None:
    answer = asked(client, person, as_of=as_of)
    starts = [day for each in proposed(answer) for day in each["start"]["first_occurrences"]]
    assert all(start[:10] >= as_of for start in starts)


@pytest.mark.parametrize(
    "body",
    [
        {"limit": 51},
        {"limit": "5"},
        {"limit": True},
        {"as_of": "1999-12-31"},
        {"as_of": "2101-01-01"},
        {"as_of": "2026-02-29"},
        {"as_of": "あした"},
        {"who": "needle"},
    ],
)
def test_a_question_out_of_bounds_is_refused_and_not_kept(
    client: TestClient, session: Session, person: Person, body: dict[str, Any]
) -> None:
    answer = client.post(PATH, json={"person_id": str(person.id)} | body)
    assert answer.status_code == 422
    assert "needle" not in answer.text
    assert rounds(session) == []


@pytest.mark.parametrize(
    ("profile", "where"),
    [
        ({"lat": 91}, "body.profile.lat"),
        ({"area": "a\0b"}, "body.profile.area"),
        ({"proposals_paused": "a\0b"}, "body.profile.proposals_paused"),
        ({"stage": "busy"}, "body.profile.stage"),
        ({"consent": {}}, "body.profile.consent.shared_with"),
        ({"limits": [{"kind": "age", "value": "17"}]}, "body.profile.limits[0].value"),
        ({"tried": []}, "body.profile.tried"),
    ],
)
def test_a_description_that_cannot_be_is_refused_at_its_place(
    client: TestClient, profile: dict[str, Any], where: str
) -> None:
    answer = client.post(PATH, json={"profile": profile})
    assert answer.status_code == 422
    assert [fault["where"] for fault in answer.json()["errors"]] == [where]


@pytest.mark.parametrize("known", [{}, {"area": "nowhere"}, {"area": ""}, {"age_band": "不明"}])
def test_somebody_of_whom_little_is_known_is_answered_all_the_same(
    client: TestClient, known: dict[str, Any]
) -> None:
    answer = client.post(PATH, json={"profile": known})
    assert answer.status_code == 200
    assert answer.json()["held"] is None


def test_a_description_is_answered_like_the_stored_person_it_describes(
    client: TestClient, session: Session, person: Person
) -> None:
    stored = asked(client, person)
    profile = {
        "own_words": "庭の手入れなら好き",
        "windows": [],
        "travel": {"modes": ["walk"]},
        "age_band": "40代",
        "lat": 35.001,
        "lon": 135.001,
        "area": "east",
        "stage": "at_home",
    }
    described = client.post(PATH, json={"profile": profile}).json()
    for each in proposed(stored):
        each.pop("suggestion_id")
    for name in (*Tier, "excluded", "held", "as_of", "catalogue_revision"):
        assert described[name] == stored[name], name
    assert len(rounds(session)) == 1


def test_a_description_is_nobodys_and_so_nobody_is_written_down(
    client: TestClient, session: Session
) -> None:
    client.post(PATH, json={"profile": {"own_words": "庭"}})
    assert looks(session) == []


def test_each_question_and_each_second_look_is_one_row(
    client: TestClient, session: Session, person: Person
) -> None:
    answers = [asked(client, person) for _ in range(2)]
    client.get(f"{PATH}/{answers[0]['id']}")
    rows = session.exec(select(AccessRecord).where(AccessRecord.resource == "suggestion")).all()
    assert sorted(row.act for row in rows) == sorted([Act.MATCH, Act.MATCH, Act.READ])
    assert UUID(answers[0]["person_id"]) == person.id
