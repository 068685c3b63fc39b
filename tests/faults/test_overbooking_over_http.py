"""Eight clients accept the last place at once, over HTTP, on a server with two workers."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import httpx
from sqlmodel import select

from catalogue.tables import Slot
from service.database import open_engine, transaction
from tests.faults.contenders import CONTENDERS
from tests.faults.running import running_service
from tests.service.placements.village import Village, build_village


def asked(client: httpx.Client, village: Village, number: int) -> UUID:
    """Walk one person as far as the host being asked."""
    body = {
        "person_id": str(village.people[number].id),
        "activity_id": str(village.activity.id),
    }
    placement = client.post("/api/v1/placements", json=body)
    assert placement.status_code == 201, placement.text
    id_ = UUID(placement.json()["id"])
    for action in ("want", "ask"):
        path = f"/api/v1/placements/{id_}/moves"
        assert client.post(path, json={"move": action}).status_code == 200
    return id_


def test_one_of_eight_gets_the_last_place_and_seven_a_clear_no(own_database: str) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        village = build_village(session, people=CONTENDERS)
    headers = {"Authorization": f"Bearer {village.tokens[village.csw.id]}"}
    start = Barrier(CONTENDERS)
    with running_service(own_database, workers=2) as address:
        with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
            placements = [asked(client, village, number) for number in range(CONTENDERS)]

        def accept(placement: UUID) -> httpx.Response:
            with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
                client.get(f"/api/v1/placements/{placement}")
                start.wait(30)
                path = f"/api/v1/placements/{placement}/moves"
                return client.post(path, json={"move": "host_accepts"})

        with ThreadPoolExecutor(CONTENDERS) as threads:
            answers = list(threads.map(accept, placements))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 7}
    for answer in answers:
        if answer.status_code == httpx.codes.CONFLICT:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["obstacles"] == ["no_place"]
    with transaction(engine) as session:
        assert session.exec(select(Slot.taken)).one() == 1
    engine.dispose()
