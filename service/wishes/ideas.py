"""Gather wishes into activities that are not there yet, in words from which nobody is known."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, ClassVar, Final, NamedTuple
from uuid import UUID

from sqlmodel import Session

from catalogue import repository as catalogue
from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.languages.ours import ours
from service.refusals import Kind, Refusal
from service.web.versions import refuse_stale
from service.wishes import repository
from service.wishes.actions import RESOURCE
from service.wishes.tables import Idea, IdeaResult, Wish

LISTED: Final = 200
# On paper for others a smaller number is not said, nor the area that it belongs to.
FEWEST: Final = 5

RESULT_WORDS: Final[dict[IdeaResult, str]] = ours(
    {
        IdeaResult.LOOKING: "さがしている",
        IdeaResult.OPENED: "場ができた",
        IdeaResult.NOT_NOW: "いまはむずかしい",
    }
)


class NoSuchIdea(Refusal):
    kind: ClassVar = Kind.MISSING


class Wanted(NamedTuple):
    """An idea with how many people wish it, as far as the caller may see them, and since when."""

    idea: Idea
    people: int
    since: date | None


class Quarter(NamedTuple):
    """What is wished in one area: what is gathered already, and what is not yet."""

    name: str
    ideas: list[Wanted]
    wishes: list[tuple[Wish, str]]


def wanted(session: Session, staff: Staff) -> list[Wanted]:
    """Return every idea with its numbers; the oldest first."""
    numbers = repository.wished(session, staff)
    return [
        Wanted(idea, *numbers.get(idea.id, (0, None))) for idea in repository.ideas(session, staff)
    ]


def by_area(session: Session, staff: Staff, *, at: datetime) -> list[Quarter]:
    """Return what is wished, area by area; only areas in which something is."""
    open_ = repository.open_wishes(session, staff, limit=LISTED)
    people = {wish.person_id for wish, _ in open_}
    record_access(session, staff, people, act=Act.LIST, resource=RESOURCE, at=at)
    found = wanted(session, staff)
    quarters = [
        Quarter(
            area.name,
            [each for each in found if each.idea.area_id == area.id],
            [(wish, code) for wish, code in open_ if wish.area_id == area.id],
        )
        for area in catalogue.areas(session, staff.municipality_id, limit=500)
    ]
    return [each for each in quarters if each.ideas or each.wishes]


def gather(
    session: Session,
    staff: Staff,
    wish_ids: Collection[UUID],
    *,
    idea_id: UUID | None,
    title: str,
    at: datetime,
) -> Idea:
    """Put wishes to an idea that is there, or to a new one in the area of the first of them."""
    found = repository.wishes_among(session, staff, wish_ids)
    if not found or len(found) != len(set(wish_ids)):
        raise NoSuchIdea("no such wishes")
    people = {wish.person_id for wish in found}
    record_access(session, staff, people, act=Act.WRITE, resource=RESOURCE, at=at)
    idea = idea_for(session, staff, idea_id) if idea_id else _new(session, staff, found[0], title)
    for wish in found:
        wish.idea_id = idea.id
    session.flush()
    return idea


def _new(session: Session, staff: Staff, first: Wish, title: str) -> Idea:
    idea = Idea(
        municipality_id=staff.municipality_id,
        area_id=first.area_id,
        title=title,
        recorded_by=staff.id,
    )
    session.add(idea)
    session.flush()
    return idea


def idea_for(session: Session, staff: Staff, idea_id: UUID, *, locked: bool = False) -> Idea:
    found = repository.idea_of(session, staff, idea_id, locked=locked)
    if found is None:
        raise NoSuchIdea("no such idea")
    return found


def amend(
    session: Session, staff: Staff, idea_id: UUID, changes: dict[str, Any], *, seen: int | None
) -> Idea:
    """Change what is said of an idea, unless a colleague changed it since it was seen."""
    idea = idea_for(session, staff, idea_id, locked=True)
    refuse_stale(idea.version, seen)
    for name, value in changes.items():
        setattr(idea, name, value)
    idea.version += 1
    session.flush()
    return idea


class Printed(NamedTuple):
    """A part of the material for a meeting: an area's ideas, or those of areas left unsaid."""

    area: str
    ideas: list[Wanted]


def material(session: Session, staff: Staff) -> list[Printed]:
    """Return what may leave the office: few people stand under no area and with no number."""
    names = {
        area.id: area.name for area in catalogue.areas(session, staff.municipality_id, limit=500)
    }
    found = wanted(session, staff)
    many = [each for each in found if each.people >= FEWEST]
    few = [Wanted(each.idea, 0, None) for each in found if 0 < each.people < FEWEST]
    parts = [
        Printed(name, [each for each in many if each.idea.area_id == area_id])
        for area_id, name in names.items()
    ]
    return [each for each in [*parts, Printed("", few)] if each.ideas]
