"""Which activities fit one person: every limit as a condition."""

from collections.abc import Iterator
from typing import Final

from benchmarks.sql.statement import Statement
from benchmarks.sql.tables import UNSTATED
from benchmarks.sql.way import in_reach
from catalogue.profiles import (
    DIMENSIONS,
    LOAD_TOP,
    Hazard,
    Limit,
    LimitKind,
    PersonProfile,
)
from matching.limits.body import CONTAINS, MAYBE
from matching.limits.host import DRINKING_AGE, speaks_of_family
from matching.readings import HAZARD_BIT

MOST: Final = {
    LimitKind.GROUP_AT_MOST: "group_high",
    LimitKind.MINUTES_AT_MOST: "shortest",
}


def unwanted_hazards(limits: tuple[Limit, ...]) -> list[Hazard]:
    kinds = [limit for limit in limits if limit.kind is LimitKind.NO_HAZARD]
    return [Hazard(word) for limit in kinds for word in limit.value or ()]  # type: ignore[union-attr]  # a tuple of words


def bits_of(hazards: tuple[Hazard, ...]) -> int:
    return sum(HAZARD_BIT[hazard] for hazard in hazards)


def _unwanted(person: PersonProfile) -> int:
    """Return the bits of hazards that keep an activity from fitting."""
    bits = 0
    for hazard in unwanted_hazards(person.limits):
        there = (hazard, *CONTAINS.get(hazard, ()), *MAYBE.get(hazard, ()))
        bits |= bits_of(there) | UNSTATED
    if person.ages is None or person.ages[0] < DRINKING_AGE:
        bits |= HAZARD_BIT[Hazard.ALCOHOL] | UNSTATED
    return bits


def _load(s: Statement) -> Iterator[str]:
    """Every ceiling is held; one level too many on one dimension alone still fits."""
    over = []
    for name, level in zip(DIMENSIONS, s.person.ceiling.levels, strict=True):
        if level is None:
            continue
        assert level < LOAD_TOP, "the generated people have no ceiling at the top"
        soft = name not in s.person.hard_dimensions
        yield f"{name} <= {s.give(level + soft, 'int2')}"
        over.append(f"({name} > {s.give(level, 'int2')})::int4")
    if over:
        yield f"{' + '.join(over)} <= 1"


def _limits(s: Statement) -> Iterator[str]:
    for limit in s.person.limits:
        if limit.kind in MOST:
            yield f"{MOST[limit.kind]} <= {s.give(limit.value, 'int2')}"
        elif limit.kind is LimitKind.NO_TALKING_REQUIRED:
            yield "no_talk_ok = 1"
        elif limit.kind is LimitKind.NO_FEE:
            yield "fee = 0"
    if Hazard.PORK in unwanted_hazards(s.person.limits):
        yield "food = 0"
    if unwanted := _unwanted(s.person):
        yield f"hazards & {s.give(unwanted, 'int8')} = 0"
    if s.person.money_max_yen is not None:
        yield f"fee <= {s.give(s.person.money_max_yen, 'int2')}"


def _host(s: Statement) -> Iterator[str]:
    assert s.person.ages, "the generated people have told their age"
    low, high = (s.give(age, "int2") for age in s.person.ages)
    inside = f"least({high}, age_high) - greatest({low}, age_low) + 1"
    yield f"({inside}) * 2 >= {high} - {low} + 1"
    if not speaks_of_family(s.person):
        yield "families_only < 1"


def fits(s: Statement, serves: bytes) -> str:
    """Return the conditions under which an activity fits, cheap and telling ones first."""
    timely = f"get_byte({s.give(serves, 'bytea')}, code) = 1"
    return " and ".join([timely, *_load(s), *_limits(s), *_host(s), in_reach(s)])
