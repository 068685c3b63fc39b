"""Limits of the body: sitting, lifting, steps, wheelchair, hazards, going out."""

from functools import partial

import numpy as np

from catalogue.profiles import ActivityProfile, Hazard, Limit, Setting
from matching.allergens import PREFIX, usual
from matching.arrays import MET, SAID, UNKNOWN, VIOLATED, Flags, States
from matching.case import Case
from matching.limits.finding import Finding, Findings, of
from matching.limits.states import at_most, flags, number, same, where, words
from matching.readings import HAZARD_BIT, SETTINGS, hazards_of

STANDING_MINUTES = 15  # assumption: what "seated" leaves room for, at a time
STANDING_WORK = 2  # a physical load from which a seat in the room does not make seated work
# What is spoken of when a limit names the key: kin, not the same thing.
RELATED = {
    Hazard.BEES: (Hazard.INSECTS,),
    Hazard.INSECTS: (Hazard.BEES,),
    Hazard.DUST: (Hazard.SMELL,),
    Hazard.HEAT: (Hazard.FIRE_OR_HOT,),
    Hazard.UNEVEN_GROUND: (Hazard.WET_FLOOR, Hazard.STAIRS),
}
# The first may be meant by the second: then the host is asked.
MAYBE = {
    Hazard.DOGS: (Hazard.ANIMALS,),
    Hazard.CATS: (Hazard.ANIMALS,),
    Hazard.NOISE: (Hazard.CROWD,),
}
# The first contains the second.
CONTAINS = {Hazard.ANIMALS: (Hazard.DOGS, Hazard.CATS)}
IN_FOOD = (Hazard.PORK,)


def _any(case: Case, hazards: tuple[Hazard, ...]) -> Flags:
    bits = sum(HAZARD_BIT[hazard] for hazard in hazards)
    return (case.index.whole["hazards"] & bits) > 0


def _hazard(case: Case, word: str) -> States:
    """Return the states of one unwanted hazard: a known one, an allergen or free words."""
    whole = case.index.whole
    states = where(whole["hazards_known"] == 0, UNKNOWN)
    if word in HAZARD_BIT:
        hazard = Hazard(word)
        states[_any(case, RELATED.get(hazard, ()))] = SAID
        states[_any(case, MAYBE.get(hazard, ()))] = UNKNOWN
        states[whole["hazards_known"] == 0] = UNKNOWN
        if hazard is Hazard.ALCOHOL:
            states[whole["dry"] == 1] = MET
        if hazard in IN_FOOD:
            states[whole["food"] == 1] = UNKNOWN
        states[_any(case, (hazard, *CONTAINS.get(hazard, ())))] = VIOLATED
        return states
    if word.startswith(PREFIX):
        states[whole["food"] == 1] = UNKNOWN
    else:
        states = np.maximum(states, same(case, SAID))
    states[case.index.rows("hazard", usual(word))] = VIOLATED
    return states


def _there(activity: ActivityProfile, word: str) -> tuple[str, ...]:
    """Name the hazard itself with what it contains; otherwise what is there of its kin."""
    hazards, hazard = hazards_of(activity), Hazard(word)
    named = hazards & {hazard, *CONTAINS.get(hazard, ())}
    return tuple(sorted(named or hazards & {*RELATED.get(hazard, ())}))


def _word_itself(_activity: ActivityProfile, word: str) -> tuple[str, ...]:
    return (word,)


def no_hazard(case: Case, limit: Limit) -> Findings:
    """Hold that no such hazard is there; kin hazards are spoken of, unstated ones asked."""
    for word in words(limit):
        there = _there if word in HAZARD_BIT else _word_itself
        value = of(case, partial(there, word=word))
        said = "other" if word.startswith("other:") else "related_hazard"
        yield Finding("no_hazard", _hazard(case, word), value, word, said=said)
    if Hazard.BEES in words(limit):
        yield _open_air(case)


def _open_air(case: Case) -> Finding:
    """Speak of the season wherever it is outdoors: nobody can state that no bee will come."""
    outdoors = case.index.whole["setting"] == SETTINGS.index(Setting.OUTDOOR)
    value = of(case, lambda a: a.setting)
    return Finding("open_air", where(outdoors, SAID), value, Hazard.BEES.value)


def seated(case: Case, limit: Limit) -> Findings:
    """Hold that there is a seat and the work leaves one sitting (minutes standing at a time)."""
    whole, most = case.index.whole, number(limit, STANDING_MINUTES)
    states = flags(whole["seat"])
    stands = (whole["standing"] < 0) & (case.index.load[0] >= STANDING_WORK)
    states[stands & (states == MET)] = UNKNOWN
    states[whole["standing"] > most] = VIOLATED
    yield Finding("seated", states, of(case, partial(_stands, most=most)), limit.text)


def _stands(activity: ActivityProfile, most: int) -> int | str | None:
    """Return the minutes one stands if they are too many, otherwise what is said of a seat."""
    minutes = activity.standing_minutes
    return minutes if minutes is not None and minutes > most else activity.access.seat


def lift_at_most_kg(case: Case, limit: Limit) -> Findings:
    """Hold that nothing is heavier than so many kilograms; without a figure the host is asked."""
    whole, most = case.index.whole, number(limit)
    states = at_most(whole["heaviest"], most)
    silent = (whole["heaviest"] < 0) & (whole["hazards_known"] == 1)
    states[silent & ~_any(case, (Hazard.HEAVY_LIFTING,))] = MET
    yield Finding("lift_at_most_kg", states, of(case, lambda a: a.heaviest_kg), most)


def steps_at_most(case: Case, limit: Limit) -> Findings:
    """Hold that there are no more steps than so many, unless there is a slope."""
    whole, most = case.index.whole, number(limit)
    states = at_most(whole["steps"], most)
    states[(states == MET) & _any(case, (Hazard.STAIRS,))] = UNKNOWN
    states[(whole["slope"] == 1) | (whole["at_home"] == 1)] = MET
    yield Finding("steps_at_most", states, of(case, lambda a: a.access.steps), most)


def wheelchair(case: Case, limit: Limit) -> Findings:
    """Hold that a wheelchair gets in (no step without a slope) and finds a toilet that serves."""
    whole = case.index.whole
    states = flags(whole["wheelchair"])
    states[(whole["wheelchair"] == 1) & (whole["steps"] < 0) & (whole["slope"] != 1)] = UNKNOWN
    states[(states == MET) & _any(case, (Hazard.STAIRS,)) & (whole["slope"] != 1)] = UNKNOWN
    states[(whole["steps"] > 0) & (whole["slope"] != 1)] = VIOLATED
    toilet = np.array([VIOLATED, MET, SAID, UNKNOWN], dtype=np.int8)[whole["toilet"]]
    home = whole["at_home"] == 1
    states[home], toilet[home] = MET, MET
    yield Finding("wheelchair", states, of(case, lambda a: a.access.steps or 0), limit.text)
    yield Finding(
        "wheelchair_toilet", toilet, of(case, lambda a: a.access.toilet or ""), said="toilet_to_see"
    )


def home_only(case: Case, limit: Limit) -> Findings:
    """Hold that it is done at home or online."""
    whole = case.index.whole
    states = where(whole["at_home"] == 0, VIOLATED)
    states[whole["setting"] < 0] = UNKNOWN
    yield Finding("home_only", states, of(case, lambda a: a.setting), limit.text)


def no_outdoors(case: Case, limit: Limit) -> Findings:
    """Hold that it is indoors; partly outdoors is asked about unless home is possible."""
    whole = case.index.whole
    table = {Setting.OUTDOOR: VIOLATED, Setting.BOTH: UNKNOWN}
    states = np.array([*(table.get(s, MET) for s in SETTINGS), UNKNOWN], np.int8)[whole["setting"]]
    both = whole["setting"] == SETTINGS.index(Setting.BOTH)
    states[both & (whole["home_possible"] == 1)] = MET
    yield Finding("no_outdoors", states, of(case, lambda a: a.setting), limit.text)
