"""Sentences from codes and values, in plain Japanese or English; no percentage is ever said."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, Literal

from matching.above import Difference, difference
from matching.answer import Arrangement, ArrangementKind, Proposal, Reason, Value
from matching.phrases import NAMES_OF_FACTORS, PHRASES, WORDS
from matching.phrases.above import BOTH, ONE, PLAIN

Language = Literal["ja", "en"]
Names = Mapping[str, str]
DAYS: Final = ("月火水木金土日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
NOTHING: Final = ("不明", "not known")
HOURS: Final = ("not_before", "not_after")
TIMES: Final = ("windows", "outside_windows", "windows_unheard", "part_of_time", *HOURS)
AGES: Final = ("age", "age_to_hear")
OLDEST: Final = 100  # an upper age from which none is meant
PAIR: Final = 2

ARRANGEMENTS: Final[Mapping[ArrangementKind, tuple[str, str]]] = {
    ArrangementKind.SHORTER: (
        "時間を短くする({from_}分→{to}分)",
        "A shorter session ({from_} → {to} minutes)",
    ),
    ArrangementKind.SMALLER_DOSE: ("量を減らす({from_}→{to})", "A smaller dose ({from_} → {to})"),
    ArrangementKind.JUST_BEING: ("居るだけから始める", "Begin with just being there"),
    ArrangementKind.COMPANION: ("付き添いと一緒に行く({to})", "Go with a companion ({to})"),
    ArrangementKind.OTHER_SLOT: (
        "時間をずらせるか、名前を出さずに聞く({from_})",
        "Ask, without a name, for another time ({from_})",
    ),
    ArrangementKind.FEWER_PEOPLE: (
        "人の少ない時にする({from_}人→{to}人まで)",
        "Come when there are fewer people ({from_} → at most {to})",
    ),
    ArrangementKind.OTHER_ROLE: ("ほかの役割にする({to})", "Another role ({to})"),
    ArrangementKind.LIFT: ("送り迎えを頼む({from_}分→{to}分)", "A lift ({from_} → {to} minutes)"),
    ArrangementKind.HOME: ("家でする", "Do it at home"),
}
# What is said where it is not known from what, or to what; and where only the times change.
FROM_UNKNOWN: Final[Mapping[ArrangementKind, tuple[str, str]]] = {
    ArrangementKind.SHORTER: ("時間を短くする({to}分)", "A shorter session ({to} minutes)"),
    ArrangementKind.SMALLER_DOSE: ("量を減らす", "A smaller dose"),
    ArrangementKind.LIFT: ("送り迎えを頼む({to}分)", "A lift ({to} minutes)"),
}
TO_BE_AGREED: Final = ("量を減らす(いまは{from_})", "A smaller dose (now {from_})")
LESS_OFTEN: Final = (
    "来る回数を減らす(月{from_}回→{to}回)",
    "Come less often ({from_} → {to} times a month)",
)


def _at(language: Language) -> int:
    return 0 if language == "ja" else 1


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _word(value: str | float, language: Language, names: Names) -> str:
    """Say one word or number: given names first, then the vocabulary, else as it is."""
    if isinstance(value, bool):
        return (("いいえ", "はい"), ("no", "yes"))[_at(language)][value]
    if not isinstance(value, str):
        return f"{value:.12g}"
    plain = value.removeprefix("allergen:").removeprefix("other:")
    return names.get(plain) or WORDS.get(plain, (plain, plain))[_at(language)]


def _said(value: Value, language: Language, names: Names) -> str:
    """Say a value: a pair of numbers is a range, other tuples are lists."""
    if value is None or value == ():
        return NOTHING[_at(language)]
    if not isinstance(value, tuple):
        return _word(value, language, names)
    low_high = [part for part in value if isinstance(part, int)]
    if len(value) == len(low_high) == PAIR:
        low, high = low_high
        return f"{low}" if low == high else f"{low}{'〜' if language == 'ja' else '–'}{high}"
    return ("、" if language == "ja" else ", ").join(_word(v, language, names) for v in value)


def _opening(value: Value, language: Language, names: Names) -> str:
    """Say (weekday, beginning, end) as a day and times."""
    if not isinstance(value, tuple):
        return _said(value, language, names)
    day, start, end = (int(part) for part in value)
    return f"{DAYS[_at(language)][day]} {_clock(start)}–{_clock(end)}"


def _way(value: Value, language: Language, names: Names) -> str:
    """Say (minutes, mode); nobody travels to what is done at home."""
    if not isinstance(value, tuple):
        return _said(value, language, names)
    minutes, mode = value
    word = _word(mode, language, names)
    if mode == "home":
        return ("家でできる", "done at home")[_at(language)]
    return f"{word}で{minutes}分" if language == "ja" else f"{minutes} minutes {word}"


def _hour(value: Value, language: Language, names: Names) -> str:
    return _clock(value) if isinstance(value, int) else _said(value, language, names)


def _ages(value: Value, language: Language, names: Names) -> str:
    """Say (lowest, highest) in years; no upper end is said from OLDEST on."""
    if not isinstance(value, tuple):
        return ("年齢不明", "of an age not known")[_at(language)]
    low, high = (int(part) for part in value)
    if high >= OLDEST:
        return f"{low}歳から" if language == "ja" else f"ages {low} and over"
    years = _said(value, language, names)
    return f"{years}歳" if language == "ja" else f"{'age' if low == high else 'ages'} {years}"


def _aside(value: Value, language: Language, names: Names) -> str:
    """Say in brackets what an obstacle is; nothing where no more is known of it."""
    said = f"({_said(value, language, names)})" if value else ""
    return said if language == "ja" or not said else f" {said}"


def _steps(value: Value, language: Language, names: Names) -> str:
    return _aside(value and (f"段差{value}段", f"steps: {value}")[_at(language)], language, names)


def _standing(value: Value, language: Language, names: Names) -> str:
    """Say the minutes that one stands, or what there is for a seat."""
    if isinstance(value, int):
        return _aside((f"{value}分立つ", f"standing: {value} min")[_at(language)], language, names)
    return _aside(value and (f"席は{value}", f"seats: {value}")[_at(language)], language, names)


def _factor(value: Value, language: Language, names: Names) -> str:
    name = NAMES_OF_FACTORS.get(str(value))
    return name[_at(language)] if name else _said(value, language, names)


VALUES: Final[Mapping[str, Callable[[Value, Language, Names], str]]] = {
    **dict.fromkeys(TIMES, _opening),
    **dict.fromkeys(AGES, _ages),
    "wheelchair": _steps,
    "wheelchair_toilet": _aside,
    "seated": _standing,
    "way": _way,
    "not_known": _factor,
}


def _age_of_person(value: Value, language: Language, names: Names) -> str:
    """Say how old a person is: within the sentence, a bare figure in English."""
    return _ages(value, language, names).removeprefix("ages ").removeprefix("age ")


LIMITS: Final[Mapping[str, Callable[[Value, Language, Names], str]]] = {
    **dict.fromkeys(HOURS, _hour),
    **dict.fromkeys(AGES, _age_of_person),
}


def _reason(reason: Reason, language: Language, names: Names) -> str:
    code, _, part = reason.code.partition(".")
    phrase = PHRASES[code]
    known, unknown = (
        (phrase.ja, phrase.ja_unknown) if language == "ja" else (phrase.en, phrase.en_unknown)
    )
    if reason.limit is None and phrase.ja_alone:
        known = phrase.ja_alone if language == "ja" else phrase.en_alone
    limit = LIMITS.get(code, _said)
    return (unknown if reason.value is None and unknown else known).format(
        value=VALUES.get(code, _said)(reason.value, language, names),
        limit=limit(reason.limit, language, names),
        part=_said(part, language, names),
    )


def _change(arrangement: Arrangement) -> tuple[str, str]:
    """Choose the sentence of an arrangement by what is known of it."""
    kind, from_, to = arrangement.kind, arrangement.from_, arrangement.to
    if from_ is None and kind in FROM_UNKNOWN:
        return FROM_UNKNOWN[kind]
    if kind is ArrangementKind.SMALLER_DOSE and not isinstance(to, str):
        return TO_BE_AGREED if to is None else LESS_OFTEN
    return ARRANGEMENTS[kind]


def _arrangement(arrangement: Arrangement, language: Language, names: Names) -> str:
    other_time = arrangement.kind is ArrangementKind.OTHER_SLOT
    say = _opening if other_time else _said
    change = _change(arrangement)[_at(language)].format(
        from_=say(arrangement.from_, language, names), to=_said(arrangement.to, language, names)
    )
    return change if arrangement.heard is None else change + _yes_on(arrangement.heard, language)


def _yes_on(day: date, language: Language) -> str:
    said = (f"。{day.month}月{day.day}日に、できると聞いています", f"; the host said yes on {day}")
    return said[_at(language)]


def explain_difference(
    told: Difference, language: Language = "ja", *, names: Names | None = None
) -> str:
    """Say in one sentence the difference that put one proposal above its neighbour."""
    code, first, then = told
    known: Names = names or {}
    at, say = _at(language), _way if code == "way" else _said
    if code in PLAIN:
        return PLAIN[code][at]
    if first and then and code in BOTH:
        said, next_ = say(first, language, known), say(then, language, known)
        return BOTH[code][at].format(upper=said, lower=next_)
    if first and code in ONE:
        return ONE[code][at].format(upper=say(first, language, known))
    return PLAIN["factor"][at].format(name=NAMES_OF_FACTORS[code][at])


def explain(
    thing: Reason | Arrangement | tuple[Proposal, Proposal],
    language: Language = "ja",
    *,
    names: Names | None = None,
) -> str:
    """Say a reason, an arrangement, or why the first of two neighbours stands above the second.

    ``names`` gives words for facets (and anything else outside this package's vocabulary).

    Raises:
        KeyError: the code has no sentence.

    """
    if isinstance(thing, Reason):
        return _reason(thing, language, names or {})
    if isinstance(thing, Arrangement):
        return _arrangement(thing, language, names or {})
    return explain_difference(difference(*thing), language, names=names)
