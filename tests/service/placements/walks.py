"""Reach a status by walking the real workflow: the shortest way through the table of moves."""

from typing import Any

from fastapi.testclient import TestClient

from service.placements.lifecycle import MOVES, Action, Status
from tests.service.placements.village import Village

# The least that each move has to say.
TERMS: dict[Action, dict[str, Any]] = {
    Action.END: {"reason": "job", "side": "person"},
    Action.PASS: {"side": "team"},
}


def way_to(status: Status) -> tuple[Action, ...]:
    """Search the table in breadth, from a proposal on."""
    ways: dict[Status, tuple[Action, ...]] = {Status.PROPOSED: ()}
    waiting = [Status.PROPOSED]
    while waiting:
        here = waiting.pop(0)
        for move in MOVES:
            if move.start is here and move.end not in ways:
                ways[move.end] = (*ways[here], move.action)
                waiting.append(move.end)
    return ways[status]


def propose(client: TestClient, village: Village, number: int = 0, **more: Any) -> dict[str, Any]:
    """Propose the village's activity to one of its people."""
    body = {
        "person_id": str(village.people[number].id),
        "activity_id": str(village.activity.id),
        **more,
    }
    answer = client.post("/api/v1/placements", json=body)
    assert answer.status_code == 201, answer.text
    placement: dict[str, Any] = answer.json()
    return placement


def move(client: TestClient, placement: dict[str, Any], action: str, **terms: Any) -> Any:
    body = {"move": action, **TERMS.get(Action(action), {}), **terms}
    return client.post(f"/api/v1/placements/{placement['id']}/moves", json=body)


def moved(
    client: TestClient, placement: dict[str, Any], action: str, **terms: Any
) -> dict[str, Any]:
    """Make a move that has to succeed."""
    answer = move(client, placement, action, **terms)
    assert answer.status_code == 200, answer.text
    after: dict[str, Any] = answer.json()
    return after


def placement_at(
    client: TestClient, village: Village, status: Status, number: int = 0
) -> dict[str, Any]:
    placement = propose(client, village, number)
    for action in way_to(status):
        placement = moved(client, placement, action)
    assert placement["status"] == status
    return placement
