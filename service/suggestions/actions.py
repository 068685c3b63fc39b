"""Ask the matching for somebody, and keep what it answered with the facts it rested on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from sqlmodel import Session

import matching
from catalogue.profiles import PersonProfile, Tried
from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.persons.actions import latest_assessment, person_for, profile_of
from service.refusals import Kind, Refusal
from service.suggestions import repository
from service.suggestions.engine import Dated, Indexes
from service.suggestions.tables import Round, Suggestion, Tier
from service.suggestions.telling import Told, told

RESOURCE = "suggestion"
# How many exclusions are explained: the nearest misses say most about what could be arranged.
MISSES: Final = 50


class NoSuchRound(Refusal):
    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class Kept:
    """A round as it was computed, with what it proposed in its order."""

    round: Round
    suggestions: Sequence[Suggestion]

    def of(self, tier: Tier) -> list[Suggestion]:
        return [suggestion for suggestion in self.suggestions if suggestion.tier is tier]


def suggest(
    session: Session,
    staff: Staff,
    person_id: UUID,
    *,
    indexes: Indexes,
    history: Callable[[Session, UUID], tuple[Tried, ...]],
    limit: int,
    as_of: date,
    at: datetime,
) -> Kept:
    """Match one person against the catalogue as it stands, and keep the answer."""
    person = person_for(session, staff, person_id, act=Act.MATCH, resource=RESOURCE, at=at)
    profile = profile_of(session, person, on=as_of, tried=history(session, person.id))
    dated = indexes.on(session, person.municipality_id, as_of)
    answer = _answered(dated, profile, limit=limit)
    assessment = latest_assessment(session, person.id)
    made = Round(
        municipality_id=person.municipality_id,
        person_id=person.id,
        assessment_id=assessment.id if assessment else None,
        asked_by=staff.id,
        computed_at=at,
        as_of=as_of,
        catalogue_revision=dated.revision,
        weights_version=matching.WEIGHTS.version,
        held=answer["held"],
        facts=_facts_of(profile),
        excluded=answer["excluded"],
    )
    session.add(made)
    session.flush()
    return Kept(made, _keep(session, made, answer))


def suggest_for(
    session: Session,
    staff: Staff,
    profile: PersonProfile,
    *,
    indexes: Indexes,
    limit: int,
    as_of: date,
) -> tuple[Told, int]:
    """Match somebody who is only described; return the answer and the catalogue's revision."""
    dated = indexes.on(session, staff.municipality_id, as_of)
    return _answered(dated, profile, limit=limit), dated.revision


def _answered(dated: Dated, profile: PersonProfile, *, limit: int) -> Told:
    return told(matching.match(dated.index, profile, limit=limit, excluded=MISSES))


def _keep(session: Session, made: Round, answer: Told) -> list[Suggestion]:
    proposals = [(tier, content) for tier in Tier for content in answer[tier.value]]
    wanted = [UUID(content["activity"]) for _, content in proposals]
    activities = repository.activities_of(session, wanted)
    kept = [
        Suggestion(
            municipality_id=made.municipality_id,
            round_id=made.id,
            activity_id=activity_id,
            tier=tier,
            position=position,
            score=content["score"],
            content=content,
            facts={
                "title": activities[activity_id].title,
                "version": activities[activity_id].version,
                "terms": activities[activity_id].terms,
            },
        )
        for position, (activity_id, (tier, content)) in enumerate(
            zip(wanted, proposals, strict=True)
        )
    ]
    session.add_all(kept)
    session.flush()
    return kept


def _facts_of(profile: PersonProfile) -> dict[str, Any]:
    """Return what was known of the person besides the assessment, which is kept by itself."""
    return {
        "stage": profile.stage,
        "area": profile.area,
        "ages": profile.ages,
        "shared_with": profile.shared_with,
        "tried": [
            {"activity": past.activity, "outcome": past.outcome, "on": past.on.isoformat()}
            for past in profile.tried
        ],
    }


def read_round(session: Session, staff: Staff, round_id: UUID, *, at: datetime) -> Kept:
    """Return a round as it was computed then, whatever has changed since."""
    found = repository.round_of(session, staff, round_id)
    if found is None:
        raise NoSuchRound("no such suggestions")
    record_access(session, staff, [found.person_id], act=Act.READ, resource=RESOURCE, at=at)
    return Kept(found, repository.suggestions_of(session, found.id))
