"""The sheet in short English: what is fixed is said here, a host's own words by whoever wrote them.

A part that nobody has said in English yet stays Japanese alone; it is never guessed.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from catalogue.profiles import Company, Hazard, Opening, Reward, Setting
from catalogue.tables import Activity
from catalogue.terms import ActivityTerms
from service.clock import TOKYO

Said = Mapping[str, str]

NAMES: Final[Mapping[str, str]] = {
    "when": "When",
    "dates": "Next dates",
    "minutes": "How long",
    "host": "Name of the place",
    "place": "What it is like",
    "way": "The way",
    "people": "With whom",
    "money": "Money",
    "hazards": "Take care",
    "absence": "If you rest",
}
WELCOMES: Final[Mapping[str, str]] = {
    "いるだけでよい": "Just being there is fine",
    "話さなくてよい": "No need to talk",
    "いつでも帰ってよい": "You may leave any time",
    "だれかといっしょに来てよい": "You may bring somebody",
}
SETTINGS: Final[Mapping[Setting, str]] = {
    Setting.INDOOR: "Indoors",
    Setting.OUTDOOR: "Outdoors",
    Setting.BOTH: "Indoors and outdoors",
    Setting.HOME: "At home",
    Setting.ONLINE: "Online",
}
COMPANY: Final[Mapping[Company, str]] = {
    Company.CHILDREN: "children",
    Company.FAMILIES: "families",
    Company.YOUNG_PEOPLE: "young people",
    Company.PEERS: "people with similar experience",
    Company.MEN_MOSTLY: "mostly men",
    Company.WOMEN_MOSTLY: "mostly women",
    Company.PEOPLE_WITH_DEMENTIA: "people who forget things",
    Company.CUSTOMERS: "customers",
    Company.UNKNOWN_ADULTS: "adults you do not know",
}
REWARDS: Final[Mapping[Reward, str]] = {
    Reward.NONE: "Nothing is paid to you",
    Reward.IN_KIND: "You get a small thing in return",
    Reward.HONORARIUM: "You get a small payment",
    Reward.NONE_THEN_WAGE: "Not paid at first, wages later",
    Reward.WAGE: "You get wages",
}
HAZARDS: Final[Mapping[Hazard, str]] = {
    Hazard.BEES: "bees",
    Hazard.INSECTS: "insects",
    Hazard.ANIMALS: "animals",
    Hazard.DOGS: "dogs",
    Hazard.CATS: "cats",
    Hazard.BLADES: "knives and blades",
    Hazard.HEAVY_LIFTING: "heavy things",
    Hazard.FIRE_OR_HOT: "fire and hot things",
    Hazard.HEAT: "heat",
    Hazard.COLD: "cold",
    Hazard.NOISE: "loud noise",
    Hazard.CROWD: "crowds",
    Hazard.SMELL: "strong smells",
    Hazard.DUST: "dust",
    Hazard.CHEMICALS: "chemicals and detergents",
    Hazard.UNEVEN_GROUND: "uneven ground",
    Hazard.STAIRS: "steps and stairs",
    Hazard.HEIGHTS: "high places",
    Hazard.WATER_EDGE: "edge of water",
    Hazard.WET_FLOOR: "wet floor",
    Hazard.TRAFFIC: "traffic",
    Hazard.DARKNESS: "darkness",
    Hazard.SCREEN: "looking at a screen",
    Hazard.FOOD_HYGIENE: "clean hands for food",
    Hazard.INFECTION_CONTROL: "care against infection",
    Hazard.MONEY_HANDLING: "handling money",
    Hazard.OTHERS_PRIVACY: "other people's private matters",
    Hazard.ALCOHOL: "alcohol",
    Hazard.PORK: "pork",
}
SEATS: Final[Mapping[str, str]] = {"あり": "There are chairs", "なし": "There are no chairs"}
DATES: Final = 3


def own_words(activity: Activity, host: str = "") -> dict[str, str]:
    """Return the Japanese texts that nobody but a person can say in English, by part."""
    terms = ActivityTerms.model_validate(activity.terms)
    parts = {
        "title": terms.plain_title or activity.title,
        "lead": terms.description,
        "when": terms.when,
        "dose": terms.dose,
        "host": host,
        "way": "\n".join(terms.landmarks),
        "reward": terms.reward_detail,
        "absence": "、".join(terms.absence_notice),
    }
    return {name: text for name, text in parts.items() if text}


def lines(activity: Activity, openings: Sequence[Opening], said: Said) -> dict[str, str]:
    """Return the English of each line that has one; a line half of which is missing has none."""
    terms = ActivityTerms.model_validate(activity.terms)
    parts: dict[str, list[str | None]] = {
        "title": [said.get("title")],
        "lead": [said.get("lead")],
        "when": [said.get("when") if terms.when else "To be agreed"],
        "dates": [", ".join(_day(each) for each in openings[:DATES])],
        "minutes": [_minutes(terms), _own(terms.dose, said, "dose")],
        "host": [said.get("host")],
        "place": _place(terms),
        "way": [" → ".join((said.get("way") or "").splitlines())],
        "people": [_number(terms), _company(terms)],
        "money": [_fee(terms), _reward(terms, said)],
        "hazards": [_hazards(terms)],
        "absence": [said.get("absence")],
    }
    whole = {name: each for name, each in parts.items() if None not in each}
    return {name: text for name, each in whole.items() if (text := ". ".join(filter(None, each)))}


def _own(text: str, said: Said, part: str) -> str | None:
    return said.get(part) if text else ""


def _day(opening: Opening) -> str:
    start = opening.start.astimezone(TOKYO)
    return f"{start:%a} {start.day} {start:%b}, {start:%H:%M}"


def _span(lowest: int, highest: int) -> str:
    return str(lowest) if lowest == highest else f"{lowest}–{highest}"


def _minutes(terms: ActivityTerms) -> str:
    return f"{_span(terms.minutes.min, terms.minutes.max)} minutes" if terms.minutes else ""


def _number(terms: ActivityTerms) -> str:
    return f"{_span(*terms.group_size)} people" if terms.group_size else ""


def _company(terms: ActivityTerms) -> str:
    return ", ".join(COMPANY[Company(each)] for each in terms.company or ())


def _place(terms: ActivityTerms) -> list[str | None]:
    access = terms.access
    stop = access.minutes_from_stop
    return [
        SETTINGS[terms.setting] if terms.setting else "",
        "No steps" if access.steps == 0 else "",
        "" if stop is None else f"{stop} minutes on foot from the bus stop or station",
        SEATS.get(access.seat or "", ""),
    ]


def _fee(terms: ActivityTerms) -> str:
    if terms.fee_yen is None:
        return ""
    return f"{terms.fee_yen:,} yen" if terms.fee_yen else "Free of charge"


def _reward(terms: ActivityTerms, said: Said) -> str | None:
    if terms.reward_detail:
        return said.get("reward")
    return REWARDS[terms.reward] if terms.reward else ""


def _hazards(terms: ActivityTerms) -> str | None:
    if terms.hazards is None:
        return ""
    known = {each.value: words for each, words in HAZARDS.items()}
    named = [known.get(each) for each in terms.hazards]
    if None in named:
        return None  # an allergen or a danger in the host's own word
    return ", ".join(filter(None, named)) or "Nothing in particular"
