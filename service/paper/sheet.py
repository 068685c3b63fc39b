"""What stands on the sheet of an activity, line by line, in plain words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Final, NamedTuple

from catalogue.profiles import Opening
from catalogue.tables import Activity
from catalogue.terms import ActivityTerms
from service.clock import TOKYO
from service.hosts import leaflet
from service.paper import english
from service.paper.english import Said
from service.web.dates import day_words

DAYS: Final = "dates"
ARROW: Final = " → "
NONE_SAID: Final[Said] = {}
BODY: Final = 400  # signs that a tired reader takes in
NOON: Final = time(12)
SEATS: Final = {"あり": "いすがあります", "なし": "いすはありません"}


class Line(NamedTuple):
    """One thing that the sheet tells; ``key`` stays the same when its words change."""

    key: str
    name: str
    text: str
    english: str = ""


class Sheet(NamedTuple):
    """The words of one sheet; what nobody has asked yet does not stand on paper."""

    title: str
    lead: str
    lines: tuple[Line, ...]
    welcomes: tuple[Line, ...]
    english: Mapping[str, str] = {}

    @property
    def length(self) -> int:
        """Count the signs of the body: more than a page takes in is more than anybody reads."""
        return sum(len(text) for _, text in self.texts())

    def unsaid(self) -> list[str]:
        """Name the lines that have no English yet."""
        heads = (("title", "題", self.title), ("lead", "はじめの文", self.lead))
        silent = [name for key, name, text in heads if text and key not in self.english]
        return silent + [line.name for line in self.lines if not line.english]

    def lasting(self) -> dict[str, str]:
        """Return the texts whose readings are worth correcting: not the next days."""
        return {key: text for key, text in self.texts() if key != DAYS}

    def texts(self) -> Iterator[tuple[str, str]]:
        """Give every text of this activity with its key, without those that are empty."""
        parts = [("title", self.title), ("lead", self.lead)]
        parts += [(line.key, line.text) for line in (*self.lines, *self.welcomes)]
        yield from ((key, text) for key, text in parts if text)


def sheet_of(
    activity: Activity, openings: Sequence[Opening], *, host: str = "", said: Said = NONE_SAID
) -> Sheet:
    """Compose the sheet; one activity says the same to everybody, and names no person.

    ``host``: the name of the place, where it agreed to be named. ``said``: what is said in English.
    """
    told_in_english = english.lines(activity, openings, said)
    terms = ActivityTerms.model_validate(activity.terms)
    facts = {line.name: line.said for line in leaflet.facts(terms)}
    told = (
        Line("when", "いつ", terms.when or ("" if openings else "相談して決めます")),
        Line(DAYS, "つぎの日", "、".join(spoken(each.start) for each in openings[: english.DATES])),
        Line("minutes", "どのくらい", _joined(facts["時間"], terms.dose)),
        Line("host", "場所の名前", host),
        Line("place", "どんなところ", _place(terms, facts["場所"])),
        Line("way", "行き方", ARROW.join(terms.landmarks)),
        Line("people", "だれと", _people(facts["人数"], facts["だれがいるか"])),
        Line("money", "お金", _joined(facts["お金"], facts["お礼"])),
        Line("hazards", "気をつけること", facts["気をつけること"]),
        Line("absence", "休むとき", "、".join(terms.absence_notice)),
    )
    return Sheet(
        title=terms.plain_title or activity.title,
        lead=terms.description,
        lines=tuple(
            line._replace(english=told_in_english.get(line.key, ""))
            for line in told
            if line.text and line.text != leaflet.UNKNOWN
        ),
        welcomes=tuple(
            Line(f"welcome-{number}", "", words, english.WELCOMES[words])
            for number, words in enumerate(leaflet.welcomes(terms), start=1)
        ),
        english=told_in_english,
    )


def spoken(start: datetime) -> str:
    """Return 11月24日(火) 午前10時30分: as one would say it."""
    local = start.astimezone(TOKYO)
    half, hour = ("午前", local.hour) if local.time() < NOON else ("午後", local.hour - 12)
    minute = f"{local.minute}分" if local.minute else ""
    return f"{day_words(local.date())} {half}{hour}時{minute}"


def _place(terms: ActivityTerms, setting: str) -> str:
    stop = terms.access.minutes_from_stop
    return _joined(
        setting,
        "段差はありません" if terms.access.steps == 0 else "",
        "" if stop is None else f"バス停や駅から歩いて{stop}分",
        SEATS.get(terms.access.seat or "", ""),
    )


def _people(number: str, company: str) -> str:
    return _joined(number, "" if company == "とくにない" else company)


def _joined(*parts: str) -> str:
    return "。".join(_known(parts))


def _known(parts: Iterable[str]) -> Iterator[str]:
    return (part for part in parts if part and part != leaflet.UNKNOWN)
