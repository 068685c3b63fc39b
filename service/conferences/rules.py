"""The parts of a pre-consent record, and where each may go once there is consent. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Final

from service.languages.ours import ours
from service.refusals import Kind, Refusal


class Part(StrEnum):
    """One field of what is written down of somebody; the words are the columns' names."""

    CALLED_NAME = "called_name"
    NAME = "name"
    KANA = "kana"
    ADDRESS = "address"
    TELEPHONE = "telephone"
    HOUSEHOLD = "household"
    OWN_WORDS = "own_words"
    KNOWN = "known"
    CAME_THROUGH = "came_through"
    WORRIES = "worries"
    SAFETY = "safety"
    NEXT_STEP = "next_step"
    NOTE = "note"


class Goal(StrEnum):
    """Where a part goes when somebody chose it by hand for the consented record."""

    NAME = "name"
    CONTACT = "contact"
    OWN_WORDS = "own_words"
    NOTE = "note"


class Ending(StrEnum):
    """Why a record is closed."""

    CONSENTED = "consented"
    ENDED = "ended"


PART_WORDS: Final[dict[Part, str]] = ours(
    {
        Part.CALLED_NAME: "呼び名",
        Part.NAME: "名前",
        Part.KANA: "ふりがな",
        Part.ADDRESS: "住まい",
        Part.TELEPHONE: "電話",
        Part.HOUSEHOLD: "家族・同居",
        Part.OWN_WORDS: "本人のことば",
        Part.KNOWN: "わかっていること",
        Part.CAME_THROUGH: "だれから、どう入ったか",
        Part.WORRIES: "心配なこと",
        Part.SAFETY: "安全のこと",
        Part.NEXT_STEP: "次にすること",
        Part.NOTE: "そのほか",
    }
)

LONGEST: Final[dict[Part, int]] = {
    Part.CALLED_NAME: 100,
    Part.NAME: 100,
    Part.KANA: 100,
    Part.ADDRESS: 500,
    Part.TELEPHONE: 200,
    Part.HOUSEHOLD: 1000,
    Part.OWN_WORDS: 2000,
    Part.KNOWN: 4000,
    Part.CAME_THROUGH: 1000,
    Part.WORRIES: 4000,
    Part.SAFETY: 4000,
    Part.NEXT_STEP: 2000,
    Part.NOTE: 4000,
}

GOES_TO: Final[dict[Part, Goal]] = {
    Part.CALLED_NAME: Goal.NAME,
    Part.NAME: Goal.NAME,
    Part.KANA: Goal.NAME,
    Part.ADDRESS: Goal.NAME,
    Part.TELEPHONE: Goal.CONTACT,
    Part.HOUSEHOLD: Goal.NOTE,
    Part.OWN_WORDS: Goal.OWN_WORDS,
    Part.KNOWN: Goal.NOTE,
    Part.CAME_THROUGH: Goal.NOTE,
    Part.WORRIES: Goal.NOTE,
    Part.SAFETY: Goal.NOTE,
    Part.NEXT_STEP: Goal.NOTE,
    Part.NOTE: Goal.NOTE,
}

ENDING_WORDS: Final[dict[Ending, str]] = ours(
    {
        Ending.CONSENTED: "同意があり、人として登録した",
        Ending.ENDED: "終わった",
    }
)

LONGEST_TITLE: Final = 200
LONGEST_NOTE: Final = 4000  # of a person's note, where several parts come together


class TooMuchToCarry(Refusal):
    """The chosen parts together are longer than the place they go to."""

    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes over: exactly the parts that were chosen, and of those only the filled ones."""

    name: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    own_words: str = ""
    note: str = ""


def filled(record: Mapping[str, str]) -> list[Part]:
    """Return the parts that say anything, in the order of the form."""
    return [part for part in Part if record[part].strip()]


def carried(record: Mapping[str, str], chosen: Iterable[Part]) -> Carried:
    """Copy the chosen parts to where they go; what was not chosen stays behind.

    Raises:
        TooMuchToCarry: they do not fit together.

    """
    wanted = frozenset(chosen)
    parts = [part for part in filled(record) if part in wanted]
    note = "\n".join(
        f"{PART_WORDS[part]}: {record[part]}" for part in parts if GOES_TO[part] is Goal.NOTE
    )
    if len(note) > LONGEST_NOTE:
        raise TooMuchToCarry("the chosen parts do not fit into a note", most=LONGEST_NOTE)
    return Carried(
        name=_named({part: record[part] for part in parts if GOES_TO[part] is Goal.NAME}),
        contact="".join(record[part] for part in parts if GOES_TO[part] is Goal.CONTACT),
        own_words="".join(record[part] for part in parts if GOES_TO[part] is Goal.OWN_WORDS),
        note=note,
    )


def _named(said: Mapping[Part, str]) -> dict[str, str]:
    """Return the parts of a name; what stands after the first space is the given name."""
    lines = {part: text.replace("\n", " ").strip() for part, text in said.items()}
    family, *given = lines.get(Part.NAME, "").split(maxsplit=1)[:2] or [""]
    found = {
        "called": lines.get(Part.CALLED_NAME, ""),
        "family": family,
        "given": given[0] if given else "",
        "kana": lines.get(Part.KANA, ""),
        "address": said.get(Part.ADDRESS, ""),
    }
    return {name: text for name, text in found.items() if text}
