"""What is said beforehand is asked by many: of any state, any consent, on any day, by anybody."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session, col, select

from catalogue.profiles import SharedWith
from service.audit.tables import AccessRecord, Act
from service.closings.words import HOLD_WORDS, SIDES
from service.database import transaction
from service.placements.lifecycle import Action, Hold, Side
from tests.factories import Town, TurnableClock, person_in
from tests.service.browsing import look
from tests.service.placements.walks import move, moved

ClientOf = Callable[[str], TestClient]
API = "/api/v1"
TELL = ["age_band", "pace"]


def somebody(session: Session, town: Town, **consent: Any) -> str:
    told = {"shared_with": SharedWith.HOSTS, "fields": TELL} | consent
    return str(person_in(session, town, consent=told).id)


def placed(client: TestClient, town: Town, person: str, *moves: str) -> str:
    """Propose the leaves to somebody and make some moves."""
    body = {"person_id": person, "activity_id": str(town.activities["leaves"].id)}
    placement = client.post(f"{API}/placements", json=body).json()
    terms = {"agree": {"may_tell": TELL, "first_on": "2026-11-20"}}
    for each in moves:
        moved(client, placement, each, **terms.get(each, {}))
    return str(placement["id"])


def foretold(client: TestClient, placement: str, action: str) -> Any:
    return client.get(f"{API}/placements/{placement}/closing?move={action}")


def withdrawal_of(client: TestClient, person: str, number: int = 0) -> str:
    given = client.get(f"{API}/people/{person}/consents").json()["items"]
    given.sort(key=lambda each: each["shared_with"])
    return f"{API}/people/{person}/consents/{given[number]['id']}/withdrawal"


@pytest.mark.parametrize(
    "way",
    [
        ((), "pass", "passed", "none"),
        (("want",), "pass", "passed", "none"),
        (("want", "ask"), "pass", "passed", "soft"),
        (("want", "ask"), "host_passes", "passed", "soft"),
        (("want", "agree"), "pass", "passed", "firm"),
        (("want", "agree"), "end", "ended", "firm"),
        (("want", "agree", "begin"), "end", "ended", "firm"),
        (("want", "agree", "begin", "continue"), "end", "ended", "firm"),
    ],
    ids=lambda way: f"{'-'.join(way[0]) or 'proposed'}-{way[1]}",
)
def test_from_every_state_the_end_that_is_foretold_is_the_one_that_comes(
    client: TestClient,
    session: Session,
    town: Town,
    way: tuple[tuple[str, ...], str, str, str],
) -> None:
    moves, action, status, hold = way
    placement = placed(client, town, somebody(session, town), *moves)
    said = foretold(client, placement, action)
    assert said.status_code == 200, said.text
    assert (said.json()["status"], said.json()["hold"]) == (status, hold)
    after = moved(client, {"id": placement}, action)
    assert (after["status"], after["hold"]) == (status, "none")


def test_what_is_over_is_not_ended_again(client: TestClient, session: Session, town: Town) -> None:
    placement = placed(client, town, somebody(session, town), "pass")
    for action in Action:
        answer = foretold(client, placement, action)
        assert answer.status_code == 409 or answer.json()["ends"] is False, action


def test_a_move_that_there_is_not_is_malformed_and_says_where(
    client: TestClient, session: Session, town: Town
) -> None:
    placement = placed(client, town, somebody(session, town))
    for action in ("", "END", "explode", "end;"):
        answer = foretold(client, placement, action)
        assert answer.status_code == 422, action
        assert "move" in str(answer.json()["errors"])


def test_to_look_a_hundred_ways_beforehand_changes_nothing(
    client: TestClient, session: Session, town: Town
) -> None:
    person = somebody(session, town)
    placement = placed(client, town, person, "want", "agree", "begin")
    before = client.get(f"{API}/placements/{placement}").json()
    for action in Action:
        foretold(client, placement, action)
    client.get(withdrawal_of(client, person))
    assert client.get(f"{API}/placements/{placement}").json() == before
    (given,) = client.get(f"{API}/people/{person}/consents").json()["items"]
    assert given["withdrawn_on"] is None


def test_to_look_beforehand_is_written_down_as_a_look_and_not_as_a_change(
    client: TestClient, connection: Connection, session: Session, town: Town
) -> None:
    person = somebody(session, town)
    placement = placed(client, town, person, "want", "agree")
    path = withdrawal_of(client, person)

    def written() -> list[tuple[str, Act]]:
        with transaction(connection) as reading:
            found = reading.exec(select(AccessRecord).order_by(col(AccessRecord.seq)))
            return [(each.resource, each.act) for each in found if str(each.person_id) == person]

    before = len(written())
    foretold(client, placement, "end")
    client.get(path)
    looks = written()[before:]
    assert {("placement", Act.READ), ("consent", Act.READ)} <= set(looks)
    assert Act.WRITE not in {act for _, act in looks}
    client.post(path)
    assert ("consent", Act.WRITE) in written()[before + len(looks) :]


def test_over_the_turn_of_the_year_what_remains_is_on_working_days(
    client_of: ClientOf, session: Session, town: Town, turnable_clock: TurnableClock
) -> None:
    client = client_of("csw")
    placement = placed(client, town, somebody(session, town), "want", "agree", "begin")
    turnable_clock.turn(days=38)  # Monday 28 December, the last working day
    remains = foretold(client_of("csw"), placement, "end").json()["remains"]
    assert {each["side"] for each in remains} == {"person", "host"}
    for each in remains:
        assert each["earliest"] <= each["due"] <= each["late"]
        assert not "2026-12-29" <= each["due"] <= "2027-01-03"


@pytest.mark.parametrize(
    ("consent", "covers"),
    [
        ({"shared_with": "hosts", "fields": TELL}, True),
        ({"shared_with": "hosts", "fields": []}, False),
        ({"shared_with": "team", "fields": []}, False),
        ({"shared_with": "hosts", "fields": TELL, "host": "cafe"}, False),
        ({"shared_with": "hosts", "fields": TELL, "host": "temple"}, True),
    ],
    ids=["any_host", "no_fields", "team", "another_host", "this_host"],
)
def test_only_a_consent_for_this_host_and_these_fields_covers_what_was_agreed(
    client: TestClient, session: Session, town: Town, consent: dict[str, Any], covers: bool
) -> None:
    person = somebody(session, town)
    placement = placed(client, town, person, "want", "agree")
    path = withdrawal_of(client, person)
    known = {"given_on": "2026-11-20", "how": "口頭"} | consent
    if host := known.pop("host", None):
        known["host_id"] = str(town.hosts[host].id)
    added = client.post(f"{API}/people/{person}/consents", json=known)
    assert added.status_code == 201, added.text
    uncovered = client.get(path).json()["placements"]
    assert uncovered == ([] if covers else [{"placement_id": placement, "fields": TELL}])


def test_a_consent_that_has_run_out_covers_nothing_any_more(
    client_of: ClientOf, session: Session, town: Town, turnable_clock: TurnableClock
) -> None:
    client = client_of("csw")
    person = somebody(session, town)
    placement = placed(client, town, person, "want", "agree")
    path = withdrawal_of(client, person)
    short = {
        "shared_with": "hosts",
        "fields": TELL,
        "given_on": "2026-11-20",
        "how": "口頭",
        "until": "2026-11-30",
    }
    added = client.post(f"{API}/people/{person}/consents", json=short)
    assert added.status_code == 201, added.text
    turnable_clock.turn(days=10)  # 30 November: the last day it holds
    assert client_of("csw").get(path).json()["placements"] == []
    turnable_clock.turn(days=1)
    late = client_of("csw").get(path).json()
    assert late["placements"] == [{"placement_id": placement, "fields": TELL}]
    assert late["seen_by_owner_only"] is True


def test_what_is_over_already_is_not_said_to_end_with_the_consent(
    client: TestClient, session: Session, town: Town
) -> None:
    person = somebody(session, town)
    placement = placed(client, town, person, "want", "agree")
    path = withdrawal_of(client, person)
    assert len(client.get(path).json()["placements"]) == 1
    moved(client, {"id": placement}, "pass")
    assert client.get(path).json()["placements"] == []


def test_a_consent_of_somebody_else_is_not_found_at_this_person(
    client: TestClient, session: Session, town: Town
) -> None:
    one, another = somebody(session, town), somebody(session, town)
    foreign = withdrawal_of(client, another).replace(another, one)
    absent = f"{API}/people/{one}/consents/{uuid4()}/withdrawal"
    assert client.get(foreign).status_code == client.get(absent).status_code == 404
    assert client.get(foreign).json() == client.get(absent).json()


@pytest.mark.parametrize("user", ["officer", "admin", "auditor"])
def test_roles_that_work_with_nobody_are_foretold_nothing(
    client: TestClient, client_of: ClientOf, session: Session, town: Town, user: str
) -> None:
    person = somebody(session, town)
    placement = placed(client, town, person, "want")
    other = client_of(user)
    assert foretold(other, placement, "pass").status_code == 403
    assert other.get(withdrawal_of(client, person)).status_code == 403


def test_a_neighbour_is_answered_as_about_nobody(
    client: TestClient, client_of: ClientOf, session: Session, town: Town, elsewhere: Town
) -> None:
    assert elsewhere.accounts
    person = somebody(session, town)
    placement = placed(client, town, person, "want")
    neighbour = client_of("coordinator_elsewhere")
    hidden, absent = (foretold(neighbour, each, "pass") for each in (placement, str(uuid4())))
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json() == absent.json()
    assert neighbour.get(withdrawal_of(client, person)).status_code == 404


def test_the_refusal_of_a_preview_names_nobody(
    client: TestClient, session: Session, town: Town
) -> None:
    person = somebody(session, town)
    placement = placed(client, town, person, "want")
    refused = foretold(client, placement, "end")
    assert refused.status_code == 409
    for needle in (person, placement, "湖東寺", "職員"):
        assert needle not in refused.text


def test_a_consent_behind_which_nothing_is_shown_says_so_and_can_be_left(
    client: TestClient, session: Session, town: Town
) -> None:
    person = str(person_in(session, town, consent={"shared_with": SharedWith.TEAM}).id)
    also = {"shared_with": "team", "fields": [], "given_on": "2026-11-20", "how": "口頭"}
    assert client.post(f"{API}/people/{person}/consents", json=also).status_code == 201
    path = withdrawal_of(client, person).removeprefix(API)
    said = look(client, path)
    assert "この同意で見せているものは、いまはありません" in said
    assert "やめない" in said


def test_an_end_that_the_table_refuses_is_not_foretold_on_the_page(
    client: TestClient, session: Session, town: Town
) -> None:
    placement = placed(client, town, somebody(session, town), "want")
    assert "これをすると" not in look(client, f"/placements/{placement}")
    assert move(client, {"id": placement}, "end").status_code == 409


def test_there_are_words_for_every_hold_and_every_side() -> None:
    assert set(HOLD_WORDS) == set(Hold)
    assert set(SIDES) == set(Side)
    assert all(SIDES.values())
    assert HOLD_WORDS[Hold.SOFT] != HOLD_WORDS[Hold.FIRM]
