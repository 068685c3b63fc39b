"""Read the form's fields as terms and lines of a schedule; mistakes are told by their field."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from starlette.datastructures import FormData

from catalogue.terms import ActivityTerms, ScheduleItem
from service.hosting.fields import Fields, form_of
from service.hosting.saying_when import lines
from service.hosting.terms import care, how_long, what, who
from service.languages.ours import ours
from service.web.filled import Filled

TITLE: Final = 200


NO_TITLE: Final = ours("活動の名前を書いてください")


NO_CAPACITY: Final = ours("一度に何人まで受けられるかを書いてください(1人から)")


NO_PATTERN: Final = ours(
    "いつかを選んでください。決まっていなければ「相談して決める」を選んでください"
)


@dataclass(slots=True)
class Read:
    """What a form says: terms that were asked for, lines of a schedule, and what to put right."""

    title: str
    terms: dict[str, Any]
    lines: list[ScheduleItem | None]
    mistakes: dict[str, str]
    missing: dict[str, str] = field(default_factory=dict)


def read(said: Fields | FormData, *, today: date, base: ActivityTerms | None = None) -> Read:
    """Read every section; ``base``: what is known already and no field of the form can say."""
    filled = Filled(said if isinstance(said, FormData) else form_of(said))
    known = base or ActivityTerms()
    title = filled.text("title", longest=TITLE)
    found = list(lines(filled, today))
    terms = what(filled, known) | how_long(filled) | who(filled, known) | care(filled, known)
    return Read(title, terms, found, filled.mistakes, _missing(title, found, terms))


def _missing(title: str, lines: list[ScheduleItem | None], terms: dict[str, Any]) -> dict[str, str]:
    """Name what has to be said before anybody can be offered the activity."""
    wanted = (
        ("title", title, NO_TITLE),
        ("pattern-0", lines, NO_PATTERN),
        ("capacity", terms["capacity"], NO_CAPACITY),
    )
    return {name: sentence for name, value, sentence in wanted if not value}
