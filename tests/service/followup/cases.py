"""Short ways to say facts in tests: everything happens in the spring of 2026 unless said."""

from datetime import date
from typing import Any
from uuid import UUID

from service.followup.cadence import STANDARD, Cadence, Occasion
from service.followup.facts import Days, Facts, HostFacts, PersonFacts, PlacementFacts
from service.followup.ledger import Ledger, Told
from service.followup.rules import owed
from service.followup.windows import Due
from service.placements.lifecycle import Side, Status

PLACEMENT, PERSON, HOST, CONCERN = (UUID(int=number) for number in range(1, 5))
TUESDAY = date(2026, 3, 10)


def day(text: str) -> date:
    """Read a day; without a year it is in 2026."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def told(*days: str, **more: Any) -> tuple[Told, ...]:
    return tuple(Told(day(text), "call", **more) for text in days)


def unreached(*tries: tuple[str, str]) -> tuple[Told, ...]:
    return tuple(Told(day(text), channel, reached=False, answers=False) for text, channel in tries)


def both(*days: str, **more: Any) -> Ledger:
    """Say that both sides were talked with on these days."""
    return Ledger(person=told(*days, **more), host=told(*days, **more))


def placement(status: Status, ledger: Ledger | None = None, **more: Any) -> PlacementFacts:
    """Return a placement whose days go before `more` where nothing else is said."""
    visits, worries = more.pop("visits", ()), more.pop("worries", ())
    days = Days(**{"proposed_on": TUESDAY} | more)
    return PlacementFacts(
        PLACEMENT, PERSON, HOST, status, days, ledger or Ledger(), visits, worries
    )


def trying(ledger: Ledger | None = None, **more: Any) -> PlacementFacts:
    return placement(Status.TRYING, ledger, **{"first_on": TUESDAY, "begun_on": TUESDAY} | more)


def person(ledger: Ledger | None = None, **more: Any) -> PersonFacts:
    return PersonFacts(PERSON, TUESDAY, ledger=ledger or Ledger(), **more)


def host(ledger: Ledger | None = None, **more: Any) -> HostFacts:
    return HostFacts(HOST, TUESDAY, ledger=ledger or Ledger(), **more)


def only(facts: Facts, occasion: Occasion, side: Side, cadence: Cadence = STANDARD) -> Due | None:
    """Return what is owed to this side on this occasion, of which there may be one at most."""
    found = [due for due in owed(facts, cadence) if (due.occasion, due.side) == (occasion, side)]
    assert len(found) <= 1
    return found[0] if found else None


def window(due: Due | None) -> tuple[str, str, str] | None:
    """Return the three days of a window as they are written in tests."""
    if due is None:
        return None
    return (due.earliest.isoformat(), due.due.isoformat(), due.late.isoformat())


def days(*texts: str) -> tuple[str, ...]:
    return tuple(day(text).isoformat() for text in texts)
