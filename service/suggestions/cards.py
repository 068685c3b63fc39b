"""A proposal as a card: what was told of it, its place, and its weights beside a ceiling."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from sqlmodel import Session

from catalogue.portrait import load_of
from catalogue.profiles import Load
from catalogue.tables import Activity, Area, Host
from catalogue.terms import ActivityTerms
from matching.answer import ArrangementKind
from service.accounts.actions import Staff
from service.languages.ours import ours, say
from service.persons.words import MODE_WORDS
from service.suggestions import again, weighing
from service.suggestions.repository import Place, Proposed, places_of, titles_of
from service.suggestions.tables import Round
from service.suggestions.weighing import Weight

DAY: Final = len("2026-11-24")


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal with the place it is about, and what the person can bear at present."""

    suggestion: Proposed
    activity: Activity
    host: Host
    area: Area
    terms: ActivityTerms
    ceiling: Load
    following: dict[str, Any] | None = None

    @property
    def told(self) -> dict[str, Any]:
        return again.proposal(self.suggestion.content, self.following)

    @property
    def smaller(self) -> list[str]:
        """Say each arrangement once, even where it answers several limits."""
        return list(dict.fromkeys(each["text"] for each in self.told["arrangements"]))

    @property
    def way(self) -> str:
        """Say how far it is; what is done at home has no way."""
        start = self.told["start"]
        if start["travel_minutes"] is None:
            return ""
        if not start["mode"]:
            return ours("家で")
        minutes = start["travel_minutes"]
        return say("{mode}で{minutes}分", mode=MODE_WORDS[start["mode"]], minutes=minutes)

    @property
    def agreement(self) -> str:
        """Return what the form of the agreement is filled in with, as the end of its address."""
        start = self.told["start"]
        known = {
            "activity": self.activity.id,
            "suggestion": self.suggestion.id,
            "first": next((each[:DAY] for each in start["first_occurrences"]), None),
            "minutes": start["minutes"],
            "dose": start["dose"],
        }
        return urlencode({name: value for name, value in known.items() if value})

    @property
    def just_being(self) -> bool:
        """Say whether one would begin with being there, and the weights are those of that."""
        kinds = {each["kind"] for each in self.told["arrangements"]}
        return ArrangementKind.JUST_BEING in kinds and self.terms.load_just_being is not None

    @property
    def weights(self) -> list[Weight]:
        asked = self.terms.load_just_being if self.just_being else self.terms.load
        return weighing.weights(load_of(asked or self.terms.load), self.ceiling)

    @property
    def weighed(self) -> str:
        return weighing.summary(self.weights)


@dataclass(frozen=True, slots=True)
class Miss:
    """What was left out, with every sentence that says why."""

    activity_id: UUID
    title: str
    reasons: list[str]


def cards_of(
    session: Session, staff: Staff, suggestions: Sequence[Proposed], ceiling: Load
) -> list[Card]:
    """Return a card for each proposal, in their order."""
    places = places_of(session, staff, [each.activity_id for each in suggestions])
    following = [*(each.content for each in suggestions[1:]), None]
    return [
        _card(each, places[each.activity_id], ceiling, next_)
        for each, next_ in zip(suggestions, following, strict=bool(suggestions))
    ]


def _card(
    suggestion: Proposed, place: Place, ceiling: Load, following: dict[str, Any] | None
) -> Card:
    terms = ActivityTerms.model_validate(place.activity.terms)
    return Card(suggestion, place.activity, place.host, place.area, terms, ceiling, following)


def misses_of(session: Session, staff: Staff, made: Round) -> list[Miss]:
    """Return what a round left out and explained, the nearest first."""
    ids = [UUID(miss["activity"]) for miss in made.excluded]
    titles = titles_of(session, staff, ids)
    return [
        Miss(id_, titles[id_], [again.reason(each) for each in miss["reasons"]])
        for id_, miss in zip(ids, made.excluded, strict=True)
    ]
