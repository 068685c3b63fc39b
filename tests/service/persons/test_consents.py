"""Consents: on which day which one holds, how one ends, and who may write one down."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from catalogue.profiles import SharedWith
from service.audit.tables import AccessRecord, Act
from service.persons.actions import current_consents, keep_consent, profile_of
from service.persons.rules import CIRCLES, Extent, Named, shared, wider
from service.persons.schemas import ConsentIn
from service.persons.tables import Consent, Person
from service.persons.words import TOLD_WORDS
from tests.factories import MORNING, Town, TurnableClock, person_in, staff_of
from tests.service.audit.lines import looks

PEOPLE = "/api/v1/people"
DAYS = [date(2026, 12, 30) + timedelta(days=offset) for offset in range(4)]


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    return person_in(session, town)


@pytest.fixture
def path(person: Person) -> str:
    return f"{PEOPLE}/{person.id}/consents"


def kept(client: TestClient, path: str, **fields: Any) -> dict[str, Any]:
    answer = client.post(path, json={"shared_with": "hosts"} | fields)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_every_mix_of_days_holds_exactly_from_giving_to_end_and_never_once_withdrawn(
    session: Session, town: Town, person: Person
) -> None:
    staff = staff_of(session, town.accounts["csw"])
    choices = [None, *DAYS]
    for given_on, until, withdrawn in product(choices, choices, choices):
        if given_on and until and until < given_on:
            continue
        days = {"given_on": given_on, "until": until, "withdrawn_on": withdrawn}
        keep_consent(session, staff, person.id, {"shared_with": "team"} | days, at=MORNING)
    written = session.exec(select(Consent)).all()
    for on in (DAYS[0] - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=1)):
        expected = {
            consent.id
            for consent in written
            if (consent.given_on is None or consent.given_on <= on)
            and (consent.until is None or on <= consent.until)
            and consent.withdrawn_on is None
        }
        found = current_consents(session, person.id, on=on)
        assert {consent.id for consent in found} == expected, on


def test_the_circles_are_in_order_and_complete() -> None:
    assert set(CIRCLES) == set(SharedWith)
    assert CIRCLES.index(SharedWith.NONE) < CIRCLES.index(SharedWith.TEAM)
    assert CIRCLES.index(SharedWith.TEAM) < CIRCLES.index(SharedWith.HOSTS)


HOSTS = st.none() | st.sampled_from([UUID(int=1), UUID(int=2)])


@given(st.lists(st.tuples(st.sampled_from(SharedWith), HOSTS), max_size=6))
def test_a_host_may_be_told_exactly_where_a_consent_names_it_or_all(named: list[Named]) -> None:
    found = shared(named)
    for host in (UUID(int=1), UUID(int=2), UUID(int=3)):
        may = found.circle is SharedWith.HOSTS or str(host) in found.hosts
        assert may is any(c is SharedWith.HOSTS and h in {None, host} for c, h in named)
    anybody = any(circle is not SharedWith.NONE for circle, _ in named)
    assert (found.circle is not SharedWith.NONE) is anybody


@pytest.mark.parametrize("circle", SharedWith)
def test_each_circle_is_kept_and_known_to_matching(
    client: TestClient, session: Session, person: Person, path: str, circle: SharedWith
) -> None:
    assert kept(client, path, shared_with=circle)["shared_with"] == circle
    assert profile_of(session, person, on=MORNING.date()).shared_with is circle


def test_withdrawing_the_widest_leaves_the_narrower_one_standing(
    client: TestClient, session: Session, person: Person, path: str
) -> None:
    kept(client, path, shared_with="team")
    hosts = kept(client, path, shared_with="hosts")
    client.post(f"{path}/{hosts['id']}/withdrawal")
    session.expire_all()
    assert profile_of(session, person, on=MORNING.date()).shared_with is SharedWith.TEAM


def test_a_withdrawal_dated_back_stays_written_down_and_ends_the_consent_for_every_day(
    client: TestClient, session: Session, person: Person, path: str
) -> None:
    consent = kept(client, path, given_on="2026-11-01")
    body = {"withdrawn_on": "2026-11-10"}
    ended = client.post(f"{path}/{consent['id']}/withdrawal", json=body)
    assert ended.json() == consent | body | {"withdrawn_by": consent["recorded_by"]}
    session.expire_all()
    by_day = {
        day: profile_of(session, person, on=date(2026, 11, day)).shared_with for day in (9, 10)
    }
    assert by_day == {9: SharedWith.NONE, 10: SharedWith.NONE}


def test_nobody_withdraws_ahead_because_today_could_then_not_be_said(
    client: TestClient, path: str
) -> None:
    consent = kept(client, path)
    withdrawal = f"{path}/{consent['id']}/withdrawal"
    refused = client.post(withdrawal, json={"withdrawn_on": "2062-11-20"})
    assert refused.status_code == 409
    assert client.post(withdrawal).json()["withdrawn_on"] == "2026-11-20"


def test_today_is_the_day_in_japan_also_for_a_withdrawal(
    client: TestClient, path: str, turnable_clock: TurnableClock
) -> None:
    consent = kept(client, path)
    turnable_clock.at = datetime.fromisoformat("2026-12-31T15:00:00+00:00")
    body = {"withdrawn_on": "2027-01-01"}
    ended = client.post(f"{path}/{consent['id']}/withdrawal", json=body)
    assert ended.json()["withdrawn_on"] == "2027-01-01"


@pytest.mark.parametrize(
    "body", [{"withdrawn_on": "2026-02-30"}, {"withdrawn_on": 20261120}, {"reason": "needle"}]
)
def test_a_malformed_withdrawal_ends_nothing(
    client: TestClient, path: str, body: dict[str, Any]
) -> None:
    consent = kept(client, path)
    answer = client.post(f"{path}/{consent['id']}/withdrawal", json=body)
    assert answer.status_code == 422
    assert "needle" not in answer.text
    assert client.get(path).json()["items"] == [consent]


def test_the_consent_of_somebody_else_is_not_found_under_this_person(
    client: TestClient, session: Session, town: Town, path: str
) -> None:
    other = person_in(session, town)
    theirs = kept(client, f"{PEOPLE}/{other.id}/consents")
    assert client.post(f"{path}/{theirs['id']}/withdrawal").status_code == 404
    assert client.get(f"{PEOPLE}/{other.id}/consents").json()["items"] == [theirs]


def test_consents_out_of_sight_can_be_neither_read_nor_given_nor_withdrawn(
    client_of: Callable[[str], TestClient], session: Session, path: str
) -> None:
    consent = kept(client_of("csw"), path)
    west = client_of("csw_west")
    before = len(looks(session))
    answers = [
        west.get(path),
        west.post(path, json={"shared_with": "none"}),
        west.post(f"{path}/{consent['id']}/withdrawal"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len(looks(session)) == before
    assert client_of("csw").get(path).json()["items"] == [consent]


@pytest.mark.parametrize("role", ["officer", "admin", "auditor"])
def test_roles_without_casework_have_nothing_to_do_with_consents(
    client_of: Callable[[str], TestClient], path: str, role: str
) -> None:
    other = client_of(role)
    assert other.get(path).status_code == 403
    assert other.post(path, json={"shared_with": "team"}).status_code == 403


def test_consents_are_listed_with_the_newest_first(
    client: TestClient, path: str, turnable_clock: TurnableClock
) -> None:
    ids = []
    for _ in range(3):
        ids.append(kept(client, path)["id"])
        turnable_clock.turn(minutes=1)
    assert [consent["id"] for consent in client.get(path).json()["items"]] == ids[::-1]


def test_giving_reading_and_withdrawing_are_each_written_down(
    client: TestClient, session: Session, person: Person, path: str
) -> None:
    looks(session)
    consent = kept(client, path)
    client.get(path)
    client.post(f"{path}/{consent['id']}/withdrawal")
    rows = session.exec(select(AccessRecord).where(AccessRecord.resource == "consent")).all()
    assert sorted(row.act for row in rows) == sorted([Act.WRITE, Act.READ, Act.WRITE])
    assert {row.person_id for row in rows} == {person.id}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"shared_with": "everybody"}, "body.shared_with"),
        ({"shared_with": None}, "body.shared_with"),
        ({"fields": ["a"] * 101}, "body.fields"),
        ({"fields": [""]}, "body.fields[0]"),
        ({"fields": "nickname"}, "body.fields"),
        ({"fields": ["nickname", "diagnosis"]}, "body.fields[1]"),
        ({"host_id": "temple"}, "body.host_id"),
        ({"purpose": "あ" * 501}, "body.purpose"),
        ({"body": "あ" * 201}, "body.body"),
        ({"scope": "あ" * 1001}, "body.scope"),
        ({"how": "あ" * 201}, "body.how"),
        ({"given_on": "2026/11/20"}, "body.given_on"),
        ({"given_on": "２０２６-11-20"}, "body.given_on"),
        ({"until": "needle"}, "body.until"),
        ({"withdrawn_on": "2026-11-20"}, "body.withdrawn_on"),
    ],
)
def test_a_malformed_consent_is_refused_at_its_place(
    client: TestClient, path: str, changes: dict[str, Any], where: str
) -> None:
    answer = client.post(path, json={"shared_with": "team"} | changes)
    assert answer.status_code == 422
    assert [fault["where"] for fault in answer.json()["errors"]] == [where]
    assert "needle" not in answer.text
    assert client.get(path).json()["items"] == []


def test_an_unknown_field_is_answered_with_those_that_are_known(
    client: TestClient, path: str
) -> None:
    answer = client.post(path, json={"shared_with": "hosts", "fields": ["diagnosis"]})
    [fault] = answer.json()["errors"]
    assert all(name in fault["expected"] for name in TOLD_WORDS)
    assert "diagnosis" not in answer.text


def test_a_consent_for_one_host_opens_that_host_only(
    client: TestClient, session: Session, town: Town, person: Person, path: str
) -> None:
    temple = str(town.hosts["temple"].id)
    kept(client, path, host_id=temple)
    profile = profile_of(session, person, on=MORNING.date())
    assert (profile.shared_with, profile.told_hosts) == (SharedWith.TEAM, frozenset({temple}))
    kept(client, path)
    assert profile_of(session, person, on=MORNING.date()).shared_with is SharedWith.HOSTS


def test_consents_are_numbered_and_none_is_ever_overwritten(client: TestClient, path: str) -> None:
    first, second = kept(client, path, fields=["nickname"]), kept(client, path)
    assert (first["version"], second["version"]) == (1, 2)
    own = f"{path}/{first['id']}"
    for method in ("PUT", "PATCH", "DELETE"):
        assert client.request(method, own, json={"fields": []}).status_code in {404, 405}
    client.post(f"{own}/withdrawal")
    ended = {"withdrawn_on": "2026-11-20", "withdrawn_by": first["recorded_by"]}
    found = {each["version"]: each for each in client.get(path).json()["items"]}
    assert found == {1: first | ended, 2: second}


def test_a_consent_is_narrowed_in_one_step_and_keeps_its_purpose(
    client: TestClient, path: str
) -> None:
    old = kept(client, path, fields=["nickname", "limits"], purpose="畑の手伝いを相談する")
    body = {"shared_with": "hosts", "fields": ["nickname"], "purpose": "needle"}
    new = client.post(f"{path}/{old['id']}/narrowing", json=body).json()
    assert (new["fields"], new["replaces"]) == (["nickname"], old["version"])
    assert new["purpose"] == old["purpose"]
    standing = {each["id"]: each["withdrawn_on"] for each in client.get(path).json()["items"]}
    assert standing == {old["id"]: "2026-11-20", new["id"]: None}
    assert client.post(f"{path}/{old['id']}/narrowing", json=body).status_code == 409


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"fields": ["nickname", "limits"]}, "fields"),
        ({"until": None}, "until"),
        ({"until": "2027-01-01"}, "until"),
        ({"shared_with": "hosts"}, "shared_with"),
        ({"shared_with": "none", "body": "ハローワーク"}, "body"),
    ],
)
def test_what_replaces_a_consent_never_goes_beyond_it(
    client: TestClient, path: str, change: dict[str, Any], named: str
) -> None:
    given = {"shared_with": "team", "fields": ["nickname"], "until": "2026-12-01"}
    old = kept(client, path, **given)
    refused = client.post(f"{path}/{old['id']}/narrowing", json=given | change)
    assert (refused.status_code, refused.json()["wider"]) == (409, [named])
    assert client.get(path).json()["items"] == [old]


EXTENTS = st.builds(
    Extent,
    st.sampled_from(SharedWith),
    HOSTS,
    st.sampled_from(["", "ハローワーク"]),
    st.frozensets(st.sampled_from(sorted(TOLD_WORDS)), max_size=3),
    st.none() | st.sampled_from(DAYS),
)


@given(EXTENTS, EXTENTS, st.sampled_from([UUID(int=1), UUID(int=3)]), st.sampled_from(DAYS))
def test_a_narrower_consent_lets_no_host_know_more_on_any_day(
    old: Extent, new: Extent, host: UUID, day: date
) -> None:
    def told(given: Extent) -> frozenset[str]:
        meant = given.circle is SharedWith.HOSTS and given.host in {None, host}
        holds = given.until is None or given.until >= day
        return given.fields if meant and holds else frozenset()

    if not wider(old, new):
        assert told(new) <= told(old)
    assert wider(old, old) == ()


def test_another_body_is_a_recipient_of_its_own(
    client: TestClient, session: Session, person: Person, path: str
) -> None:
    body = {"shared_with": "none", "body": "ハローワーク", "fields": ["age_band"]}
    assert kept(client, path, **body)["body"] == "ハローワーク"
    assert profile_of(session, person, on=MORNING.date()).shared_with is SharedWith.NONE
    for wrong in ({"shared_with": "team"}, {"shared_with": "hosts"}):
        assert client.post(path, json=body | wrong).status_code == 422
    host = {"shared_with": "team", "host_id": str(UUID(int=1))}
    assert client.post(path, json=host).status_code == 422


def test_the_longest_texts_are_kept_to_the_last_character(client: TestClient, path: str) -> None:
    texts = {"scope": "同" * 1000, "purpose": "意" * 500, "how": "書" * 200}
    assert kept(client, path, **texts).items() >= texts.items()


@given(given_on=st.dates(), until=st.dates())
def test_a_consent_ends_on_or_after_the_day_it_is_given_whatever_the_days(
    given_on: date, until: date
) -> None:
    body = {"shared_with": "team", "given_on": given_on, "until": until}
    if given_on <= until:
        assert ConsentIn.model_validate(body).until == until
    else:
        with pytest.raises(ValueError, match="until not before given_on"):
            ConsentIn.model_validate(body)
