"""Many people and many places at once: a proposal who might go where; nobody is placed by it.

First as many people as possible, so that those with the fewest places to go are not left over; then
the worst-off pair as good as possible; then the best total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from catalogue.profiles import ActivityProfile, PersonProfile
from matching.answer import Proposal, Reason
from matching.arrays import Ints, Rows
from matching.board import DIGITS
from matching.index import Index
from matching.nothing import Bound, bound
from matching.solve import CLOSED, solve
from matching.standing import Standing, Tier, proposals, standing, why_apart
from matching.weights import WEIGHTS, Weights

STEP: Final = 10**DIGITS + 1  # more than any score: a tier is never outweighed by a score
FURTHER: Final = 2  # options told beside the one that was given
UNSTATED_PLACES: Final = 1  # where the host has named no number: one may be asked for


@dataclass(frozen=True, slots=True)
class Option:
    """One place for one person, and how many seats of it are left by this assignment."""

    tier: Tier
    proposal: Proposal
    seats_left: int


@dataclass(frozen=True, slots=True)
class Given:
    """One person's place in the proposal, why this one, and what stands beside it."""

    person: str
    option: Option
    why: Reason
    further: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """One person without a place: what would have suited but went to others, or what bound."""

    person: str
    why: Reason
    further: tuple[Option, ...]
    bound: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """The whole proposal, people in order of ids.

    ``held`` are those who get no proposal today, or have agreed to nothing.
    """

    given: tuple[Given, ...]
    unplaced: tuple[Unplaced, ...]
    held: tuple[tuple[str, Reason], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Worth of each (person, row of the part), CLOSED where it must not be, and the seats."""

    part: Index
    people: Sequence[PersonProfile]
    worth: Ints
    seats: Ints

    def options(self, at: int) -> list[int]:
        """Return one person's places, the best first, ties in order of ids."""
        order = np.argsort(-self.worth[at], kind="stable")
        found: list[int] = order[self.worth[at][order] > CLOSED].tolist()
        return found

    def chances(self, at: int) -> int:
        """Return how many places are open to one person."""
        return int((self.worth[at] > CLOSED).sum())


def seats_of(activity: ActivityProfile) -> int:
    """Return how many seats an activity has as far as is known; unknown, one may be asked for."""
    known = (activity.places_left, activity.capacity, UNSTATED_PLACES)
    return next(places for places in known if places is not None)


def _seats(index: Index, places: Mapping[str, int] | None) -> tuple[Rows, Ints]:
    """Return the rows that are asked about with their seats, never more than are left."""
    known = {activity.id: row for row, activity in enumerate(index.activities)}
    if places is None:
        places = {activity.id: seats_of(activity) for activity in index.activities}
    rows = sorted(known[name] for name in places)
    seats = []
    for row in rows:
        left = index.activities[row].places_left
        wanted = places[index.activities[row].id]
        seats.append(wanted if left is None else min(wanted, left))
    return np.array(rows, dtype=np.intp), np.array(seats, dtype=np.int64)


def _worth(stands: Standing, size: int, allowed: frozenset[Tier]) -> Ints:
    worth = np.full(size, CLOSED, dtype=np.int64)
    may = np.isin(stands.tier, [int(tier) for tier in allowed])
    tiers_below = len(Tier) - 1 - stands.tier[may]
    worth[stands.rows[may]] = tiers_below * STEP + np.rint(stands.score[may] * 10**DIGITS)
    return worth


def _why(table: _Table, placed: Mapping[int, int], at: int) -> Reason:
    """Say why this place and not the first choice, which was full."""
    options = table.options(at)
    first = options[0]
    if placed.get(at) == first:
        return Reason("first_choice")
    there = [other for other, place in placed.items() if place == first]
    fewest = min((table.chances(other) for other in there), default=len(options))
    if fewest < len(options):
        return Reason("needed_by_fewer_options", len(options), fewest)
    best = max((int(table.worth[other, first]) for other in there), default=CLOSED)
    suits = best > int(table.worth[at, first])
    return Reason("suits_another_better" if suits else "shared_out")


def _told(
    table: _Table, placed: Mapping[int, int], at: int, weights: Weights
) -> tuple[Option | None, tuple[Option, ...]]:
    """Give the reasons for a person's own place and for the best others."""
    own = placed.get(at)
    others = [place for place in table.options(at) if place != own][:FURTHER]
    wanted = others if own is None else [own, *others]
    known = proposals(table.part, table.people[at], wanted, weights=weights)
    taken = np.bincount(list(placed.values()), minlength=len(table.seats))
    left = table.seats - taken

    def option(place: int) -> Option:
        below = int(table.worth[at, place]) // STEP
        return Option(Tier(len(Tier) - 1 - below), known[place], int(left[place]))

    return None if own is None else option(own), tuple(option(place) for place in others)


def _unplaced(table: _Table, at: int, further: tuple[Option, ...], why: Reason | None) -> Unplaced:
    who = table.people[at]
    if why is not None:
        return Unplaced(who.id, why, further, ())
    if len(standing(table.part, who).rows):  # open, but not as was asked for
        return Unplaced(who.id, Reason("only_with_changes"), (), ())
    return Unplaced(who.id, Reason("nothing_suits"), (), bound(table.part, who))


def assign(
    index: Index,
    people: Iterable[PersonProfile],
    places: Mapping[str, int] | None = None,
    *,
    adaptable: bool = True,
    ask_host: bool = True,
    weights: Weights = WEIGHTS,
) -> Assignment:
    """Propose who might go where: as many as possible, the worst-off best, the best total.

    ``places`` gives seats by activity id; without it every activity takes as many as it has left.
    Neither the order of people nor that of places matters; ties stand in order of ids. People with
    equal ids are one.

    Raises:
        KeyError: an activity of ``places`` is not in the index.

    """
    everybody = sorted({who.id: who for who in people}.values(), key=lambda who: who.id)
    held = tuple((who.id, why) for who in everybody if (why := why_apart(who)))
    free = [who for who in everybody if why_apart(who) is None]
    rows, seats = _seats(index, places)
    part = index.part(rows)
    tiers = {Tier.FITS} | ({Tier.ADAPTABLE} if adaptable else set())
    allowed = frozenset(tiers | ({Tier.ASK_HOST} if ask_host else set()))
    worth = [_worth(standing(part, who, weights=weights), len(rows), allowed) for who in free]
    laid = np.array(worth, dtype=np.int64).reshape(len(free), len(rows))
    laid[:, seats <= 0] = CLOSED
    table = _Table(part, free, laid, seats)
    return _explained(table, solve(laid, seats), held, weights)


def _explained(
    table: _Table,
    placed: Mapping[int, int],
    held: tuple[tuple[str, Reason], ...],
    weights: Weights,
) -> Assignment:
    given: list[Given] = []
    unplaced: list[Unplaced] = []
    for at, who in enumerate(table.people):
        own, further = _told(table, placed, at, weights)
        why = _why(table, placed, at) if table.options(at) else None
        if own is None or why is None:
            unplaced.append(_unplaced(table, at, further, why))
        else:
            given.append(Given(who.id, own, why, further))
    return Assignment(tuple(given), tuple(unplaced), held)
