"""Whatever an office does, three hundred times over: the queue, its count and its rows agree."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from service.app import create_app
from service.contacts.words import Channel, Result
from service.database import open_engine, transaction
from service.followup.order import Rank
from service.placements.lifecycle import EndReason, Side
from service.settings import Settings
from service.visits.words import Feeling, Outcome
from tests.factories import MORNING, PASSWORD, TEAM, Town, TurnableClock, person_in, seed
from tests.journeys.stories import API, Row, Worker
from tests.service.browsing import OWN

ROW = re.compile(r'<li id="row-([0-9a-f-]{36})"')
TAKEN = {200, 201}
REFUSED = {404, 409, 422}  # things stand otherwise; a failure of ours would be 500
PICKS = st.integers(0, 10**6)


class Office(RuleBasedStateMachine):
    """A worker of the east, a coordinator of all, three people, and any moves they can make."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.link = self.engine.connect()
        self.outer = self.link.begin()
        self.clock = TurnableClock(MORNING)
        with transaction(self.link) as session:
            self.town: Town = seed(session)
            for area, by in (("east", "csw"), ("east", "csw"), ("west", "csw_west")):
                person_in(session, self.town, area=area, by=by, consent=TEAM)
        office = Settings(secure_cookies=False, session_idle_minutes=10**7, session_hours=10**5)
        self.app = create_app(office, bind=self.link, now=self.clock)
        self.east, self.whole = (
            Worker(self.enter(name), self.clock) for name in ("csw", "coordinator")
        )
        self.people = self.whole.get("people")["items"]
        self.placements: list[Row] = []

    def enter(self, name: str) -> TestClient:
        body = {"username": name, "password": PASSWORD}
        token = TestClient(self.app).post(f"{API}/sessions", json=body).json()["token"]
        return TestClient(self.app, headers={"authorization": f"Bearer {token}", "if-match": "*"})

    def teardown(self) -> None:
        self.outer.rollback()
        self.link.close()

    def attempt(self, path: str, **body: Any) -> Row | None:
        """Do something if it can be done; what is refused has to be refused clearly."""
        answer = self.whole.client.post(f"{API}/{path}", json=body)
        assert answer.status_code in TAKEN | REFUSED, answer.text
        kept: Row = answer.json()
        if answer.status_code in TAKEN:
            return kept
        assert kept["detail"]
        return None

    @initialize()
    def confirm_hosts(self) -> None:
        for host in self.town.hosts.values():
            self.whole.patch(f"hosts/{host.id}", confirmed_on="2026-11-20")

    @rule(who=PICKS, what=st.sampled_from(["leaves", "last_place", "tea", "closed"]))
    def propose(self, who: int, what: str) -> None:
        person = self.people[who % len(self.people)]
        body = {"person_id": person["id"], "activity_id": str(self.town.activities[what].id)}
        if made := self.attempt("placements", **body):
            self.placements.append(made)

    @precondition(lambda self: self.placements)
    @rule(which=PICKS, move=PICKS, days=st.integers(0, 20))
    def move(self, which: int, move: int, days: int) -> None:
        placement = self.placements[which % len(self.placements)]
        now = self.whole.get(f"placements/{placement['id']}")
        chosen = now["possible"][move % len(now["possible"])]
        terms: dict[str, Any] = {}
        if "first_on" in chosen["takes"] and days:
            terms["first_on"] = (self.clock.at.date() + timedelta(days)).isoformat()
        if "reason" in chosen["takes"]:
            terms["reason"] = list(EndReason)[move % len(EndReason)]
        if "side" in chosen["takes"]:
            terms["side"] = list(Side)[move % len(Side)]
        self.attempt(f"placements/{placement['id']}/moves", move=chosen["move"], **terms)

    @precondition(lambda self: self.placements)
    @rule(which=PICKS, outcome=st.sampled_from(Outcome), feeling=st.sampled_from(Feeling))
    def visit(self, which: int, outcome: Outcome, feeling: Feeling) -> None:
        placement = self.placements[which % len(self.placements)]
        day = self.clock.at.date().isoformat()
        body = {"placement_id": placement["id"], "occurred_on": day}
        self.attempt("visits", **body, outcome=outcome, feeling=feeling)

    @rule(who=PICKS, side=st.sampled_from(Side))
    def worry(self, who: int, side: Side) -> None:
        person = self.people[who % len(self.people)]["id"]
        assert self.attempt("concerns", person_id=person, side=side, words="少し困った")

    @rule(which=PICKS)
    def settle(self, which: int) -> None:
        open_ones = [each for each in self.whole.get("concerns")["items"] if not each["settled_on"]]
        if open_ones:
            concern = open_ones[which % len(open_ones)]["id"]
            assert self.attempt(f"concerns/{concern}/settlement", settlement="話してよくなった")

    @rule(which=PICKS, result=st.sampled_from(Result), channel=st.sampled_from(Channel))
    def answer(self, which: int, result: Result, channel: Channel) -> None:
        rows = self.whole.queue()
        if not rows:
            return
        row = rows[which % len(rows)]
        more: dict[str, Any] = {}
        if result in {Result.ASKED_TO_WAIT, Result.NOT_NEEDED}:
            more["why"] = "いまはよいとのこと"
        if result is Result.ASKED_TO_WAIT:
            more["until"] = (self.clock.at.date() + timedelta(days=360)).isoformat()
        done = self.attempt(
            f"follow-ups/{row['id']}/results", result=result, channel=channel, **more
        )
        assert done is not None
        stays = row["id"] in {each["id"] for each in self.whole.queue()}
        assert stays == (done["leaves"] == "stays")

    @rule(which=PICKS)
    def claim(self, which: int) -> None:
        if rows := self.whole.queue():
            assert self.attempt(f"follow-ups/{rows[which % len(rows)]['id']}/claim")

    @rule(days=st.sampled_from([1, 2, 7, 30, 100]))
    def go_on(self, days: int) -> None:
        self.clock.turn(days=days)

    @rule()
    def compare_the_parts_with_the_whole(self) -> None:
        """An area sees its part; the workers share everything out that is not a host's alone."""
        whole = {row["id"]: row for row in self.whole.queue()}
        east = {row["id"] for row in self.east.queue()}
        eastern = {person["id"] for person in self.people if person["area"] == "east"}
        assert east <= whole.keys()
        assert {id_ for id_, row in whole.items() if row["person_id"] in eastern} <= east
        owners = [self.town.accounts[name].id for name in ("csw", "csw_west", "coordinator")]
        parts = [{row["id"] for row in self.whole.queue(owner=owner)} for owner in owners]
        of_hosts = {id_ for id_, row in whole.items() if not row["person_id"]}
        assert set().union(*parts) == whole.keys() - of_hosts
        assert sum(map(len, parts)) == len(whole) - len(of_hosts)

    @invariant()
    def count_rows_and_page_agree(self) -> None:
        queue = self.whole.get("follow-ups")
        rows, counts = queue["items"], queue["counts"]
        ids = [row["id"] for row in rows]
        assert counts["total"] == len(set(ids)) == len(rows) == counts["people"] + counts["hosts"]
        ranks = Counter(row["rank"] for row in rows)
        assert counts["by_rank"] == {rank.name.lower(): ranks[rank] for rank in Rank}
        assert counts["another_way"] == sum(row["another_way"] for row in rows)
        assert counts["for_coordinator"] == sum(row["for_coordinator"] for row in rows)
        page = self.whole.client.get("/", headers=OWN).text
        assert Counter(ROW.findall(page)) == Counter(ids)
        assert not rows or f"<strong>{len(rows)}</strong>" in page
        for row in rows:
            assert row["earliest"] <= queue["on"]
            assert row["earliest"] <= row["due"] <= row["late"]
            assert row["why"]["ja"]
            assert row["why"]["en"]
            assert row["person_code"] or row["host_name"]


def test_three_hundred_acts_leave_queue_count_and_rows_in_agreement(sqlite_template: Any) -> None:
    engine = open_engine(f"sqlite:///{sqlite_template}", connections=2)
    machine = type("OfficeHere", (Office,), {"engine": engine})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    engine.dispose()
