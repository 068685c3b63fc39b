"""The sheet that a host sees: built once, kept with the packet, and shown by one function."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple, Self

from service.disclosures.lifecycle import Sort, only
from service.persons.picture import Picture
from service.persons.tables import Person
from service.persons.telling import SAYING
from service.persons.words import TOLD_WORDS

UNSAID: Final = "まだ聞いていません"


class Line(NamedTuple):
    """One thing that the host is told: what it is, and each thing said of it."""

    name: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one host sees of one person: these words and none besides."""

    sort: Sort
    host: str
    who: str
    lines: tuple[Line, ...]
    purpose: str = ""
    until: date | None = None

    def document(self) -> dict[str, Any]:
        """Return the sheet as it is kept, and as the API tells it."""
        return {
            "sort": self.sort.value,
            "host": self.host,
            "who": self.who,
            "lines": [{"name": line.name, "said": list(line.said)} for line in self.lines],
            "purpose": self.purpose,
            "until": self.until and self.until.isoformat(),
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        """Read a sheet back as it was kept."""
        until = document["until"]
        return cls(
            sort=Sort(document["sort"]),
            host=document["host"],
            who=document["who"],
            lines=tuple(Line(each["name"], tuple(each["said"])) for each in document["lines"]),
            purpose=document["purpose"],
            until=date.fromisoformat(until) if until else None,
        )


def told(person: Person, picture: Picture, fields: Iterable[str]) -> tuple[Line, ...]:
    """Tell exactly the fields of a consent; what nobody has asked yet is said as such."""
    return tuple(
        Line(TOLD_WORDS[field], (SAYING[field](person, picture) or UNSAID,))
        for field in only(set(fields), TOLD_WORDS)
    )
