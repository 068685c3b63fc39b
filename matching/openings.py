"""Openings as columns: distinct weekly times, shared patterns of them, and one person's table.

A municipality's many dated openings are few distinct (weekday, start, end). A person's windows are
held against those once; every activity then takes its answer by its pattern.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from catalogue.profiles import ActivityProfile, Limit, LimitKind, Opening, OwnPace, Window
from catalogue.profiles import WindowStrength as Strength
from matching.arrays import Flags, Floats, Ints, Rows

TOKYO: Final = ZoneInfo("Asia/Tokyo")
DAY: Final = 24 * 60
NEVER: Final = (((0, 0, 0), 0, 0),)  # the weekly time of who has no dates
# Minutes. Assumption: less than ten is not worth the way; an unstated session is taken as thirty.
SHORTEST_USEFUL: Final = 10
UNSTATED_SESSION: Final = 30

WeeklyTime = tuple[int, int, int]
Pattern = tuple[tuple[tuple[WeeklyTime, int, int], ...], int, bool]


@dataclass(frozen=True, slots=True, eq=False)
class Openings:
    """Distinct weekly times, patterns over them as offsets, and the pattern of every activity.

    ``day``, ``start``, ``end`` stand for each weekly time; ``code``, ``times`` (how many dates) and
    ``first`` (ordinal of the first date) for each pair; ``offset``, ``need`` (minutes) and
    ``fixed`` for each pattern; ``pattern`` for each row.
    """

    day: Ints
    start: Ints
    end: Ints
    code: Ints
    times: Ints
    first: Ints
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
            self.offset,
            self.need,
            self.fixed,
            self.pattern.take(at),
        )

    def patterns(self) -> "Openings":
        """Return the same tables with one row for each pattern."""
        return replace(self, pattern=np.arange(len(self.offset)))


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """How one person's windows meet each row: minutes, dates a month, share, first day ordinal.

    ``soft`` says that only times outside a window that may be left serve.
    """

    serves: Flags
    soft: Flags
    minutes: Ints
    per_month: Floats
    share: Floats
    first: Ints

    def part(self, at: Ints) -> "Timing":
        """Return the times of some rows, or of rows by their patterns."""
        return Timing(
            self.serves.take(at),
            self.soft.take(at),
            self.minutes.take(at),
            self.per_month.take(at),
            self.share.take(at),
            self.first.take(at),
        )


def weekly(opening: Opening) -> WeeklyTime:
    """Return (weekday, start, end) in minutes after midnight, Japanese time."""
    start = opening.start if opening.start.tzinfo is TOKYO else opening.start.astimezone(TOKYO)
    minute = start.hour * 60 + start.minute
    length = int((opening.end - opening.start).total_seconds()) // 60
    return start.weekday(), minute, minute + length


def _counted(openings: Iterable[Opening], as_of: date) -> tuple[tuple[WeeklyTime, int, int], ...]:
    """Count the dates of each distinct weekly time from ``as_of`` on and keep the first."""
    seen: dict[WeeklyTime, tuple[int, int]] = {}
    for opening in openings:
        ordinal = opening.start.astimezone(TOKYO).toordinal()
        if ordinal >= as_of.toordinal():
            key = weekly(opening)
            times, first = seen.get(key, (0, ordinal))
            seen[key] = (times + 1, min(first, ordinal))
    return tuple((key, *seen[key]) for key in sorted(seen))


def shortest_session(activity: ActivityProfile) -> int:
    """Return the minutes that a visit needs at least."""
    if activity.minutes is None:
        return UNSTATED_SESSION
    return max(activity.minutes[0], SHORTEST_USEFUL)


def gather(activities: Iterable[ActivityProfile], *, as_of: date) -> Openings:
    """Turn the openings of all activities into columns; equal patterns are stored once."""
    counted: dict[int, tuple[tuple[WeeklyTime, int, int], ...]] = {}
    patterns: dict[Pattern, int] = {}
    rows: list[int] = []
    for activity in activities:
        mark = id(activity.openings)
        if mark not in counted:
            counted[mark] = _counted(activity.openings, as_of)
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
        first=np.array([first for _, _, first in pairs], dtype=np.int64),
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
    """Return the earliest and latest minute of a day that the limits allow."""
    early, late = 0, 2 * DAY
    for limit in limits:
        minute = clock(limit.value)
        if minute is not None and limit.kind is LimitKind.NOT_BEFORE:
            early = max(early, minute)
        if minute is not None and limit.kind is LimitKind.NOT_AFTER:
            late = min(late, minute)
    return early, late


def _overlap(table: Openings, low: int, high: int, days: Flags) -> tuple[Ints, Ints]:
    """Return for each weekly time the minutes inside [low, high], and those from its beginning."""
    begin = np.maximum(table.start, low)
    inside = np.where(days[table.day], np.minimum(table.end, high) - begin, 0)
    inside = np.maximum(inside, 0)
    return inside, np.where(begin == table.start, inside, 0)


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


def outside(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """Return the days on which one may ask for a time outside the windows, as windows."""
    days = frozenset(np.flatnonzero(_soft_days(windows)).tolist())
    return (Window(days, 0, 2 * DAY),)


def held_against(
    openings: Openings, windows: tuple[Window, ...], limits: tuple[Limit, ...]
) -> Timing:
    """Hold one person's windows and hours against every pattern, and spread it over the rows."""
    early, late = bounds(limits)
    best = np.zeros((2, len(openings.day)), dtype=np.int64)
    for window in windows:
        days = np.isin(np.arange(7), list(window.days))
        low, high = max(window.start, early), min(window.end, late)
        best = np.maximum(best, _overlap(openings, low, high, days))
    soft = np.array(_overlap(openings, early, late, _soft_days(windows)))
    return _spread(openings, best, np.maximum(best, soft))


def _spread(openings: Openings, best: Ints, soft: Ints) -> Timing:
    """Reduce the weekly times of each pattern and take each row's pattern."""
    code, offset = openings.code, openings.offset
    sizes = np.diff(np.append(offset, len(code)))
    fixed = np.repeat(openings.fixed, sizes)
    need = np.minimum(np.repeat(openings.need, sizes), (openings.end - openings.start)[code])
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
        minutes=np.maximum.reduceat(np.where(real, best[0][code], 0), offset)[row],
        per_month=(times / 12.0)[row],
        share=(times / np.maximum(total, 1))[row],
        first=first[row],
    )
