"""Write what was said along with a move onto the placement."""

from datetime import date
from typing import Final

from service.placements.lifecycle import Action, Side
from service.placements.rules import rest_of, soft_hold_of
from service.placements.tables import Placement
from service.placements.terms import AGREEMENT, Terms
from service.settings import Settings

# These stand on the placement under the name they have in the terms.
_SAME_NAME: Final = AGREEMENT | {"own_words"}


def write_terms(
    placement: Placement, action: Action, terms: Terms, *, on: date, settings: Settings
) -> None:
    """Bring the placement up to what the move said; what was not spoken of stays."""
    for name, value in terms.said().items():
        if name in _SAME_NAME:
            setattr(placement, name, list(value) if name == "may_tell" else value)
    if action is Action.ASK:
        placement.asked_until = soft_hold_of(terms, on=on, days=settings.soft_hold_days)
    if action is Action.REST:
        rest = rest_of(terms, on=on, weeks=settings.rest_weeks)
        placement.rest_until, placement.ask_again_on = rest.until, rest.ask_again_on
    if action is Action.BEGIN and placement.first_on is None:
        placement.first_on = on
    _write_close(placement, action, terms)


def _write_close(placement: Placement, action: Action, terms: Terms) -> None:
    if action in {Action.END, Action.PASS}:
        placement.end_reason, placement.end_side = terms.reason, terms.side
    if action is Action.HOST_PASSES:
        placement.end_side = Side.HOST
    if action in {Action.BEGIN, Action.RETURN}:
        placement.rest_until = placement.ask_again_on = None
    if action is Action.REOPEN:
        _begin_anew(placement)
        placement.override_reason = terms.override_reason or ""


def _begin_anew(placement: Placement) -> None:
    """Nothing that was agreed the last time holds for the next; the moves remember it."""
    placement.asked_until = placement.first_on = placement.minutes = None
    placement.kind = placement.insured = placement.end_reason = placement.end_side = None
    placement.rest_until = placement.ask_again_on = None
    placement.dose = placement.companion = ""
    placement.may_tell = []
