"""The score of one pair, factor by factor, from the formulas in the factors' docstrings."""

from collections.abc import Sequence
from math import log, sqrt

from catalogue.profiles import ActivityProfile, OwnPace, PersonProfile
from matching import WEIGHTS
from matching.factors import FACTORS
from matching.factors.interest import settled
from matching.meaning import also_meant
from tests.matching.made import TODAY
from tests.matching.oracle.states import SAID, group_high, states
from tests.matching.oracle.tier import counts
from tests.matching.oracle.ways import trip

ROOM = (0.7, 1.0, 0.9, 0.75, 0.6)
EASY = (3, 5, 9, 14, 30)
Meanings = Sequence[dict[str, float]]


def _telling(meanings: Meanings) -> dict[str, float]:
    names = {name for meaning in meanings for name in meaning}
    having = {name: sum(name in meaning for meaning in meanings) for name in names}
    return {name: log(1 + len(meanings) / n) / log(1 + len(meanings)) for name, n in having.items()}


def _close(wanted: dict[str, float], row: dict[str, float], all_rows: Meanings) -> float:
    telling = _telling(all_rows)
    length = sqrt(sum((w * telling.get(n, 1.0)) ** 2 for n, w in wanted.items()))
    if not length:
        return 0.0
    own = max(sqrt(sum((c * telling[n]) ** 2 for n, c in row.items())), 1e-9)
    product = sum(wanted[n] * row[n] * telling[n] ** 2 for n in wanted if n in row)
    mean = 0.5 * product / length**2 + 0.5 * product / (own * length)
    return max(mean / 0.6, 0.0)


def _idf(tokens: set[str], texts: Sequence[tuple[str, ...]]) -> dict[str, float]:
    double = {token: 2.0 if token.startswith("concept:") else 1.0 for token in tokens}
    having = {token: sum(token in text for text in texts) for token in tokens}
    return {t: (log((1 + len(texts)) / (1 + having[t])) + 1) * double[t] for t in tokens}


def _echo(a: ActivityProfile, said: tuple[str, ...], town: Sequence[ActivityProfile]) -> float:
    texts = [(*x.meaning.tokens, *x.needs.tokens) for x in town]
    idf = _idf({token for text in texts for token in text}, texts)
    text = (*a.meaning.tokens, *a.needs.tokens)
    asked = {token for token in said if token in idf}
    own = sqrt(sum((text.count(t) * idf[t]) ** 2 for t in {*text}))
    length = sqrt(sum(idf[t] ** 2 for t in asked))
    product = sum(text.count(t) * idf[t] ** 2 for t in asked)
    return product / (own * length) if product else 0.0


def interest(a: ActivityProfile, p: PersonProfile, town: Sequence[ActivityProfile]) -> float | None:
    if not (p.interest.liked or p.interest.disliked or p.interest.hinted):
        return None
    rows = [dict(also_meant(other)) for other in town]
    liked, disliked = settled(p)
    row = dict(also_meant(a))
    sure = min(max(liked.values(), default=0.0), 1.0)
    drawn = min(_close(liked, row, rows) + 0.5 * _echo(a, p.interest.tokens, town), 1.0)
    found = drawn * sure - 0.5 * min(_close(disliked, row, rows), 1.0)
    return min(max(found, 0.0), 1.0)


def strength(a: ActivityProfile, p: PersonProfile, town: Sequence[ActivityProfile]) -> float | None:
    good_at = dict(p.strength.liked)
    if not (good_at or p.strength.disliked):
        return None
    done = _close(good_at, dict(also_meant(a)), [dict(also_meant(x)) for x in town])
    done += 0.5 * _echo(a, p.strength.tokens, town)
    needed = _close(good_at, dict(a.needs.liked), [dict(x.needs.liked) for x in town])
    return max(min(done, 1.0), 0.8 * min(needed, 1.0))


def comfort(a: ActivityProfile, p: PersonProfile) -> float | None:
    pairs = zip(a.load.levels, p.ceiling.levels, strict=True)
    rooms = [c - x for x, c in pairs if x is not None and c is not None]
    if not rooms:
        return None
    mean = sum(0.3 if room < 0 else ROOM[room] for room in rooms) / len(rooms)
    return mean * 0.85 if min(rooms) < 0 else mean


def pace(a: ActivityProfile, p: PersonProfile) -> float | None:
    own = {OwnPace.NO: 0.2, OwnPace.PARTLY: 0.7, OwnPace.YES: 1.0, None: None}[a.own_pace]
    if own is not None and (p.ceiling.pressure or 0) >= 3:
        own = max(own, 0.7)
    short = min(max((120 - a.minutes[0]) / 90, 0.0), 1.0) if a.minutes else None
    if own is None and short is None:
        return None
    dose = 0.6 if a.dose in ("", "なし") else 1.0
    return ((0.5 if own is None else own) * 2 + (0.5 if short is None else short) + dose) / 4


def company(a: ActivityProfile, p: PersonProfile) -> float | None:
    size, social = group_high(a), 2 if p.ceiling.social is None else p.ceiling.social
    if size is None:
        return None
    found = min(max(1 - (size - EASY[social]) / (2 * EASY[social]), 0.0), 1.0)
    if social >= 3:
        return found * 0.75 if size <= 2 else found
    strange = {"unknown_adults", "customers"} & (a.company or frozenset())
    return max(found - 0.15, 0.0) if strange else found


def way(a: ActivityProfile, p: PersonProfile) -> float | None:
    minutes = trip(a, p)[0]
    return None if minutes is None else max(1 - 0.7 * minutes / (p.max_minutes or 30), 0.0)


def ease(a: ActivityProfile) -> float | None:
    parts = []
    if a.last_asked_on:
        parts.append(min((TODAY - a.last_asked_on).days / 60, 1.0))
    if a.places_left is not None:
        parts.append(min(a.places_left / min(max(a.capacity or 1, 1), 3), 1.0))
    return sum(parts) / len(parts) if parts else None


def kin(a: ActivityProfile, p: PersonProfile) -> int:
    """Count the hazards kin to an unwanted one."""
    return sum(code == "no_hazard" and state == SAID for code, state, _ in states(a, p))


def score(
    a: ActivityProfile,
    p: PersonProfile,
    town: Sequence[ActivityProfile],
    given: dict[str, float | None],
) -> float:
    """Return the score; ``given`` are factors that the caller takes as they are."""
    found = {
        **given,
        "interest": interest(a, p, town),
        "strength": strength(a, p, town),
        "comfort": comfort(a, p),
        "pace": pace(a, p),
        "company": company(a, p),
        "way": way(a, p),
        "ease": ease(a),
        "nearness": None,  # no vectors are set here; tests/matching/test_nearness.py sets some
    }
    assert set(found) == set(FACTORS)
    known = {name: value for name, value in found.items() if value is not None}
    mean = sum(WEIGHTS.of[n] * v for n, v in known.items()) / sum(WEIGHTS.of[n] for n in known)
    violations, unknowns = counts(a, p)
    lowered = WEIGHTS.per_violation**violations * WEIGHTS.per_unknown ** min(unknowns, 1)
    lowest = min([1.0, *(known[n] for n in ("comfort", "hours", "way", "step") if n in known)])
    lowered *= 1 - WEIGHTS.weakest * (1 - lowest)
    return float(mean * lowered * WEIGHTS.per_kin_hazard ** kin(a, p))
