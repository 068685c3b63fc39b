"""Where nothing is proposed: what bound, and the smallest changes that would open something."""

from typing import Final

from catalogue.profiles import PersonProfile
from matching import Index
from matching.nothing import Bound, Step, bound, steps
from matching.saying import name_of, say_step
from service.suggestions.tables import Tier
from service.suggestions.telling import Told

STEPS: Final = "steps"
BOUND: Final = "bound"
# More are no small number of questions to put to somebody.
STEPS_TOLD: Final = 5
BOUND_TOLD: Final = 5


def smallest_changes(index: Index, profile: PersonProfile, content: Told) -> Told:
    """Tell what bound and what would open something, or nothing where there is a proposal."""
    if content["held"] is not None or any(content[tier.value] for tier in Tier):
        return {}
    return {
        STEPS: [_step(each) for each in steps(index, profile)[:STEPS_TOLD]],
        BOUND: [_bound(each) for each in bound(index, profile)[:BOUND_TOLD]],
    }


def _step(step: Step) -> Told:
    return {
        "code": step.code,
        "from": step.from_,
        "to": step.to,
        "opens": step.opens,
        "activities": list(step.best),
        "text": say_step(step),
    }


def _bound(one: Bound) -> Told:
    return {
        "code": one.code,
        "activities": one.activities,
        "alone": one.alone,
        "text": name_of(one.code),
    }
