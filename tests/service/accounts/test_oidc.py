"""Sign-in by a provider: a real one in a process of its own, and tokens not to be believed."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey, RSAKey
from sqlmodel import Session, select

from service import clock
from service.accounts import oidc
from service.accounts.tables import Account, Handshake
from service.settings import SecondFactor, Settings
from tests.factories import PASSWORD
from tests.faults.running import free_port
from tests.service.browsing import OWN, led_to, look, main_of
from tests.serving import AppOf

BACK = "/sign-in/oidc/back"
PEOPLE = ({"sub": "1", "preferred_username": "csw"}, {"sub": "2", "preferred_username": "stranger"})
# Its library warns of its own future; that process keeps to itself what it says.
PROVIDER = (sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--require-nonce", "true")
NOW = datetime(2026, 11, 21, tzinfo=UTC)
NONCE = "the nonce of this sign-in"


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """A provider of identities, as a library gives one, in a process of its own."""
    port = free_port()
    people = [word for each in PEOPLE for word in ("--user-claims", json.dumps(each))]
    command = [*PROVIDER, "--port", str(port), *people]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 60
        while time.monotonic() < end:
            assert process.poll() is None, "the provider ended before it answered"
            try:
                httpx.get(address + oidc.DOCUMENT, timeout=2)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address
        process.terminate()


@pytest.fixture(autouse=True)
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's secret lies in a file; this provider takes any."""
    file = tmp_path / "client.secret"
    file.write_text("a secret of the office\n", encoding="utf-8")
    monkeypatch.setenv("DEBAN_OIDC_CLIENT_SECRET_FILE", str(file))


@pytest.fixture
def office(app_of: AppOf, provider: str, town: object) -> FastAPI:
    """An office that takes the provider's word, at the time that the provider lives in."""
    assert town
    return app_with(app_of, oidc_issuer=provider)


def app_with(app_of: AppOf, **changes: Any) -> FastAPI:
    known = {
        "oidc_client_id": "deban",
        "oidc_name": "市の職員ID",
        "secure_cookies": False,
    }
    return app_of(Settings(**(known | changes)), now=clock.moment)


def asked(visitor: TestClient, following: str = "/people") -> str:
    """Press the button and return where the browser is sent."""
    path = f"/sign-in/oidc?next={following}"
    return led_to(visitor.get(path, headers=OWN, follow_redirects=False))


def granted(url: str, sub: str = "1") -> str:
    """Sign in at the provider and return the path and query that it sends the browser back to."""
    answer = httpx.post(url, data={"sub": sub}, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["location"])
    assert back.path == BACK
    return f"{back.path}?{back.query}"


def returns(visitor: TestClient, back: str) -> Any:
    return visitor.get(back, headers={"accept": "text/html"}, follow_redirects=False)


def test_without_a_provider_there_is_no_button_and_no_way(app: FastAPI, office: FastAPI) -> None:
    assert "市の職員ID" not in look(TestClient(app), "/sign-in")
    missing = TestClient(app).get("/sign-in/oidc", headers=OWN, follow_redirects=False)
    assert missing.status_code == 404
    assert "市の職員IDでサインインする" in look(TestClient(office), "/sign-in")


def test_an_account_signs_in_over_the_provider_and_goes_where_it_wanted(office: FastAPI) -> None:
    visitor = TestClient(office)
    url = asked(visitor)
    said = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert {"state", "nonce", "code_challenge"} <= set(said)
    assert (said["response_type"], said["code_challenge_method"]) == ("code", "S256")
    assert led_to(returns(visitor, granted(url))) == "/people"
    assert look(visitor, "/people")
    assert visitor.get("/api/v1/me").json()["role"] == "csw"


def test_the_provider_answers_for_the_second_step(
    app_of: AppOf, provider: str, town: object
) -> None:
    app = app_with(app_of, oidc_issuer=provider, second_factor=SecondFactor.REQUIRED)
    visitor = TestClient(app)
    assert led_to(returns(visitor, granted(asked(visitor)))) == "/people"
    body = {"username": "csw", "password": PASSWORD}
    assert TestClient(app).post("/api/v1/sessions", json=body).json()["awaits"] == "enrolment"


def test_an_answer_is_taken_once_and_only_from_the_browser_that_asked(office: FastAPI) -> None:
    visitor, other = TestClient(office), TestClient(office)
    back = granted(asked(visitor))
    for refused in (returns(other, back), returns(TestClient(office), back)):
        assert refused.status_code == 422
        assert "サインインできませんでした" in main_of(refused)
    way = visitor.cookies["deban-way"]
    assert led_to(returns(visitor, back)) == "/people"
    again = TestClient(office, cookies={"deban-way": way})
    assert returns(again, back).status_code == 422
    assert "deban" not in again.cookies


def test_somebody_elses_answer_cannot_be_slipped_into_a_browser(office: FastAPI) -> None:
    victim, attacker = TestClient(office), TestClient(office)
    asked(victim)
    assert returns(victim, granted(asked(attacker))).status_code == 422
    assert victim.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("change", ["state=x", "code=x", "state=", "code="])
def test_an_answer_that_was_changed_opens_nothing(office: FastAPI, change: str) -> None:
    visitor = TestClient(office)
    name, value = change.split("=")
    said = parse_qs(urlsplit(granted(asked(visitor))).query)
    said[name] = [value]
    query = "&".join(f"{key}={values[0]}" for key, values in said.items())
    assert returns(visitor, f"{BACK}?{query}").status_code == 422
    assert "deban" not in visitor.cookies


def test_a_nonce_that_is_not_ours_opens_nothing(office: FastAPI, session: Session) -> None:
    visitor = TestClient(office)
    back = granted(asked(visitor))
    session.exec(select(Handshake)).one().nonce = "that of another sign-in"
    session.flush()
    assert returns(visitor, back).status_code == 422


@pytest.mark.parametrize("change", [{"active": False}, {"username": "left"}])
def test_who_has_no_open_account_here_does_not_come_in(
    office: FastAPI, session: Session, change: dict[str, object]
) -> None:
    account = session.exec(select(Account).where(Account.username == "csw")).one()
    for name, value in change.items():
        setattr(account, name, value)
    session.flush()
    visitor = TestClient(office)
    for sub in ("1", "2"):
        assert returns(visitor, granted(asked(visitor), sub)).status_code == 422
    assert len(session.exec(select(Account).where(Account.username == "stranger")).all()) == 0


def test_ten_minutes_later_the_answer_is_too_late(office: FastAPI, session: Session) -> None:
    visitor = TestClient(office)
    back = granted(asked(visitor))
    handshake = session.exec(select(Handshake)).one()
    handshake.expires_at = clock.moment()
    session.flush()
    assert returns(visitor, back).status_code == 422


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:1", "{provider}/other", "{provider}/"])
@pytest.mark.usefixtures("town")
def test_a_provider_that_is_away_or_another_one_is_said_on_the_page(
    app_of: AppOf, provider: str, issuer: str
) -> None:
    app = app_with(app_of, oidc_issuer=issuer.format(provider=provider))
    answer = TestClient(app).get("/sign-in/oidc", headers=OWN, follow_redirects=False)
    assert answer.status_code == 422
    assert "サインインできませんでした" in main_of(answer)


KEY = RSAKey.generate_key(2048, parameters={"kid": "ours"})
KEYS = KeySet([KEY])
OFFICE = Settings(oidc_issuer="https://id.example", oidc_client_id="deban")
GOOD = {
    "iss": "https://id.example",
    "aud": "deban",
    "sub": "1",
    "nonce": NONCE,
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 300,
    "preferred_username": "csw",
}
Sign = Callable[[dict[str, Any]], str]


def signed(claims: dict[str, Any], key: Any = KEY, alg: str = "RS256") -> str:
    return jwt.encode({"alg": alg, "kid": "ours"}, claims, key, algorithms=[alg])


def believed(token: str) -> bool:
    try:
        oidc.verified(token, KEYS, settings=OFFICE, nonce=NONCE, at=NOW)
    except (JoseError, ValueError):
        return False
    return True


def test_a_token_of_the_provider_for_us_and_now_is_believed() -> None:
    """The control: what the refusals below change is all that keeps them out."""
    assert believed(signed(GOOD))
    assert believed(signed(GOOD | {"aud": ["deban"], "exp": GOOD["exp"] - 330}))


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another client"},
        {"aud": None},
        {"nonce": "that of another sign-in"},
        {"nonce": None},
        {"exp": GOOD["exp"] - 400},
        {"exp": None},
        {"iat": GOOD["exp"] + 600},
        {"sub": None},
        {"aud": ["deban", "another"], "azp": "another"},
    ],
)
def test_a_token_for_another_place_time_or_sign_in_is_not(change: dict[str, Any]) -> None:
    claims = {name: value for name, value in (GOOD | change).items() if value is not None}
    assert not believed(signed(claims))


def test_a_token_by_another_key_or_by_none_is_not_believed() -> None:
    other = RSAKey.generate_key(2048, parameters={"kid": "ours"})
    assert not believed(signed(GOOD, other))
    shared = OctKey.generate_key(256)  # a secret that two share proves nothing of one of them
    header, body, signature = signed(GOOD).split(".")
    assert not believed(signed(GOOD, shared, "HS256"))
    nothing = "eyJhbGciOiJub25lIiwia2lkIjoib3VycyJ9"  # {"alg":"none","kid":"ours"}
    for token in (
        f"{nothing}.{body}.",
        f"{header}.{body}.",
        f"{header}.{body}.{signature[:-4]}AAAA",
    ):
        assert not believed(token)
