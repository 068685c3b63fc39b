"""Whom the answers serve: the same measures by kind of person, and who gets no proposal, and why.

Groups are read from the picture alone; a group of few people says little, so the number stands
beside it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from catalogue.profiles import PersonProfile, TravelMode
from matching.answer import Answer
from matching.evaluate import Figures, Grades, figures, proposed

AGES: Final = ((0, "under 25"), (25, "25-39"), (40, "40-64"), (65, "65-79"), (80, "80 or older"))
UNKNOWN: Final = "not known"
# The most that somebody can do says how far they get; the first that holds names the group.
TRANSPORT: Final = (
    (TravelMode.WHEELCHAIR, "wheelchair"),
    (TravelMode.CAR, "car"),
    (TravelMode.LIFT, "lift or taxi"),
    (TravelMode.TAXI, "lift or taxi"),
    (TravelMode.BUS, "bus or train"),
    (TravelMode.TRAIN, "bus or train"),
    (TravelMode.BICYCLE, "bicycle"),
    (TravelMode.WALK, "on foot only"),
)


def _age(person: PersonProfile) -> str:
    if person.ages is None:
        return UNKNOWN
    middle = sum(person.ages) // 2
    return next(name for least, name in reversed(AGES) if middle >= least)


def _transport(person: PersonProfile) -> str:
    return next((name for mode, name in TRANSPORT if mode in person.modes), "stays at home")


GROUPS: Final[Mapping[str, Callable[[PersonProfile], str]]] = {
    "age": _age,
    "area": lambda person: person.area or UNKNOWN,
    "stage": lambda person: person.stage.value if person.stage else UNKNOWN,
    "transport": _transport,
}


def by_group(
    people: Sequence[PersonProfile],
    answers: Mapping[str, Answer],
    grades: Mapping[str, Grades],
    *,
    seed: int = 0,
) -> dict[tuple[str, str], Figures]:
    """Measure the answers of each group; who is held or not judged is left out."""
    found: dict[tuple[str, str], Figures] = {}
    asked = [each for each in people if answers[each.id].held is None and grades.get(each.id)]
    for name, group_of in GROUPS.items():
        for group in sorted({group_of(person) for person in asked}):
            inside = (each for each in asked if group_of(each) == group)
            orders = {each.id: proposed(answers[each.id]) for each in inside}
            found[name, group] = figures(orders, grades, seed=seed)
    return found


def without_proposal(answers: Iterable[Answer]) -> tuple[tuple[str, int], ...]:
    """Count who has no proposal: held with a code, or by what shuts the nearest miss."""
    codes = (_why(answer) for answer in answers if not proposed(answer))
    return tuple(sorted(Counter(codes).items(), key=lambda pair: (-pair[1], pair[0])))


def _why(answer: Answer) -> str:
    if answer.held is not None:
        return f"held: {answer.held.code}"
    if not answer.excluded:
        return "no activity"
    return f"nothing fits: {answer.excluded[0].reasons[0].code}"
