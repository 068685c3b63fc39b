"""Between the hearing's form and the picture it describes, in both directions."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from starlette.datastructures import FormData

from catalogue.profiles import LimitKind
from service.hosts.words import LOADS
from service.languages.ours import ours
from service.persons.words import (
    ACCOMPANIMENT_WORDS,
    FIGURES,
    HAZARDS_ASKED,
    MODE_WORDS,
    TICKED,
)
from service.web.filled import Filled

ROWS: Final = (1, 2, 3)  # of days and times that the form offers
OWN_WORDS: Final = 4000
_ASKED: Final = frozenset(word for word, _ in HAZARDS_ASKED)
_ON_FORM: Final = frozenset(TICKED) | {figure.kind for figure in FIGURES} | {LimitKind.OTHER}
_LISTS: Final = (LimitKind.NO_HAZARD, LimitKind.NO_COMPANY)

Document = dict[str, Any]


def read_picture(filled: Filled, before: Mapping[str, Any] | None = None) -> Document:
    """Return the picture as a document of the exchange; what the form does not ask for stays."""
    kept = dict(before or {})
    return kept | {
        "own_words": filled.text("own_words", longest=OWN_WORDS),
        "strengths": filled.words("strengths"),
        "preferences": filled.words("preferences"),
        "limits": _limits(filled, kept.get("limits", ())),
        "load_ceiling": _ceiling(filled, kept.get("load_ceiling", {})),
        "windows": _windows(filled, kept.get("windows", ())),
        "travel": {
            "modes": [mode for mode in MODE_WORDS if mode in filled.ticked("modes")],
            "max_minutes": filled.number("max_minutes", lowest=1, highest=240),
        },
        "accompaniment": filled.choice("accompaniment", ACCOMPANIMENT_WORDS),
    }


def _ceiling(filled: Filled, before: Mapping[str, Any]) -> Document:
    levels: Document = {"hard": before.get("hard", [])}
    for row in LOADS:
        said = filled.text(f"load_{row.name}")
        levels[row.name] = int(said) if said in {"0", "1", "2", "3", "4"} else None
    return levels


def _windows(filled: Filled, before: Iterable[Mapping[str, Any]]) -> list[Document]:
    read = (_window(filled, row, before) for row in ROWS)
    further = list(before)[len(ROWS) :]
    return [*(window for window in read if window), *map(dict, further)]


def _window(filled: Filled, row: int, before: Iterable[Mapping[str, Any]]) -> Document | None:
    days = filled.ticked(f"days_{row}")
    start, end = filled.clock(f"from_{row}"), filled.clock(f"to_{row}")
    if not days:
        return None
    if not start or not end or end <= start:
        filled.mistakes.setdefault(
            f"from_{row}", ours("何時から何時までかを、早い順に書いてください")
        )
    window: Document = {"days": days, "from": start, "to": end}
    same = [old for old in before if _hours(old) == _hours(window)]
    return dict(same[0]) if same else window


def _hours(window: Mapping[str, Any]) -> tuple[frozenset[str], str, str]:
    return frozenset(window["days"]), window["from"], window["to"]


def _limits(filled: Filled, before: Iterable[Mapping[str, Any]]) -> list[Document]:
    return [*(_as_said(limit, before) for limit in _asked(filled)), *_unasked(before)]


def _as_said(limit: Document, before: Iterable[Mapping[str, Any]]) -> Document:
    """Keep the words and the source beside a limit that is still the same."""
    same = [old for old in before if _on_form(old) == _on_form(limit)]
    return {**same[0], **limit} if same else limit


def _on_form(limit: Mapping[str, Any]) -> tuple[str, Any, str]:
    """Give what the form shows of a limit; boxes have no order but the page's."""
    kind, value = limit["kind"], limit.get("value")
    if kind == LimitKind.NO_HAZARD:
        value = [word for word in value or () if word in _ASKED]
    own = limit.get("text", "") if kind == LimitKind.OTHER else ""
    return kind, sorted(value) if isinstance(value, list) else value, own


def _asked(filled: Filled) -> list[Document]:
    ticked = filled.ticked("flags")
    limits: list[Document] = [{"kind": kind} for kind in TICKED if kind in ticked]
    limits += [
        {"kind": kind, "value": filled.ticked(kind)} for kind in _LISTS if filled.ticked(kind)
    ]
    for figure in FIGURES:
        value = filled.number(figure.kind, highest=figure.highest)
        if value is not None:
            limits.append({"kind": figure.kind, "value": value})
    others = filled.text("other_limit", longest=2000).splitlines()
    return [*limits, *({"kind": LimitKind.OTHER, "text": line} for line in others if line.strip())]


def _unasked(limits: Iterable[Mapping[str, Any]]) -> list[Document]:
    """Return what a limit says that the form has no place for."""
    kept: list[Document] = []
    for limit in limits:
        if limit["kind"] == LimitKind.NO_HAZARD:
            rest = [word for word in limit["value"] if word not in _ASKED]
            kept += [{**limit, "value": rest}] if rest else []
        elif limit["kind"] not in _ON_FORM | set(_LISTS):
            kept.append(dict(limit))
    return kept


def unasked_kinds(picture: Mapping[str, Any]) -> list[LimitKind]:
    """Name the limits that stay although the form does not show them."""
    return [LimitKind(limit["kind"]) for limit in _unasked(picture.get("limits", ()))]


def written(picture: Mapping[str, Any]) -> FormData:
    """Return the form as it would have been filled in for this picture."""
    pairs = [
        ("own_words", picture.get("own_words", "")),
        ("strengths", "、".join(picture.get("strengths", ()))),
        ("preferences", "、".join(picture.get("preferences", ()))),
    ]
    if said := picture.get("accompaniment"):
        pairs.append(("accompaniment", said))
    ceiling, travel = picture.get("load_ceiling", {}), picture.get("travel", {})
    pairs += [(f"load_{row.name}", _shown(ceiling.get(row.name))) for row in LOADS]
    pairs += [("modes", mode) for mode in travel.get("modes", ())]
    pairs.append(("max_minutes", _shown(travel.get("max_minutes"))))
    for row, window in zip(ROWS, picture.get("windows", ()), strict=False):
        pairs += [(f"days_{row}", day) for day in window["days"]]
        pairs += [(f"from_{row}", window["from"]), (f"to_{row}", window["to"])]
    return FormData([*pairs, *_written_limits(picture.get("limits", ()))])


def _written_limits(limits: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    others: list[str] = []
    for limit in limits:
        kind = LimitKind(limit["kind"])
        if kind in TICKED:
            pairs.append(("flags", kind))
        elif kind in _LISTS:
            pairs += [(kind, word) for word in limit["value"]]
        elif kind is LimitKind.OTHER:
            others.append(limit["text"])
        elif kind in _ON_FORM:
            pairs.append((kind, _shown(limit["value"])))
    return [*pairs, ("other_limit", "\n".join(others))]


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)
