"""Read from the form what one does there, with how many, and what is to be minded."""

from typing import Any, Final

from catalogue.profiles import Company, Hazard
from catalogue.terms import ActivityTerms
from catalogue.terms.values import MINUTES_TOP, YEN_TOP
from service.hosting.fields import OTHER
from service.hosting.words import (
    ABSENCES,
    KINDS,
    NEEDS,
    NO_HAZARD,
    PACES,
    WELCOMES,
)
from service.hosts.words import COMPANY_WORDS, HAZARD_WORDS, LOADS, SETTING_WORDS
from service.languages.ours import ours
from service.web.filled import Filled

TEXT: Final = 4000


PEOPLE: Final = 999


FEWER: Final = ours("多いときの人数を、少ないときより多くしてください")


NO_FEE: Final = ours("いくらかかるかを書いてください")


LONGER: Final = ours("長いときの時間を、短いときより長くしてください")


def what(filled: Filled, known: ActivityTerms) -> dict[str, Any]:
    others = [each for each in known.facets if each not in KINDS]
    return {
        "facets": [each for each in KINDS if each in filled.ticked("kinds")] + others,
        "description": filled.text("description", longest=TEXT),
        "setting": filled.choice("setting", SETTING_WORDS),
    }


def how_long(filled: Filled) -> dict[str, Any]:
    least = filled.number("least", lowest=1, highest=MINUTES_TOP)
    most = filled.number("most", lowest=1, highest=MINUTES_TOP)
    if least is None:
        return {"minutes": most and {"min": most, "max": most}}
    if most is not None and most < least:
        filled.mistakes["most"] = LONGER
    return {"minutes": {"min": least, "max": max(least, most or least)}}


def who(filled: Filled, known: ActivityTerms) -> dict[str, Any]:
    fewest, people = (
        filled.number("fewest", highest=PEOPLE),
        filled.number("people", highest=PEOPLE),
    )
    if fewest is not None and people is not None and people < fewest:
        filled.mistakes["people"] = FEWER
    size = [each for each in (fewest, people) if each is not None]
    ticked = [Company(each) for each in filled.ticked("company") if each in set(Company)]
    welcomed = filled.ticked("welcomes")
    none_there: list[Company] | None = None if known.company is None else []
    return {
        "capacity": filled.number("capacity", lowest=1, highest=PEOPLE),
        "group_size": [min(size), max(size)] if size else None,
        "company": [each for each in COMPANY_WORDS if each in ticked] or none_there,
        "own_pace": filled.choice("own_pace", PACES),
        "load": {row.name: filled.number(row.name, highest=4) for row in LOADS},
        # What is not ticked is not said; a no that the host once said stays a no.
        **{
            name: True if name in welcomed else (getattr(known, name) and None) for name in WELCOMES
        },
    }


def care(filled: Filled, known: ActivityTerms) -> dict[str, Any]:
    fee = filled.text("fee")
    yen = filled.number("fee_yen", lowest=1, highest=YEN_TOP) if fee == "fee" else None
    if fee == "fee" and yen is None:
        filled.mistakes.setdefault("fee_yen", NO_FEE)
    offered = [word for word, _ in ABSENCES]
    absence = [each for each in filled.ticked("absence_notice") if each in offered]
    absence += [each for each in known.absence_notice if each not in offered]
    return {
        "hazards": _hazards(filled, known),
        "fee_yen": 0 if fee == "free" else yen,
        "to_bring": filled.text("to_bring", longest=TEXT),
        "absence_notice": absence,
        "needs": {name: filled.text(f"need_{name}", longest=TEXT) for name in NEEDS},
        "worry": filled.text("worry", longest=TEXT),
        "in_return": filled.text("in_return", longest=TEXT),
    }


def _hazards(filled: Filled, known: ActivityTerms) -> list[str] | None:
    ticked = filled.ticked("hazards")
    found: list[str] = [str(each) for each in Hazard if each.value in ticked]
    found += [f"{OTHER}{each}"[:200] for each in filled.words("other_hazards", longest=TEXT)]
    # An allergen has no box of its own: what is known of it stays.
    found += [
        each for each in known.hazards or () if each not in HAZARD_WORDS and OTHER not in each
    ]
    return found or ([] if NO_HAZARD in ticked else None)
