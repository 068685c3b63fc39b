"""The vocabulary that people and activities share: frozen values, standard library only.

Every value here is what matching works on. ``None`` always means *unknown*, never zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

DIMENSIONS: Final = ("physical", "social", "cognitive", "sensory", "pressure")
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LOAD_TOP: Final = 4


class Stage(StrEnum):
    """Where a person stands today. A word, never a progress bar: people move both ways."""

    NOT_MET = "not_met"
    AT_HOME = "at_home"
    BEGINNING_TO_GO_OUT = "beginning_to_go_out"
    PRESENT_WITH_SUPPORT = "present_with_support"
    SHORT_ROLE = "short_role"
    REGULAR_ROLE = "regular_role"
    HELPER = "helper"


class Hazard(StrEnum):
    """What may harm somebody at an activity."""

    BEES = "bees"
    INSECTS = "insects"
    ANIMALS = "animals"
    DOGS = "dogs"
    CATS = "cats"
    BLADES = "blades"
    HEAVY_LIFTING = "heavy_lifting"
    FIRE_OR_HOT = "fire_or_hot"
    HEAT = "heat"
    COLD = "cold"
    NOISE = "noise"
    CROWD = "crowd"
    SMELL = "smell"
    DUST = "dust"
    CHEMICALS = "chemicals"
    UNEVEN_GROUND = "uneven_ground"
    STAIRS = "stairs"
    HEIGHTS = "heights"
    WATER_EDGE = "water_edge"
    WET_FLOOR = "wet_floor"
    TRAFFIC = "traffic"
    DARKNESS = "darkness"
    SCREEN = "screen"
    FOOD_HYGIENE = "food_hygiene"
    INFECTION_CONTROL = "infection_control"
    MONEY_HANDLING = "money_handling"
    OTHERS_PRIVACY = "others_privacy"
    ALCOHOL = "alcohol"
    PORK = "pork"


HAZARD_PREFIXES: Final = ("allergen:", "other:")


class Company(StrEnum):
    """Who else is there."""

    CHILDREN = "children"
    FAMILIES = "families"
    YOUNG_PEOPLE = "young_people"
    PEERS = "peers"
    MEN_MOSTLY = "men_mostly"
    WOMEN_MOSTLY = "women_mostly"
    PEOPLE_WITH_DEMENTIA = "people_with_dementia"
    CUSTOMERS = "customers"
    UNKNOWN_ADULTS = "unknown_adults"


class LimitKind(StrEnum):
    """What must not be (避けること), by kind."""

    GROUP_AT_MOST = "group_at_most"
    MINUTES_AT_MOST = "minutes_at_most"
    PER_MONTH_AT_MOST = "per_month_at_most"
    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"
    NO_HAZARD = "no_hazard"
    NO_COMPANY = "no_company"
    NO_ROLE = "no_role"
    NO_LABEL = "no_label"
    NO_FEE = "no_fee"
    NO_PAY = "no_pay"
    NO_TASK_EXPECTED = "no_task_expected"
    NO_TALKING_REQUIRED = "no_talking_required"
    SEATED = "seated"
    LIFT_AT_MOST_KG = "lift_at_most_kg"
    STEPS_AT_MOST = "steps_at_most"
    WHEELCHAIR = "wheelchair"
    HOME_ONLY = "home_only"
    NO_OUTDOORS = "no_outdoors"
    WALK_AT_MOST_MINUTES = "walk_at_most_minutes"
    COMPANION_REQUIRED = "companion_required"
    MAY_LEAVE_ANY_TIME = "may_leave_any_time"
    BRINGS = "brings"
    AGE = "age"
    OTHER = "other"


class OwnPace(StrEnum):
    """Whether a person may go at their own pace."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Setting(StrEnum):
    """Where an activity happens."""

    INDOOR = "indoor"
    OUTDOOR = "outdoor"
    BOTH = "both"
    HOME = "home"
    ONLINE = "online"


class Reward(StrEnum):
    """What a person gets for it."""

    NONE = "none"
    IN_KIND = "in_kind"
    HONORARIUM = "honorarium"
    NONE_THEN_WAGE = "none_then_wage"
    WAGE = "wage"


class Accompaniment(StrEnum):
    """How long somebody should come along."""

    NONE = "none"
    FIRST_TIME = "first_time"
    FIRST_THREE = "first_three"
    ALWAYS = "always"


class TravelMode(StrEnum):
    """How a person gets somewhere."""

    WALK = "walk"
    BICYCLE = "bicycle"
    BUS = "bus"
    TRAIN = "train"
    CAR = "car"
    TAXI = "taxi"
    WHEELCHAIR = "wheelchair"
    LIFT = "lift"


class SharedWith(StrEnum):
    """Who may know of a person."""

    NONE = "none"
    TEAM = "team"
    HOSTS = "hosts"


class WindowStrength(StrEnum):
    """What lies outside a window."""

    CANNOT = "cannot"
    RATHER_NOT = "rather_not"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Load:
    """What an activity asks, or a person can bear, in five dimensions: each 0–4, None = unknown.

    The dimensions are never summed: a 4 in one is not made good by a 0 in another.

    Raises:
        ValueError: a level lies outside 0–4.

    """

    physical: int | None = None
    social: int | None = None
    cognitive: int | None = None
    sensory: int | None = None
    pressure: int | None = None

    def __post_init__(self) -> None:
        for name, level in zip(DIMENSIONS, self.levels, strict=True):
            if level is not None and not 0 <= level <= LOAD_TOP:
                raise ValueError(f"{name} load must be between 0 and {LOAD_TOP}")

    @property
    def levels(self) -> tuple[int | None, ...]:
        """The five levels in the order of DIMENSIONS."""
        return (self.physical, self.social, self.cognitive, self.sensory, self.pressure)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What some words say: facets liked and disliked with a confidence in (0, 1], and their tokens.

    Facet names are keys of the vocabulary (catalogue.words); tokens are normalised word forms.
    ``said`` has the texts themselves, but no sentence in which something is disliked: it is for
    measures that see no negation. ``hinted`` has facets that only the characters of unknown words
    suggest: they help to find, and are never a reason. A token "concept:…" names a concept heard.
    """

    liked: Mapping[str, float] = field(default_factory=dict)
    disliked: Mapping[str, float] = field(default_factory=dict)
    tokens: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    hinted: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opening:
    """One dated occurrence of a slot, both ends with a time zone (Asia/Tokyo)."""

    start: datetime
    end: datetime
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """How one gets in and sits down; minutes_from_stop is on foot from the nearest bus stop."""

    steps: int | None = None
    wheelchair: bool | None = None
    toilet: str | None = None
    seat: str | None = None
    minutes_from_stop: int | None = None
    handrail: bool | None = None
    slope: bool | None = None
    multipurpose_toilet: bool | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What a host answered when it was asked about an arrangement, and on which day.

    ``kind`` is a word of matching's arrangements; ``value`` its figure (minutes, people), if any.
    """

    kind: str
    yes: bool
    on: date
    value: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityProfile:
    """One clear thing to do, or a place to be, as matching sees it on one day.

    ``minutes`` and ``group_size`` are (lowest, highest); ``openings`` are the dated occurrences
    from the day of matching on, in order; ``by_arrangement`` means any time that suits both.
    ``heaviest_kg`` in kilograms, ``standing_minutes`` in minutes, ``fee_yen`` in yen.
    """

    id: str
    host: str
    title: str
    area: str = ""
    lat: float | None = None
    lon: float | None = None
    minutes: tuple[int, int] | None = None
    dose: str = ""
    openings: tuple[Opening, ...] = ()
    by_arrangement: bool = False
    per_month: float | None = None
    capacity: int | None = None
    places_left: int | None = None
    # What somebody cannot go without and no date has: a companion, or a lift.
    lacking: str = ""
    group_size: tuple[int, int] | None = None
    usual_attendance: tuple[int, int] | None = None
    regulars_share: float | None = None
    staff_present: str = ""
    company: frozenset[str] | None = None
    load: Load = Load()
    load_just_being: Load | None = None
    own_pace: OwnPace | None = None
    just_being_ok: bool | None = None
    no_talk_ok: bool | None = None
    accompaniment_ok: bool | None = None
    leave_any_time: bool | None = None
    roles: tuple[str, ...] = ()
    setting: Setting | None = None
    hazards: frozenset[str] | None = None
    alcohol: str | None = None
    handles_cash: bool | None = None
    heaviest_kg: float | None = None
    standing_minutes: int | None = None
    reward: Reward | None = None
    fee_yen: int | None = None
    access: Access = Access()
    age: tuple[int, int] | None = None
    families_only: bool | None = None
    brings_ok: frozenset[str] | None = None
    tags: tuple[str, ...] = ()
    booking: str = ""
    worry: str = ""
    open: bool = True
    meaning: Meaning = Meaning()
    needs: Meaning = Meaning()
    last_asked_on: date | None = None
    resting_until: date | None = None
    heard: tuple[Heard, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that must not be; ``value`` has the type its kind asks for, ``text`` the words."""

    kind: LimitKind
    value: int | str | tuple[str, ...] | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """When a person can come: weekdays 0 = Monday … 6 = Sunday, minutes after midnight."""

    days: frozenset[int]
    start: int
    end: int
    strength: WindowStrength = WindowStrength.CANNOT


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an earlier placement.

    ``outcome`` is going, ended_well, ended_badly or passed; ``on`` the day it came to that.
    """

    activity: str
    host: str
    outcome: str
    on: date


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """One person's picture on one day, as matching sees it. No name, no contact.

    ``interest`` comes from own words and preferences, ``strength`` from what they are good at.
    ``ages`` is (lowest, highest) in years as far as known. ``told_hosts`` are hosts that may be
    told although ``shared_with`` is narrower than all hosts.
    """

    id: str
    assessed: bool = True
    stage: Stage | None = None
    proposals_paused: str | None = None
    lat: float | None = None
    lon: float | None = None
    area: str = ""
    ages: tuple[int, int] | None = None
    own_words: str = ""
    interest: Meaning = Meaning()
    strength: Meaning = Meaning()
    preferences: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    ceiling: Load = Load()
    hard_dimensions: frozenset[str] = frozenset()
    windows: tuple[Window, ...] = ()
    modes: frozenset[TravelMode] = frozenset()
    max_minutes: int | None = None
    accompaniment: Accompaniment | None = None
    shared_with: SharedWith = SharedWith.NONE
    told_hosts: frozenset[str] = frozenset()
    money_max_yen: int | None = None
    not_again: frozenset[str] = frozenset()
    knows: frozenset[str] = frozenset()
    tried: tuple[Tried, ...] = ()
