"""Two municipalities in one installation, in which the same things have happened."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import SQLModel

from tests.factories import Town
from tests.migrations.rows import value

API = "/api/v1"
NEEDLE = "ことばの針"
DAY = "2026-11-20"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One id of each kind, by the name of its table, and every id that there is."""

    municipality: UUID
    ids: dict[str, UUID]
    every: frozenset[str]


def live(client: TestClient, town: Town, words: str) -> None:
    """Let a town's CSW do everything once, over HTTP, for one person with a team's consent."""
    heard = {"own_words": f"庭の手入れ。{words}", "note": words}
    consent = {"shared_with": "hosts", "scope": words, "given_on": DAY}
    person = done(client, "people", area="east", consent=consent, **heard)["id"]
    done(client, "suggestions", person_id=person)
    placement = done(
        client, "placements", person_id=person, activity_id=str(town.activities["leaves"].id)
    )["id"]
    for action in ("want", "ask"):
        done(client, f"placements/{placement}/moves", move=action)
    agreed = {"minutes": 30, "first_on": DAY, "kind": "volunteer", "insured": True}
    done(client, f"placements/{placement}/moves", move="host_accepts", **agreed)
    done(client, f"placements/{placement}/moves", move="begin")
    done(client, "visits", placement_id=placement, occurred_on=DAY, outcome="came", note=words)
    told = {"channel": "call", "direction": "sent", "result": "talked", "what": words}
    done(client, "contacts", person_id=person, occurred_on=DAY, intention=words, **told)
    done(client, "concerns", placement_id=placement, side="host", words=words, raised_on=DAY)
    done(client, "wishes", person_id=person, own_words=words)
    asked = done(client, "inquiries", purpose="after", placement_id=placement)["id"]
    done(client, f"inquiries/{asked}/links")
    daily = {"rrule": "FREQ=DAILY", "start": "09:00", "end": "17:00"}
    done(client, "aids", kind="lift", name=words[:100], schedule=daily)
    conference = f"conferences/{done(client, 'conferences', title=words)['id']}"
    record = f"{conference}/records/{done(client, f'{conference}/records', worries=words)['id']}"
    done(client, f"{record}/entries", occurred_on=DAY, intention=words, **told)


def done(client: TestClient, path: str, **body: Any) -> Any:
    answer = client.post(f"{API}/{path}", json=body)
    assert answer.status_code in {200, 201}, (path, answer.text)
    return answer.json()


def neighbour(connection: Connection, town: Town, client: TestClient) -> Neighbour:
    """Find the ids of a town in the database; those that are only derived, in the queue."""
    municipality = town.municipality.id
    ids: dict[str, UUID] = {"municipality": municipality}
    every = {str(municipality)}
    for table in SQLModel.metadata.sorted_tables:
        if "municipality_id" in table.c:
            query = sa.select(table.c.id).where(table.c.municipality_id == municipality)
            found = connection.execute(query.order_by(table.c.created_at)).scalars().all()
            every |= {str(id_) for id_ in found}
            if found:
                ids[table.name] = found[0]
    queue = client.get(f"{API}/follow-ups").json()["items"]
    ids["item"] = UUID(queue[0]["id"])
    return Neighbour(municipality, ids, frozenset(every | {each["id"] for each in queue}))


def complete(connection: Connection, town: Town) -> None:
    """Put a row into every table where nothing has happened yet, so that new tables count too."""
    known: dict[str, UUID] = {}
    for table in SQLModel.metadata.sorted_tables:
        tenant = "municipality_id" if "municipality_id" in table.c else "id"
        query = sa.select(table.c.id).where(table.c[tenant] == town.municipality.id).limit(1)
        found = connection.execute(query).scalar()
        if found is None:
            values = {column.key: value(column, known) for column in table.columns}
            connection.execute(table.insert().values(**values))
            found = values["id"]
        known[table.name] = found


def stored(connection: Connection, municipality: UUID) -> list[Any]:
    """Return every row of a municipality as it lies in the database."""
    rows: list[Any] = []
    for table in SQLModel.metadata.sorted_tables:
        tenant = table.c.get("municipality_id", table.c.id)
        found = connection.execute(sa.select(table).where(tenant == municipality))
        rows.append((table.name, sorted(map(repr, found))))
    return rows
