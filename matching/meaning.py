"""Facets as columns, and the facets that follow from what a host has stated, without any word."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from catalogue.profiles import ActivityProfile, Company, Hazard, OwnPace, Reward, Setting
from matching.arrays import Floats, Rows

# A stated field says a facet as surely as a word does, but it is the host's form, not their heart.
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
    """For each facet the rows that have it with their confidence; how telling it is; row lengths.

    ``telling`` grows with rarity: log(1 + n / rows that have it) / log(1 + n), in (0, 1].
    """

    rows: Mapping[str, Rows]
    confidence: Mapping[str, Floats]
    telling: Mapping[str, float]
    length: Floats
    rowwise: tuple[Mapping[str, float], ...]

    def at(self, row: int) -> Mapping[str, float]:
        """Return one row's facets."""
        return self.rowwise[row]

    def along(self, wanted: Mapping[str, float]) -> tuple[Floats, float]:
        """Return (products with what is wanted for each row, length of what is wanted)."""
        found = np.zeros(len(self.length))
        square = 0.0
        for facet, weight in wanted.items():
            telling = self.telling.get(facet, 1.0)
            square += (weight * telling) ** 2
            if facet in self.rows:
                found[self.rows[facet]] += weight * telling**2 * self.confidence[facet]
        return found, float(np.sqrt(square))


def spread_out(meanings: Iterable[Mapping[str, float]]) -> Facets:
    """Turn the facets of all rows into columns."""
    pairs: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    rowwise = tuple(meanings)
    size = len(rowwise)
    for row, meaning in enumerate(rowwise):
        for facet, confidence in meaning.items():
            pairs[facet].append((row, confidence))
    rows = {facet: np.array([at for at, _ in found], np.intp) for facet, found in pairs.items()}
    sure = {facet: np.array([c for _, c in found]) for facet, found in pairs.items()}
    telling = {f: log(1 + size / len(found)) / log(1 + size) for f, found in pairs.items()}
    square = np.zeros(size)
    for facet in sorted(rows):
        square[rows[facet]] += (sure[facet] * telling[facet]) ** 2
    return Facets(rows, sure, telling, np.sqrt(square), rowwise)
