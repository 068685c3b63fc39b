"""How an activity reads on a page: what it asks, who is there, what to mind."""

from typing import Final, NamedTuple

from catalogue.profiles import Company, Hazard, OwnPace, Reward, Setting
from service.languages.ours import ours

HAZARD_WORDS: Final[dict[Hazard, str]] = ours(
    {
        Hazard.BEES: "ハチ",
        Hazard.INSECTS: "虫",
        Hazard.ANIMALS: "動物",
        Hazard.DOGS: "犬",
        Hazard.CATS: "猫",
        Hazard.BLADES: "刃物",
        Hazard.HEAVY_LIFTING: "重い物",
        Hazard.FIRE_OR_HOT: "火・熱いもの",
        Hazard.HEAT: "暑さ",
        Hazard.COLD: "寒さ",
        Hazard.NOISE: "大きな音",
        Hazard.CROWD: "人ごみ",
        Hazard.SMELL: "つよいにおい",
        Hazard.DUST: "ほこり",
        Hazard.CHEMICALS: "薬品・洗剤",
        Hazard.UNEVEN_GROUND: "でこぼこの道",
        Hazard.STAIRS: "段差・階段",
        Hazard.HEIGHTS: "高い所",
        Hazard.WATER_EDGE: "水ぎわ",
        Hazard.WET_FLOOR: "ぬれた床",
        Hazard.TRAFFIC: "車の多い道",
        Hazard.DARKNESS: "暗さ",
        Hazard.SCREEN: "画面を見続ける",
        Hazard.FOOD_HYGIENE: "食べ物の衛生",
        Hazard.INFECTION_CONTROL: "感染への注意",
        Hazard.MONEY_HANDLING: "お金をあつかう",
        Hazard.OTHERS_PRIVACY: "人の秘密にふれる",
        Hazard.ALCOHOL: "お酒",
        Hazard.PORK: "豚肉",
    }
)

COMPANY_WORDS: Final[dict[Company, str]] = ours(
    {
        Company.CHILDREN: "子ども",
        Company.FAMILIES: "家族づれ",
        Company.YOUNG_PEOPLE: "若い人",
        Company.PEERS: "似た経験のある人",
        Company.MEN_MOSTLY: "ほとんど男の人",
        Company.WOMEN_MOSTLY: "ほとんど女の人",
        Company.PEOPLE_WITH_DEMENTIA: "もの忘れのある人",
        Company.CUSTOMERS: "お客さん",
        Company.UNKNOWN_ADULTS: "知らない大人",
    }
)

PACE_WORDS: Final[dict[OwnPace, str]] = ours(
    {
        OwnPace.YES: "自分のペースでできる",
        OwnPace.PARTLY: "一部は自分のペースでできる",
        OwnPace.NO: "まわりに合わせる",
    }
)

SETTING_WORDS: Final[dict[Setting, str]] = ours(
    {
        Setting.INDOOR: "屋内",
        Setting.OUTDOOR: "屋外",
        Setting.BOTH: "屋内と屋外",
        Setting.HOME: "家で",
        Setting.ONLINE: "オンライン",
    }
)

REWARD_WORDS: Final[dict[Reward, str]] = ours(
    {
        Reward.NONE: "お礼はない",
        Reward.IN_KIND: "お礼は品物",
        Reward.HONORARIUM: "謝礼がある",
        Reward.NONE_THEN_WAGE: "はじめはなし、あとで賃金",
        Reward.WAGE: "賃金がある",
    }
)


class LoadRow(NamedTuple):
    """One of the five dimensions, with a sentence from life for each level."""

    name: str
    words: str
    levels: tuple[str, str, str, str, str]

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The choices of a form: not known yet stands first, and is not nought."""
        return [
            ("", ours("まだ分からない")),
            *((str(n), words) for n, words in enumerate(self.levels)),
        ]


LOADS: Final = ours(
    (
        LoadRow(
            "physical",
            "体を動かす",
            ("座っているだけ", "手先だけ", "立つ・少し歩く", "しゃがむ・運ぶ", "力仕事"),
        ),
        LoadRow(
            "social",
            "人といる",
            ("一人で", "となりに座るだけ", "顔なじみ2〜5人", "知らない人6人以上", "お客さんと話す"),
        ),
        LoadRow(
            "cognitive",
            "考える",
            (
                "見ているだけ",
                "同じことのくり返し",
                "手順が3つほど",
                "自分で順番を決める",
                "その場で決める",
            ),
        ),
        LoadRow(
            "sensory",
            "音・におい",
            ("とても静か", "小さな話し声", "ふつうの部屋", "にぎやか・においあり", "大きな音"),
        ),
        LoadRow(
            "pressure",
            "責任・時間",
            (
                "いつ帰ってもよい",
                "時間だけ決まる",
                "量のめやすがある",
                "しめ切りがある",
                "代わりがいない",
            ),
        ),
    )
)
