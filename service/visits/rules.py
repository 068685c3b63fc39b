"""What each word for a visit allows. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from service.placements.lifecycle import Status
from service.refusals import Kind, Refusal
from service.visits.words import KNOWN_BEFORE, TOOK_PART, Feeling, Outcome

# From a promise on there may be days to speak of, and afterwards they may be written down late.
VISITED: Final[dict[Status, bool]] = {
    Status.PROPOSED: False,
    Status.WANTED: False,
    Status.ASKED: False,
    Status.AGREED: True,
    Status.TRYING: True,
    Status.CONTINUING: True,
    Status.RESTING: True,
    Status.ENDED: True,
    Status.PASSED: False,
    Status.SUPERSEDED: False,
}


class UnfitVisit(Refusal):
    kind: ClassVar = Kind.MALFORMED


class NoVisitYet(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One dated participation as it was told. None and UNKNOWN: nobody said."""

    occurred_on: date
    outcome: Outcome
    with_notice: bool | None = None
    moved_by: str = ""
    minutes: int | None = None
    pieces: int | None = None
    feeling: Feeling = Feeling.UNKNOWN
    small_change: str = ""
    note: str = ""


def unfit(report: Report) -> Refusal | None:
    """Say what does not go together with the outcome."""
    measured = report.minutes is not None or report.pieces is not None
    if measured and not TOOK_PART[report.outcome]:
        return UnfitVisit(f"minutes and pieces do not go with {report.outcome}")
    if report.with_notice is not None and report.outcome is not Outcome.RESTED:
        return UnfitVisit("with_notice goes with rested only")
    if report.outcome is Outcome.MOVED and not report.moved_by:
        return UnfitVisit("moved says by whom: moved_by is person, host or team")
    if report.moved_by and report.outcome is not Outcome.MOVED:
        return UnfitVisit("moved_by goes with moved only")
    return None


def too_early(report: Report, *, status: Status, today: date) -> Refusal | None:
    """Say why there can be no such visit yet."""
    if not VISITED[status]:
        return NoVisitYet(f"a placement that is {status} has no visits", current=status)
    if report.occurred_on > today and report.outcome not in KNOWN_BEFORE:
        return NoVisitYet("this day has not come yet", latest=today.isoformat())
    return None
