"""The anonymous card: what would suit somebody, in the host's language and without a cause. Pure.

Every word of it stands in this module or in the vocabulary: nothing that anybody wrote about the
person can come through, whatever the profile holds.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from catalogue.profiles import (
    DIMENSIONS,
    Accompaniment,
    Hazard,
    Limit,
    LimitKind,
    PersonProfile,
    Window,
)
from catalogue.words import FACETS, facet_name
from service.disclosures.sheet import Line

SUITS_AT_MOST: Final = 5
LOW: Final = 1  # a ceiling that a host hears of; 2 and more is what most places ask anyway
# Facets that would hint at a cause, at money or at the family.
UNTOLD_FACETS: Final = frozenset({"peers", "family", "earning"})
DAYS: Final = "月火水木金土日"
BANDS: Final = (("午前", 0, 12 * 60), ("午後", 12 * 60, 17 * 60), ("夕方から", 17 * 60, 24 * 60))
ASK_US: Final = "事前にたしかめたいことがあります。事務所に聞いてください"
QUIET_SEAT: Final = "静かな席があると助かります"

Asking = Callable[[Limit], str]


def _figure(sentence: str) -> Asking:
    def say(limit: Limit) -> str:
        whole = isinstance(limit.value, int) and not isinstance(limit.value, bool)
        return sentence.format(limit.value) if whole else ASK_US

    return say


def _always(sentence: str) -> Asking:
    return lambda _limit: sentence


HAZARDS: Final[dict[Hazard, str]] = dict.fromkeys(Hazard, ASK_US) | {
    Hazard.NOISE: QUIET_SEAT,
    Hazard.CROWD: "人の少ない時間や席だと助かります",
    Hazard.SMELL: "においの強くない場所だと助かります",
    Hazard.HEAT: "すずしい場所だと助かります",
    Hazard.COLD: "あたたかい場所だと助かります",
    Hazard.STAIRS: "階段のない行き方があると助かります",
    Hazard.UNEVEN_GROUND: "足もとが平らだと助かります",
    Hazard.HEAVY_LIFTING: "重いものは、ほかの人にお願いします",
    Hazard.FIRE_OR_HOT: "火や熱いものは、ほかの人にお願いします",
    Hazard.BLADES: "刃物は、ほかの人にお願いします",
    Hazard.HEIGHTS: "高いところは、ほかの人にお願いします",
    Hazard.MONEY_HANDLING: "お金のあつかいは、ほかの人にお願いします",
    Hazard.DARKNESS: "明るい場所だと助かります",
    Hazard.TRAFFIC: "車の少ない場所だと助かります",
    Hazard.SCREEN: "画面を長く見ないですむと助かります",
}


def _hazards(limit: Limit) -> str:
    words = limit.value if isinstance(limit.value, tuple) else ()
    said = (HAZARDS[Hazard(word)] if word in set(Hazard) else ASK_US for word in words)
    return "\n".join(dict.fromkeys(said)) or ASK_US


# How each kind of limit is put to a host: as what helps, never as what somebody has or cannot.
HELPS: Final[dict[LimitKind, Asking]] = {
    LimitKind.GROUP_AT_MOST: _figure("{}人くらいまでの集まりだと助かります"),
    LimitKind.MINUTES_AT_MOST: _figure("1回{}分くらいまでだと助かります"),
    LimitKind.PER_MONTH_AT_MOST: _figure("月に{}回くらいまでだと助かります"),
    LimitKind.NOT_BEFORE: _always("朝はゆっくりだと助かります"),
    LimitKind.NOT_AFTER: _always("早めに終わると助かります"),
    LimitKind.NO_HAZARD: _hazards,
    LimitKind.NO_COMPANY: _always("いっしょになる人について、事務所から相談します"),
    LimitKind.NO_ROLE: _always("お願いする役割について、事務所から相談します"),
    LimitKind.NO_LABEL: _always("紹介のしかたについて、事務所から相談します"),
    LimitKind.NO_FEE: _always("お金がかからないと助かります"),
    LimitKind.NO_PAY: _always("お礼について、事務所から相談します"),
    LimitKind.NO_TASK_EXPECTED: _always("いるだけでよい時間があると助かります"),
    LimitKind.NO_TALKING_REQUIRED: _always("話さなくてよいと助かります"),
    LimitKind.SEATED: _always("座ってできると助かります"),
    LimitKind.LIFT_AT_MOST_KG: _figure("{}kgより重いものは、ほかの人にお願いします"),
    LimitKind.STEPS_AT_MOST: _always("階段の少ない行き方があると助かります"),
    LimitKind.WHEELCHAIR: _always("段差がなく、通り道が広いと助かります"),
    LimitKind.HOME_ONLY: _always("家でできる形だと助かります"),
    LimitKind.NO_OUTDOORS: _always("屋内だと助かります"),
    LimitKind.WALK_AT_MOST_MINUTES: _always("駅やバス停から近いと助かります"),
    LimitKind.COMPANION_REQUIRED: _always("いっしょに行く人がいます"),
    LimitKind.MAY_LEAVE_ANY_TIME: _always("いつ帰ってもよいと助かります"),
    LimitKind.BRINGS: _always("いっしょに来る人や動物について、事務所から相談します"),
    LimitKind.AGE: _always(""),
    LimitKind.OTHER: _always(ASK_US),
}

LIGHT: Final[dict[str, str]] = {
    "physical": "体の負担が軽いと助かります",
    "social": "大勢の前に出ないですむと助かります",
    "cognitive": "一つずつ教えてもらえると助かります",
    "sensory": QUIET_SEAT,
    "pressure": "急がなくてよいと助かります",
}

ALONG: Final[dict[Accompaniment, str]] = {
    Accompaniment.NONE: "",
    Accompaniment.FIRST_TIME: "はじめの1回は、いっしょに行く人がいます",
    Accompaniment.FIRST_THREE: "はじめの3回は、いっしょに行く人がいます",
    Accompaniment.ALWAYS: "いっしょに行く人がいます",
}


def card(profile: PersonProfile) -> tuple[Line, ...]:
    """Say what would suit, when roughly, and what helps; a part without words is left out."""
    parts = (
        ("合いそうなこと", suits(profile)),
        ("来られそうな時", times(profile.windows)),
        ("あると助かること", helps(profile)),
    )
    return tuple(Line(name, tuple(said)) for name, said in parts if said)


def suits(profile: PersonProfile) -> list[str]:
    """Name what they like, the surest first, in the vocabulary's own words."""
    liked = profile.interest.liked
    known = [name for name in FACETS if name in liked and name not in UNTOLD_FACETS]
    return [facet_name(name) for name in sorted(known, key=lambda n: -liked[n])[:SUITS_AT_MOST]]


def times(windows: Iterable[Window]) -> list[str]:
    """Say the days and the part of the day; hours would be more than a host needs."""
    given = list(windows)
    found = []
    for name, start, end in BANDS:
        days = {d for w in given if w.start < end and start < w.end for d in w.days}
        if days:
            found.append(f"{'・'.join(DAYS[day] for day in sorted(days))}の{name}")
    return found


def helps(profile: PersonProfile) -> list[str]:
    """Say what helps, each thing once, in the order of the tables."""
    return list(dict.fromkeys(sentence for sentence in _said(profile) if sentence))


def _said(profile: PersonProfile) -> Iterator[str]:
    for kind, say in HELPS.items():
        for limit in profile.limits:
            if limit.kind is kind:
                yield from say(limit).split("\n")
    for name, level in zip(DIMENSIONS, profile.ceiling.levels, strict=True):
        if level is not None and level <= LOW:
            yield LIGHT[name]
    if profile.accompaniment is not None:
        yield ALONG[profile.accompaniment]
