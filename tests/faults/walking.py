"""Two workers who do anything at all to one small place, over HTTP, through the years."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

import httpx

from service.clock import local_day
from service.contacts.words import Result
from service.placements.lifecycle import Action
from service.visits.words import Outcome
from service.web.once import HEADER, REPLAYED
from tests.factories import TurnableClock
from tests.service.placements.village import Village

API: Final = "/api/v1"
# Days that a calendar easily gets wrong: one step of the clock sometimes leads just before them.
ENDS: Final = ((2, 27), (4, 28), (12, 27), (12, 30))
FAR: Final = 20
SERVER_FAULT: Final = 500
ID: Final = re.compile(r"[0-9a-f-]{36}")


@dataclass(slots=True)
class Walker:
    """Draws what is done next; ``told`` counts what was done and how it was answered."""

    random: Random
    clock: TurnableClock
    village: Village
    desks: tuple[httpx.Client, httpx.Client]
    placements: list[str] = field(default_factory=list)
    aids: list[str] = field(default_factory=list)
    told: Counter[tuple[str, int]] = field(default_factory=Counter)

    @property
    def today(self) -> date:
        return local_day(self.clock())

    def step(self) -> None:
        """Do one thing; most often something with a placement."""
        things = {
            self.propose: 3,
            self.move: 9,
            self.visit: 3,
            self.contact: 2,
            self.worry: 1,
            self.ring: 4,
            self.resize: 1,
            self.call_off: 1,
            self.turn: 3,
        }
        self.random.choices(list(things), list(things.values()))[0]()

    def desk(self) -> httpx.Client:
        return self.random.choice(self.desks)

    def day(self, before: int = FAR, after: int = 0) -> str:
        return (self.today + timedelta(self.random.randint(-before, after))).isoformat()

    def do(self, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
        """Send with a key; now and then twice, and the second answer is the first."""
        desk, known = self.desk(), {HEADER: str(uuid4())} | headers
        answer = desk.post(f"{API}/{path}", json=body, headers=known)
        name = "/".join(
            "{}" if len(part) == len(str(uuid4())) else part for part in path.split("/")
        )
        self.told[name, answer.status_code] += 1
        assert answer.status_code < SERVER_FAULT, (path, body, answer.text)
        if answer.is_success and self.random.random() < 0.2:
            again = desk.post(f"{API}/{path}", json=body, headers=known)
            assert again.headers.get(REPLAYED) == "true", (path, again.status_code, again.text)
            assert (again.status_code, again.content) == (answer.status_code, answer.content)
        return answer

    def any_placement(self) -> str | None:
        return self.random.choice(self.placements) if self.placements else None

    def propose(self) -> None:
        body = {
            "person_id": str(self.random.choice(self.village.people).id),
            "activity_id": str(self.village.activity.id),
            "slot_id": str(self.random.choice(self.village.slots).id),
            "override_reason": self.random.choice(["", "本人が望んだ"]),
        }
        answer = self.do("placements", body)
        if answer.is_success:
            self.placements.append(answer.json()["id"])

    def move(self) -> None:
        """Make a move that is possible, or any other one; sometimes from an old page."""
        placement = self.any_placement()
        if placement is None:
            return
        shown = self.desks[0].get(f"{API}/placements/{placement}").json()
        possible = [each["move"] for each in shown["possible"]]
        anything = self.random.random() < 0.2 or not possible
        name = self.random.choice(list(Action) if anything else possible)
        body: dict[str, Any] = {"move": name, **self._terms(name)}
        if self.random.random() < 0.3:
            body["occurred_on"] = self.day()
        version = shown["version"] - (self.random.random() < 0.1)
        self.do(f"placements/{placement}/moves", body, **{"If-Match": f'"{version}"'})

    def _terms(self, name: str) -> dict[str, Any]:
        if name == Action.END:
            reason = self.random.choice(["job", "wish", "health", "did_not_fit"])
            return {"reason": reason, "side": self.random.choice(["person", "host", "team"])}
        if name == Action.PASS:
            return {"side": self.random.choice(["person", "host", "team"])}
        if name == Action.REST:
            return {"side": "person", "rest_until": self.day(before=0, after=60)}
        if name in {Action.AGREE, Action.HOST_ACCEPTS}:
            together = {"supersede_others": self.random.random() < 0.3}
            return {"first_on": self.day(before=0), "minutes": 30, **together}
        return {}

    def visit(self) -> None:
        if placement := self.any_placement():
            outcome = self.random.choice(list(Outcome))
            moved = {"moved_by": "host"} if outcome is Outcome.MOVED else {}
            said = {"occurred_on": self.day(), "outcome": outcome, **moved}
            self.do("visits", {"placement_id": placement} | said)

    def contact(self) -> None:
        about = {"person_id": str(self.random.choice(self.village.people).id)}
        if self.random.random() < 0.5:
            about = {"host_id": str(self.village.host.id)}
        result = self.random.choice([each for each in Result if each != Result.ASKED_TO_WAIT])
        said = {"channel": "call", "direction": "sent", "result": result}
        self.do("contacts", about | said | {"occurred_on": self.day()})

    def worry(self) -> None:
        if placement := self.any_placement():
            side = self.random.choice(["person", "host"])
            body = {"placement_id": placement, "side": side, "words": "少し困った"}
            raised = self.do("concerns", body)
            if raised.is_success and self.random.random() < 0.5:
                path = f"concerns/{raised.json()['id']}/settlement"
                self.do(path, {"settlement": "一緒に行った"})

    def ring(self) -> None:
        """Two at one queue: one says that she rings, the other must not, and it is written down."""
        one, other = self.random.sample(self.desks, 2)
        items = one.get(f"{API}/follow-ups").json()["items"]
        if not items:
            return
        item = self.random.choice(items)["id"]
        claimed = one.post(f"{API}/follow-ups/{item}/claim")
        second = other.post(f"{API}/follow-ups/{item}/claim")
        assert claimed.status_code < SERVER_FAULT, claimed.text
        if claimed.is_success:
            assert second.status_code in {404, 409}, second.text
        result = self.random.choice(list(Result))
        body: dict[str, Any] = {"result": result, "why": "家族から聞いた"}
        if result is Result.ASKED_TO_WAIT:
            body["until"] = self.day(before=-1, after=40)
        answer = one.post(f"{API}/follow-ups/{item}/results", json=body)
        self.told["follow-ups/{}/results", answer.status_code] += 1
        assert answer.status_code < SERVER_FAULT, answer.text
        one.delete(f"{API}/follow-ups/{item}/claim")

    def resize(self) -> None:
        slot, desk = self.random.choice(self.village.slots), self.desk()
        seen = desk.get(f"{API}/slots/{slot.id}").headers["etag"]
        body = {"capacity": self.random.randint(0, 3)}
        answer = desk.patch(f"{API}/slots/{slot.id}", json=body, headers={"If-Match": seen})
        self.told["slots/{}", answer.status_code] += 1
        assert answer.status_code in {200, 409}, answer.text

    def call_off(self) -> None:
        if self.aids:
            body = {"day": self.day(before=0)}
            assert self.do(f"aids/{self.random.choice(self.aids)}/days-off", body).is_success
            return
        daily = {"rrule": "FREQ=DAILY", "start": "09:00", "end": "17:00"}
        body = {"kind": "companion", "name": "藤木", "seats": 1, "schedule": daily}
        self.aids.append(self.do("aids", body).json()["id"])

    def turn(self) -> None:
        """Turn the clock by some days, or to just before a day that calendars get wrong."""
        if self.random.random() < 0.2:
            month, day = self.random.choice(ENDS)
            year = self.today.year + ((month, day) <= (self.today.month, self.today.day))
            self.clock.turn(days=(date(year, month, day) - self.today).days)
        else:
            self.clock.turn(days=self.random.randint(0, FAR), minutes=self.random.randint(0, 90))


def queue_of(desk: httpx.Client, *, limit: int = 7) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Page through the whole queue; return its rows and its counts."""
    found: list[dict[str, Any]] = []
    page = desk.get(f"{API}/follow-ups", params={"limit": limit}).raise_for_status().json()
    found += page["items"]
    while page["next"]:
        params = {"limit": limit, "after": page["next"]}
        page = desk.get(f"{API}/follow-ups", params=params).raise_for_status().json()
        found += page["items"]
    return found, page["counts"]


def ids_of(rows: list[dict[str, Any]]) -> list[UUID]:
    return [UUID(row["id"]) for row in rows]


def ranks_of(rows: list[dict[str, Any]]) -> list[int]:
    """Return the rank of each group of rows: both sides of a placement stand next to each other."""
    groups = groupby(rows, key=lambda row: row["placement_id"] or row["id"])
    return [min(row["rank"] for row in group) for _, group in groups]
