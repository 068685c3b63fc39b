"""What the host asks of everybody: open, room, age, families, companions, consent."""

import numpy as np

from catalogue.profiles import (
    Accompaniment,
    ActivityProfile,
    Hazard,
    LimitKind,
    PersonProfile,
    SharedWith,
)
from matching.arrays import MET, SAID, UNKNOWN, VIOLATED
from matching.case import Case
from matching.limits.finding import Finding, Findings, of
from matching.limits.people import companion_welcome
from matching.limits.states import at_most, flags, same, where
from matching.readings import HAZARD_BIT, LACKING, hazards_of

ADULT = 18  # years: Civil Code art. 4 since April 2022
DRINKING_AGE = 20  # years: Act on Prohibiting Drinking by Persons under 20
# What somebody under age meets only under watchful eyes: an assumption of this project.
RISKY_FOR_MINORS = frozenset(
    {
        Hazard.BLADES,
        Hazard.CHEMICALS,
        Hazard.FIRE_OR_HOT,
        Hazard.HEAVY_LIFTING,
        Hazard.HEIGHTS,
        Hazard.WATER_EDGE,
    }
)
COOLING_OFF_DAYS = 90
TOLD = {SharedWith.HOSTS: MET, SharedWith.TEAM: SAID, SharedWith.NONE: SAID}
KIN = {"家族", "きょうだい", "両親", "親", "父", "母", "夫", "妻", "子", "息子", "娘", "孫"} | {
    *("兄", "弟", "姉", "妹", "兄弟", "姉妹", "祖父", "祖母", "介護")
}
# As written, whatever is said of them; one sign alone stands in other words, too (様子, 大丈夫).
RELATIVES = tuple(sorted(word for word in KIN - {"介護"} if len(word) > 1))


def available(case: Case) -> Findings:
    """Hold that the activity takes people: it is open, not resting, and has a place."""
    whole, today = case.index.whole, case.index.as_of.toordinal()
    yield Finding("closed", flags(whole["open"]), of(case, lambda a: a.open))
    yield Finding(
        "resting",
        where(whole["resting"] > today, VIOLATED),
        of(case, lambda a: str(a.resting_until)),
    )
    yield Finding(
        "full", where(whole["places_left"] == 0, VIOLATED), of(case, lambda a: a.places_left), 1
    )
    for word in LACKING[1:]:
        states = where(whole["lacking"] == LACKING.index(word), VIOLATED)
        yield Finding(f"no_{word}", states, of(case, lambda a: a.lacking))


def ages_of(person: PersonProfile) -> tuple[int, int] | None:
    """Return the person's (lowest, highest) age in years: the picture's, or the limit's."""
    stated = [x.value for x in person.limits if x.kind is LimitKind.AGE]
    exact = next((value for value in stated if isinstance(value, int)), None)
    if person.ages is None and exact is not None:
        return (exact, exact)
    return person.ages


def _risky(activity: ActivityProfile) -> tuple[str, ...]:
    return tuple(sorted(hazards_of(activity) & RISKY_FOR_MINORS))


def _minor(case: Case, oldest: int) -> Findings:
    """Speak with the guardian, and of tools and heights before somebody under age meets them."""
    yield Finding("guardian_consent", same(case, SAID), lambda _: oldest, ADULT)
    bits = sum(HAZARD_BIT[hazard] for hazard in RISKY_FOR_MINORS)
    risky = (case.index.whole["hazards"] & bits) > 0
    yield Finding("minor_hazard", where(risky, SAID), of(case, _risky), ADULT)


def age(case: Case) -> Findings:
    """Hold that the person's age lies within the host's range; where it may not, it is asked."""
    whole, ages = case.index.whole, ages_of(case.person)
    low, high = whole["age_low"], whole["age_high"]
    youngest, oldest = ages or (0, 120)
    inside = np.minimum(oldest, high) - np.maximum(youngest, low) + 1
    states = where((youngest < low) | (oldest > high), UNKNOWN)
    if ages:
        states[(states == UNKNOWN) & (inside * 2 >= oldest - youngest + 1)] = SAID
    if ages:
        states[(oldest < low) | (youngest > high)] = VIOLATED
    states[low < 0] = UNKNOWN
    yield Finding("age", states, of(case, lambda a: a.age), ages, said="age_to_hear")
    if youngest < ADULT and ages:
        yield from _minor(case, oldest)
    if youngest < DRINKING_AGE:  # whoever has told no age may be too young to be served
        drinks = (whole["hazards"] & HAZARD_BIT[Hazard.ALCOHOL]) > 0
        states = where(drinks, VIOLATED if oldest < DRINKING_AGE else UNKNOWN)
        yield Finding("alcohol_age", states, lambda _: oldest, DRINKING_AGE)
        if ages:  # whether anything is served to whom is surely or perhaps too young is asked
            silent = (whole["hazards_known"] == 0) & (whole["dry"] == 0) & ~drinks
            yield Finding("alcohol_unheard", where(silent, UNKNOWN), lambda _: None, DRINKING_AGE)


def speaks_of_family(person: PersonProfile) -> bool:
    """Say whether own words or preferences name a relative: then a family group may be theirs."""
    meaning, texts = person.interest, (person.own_words, *person.preferences)
    if KIN & {*meaning.tokens} or "family" in {*meaning.liked, *meaning.disliked}:
        return True
    return any(word in text for text in texts for word in RELATIVES)


def families(case: Case) -> Findings:
    """Hold family groups back until it is heard, not guessed, that the person is family."""
    state = SAID if speaks_of_family(case.person) else UNKNOWN
    states = flags(case.index.whole["families_only"], no=MET, yes=state, unknown=MET)
    yield Finding("families_only", states, of(case, lambda a: a.families_only), said="family_group")


def companion(case: Case) -> Findings:
    """Hold that somebody comes along, as agreed with the person, where the host allows it."""
    need = case.person.accompaniment
    if need in (None, Accompaniment.NONE):
        return
    states = companion_welcome(case)
    yield Finding("accompaniment", states, of(case, lambda a: a.accompaniment_ok), need)


def consent(case: Case) -> Findings:
    """Hold that what may be told to the host has to be agreed before the host is asked."""
    shared = case.person.shared_with
    states = same(case, TOLD[shared])
    for host in case.person.told_hosts:
        states[case.index.rows("host", host)] = MET
    yield Finding("consent", states, lambda _: shared.value)


def money(case: Case) -> Findings:
    """Hold that the fee is within what the person can spend a time, in yen."""
    most = case.person.money_max_yen
    if most is not None:
        states = at_most(case.index.whole["fee"], most)
        yield Finding("money_max_yen", states, of(case, lambda a: a.fee_yen), most)


def refused(case: Case) -> Findings:
    """Hold back the activities and hosts that the person does not want again."""
    states = same(case, MET)
    for word in case.person.not_again:
        for kind in ("id", "host"):
            states[case.index.rows(kind, word)] = VIOLATED
    if case.person.not_again:
        yield Finding("not_again", states, lambda _: None)


def tried(case: Case) -> Findings:
    """Hold that where they go already, or stopped within the last 90 days, nothing is proposed."""
    going, recent = same(case, MET), same(case, MET)
    for attempt in case.person.tried:
        rows = case.index.rows("id", attempt.activity)
        days = case.index.as_of.toordinal() - attempt.on.toordinal()
        if attempt.outcome == "going":
            going[rows] = VIOLATED
        elif attempt.outcome in ("passed", "ended_badly") and days < COOLING_OFF_DAYS:
            recent[rows] = VIOLATED
    if case.person.tried:
        yield Finding("already_going", going, lambda _: None)
        yield Finding("cooling_off", recent, lambda _: None, COOLING_OFF_DAYS)


def unheard(case: Case) -> Findings:
    """Hold up every hazard in the host's own words for a human to look at."""
    rows = case.index.rows("free", "hazard")
    if len(rows):
        states = same(case, MET)
        states[rows] = SAID
        yield Finding("other_hazard", states, of(case, lambda a: _free_hazards(a.hazards)))


def _free(word: str) -> bool:
    return word.startswith("other:")


def _free_hazards(hazards: frozenset[str] | None) -> tuple[str, ...]:
    return tuple(sorted(word.removeprefix("other:") for word in hazards or () if _free(word)))


MUSTS = (available, age, families, companion, consent, money, refused, tried, unheard)
