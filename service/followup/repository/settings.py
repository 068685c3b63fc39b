"""Every query of the office's rhythm: versions of the cadence, and closures."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from service.followup.tables import CadenceVersion, Closure


def version_on(session: Session, municipality_id: UUID, on: date) -> CadenceVersion | None:
    """Return the version that holds on a day: the last one made of those that began last."""
    query = (
        select(CadenceVersion)
        .where(CadenceVersion.municipality_id == municipality_id, CadenceVersion.effective_on <= on)
        .order_by(col(CadenceVersion.effective_on).desc(), col(CadenceVersion.version).desc())
    )
    return session.exec(query.limit(1)).first()


def versions(session: Session, municipality_id: UUID) -> Sequence[CadenceVersion]:
    """Return every version, the newest first."""
    query = select(CadenceVersion).where(CadenceVersion.municipality_id == municipality_id)
    return session.exec(query.order_by(col(CadenceVersion.version).desc())).all()


def spans(session: Session, municipality_id: UUID) -> list[tuple[date, date]]:
    """Return first and last days of the closures that stand."""
    query = sa.select(col(Closure.first_on), col(Closure.last_on)).where(
        col(Closure.municipality_id) == municipality_id, col(Closure.ended_at).is_(None)
    )
    return [(first, last) for first, last in session.execute(query)]


def closures(session: Session, municipality_id: UUID) -> Sequence[Closure]:
    """Return the closures that stand, by their days."""
    query = select(Closure).where(
        Closure.municipality_id == municipality_id, col(Closure.ended_at).is_(None)
    )
    return session.exec(query.order_by(col(Closure.first_on), col(Closure.id))).all()


def closure_of(session: Session, municipality_id: UUID, closure_id: UUID) -> Closure | None:
    query = select(Closure).where(
        Closure.municipality_id == municipality_id,
        Closure.id == closure_id,
        col(Closure.ended_at).is_(None),
    )
    return session.exec(query.with_for_update()).one_or_none()
