"""Show proposals to the person beside the screen, and keep what they say as their own choice."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final, NamedTuple
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.accounts.own import show_only
from service.audit.actions import record_access
from service.audit.tables import Act
from service.clock import local_day
from service.languages.ours import ours
from service.paper.actions import Printed, printed
from service.refusals import Kind, Refusal
from service.suggestions import repository
from service.suggestions.actions import RESOURCE, read_round, round_for
from service.suggestions.tables import OwnAnswer, Suggestion

CARDS: Final = 3

OWN_ANSWER_WORDS: Final[dict[OwnAnswer, str]] = ours(
    {OwnAnswer.LOOK: "見てみたい", OwnAnswer.NOT_NOW: "今はいい"}
)


class NothingShown(Refusal):
    """Nothing is shown on this screen, or not this: both are answered alike."""

    kind: ClassVar = Kind.MISSING


class Choice(NamedTuple):
    """What somebody said of an activity themselves, and on which day."""

    words: str
    on: date


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as the person sees it: the activity's sheet, and what they said of it."""

    suggestion: Suggestion
    sheet: Printed


def begin(
    session: Session,
    staff: Staff,
    person_id: UUID,
    round_id: UUID,
    chosen: Collection[UUID],
    *,
    at: datetime,
) -> None:
    """Show up to three proposals of a round; from now on this sign-in opens nothing else."""
    proposed = round_for(session, staff, person_id, round_id, at=at).suggestions
    picked = [each for each in proposed if each.activity_id in chosen] or proposed
    if not picked:
        raise NothingShown("this round proposed nothing")
    ids = [each.activity_id for each in picked[:CARDS]]
    repository.mark_shown(session, round_id, ids, at=at)
    show_only(session, staff, round_id)


def shown(session: Session, staff: Staff, *, today: date, at: datetime) -> list[Shown]:
    """Return what is on this screen, with the words of each activity's own sheet."""
    rows = _rows(session, staff, at=at)
    sheets = printed(session, staff, [row.activity_id for row in rows], today=today)
    return [Shown(row, sheet) for row, sheet in zip(rows, sheets, strict=True)]


def answer(
    session: Session, staff: Staff, suggestion_id: UUID, said: OwnAnswer, *, at: datetime
) -> None:
    """Keep what the person said of something on this screen; they may say otherwise later."""
    row = next((row for row in _rows(session, staff, at=at) if row.id == suggestion_id), None)
    if row is None:
        raise NothingShown("this is not on the screen")
    record_access(session, staff, [row.person_id], act=Act.WRITE, resource=RESOURCE, at=at)
    row.own_answer, row.answered_at = said, at
    session.flush()


def _rows(session: Session, staff: Staff, *, at: datetime) -> Sequence[Suggestion]:
    if staff.showing is None:
        raise NothingShown("nothing is shown on this screen")
    read_round(session, staff, staff.showing, at=at)
    return repository.shown_of(session, staff.showing)


def choices(session: Session, person_id: UUID) -> dict[UUID, Choice]:
    """Return the last word of somebody on each activity that was shown to them."""
    return {
        activity_id: Choice(OWN_ANSWER_WORDS[said], local_day(on))
        for activity_id, said, on in repository.answered(session, person_id)
    }
