"""How a person's picture is asked for and read back on a page."""

from typing import Final, NamedTuple

from catalogue.profiles import Accompaniment, Hazard, LimitKind, SharedWith, Stage, TravelMode
from service.hosts.words import HAZARD_WORDS
from service.languages.ours import ours, say

STAGE_WORDS: Final[dict[Stage, str]] = ours(
    {
        Stage.NOT_MET: "まだ会えていない",
        Stage.AT_HOME: "家で過ごしている",
        Stage.BEGINNING_TO_GO_OUT: "出かけはじめた",
        Stage.PRESENT_WITH_SUPPORT: "だれかとならいられる",
        Stage.SHORT_ROLE: "短い役割がある",
        Stage.REGULAR_ROLE: "決まった役割がある",
        Stage.HELPER: "支える側にいる",
    }
)

MODE_WORDS: Final[dict[TravelMode, str]] = ours(
    {
        TravelMode.WALK: "歩き",
        TravelMode.BICYCLE: "自転車",
        TravelMode.BUS: "バス",
        TravelMode.TRAIN: "電車",
        TravelMode.CAR: "車",
        TravelMode.TAXI: "タクシー",
        TravelMode.WHEELCHAIR: "車いす",
        TravelMode.LIFT: "送り迎え",
    }
)

ACCOMPANIMENT_WORDS: Final[dict[Accompaniment, str]] = ours(
    {
        Accompaniment.NONE: "一人で行ける",
        Accompaniment.FIRST_TIME: "はじめの1回はいっしょに",
        Accompaniment.FIRST_THREE: "はじめの3回はいっしょに",
        Accompaniment.ALWAYS: "いつもいっしょに",
    }
)

SHARED_WORDS: Final[dict[SharedWith, str]] = ours(
    {
        SharedWith.NONE: "まだ同意はない(支援会議の範囲だけ)",
        SharedWith.TEAM: "チームの中だけ",
        SharedWith.HOSTS: "受け入れ先にも",
    }
)

DAY_WORDS: Final = ours(
    (
        ("MO", "月"),
        ("TU", "火"),
        ("WE", "水"),
        ("TH", "木"),
        ("FR", "金"),
        ("SA", "土"),
        ("SU", "日"),
    ),
    "weekday",
)

# What a limit is called where a person is read back; its value or its own words follow.
LIMIT_WORDS: Final[dict[LimitKind, str]] = ours(
    {
        LimitKind.GROUP_AT_MOST: "人数の上限",
        LimitKind.MINUTES_AT_MOST: "1回の長さの上限",
        LimitKind.PER_MONTH_AT_MOST: "1か月の回数の上限",
        LimitKind.NOT_BEFORE: "これより早い時刻は避ける",
        LimitKind.NOT_AFTER: "これより遅い時刻は避ける",
        LimitKind.NO_HAZARD: "避けるもの",
        LimitKind.NO_COMPANY: "避けたい相手",
        LimitKind.NO_ROLE: "避けたい役割",
        LimitKind.NO_LABEL: "避けたい呼びかた",
        LimitKind.NO_FEE: "お金がかからない",
        LimitKind.NO_PAY: "お礼のお金は受け取らない",
        LimitKind.NO_TASK_EXPECTED: "いるだけでよい",
        LimitKind.NO_TALKING_REQUIRED: "話さなくてよい",
        LimitKind.SEATED: "座ってできる",
        LimitKind.LIFT_AT_MOST_KG: "持てる重さの上限",
        LimitKind.STEPS_AT_MOST: "階段の段数の上限",
        LimitKind.WHEELCHAIR: "車いすで入れる",
        LimitKind.HOME_ONLY: "家でできる",
        LimitKind.NO_OUTDOORS: "外の活動は避ける",
        LimitKind.WALK_AT_MOST_MINUTES: "歩ける時間の上限",
        LimitKind.COMPANION_REQUIRED: "いっしょに行く人が要る",
        LimitKind.MAY_LEAVE_ANY_TIME: "いつでも帰れる",
        LimitKind.BRINGS: "いっしょに連れて行く",
        LimitKind.AGE: "年齢",
        LimitKind.OTHER: "そのほか",
    }
)

# The kinds that are ticked, and those that are a figure with its unit and the highest one.
TICKED: Final = (
    LimitKind.NO_TALKING_REQUIRED,
    LimitKind.NO_TASK_EXPECTED,
    LimitKind.MAY_LEAVE_ANY_TIME,
    LimitKind.COMPANION_REQUIRED,
    LimitKind.SEATED,
    LimitKind.WHEELCHAIR,
    LimitKind.NO_OUTDOORS,
    LimitKind.HOME_ONLY,
    LimitKind.NO_FEE,
    LimitKind.NO_PAY,
)


class Figure(NamedTuple):
    """A limit that is a number."""

    kind: LimitKind
    unit: str
    highest: int


FIGURES: Final = ours(
    (
        Figure(LimitKind.GROUP_AT_MOST, "人まで", 500),
        Figure(LimitKind.MINUTES_AT_MOST, "分まで", 1440),
        Figure(LimitKind.PER_MONTH_AT_MOST, "回まで", 100),
        Figure(LimitKind.WALK_AT_MOST_MINUTES, "分まで", 240),
        Figure(LimitKind.STEPS_AT_MOST, "段まで", 500),
        Figure(LimitKind.LIFT_AT_MOST_KG, "kgまで", 100),
    )
)

# The hazards that are asked about by name; any other is written in words.
HAZARDS_ASKED: Final = tuple(
    (hazard, HAZARD_WORDS[hazard])
    for hazard in (
        Hazard.BEES,
        Hazard.INSECTS,
        Hazard.DOGS,
        Hazard.CATS,
        Hazard.BLADES,
        Hazard.FIRE_OR_HOT,
        Hazard.HEAVY_LIFTING,
        Hazard.NOISE,
        Hazard.CROWD,
        Hazard.SMELL,
        Hazard.HEAT,
        Hazard.COLD,
        Hazard.STAIRS,
        Hazard.TRAFFIC,
        Hazard.ALCOHOL,
        Hazard.MONEY_HANDLING,
    )
)

AGE_BANDS: Final = (
    ("", ours("分からない・言わない")),
    *((f"{age}代", say("{age}代", age=age)) for age in (10, 20, 30, 40, 50, 60, 70)),
    ("80代以上", ours("80代以上")),
)
CONSENT_HOWS: Final = ours(
    (
        ("", "まだ"),
        ("口頭", "口頭"),
        ("文書", "文書"),
        ("電話", "電話"),
        ("代筆", "代筆"),
    )
)

# What a host may be told when the person agrees to it, field by field.
TOLD_WORDS: Final[dict[str, str]] = ours(
    {
        "nickname": "呼び名",
        "age_band": "年代",
        "own_words": "してみたいこと",
        "pace": "いっしょに行く人とペース",
        "limits": "避けること",
        "contact": "連絡のしかた",
    }
)

BROUGHT_WORDS: Final = ours({"child": "子ども", "companion": "付き添いの人", "animal": "動物"})
