"""The words of the registration's form, for a host on a phone as for us on the telephone."""

from typing import Final

from catalogue.profiles import Hazard, OwnPace, Setting
from catalogue.schedule import Holidays
from service.hosting.rules import Section, State
from service.hosts.choices import LAST, ORDINALS, Pattern
from service.hosts.words import COMPANY_WORDS, HAZARD_WORDS, SETTING_WORDS
from service.languages.ours import ours, say
from service.web.dates import WEEKDAY_WORDS

SECTION_WORDS: Final[dict[Section, str]] = ours(
    {
        Section.WHAT: "何をするところ",
        Section.WHEN: "いつ",
        Section.WHO: "人数と、活動の重さ",
        Section.CARE: "気をつけること・お金",
    }
)
STATE_WORDS: Final[dict[State, str]] = ours(
    {
        State.WRITING: "書きかけ",
        State.SENT: "届きました",
        State.ASKED_BACK: "聞き返しています",
        State.ACCEPTED: "登録しました",
        State.DECLINED: "登録しませんでした",
    }
)
# What one does there, in words of the vocabulary, so that wishes find it.
KINDS: Final[dict[str, str]] = ours(
    {
        "plants": "花・草木",
        "farm": "畑",
        "animals": "動物",
        "cleaning": "そうじ",
        "hands": "手作業",
        "sewing": "ぬう・あむ",
        "repair": "直す",
        "carrying": "運ぶ",
        "cooking": "料理",
        "tea_and_coffee": "お茶・コーヒー",
        "words_and_books": "本・ことば",
        "computer": "パソコン",
        "music": "音楽",
        "games": "ゲーム・遊び",
        "children": "子ども",
        "elders": "お年寄り",
        "listening": "話を聞く",
        "events": "行事・祭り",
        "place_to_be": "いるだけの場所",
    }
)
SETTINGS: Final = [(each.value, SETTING_WORDS[each]) for each in Setting]
PATTERN_WORDS: Final[dict[Pattern, str]] = ours(
    {
        Pattern.WEEKLY: "毎週",
        Pattern.NTH: "毎月 第○曜日",
        Pattern.OTHER_WEEK: "1週おき",
        Pattern.MONTH_DAYS: "毎月 ○日",
        Pattern.DATES: "決まった日だけ",
        Pattern.ARRANGED: "相談して決める",
    }
)
ORDINAL_WORDS: Final = [
    (str(each), ours("最後") if each == LAST else say("第{number}", number=each))
    for each in ORDINALS
]
DAYS: Final = [(str(number), word) for number, word in enumerate(WEEKDAY_WORDS)]
HOLIDAY_WORDS: Final[dict[Holidays, str]] = ours(
    {
        Holidays.CLOSED: "祝日と年末年始は休み",
        Holidays.OPEN: "祝日もやる",
    }
)
LENGTHS: Final = (15, 30, 45, 60, 90, 120)
WELCOMES: Final[dict[str, str]] = ours(
    {
        "just_being_ok": "いるだけでよい",
        "no_talk_ok": "話さなくてよい",
        "leave_any_time": "いつでも帰ってよい",
        "accompaniment_ok": "だれかといっしょに来てよい",
    }
)
PACES: Final[dict[OwnPace, str]] = ours(
    {
        OwnPace.YES: "自分のペース",
        OwnPace.PARTLY: "ところどころ",
        OwnPace.NO: "まわりに合わせる",
    }
)
COMPANIES: Final = [(each.value, words) for each, words in COMPANY_WORDS.items()]
NO_HAZARD: Final = "none"
USUAL_HAZARDS: Final = (
    Hazard.HEAT, Hazard.COLD, Hazard.BEES, Hazard.INSECTS, Hazard.BLADES, Hazard.FIRE_OR_HOT,
    Hazard.HEAVY_LIFTING, Hazard.STAIRS, Hazard.UNEVEN_GROUND, Hazard.NOISE, Hazard.CROWD,
    Hazard.DOGS,
)  # fmt: skip
HAZARDS: Final = ours(
    [
        (NO_HAZARD, "とくにない"),
        *((each.value, HAZARD_WORDS[each]) for each in USUAL_HAZARDS),
    ]
)
RARE_HAZARDS: Final = ours(
    [(each.value, words) for each, words in HAZARD_WORDS.items() if each not in USUAL_HAZARDS]
)
FEES: Final = ours([("free", "かからない"), ("fee", "かかる"), ("", "まだ決めていない")])
ABSENCES: Final = ours(
    [
        ("連絡しなくてよい", "連絡しなくてよい"),
        ("あとで連絡すればよい", "あとでもよい"),
        ("その日の朝までに電話", "その日の朝までに電話"),
        ("前の日までに電話", "前の日までに電話"),
    ]
)
NEEDS: Final[dict[str, str]] = ours(
    {
        "people": "人",
        "things": "物",
        "place": "場所",
        "money": "お金",
    }
)
