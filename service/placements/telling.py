"""What a host will be told before the day: exactly this, and not a word more."""

from collections.abc import Collection
from typing import Final, NamedTuple

from service.languages.ours import ours, say
from service.persons.picture import Picture
from service.persons.tables import Person
from service.persons.telling import SAYING
from service.persons.words import TOLD_WORDS
from service.placements.terms import Terms
from service.web.dates import dated_words

NAMELESS: Final = ours("1人。名前はまだ伝えません")


class Told(NamedTuple):
    """One line of what the host sees."""

    name: str
    said: str


def host_view(
    person: Person, picture: Picture, terms: Terms, *, title: str, may_tell: Collection[str]
) -> list[Told]:
    """Build the host's view from what was agreed, and from the fields that may be told."""
    who = person.code if "nickname" in may_tell else NAMELESS
    lines = [
        Told(ours("来る人"), who),
        Told(ours("活動"), title),
        Told(
            ours("はじめの日"),
            dated_words(terms.first_on) if terms.first_on else ours("これから相談"),
        ),
        Told(
            ours("時間"),
            say("{minutes}分から", minutes=terms.minutes)
            if terms.minutes
            else ours("これから相談"),
        ),
        Told(ours("量"), terms.dose or ""),
        Told(ours("いっしょに来る人"), terms.companion or ""),
    ]
    lines += [
        Told(TOLD_WORDS[field], SAYING[field](person, picture))
        for field in TOLD_WORDS
        if field in may_tell and field != "nickname"
    ]
    return [line for line in lines if line.said]
