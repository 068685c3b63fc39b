"""Days of a month, and dates, as people write them."""

from datetime import date
from typing import Final

from service.hosts.choices import LAST
from service.languages.ours import ours
from service.web.dates import read_day
from service.web.filled import Filled

SPLIT: Final = str.maketrans(dict.fromkeys("、，,・／/ 　\n", ","))


NO_MONTH_DAY: Final = ours("日を、5、20 のように書いてください(1から31、または 末日)")


NO_DATES: Final = ours("日付を、12月5日、12月19日 のように書いてください")


def month_days(filled: Filled, at: int) -> tuple[int, ...]:
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


def dates(filled: Filled, at: int, today: date) -> tuple[date, ...]:
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
