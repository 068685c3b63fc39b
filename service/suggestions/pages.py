"""The page of candidates: what would fit somebody now, why, and what was left out and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from catalogue.tables import Activity, Area, Host
from catalogue.terms import ActivityTerms
from service.accounts.access import PeopleReader
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment, Today
from service.database import SessionDep
from service.hosts.actions import entry
from service.persons.actions import latest_assessment, person_for
from service.persons.words import MODE_WORDS
from service.suggestions import actions
from service.suggestions.access import History, KnownIndexes, UsualLimit
from service.suggestions.tables import Suggestion, Tier
from service.web.pages import render

router = APIRouter()

CARDS: Final = 5
MISSES_SHOWN: Final = 12

TIER_WORDS: Final[dict[Tier, str]] = {
    Tier.FITS: "いまの条件に合う",
    Tier.ADAPTABLE: "少し変えれば合う",
    Tier.ASK_HOST: "受け入れ先に聞けば分かる",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal with the place it is about."""

    suggestion: Suggestion
    activity: Activity
    host: Host
    area: Area
    terms: ActivityTerms

    @property
    def told(self) -> dict[str, Any]:
        return self.suggestion.content

    @property
    def smaller(self) -> list[str]:
        """Say each arrangement once, even where it answers several limits."""
        return list(dict.fromkeys(each["text"] for each in self.told["arrangements"]))


@router.get("/people/{person_id}/candidates")
def show_candidates(
    *,
    request: Request,
    person_id: UUID,
    session: SessionDep,
    staff: PeopleReader,
    today: Today,
    at: Moment,
    indexes: KnownIndexes,
    history: History,
    usual: UsualLimit,
) -> HTMLResponse:
    """Match anew at every look: the catalogue may have changed since the last one."""
    kept = actions.suggest(
        session,
        staff,
        person_id,
        indexes=indexes,
        history=history,
        limit=usual,
        as_of=today,
        at=at,
    )
    person = person_for(session, staff, person_id, act=Act.READ, resource=actions.RESOURCE, at=at)
    assessment = latest_assessment(session, person_id)
    cards = _cards(session, staff, kept.suggestions)
    return render(
        request,
        "suggestions/candidates.html",
        staff=staff,
        section="people",
        person=person,
        own_words=assessment.picture.get("own_words", "") if assessment else "",
        round=kept.round,
        cards=cards[:CARDS],
        further=cards[CARDS:],
        misses=_misses(session, staff, kept.round.excluded[:MISSES_SHOWN]),
        tiers=TIER_WORDS,
        modes=MODE_WORDS,
    )


def _cards(session: Session, staff: Staff, suggestions: Sequence[Suggestion]) -> list[Card]:
    return [_card(session, staff, each) for each in suggestions]


def _card(session: Session, staff: Staff, suggestion: Suggestion) -> Card:
    activity = entry(session, staff, Activity, suggestion.activity_id)
    return Card(
        suggestion,
        activity,
        entry(session, staff, Host, activity.host_id),
        entry(session, staff, Area, activity.area_id),
        ActivityTerms.model_validate(activity.terms),
    )


def _misses(
    session: Session, staff: Staff, excluded: Iterable[dict[str, Any]]
) -> list[tuple[Activity, list[str]]]:
    """Return what was left out, with every sentence that says why."""
    return [
        (
            entry(session, staff, Activity, UUID(miss["activity"])),
            [reason["text"] for reason in miss["reasons"]],
        )
        for miss in excluded
    ]
