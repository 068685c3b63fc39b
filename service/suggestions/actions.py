"""Ask the matching for somebody, and keep what it answered with the facts it rested on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from sqlmodel import Session

import matching
from catalogue.profiles import PersonProfile, Tried
from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.clock import local_day
from service.companions.actions import aided
from service.persons.actions import person_for, portrayed
from service.refusals import Kind, Refusal
from service.suggestions import repository
from service.suggestions.apart import places_apart
from service.suggestions.engine import Dated, Indexes
from service.suggestions.repository import Proposed
from service.suggestions.smallest import BOUND, STEPS, smallest_changes
from service.suggestions.tables import Round, Tier
from service.suggestions.telling import Told, told

RESOURCE = "suggestion"
# How many exclusions are explained unless all are asked for: the nearest misses say most about
# what could be arranged.
MISSES: Final = 8
IN_ALL: Final = "excluded_total"
# What an answer says besides its tiers; a round keeps it among its facts.
BESIDES: Final = (IN_ALL, STEPS, BOUND)
# What of the picture was otherwise on that day, for this answer alone.
CONDITIONS: Final = "conditions"

History = Callable[[Session, UUID], tuple[Tried, ...]]


class NoSuchRound(Refusal):
    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class Kept:
    """A round as it was computed, with what it proposed in its order."""

    round: Round
    suggestions: Sequence[Proposed]

    def of(self, tier: Tier) -> list[Proposed]:
        return [suggestion for suggestion in self.suggestions if suggestion.tier is tier]

    @property
    def besides(self) -> Told:
        """How many were left out in all; where nothing is proposed, what bound and would open."""
        facts = {IN_ALL: len(self.round.excluded)} | self.round.facts
        return {name: facts[name] for name in BESIDES if name in facts}


def suggest(
    session: Session,
    staff: Staff,
    person_id: UUID,
    *,
    indexes: Indexes,
    history: History,
    limit: int,
    as_of: date,
    at: datetime,
    misses: int | None = MISSES,
    anew: bool = True,
    conditions: Mapping[str, Any] | None = None,
) -> Kept:
    """Match one person against the catalogue as it stands, and keep the answer.

    ``misses`` bounds the exclusions that are explained. Unless asked ``anew``, a round stands as
    long as nothing has changed that it rested on. ``conditions`` are parts of the picture that are
    otherwise today: the answer keeps them, and the hearing stays as it was.
    """
    person = person_for(session, staff, person_id, act=Act.MATCH, resource=RESOURCE, at=at)
    tried = history(session, person.id)
    portrait = portrayed(
        session, person, on=as_of, today=local_day(at), tried=tried, changed=conditions
    )
    help_ = aided(session, person.municipality_id, portrait.profile, on=as_of)
    beside = places_apart(session, person.id)
    dated = indexes.on(session, person.municipality_id, as_of, aided=help_, apart=beside)
    known: dict[str, Any] = {
        "municipality_id": person.municipality_id,
        "person_id": person.id,
        "assessment_id": portrait.assessment_id,
        "as_of": as_of,
        "catalogue_revision": dated.revision,
        "weights_version": matching.WEIGHTS.version,
    }
    facts = _facts_of(portrait.profile) | {
        "person_version": person.version,
        "limit": limit,
        "misses": misses,
        CONDITIONS: dict(conditions) if conditions else None,
        "roads": asdict(dated.index.roads),
        "embeddings": dated.index.vectors and dated.index.vectors.embed.version,
    }
    # A round keeps no word of who is kept apart, so it cannot stand for one that knew of it.
    standing = None if anew or beside else _standing(session, known, facts)
    if standing is not None:
        return standing
    content = _answered(dated, portrait.profile, limit=limit, misses=misses)
    made = Round(
        **known,
        asked_by=staff.id,
        computed_at=at,
        held=content["held"],
        excluded=content["excluded"],
        facts=facts | {name: content[name] for name in BESIDES if name in content},
    )
    return _keep(session, made, content, dated)


def suggest_for(
    session: Session,
    staff: Staff,
    profile: PersonProfile,
    *,
    indexes: Indexes,
    limit: int,
    as_of: date,
    misses: int | None = MISSES,
) -> tuple[Told, int]:
    """Match somebody who is only described; return the answer and the catalogue's revision."""
    dated = indexes.on(session, staff.municipality_id, as_of)
    return _answered(dated, profile, limit=limit, misses=misses), dated.revision


def _answered(dated: Dated, profile: PersonProfile, *, limit: int, misses: int | None) -> Told:
    answer = matching.match(dated.index, profile, limit=limit)
    content = told(answer, misses=misses) | {IN_ALL: len(answer.excluded)}
    return content | smallest_changes(dated.index, profile, content)


def _standing(session: Session, known: dict[str, Any], facts: dict[str, Any]) -> Kept | None:
    """Return the last round that rested on the same, if there is one."""
    for made in repository.rounds_like(session, known):
        if facts.items() <= made.facts.items():
            return Kept(made, repository.suggestions_of(session, made.id))
    return None


def _keep(session: Session, made: Round, content: Told, dated: Dated) -> Kept:
    tiers = {each["activity"]: (tier, each) for tier in Tier for each in content[tier.value]}
    proposed = [Proposed(uuid4(), UUID(id_), *tiers[id_]) for id_ in content["order"]]
    unread = {each.activity_id for each in proposed} - dated.offers.keys()
    if unread:
        dated.offers.update(repository.offers_of(session, unread))
    repository.keep(session, made, proposed, offers=dated.offers)
    return Kept(made, proposed)


def _facts_of(profile: PersonProfile) -> dict[str, Any]:
    """Return what was known of the person besides the assessment, which is kept by itself."""
    return {
        "stage": profile.stage,
        "area": profile.area,
        "ages": profile.ages and list(profile.ages),
        "shared_with": profile.shared_with,
        "told_hosts": sorted(profile.told_hosts),
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


def round_for(
    session: Session, staff: Staff, person_id: UUID, round_id: UUID, *, at: datetime
) -> Kept:
    """Return a round of this very person; another's is as absent as none."""
    kept = read_round(session, staff, round_id, at=at)
    if kept.round.person_id != person_id:
        raise NoSuchRound("no such suggestions")
    return kept
