"""Which contacts are owed, to whom and when: computed from facts alone, so nothing is missed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from service.followup.cadence import Cadence, Occasion
from service.followup.facts import Facts, HostFacts, PersonFacts, PlacementFacts
from service.followup.ledger import Ledger, Worry
from service.followup.roads import Silence, road_of
from service.followup.subjects import SIDES, about, sides_of
from service.followup.trends import needs_another_way, trend_of
from service.followup.walk import Walk
from service.followup.windows import Due, answered_on, deferred, lay
from service.followup.workdays import add_working_days
from service.placements.lifecycle import CLOSED, Side


def due(facts: Facts, cadence: Cadence, today: date) -> tuple[Due, ...]:
    """Return what is owed today. What is not answered stays; only its own deferral hides it."""
    return tuple(
        each
        for each in owed(facts, cadence)
        if each.earliest <= today and (each.back_on is None or each.back_on <= today)
    )


def owed(facts: Facts, cadence: Cadence) -> tuple[Due, ...]:
    """Return every open window of these facts, also those that have not begun."""
    found = [*_open_windows(facts, cadence)]
    return tuple(_marked(each, facts.ledger, cadence) for each in found)


def next_window(facts: PlacementFacts, side: Side, cadence: Cadence) -> Due | Silence:
    """Return the one next window of a placement's side, or the reason why there is none."""
    road = road_of(facts, side)
    if isinstance(road, Silence):
        return road
    subject = about(facts, side)
    walk = Walk(subject, facts.ledger, cadence, road.start, trend_of(facts), road.promised)
    for occasion in road.occasions:
        if found := walk.through(cadence.line(occasion)):
            return found
    return Silence.COMPLETE


def _marked(found: Due, ledger: Ledger, cadence: Cadence) -> Due:
    back = deferred(found, ledger.left, cadence.closures)
    return replace(back, another_way=needs_another_way(ledger.told(found.side)))


def _open_windows(facts: Facts, cadence: Cadence) -> Iterator[Due]:
    for worry in facts.worries:
        yield from _worried(facts, worry, cadence)
    match facts:
        case PlacementFacts():
            for side in SIDES:
                found = next_window(facts, side, cadence)
                if isinstance(found, Due):
                    yield found
                yield from _after_days(facts, side, cadence)
        case PersonFacts():
            yield from _of_person(facts, cadence)
        case HostFacts():
            since = facts.confirmed_on or facts.known_since
            yield from _repeated(facts, Occasion.UNCONFIRMED, Side.HOST, since, cadence)


def _of_person(facts: PersonFacts, cadence: Cadence) -> Iterator[Due]:
    if facts.at_home:
        yield from _repeated(facts, Occasion.AT_HOME, Side.PERSON, facts.known_since, cadence)
    if facts.consent_until:
        since = facts.consent_until
        yield from _once(facts, Occasion.CONSENT_ENDS, Side.PERSON, since, cadence)


def _after_days(facts: PlacementFacts, side: Side, cadence: Cadence) -> Iterator[Due]:
    """Yield what a single day asks for: a rest without word, a day not heard of, a step back."""
    if facts.status in CLOSED:
        return
    # of two on one day the one that was written down last
    last = max(reversed(facts.visits), key=lambda visit: visit.on, default=None)
    if last and last.rested_without_word:
        yield from _once(facts, Occasion.RESTED, side, last.on, cadence)
    if last and last.unheard:
        yield from _once(facts, Occasion.UNHEARD, side, last.on, cadence)
    if stepped := facts.days.stepped_back_on:
        yield from _once(facts, Occasion.STEPPED_BACK, side, stepped, cadence)


def _once(
    facts: Facts, occasion: Occasion, side: Side, since: date, cadence: Cadence
) -> Iterator[Due]:
    for window in cadence.line(occasion).windows(side):
        found = lay(window, about(facts, side), occasion, since=since, closures=cadence.closures)
        if answered_on(found, facts.ledger.told(side), facts.ledger.left) is None:
            yield found


def _repeated(
    facts: Facts, occasion: Occasion, side: Side, since: date, cadence: Cadence
) -> Iterator[Due]:
    walk = Walk(about(facts, side), facts.ledger, cadence, since)
    if found := walk.through(cadence.line(occasion)):
        yield found


def _worried(facts: Facts, worry: Worry, cadence: Cadence) -> Iterator[Due]:
    """Both sides are asked; whoever raised it again and again, until it is settled."""
    for side in sides_of(facts):
        subject = replace(about(facts, side), id=worry.id)
        window, *_ = cadence.line(Occasion.CONCERN).windows(side)
        found = lay(
            window, subject, Occasion.CONCERN, since=worry.raised_on, closures=cadence.closures
        )
        told = facts.ledger.told(side)
        if answered_on(found, told, facts.ledger.left) is None:
            yield found
        elif worry.side in {side, Side.TEAM}:
            yield from _once_more(found, facts.ledger, cadence)


def _once_more(found: Due, ledger: Ledger, cadence: Cadence) -> Iterator[Due]:
    told = ledger.told(found.side)
    answers = [each.on for each in told if each.answers and each.on >= found.since]
    if not answers:  # it was said not to be needed
        return
    window, *_ = cadence.line(found.occasion).windows(found.side)
    again = lay(
        window, found.subject, found.occasion, since=max(answers), closures=cadence.closures
    )
    day = add_working_days(max(answers), window.due, cadence.closures)
    again = replace(again, opens=day, earliest=day)
    if answered_on(again, (), ledger.left) is None:
        yield again
