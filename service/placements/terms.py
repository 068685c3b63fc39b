"""What may be said along with each move, and what must be. Pure."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar, Final

from service.placements.lifecycle import Action, Employment, EndReason, Side
from service.refusals import Kind, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is said along with a move. None: nothing was said about it."""

    own_words: str | None = None
    asked_until: date | None = None
    minutes: int | None = None
    dose: str | None = None
    first_on: date | None = None
    companion: str | None = None
    may_tell: tuple[str, ...] | None = None
    kind: Employment | None = None
    insured: bool | None = None
    rest_until: date | None = None
    ask_again_on: date | None = None
    reason: EndReason | None = None
    side: Side | None = None
    supersede_others: bool | None = None
    override_reason: str | None = None

    def said(self) -> dict[str, Any]:
        """Return what was said, by name."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value is not None}

    def told(self) -> dict[str, Any]:
        """Return what was said as a document for the move's row."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.said().items()
        }


NO_TERMS: Final = Terms()

_DOSE: Final = frozenset({"minutes", "dose"})
_PRACTICE: Final = _DOSE | {"companion", "kind", "insured"}
# What an agreement writes down; what of it is still open is listed with the placement.
AGREEMENT: Final = _PRACTICE | {"first_on", "may_tell"}

TAKES: Final[dict[Action, frozenset[str]]] = {
    Action.WANT: frozenset({"own_words"}),
    Action.ASK: frozenset({"asked_until", "may_tell"}),
    Action.HOST_ACCEPTS: AGREEMENT | {"supersede_others"},
    Action.HOST_PASSES: frozenset(),
    Action.AGREE: AGREEMENT | {"supersede_others"},
    Action.BEGIN: _PRACTICE | {"first_on"},
    Action.CONTINUE: _PRACTICE,
    Action.REST: frozenset({"rest_until", "ask_again_on", "side"}),
    Action.RETURN: _DOSE,
    Action.CHANGE_DOSE: _DOSE,
    Action.STEP_UP: _DOSE,
    Action.STEP_BACK: _DOSE,
    Action.END: frozenset({"reason", "side"}),
    Action.PASS: frozenset({"side"}),
    Action.SUPERSEDE: frozenset(),
    Action.REOPEN: frozenset({"override_reason"}),
}

NEEDS: Final[dict[Action, frozenset[str]]] = dict.fromkeys(Action, frozenset[str]()) | {
    Action.END: frozenset({"reason", "side"}),
    Action.PASS: frozenset({"side"}),
}


class UnfitTerms(Refusal):
    kind: ClassVar = Kind.MALFORMED


def unfit(action: Action, terms: Terms) -> Refusal | None:
    """Say which terms the move lacks, and which it has nothing to do with."""
    said = terms.said()
    needed = sorted(NEEDS[action] - said.keys())
    unexpected = sorted(said.keys() - TAKES[action])
    if not needed and not unexpected:
        return None
    parts = [f"{action} needs {', '.join(needed)}"] if needed else []
    parts += [f"{action} does not take {', '.join(unexpected)}"] if unexpected else []
    return UnfitTerms("; ".join(parts), needed=needed, unexpected=unexpected)
