"""Facets as columns, and the facets that follow from what a host has stated, without any word."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from catalogue.profiles import ActivityProfile, Company, Hazard, OwnPace, Reward, Setting
from matching.arrays import Floats, Hundredths, Rows

# A stated field says a facet as surely as a word does, but it is the host's form, not their heart.
HUNDRED: Final = 100
STATED: Final = 0.8
DOUBTED: Final = 0.3
FAINT: Final = 0.2  # a long text touches many facets; below this it is noise
WORK: Final = 3  # a physical load that is bodily work
PAIR: Final = 2  # people: nobody beside you but one
FEW_HOURS_EARLY: Final = 11


def _company(word: Company) -> Callable[[ActivityProfile], bool]:
    return lambda activity: word in (activity.company or ())


def _role(*roles: str) -> Callable[[ActivityProfile], bool]:
    return lambda activity: bool({*roles} & {*activity.roles})


def _alone(activity: ActivityProfile) -> bool:
    return activity.group_size is not None and activity.group_size[1] <= PAIR


def _quiet(activity: ActivityProfile) -> bool:
    return bool(activity.no_talk_ok) and activity.load.social in (0, 1) and not _noisy(activity)


def _noisy(activity: ActivityProfile) -> bool:
    return bool({Hazard.NOISE, Hazard.CROWD} & (activity.hazards or frozenset()))


def _no_hazard(activity: ActivityProfile, *hazards: Hazard) -> bool:
    return activity.hazards is not None and not {*hazards} & activity.hazards


def _morning(activity: ActivityProfile) -> bool:
    openings = activity.openings[:4]
    return bool(openings) and all(o.start.hour < FEW_HOURS_EARLY for o in openings)


# Facet -> when a host's own statements say it. Names are those of the vocabulary.
STATEMENTS: Final[Mapping[str, Callable[[ActivityProfile], bool]]] = {
    "earning": lambda a: a.reward in (Reward.HONORARIUM, Reward.WAGE),
    "body": lambda a: (a.load.physical or 0) >= WORK,
    "children": _company(Company.CHILDREN),
    "young_people": _company(Company.YOUNG_PEOPLE),
    "peers": lambda a: bool({Company.PEERS, Company.FAMILIES} & (a.company or frozenset())),
    "family": lambda a: bool(a.families_only),
    "outdoors": lambda a: a.setting is Setting.OUTDOOR,
    "animals": lambda a: bool({"animals", "dogs", "cats"} & (a.hazards or frozenset())),
    "alone": _alone,
    "quiet": _quiet,
    "morning": _morning,
    "small_quota": lambda a: a.dose not in ("", "なし") and a.own_pace is not OwnPace.NO,
    "teaching": _role("teacher"),
    "being_needed": lambda a: bool(a.roles) and "participant" not in a.roles,
    "planning": _role("leader", "lead"),
    "own_pace": lambda a: a.own_pace is OwnPace.YES,
    "being_beside_others": lambda a: bool(a.no_talk_ok) and not _alone(a),
    "place_to_be": lambda a: bool(a.just_being_ok) and "place_to_be" in a.tags,
    "people": _company(Company.CUSTOMERS),
    "lively": lambda a: Hazard.CROWD in (a.hazards or ()),
}


# Facet -> when a host's own statements contradict what a word seemed to say.
CONTRADICTIONS: Final[Mapping[str, Callable[[ActivityProfile], bool]]] = {
    "body": lambda a: a.load.physical in (0, 1),
    "carrying": lambda a: a.load.physical in (0, 1),
    "quiet": _noisy,
    "alone": lambda a: a.group_size is not None and a.group_size[0] > PAIR + 1,
    "earning": lambda a: a.reward in (Reward.NONE, Reward.IN_KIND),
    "insects": lambda a: _no_hazard(a, Hazard.BEES, Hazard.INSECTS),
    "animals": lambda a: _no_hazard(a, Hazard.ANIMALS, Hazard.DOGS, Hazard.CATS),
}


def also_meant(activity: ActivityProfile) -> Mapping[str, float]:
    """Return the facets that the words say, and those that the host's statements add."""
    said = dict(activity.meaning.liked)
    for facet, holds in STATEMENTS.items():
        if holds(activity):
            said[facet] = max(said.get(facet, 0.0), STATED)
    for facet, contradicted in CONTRADICTIONS.items():
        if facet in said and contradicted(activity):
            said[facet] *= DOUBTED
    return {facet: sure for facet, sure in said.items() if sure >= FAINT}


@dataclass(frozen=True, slots=True, eq=False)
class Facets:
    """How surely each row has each facet, in hundredths: (n, facets); how telling a facet is.

    ``telling`` grows with rarity: log(1 + n / rows that have it) / log(1 + n), in (0, 1];
    ``length`` is each row's Euclidean length, telling included.
    """

    column: Mapping[str, int]
    sure: Hundredths
    telling: Floats
    length: Floats

    def part(self, at: Rows) -> "Facets":
        """Return the facets of some rows."""
        return replace(self, sure=self.sure.take(at, axis=0), length=self.length.take(at))

    def at(self, row: int) -> Mapping[str, float]:
        """Return one row's facets."""
        found = self.sure[row].tolist()
        return {facet: found[at] / HUNDRED for facet, at in self.column.items() if found[at]}

    def along(self, wishes: Sequence[Mapping[str, float]]) -> tuple[Floats, Floats]:
        """Return products with each wish, (n, wishes), and the length of each wish."""
        weights = np.zeros((len(self.column), len(wishes)))
        square = np.zeros(len(wishes))
        for at, wanted in enumerate(wishes):
            for facet, weight in wanted.items():
                place = self.column.get(facet)
                if place is None:
                    square[at] += weight * weight  # nobody has it: as telling as can be
                else:
                    weights[place, at] = weight
        weights *= self.telling[:, None]
        square += (weights * weights).sum(axis=0)
        weights *= self.telling[:, None] / HUNDRED
        return self.sure.astype(np.float64) @ weights, np.sqrt(square)


def spread_out(meanings: Iterable[Mapping[str, float]]) -> Facets:
    """Turn the facets of all rows into columns."""
    rowwise = tuple(meanings)
    column = {facet: at for at, facet in enumerate(sorted({f for row in rowwise for f in row}))}
    sure = np.zeros((len(rowwise), len(column)), dtype=np.uint8)
    for row, meaning in enumerate(rowwise):
        for facet, confidence in meaning.items():
            sure[row, column[facet]] = round(confidence * HUNDRED)
    number = np.maximum((sure > 0).sum(axis=0), 1)
    telling = np.log1p(len(rowwise) / number) / np.log1p(max(len(rowwise), 1))
    length = np.sqrt(((sure * (telling / HUNDRED)) ** 2).sum(axis=1))
    return Facets(column, sure, telling, length)
