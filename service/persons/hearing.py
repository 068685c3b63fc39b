"""A hearing in six small sections: what belongs to each, and how far each has come. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from catalogue.profiles import SharedWith


class Section(StrEnum):
    """In the order in which one usually talks; each is saved alone."""

    OWN_WORDS = "words"
    STRENGTHS = "strengths"
    LOADS = "loads"
    TIMES = "times"
    LIMITS = "limits"
    CONSENT = "consent"


class State(StrEnum):
    UNTOUCHED = "untouched"
    PARTLY = "partly"
    DONE = "done"


Document = Mapping[str, Any]
# What of a picture each section asks for; a consent is a record of its own.
KEYS: Final[Mapping[Section, tuple[str, ...]]] = {
    Section.OWN_WORDS: ("own_words",),
    Section.STRENGTHS: ("strengths", "preferences"),
    Section.LOADS: ("load_ceiling",),
    Section.TIMES: ("windows", "travel", "accompaniment"),
    Section.LIMITS: ("limits",),
    Section.CONSENT: (),
}
DIMENSIONS: Final = ("physical", "social", "cognitive", "sensory", "pressure")


def with_section(before: Document, read: Document, section: Section) -> dict[str, Any]:
    """Put one section of what was read in the place of what was known; the rest stays."""
    return dict(before) | {key: read[key] for key in KEYS[section] if key in read}


def is_same(section: Section, one: Document, other: Document) -> bool:
    """Say whether two pictures say the same in a section."""
    return all((one.get(key) or None) == (other.get(key) or None) for key in KEYS[section])


def states_of(picture: Document, shared_with: SharedWith | None) -> dict[Section, State]:
    """Say how far each section has come; what nobody knows yet never counts as answered."""
    travel = picture.get("travel") or {}
    ceiling = picture.get("load_ceiling") or {}
    answers: dict[Section, list[bool]] = {
        Section.OWN_WORDS: [bool(picture.get("own_words"))],
        Section.STRENGTHS: [bool(picture.get("strengths"))],
        Section.LOADS: [ceiling.get(name) is not None for name in DIMENSIONS],
        Section.TIMES: [
            bool(picture.get("windows")),
            bool(travel.get("modes")),
            travel.get("max_minutes") is not None,
        ],
        Section.LIMITS: [bool(picture.get("limits"))],
        Section.CONSENT: [shared_with not in {None, SharedWith.NONE}],
    }
    begun = {
        Section.STRENGTHS: bool(picture.get("preferences")),
        Section.TIMES: bool(picture.get("accompaniment")),
        Section.CONSENT: shared_with is SharedWith.NONE,
    }
    return {
        section: _state(said, begun=begun.get(section, False)) for section, said in answers.items()
    }


def _state(said: list[bool], *, begun: bool) -> State:
    if all(said):
        return State.DONE
    return State.PARTLY if begun or any(said) else State.UNTOUCHED


def following(section: Section) -> Section:
    """Return the section that comes after this one; the last leads nowhere else."""
    order = list(Section)
    return order[min(order.index(section) + 1, len(order) - 1)]
