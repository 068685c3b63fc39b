"""Preferences (できれば): hours, others, form and reward that people name, against stated fields.

Only phrases that speak of such circumstances; what somebody likes to *do* is read by the
vocabulary. A clause with an aversion turns the wish round.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import compress
from typing import Final

import numpy as np

from catalogue.profiles import Company, OwnPace, Reward, Setting
from matching.arrays import Floats, Rows
from matching.case import Case, Evidence, Shown
from matching.readings import COMPANY_BIT, PACES, REWARDS, SETTINGS

NOON, EVENING, EARLY = 12 * 60, 17 * 60, 10 * 60
FEW = 5
CLEARLY = 0.7  # from here on a circumstance is said to be found
STEADY = 3  # times a month
CLAUSE: Final = re.compile(r"[、。／・\n,.!?！？]|が、|けれど|けど|でも")
AVERSE: Final = re.compile(r"苦手|無理|つらい|嫌|きらい|できない|起きられない|避け|弱い|だめ")

Trait = Callable[[Case], Floats]  # over every row


def _starts(low: int, high: int) -> Trait:
    """Return the share of rows' weekly times that begin within [low, high)."""

    def trait(case: Case) -> Floats:
        table = case.index.openings
        begins = ((table.start >= low) & (table.start < high))[table.code] & (table.times > 0)
        found = np.logical_or.reduceat(begins, table.offset)[table.pattern]
        return np.where(case.index.whole["dated"] == 1, found, 0.5).astype(np.float64)

    return trait


def _few(case: Case) -> Floats:
    size = case.index.whole["group_high"]
    return np.where(size < 0, 0.5, np.clip(1.0 - (size - FEW) / 10.0, 0.0, 1.0))


def _many(case: Case) -> Floats:
    return 1.0 - _few(case)


def _whole(name: str, level: int = 1) -> Trait:
    """Return 1 where a column reaches a level, 0 below, half where unknown."""

    def trait(case: Case) -> Floats:
        column = case.index.whole[name]
        return np.where(column < 0, 0.5, (column >= level).astype(np.float64))

    return trait


def _company(word: Company) -> Trait:
    return lambda case: ((case.index.whole["company"] & COMPANY_BIT[word]) > 0).astype(np.float64)


def _alike(case: Case) -> Floats:
    """Return 1 where people in the same position meet: peers, or families among themselves."""
    return np.maximum(_company(Company.PEERS)(case), _whole("families_only")(case))


def _behind(case: Case) -> Floats:
    """Return 1 where nobody stands in front of people: no customers, no pressing role."""
    front = np.zeros(case.index.size)
    for role in ("server", "teacher", "staff", "leader"):
        front[case.index.rows("role", role)] = 1.0
    customers = _company(Company.CUSTOMERS)(case)
    return 1.0 - np.maximum(front, customers)


def _paid(case: Case) -> Floats:
    table = {Reward.WAGE: 1.0, Reward.HONORARIUM: 1.0, Reward.NONE_THEN_WAGE: 0.6}
    values = [*(table.get(reward, 0.0) for reward in REWARDS), 0.0]
    return np.array(values)[case.index.whole["reward"]]


def _steady(case: Case) -> Floats:
    often = case.index.whole["per_month"]
    return np.where(often < 0, 0.5, often >= STEADY)


def _outside(case: Case) -> Floats:
    return np.where(case.index.whole["setting"] == SETTINGS.index(Setting.OUTDOOR), 1.0, 0.0)


def _low(dimension: int, level: int) -> Trait:
    def trait(case: Case) -> Floats:
        load = case.index.load[dimension]
        return np.where(load < 0, 0.5, (load <= level).astype(np.float64))

    return trait


_OWN = PACES.index(OwnPace.YES)
# Name of the trait -> the phrases that ask for it, and where it is found.
TRAITS: Final[Mapping[str, tuple[tuple[str, ...], Trait]]] = {
    "morning": (("朝", "午前", "早起き"), _starts(0, NOON)),
    "early": (("早朝", "朝早", "早い時間"), _starts(0, EARLY)),
    "afternoon": (("午後", "昼過ぎ", "昼から"), _starts(NOON, EVENING)),
    "evening": (("夜", "夕方", "仕事帰り"), _starts(EVENING - 60, 24 * 60)),
    "few_people": (
        ("人が多くな", "少人数", "人の目", "人目", "静か", "一人で", "ひとりで", "二、三人"),
        _few,
    ),
    "lively": (("にぎやか", "大勢で", "わいわい"), _many),
    "own_pace": (
        ("自分のペース", "マイペース", "急がされ", "せかされ", "焦"),
        _whole("pace", _OWN),
    ),
    "no_talking": (
        ("黙って", "しゃべるより", "話さなく", "あいさつだけ", "一声だけ", "会話なし", "無言"),
        _whole("no_talk_ok"),
    ),
    "come_and_go": (("出入りが自由", "途中で帰", "いつでも帰", "呼ばれたら"), _whole("leave")),
    "fixed_dose": (
        ("終わりが決ま", "終わりが見え", "部数", "時間が先", "量が決ま", "ノルマ"),
        _whole("dose"),
    ),
    "behind_the_scenes": (("人前に立たな", "裏方", "目立たな", "表に出な"), _behind),
    "paid": (("お金をもら", "かせ", "稼", "給料", "工賃", "時給", "収入"), _paid),
    "steady": (("いつも同じ", "毎週", "決まった曜日", "習慣"), _steady),
    "same_age": (
        ("同じ年", "同い年", "同年代", "同世代", "若い人"),
        _company(Company.YOUNG_PEOPLE),
    ),
    "peers": (("同じ立場", "同じ経験", "わかり合え", "仲間"), _alike),
    "no_blame": (("責めな", "怒られな", "間違えても", "失敗しても"), _low(4, 2)),
    "home": (("家でも", "家と外", "家で少し", "在宅", "自宅"), _whole("home_possible")),
    "outside": (("外で", "外の空気", "屋外", "日なた"), _outside),
    "seated": (("座って", "すわって", "立ちっぱなし"), _low(0, 1)),
}


def wanted(case: Case) -> tuple[tuple[str, bool], ...]:
    """Return (trait, liked) for each circumstance that own words or preferences name."""
    return _read((case.person.own_words, *case.person.preferences))


@lru_cache(maxsize=1024)
def _read(texts: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    said: dict[str, bool] = {}
    for text in texts:
        for clause in CLAUSE.split(text):
            averse = bool(AVERSE.search(clause))
            for name, (phrases, _) in TRAITS.items():
                if any(phrase in clause for phrase in phrases):
                    said[name] = not averse
    return tuple(said.items())


def _found(case: Case, name: str) -> Floats:
    """Return how far a circumstance is found at each activity, the same for everybody."""
    return case.cut(case.shared(("trait", name), TRAITS[name][1]))


def score(case: Case) -> Floats:
    """Return the mean over the circumstances named, NaN if none is."""
    named = wanted(case)
    if not named:
        return np.full(case.index.size, np.nan)
    total = np.zeros(case.index.size)
    for name, liked in named:
        found = _found(case, name)
        total += found if liked else 1.0 - found
    return total / len(named)


def evidence(case: Case, rows: Rows, _shown: Shown) -> Evidence:
    """Return the circumstances asked for that are found there."""
    named = [name for name, liked in wanted(case) if liked]
    if not named:
        return [((), None)] * len(rows)
    found = np.array([_found(case, name)[rows] for name in named]) >= CLEARLY
    return [(tuple(compress(named, there)), None) for there in found.T.tolist()]
