"""What a round kept is told again: the Japanese as it was kept, its English from the codes beside.

A sentence whose codes do not give the Japanese that was kept stays as it is.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from matching import Arrangement, Reason, explain
from matching.above import Difference
from matching.answer import ArrangementKind, Value
from matching.explain import explain_difference
from matching.nothing import Step
from matching.phrases import NAMES_OF_FACTORS
from matching.phrases.above import PLAIN
from matching.phrases.reasons import HELD
from matching.saying import name_of, say_step
from service.languages.ours import both

Told = Mapping[str, Any]
# The host's answer to a question is kept in the sentence alone.
SAID_YES: Final = "; the host said yes"


def proposal(kept: Told, following: Told | None = None) -> dict[str, Any]:
    """Tell a proposal again; ``following`` is the next one in the order."""
    return dict(kept) | {
        "reasons": [{**each, "text": reason(each)} for each in kept["reasons"]],
        "to_check": [{**each, "text": reason(each)} for each in kept["to_check"]],
        "arrangements": [{**each, "text": arrangement(each)} for each in kept["arrangements"]],
        "above": above(kept, following) if kept.get("above") else None,
    }


def reason(kept: Told) -> str:
    told = Reason(kept["code"], _value(kept.get("value")), _value(kept.get("limit")))
    return _both(kept["text"], partial(explain, told))


def arrangement(kept: Told) -> str:
    kind = ArrangementKind(kept["kind"])
    told = Arrangement(kind, _value(kept.get("from")), _value(kept.get("to")))
    said = explain(told)
    if kept["text"] != said and kept["text"].startswith(said):
        return both(kept["text"], lambda: explain(told, "en") + SAID_YES)
    return _both(kept["text"], partial(explain, told))


def bound(kept: Told) -> str:
    return _both(kept["text"], partial(name_of, kept["code"]))


def step(kept: Told) -> str:
    """Tell a small change again; rounds from before its values were kept stay Japanese."""
    from_, to = _value(kept.get("from")), _value(kept.get("to"))
    told = Step(kept["code"], from_, to, kept["opens"], tuple(kept["activities"]))
    return _both(kept["text"], partial(say_step, told))


def held(kept: str, paused: str | None) -> str:
    """Tell again why there is no proposal; the pause's own words are somebody's, and stay."""
    for code in HELD:
        for told in (Reason(code), Reason(code, paused)):
            if explain(told) == kept:
                return both(kept, partial(explain, told, "en"))
    return kept


def above(upper: Told, lower: Told | None) -> str:
    """Tell again why one stands above the next, by the difference that gives the same sentence."""
    kept: str = upper["above"]
    for told in _differences(upper, lower):
        if explain_difference(told) == kept:
            return both(kept, partial(explain_difference, told, "en"))
    return kept


def _differences(upper: Told, lower: Told | None) -> Iterator[Difference]:
    yield from ((code, None, None) for code in PLAIN if code != "factor")
    for name in NAMES_OF_FACTORS:
        first = _shown(upper, name)
        yield name, first, _shown(lower, name) if lower else None
        yield name, first, None
        yield name, None, None


def _shown(kept: Told, factor: str) -> Value:
    if factor == "way":
        minutes, mode = kept["start"]["travel_minutes"], kept["start"]["mode"]
        return None if minutes is None else (minutes, mode or "home")
    found = (each["value"] for each in kept["reasons"] if each["code"] == factor)
    return _value(next(found, None))


def _both(kept: str, told: Callable[..., str]) -> str:
    """Pair the Japanese with its English, where the codes still give that Japanese."""
    return both(kept, partial(told, language="en")) if told() == kept else kept


def _value(kept: Any) -> Value:
    return tuple(_value(each) for each in kept) if isinstance(kept, list) else kept  # type: ignore[misc]  # JSON has lists for tuples
