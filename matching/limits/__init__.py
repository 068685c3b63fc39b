"""Every must of a person and of a host, as findings over all activities."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from catalogue.profiles import Limit, LimitKind, PersonProfile
from matching.arrays import Rows
from matching.case import NOBODY, Case
from matching.limits import body, host, load, people, terms
from matching.limits.finding import ByKind, Finding, Findings

Must = Callable[[Case], Findings]
Alike = Callable[[PersonProfile], dict[str, Any]]


def nothing(_person: PersonProfile) -> dict[str, Any]:
    """Read nothing of a person."""
    return {}


def age(person: PersonProfile) -> dict[str, Any]:
    """Read a person's age."""
    return {"ages": host.ages_of(person)}


SAFETY: Final = frozenset(
    {
        "no_hazard",
        "no_children",
        "alcohol_age",
        "age",
        "guardian_consent",
        "consent",
        "money_max_yen",
        "no_fee",
        "not_again",
        "cooling_off",
    }
)


def _elsewhere(_case: Case, _limit: object) -> Findings:
    """Hold nothing: a must of everybody covers this kind (hours, the person's age)."""
    return ()


# Every kind of limit and what holds it; a kind that stands in MUSTS is held there.
HELD_BY: Final[Mapping[LimitKind, ByKind]] = {
    LimitKind.GROUP_AT_MOST: people.group_at_most,
    LimitKind.MINUTES_AT_MOST: terms.minutes_at_most,
    LimitKind.PER_MONTH_AT_MOST: terms.per_month_at_most,
    LimitKind.NOT_BEFORE: _elsewhere,
    LimitKind.NOT_AFTER: _elsewhere,
    LimitKind.NO_HAZARD: body.no_hazard,
    LimitKind.NO_COMPANY: people.no_company,
    LimitKind.NO_ROLE: people.no_role,
    LimitKind.NO_LABEL: people.no_label,
    LimitKind.NO_FEE: terms.no_fee,
    LimitKind.NO_PAY: terms.no_pay,
    LimitKind.NO_TASK_EXPECTED: people.no_task_expected,
    LimitKind.NO_TALKING_REQUIRED: people.no_talking_required,
    LimitKind.SEATED: body.seated,
    LimitKind.LIFT_AT_MOST_KG: body.lift_at_most_kg,
    LimitKind.STEPS_AT_MOST: body.steps_at_most,
    LimitKind.WHEELCHAIR: body.wheelchair,
    LimitKind.HOME_ONLY: body.home_only,
    LimitKind.NO_OUTDOORS: body.no_outdoors,
    LimitKind.WALK_AT_MOST_MINUTES: terms.walk_at_most_minutes,
    LimitKind.COMPANION_REQUIRED: people.companion_required,
    LimitKind.MAY_LEAVE_ANY_TIME: terms.may_leave_any_time,
    LimitKind.BRINGS: people.brings,
    LimitKind.AGE: _elsewhere,
    LimitKind.OTHER: people.other,
}
# These kinds are held against what only one person has (their way, their own words); all others are
# the same for everybody who has the same limit, and are held against the activities only once.
OF_ONE: Final = frozenset({LimitKind.WALK_AT_MOST_MINUTES, LimitKind.OTHER})
# The musts of everybody, and what of a person they depend on (None: more than can be shared).
MUSTS: Final[tuple[tuple[Must, Alike | None], ...]] = (
    (host.available, nothing),
    (host.age, age),
    (host.families, None),
    (host.companion, None),
    (host.consent, None),
    (host.money, None),
    (host.refused, None),
    (host.tried, None),
    (host.unheard, nothing),
    (load.ceilings, None),
    (terms.hours, None),
    (terms.travel, None),
)


def _alike(case: Case, must: Must, alike: Alike) -> tuple[Finding, ...]:
    """Hold a must once for all people who are alike in what it reads of them."""
    read = alike(case.person)
    return case.shared(
        (must, *read.values()),
        lambda whole: tuple(must(Case(whole.index, replace(NOBODY, **read)))),
    )


def _limit(case: Case, limit: Limit) -> tuple[Finding, ...]:
    """Hold a limit once for all people who have it, whatever their words for it."""
    hold, wordless = HELD_BY[limit.kind], replace(limit, text="")
    return case.shared((hold, wordless), lambda whole: tuple(hold(whole, wordless)))


def shared(case: Case) -> tuple[Finding, ...]:
    """Return what is found for everybody alike, over the whole index, whatever the part."""
    musts = [f for must, alike in MUSTS if alike for f in _alike(case, must, alike)]
    limits = (limit for limit in case.person.limits if limit.kind not in OF_ONE)
    return (*musts, *(found for limit in limits for found in _limit(case, limit)))


def find(case: Case) -> tuple[Finding, ...]:
    """Hold every limit of one person, and every host's, against the activities of a case."""
    at = case.index.at
    found: list[Finding] = []
    for must, alike in MUSTS:
        found += must(case) if alike is None else _cut(_alike(case, must, alike), at)
    for limit in case.person.limits:
        if limit.kind in OF_ONE:
            found += HELD_BY[limit.kind](case, limit)
        else:
            found += (each.worded(limit.text) for each in _cut(_limit(case, limit), at))
    return tuple(found)


def _cut(findings: tuple[Finding, ...], at: Rows | None) -> Findings:
    return findings if at is None else [finding.part(at) for finding in findings]


__all__ = ["HELD_BY", "MUSTS", "SAFETY", "Finding", "find", "shared"]
