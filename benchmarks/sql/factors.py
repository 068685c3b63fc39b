"""The factors of the order, as expressions over one row."""

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np

from benchmarks.sql.fits import bits_of, unwanted_hazards
from benchmarks.sql.statement import Statement
from catalogue.profiles import DIMENSIONS
from matching import WEIGHTS
from matching.board import CIRCUMSTANCES
from matching.case import consider
from matching.factors import (
    comfort,
    company,
    interest,
    pace,
    preferences,
    step,
    strength,
    way,
    words,
)
from matching.limits.body import RELATED
from matching.meaning import HUNDRED, Facets

MAYBE_UNKNOWN: Final = ("pace", "company", "ease")  # all others are known of every row that fits


def _along(
    s: Statement, facets: Facets, names: tuple[str, str], wanted: Mapping[str, float]
) -> str:
    """Return the closeness of a row's facets (``names``: facets, their length) to a wish."""
    _, length = facets.along(wanted)
    known = {facet: weight for facet, weight in wanted.items() if facet in facets.column}
    if not length or not known:
        return "0"
    terms = []
    for facet, weight in known.items():
        at = facets.column[facet]
        worth = float(weight * facets.telling[at] ** 2 / HUNDRED)
        terms.append(f"{s.give(worth)} * get_byte({names[0]}, {s.give(at, 'int4')})")
    whole = s.give(interest.BREADTH / length**2 / interest.FULL)
    each = s.give((1 - interest.BREADTH) / length / interest.FULL)
    return f"({' + '.join(terms)}) * ({whole} + {each} / {names[1]})"


DONE: Final = ("facets", "facet_length")
NEEDED: Final = ("needs", "need_length")
ECHOED: Final = interest.ECHOED / interest.FULL


def _interest(s: Statement) -> str:
    liked, disliked = interest.settled(s.person)
    sure = s.give(min(1.0, max(liked.values(), default=0.0)))
    against = f"least({_along(s, s.index.meaning, DONE, disliked)}, 1)"
    towards = f"least({_along(s, s.index.meaning, DONE, liked)} + {ECHOED} * wish, 1)"
    averse = s.give(interest.AVERSION)
    return f"least(greatest({towards} * {sure} - {averse} * {against}, 0), 1)"


def skill(s: Statement) -> str:
    good_at = s.person.strength.liked
    done = f"least({_along(s, s.index.meaning, DONE, good_at)} + {ECHOED} * coalesce(t.good, 0), 1)"
    needed = f"least({_along(s, s.index.needs, NEEDED, good_at)}, 1) * {s.give(strength.NEED)}"
    return f"greatest({done}, {needed})"


def _comfort(s: Statement) -> str | None:
    """Return the mean of what each level is worth, less where one is a stretch."""
    parts, over = [], []
    for name, ceiling in zip(DIMENSIONS, s.person.ceiling.levels, strict=True):
        if ceiling is not None:
            room = [comfort.STRETCH if x > ceiling else comfort.ROOM[ceiling - x] for x in range(5)]
            parts.append(f"({s.give(list(map(float, room)), 'float8[]')})[{name} + 1]")
            over.append(f"{name} > {s.give(ceiling, 'int2')}")
    if not parts:
        return None
    less = f"case when {' or '.join(over)} then {s.give(comfort.STRETCHED)} else 1 end"
    return f"({' + '.join(parts)}) / {len(parts)} * {less}"


def _preferences(s: Statement) -> str | None:
    named = preferences.wanted(consider(s.index, s.person))
    found = [f"t_{name}" if liked else f"(1 - t_{name})" for name, liked in named]
    return f"({' + '.join(found)}) / {len(found)}" if found else None


def _step(s: Statement) -> str | None:
    stage = s.person.stage
    if stage is None:
        return None
    low, high = (s.give(end) for end in step.BEST[stage])
    up, down = s.give(step.STEP_UP), s.give(step.STEP_DOWN)
    above = f"{up} * greatest(part - {high}, 0) * (1 - skill)"
    found = f"least(greatest(1 - {above} - {down} * greatest({low} - part, 0), 0), 1)"
    stays = f"case when home = 1 then {s.give(step.STAYS_IN)} else 1 end"
    return found if stage in step.AT_HOME else f"{found} * {stays}"


def _way(s: Statement) -> str:
    most = s.person.max_minutes or way.FAR_MINUTES
    return f"least(greatest(1 - {s.give((1 - way.AT_THE_EDGE) / most)} * minutes, 0), 1)"


def _words(s: Statement) -> str:
    cosine = "greatest(wish, good)"
    full = f"least({cosine} / {s.give(words.FULL)}, 1)"
    return f"case when {cosine} < {s.give(words.FLOOR)} then 0 else {full} end"


def _cosine(s: Statement, tokens: tuple[str, ...]) -> tuple[list[int], str]:
    """Return the terms, and the cosine of a row's words with them out of its postings."""
    text = s.index.text
    terms = sorted({text.position[token] for token in tokens if token in text.position})
    share = 1 / max(float(np.linalg.norm(text.idf[terms])), 1e-9)
    asked = f"filter (where term = any({s.give(terms, 'int4[]')}))"
    return terms, f"coalesce(sum(weight) {asked}, 0) * {s.give(share)}"


def said(s: Statement) -> str:
    """Return the table of the activities that share words with the person."""
    wished, wish = _cosine(s, s.person.interest.tokens)
    used, good = _cosine(s, s.person.strength.tokens)
    both = s.give(sorted({*wished, *used}), "int4[]")
    asked = f"from posting where term = any({both}) group by id"
    return f"select id, {wish} as wish, {good} as good {asked}"


def _mean(factors: Mapping[str, str | None]) -> str:
    """Return the weighted mean of the factors that are known."""
    total = " + ".join(f"coalesce({WEIGHTS.of[n]} * {x}, 0)" for n, x in factors.items() if x)
    known = " + ".join(
        f"case when {x} is null then 0 else {WEIGHTS.of[n]} end"
        if n in MAYBE_UNKNOWN
        else f"{WEIGHTS.of[n]}"
        for n, x in factors.items()
        if x
    )
    return f"({total}) / ({known})"


def kin(s: Statement) -> str:
    """Return what hazards that are kin to an unwanted one leave of the score."""
    found = ["1"]
    for hazard in unwanted_hazards(s.person.limits):
        if kin := bits_of(RELATED.get(hazard, ())):
            bits = s.give(kin, "int8")
            found.append(f"case when hazards & {bits} = 0 then 1 else {WEIGHTS.per_kin_hazard} end")
    return " * ".join(found)


def circumstances(s: Statement, hours: list[float]) -> dict[str, str]:
    """Return what enters a score twice; ``hours`` is the worth of each code of times."""
    found = {
        "comfort": _comfort(s),
        "hours": f"({s.give(hours, 'float8[]')})[code + 1]",
        "way": _way(s),
        "step": _step(s),
    }
    assert found.keys() == CIRCUMSTANCES
    return {name: factor for name, factor in found.items() if factor}


def score(s: Statement, named: Collection[str]) -> str:
    """Return the score of a row of which the circumstances are ``named`` already."""
    social = company.UNSAID if s.person.ceiling.social is None else s.person.ceiling.social
    calm = (s.person.ceiling.pressure or 0) < pace.BEARS_PRESSURE
    factors = {
        "interest": _interest(s),
        "strength": "skill",
        "words": _words(s),
        "pace": "pace_calm" if calm else "pace_pressed",
        "company": f"company_{social}",
        "preferences": _preferences(s),
        "ease": "ease",
        **{name: name for name in named},
    }
    weakest = f"1 - {WEIGHTS.weakest} * (1 - least({', '.join(named)}))"
    return f"({_mean(factors)}) * ({weakest}) * {kin(s)}"
