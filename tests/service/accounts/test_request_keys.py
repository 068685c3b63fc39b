"""T9, the other way round: no request takes a key that its own model does not name."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlalchemy import Connection
from sqlmodel import SQLModel

from service.accounts.rules import Role
from tests.factories import Town
from tests.service.accounts import keys
from tests.service.accounts.test_policy import API
from tests.service.tenancy.asking import Ask, asks
from tests.service.tenancy.neighbours import stored

ON_ONE: Final = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
# Facts are words of the catalogue by name: what stood in the way of a wish, as it was told.
DECLARED_OPEN: Final = ["POST /api/v1/wishes WishIn.failed_on"]


COLUMNS: Final = {column.key for table in SQLModel.metadata.tables.values() for column in table.c}


def swallowed(ask: Ask, client: TestClient, *, taken: dict[str, set[str]]) -> set[str]:
    """Return the columns of ours that a request takes without a word, put beside its own fields."""
    columns = COLUMNS - taken[f"{ask.method} {ask.path}"]
    path = ask.filled({slot: UUID(int=0) for slot in ask.slots if slot.where == "path"})[0]
    body = dict.fromkeys(columns, "planted") | (ask.body or {})
    answer = client.request(ask.method, path, json=body)
    errors = answer.json().get("errors", ()) if answer.status_code == 422 else ()
    refused = {each["where"] for each in errors if each["expected"] == "only known fields"}
    return columns - {where.rpartition(".")[2] for where in refused}


@ON_ONE
def test_no_request_takes_a_column_that_is_not_its_own(
    *,
    app: FastAPI,
    described: keys.Schema,
    connection: Connection,
    client_of: Callable[[str], TestClient],
    town: Town,
) -> None:
    clients = {role: client_of(role.value) for role in Role}
    taken = keys.taken(described)
    before = stored(connection, town.municipality.id)
    written = [ask for ask in asks(app) if f"{ask.method} {ask.path}" in taken]
    found = {}
    for ask in written:
        client = clients[keys.roles_of(ask.method, ask.path)[0]]
        if columns := swallowed(ask, client, taken=taken):
            found[f"{ask.method} {ask.path}"] = columns
    assert found == {}
    assert len(written) == len(taken) >= 50
    assert {"owner_id", "municipality_id", "created_at", "taken", "status"} <= COLUMNS
    assert stored(connection, town.municipality.id) == before


def test_every_object_of_a_request_forbids_what_it_does_not_name(described: keys.Schema) -> None:
    assert list(keys.loose(described)) == DECLARED_OPEN


class LooseIn(BaseModel):
    name: str


@ON_ONE
def test_a_planted_request_that_takes_more_is_caught_twice(
    app: FastAPI, client: TestClient
) -> None:
    def take(body: LooseIn) -> None:
        assert body.name

    grown = FastAPI()
    for each in (app, grown):
        each.post(f"{API}/planted")(take)
    described = keys.document(grown)
    assert list(keys.loose(described)) == [f"POST {API}/planted LooseIn"]
    [ask] = [ask for ask in asks(grown) if ask.path == f"{API}/planted"]
    assert swallowed(ask, client, taken=keys.taken(described)) == COLUMNS - {"name"}
