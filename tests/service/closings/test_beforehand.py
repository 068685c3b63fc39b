"""What is said beforehand is neither too much nor too little, and to say it does nothing."""

from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection
from sqlmodel import SQLModel

from catalogue.profiles import SharedWith
from service.closings.words import HOLD_WORDS, SIDES
from service.database import transaction
from service.placements.lifecycle import Hold, Side
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.browsing import OWN, look
from tests.service.placements.walks import moved

ClientOf = Callable[[str], TestClient]
API: Final = "/api/v1"
TELL: Final = ["age_band", "pace"]
HOSTS: Final[dict[str, Any]] = {"shared_with": SharedWith.HOSTS, "fields": TELL}
TELL_NOW: Final = "受け入れ先には、いま伝えてください"


def made(answer: Response) -> dict[str, Any]:
    assert answer.status_code in {200, 201}, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.fixture
def person(connection: Connection, town: Town) -> str:
    with transaction(connection) as session:
        return str(person_in(session, town, consent=HOSTS).id)


@pytest.fixture
def placement(client: TestClient, town: Town, person: str) -> dict[str, Any]:
    body = {"person_id": person, "activity_id": str(town.activities["leaves"].id)}
    return made(client.post(f"{API}/placements", json=body))


@pytest.fixture
def agreed(client: TestClient, placement: dict[str, Any]) -> dict[str, Any]:
    moved(client, placement, "want")
    return moved(client, placement, "agree", may_tell=TELL, first_on="2026-11-24")


def closing(client: TestClient, placement: dict[str, Any], move: str) -> dict[str, Any]:
    path = f"{API}/placements/{placement['id']}/closing"
    return made(client.get(path, params={"move": move}))


def consents(client: TestClient, person: str) -> list[str]:
    found = client.get(f"{API}/people/{person}/consents").json()["items"]
    return [each["id"] for each in found]


def withdrawal(client: TestClient, person: str, consent: str) -> dict[str, Any]:
    return made(client.get(f"{API}/people/{person}/consents/{consent}/withdrawal"))


def rows(connection: Connection) -> dict[str, int]:
    """Count what a withdrawal or an end would write."""
    tables = SQLModel.metadata.tables
    names = ("placement_move", "consent", "packet", "host_link", "concern", "contact")
    return {
        name: connection.execute(sa.select(sa.func.count()).select_from(tables[name])).scalar_one()
        for name in names
        if name in tables
    }


def looks(connection: Connection) -> list[tuple[str, str]]:
    table = SQLModel.metadata.tables["access_record"]
    query = sa.select(table.c.act, table.c.resource).order_by(table.c.seq)
    return [(act, resource) for act, resource in connection.execute(query)]


def test_who_was_never_asked_has_nothing_to_be_told(
    client: TestClient, placement: dict[str, Any]
) -> None:
    """A host that never heard of somebody must not hear that they let it be."""
    said = look(client, f"/placements/{placement['id']}?move=pass")
    assert "このあとの連絡の予定はありません" in said
    assert TELL_NOW not in said
    moved(client, placement, "want")
    assert TELL_NOW not in look(client, f"/placements/{placement['id']}?move=pass")


def test_who_was_asked_is_to_be_told_or_is_asked_later(
    client: TestClient, placement: dict[str, Any], turnable_clock: TurnableClock
) -> None:
    moved(client, placement, "want")
    moved(client, placement, "ask")
    ending = closing(client, placement, "pass")
    assert (ending["status"], ending["hold"]) == ("passed", "soft")
    said = look(client, f"/placements/{placement['id']}?move=pass")
    assert HOLD_WORDS[Hold.SOFT] in said
    has_contact = any(each["side"] == "host" for each in ending["remains"])
    assert (TELL_NOW in said) is not has_contact
    # a question that is too old to keep a place was asked all the same
    turnable_clock.turn(days=40)
    old = closing(client, placement, "pass")
    assert old["hold"] == "none"
    assert (TELL_NOW in look(client, f"/placements/{placement['id']}?move=pass")) is not any(
        each["side"] == "host" for each in old["remains"]
    )


@pytest.mark.parametrize("move", ["end", "pass", "supersede"])
def test_to_ask_beforehand_writes_nothing_but_the_look(
    client: TestClient, agreed: dict[str, Any], connection: Connection, move: str
) -> None:
    before, seen = rows(connection), looks(connection)
    closing(client, agreed, move)
    assert rows(connection) == before
    assert looks(connection) == [*seen, ("read", "placement")]
    now = made(client.get(f"{API}/placements/{agreed['id']}"))
    assert (now["status"], now["version"]) == ("agreed", agreed["version"])


def test_a_move_that_is_none_is_refused_by_its_name(
    client: TestClient, agreed: dict[str, Any]
) -> None:
    path = f"{API}/placements/{agreed['id']}/closing"
    for said in ("", "END", "delete", "end "):
        answer = client.get(path, params={"move": said})
        assert answer.status_code == 422, said
        assert "move" in str(answer.json()["errors"])


def test_an_end_of_something_over_is_foretold_to_nobody(
    client: TestClient, agreed: dict[str, Any]
) -> None:
    moved(client, agreed, "end", reason="job", side="person")
    path = f"{API}/placements/{agreed['id']}/closing"
    assert client.get(path).status_code == 409


@pytest.mark.parametrize("role", ["officer", "admin", "auditor"])
def test_roles_without_people_are_foretold_nothing(
    client: TestClient, client_of: ClientOf, agreed: dict[str, Any], person: str, role: str
) -> None:
    [consent] = consents(client, person)
    other = client_of(role)
    for path in (
        f"{API}/placements/{agreed['id']}/closing",
        f"{API}/people/{person}/consents/{consent}/withdrawal",
    ):
        assert other.get(path).status_code == 403


def test_the_neighbour_town_finds_nobody_here(
    client: TestClient,
    client_of: ClientOf,
    elsewhere: Town,
    agreed: dict[str, Any],
    person: str,
) -> None:
    assert elsewhere.accounts
    neighbour, [consent] = client_of("coordinator_elsewhere"), consents(client, person)
    for ours, nobody_s in (
        (f"placements/{agreed['id']}/closing", f"placements/{uuid4()}/closing"),
        (
            f"people/{person}/consents/{consent}/withdrawal",
            f"people/{uuid4()}/consents/{uuid4()}/withdrawal",
        ),
    ):
        hidden, absent = (neighbour.get(f"{API}/{each}") for each in (ours, nobody_s))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.json() == absent.json()


def test_a_consent_is_looked_up_under_its_own_person_only(
    client: TestClient, connection: Connection, town: Town, person: str
) -> None:
    with transaction(connection) as session:
        other = str(person_in(session, town, consent=TEAM).id)
    [consent] = consents(client, other)
    path = f"people/{person}/consents/{consent}/withdrawal"
    assert client.get(f"{API}/{path}").status_code == 404
    assert client.get(f"/{path}", headers=OWN).status_code == 404
    assert client.post(f"{API}/{path}").status_code == 404


def give(client: TestClient, person: str, **changes: Any) -> None:
    body = {"shared_with": "hosts", "fields": TELL, "given_on": "2026-11-20", "how": "口頭"}
    made(client.post(f"{API}/people/{person}/consents", json=body | changes))


@pytest.mark.parametrize(
    ("more", "gone"),
    [
        ({"host": "temple"}, []),
        ({"host": "temple", "fields": ["age_band"]}, ["pace"]),
        ({"host": "other"}, TELL),
        ({"shared_with": "team", "fields": []}, TELL),
        ({"shared_with": "none", "body": "となりの病院"}, TELL),
    ],
    ids=["same_host", "half", "other_host", "team", "another_body"],
)
def test_only_a_consent_for_this_host_covers_what_the_host_was_to_be_told(
    client: TestClient,
    town: Town,
    agreed: dict[str, Any],
    more: dict[str, Any],
    gone: list[str],
) -> None:
    person = str(agreed["person_id"])
    [first] = consents(client, person)
    known = {"temple": "temple", "other": next(each for each in town.hosts if each != "temple")}
    named = {name: said for name, said in more.items() if name != "host"}
    if "host" in more:
        named["host_id"] = str(town.hosts[known[more["host"]]].id)
    give(client, person, **named)
    said = withdrawal(client, person, first)
    expected = [{"placement_id": agreed["id"], "fields": gone}] if gone else []
    assert said["placements"] == expected
    assert said["seen_by_owner_only"] is (more.get("shared_with") == "none")


def test_a_consent_that_has_run_out_covers_nothing(
    client: TestClient, person: str, agreed: dict[str, Any], turnable_clock: TurnableClock
) -> None:
    [first] = consents(client, person)
    give(client, person, until="2026-11-25")
    assert withdrawal(client, person, first)["placements"] == []
    turnable_clock.turn(days=5)  # its last day
    assert withdrawal(client, person, first)["placements"] == []
    turnable_clock.turn(days=1)
    said = withdrawal(client, person, first)
    assert said["placements"] == [{"placement_id": agreed["id"], "fields": TELL}]
    assert said["seen_by_owner_only"] is True


def test_what_is_over_has_nothing_left_to_be_told(
    client: TestClient, person: str, agreed: dict[str, Any]
) -> None:
    [consent] = consents(client, person)
    assert withdrawal(client, person, consent)["placements"] != []
    moved(client, agreed, "end", reason="job", side="person")
    assert withdrawal(client, person, consent)["placements"] == []


def test_to_look_at_a_withdrawal_withdraws_nothing_and_is_written_down(
    client: TestClient, person: str, agreed: dict[str, Any], connection: Connection
) -> None:
    assert agreed
    [consent] = consents(client, person)
    before, seen = rows(connection), len(looks(connection))
    withdrawal(client, person, consent)
    assert rows(connection) == before
    acts = looks(connection)[seen:]
    assert acts
    assert {act for act, _ in acts} <= {"read", "list"}  # nobody is said to have written
    assert ("read", "consent") in acts


def test_the_page_of_a_withdrawal_names_nothing_where_nothing_ends(
    client: TestClient, person: str
) -> None:
    [consent] = consents(client, person)
    give(client, person)
    said = look(client, f"/people/{person}/consents/{consent}/withdrawal")
    assert "この同意で見せているものは、いまはありません" in said
    assert "担当だけが" not in said


def test_what_was_withdrawn_meanwhile_is_a_page_that_says_so(
    client: TestClient, person: str
) -> None:
    [consent] = consents(client, person)
    path = f"/people/{person}/consents/{consent}/withdrawal"
    assert client.post(f"{API}{path}").status_code == 200
    answer = client.get(path, headers=OWN)
    assert answer.status_code == 409
    assert "いまはできません" in answer.text


def test_the_words_are_complete_and_plain() -> None:
    assert set(HOLD_WORDS) == set(Hold)
    assert set(SIDES) == set(Side)
    said = "".join([*HOLD_WORDS.values(), *SIDES.values()])
    assert not any(word in said for word in ("対象者", "ケース", "拒否", "枠", "終了"))
