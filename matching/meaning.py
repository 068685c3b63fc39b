"""Facets as columns, and the facets that follow from what a host has stated, without any word."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from catalogue.profiles import ActivityProfile, Company, Hazard, OwnPace, Reward, Setting
from matching.arrays import Floats, Hundredths, Rows

# A stated field says a facet as surely as a word does, but it is the host's form, not their heart.
HUNDRED: Final = 100
TINY: Final = 1e-9  # the length of who has no facet: never divide by nothing
MOST_NAMED: Final = 3  # facets in a reason
STATED: Final = 0.8
HINTED: Final = 0.5  # what only the characters of a host's unknown words suggest
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
    """Return the facets that the words say or hint at, and those that the statements add."""
    said = dict(activity.meaning.liked)
    for facet, sure in activity.meaning.hinted.items():
        said[facet] = max(said.get(facet, 0.0), HINTED * sure)
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
        return Facets(self.column, self.sure.take(at, axis=0), self.telling, self.length.take(at))

    def replaced(self, row: int, meaning: Mapping[str, float], new: Sequence[str]) -> "Facets":
        """Return the same table with one row replaced and new facets as columns of their own.

        How telling the facets are stays as it was; a new one is as telling as can be.
        """
        column = {**self.column, **{facet: len(self.column) + at for at, facet in enumerate(new)}}
        line = np.zeros(len(column), dtype=np.uint8)
        for facet, confidence in meaning.items():
            line[column[facet]] = round(confidence * HUNDRED)
        sure, length = np.pad(self.sure, ((0, 0), (0, len(new)))), self.length.copy()
        telling = np.append(self.telling, np.ones(len(new)))
        sure[row] = line
        length[row] = max(float(np.linalg.norm(line * telling / HUNDRED)), TINY)
        return Facets(column, sure, telling, length)

    def along(self, wanted: Mapping[str, float]) -> tuple[Floats, float]:
        """Return the product of every row with what is wanted, and the length of the wish."""
        known = [facet for facet in wanted if facet in self.column]
        columns = np.array([self.column[facet] for facet in known], dtype=np.intp)
        telling = self.telling[columns]
        weights = telling * [wanted[facet] for facet in known]
        # what nobody has is as telling as can be
        unheard = sum(wanted[facet] ** 2 for facet in wanted if facet not in self.column)
        length = sqrt(float(weights @ weights) + unheard)
        return self.sure.take(columns, axis=1) @ (weights * telling / HUNDRED), length


def spread_out(meanings: Sequence[Mapping[str, float]], names: Iterable[str]) -> Facets:
    """Turn the facets of all rows into columns, one for each name."""
    column = {facet: at for at, facet in enumerate(sorted(names))}
    cells = [
        (row, column[facet], confidence)
        for row, meaning in enumerate(meanings)
        for facet, confidence in meaning.items()
    ]
    rows, columns, confidences = np.array(cells, dtype=np.float64).reshape(-1, 3).T
    sure = np.zeros((len(meanings), len(column)), dtype=np.uint8)
    sure[rows.astype(np.intp), columns.astype(np.intp)] = np.round(confidences * HUNDRED)
    number = np.maximum((sure > 0).sum(axis=0), 1)
    telling = np.log1p(len(meanings) / number) / np.log1p(max(len(meanings), 1))
    length = np.sqrt(((sure * (telling / HUNDRED)) ** 2).sum(axis=1))
    return Facets(column, sure, telling, np.maximum(length, TINY))


def shared(
    wanted: Mapping[str, float], column: Mapping[str, int], offered: Hundredths
) -> list[tuple[str, ...]]:
    """Return for each row of ``offered`` the facets on both sides, at most three.

    Those that weigh most come first, equals in the order of their names.
    """
    names = sorted(facet for facet in wanted if facet in column)
    weights = np.array([wanted[facet] for facet in names])
    both = offered.take([column[facet] for facet in names], axis=1) * weights
    order = (-both).argsort(axis=1, kind="stable")[:, :MOST_NAMED]
    return [
        tuple([names[at] for at in places if values[at] > 0])
        for places, values in zip(order.tolist(), both.tolist(), strict=True)
    ]
