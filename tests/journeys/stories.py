"""A worker who tells a story over HTTP: each act has to succeed, or says why it was refused."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from fastapi.testclient import TestClient

from tests.factories import TurnableClock

API = "/api/v1"
Row = dict[str, Any]


@dataclass
class Worker:
    client: TestClient
    clock: TurnableClock

    def on(self, day: str) -> "Worker":
        """Turn the clock to ten o'clock in Japan on a day."""
        when = date.fromisoformat(day)
        self.clock.at = datetime(when.year, when.month, when.day, 1, tzinfo=UTC)
        return self

    def post(self, path: str, **body: Any) -> Row:
        answer = self.client.post(f"{API}/{path}", json=body)
        assert answer.status_code in {200, 201}, answer.text
        kept: Row = answer.json()
        return kept

    def get(self, path: str, **asked: Any) -> Row:
        answer = self.client.get(f"{API}/{path}", params=asked)
        assert answer.status_code == 200, answer.text
        kept: Row = answer.json()
        return kept

    def patch(self, path: str, **body: Any) -> Row:
        answer = self.client.patch(f"{API}/{path}", json=body)
        assert answer.status_code == 200, answer.text
        kept: Row = answer.json()
        return kept

    def propose(self, person: Row, activity_id: Any, **more: Any) -> Row:
        return self.post("placements", person_id=person["id"], activity_id=str(activity_id), **more)

    def move(self, placement: Row, action: str, **terms: Any) -> Row:
        return self.post(f"placements/{placement['id']}/moves", move=action, **terms)

    def refused(self, placement: Row, action: str, **terms: Any) -> Row:
        """Try a move that has to be refused because of how things stand."""
        path = f"{API}/placements/{placement['id']}/moves"
        answer = self.client.post(path, json={"move": action, **terms})
        assert answer.status_code == 409, answer.text
        kept: Row = answer.json()
        return kept

    def queue(self, **asked: Any) -> list[Row]:
        rows: list[Row] = self.get("follow-ups", **asked)["items"]
        return rows

    def seen(self, **asked: Any) -> set[tuple[str, str]]:
        return {(row["occasion"], row["side"]) for row in self.queue(**asked)}

    def row(self, occasion: str, side: str = "person") -> Row:
        (found,) = [r for r in self.queue() if (r["occasion"], r["side"]) == (occasion, side)]
        return found

    def answer(self, row: Row, result: str = "talked", **more: Any) -> Row:
        body = {"result": result, "channel": "call", **more}
        return self.post(f"follow-ups/{row['id']}/results", **body)

    def talked(self, occasion: str, side: str = "person", **more: Any) -> Row:
        """Answer the one row of an occasion, and see that it is gone."""
        row = self.row(occasion, side)
        done = self.answer(row, **more)
        assert done["leaves"] == "answered"
        assert row["id"] not in {each["id"] for each in self.queue()}
        return row

    def window(self, occasion: str, side: str = "person") -> tuple[str, str, str]:
        row = self.row(occasion, side)
        return row["earliest"][5:], row["due"][5:], row["late"][5:]
