"""The page of candidates: what would fit somebody now, why, and what was left out and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
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
from service.persons.actions import latest_assessment, person_for
from service.persons.words import MODE_WORDS
from service.suggestions import actions
from service.suggestions.access import History, KnownIndexes, UsualLimit
from service.suggestions.repository import Place, Proposed, places_of, titles_of
from service.suggestions.tables import Tier
from service.web.pages import render

router = APIRouter()

CARDS: Final = 5
SHOWN: Final = 10

TIER_WORDS: Final[dict[Tier, str]] = {
    Tier.FITS: "いまの条件に合う",
    Tier.ADAPTABLE: "少し変えれば合う",
    Tier.ASK_HOST: "受け入れ先に聞けば分かる",
}

Miss = tuple[UUID, str, list[str]]


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal with the place it is about."""

    suggestion: Proposed
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
    excluded: Literal["nearest", "all"] = "nearest",
) -> HTMLResponse:
    """Show what stands; matched anew as soon as anything has changed that it rested on."""
    kept = actions.suggest(
        session,
        staff,
        person_id,
        indexes=indexes,
        history=history,
        limit=max(usual, SHOWN),
        as_of=today,
        at=at,
        misses=actions.MISSES if excluded == "nearest" else None,
        anew=False,
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
        misses=_misses(session, staff, kept.round.excluded),
        excluded_total=kept.besides[actions.IN_ALL],
        tiers=TIER_WORDS,
        modes=MODE_WORDS,
    )


def _cards(session: Session, staff: Staff, suggestions: Sequence[Proposed]) -> list[Card]:
    places = places_of(session, staff, [each.activity_id for each in suggestions])
    return [_card(each, places[each.activity_id]) for each in suggestions]


def _card(suggestion: Proposed, place: Place) -> Card:
    terms = ActivityTerms.model_validate(place.activity.terms)
    return Card(suggestion, place.activity, place.host, place.area, terms)


def _misses(session: Session, staff: Staff, excluded: Sequence[dict[str, Any]]) -> list[Miss]:
    """Return what was left out, with every sentence that says why."""
    ids = [UUID(miss["activity"]) for miss in excluded]
    titles = titles_of(session, staff, ids)
    return [
        (id_, titles[id_], [reason["text"] for reason in miss["reasons"]])
        for id_, miss in zip(ids, excluded, strict=True)
    ]
