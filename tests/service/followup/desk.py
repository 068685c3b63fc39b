"""A worker at the queue: look, claim, write down."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from tests.service.placements.conftest import Clock

PATH = "/api/v1/follow-ups"


@dataclass
class Desk:
    client: TestClient
    clock: Clock

    def on(self, text: str) -> "Desk":
        """Turn the clock to a day in 2026."""
        self.clock.turn_to(date.fromisoformat(f"2026-{text}"))
        return self

    def queue(self, **asked: Any) -> dict[str, Any]:
        answer = self.client.get(PATH, params=asked)
        assert answer.status_code == 200, answer.text
        queue: dict[str, Any] = answer.json()
        return queue

    def rows(self, **asked: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.queue(**asked)["items"]
        return rows

    def seen(self, **asked: Any) -> list[tuple[str, str]]:
        """Return what stands in the queue as pairs of occasion and side."""
        return [(row["occasion"], row["side"]) for row in self.rows(**asked)]

    def row(self, side: str = "person") -> dict[str, Any]:
        """Return the only row of a side."""
        (row,) = [row for row in self.rows() if row["side"] == side]
        return row

    def answer(self, row: dict[str, Any], result: str = "talked", **more: Any) -> Response:
        body = {"result": result, "channel": "call", **more}
        return self.client.post(f"{PATH}/{row['id']}/results", json=body)

    def answered(self, row: dict[str, Any], result: str = "talked", **more: Any) -> str:
        """Write down a result that has to be taken, and return what became of the row."""
        answer = self.answer(row, result, **more)
        assert answer.status_code == 201, answer.text
        leaves: str = answer.json()["leaves"]
        return leaves

    def claim(self, row: dict[str, Any]) -> Response:
        return self.client.post(f"{PATH}/{row['id']}/claim")

    def release(self, row: dict[str, Any]) -> Response:
        return self.client.delete(f"{PATH}/{row['id']}/claim")
