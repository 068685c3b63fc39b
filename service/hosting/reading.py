"""Read the form's fields as terms and lines of a schedule; mistakes are told by their field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final

from starlette.datastructures import FormData

from catalogue.profiles import Company, Hazard
from catalogue.schedule import Holidays
from catalogue.terms import ActivityTerms, ScheduleItem
from catalogue.terms.values import MINUTES_TOP, YEN_TOP
from service.hosting.fields import LINES, OTHER, Fields, form_of
from service.hosting.words import (
    ABSENCES,
    HOLIDAY_WORDS,
    KINDS,
    NEEDS,
    NO_HAZARD,
    PACES,
    PATTERN_WORDS,
    WELCOMES,
)
from service.hosts.choices import LAST, ORDINALS, Choice, Pattern, item_of
from service.hosts.words import COMPANY_WORDS, HAZARD_WORDS, LOADS, SETTING_WORDS
from service.languages.ours import ours
from service.web.dates import read_day
from service.web.filled import Filled

TITLE: Final = 200
TEXT: Final = 4000
PEOPLE: Final = 999
SPLIT: Final = str.maketrans(dict.fromkeys("、，,・／/ 　\n", ","))
NO_TITLE: Final = ours("活動の名前を書いてください")
NO_CAPACITY: Final = ours("一度に何人まで受けられるかを書いてください(1人から)")
NO_PATTERN: Final = ours(
    "いつかを選んでください。決まっていなければ「相談して決める」を選んでください"
)
NO_DAY: Final = ours("曜日を選んでください")
NO_ORDINAL: Final = ours("第何週かを選んでください")
NO_HOURS: Final = ours("はじまりと終わりの時刻を書いてください")
BACKWARDS: Final = ours("終わりの時刻を、はじまりよりあとにしてください")
NO_MONTH_DAY: Final = ours("日を、5、20 のように書いてください(1から31、または 末日)")
NO_DATES: Final = ours("日付を、12月5日、12月19日 のように書いてください")
NO_FIRST: Final = ours("はじめの日を書いてください")
FEWER: Final = ours("多いときの人数を、少ないときより多くしてください")
NO_FEE: Final = ours("いくらかかるかを書いてください")
LONGER: Final = ours("長いときの時間を、短いときより長くしてください")


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
    lines = list(_lines(filled, today))
    terms = _what(filled, known) | _how_long(filled) | _who(filled, known) | _care(filled, known)
    return Read(title, terms, lines, filled.mistakes, _missing(title, lines, terms))


def _missing(title: str, lines: list[ScheduleItem | None], terms: dict[str, Any]) -> dict[str, str]:
    """Name what has to be said before anybody can be offered the activity."""
    wanted = (
        ("title", title, NO_TITLE),
        ("pattern-0", lines, NO_PATTERN),
        ("capacity", terms["capacity"], NO_CAPACITY),
    )
    return {name: sentence for name, value, sentence in wanted if not value}


def _what(filled: Filled, known: ActivityTerms) -> dict[str, Any]:
    others = [each for each in known.facets if each not in KINDS]
    return {
        "facets": [each for each in KINDS if each in filled.ticked("kinds")] + others,
        "description": filled.text("description", longest=TEXT),
        "setting": filled.choice("setting", SETTING_WORDS),
    }


def _how_long(filled: Filled) -> dict[str, Any]:
    least = filled.number("least", lowest=1, highest=MINUTES_TOP)
    most = filled.number("most", lowest=1, highest=MINUTES_TOP)
    if least is None:
        return {"minutes": most and {"min": most, "max": most}}
    if most is not None and most < least:
        filled.mistakes["most"] = LONGER
    return {"minutes": {"min": least, "max": max(least, most or least)}}


def _who(filled: Filled, known: ActivityTerms) -> dict[str, Any]:
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


def _care(filled: Filled, known: ActivityTerms) -> dict[str, Any]:
    fee = filled.text("fee")
    yen = filled.number("fee_yen", lowest=1, highest=YEN_TOP) if fee == "fee" else None
    if fee == "fee" and yen is None:
        filled.mistakes.setdefault("fee_yen", NO_FEE)
    offered = [word for word, _ in ABSENCES]
    absence = [each for each in filled.ticked("absence") if each in offered]
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


def _lines(filled: Filled, today: date) -> Iterator[ScheduleItem | None]:
    for at in range(LINES):
        pattern = filled.choice(f"pattern-{at}", PATTERN_WORDS)
        if pattern is None:
            continue
        before = len(filled.mistakes)
        choice = _choice(filled, at, pattern, today)
        if len(filled.mistakes) == before:
            yield item_of(choice)


def _choice(filled: Filled, at: int, pattern: Pattern, today: date) -> Choice:
    if pattern is Pattern.ARRANGED:
        return Choice(pattern=pattern)
    start, end = _hours(filled, at)
    days = _numbers(filled, f"days-{at}", range(7))
    first = filled.day(f"first-{at}") if pattern is Pattern.OTHER_WEEK else None
    choice = Choice(
        pattern=pattern,
        days=() if pattern in {Pattern.MONTH_DAYS, Pattern.DATES} else days,
        ordinals=_numbers(filled, f"ordinals-{at}", ORDINALS) if pattern is Pattern.NTH else (),
        month_days=_month_days(filled, at) if pattern is Pattern.MONTH_DAYS else (),
        dates=_dates(filled, at, today) if pattern is Pattern.DATES else (),
        first=first,
        start=start,
        end=end,
        holidays=filled.choice(f"holidays-{at}", HOLIDAY_WORDS) or Holidays.OPEN,
    )
    _check(filled, at, choice)
    return choice


def _check(filled: Filled, at: int, choice: Choice) -> None:
    """Say which particular of a pattern is missing."""
    asked: dict[Pattern, tuple[tuple[str, object, str], ...]] = {
        Pattern.WEEKLY: (("days", choice.days, NO_DAY),),
        Pattern.OTHER_WEEK: (("days", choice.days, NO_DAY), ("first", choice.first, NO_FIRST)),
        Pattern.NTH: (("ordinals", choice.ordinals, NO_ORDINAL), ("days", choice.days, NO_DAY)),
        Pattern.MONTH_DAYS: (("month_days", choice.month_days, NO_MONTH_DAY),),
        Pattern.DATES: (("dates", choice.dates, NO_DATES),),
        Pattern.ARRANGED: (),
    }
    for name, value, sentence in asked[choice.pattern]:
        if not value:
            filled.mistakes.setdefault(f"{name}-{at}", sentence)


def _hours(filled: Filled, at: int) -> tuple[time | None, time | None]:
    start, end = filled.clock(f"start-{at}"), filled.clock(f"end-{at}")
    if not (start and end):
        filled.mistakes.setdefault(f"start-{at}" if not start else f"end-{at}", NO_HOURS)
        return None, None
    if end <= start:
        filled.mistakes[f"end-{at}"] = BACKWARDS
    return time.fromisoformat(start), time.fromisoformat(end)


def _numbers(filled: Filled, name: str, offered: Any) -> tuple[int, ...]:
    ticked = filled.ticked(name)
    return tuple(each for each in offered if str(each) in ticked)


def _month_days(filled: Filled, at: int) -> tuple[int, ...]:
    name, found = f"month_days-{at}", set()
    for word in filled.text(name).translate(SPLIT).split(","):
        bare = word.strip().removesuffix("日")
        if bare in {"末", "月末"}:
            found.add(LAST)
        elif bare.isdecimal() and 1 <= int(bare) <= 31:  # noqa: PLR2004 - days of a month
            found.add(int(bare))
        elif bare:
            filled.mistakes[name] = NO_MONTH_DAY
    return tuple(sorted(found, key=lambda day: (day < 0, day)))


def _dates(filled: Filled, at: int, today: date) -> tuple[date, ...]:
    name, found = f"dates-{at}", set()
    for word in filled.words(name):
        day = _near_day(word, today)
        if day is None:
            filled.mistakes[name] = NO_DATES
        else:
            found.add(day)
    return tuple(sorted(found))


def _near_day(word: str, today: date) -> date | None:
    """Read a day with its year, or without one: then it is the next such day."""
    for year in ("", f"{today.year}年", f"{today.year + 1}年"):
        plain = word if not year else f"{year}{word.replace('/', '月')}"
        try:
            day = read_day(plain)
        except ValueError:
            continue
        if not year or day >= today:
            return day
    return None
