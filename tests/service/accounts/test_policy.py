"""Who may call what: every role against every route, from one table."""

import re
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from service.accounts.rules import RIGHTS, Right, Role

API = "/api/v1"
NOBODY = str(UUID(int=0))
ANY_STAFF = "any staff"
PUBLIC = "public"
MACHINE = "machine"  # a token of its own, and no sign-in of anybody: test_machines.py

# First match counts. A new route has to find its place here, or the test of the list fails.
POLICY: tuple[tuple[str, str, Right | str], ...] = (
    ("POST", f"{API}/sessions", PUBLIC),
    ("GET|DELETE", f"{API}/sessions(/[^/]*)?", ANY_STAFF),
    ("POST", f"{API}/sessions/(step-up|code|passkey)(/.*)?", ANY_STAFF),
    ("GET|POST|PUT|DELETE", f"{API}/me(/.*)?", ANY_STAFF),
    ("GET|POST|PATCH|DELETE", f"{API}/accounts(/.*)?", Right.MANAGE_ACCOUNTS),
    ("GET|POST|DELETE", f"{API}/machine-tokens(/.*)?", Right.MANAGE_ACCOUNTS),
    ("GET", f"{API}/machine/(figures|catalogue)", MACHINE),
    ("GET|POST|DELETE", f"{API}/webhooks(/.*)?", Right.MANAGE_ACCOUNTS),
    ("GET|POST", f"{API}/dead-letters(/.*)?", Right.MEND_DELIVERY),
    ("GET", f"{API}/(areas|hosts|activities|slots)(/.*)?", Right.READ_CATALOGUE),
    ("POST", f"{API}/activities/[^/]+/candidates", Right.READ_PEOPLE),
    ("POST", f"{API}/assignments", Right.READ_PEOPLE),
    ("POST|PATCH", f"{API}/(hosts|activities|slots)(/.*)?", Right.WRITE_CATALOGUE),
    ("GET", f"{API}/colleagues", Right.READ_PEOPLE),
    ("GET", f"{API}/emergency-accesses", Right.READ_AUDIT),
    ("POST", f"{API}/emergency-accesses", Right.OPEN_IN_EMERGENCY),
    ("POST", f"{API}/hand-overs", Right.MANAGE_ACCOUNTS),
    ("GET", f"{API}/hand-overs", Right.READ_PEOPLE),
    ("GET", f"{API}/audit/(accesses|probing|exports-of-many)", Right.READ_AUDIT),
    ("GET", f"{API}/people(/.*)?", Right.READ_PEOPLE),
    ("POST", f"{API}/people/search", Right.READ_PEOPLE),
    ("POST", f"{API}/people/[^/]+/holds(/.*)?", Right.RETAIN),
    ("GET", f"{API}/reports/.*", Right.READ_FIGURES),
    ("GET|POST", f"{API}/disposal-lists(/.*)?", Right.RETAIN),
    ("PUT|DELETE", f"{API}/people/[^/]+/end", Right.WRITE_PEOPLE),
    ("POST|PATCH|PUT", f"{API}/people(/.*)?", Right.WRITE_PEOPLE),
    ("GET|POST", f"{API}/suggestions(/.*)?", Right.READ_PEOPLE),
    ("GET", f"{API}/(wishes|placements|visits|contacts|concerns)(/.*)?", Right.READ_PEOPLE),
    ("POST", f"{API}/(wishes|visits|contacts|concerns)(/.*)?", Right.WRITE_PEOPLE),
    ("POST", f"{API}/placements(/.*)?", Right.PLACE),
    ("GET", f"{API}/aids(/.*)?", Right.READ_PEOPLE),
    ("POST|PATCH", f"{API}/aids(/.*)?", Right.WRITE_PEOPLE),
    ("GET|POST|PATCH|DELETE", f"{API}/conferences(/.*)?", Right.JOIN_CONFERENCES),
    ("GET", f"{API}/disclosures(/.*)?", Right.READ_PEOPLE),
    ("POST", f"{API}/(disclosures|host-links)(/.*)?", Right.WRITE_PEOPLE),
    ("GET", f"{API}/(inquiries(/.*)?|host-health)", Right.READ_PEOPLE),
    ("POST", f"{API}/inquiries(/.*)?", Right.WRITE_PEOPLE),
    ("GET", f"{API}/host/[^/]+(/inquiry)?", PUBLIC),
    ("POST", f"{API}/host/[^/]+/reply", PUBLIC),
    ("GET", f"{API}/follow-ups/export.csv", Right.EXPORT_PEOPLE),
    ("GET|POST|DELETE", f"{API}/follow-ups(/.*)?", Right.FOLLOW_UP),
    ("GET", f"{API}/follow-up-settings", Right.FOLLOW_UP),
    ("POST|DELETE", f"{API}/follow-up-settings(/.*)?", Right.SET_RHYTHM),
)
# Pages that speak of people; what is open to all, or to whoever signs in, is not among them.
PAGES: tuple[tuple[str, str, Right | str], ...] = (
    ("GET|POST", "/people/[^/]+/candidates/entered", Right.PLACE),
    ("GET", "/people(/.*)?", Right.READ_PEOPLE),
    ("GET", "/shown/[^/]+", Right.READ_PEOPLE),
    ("GET", "/wishes(/material)?", Right.READ_PEOPLE),
    ("GET|POST", "/wishes(/ideas/[^/]+)?", Right.WRITE_PEOPLE),
    ("GET", "/hand-overs", Right.READ_PEOPLE),
    ("GET|POST", "/accounts/[^/]+/hand-over", Right.MANAGE_ACCOUNTS),
    ("POST", "/people/[^/]+/holds(/.*)?", Right.RETAIN),
    ("POST", "/people/[^/]+/placements/new", Right.PLACE),
    ("POST", "/people(/.*)?", Right.WRITE_PEOPLE),
    ("GET", "/placements/[^/]+", Right.READ_PEOPLE),
    ("GET", "/aids", Right.READ_PEOPLE),
    ("POST", "/aids(/.*)?", Right.WRITE_PEOPLE),
    ("GET|POST", "/placements/[^/]+/moves(/.*)?", Right.PLACE),
    ("GET|POST", "/placements/[^/]+/visits/(new|[^/]+/correction)", Right.WRITE_PEOPLE),
    ("POST", "/placements/[^/]+/cards", Right.WRITE_PEOPLE),
    ("GET", "/booklet(/(machine|print).xlsx|/hosts)?", Right.READ_CATALOGUE),
    ("GET|POST", "/booklet/hosts/[^/]+", Right.WRITE_CATALOGUE),
    ("GET|POST", "/visits/month(/paper)?", Right.WRITE_PEOPLE),
    ("GET", "/disclosures/[^/]+/paper", Right.WRITE_PEOPLE),
    ("POST", "/concerns(/.*)?", Right.WRITE_PEOPLE),
    ("GET", "/(inquiries/[^/]+|hosts/health)", Right.READ_PEOPLE),
    ("GET", "/activities/[^/]+/inquiries/new", Right.WRITE_PEOPLE),
    ("POST", "/inquiries(/.*)?", Right.WRITE_PEOPLE),
    ("GET|POST", "/registrations(/.*)?", Right.WRITE_CATALOGUE),
    ("GET|POST", "/(hosts|activities)/[^/]+/(registrations|slots)", Right.WRITE_CATALOGUE),
    ("POST", "/slots/[^/]+/end", Right.WRITE_CATALOGUE),
    ("GET|POST", "/hosts/(new|[^/]+/edit)", Right.WRITE_CATALOGUE),
    ("POST", "/hosts/[^/]+/(contacts|care)", Right.WRITE_PEOPLE),
    ("GET", "/hosts/[^/]+", Right.READ_PEOPLE),
    ("GET", "/follow-ups/[^/]+", Right.FOLLOW_UP),
    ("POST", "/follow-ups/(rhythm|closures(/.*)?)", Right.SET_RHYTHM),
    ("POST", "/follow-ups/[^/]+", Right.FOLLOW_UP),
    ("GET|POST", "/emergency-accesses/new", Right.OPEN_IN_EMERGENCY),
    ("GET|POST", "/conferences(/.*)?", Right.JOIN_CONFERENCES),
    ("GET", "/reports/monthly", Right.READ_FIGURES),
    ("GET|POST", "/machine-tokens(/.*)?", Right.MANAGE_ACCOUNTS),
    ("GET|POST", "/retention(/.*)?", Right.RETAIN),
)
Route = tuple[str, str]


def routes(app: FastAPI) -> Iterator[Route]:
    """Yield every route of the API as it is served, those of included routers too."""
    for context in iter_route_contexts(app.routes):
        if (context.path or "").startswith(f"{API}/"):
            for method in sorted(context.methods or ()):
                yield method, str(context.path)


def needed(method: str, path: str) -> Right | str:
    for methods, pattern, right in (*POLICY, *PAGES):
        if re.fullmatch(methods, method) and re.fullmatch(pattern, path):
            return right
    raise LookupError(f"{method} {path} has no place in the policy")


def call(client: TestClient, method: str, path: str) -> int:
    filled = re.sub(r"\{[^}]*\}", NOBODY, path)
    return client.request(method, filled, json={}).status_code


def test_every_documented_route_is_seen_and_has_a_policy(app: FastAPI) -> None:
    seen = set(routes(app))
    documented = {
        (method.upper(), path) for path, item in app.openapi()["paths"].items() for method in item
    }
    assert documented <= seen
    assert len(seen) >= 40
    assert all(needed(method, path) for method, path in seen)


def test_a_route_without_a_policy_would_be_found() -> None:
    with pytest.raises(LookupError):
        needed("GET", f"{API}/something-new")


def test_without_a_sign_in_every_route_but_the_sign_in_is_closed(app: FastAPI) -> None:
    stranger = TestClient(app)
    for method, path in routes(app):
        if needed(method, path) != PUBLIC:
            assert call(stranger, method, path) == 401, (method, path)


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_exactly_the_routes_that_its_rights_open(
    app: FastAPI, client_of: Callable[[str], TestClient], role: Role
) -> None:
    client = client_of(role.value)
    for method, path in routes(app):
        right = needed(method, path)
        if isinstance(right, Right):
            refused = call(client, method, path) == 403
            assert refused is (right not in RIGHTS[role]), (method, path)
