"""Every suggestion query."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session, col, func, insert, select, update

from catalogue.tables import Activity, Area, Host
from service.accounts.actions import Staff
from service.database import run
from service.encryption.columns import sealed_values
from service.persons.repository import visible_people
from service.persons.tables import Person
from service.suggestions.tables import OwnAnswer, Round, Suggestion, Tier

# How many rounds of one day are looked through for the same question.
LOOKED_BACK: Final = 16


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a round says of one activity, without the facts that are only kept."""

    id: UUID
    activity_id: UUID
    tier: Tier
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """An activity with the host and the area it belongs to."""

    activity: Activity
    host: Host
    area: Area


_KEEP_ROUND: Final = insert(Round)
_KEEP_SUGGESTIONS: Final = insert(Suggestion)


def round_of(session: Session, staff: Staff, round_id: UUID) -> Round | None:
    """Return one round of a person the caller may see."""
    people = visible_people(staff).with_only_columns(col(Person.id))
    return session.exec(
        select(Round).where(Round.id == round_id, col(Round.person_id).in_(people))
    ).one_or_none()


def rounds_like(session: Session, known: Mapping[str, Any]) -> Sequence[Round]:
    """Return the last rounds with these columns, the newest first."""
    same = [col(getattr(Round, name)) == value for name, value in known.items()]
    query = select(Round).where(*same).order_by(col(Round.computed_at).desc())
    return session.exec(query.limit(LOOKED_BACK)).all()


def suggestions_of(session: Session, round_id: UUID) -> list[Proposed]:
    """Return what a round proposed, in its order."""
    columns = (
        col(Suggestion.id),
        col(Suggestion.activity_id),
        col(Suggestion.tier),
        col(Suggestion.person_id),
        Suggestion.content.column,
    )
    query = select(Suggestion).where(Suggestion.round_id == round_id)
    rows = session.execute(
        query.order_by(col(Suggestion.position)).with_only_columns(*columns)
    ).all()
    opened = Suggestion.content.opened
    return [
        Proposed(id_, activity_id, Tier(tier), opened(session, sealed, row_id=id_, owner_id=owner))
        for id_, activity_id, tier, owner, sealed in rows
    ]


def keep(
    session: Session,
    made: Round,
    proposed: Sequence[Proposed],
    *,
    offers: Mapping[UUID, dict[str, Any]],
) -> None:
    """Write a round with its suggestions: two statements, however many are proposed.

    They are written as plain rows: a session that keeps book of every object costs more than
    the matching.
    """
    run(session, _KEEP_ROUND, sealed_values(session, Round, made.told()))
    shared = {
        "municipality_id": made.municipality_id,
        "person_id": made.person_id,
        "round_id": made.id,
        "created_at": made.created_at,
    }
    rows = [
        shared
        | {
            "id": each.id,
            "activity_id": each.activity_id,
            "tier": each.tier,
            "position": position,
            "score": each.content["score"],
            "content": each.content,
            "facts": offers[each.activity_id],
        }
        for position, each in enumerate(proposed)
    ]
    if rows:
        sealed = [sealed_values(session, Suggestion, row) for row in rows]
        run(session, _KEEP_SUGGESTIONS, sealed)


def mark_shown(
    session: Session, round_id: UUID, activity_ids: Collection[UUID], *, at: datetime
) -> None:
    """Note which proposals of a round are shown to the person from now on."""
    statement = update(Suggestion).where(
        col(Suggestion.round_id) == round_id, col(Suggestion.activity_id).in_(activity_ids)
    )
    session.execute(statement.values(shown_at=at))


def shown_of(session: Session, round_id: UUID) -> Sequence[Suggestion]:
    """Return what of a round was shown last, in its order."""
    last = select(func.max(Suggestion.shown_at)).where(Suggestion.round_id == round_id)
    query = select(Suggestion).where(
        Suggestion.round_id == round_id, Suggestion.shown_at == last.scalar_subquery()
    )
    return session.exec(query.order_by(col(Suggestion.position))).all()


def answered(session: Session, person_id: UUID) -> list[tuple[UUID, OwnAnswer, datetime]]:
    """Return what somebody said of activities themselves, the oldest answer first."""
    query = select(Suggestion.activity_id, Suggestion.own_answer, Suggestion.answered_at).where(
        Suggestion.person_id == person_id, col(Suggestion.own_answer).is_not(None)
    )
    rows = session.exec(query.order_by(col(Suggestion.answered_at), col(Suggestion.id)))
    return [(activity_id, OwnAnswer(said), on) for activity_id, said, on in rows if said and on]


def offers_of(session: Session, activity_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return what is kept of activities as they are now: title, version and terms."""
    query = select(Activity.id, Activity.title, Activity.version, Activity.terms)
    rows = session.exec(query.where(col(Activity.id).in_(list(activity_ids))))
    return {
        id_: {"title": title, "version": version, "terms": terms}
        for id_, title, version, terms in rows
    }


def places_of(session: Session, staff: Staff, activity_ids: Iterable[UUID]) -> dict[UUID, Place]:
    """Return activities of the caller's catalogue with their hosts and areas."""
    rows = session.exec(
        select(Activity, Host, Area)
        .join(Host, col(Host.id) == col(Activity.host_id))
        .join(Area, col(Area.id) == col(Activity.area_id))
        .where(
            Activity.municipality_id == staff.municipality_id,
            col(Activity.id).in_(list(activity_ids)),
        )
    )
    return {row[0].id: Place(*row) for row in rows}


def titles_of(session: Session, staff: Staff, activity_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the titles of activities of the caller's catalogue."""
    query = select(Activity.id, Activity.title).where(
        Activity.municipality_id == staff.municipality_id,
        col(Activity.id).in_(list(activity_ids)),
    )
    return dict(session.exec(query).all())
