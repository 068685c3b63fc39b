"""Tell an answer in the shape of the exchange: plain values, with each reason's sentence."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from catalogue.schedule import TOKYO
from matching import Answer, Arrangement, Proposal, Reason, explain
from matching.answer import ArrangementKind, Value

Told = dict[str, Any]
# Enough digits to order by, few enough to be the same on every machine.
SCORE_DIGITS = 4
# Most answers are made of sentences that were said before: about two megabytes of them are kept.
SENTENCES: Final = 8192


def told(answer: Answer, *, misses: int | None = None) -> Told:
    """Tell what was answered for one person; reasons of a hold as one sentence.

    ``order`` has the proposals of all tiers, the best to propose first, and ``above`` says of each
    why it stands above the next one there.

    ``misses`` bounds what was left out, the nearest first: each is explained only when told.
    """
    shown = {each.activity: each for each in (*answer.fits, *answer.adaptable, *answer.ask_host)}
    best_first = [shown[activity] for activity in answer.order]
    above = {upper.activity: explain((upper, lower)) for upper, lower in pairwise(best_first)}
    return {
        "held": None if answer.held is None else explain(answer.held),
        "order": list(answer.order),
        **{
            tier: [
                told_proposal(each) | {"above": above.get(each.activity)}
                for each in getattr(answer, tier)
            ]
            for tier in ("fits", "adaptable", "ask_host")
        },
        "excluded": [
            {"activity": each.activity, "reasons": told_reasons(each.reasons)}
            for each in answer.excluded[:misses]
        ],
    }


def told_proposal(proposal: Proposal) -> Told:
    start = proposal.start
    return {
        "activity": proposal.activity,
        "score": round(float(proposal.score), SCORE_DIGITS),
        "reasons": told_reasons(proposal.reasons),
        "to_check": told_reasons(proposal.to_check),
        "arrangements": [told_arrangement(each) for each in proposal.arrangements],
        "start": {
            "minutes": start.minutes,
            "dose": start.dose,
            "first_occurrences": [_moment(each) for each in start.first_occurrences],
            "travel_minutes": start.travel_minutes,
            "mode": start.mode,
        },
    }


def told_reasons(reasons: Sequence[Reason]) -> list[Told]:
    return [_reason(each) for each in reasons]


def _reason(reason: Reason) -> Told:
    limit = {} if reason.limit is None else {"limit": _plain(reason.limit)}
    return {
        "code": str(reason.code),
        "value": _plain(reason.value),
        **limit,
        "text": _why(*reason) if _in_codes(reason) else explain(reason),
    }


def told_arrangement(arrangement: Arrangement) -> Told:
    return {
        "kind": str(arrangement.kind),
        "from": _plain(arrangement.from_),
        "to": _plain(arrangement.to),
        "text": _change(arrangement.kind, arrangement.from_, arrangement.to, arrangement.heard),
    }


def _in_codes(reason: Reason) -> bool:
    """Say whether a reason is all codes and figures; anybody's own words are not kept for later."""
    value, limit = reason.value, reason.limit
    parts = (*(value if isinstance(value, tuple) else (value,)), limit)
    return all(part.isascii() for part in parts if isinstance(part, str))


# Typed, because 1, 1.0 and True are one key and three sentences.
@lru_cache(maxsize=SENTENCES, typed=True)
def _why(code: str, value: Value, limit: Value) -> str:
    return explain(Reason(code, value, limit))


@lru_cache(maxsize=SENTENCES, typed=True)
def _change(kind: ArrangementKind, before: Value, after: Value, heard: date | None) -> str:
    return explain(Arrangement(kind, before, after, heard))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list | frozenset | set):
        items = sorted(value) if isinstance(value, frozenset | set) else value
        return [_plain(each) for each in items]
    return str(value) if isinstance(value, str) else value


def _moment(at: datetime) -> str:
    return at.astimezone(TOKYO).isoformat(timespec="seconds")
