"""Keep the rows of the queue what the rule says: whoever looks lays out first what has changed.

Triggers mark whom a change is about, in the change's own transaction (``migrations/marks.py``).
Rows are derived anew for those, for everybody when the office's rhythm, its closures or the rule
itself is another one, and placed anew when a day has begun.
"""

from collections.abc import Collection, Mapping
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from catalogue.record import now
from service.followup.cadence import Cadence
from service.followup.facts import Facts, HostFacts, PlacementFacts
from service.followup.gathering import Shelf, gathered, of_placement, shelved
from service.followup.office import rhythm
from service.followup.placing import NOWHERE, Placing, placings
from service.followup.repository import stock
from service.followup.repository.sources import Subjects, around, everybody, material_of, portions
from service.followup.rules import owed
from service.followup.windows import Due
from service.placements.lifecycle import Side

Cells = Mapping[str, Any]


def settle(session: Session, municipality_id: UUID, *, today: date) -> UUID:
    """Bring the rows of a municipality to what the rule says now, placed for a day.

    Return as what they lie there now.
    """
    office = rhythm(session, municipality_id, on=today)
    state = stock.state_of(session, municipality_id)
    stands = state is not None and (state.rule, state.placed_on) == (office.rule, today)
    if state is not None and stands and not stock.is_marked(session, municipality_id):
        return state.laid_as
    state = stock.locked_state(session, municipality_id)
    if state.rule != office.rule:
        stock.drop_marks(session, municipality_id)
        _derive_all(session, municipality_id, office.cadence, today)
    else:
        marked = stock.take_marks(session, municipality_id)
        if state.placed_on != today:
            stock.place_all(session, municipality_id, today)
        _derive_marked(session, municipality_id, marked, office.cadence, today)
    state.rule, state.placed_on = office.rule, today
    state.laid_as = uuid4()
    session.flush()
    return state.laid_as


def forget(session: Session, gone: Collection[UUID]) -> None:
    """Let go of the ids of what has just been erased; its rows went with it."""
    stock.forget(session, gone)


def _derive_all(session: Session, municipality_id: UUID, cadence: Cadence, today: date) -> None:
    stock.clear(session, municipality_id)
    for subjects in everybody(session, municipality_id):
        stock.lay(session, rows_of(session, municipality_id, subjects, cadence, today))


def _derive_marked(
    session: Session,
    municipality_id: UUID,
    marked: frozenset[UUID],
    cadence: Cadence,
    today: date,
) -> None:
    for portion in portions(marked):
        subjects = around(session, portion)
        # whoever is not there any more has no rows any more
        stock.clear(session, municipality_id, subjects.every() | set(portion))
        stock.lay(session, rows_of(session, municipality_id, subjects, cadence, today))


def rows_of(
    session: Session, municipality_id: UUID, subjects: Subjects, cadence: Cadence, today: date
) -> list[Cells]:
    """Derive the rows of some subjects from what is written down of them."""
    material = material_of(session, subjects)
    shelf = shelved(material)
    found = [(facts, due) for facts in gathered(material, shelf) for due in owed(facts, cadence)]
    standing = [(_key(due), due) for _, due in found if appears_on(due) <= today]
    places = {due.id: placing for due, placing in placings(standing, today)}
    return [
        _cells(municipality_id, facts, due, shelf, places.get(due.id, NOWHERE))
        for facts, due in found
    ]


def facts_of(session: Session, placement_id: UUID) -> PlacementFacts:
    """Return the facts of one placement that was seen."""
    material = material_of(session, around(session, {placement_id}))
    found = gathered(material, shelved(material))
    return next(each for each in found if isinstance(each, PlacementFacts))


def appears_on(due: Due) -> date:
    """Return the day from which a window stands in the queue."""
    return max(due.earliest, due.back_on or due.earliest)


def _key(due: Due) -> UUID:
    return due.subject.placement_id or due.id


def _cells(
    municipality_id: UUID, facts: Facts, due: Due, shelf: Shelf, placing: Placing
) -> dict[str, Any]:
    subject = due.subject
    return {
        "id": due.id,
        "created_at": now(),
        "municipality_id": municipality_id,
        "subject_id": facts.id,
        "topic_id": subject.id,
        "placement_id": subject.placement_id,
        "person_id": subject.person_id,
        "host_id": subject.host_id,
        "about_id": _about(facts, due),
        "last_contact_id": last_contact(due, shelf),
        "side": due.side,
        **{name: getattr(due, name) for name in DERIVED},
        "appears_on": appears_on(due),
        **{name: getattr(placing, name) for name in Placing.__slots__},
    }


DERIVED = (
    *("occasion", "since", "opens", "earliest", "due", "late"),
    *("bend", "back_on", "deferrals", "another_way"),
)


def _about(facts: Facts, due: Due) -> UUID | None:
    """Name the person who decides who may see a row; a host's own rows have none."""
    if isinstance(facts, HostFacts):
        return next((worry.about for worry in facts.worries if worry.id == due.subject.id), None)
    return due.subject.person_id


def last_contact(due: Due, shelf: Shelf) -> UUID | None:
    """Name the last contact with this side that belongs on this row."""
    subject = due.subject
    if due.side is Side.HOST and subject.host_id:
        spoken = of_placement(shelf.of_host[subject.host_id], subject.placement_id)
        # Who else is placed there stays between them and their worker.
        spoken = [each for each in spoken if each.person_id in {None, subject.person_id}]
    else:
        assert subject.person_id is not None
        spoken = shelf.of_person[subject.person_id]
    return spoken[-1].id if spoken else None


def astray(session: Session, municipality_id: UUID, *, today: date, portions: int = 0) -> set[UUID]:
    """Return the items that lie ready otherwise than the rule says; of some portions, or of all."""
    settle(session, municipality_id, today=today)
    cadence, found = rhythm(session, municipality_id, on=today).cadence, set[UUID]()
    for subjects in islice(everybody(session, municipality_id), portions or None):
        said = {
            cells["id"]: comparable(cells)
            for cells in rows_of(session, municipality_id, subjects, cadence, today)
        }
        kept = stock.rows_about(session, municipality_id, subjects.every())
        there = {cells["id"]: comparable(cells) for cells in kept}
        found |= {id_ for id_ in said.keys() | there.keys() if said.get(id_) != there.get(id_)}
    return found


def comparable(cells: Cells) -> Cells:
    """Leave out when a row was written."""
    return {name: cells[name] for name in cells if name != "created_at"}
