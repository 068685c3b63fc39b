"""Every must of a person and of a host, as findings over all activities."""

from collections.abc import Mapping
from typing import Final

from catalogue.profiles import LimitKind
from matching.case import Case
from matching.limits import body, host, load, people, terms
from matching.limits.finding import ByKind, Finding, Findings

SAFETY: Final = frozenset(
    {
        "no_hazard",
        "no_children",
        "alcohol_age",
        "age",
        "guardian_consent",
        "consent",
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
MUSTS: Final = (*host.MUSTS, load.ceilings, terms.hours, terms.travel)


def find(case: Case) -> tuple[Finding, ...]:
    """Hold every limit of one person, and every host's, against all activities."""
    of_everybody = [finding for must in MUSTS for finding in must(case)]
    of_person = [
        finding for limit in case.person.limits for finding in HELD_BY[limit.kind](case, limit)
    ]
    return (*of_everybody, *of_person)


__all__ = ["HELD_BY", "MUSTS", "SAFETY", "Finding", "find"]
