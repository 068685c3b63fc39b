"""What stands on the sheet of an activity, line by line, in plain words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from typing import Final, NamedTuple

from catalogue.profiles import Opening
from catalogue.tables import Activity
from catalogue.terms import ActivityTerms
from service.clock import TOKYO
from service.hosts import leaflet
from service.web.dates import day_words

DAYS: Final = "dates"
DATES: Final = 3
NOON: Final = time(12)
SEATS: Final = {"あり": "いすがあります", "なし": "いすはありません"}


class Line(NamedTuple):
    """One thing that the sheet tells; ``key`` stays the same when its words change."""

    key: str
    name: str
    text: str


class Sheet(NamedTuple):
    """The words of one sheet; what nobody has asked yet does not stand on paper."""

    title: str
    lead: str
    lines: tuple[Line, ...]
    welcomes: tuple[Line, ...]

    def lasting(self) -> dict[str, str]:
        """Return the texts whose readings are worth correcting: not the next days."""
        return {key: text for key, text in self.texts() if key != DAYS}

    def texts(self) -> Iterator[tuple[str, str]]:
        """Give every text of this activity with its key, without those that are empty."""
        parts = [("title", self.title), ("lead", self.lead)]
        parts += [(line.key, line.text) for line in (*self.lines, *self.welcomes)]
        yield from ((key, text) for key, text in parts if text)


def sheet_of(activity: Activity, openings: Sequence[Opening]) -> Sheet:
    """Compose the sheet; one activity says the same to everybody, and names nobody."""
    terms = ActivityTerms.model_validate(activity.terms)
    facts = {line.name: line.said for line in leaflet.facts(terms)}
    told = (
        Line("when", "いつ", terms.when or ("" if openings else "相談して決めます")),
        Line(DAYS, "つぎの日", "、".join(spoken(each.start) for each in openings[:DATES])),
        Line("minutes", "どのくらい", _joined(facts["時間"], terms.dose)),
        Line("place", "どんなところ", _place(terms, facts["場所"])),
        Line("people", "だれと", _people(facts["人数"], facts["だれがいるか"])),
        Line("money", "お金", _joined(facts["お金"], facts["お礼"])),
        Line("hazards", "気をつけること", facts["気をつけること"]),
        Line("absence", "休むとき", "、".join(terms.absence_notice)),
    )
    return Sheet(
        title=terms.plain_title or activity.title,
        lead=terms.description,
        lines=tuple(line for line in told if line.text and line.text != leaflet.UNKNOWN),
        welcomes=tuple(
            Line(f"welcome-{number}", "", words)
            for number, words in enumerate(leaflet.welcomes(terms), start=1)
        ),
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
