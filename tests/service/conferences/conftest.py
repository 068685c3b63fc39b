"""A conference of the eastern social worker, with one record of somebody who has not consented."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient

API = "/api/v1/conferences"
SAID = {
    "called_name": "かぜさん",
    "name": "風間 仮名子",
    "telephone": "000-1234-5678",
    "own_words": "土をさわるのは好き",
    "worries": "雨戸が三週間閉まったまま",
    "came_through": "となりの人から電話",
}
ENTRY = {
    "occurred_on": "2026-11-19",
    "channel": "visit",
    "direction": "sent",
    "result": "not_reached",
    "what": "呼び鈴を押した",
    "intention": "顔を覚えてもらう",
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """The convener's client, and where the conference and its record are."""

    convener: TestClient
    path: str
    record: str

    @property
    def record_id(self) -> str:
        return self.record.rsplit("/", 1)[1]

    @property
    def conference_id(self) -> str:
        return self.path.rsplit("/", 1)[1]


def made(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.fixture
def meeting(client_of: Callable[[str], TestClient]) -> Meeting:
    convener = client_of("csw")
    path = f"{API}/{made(convener.post(API, json={'title': '東-3'}))['id']}"
    record = made(convener.post(f"{path}/records", json={"area": "east"} | SAID))
    return Meeting(convener, path, f"{path}/records/{record['id']}")
