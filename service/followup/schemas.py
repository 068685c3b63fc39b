"""How the queue is told over HTTP."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Text
from service.contacts.tables import Channel, Contact, Direction, Result
from service.followup.actions import Leaf
from service.followup.cadence import Occasion
from service.followup.cursors import cursor
from service.followup.figures import Counts
from service.followup.repository.queue import Placed
from service.followup.results import Leaves, Outcome
from service.followup.rows import Row
from service.followup.windows import Bend
from service.followup.words import RANK_WORDS, in_english, in_japanese
from service.placements.lifecycle import Employment, Side, Status


class WhyOut(BaseModel):
    """Why this row stands here on this date: a code, its values, and both languages."""

    code: Occasion
    since: date
    bend: Bend | None = Field(description="Why the date is nearer or further than usual.")
    back_on: date | None = Field(description="Until when it was put off.")
    ja: str
    en: str


class AgreedOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    status: Status
    first_on: date | None
    minutes: int | None
    dose: str
    companion: str
    kind: Employment | None


class LastOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    occurred_on: date
    channel: Channel
    direction: Direction
    result: Result
    what: str
    intention: str
    small_change: str


class ClaimOut(BaseModel):
    item_id: UUID
    account_id: UUID
    until: datetime
    name: str = ""


class RowOut(BaseModel):
    id: UUID
    rank: int = Field(description="1 to 5, the first comes first; see docs/follow-up.md.")
    rank_word: str
    side: Side
    occasion: Occasion
    earliest: date
    due: date
    late: date
    days_past: int = Field(description="How late we are; never how often somebody was absent.")
    person_id: UUID | None
    person_code: str | None
    host_id: UUID | None
    host_name: str | None
    placement_id: UUID | None
    activity_id: UUID | None
    activity_title: str | None
    telephone: str
    agreed: AgreedOut | None
    last_contact: LastOut | None
    why: WhyOut
    another_way: bool
    deferrals: int
    for_coordinator: bool
    claim: ClaimOut | None

    @classmethod
    def of(cls, row: Row, *, today: date) -> "RowOut":
        due, person, host = row.due, row.person, row.host
        activity = row.activity
        return cls(
            id=due.id,
            rank=row.rank,
            rank_word=RANK_WORDS[row.rank],
            side=due.side,
            occasion=due.occasion,
            earliest=due.earliest,
            due=due.due,
            late=due.late,
            days_past=max(0, (today - due.due).days),
            person_id=row.person_id,
            person_code=person.code if person else None,
            host_id=host.id if host else None,
            host_name=host.name if host else None,
            placement_id=due.subject.placement_id,
            activity_id=activity.id if activity else None,
            activity_title=activity.title if activity else None,
            telephone=row.telephone,
            agreed=_agreed(row.placed),
            last_contact=_last(row.last),
            why=_why(row),
            another_way=due.another_way,
            deferrals=due.deferrals,
            for_coordinator=row.for_coordinator,
            claim=_claim(row),
        )


def _agreed(placed: Placed | None) -> AgreedOut | None:
    return AgreedOut.model_validate(placed.placement) if placed else None


def _last(contact: Contact | None) -> LastOut | None:
    return LastOut.model_validate(contact) if contact else None


def _why(row: Row) -> WhyOut:
    due = row.due
    return WhyOut(
        code=due.occasion,
        since=due.since,
        bend=due.bend,
        back_on=due.back_on,
        ja=in_japanese(due),
        en=in_english(due),
    )


def _claim(row: Row) -> ClaimOut | None:
    if row.held is None:
        return None
    held = row.held.claim
    return ClaimOut(
        item_id=held.item_id, account_id=held.account_id, until=held.until, name=row.held.name
    )


class CountsOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    total: int
    people: int
    hosts: int
    another_way: int
    for_coordinator: int
    by_rank: dict[str, int]


class QueueOut(BaseModel):
    on: date
    items: list[RowOut]
    counts: CountsOut
    next: str | None = Field(default=None, description="Where the next page begins; as `after`.")

    @classmethod
    def of(cls, leaf: Leaf, counted: Counts, *, on: date) -> "QueueOut":
        items = [RowOut.of(row, today=on) for row in leaf.rows]
        following = cursor(leaf.rows[-1].place) if leaf.more else None
        counts = CountsOut.model_validate(counted)
        return cls(on=on, items=items, counts=counts, next=following)


class GroupOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    number: int


class GroupsOut(BaseModel):
    """Rows of the queue by host and by area, the most first."""

    model_config = ConfigDict(from_attributes=True)

    hosts: list[GroupOut]
    areas: list[GroupOut]


class ResultIn(BaseModel):
    """What came of a try. Leaving the queue needs a reason."""

    model_config = ConfigDict(extra="forbid")

    result: Result
    channel: Channel = Field(default=Channel.CALL, description="Left out: by telephone.")
    direction: Direction = Direction.SENT
    occurred_on: date | None = Field(default=None, description="Left out: today.")
    what: Text = Field(default="", max_length=4000)
    intention: Text = Field(default="", max_length=2000)
    small_change: Text = Field(default="", max_length=1000)
    next_on: date | None = None
    until: date | None = Field(default=None, description="With asked_to_wait: back on this day.")
    why: Text = Field(default="", max_length=1000)

    def outcome(self, *, today: date) -> Outcome:
        said = self.model_dump(exclude={"occurred_on"})
        return Outcome(occurred_on=self.occurred_on or today, **said)


class ResultOut(BaseModel):
    """The contact that was written down, and whether the row has left the queue."""

    contact_id: UUID
    item_id: UUID
    result: Result
    leaves: Leaves
