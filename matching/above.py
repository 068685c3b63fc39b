"""Why one proposal stands above the next: the greatest difference that entered the order.

A factor that only one of both knows is no difference between them. What has to be arranged or
asked lowers a score as a whole, and is told where it took more than any factor gave.
"""

from matching.answer import Proposal, Value

Difference = tuple[str, Value, Value]  # what differs, what the upper shows for it, and the lower


def _lost(proposal: Proposal) -> float:
    """Return what arrangements, open questions and related hazards took from the factors' mean."""
    return sum(share for _, share in proposal.factors) - proposal.score


def _open(proposal: Proposal) -> int:
    """Count the questions to the host: what is to be checked and has no value."""
    return sum(reason.value is None for reason in proposal.to_check)


def _related(proposal: Proposal) -> int:
    """Count the hazards that are kin to an unwanted one."""
    return sum(reason.code == "related_hazard" for reason in proposal.to_check)


def _as_a_whole(upper: Proposal, lower: Proposal) -> str:
    """Name what lowered the lower one as a whole; turns, if nothing did."""
    if len(upper.arrangements) < len(lower.arrangements):
        return "arranged"
    if _open(upper) < _open(lower):
        return "asked"
    return "related_hazard" if _related(upper) < _related(lower) else "turns"


def _shown(proposal: Proposal, factor: str) -> Value:
    """Return what a proposal shows for a factor, None if it is no reason there."""
    if factor == "way":
        minutes, mode = proposal.start.travel_minutes, proposal.start.mode
        return None if minutes is None else (minutes, mode or "home")
    reasons = (reason for reason in proposal.reasons if reason.code == factor)
    reason = next(reasons, None)
    # so many times in a year is no figure beside so many times a month
    yearly = reason is not None and factor == "hours" and reason.limit is not None
    return None if reason is None or yearly else reason.value


def difference(upper: Proposal, lower: Proposal) -> Difference:
    """Return the greatest difference between two neighbours, and what each shows for it."""
    before, after = dict(upper.factors), dict(lower.factors)
    gains = {name: before[name] - after[name] for name in sorted(before.keys() & after.keys())}
    best = max(gains, key=lambda name: gains[name], default=None)
    spared = _lost(lower) - _lost(upper)
    if upper.score < lower.score or best is None or max(gains[best], spared) <= 0:
        # a tier, or hosts that take turns, put it first
        return _as_a_whole(upper, lower), None, None
    if spared > gains[best]:
        return _as_a_whole(upper, lower), None, None
    first, then = _shown(upper, best), _shown(lower, best)
    return best, first, None if first == then else then
