"""Openings as columns: distinct weekly times, shared patterns of them, and one person's table.

A municipality's many dated openings are few distinct (weekday, start, end). A person's windows are
held against those once; every activity then takes its answer by its pattern.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from catalogue.profiles import ActivityProfile, Limit, LimitKind, Opening, OwnPace, Window
from catalogue.profiles import WindowStrength as Strength
from matching.arrays import Flags, Floats, Ints, Rows

TOKYO: Final = ZoneInfo("Asia/Tokyo")
DAY: Final = 24 * 60
NEVER: Final = (((0, 0, 0), 0, ()),)  # the weekly time of who has no dates
# Minutes. Assumption: less than ten is not worth the way; an unstated session is taken as thirty.
SHORTEST_USEFUL: Final = 10
UNSTATED_SESSION: Final = 30
DATES: Final = 3  # how many coming dates are named

WeeklyTime = tuple[int, int, int]
Dates = tuple[Opening, ...]
Counted = tuple[WeeklyTime, int, tuple[datetime, ...]]  # how many dates, and the first of them
Pattern = tuple[tuple[Counted, ...], int, bool]


@dataclass(frozen=True, slots=True, eq=False)
class Openings:
    """Distinct weekly times, patterns over them as offsets, and the pattern of every activity.

    ``day``, ``start``, ``end`` stand for each weekly time; ``code``, ``times`` (how many dates),
    ``first`` (ordinal of the first date) and ``dates`` (the first three) for each pair of a pattern
    and a weekly time; ``offset``, ``need`` (minutes) and ``fixed`` for each pattern; ``pattern``
    for each row.
    """

    day: Ints
    start: Ints
    end: Ints
    code: Ints
    times: Ints
    first: Ints
    dates: tuple[tuple[datetime, ...], ...]
    offset: Ints
    need: Ints
    fixed: Flags
    pattern: Ints

    def part(self, at: Rows) -> "Openings":
        """Return the same tables with the patterns of some rows."""
        return Openings(
            self.day,
            self.start,
            self.end,
            self.code,
            self.times,
            self.first,
            self.dates,
            self.offset,
            self.need,
            self.fixed,
            self.pattern.take(at),
        )

    def patterns(self) -> "Openings":
        """Return the same tables with one row for each pattern."""
        return replace(self, pattern=np.arange(len(self.offset)))

    def replaced(self, row: int, one: "Openings") -> "Openings":
        """Return these tables with the one pattern of another appended, and one row taking it."""
        pattern = self.pattern.copy()
        pattern[row] = len(self.offset)
        return Openings(
            day=np.append(self.day, one.day),
            start=np.append(self.start, one.start),
            end=np.append(self.end, one.end),
            code=np.append(self.code, one.code + len(self.day)),
            times=np.append(self.times, one.times),
            first=np.append(self.first, one.first),
            dates=self.dates + one.dates,
            offset=np.append(self.offset, len(self.code)),
            need=np.append(self.need, one.need),
            fixed=np.append(self.fixed, one.fixed),
            pattern=pattern,
        )

    def ahead(self, row: int, chosen: Flags) -> tuple[datetime, ...]:
        """Return the next dates of one row, of those pairs that are chosen."""
        pattern = int(self.pattern[row])
        low = int(self.offset[pattern])
        high = int(self.offset[pattern + 1]) if pattern + 1 < len(self.offset) else len(self.dates)
        found = [
            dates
            for dates, yes in zip(self.dates[low:high], chosen[low:high].tolist(), strict=True)
            if yes
        ]
        if len(found) == 1:
            return found[0]
        return tuple(sorted({date for dates in found for date in dates})[:DATES])


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """How one person's windows meet each row: minutes, dates a month, share, first day ordinal.

    ``soft`` says that only times outside a window that may be left serve; ``whole`` that some time
    which serves is free from its beginning to its end; ``minutes`` are the most
    that the windows, or a time for which one may ask, leave of a session. For each pair of a
    pattern and a weekly time ``used`` says whether its dates are those that serve, and ``left`` how
    many minutes of it are left.
    """

    serves: Flags
    soft: Flags
    whole: Flags
    minutes: Ints
    per_month: Floats
    share: Floats
    first: Ints
    used: Flags
    left: Ints

    def part(self, at: Ints) -> "Timing":
        """Return the times of some rows, or of rows by their patterns."""
        return Timing(
            self.serves.take(at),
            self.soft.take(at),
            self.whole.take(at),
            self.minutes.take(at),
            self.per_month.take(at),
            self.share.take(at),
            self.first.take(at),
            self.used,
            self.left,
        )


def weekly(opening: Opening) -> WeeklyTime:
    """Return (weekday, start, end) in minutes after midnight, Japanese time."""
    start = opening.start if opening.start.tzinfo is TOKYO else opening.start.astimezone(TOKYO)
    minute = start.hour * 60 + start.minute
    length = int((opening.end - opening.start).total_seconds()) // 60
    return start.weekday(), minute, minute + length


def upcoming(activities: Iterable[ActivityProfile], *, as_of: date) -> Iterator[ActivityProfile]:
    """Leave out the openings before a day and put the others in order; equal ones stay shared."""
    midnight = datetime.combine(as_of, time(), TOKYO)
    known: dict[int, tuple[Dates, Dates]] = {}  # the first is kept so that its id stays its own
    for activity in activities:
        given = activity.openings
        if id(given) not in known:
            ahead = (opening for opening in given if opening.start >= midnight)
            coming = tuple(sorted(ahead, key=lambda opening: (opening.start, opening.end)))
            known[id(given)] = given, given if coming == given else coming
        coming = known[id(given)][1]
        yield activity if coming is given else replace(activity, openings=coming)


def _counted(openings: Dates) -> tuple[Counted, ...]:
    """Count the dates of each distinct weekly time and keep the first; a date counts once."""
    seen: dict[WeeklyTime, dict[datetime, None]] = {}
    for opening in openings:
        seen.setdefault(weekly(opening), {})[opening.start.astimezone(TOKYO)] = None
    return tuple(
        (at, len(dates), tuple(islice(dates, DATES))) for at, dates in sorted(seen.items())
    )


def shortest_session(activity: ActivityProfile) -> int:
    """Return the minutes that a visit needs at least."""
    if activity.minutes is None:
        return UNSTATED_SESSION
    return max(activity.minutes[0], SHORTEST_USEFUL)


def gather(activities: Iterable[ActivityProfile], *, as_of: date) -> Openings:
    """Turn the coming openings of all activities into columns; equal patterns are stored once."""
    counted: dict[int, tuple[Counted, ...]] = {}
    patterns: dict[Pattern, int] = {}
    rows: list[int] = []
    for activity in upcoming(activities, as_of=as_of):
        mark = id(activity.openings)
        if mark not in counted:
            counted[mark] = _counted(activity.openings)
        key = (
            counted[mark] or NEVER,
            shortest_session(activity),
            activity.own_pace is OwnPace.NO,
        )
        rows.append(patterns.setdefault(key, len(patterns)))
    # a table that is reduced needs a pattern, even where no activity has one
    return _columns(tuple(patterns) or ((NEVER, UNSTATED_SESSION, False),), rows)


def _columns(patterns: tuple[Pattern, ...], rows: list[int]) -> Openings:
    """Lay patterns out as arrays."""
    codes = {key: at for at, key in enumerate(sorted({p[0] for pat in patterns for p in pat[0]}))}
    pairs = [pair for pattern in patterns for pair in pattern[0]]
    sizes = [len(pattern[0]) for pattern in patterns]
    table = np.array(list(codes) or [(0, 0, 0)], dtype=np.int64)
    return Openings(
        day=table[:, 0],
        start=table[:, 1],
        end=table[:, 2],
        code=np.array([codes[key] for key, _, _ in pairs], dtype=np.int64),
        times=np.array([times for _, times, _ in pairs], dtype=np.int64),
        first=np.array([d[0].toordinal() if d else 0 for _, _, d in pairs], dtype=np.int64),
        dates=tuple(dates for _, _, dates in pairs),
        offset=np.cumsum([0, *sizes[:-1]], dtype=np.int64),
        need=np.array([pattern[1] for pattern in patterns], dtype=np.int64),
        fixed=np.array([pattern[2] for pattern in patterns], dtype=np.bool_),
        pattern=np.array(rows, dtype=np.int64),
    )


def clock(value: object) -> int | None:
    """Return minutes after midnight of '13:30' or of a number of minutes; None if neither."""
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.count(":"):
        hours, minutes = value.split(":")[:2]
        if hours.isdigit() and minutes.isdigit():
            return int(hours) * 60 + int(minutes)
    return None


def bounds(limits: Iterable[Limit]) -> tuple[int, int]:
    """Return the earliest and latest minute of a day that the limits allow.

    Who cannot come before some hour cannot after midnight either.
    """
    early, late = 0, 2 * DAY
    for limit in limits:
        minute = clock(limit.value)
        if minute is not None and limit.kind is LimitKind.NOT_BEFORE:
            early = max(early, minute)
        if minute is not None and limit.kind is LimitKind.NOT_AFTER:
            late = min(late, minute)
    return early, min(late, DAY) if early else late


def _overlap(table: Openings, low: int, high: int, days: Flags) -> tuple[Ints, Ints]:
    """Return for each weekly time the minutes inside [low, high], and those from its beginning."""
    begin = np.maximum(table.start, low)
    inside = np.where(days[table.day], np.minimum(table.end, high) - begin, 0)
    inside = np.maximum(inside, 0)
    return inside, np.where(begin == table.start, inside, 0)


def _joined(windows: tuple[Window, ...], day: int) -> list[tuple[int, int]]:
    """Return the free minutes around one weekday as spans, what adjoins joined over midnight."""
    around = ((-DAY, day - 1), (0, day), (DAY, day + 1))
    spans: list[tuple[int, int]] = []
    for low, high in sorted(
        (window.start + shift, window.end + shift)
        for shift, weekday in around
        for window in windows
        if weekday % 7 in window.days
    ):
        if spans and low <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(high, spans[-1][1])
        else:
            spans.append((low, high))
    return spans


def free_part(
    opening: Opening, windows: tuple[Window, ...], limits: tuple[Limit, ...]
) -> WeeklyTime:
    """Return (weekday, from, to): the longest part of an opening that windows and hours leave."""
    early, late = bounds(limits)
    day, start, end = weekly(opening)
    parts = [
        (min(end, high, late) - max(start, low, early), max(start, low, early))
        for low, high in _joined(windows, day)
    ]
    minutes, begin = max(parts, key=lambda part: (part[0], -part[1]), default=(0, start))
    return day, begin, begin + max(minutes, 0)


def _soft_days(windows: tuple[Window, ...]) -> Flags:
    """Say for each weekday whether one may ask for a time outside the windows.

    A day that has windows follows the mildest of them; a day without follows the strictest of all.
    """
    mild = [window.strength is not Strength.CANNOT for window in windows]
    soft = np.full(7, all(mild))
    for day in range(7):
        here = [m for m, window in zip(mild, windows, strict=True) if day in window.days]
        if here:
            soft[day] = any(here)
    return soft


def held_against(
    openings: Openings, windows: tuple[Window, ...], limits: tuple[Limit, ...]
) -> Timing:
    """Hold one person's windows and hours against every pattern, and spread it over the rows."""
    early, late = bounds(limits)
    best = np.zeros((2, len(openings.day)), dtype=np.int64)
    for day in range(7):
        here = np.arange(7) == day
        for low, high in _joined(windows, day):
            low, high = max(low, early), min(high, late)  # noqa: PLW2901 - cut to the hours
            best = np.maximum(best, _overlap(openings, low, high, here))
    soft = np.array(_overlap(openings, early, late, _soft_days(windows)))
    return _spread(openings, best, np.maximum(best, soft))


def _spread(openings: Openings, best: Ints, soft: Ints) -> Timing:
    """Reduce the weekly times of each pattern and take each row's pattern."""
    code, offset = openings.code, openings.offset
    sizes = np.diff(np.append(offset, len(code)))
    fixed = np.repeat(openings.fixed, sizes)
    length = (openings.end - openings.start)[code]
    need = np.minimum(np.repeat(openings.need, sizes), length)
    inside = np.where(fixed, best[1][code], best[0][code])
    outside = np.where(fixed, soft[1][code], soft[0][code])
    real = openings.times > 0
    good, mild = real & (inside >= need), real & (outside >= need)
    hard = np.logical_or.reduceat(good, offset)
    used = np.where(np.repeat(hard, sizes), good, mild)
    times = np.add.reduceat(np.where(used, openings.times, 0), offset)
    total = np.add.reduceat(openings.times, offset)
    first = np.minimum.reduceat(np.where(used, openings.first, np.iinfo(np.int64).max), offset)
    row = openings.pattern
    return Timing(
        serves=hard[row],
        soft=(~hard & np.logical_or.reduceat(mild, offset))[row],
        whole=np.logical_or.reduceat(good & (inside >= length), offset)[row],
        minutes=np.maximum.reduceat(np.where(real, soft[0][code], 0), offset)[row],
        per_month=(times / 12.0)[row],
        share=(times / np.maximum(total, 1))[row],
        first=first[row],
        used=used,
        left=np.where(real, outside, 0),
    )
