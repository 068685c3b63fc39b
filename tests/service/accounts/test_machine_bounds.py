"""Tokens of machines at their bounds: odd names, odd headers, odd days, and what nobody may see."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts import machines
from service.accounts.machines import LONGEST_NAME, PREFIX
from service.accounts.rules import Role, Scope
from service.accounts.tables import MachineToken
from service.audit.tables import AccessRecord
from service.trail import Happening
from tests.factories import MORNING, PASSWORD, Town, TurnableClock, staff_of
from tests.service.browsing import OWN, look, main_of, send

API: Final = "/api/v1"
TOKENS: Final = f"{API}/machine-tokens"
PAGE: Final = "/machine-tokens"
FIGURES, CATALOGUE = f"{API}/machine/figures", f"{API}/machine/catalogue"
NEW: Final[dict[str, Any]] = {"name": "統計の集計", "scope": "catalogue", "days": 30}
Clients = Callable[[str], TestClient]


@pytest.fixture
def admin(client_of: Clients) -> TestClient:
    return client_of("admin")


@pytest.fixture
def token(admin: TestClient) -> str:
    return str(made(admin)["token"])


def made(admin: TestClient, **changes: Any) -> dict[str, Any]:
    answer = admin.post(TOKENS, json=NEW | changes)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def bearing(app: FastAPI, header: str) -> TestClient:
    return TestClient(app, headers={"authorization": header})


@pytest.mark.parametrize(
    "name",
    ["字" * (LONGEST_NAME + 1), "二行\nの名", "鐘\u0007", "\u202eうら", " ", None, 7],
    ids=["long", "two-lines", "control", "turned", "blank", "none", "number"],
)
def test_a_name_that_a_list_cannot_show_is_refused_at_its_field(
    admin: TestClient, name: object
) -> None:
    refused = admin.post(TOKENS, json=NEW | {"name": name})
    assert refused.status_code == 422
    assert "name" in refused.text
    assert admin.get(TOKENS).json() == {"items": []}


@pytest.mark.parametrize("name", ["字" * LONGEST_NAME, "髙\U000e0100", "<b>見張り</b>"])
def test_a_name_is_kept_sign_for_sign_and_is_only_text_on_the_page(
    admin: TestClient, name: str
) -> None:
    made(admin, name=name)
    assert admin.get(TOKENS).json()["items"][0]["name"] == name
    page = admin.get(PAGE, headers=OWN).text
    assert "<b>見張り" not in page
    assert name in look(admin, PAGE) or name.startswith("<b>")


@pytest.mark.parametrize("days", [1.5, "30", True, -1, 10**9], ids=str)
def test_days_are_a_whole_number_of_a_year_at_most(admin: TestClient, days: object) -> None:
    assert admin.post(TOKENS, json=NEW | {"days": days}).status_code == 422


@pytest.mark.parametrize(
    ("begun", "days", "ends"),
    [
        # From the 29th of February a year of days leads to the 28th, never into the next year.
        (datetime(2028, 2, 29, tzinfo=UTC), 365, datetime(2029, 2, 28, tzinfo=UTC)),
        (datetime(2026, 12, 31, 15, tzinfo=UTC), 1, datetime(2027, 1, 1, 15, tzinfo=UTC)),
    ],
)
def test_its_days_are_days_of_the_calendar(
    session: Session, town: Town, begun: datetime, days: int, ends: datetime
) -> None:
    admin = staff_of(session, town.accounts["admin"], at=begun)
    token = machines.make_token(
        session, admin, "年末", scope=Scope.FIGURES, days=days, at=begun
    ).token
    last = ends.replace(microsecond=0)
    assert machines.recognise(session, token, at=last.replace(second=0)) is None
    before = datetime.fromtimestamp(last.timestamp() - 1, tz=UTC)
    assert machines.recognise(session, token, at=before) is not None


def test_with_everything_missing_every_field_is_named_and_what_was_written_stays(
    admin: TestClient,
) -> None:
    bare = send(admin, PAGE, {})
    assert bare.status_code == 422
    for field in ("name", "scope", "days"):
        assert f'href="#{field}"' in bare.text
        assert f'id="{field}"' in bare.text
    half = send(admin, PAGE, {"name": "庁舎の画面", "days": "90"})
    assert 'value="庁舎の画面"' in half.text
    assert "読ませるものを選んで" in main_of(half)
    assert admin.get(TOKENS).json() == {"items": []}


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic {}", "{}", "Bearer {} x", "Bearer {}x", "Bearer x{}"],
)
def test_only_a_whole_token_behind_its_word_opens(app: FastAPI, token: str, header: str) -> None:
    answer = bearing(app, header.format(token)).get(CATALOGUE)
    assert (answer.status_code, answer.json()["title"]) == (401, "NotSignedIn")
    assert token not in answer.text


def test_a_token_in_the_address_or_the_body_opens_nothing(app: FastAPI, token: str) -> None:
    bare = TestClient(app)
    for asked in ({"token": token}, {"access_token": token}):
        assert bare.get(CATALOGUE, params=asked).status_code == 401
    assert bare.request("GET", CATALOGUE, json={"token": token}).status_code == 401


def test_what_is_kept_of_a_token_is_no_token(app: FastAPI, token: str, session: Session) -> None:
    kept = session.exec(select(MachineToken.token_hash)).one()
    for stolen in (kept, f"{PREFIX}{kept}"):
        assert bearing(app, f"Bearer {stolen}").get(CATALOGUE).status_code == 401
    assert token.startswith(PREFIX)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", [CATALOGUE, FIGURES])
def test_a_machine_only_reads(app: FastAPI, token: str, method: str, path: str) -> None:
    answer = bearing(app, f"Bearer {token}").request(method, path, json={})
    assert answer.status_code == 405


@pytest.mark.parametrize(
    "asked",
    [{}, {"year": "2026"}, {"year": "2026", "month": "13"}, {"year": "x", "month": "1"}],
    ids=str,
)
def test_figures_of_no_month_are_refused_in_words(
    app: FastAPI, admin: TestClient, asked: dict[str, str]
) -> None:
    machine = bearing(app, f"Bearer {made(admin, scope='figures')['token']}")
    answer = machine.get(FIGURES, params=asked)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 201}, {"after": "x"}], ids=str)
def test_a_page_of_the_catalogue_has_bounds(
    app: FastAPI, token: str, asked: dict[str, object]
) -> None:
    machine = bearing(app, f"Bearer {token}")
    assert machine.get(CATALOGUE, params={k: str(v) for k, v in asked.items()}).status_code == 422


def test_no_page_of_the_catalogue_tells_an_activity_twice_or_leaves_one_out(
    app: FastAPI, token: str
) -> None:
    machine, seen, after = bearing(app, f"Bearer {token}"), [], ""
    whole = [each["id"] for each in machine.get(CATALOGUE).json()["items"]]
    while True:
        page = machine.get(CATALOGUE, params={"limit": "1"} | ({"after": after} if after else {}))
        seen += [each["id"] for each in page.json()["items"]]
        after = page.json()["next"]
        if not after:
            break
    assert seen == whole
    assert len(set(seen)) == len(seen) == 3


def test_it_is_ended_once_and_told_once(admin: TestClient, session: Session) -> None:
    kept = made(admin)["id"]
    answers = [admin.delete(f"{TOKENS}/{kept}").status_code for _ in range(2)]
    assert answers == [204, 404]
    ended = select(AccessRecord).where(AccessRecord.resource == Happening.TOKEN_ENDED)
    assert len(session.exec(ended).all()) == 1


def test_a_colleague_in_the_office_ends_what_an_admin_made_who_has_left(
    app: FastAPI, admin: TestClient, token: str, session: Session, town: Town
) -> None:
    [kept] = session.exec(select(MachineToken)).all()
    successor = staff_of(session, town.accounts["admin"])
    machines.end_token(session, successor, kept.id, at=MORNING)
    session.flush()
    assert bearing(app, f"Bearer {token}").get(CATALOGUE).status_code == 401
    [listed] = admin.get(TOKENS).json()["items"]
    assert listed["ended_at"] is not None


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN}))
def test_nobody_but_the_admin_sees_makes_or_ends_one(
    client_of: Clients, admin: TestClient, role: Role
) -> None:
    kept = made(admin)["id"]
    caller = client_of(role)
    asked = (
        caller.get(TOKENS),
        caller.post(TOKENS, json=NEW),
        caller.delete(f"{TOKENS}/{kept}"),
        caller.delete(f"{TOKENS}/{uuid4()}"),
        caller.get(PAGE, headers=OWN),
        send(caller, PAGE, {"name": "監視", "scope": "catalogue", "days": "90"}),
        send(caller, f"{PAGE}/{kept}/end", {}),
    )
    assert {answer.status_code for answer in asked} == {403}
    [left] = admin.get(TOKENS).json()["items"]
    assert left["ended_at"] is None


def test_its_last_use_is_told_on_the_last_day_of_the_year_as_in_japan(
    app: FastAPI, admin: TestClient, turnable_clock: TurnableClock
) -> None:
    turnable_clock.at = datetime(2026, 12, 31, 14, 59, tzinfo=UTC)
    machine = bearing(app, f"Bearer {made_after_a_proof(admin)}")
    for minutes, day in ((0, "2026-12-31"), (1, "2027-01-01")):
        turnable_clock.turn(minutes=minutes)
        assert machine.get(CATALOGUE).status_code == 200
        assert admin.get(TOKENS).json()["items"][0]["last_used_on"] == day


def made_after_a_proof(admin: TestClient) -> str:
    """Make a token long after the sign-in: prove first who one is."""
    proof = admin.post(f"{API}/sessions/step-up", json={"password": PASSWORD})
    assert proof.status_code == 200
    return str(made(admin)["token"])


def test_only_routes_of_machines_are_described_as_open_to_their_tokens(app: FastAPI) -> None:
    paths = TestClient(app).get("/openapi.json").json()["paths"]
    open_to_machines = {
        path
        for path, operations in paths.items()
        for operation in operations.values()
        if any("MachineToken" in each for each in operation.get("security", []))
    }
    assert open_to_machines >= {FIGURES, CATALOGUE}
    assert open_to_machines <= {FIGURES, CATALOGUE, "/metrics"}
