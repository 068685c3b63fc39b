"""Every page that the service has, with data behind it, and who may open it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

import httpx
import sqlalchemy as sa
from fastapi import FastAPI
from sqlmodel import SQLModel

from service.accounts.rules import Role
from service.database import open_engine, transaction
from service.demo.loading import password_of
from service.wishes.tables import Idea, Wish
from tests.service.tenancy.asking import Ask, asks

API: Final = "/api/v1"
HTML: Final = {"accept": "text/html", "sec-fetch-site": "same-origin", "if-match": "*"}
# Whose page it is first: most are casework.
ROLES: Final = (Role.CSW, Role.COORDINATOR, Role.ADMIN, Role.AUDITOR, Role.OFFICER)
# A query of these names leads to a page of its own; others narrow a list.
FILES: Final = (".csv", ".xlsx", ".pdf", ".ics", ".jpg")
LEADING: Final = frozenset({"activity", "open"})
# No page of ours for people: files, probes, what a program draws, and mere crossings.
NO_PAGES: Final = frozenset(
    {
        "/docs",
        "/docs/start.js",
        "/docs/assets/{name}",
        "/healthz",
        "/readyz",
        "/metrics",
        "/sign-in/oidc",
        "/sign-in/oidc/back",
        # a host's screens one after another, each looked at: test_registering.py
        "/h/{token}/activity/check",
        "/h/{token}/activity/{section}",
        "/sign-in/code",  # asked for only between two steps of a sign-in
        # only while a screen is turned to somebody: tests/journeys/test_showing.py
        "/show",
        "/show/end",
        "/shown/{round_id}",
    }
)


@dataclass(frozen=True, slots=True)
class Stop:
    """A page, and who walks there; nobody signed in walks to what a host's link opens."""

    route: str
    path: str
    role: Role | None
    opens: bool


def signed_in(address: str, role: Role) -> httpx.Client:
    client = httpx.Client(base_url=address, headers=HTML, timeout=30)
    credentials = {"username": role.value, "password": password_of(role)}
    token = done(client, "sessions", **credentials)["token"]
    client.headers["authorization"] = f"Bearer {token}"
    return client


def done(client: httpx.Client, path: str, **body: Any) -> Any:
    answer = client.post(f"{API}/{path}", json=body)
    assert answer.status_code in {200, 201}, (path, answer.text)
    return answer.json()


def live(clients: Mapping[Role | None, httpx.Client], url: str) -> dict[str, UUID | str]:
    """Do in the example town what its story leaves out, and return an id of each kind."""
    ids: dict[str, UUID | str] = {**ids_of(url)}
    csw, coordinator = clients[Role.CSW], clients[Role.COORDINATOR]
    consent = {"shared_with": "hosts", "fields": ["nickname", "age_band"], "how": "口頭"}
    given = consent | {"host_id": str(ids["host"]), "purpose": "手伝いを相談するため"}
    done(csw, f"people/{ids['person']}/consents", **given)
    about = {"person_id": str(ids["person"]), "host_id": str(ids["host"])}
    packet = done(coordinator, "disclosures", **about)["id"]
    done(coordinator, f"disclosures/{packet}/moves", move="prepare")
    done(csw, f"disclosures/{packet}/moves", move="release")
    token = done(csw, f"disclosures/{packet}/links")["token"]
    done(csw, "inquiries", purpose="after", placement_id=str(ids["placement"]))
    conference = f"conferences/{done(csw, 'conferences', title='月の支援会議')['id']}"
    record = done(csw, f"{conference}/records", worries="朝がつらい")["id"]
    told = {"channel": "call", "direction": "sent", "result": "talked", "what": "話せた"}
    day = {"occurred_on": "2026-11-02", "intention": "様子を聞く"}
    done(csw, f"{conference}/records/{record}/entries", **told, **day)
    # of both sides of a placement: it is corrected from the person's page
    done(csw, "contacts", placement_id=str(ids["placement"]), **told, **day)
    done(coordinator, "disposal-lists")
    public = csw.patch(f"{API}/activities/{ids['activity']}", json={"not_published": False})
    assert public.status_code == HTTPStatus.OK, public.text
    wish = done(csw, "wishes", person_id=str(ids["person"]), own_words="夜に星を見たい")["id"]
    _gathered(url, wish)
    csrf = re.search(r'name="csrf_token" value="(\w+)"', csw.get("/sign-in").text)
    assert csrf is not None
    invited = csw.post(f"/hosts/{ids['host']}/registrations", data={"csrf_token": csrf[1]})
    assert invited.status_code == HTTPStatus.OK
    public = {"not_published": False, "landmarks": ["赤い橋", "郵便局", "石段"]}
    csw.patch(f"{API}/activities/{ids['activity']}", json=public).raise_for_status()
    queue = csw.get(f"{API}/follow-ups").json()["items"]
    csw.get(f"/people/{ids['person']}/candidates")
    ids |= ids_of(url) | {"item": UUID(queue[0]["id"]), "token": token}
    return ids | {"other_activity": _another_activity(url, ids["activity"])}


def _gathered(url: str, wish_id: str) -> None:
    """Put a wish to an activity that is not there yet, as the page of wishes does."""
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        wish = session.get_one(Wish, UUID(wish_id))
        known = {"municipality_id": wish.municipality_id, "area_id": wish.area_id}
        idea = Idea(**known, title="夜に、だれかと星を見る", recorded_by=wish.recorded_by)
        session.add(idea)
        session.flush()
        wish.idea_id = idea.id
    engine.dispose()


def ids_of(url: str) -> dict[str, UUID]:
    """Find an id in each table: of somebody who has been at a place, where it is about them."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        known = _somebody(connection)
        tables = [table for table in SQLModel.metadata.sorted_tables if "id" in table.c]
        found = {table.name: _first(connection, table, known) for table in tables}
    engine.dispose()
    own = {name.removesuffix("_id"): id_ for name, id_ in known.items()}
    return {name: id_ for name, id_ in found.items() if id_} | own


def _somebody(connection: sa.Connection) -> dict[str, UUID]:
    visit, placement, activity = (
        SQLModel.metadata.tables[name] for name in ("visit", "placement", "activity")
    )
    names = ("placement_id", "person_id", "activity_id", "host_id")
    columns = (placement.c.id, placement.c.person_id, activity.c.id, activity.c.host_id)
    been = sa.select(*columns).join_from(visit, placement).join(activity)
    return dict(zip(names, connection.execute(been).first() or (), strict=True))


def _another_activity(url: str, known: UUID | str) -> UUID:
    engine = sa.create_engine(url)
    table = SQLModel.metadata.tables["activity"]
    with engine.connect() as connection:
        others = sa.select(table.c.id).where(table.c.id != known)
        found: UUID = connection.execute(others).scalars().first()
    engine.dispose()
    return found


def _first(connection: sa.Connection, table: sa.Table, known: Mapping[str, UUID]) -> UUID | None:
    about = [table.c[name] == id_ for name, id_ in known.items() if name in table.c]
    for narrow in (about, about[:1], []):
        found: UUID | None = connection.execute(sa.select(table.c.id).where(*narrow)).scalar()
        if found:
            return found
    return None


def stops(
    app: FastAPI, clients: Mapping[Role | None, httpx.Client], ids: Mapping[str, UUID | str]
) -> Iterator[Stop]:
    """Yield every page of the route list, with the first of our people to whom it opens."""
    for ask in asks(app):
        if ask.method == "GET" and ask.is_page and is_for_people(ask.path):
            path = path_of(ask, ids)
            yield Stop(ask.path, path, *_first_to_open(path, clients))


def is_for_people(route: str) -> bool:
    return route not in NO_PAGES and not route.endswith(FILES)


def path_of(ask: Ask, ids: Mapping[str, UUID | str]) -> str:
    led = [slot for slot in ask.slots if slot.where == "path" or slot.name in LEADING]
    filled = {slot: ids[slot.table(ask.path)] for slot in led if slot.table(ask.path) in ids}
    query: dict[str, Any]
    path, query, *_ = ask.filled(filled)  # type: ignore[arg-type]  # a token is text
    if "{token}" in ask.path or "{activity}" in ask.path:
        path = path.replace("/none", f"/{ids['token' if '{token}' in ask.path else 'activity']}")
    path = path.replace("/none", "/loads") if "hearing/{part}" in ask.path else path
    path = f"/a/{ids['activity']}" if ask.path.startswith("/a/") else path
    if ask.path.endswith("/compared"):  # two of one round, side by side
        pair = [ids["activity"], ids["other_activity"]]
        query = {"round": ids["suggestion_round"], "activity": pair}
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def _first_to_open(
    path: str, clients: Mapping[Role | None, httpx.Client]
) -> tuple[Role | None, bool]:
    for role, client in clients.items():
        answer = client.get(path)
        if answer.status_code == HTTPStatus.OK and "text/html" in answer.headers["content-type"]:
            return role, True
    return None, False
