"""The form's fields as they are kept: from an activity, and from what was typed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from starlette.datastructures import FormData

from catalogue.profiles import OwnPace
from catalogue.tables import Activity, Slot
from catalogue.terms import ActivityTerms, ScheduleItem
from catalogue.terms.signs import unfit_sign
from service.hosting.rules import Section
from service.hosting.words import KINDS, NEEDS, NO_HAZARD, WELCOMES
from service.hosts.choices import Choice, Pattern, choice_of
from service.hosts.words import HAZARD_WORDS, LOADS

LINES: Final = 2  # of a schedule that one screen takes; what is more is kept as it is
LONGEST: Final = 4000
MOST: Final = 60  # boxes of one name
OTHER: Final = "other:"
Fields = Mapping[str, list[str]]

_LINE: Final = ("pattern", "days", "ordinals", "month_days", "dates", "first", "start", "end",
                "holidays")  # fmt: skip
NAMES: Final[dict[Section, frozenset[str]]] = {
    Section.WHAT: frozenset({"title", "kinds", "description", "setting"}),
    Section.WHEN: frozenset(
        {f"{name}-{at}" for name in _LINE for at in range(LINES)} | {"least", "most"}
    ),
    Section.WHO: frozenset(
        {"capacity", "fewest", "people", "company", "welcomes", "own_pace"}
        | {row.name for row in LOADS}
    ),
    Section.CARE: frozenset(
        {"hazards", "other_hazards", "fee", "fee_yen", "to_bring", "absence_notice", "worry"}
        | {"in_return"}
        | {f"need_{name}" for name in NEEDS}
    ),
}


def kept(form: FormData, section: Section) -> dict[str, list[str]]:
    """Return what a form says of one section, with the mark that this screen was seen."""
    said: dict[str, list[str]] = {f"done_{section}": ["yes"]}
    for name in sorted(NAMES[section]):
        if values := [each for each in map(_fit, form.getlist(name)) if each][:MOST]:
            said[name] = values
    return said


def _fit(value: object) -> str:
    """Return what was typed as it can be kept: what no page would take is not."""
    plain = value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
    return "" if len(plain) > LONGEST or unfit_sign(plain) else plain


def written(said: Fields, section: Section, form: FormData) -> dict[str, list[str]]:
    """Put what one screen says in the place of what it said before; the others stay."""
    own = {*NAMES[section], f"done_{section}"}
    return {name: values for name, values in said.items() if name not in own} | kept(form, section)


def is_done(said: Fields, section: Section) -> bool:
    return f"done_{section}" in said


def form_of(said: Fields) -> FormData:
    """Give the kept fields as the form that they came from."""
    return FormData([(name, value) for name, values in said.items() for value in values])


def lines_of(slots: Iterable[Slot]) -> tuple[list[Choice], list[ScheduleItem | None]]:
    """Part an activity's lines: those that the form shows, and those that stay as they are."""
    shown: list[Choice] = []
    stay: list[ScheduleItem | None] = []
    for slot in slots:
        if not slot.capacity:
            continue
        item = ScheduleItem.model_validate(slot.recurrence) if slot.recurrence else None
        choice = choice_of(item)
        if choice is not None and len(shown) < LINES:
            shown.append(choice)
        else:
            stay.append(item)
    return shown, stay


def fields_of(activity: Activity, slots: Sequence[Slot]) -> dict[str, list[str]]:
    """Return the form of an activity as it stands, to be changed."""
    terms = ActivityTerms.model_validate(activity.terms)
    found: dict[str, list[Any]] = {
        "title": [activity.title],
        "kinds": [each for each in terms.facets if each in KINDS],
        "description": [terms.description],
        "setting": [terms.setting],
        "least": [terms.minutes.min] if terms.minutes else [],
        "most": [terms.minutes.max] if terms.minutes else [],
        "capacity": [terms.capacity],
        "fewest": terms.group_size[:1] if terms.group_size else [],
        "people": terms.group_size[1:] if terms.group_size else [],
        "company": list(terms.company or ()),
        "welcomes": [name for name in WELCOMES if getattr(terms, name)],
        "own_pace": [OwnPace(terms.own_pace)] if terms.own_pace else [],
        "hazards": _hazards(terms),
        "other_hazards": ["、".join(_others(terms))],
        "fee": _fee(terms),
        "fee_yen": [terms.fee_yen] if terms.fee_yen else [],
        "to_bring": [terms.to_bring],
        "absence_notice": list(terms.absence_notice),
        "worry": [terms.worry],
        "in_return": [terms.in_return],
    }
    found |= {row.name: [getattr(terms.load, row.name)] for row in LOADS}
    found |= {f"need_{name}": [getattr(terms.needs, name)] for name in NEEDS}
    for at, choice in enumerate(lines_of(slots)[0]):
        found |= {f"{name}-{at}": values for name, values in _line(choice).items()}
    marks = {f"done_{section}": ["yes"] for section in Section}
    return marks | {name: known for name, values in found.items() if (known := _said(values))}


def _said(values: Iterable[object]) -> list[str]:
    return [str(each) for each in values if each is not None and each != ""]


def _hazards(terms: ActivityTerms) -> list[str]:
    if terms.hazards is None:
        return []
    return [each for each in terms.hazards if each in set(HAZARD_WORDS)] or (
        [] if terms.hazards else [NO_HAZARD]
    )


def _others(terms: ActivityTerms) -> list[str]:
    return [each.removeprefix(OTHER) for each in terms.hazards or () if each.startswith(OTHER)]


def _fee(terms: ActivityTerms) -> list[str]:
    return [] if terms.fee_yen is None else ["fee" if terms.fee_yen else "free"]


def _line(choice: Choice) -> dict[str, list[Any]]:
    if choice.pattern is Pattern.ARRANGED:
        return {"pattern": [choice.pattern]}
    return {
        "pattern": [choice.pattern],
        "days": list(choice.days),
        "ordinals": list(choice.ordinals),
        "month_days": ["、".join("末日" if day < 0 else str(day) for day in choice.month_days)],
        "dates": ["、".join(day.isoformat() for day in choice.dates)],
        "first": [choice.first and choice.first.isoformat()],
        "start": [f"{choice.start:%H:%M}" if choice.start else None],
        "end": [f"{choice.end:%H:%M}" if choice.end else None],
        "holidays": [choice.holidays],
    }
