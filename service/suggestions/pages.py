"""The page of candidates: what would fit somebody now, why, and what was left out and why."""

from typing import Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from catalogue.portrait import load_of
from catalogue.profiles import Load
from service.accounts.access import PeopleReader, PeopleWriter
from service.accounts.actions import Staff
from service.audit.tables import Act
from service.clock import Moment, Today
from service.database import SessionDep
from service.hosts.words import LOADS
from service.languages.ours import ours
from service.persons.actions import latest_assessment, person_for
from service.persons.picture import Picture
from service.persons.tables import Person
from service.persons.words import DAY_WORDS
from service.suggestions import actions, again, conditions, showing
from service.suggestions.access import History, KnownIndexes, UsualLimit, entered_for
from service.suggestions.actions import CONDITIONS, Kept
from service.suggestions.cards import cards_of, misses_of
from service.suggestions.tables import Tier
from service.suggestions.weighing import STANDING_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render

router = APIRouter(route_class=Once)

SECTION: Final = "people"
CARDS: Final = 5
SHOWN: Final = 10

TIER_WORDS: Final[dict[Tier, str]] = ours(
    {
        Tier.FITS: "いまの条件に合う",
        Tier.ADAPTABLE: "少し変えれば合う",
        Tier.ASK_HOST: "受け入れ先に聞けば分かる",
    }
)


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
    round: UUID | None = None,  # noqa: A002 - the address says which round
    excluded: Literal["nearest", "all"] = "nearest",
) -> HTMLResponse:
    """Show what stands; matched anew as soon as anything has changed that it rested on."""
    if round is None:
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
    else:
        kept = actions.round_for(session, staff, person_id, round, at=at)
    person = person_for(session, staff, person_id, act=Act.READ, resource=actions.RESOURCE, at=at)
    return _page(request, session, staff, person, kept)


@router.post("/people/{person_id}/candidates")
def look_again(
    *,
    request: Request,
    person_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
    today: Today,
    at: Moment,
    indexes: KnownIndexes,
    history: History,
    usual: UsualLimit,
) -> Response:
    """Match with what is otherwise today; the answer is kept, so its address tells nothing."""
    filled = Filled(form)
    person = person_for(session, staff, person_id, act=Act.MATCH, resource=actions.RESOURCE, at=at)
    changed = conditions.read(filled, heard_of(session, person_id))
    if not changed and not filled.mistakes:
        return RedirectResponse(f"/people/{person_id}/candidates", 303)
    kept = actions.suggest(
        session,
        staff,
        person_id,
        indexes=indexes,
        history=history,
        limit=max(usual, SHOWN),
        as_of=today,
        at=at,
        anew=False,
        conditions=changed or None,
    )
    if filled.mistakes:
        return _page(request, session, staff, person, kept, filled=filled)
    return RedirectResponse(f"/people/{person_id}/candidates?round={kept.round.id}", 303)


def heard_of(session: Session, person_id: UUID) -> dict[str, Any]:
    """Return the picture that was heard last, or an empty one."""
    assessment = latest_assessment(session, person_id)
    return assessment.picture if assessment else {}


def ceiling_of(heard: dict[str, Any], kept: Kept) -> Load:
    """Return what somebody can bear, as the round had it."""
    otherwise = kept.round.facts.get(CONDITIONS) or {}
    return load_of(Picture.model_validate({**heard, **otherwise}).load_ceiling)


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    person: Person,
    kept: Kept,
    *,
    filled: Filled | None = None,
) -> HTMLResponse:
    heard = heard_of(session, person.id)
    otherwise = kept.round.facts.get(CONDITIONS) or {}
    cards = cards_of(session, staff, kept.suggestions, ceiling_of(heard, kept))
    context = {
        "section": SECTION,
        "person": person,
        "own_words": heard.get("own_words", ""),
        "round": kept.round,
        "held": kept.round.held and again.held(kept.round.held, person.proposals_paused),
        "bound": again.bound,
        "step": again.step,
        "cards": cards[:CARDS],
        "further": cards[CARDS:],
        "misses": misses_of(session, staff, kept.round),
        "excluded_total": kept.besides[actions.IN_ALL],
        "otherwise": conditions.told(otherwise, heard),
        "entered": entered_for(request)(session, staff, person.id),
        "excluded_all": len(kept.round.excluded) > actions.MISSES,
        "standings": STANDING_WORDS,
        "choices": showing.choices(session, person.id),
        "tiers": TIER_WORDS,
        "loads": LOADS,
        "rows": conditions.ROWS,
        "days": DAY_WORDS,
        "values": filled.form if filled else conditions.written({**heard, **otherwise}),
        "errors": filled.mistakes if filled else {},
    }
    status = 422 if filled else 200
    return render(request, "suggestions/candidates.html", status=status, staff=staff, **context)
