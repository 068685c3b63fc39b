"""Invariants 1, 2, 4 and 6 as a state machine over the real service, on both databases.

The machine keeps a model of its own, as simple as the sentence of each invariant: who holds a
place, which consents stand, what is paused or too fresh, what is still owed. Whatever rule comes
after whatever other, the service agrees with it. DEBAN_MACHINE_EXAMPLES and DEBAN_MACHINE_STEPS
make the walk longer than it is with every run.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Final
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, true
from sqlmodel import Session, col, select

from catalogue.profiles import SharedWith
from catalogue.tables import Slot
from service.accounts.actions import Staff
from service.clock import local_day
from service.contacts.actions import record_contact
from service.contacts.rules import Story
from service.contacts.subjects import Subject
from service.contacts.words import Channel, Direction, Result
from service.database import transaction
from service.disclosures import actions as packets
from service.disclosures import cards, showing
from service.disclosures.lifecycle import Action as Show
from service.followup.actions import queue
from service.followup.cadence import Occasion
from service.followup.repository.queue import Scope
from service.followup.roads import COURSES, Course
from service.hosts import links
from service.hosts.actions import PlacesTaken, amend_slot
from service.persons.actions import amend, keep_consent, withdraw_consent
from service.persons.tables import Consent
from service.persons.words import TOLD_WORDS
from service.placements import actions, hindrances, repository
from service.placements.lifecycle import (
    CLOSED,
    Action,
    Actor,
    EndReason,
    Side,
    Status,
    possible,
)
from service.placements.obstacles import Hindered
from service.placements.outcomes import ENDED_BADLY
from service.placements.tables import Placement
from service.placements.terms import Terms
from service.refusals import Refusal
from service.settings import Settings
from tests.service.placements.village import MORNING, build_village

PEOPLE: Final = 3
COOLING: Final = 30
OFFICE: Final = Settings(cooling_off_days=COOLING, two_person_release=False)
EXAMPLES: Final = int(os.environ.get("DEBAN_MACHINE_EXAMPLES", "6"))
STEPS: Final = int(os.environ.get("DEBAN_MACHINE_STEPS", "25"))
FIELDS: Final = ("age_band", "pace", "nickname")
NUMBERS: Final = st.integers(0, PEOPLE - 1)


@dataclass
class Known:
    """What the machine believes of one placement."""

    id: UUID
    person: int
    slot: int
    status: Status = Status.PROPOSED
    ended_on: date | None = None
    told: set[Side] = field(default_factory=set)  # with whom somebody spoke since the end


@dataclass(frozen=True)
class Shown:
    """A link that a host was given, and what it rests on."""

    token: str
    person: int
    consent: UUID
    fields: frozenset[str]
    placement: UUID | None
    until: datetime


class Life(RuleBasedStateMachine):
    """Three people, two slots of one activity, one worker, and time."""

    engine: ClassVar[Engine]
    placements = Bundle("placements")
    opened = Bundle("opened")

    @initialize(capacity=st.integers(0, 2))
    def settle(self, capacity: int) -> None:
        self.link = self.engine.connect()
        self.outer = self.link.begin()
        self.at = MORNING
        with transaction(self.link) as session:
            self.village = build_village(session, slots=2, capacity=capacity, people=PEOPLE)
        self.capacity = [capacity, capacity]
        self.known: dict[UUID, Known] = {}
        self.paused: set[int] = set()
        self.fresh: dict[int, date] = {}  # until when the activity is too fresh for a person
        self.consents: dict[UUID, int] = {}
        self.withdrawn: set[UUID] = set()
        self.closed_cards: set[UUID] = set()
        self.shown: list[Shown] = []

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            self.outer.rollback()
            self.link.close()

    @property
    def staff(self) -> Staff:
        return replace(self.village.csw, on=local_day(self.at), at=self.at, stepped_up_at=self.at)

    @property
    def today(self) -> date:
        return local_day(self.at)

    @contextmanager
    def tried(self) -> Iterator[tuple[Session, list[Refusal]]]:
        """Open a transaction of its own; a refusal takes it back and is kept."""
        refused: list[Refusal] = []
        try:
            with transaction(self.link) as session:
                yield session, refused
        except Refusal as refusal:
            refused.append(refusal)

    @rule(days=st.sampled_from([1, 2, 5, 10, 40]))
    def time_goes_by(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule(
        target=placements,
        who=NUMBERS,
        slot=st.integers(0, 1),
        reason=st.sampled_from(["", "様子が変わった"]),
    )
    def propose(self, who: int, slot: int, reason: str) -> Any:
        made: list[UUID] = []
        with self.tried() as (session, refused):
            made.append(
                actions.propose(
                    session,
                    self.staff,
                    person_id=self.village.people[who].id,
                    activity_id=self.village.activity.id,
                    slot_id=self.village.slots[slot].id,
                    override_reason=reason,
                    at=self.at,
                    settings=OFFICE,
                ).id
            )
        self.judge_proposal(who, slot, reason, refused)
        if refused:
            return multiple()
        self.known[made[0]] = Known(made[0], who, slot)
        return made[0]

    def judge_proposal(self, who: int, slot: int, reason: str, refused: list[Refusal]) -> None:
        """Invariant 4: paused or too fresh is refused, and nothing else than what is so."""
        believed = set()
        if who in self.paused:
            believed.add("proposals_paused")
        if self.today < self.fresh.get(who, date.min) and not reason:
            believed.add("cooling_off")
        if any(
            each.person == who and each.slot == slot and each.status not in CLOSED
            for each in self.known.values()
        ):
            believed.add("already_open")
        said = set()
        for refusal in refused:
            assert isinstance(refusal, Hindered), refusal
            said = set(refusal.facts["obstacles"])
        assert said == believed

    @rule(id_=placements, pick=st.integers(0, 11), reason=st.sampled_from(EndReason))
    def move(self, id_: UUID, pick: int, reason: EndReason) -> None:
        one = self.known[id_]
        moves = possible(one.status, by=Actor.CSW)
        action = moves[pick % len(moves)]
        terms = {
            Action.END: Terms(reason=reason, side=Side.PERSON),
            Action.PASS: Terms(side=list(Side)[pick % 3]),
        }.get(action, Terms())
        before = self.places()
        with self.tried() as (session, refused):
            made = actions.move(
                session, self.staff, id_, action, terms, at=self.at, settings=OFFICE
            )
            after = made.status
        if refused:
            assert self.places() == before  # nothing of a refused move remains
            return
        if action is Action.REOPEN:
            assert one.person not in self.paused
            assert self.today >= self.fresh.get(one.person, date.min)
            one.ended_on = None
        if after in CLOSED:
            self.closed(one, after, terms, action)
        one.status = after

    def closed(self, one: Known, after: Status, terms: Terms, action: Action) -> None:
        self.closed_cards.add(one.id)
        bad = after is Status.ENDED and terms.reason and ENDED_BADLY[terms.reason]
        side = Side.HOST if action is Action.HOST_PASSES else terms.side
        passed = after is Status.PASSED and side is not Side.TEAM
        if bad or passed:
            until = self.today + timedelta(days=COOLING)
            self.fresh[one.person] = max(until, self.fresh.get(one.person, until))
        if after is Status.ENDED:
            one.ended_on = self.today
            one.told = set()

    @rule(who=NUMBERS)
    def pause_or_go_on(self, who: int) -> None:
        pause = who not in self.paused
        with transaction(self.link) as session:
            known = {"proposals_paused": "体調" if pause else None}
            amend(session, self.staff, self.village.people[who].id, known, at=self.at)
        self.paused ^= {who}

    @rule(slot=st.integers(0, 1), capacity=st.integers(0, 3))
    def resize(self, slot: int, capacity: int) -> None:
        taken = self.places()[slot]
        try:
            with transaction(self.link) as session:
                slot_id = self.village.slots[slot].id
                amend_slot(session, self.staff, slot_id, capacity=capacity, seen=None)
            self.capacity[slot] = capacity
        except PlacesTaken:
            assert capacity < taken

    @rule(who=NUMBERS, told=st.sets(st.sampled_from(FIELDS)))
    def consent(self, who: int, told: set[str]) -> None:
        given = {
            "shared_with": SharedWith.HOSTS,
            "host_id": self.village.host.id,
            "fields": sorted(told),
            "given_on": self.today,
        }
        with transaction(self.link) as session:
            person = self.village.people[who].id
            made = keep_consent(session, self.staff, person, given, at=self.at)
        self.consents[made.id] = who

    @rule(pick=st.integers(0, 20))
    def withdraw(self, pick: int) -> None:
        standing = [id_ for id_ in self.consents if id_ not in self.withdrawn]
        if not standing:
            return
        id_ = standing[pick % len(standing)]
        with transaction(self.link) as session:
            person = self.village.people[self.consents[id_]].id
            withdraw_consent(session, self.staff, person, id_, at=self.at)
        self.withdrawn.add(id_)

    @rule(target=opened, id_=placements)
    def show_card(self, id_: UUID) -> Any:
        one = self.known[id_]
        made: list[Shown] = []
        with self.tried() as (session, refused):
            packet = cards.keep_card(session, self.staff, id_, at=self.at)
            made.append(self.linked(session, packet, one.person, one.id))
        standing = [c for c, who in self.consents.items() if who == one.person]
        if not set(standing) - self.withdrawn or one.status in CLOSED:
            assert refused  # nothing leaves without a consent, or after the end
        return self.keep(made, refused)

    @rule(target=opened, who=NUMBERS)
    def show_packet(self, who: int) -> Any:
        made: list[Shown] = []
        with self.tried() as (session, refused):
            person, host = self.village.people[who].id, self.village.host.id
            packet = packets.draft(session, self.staff, person, host, at=self.at)
            for action in (Show.PREPARE, Show.RELEASE):
                packets.move(session, self.staff, packet.id, action, at=self.at, settings=OFFICE)
            made.append(self.linked(session, packet, who, None))
        standing = [c for c, owner in self.consents.items() if owner == who]
        assert bool(refused) == (not set(standing) - self.withdrawn)
        return self.keep(made, refused)

    def linked(self, session: Session, packet: Any, who: int, placement: UUID | None) -> Shown:
        made = showing.make_link(session, self.staff, packet.id, days=30, at=self.at)
        fields = frozenset(self.fields_of(session, packet.consent_id))
        until = self.at + timedelta(days=30)
        return Shown(made.token, who, packet.consent_id, fields, placement, until)

    def fields_of(self, session: Session, consent_id: UUID) -> list[str]:
        return session.exec(select(Consent.fields).where(Consent.id == consent_id)).one()

    def keep(self, made: list[Shown], refused: list[Refusal]) -> Any:
        if refused:
            return multiple()
        self.shown.append(made[0])
        return made[0]

    @rule(id_=placements, side=st.sampled_from([Side.PERSON, Side.HOST]))
    def talk(self, id_: UUID, side: Side) -> None:
        one = self.known[id_]
        person = self.village.people[one.person].id
        about = (
            Subject(person_id=person, placement_id=id_)
            if side is Side.PERSON
            else Subject(host_id=self.village.host.id, placement_id=id_)
        )
        story = Story(
            occurred_on=self.today,
            channel=Channel.CALL,
            direction=Direction.SENT,
            result=Result.TALKED,
        )
        with transaction(self.link) as session:
            record_contact(session, self.staff, about, story, at=self.at)
        one.told.add(side)

    def places(self) -> list[int]:
        with transaction(self.link) as session:
            return [self.slot(session, each).taken for each in self.village.slots]

    def slot(self, session: Session, slot: Slot) -> Slot:
        return repository.places_of(session, slot.id)

    @invariant()
    def places_are_never_given_twice(self) -> None:
        """Invariant 1: what is counted is what is held, and never more than there is."""
        if not hasattr(self, "village"):
            return
        with transaction(self.link) as session:
            for number, each in enumerate(self.village.slots):
                now = self.slot(session, each)
                held = session.exec(
                    select(Placement.id).where(
                        Placement.slot_id == each.id, col(Placement.holds_place)
                    )
                ).all()
                assert now.taken == len(held) <= now.capacity == self.capacity[number]

    @invariant()
    def hosts_see_what_is_consented_and_nothing_after(self) -> None:
        """Invariant 2: a link opens exactly as long as its consent stands and its card goes on."""
        for link in getattr(self, "shown", ()):
            opens = (
                link.consent not in self.withdrawn
                and link.placement not in self.closed_cards
                and self.at < link.until
            )
            try:
                with transaction(self.link) as session:
                    held = links.hold(session, link.token, at=self.at)
                    sheet = showing.show(session, held, at=self.at)
            except links.NoSuchLink:
                assert not opens
                continue
            assert opens
            code = self.village.people[link.person].code
            if link.placement is not None:
                assert code not in repr(sheet)
            else:
                named = {TOLD_WORDS[each] for each in link.fields}
                assert {line.name for line in sheet.lines} <= named
                assert (code in repr(sheet)) <= ("nickname" in link.fields)

    @invariant()
    def what_is_owed_after_an_end_is_asked_of_both_sides(self) -> None:
        """Invariant 6: each side of what ended is in the queue until somebody spoke with it."""
        ended = [each for each in getattr(self, "known", {}).values() if each.ended_on]
        if not ended:
            return
        with transaction(self.link) as session:
            rows = queue(session, Scope(self.staff), at=self.at)
        asked = {
            (row.due.subject.placement_id, row.due.side)
            for row in rows
            if row.due.occasion is Occasion.EXIT
        }
        owed = {
            (one.id, side)
            for one in ended
            for side in (Side.PERSON, Side.HOST)
            if side not in one.told
        }
        assert asked == owed


def test_the_invariants_hold_whatever_comes_after_whatever(engine: Engine) -> None:
    machine = type("LifeHere", (Life,), {"engine": engine})
    quiet = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=quiet)


class Walk:
    """The machine led by hand, so that each planted fault is met by the same few steps."""

    def __init__(self, engine: Engine) -> None:
        self.life = type("LifeHere", (Life,), {"engine": engine})()
        self.life.settle(capacity=1)

    def placed(self, *actions: Action, who: int = 0) -> UUID:
        id_: UUID = self.life.propose(who=who, slot=0, reason="")
        for action in actions:
            self.move(id_, action)
        return id_

    def move(self, id_: UUID, action: Action, reason: EndReason = EndReason.WISH) -> None:
        """Make a move where it is possible; who passes is the person."""
        moves = possible(self.life.known[id_].status, by=Actor.CSW)
        by_person_first = sorted(range(60), key=lambda pick: pick % 3)
        picks = [pick for pick in by_person_first if moves[pick % len(moves)] is action]
        if picks:
            self.life.move(id_=id_, pick=picks[0], reason=reason)

    def check(self) -> None:
        self.life.places_are_never_given_twice()
        self.life.hosts_see_what_is_consented_and_nothing_after()
        self.life.what_is_owed_after_an_end_is_asked_of_both_sides()


BEGUN: Final = (Action.WANT, Action.AGREE, Action.BEGIN)


def two_begin(walk: Walk) -> None:
    for who in (0, 1):
        walk.placed(*BEGUN, who=who)


def a_consent_ends(walk: Walk) -> None:
    walk.life.consent(who=0, told={"pace"})
    walk.life.show_packet(who=0)
    walk.check()
    walk.life.withdraw(pick=0)


def one_is_passed_and_proposed(walk: Walk) -> None:
    walk.move(walk.placed(Action.WANT), Action.PASS)
    walk.placed()


def one_ends(walk: Walk) -> None:
    walk.move(walk.placed(*BEGUN), Action.END)


# Each fault, and the few steps that meet it.
FAULTS: Final[dict[str, tuple[Callable[[Walk], None], Any, str, Any]]] = {
    "a place is given without being counted": (two_begin, repository, "_take", lambda *_: True),
    "a consent that ended shows on": (
        a_consent_ends, showing.repository, "_holds", lambda _on: true(),
    ),
    "what was passed is forgotten": (
        one_is_passed_and_proposed, hindrances, "is_cooling", lambda *_, **__: False,
    ),
    "the host is forgotten at the end": (
        one_ends, COURSES, Status.ENDED, Course(person=(Occasion.EXIT,)),
    ),
}  # fmt: skip


def led(walk: Walk, steps: Callable[[Walk], None]) -> None:
    steps(walk)
    walk.check()


@pytest.fixture
def by_hand(engine: Engine) -> Iterator[Walk]:
    walk = Walk(engine)
    yield walk
    walk.life.teardown()


@pytest.mark.parametrize("fault", FAULTS)
def test_the_same_steps_are_fine_without_the_fault(by_hand: Walk, fault: str) -> None:
    led(by_hand, FAULTS[fault][0])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(
    by_hand: Walk, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """The control: without its guard each invariant is broken."""
    steps, where, name, planted = FAULTS[fault]
    if isinstance(where, dict):
        monkeypatch.setitem(where, name, planted)
    else:
        monkeypatch.setattr(where, name, planted)
    with pytest.raises(AssertionError):
        led(by_hand, steps)
