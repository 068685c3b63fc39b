"""What is otherwise today: loads, times and minutes, for one answer, beside the hearing."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import FormData

from catalogue.profiles import LimitKind
from service.hosts.words import LOADS
from service.languages.ours import joined, ours, say
from service.persons import forms, words
from service.persons.picture import Picture
from service.web.filled import Filled

ROWS: Final = forms.ROWS[:2]  # of days and times; a third stays as it was heard
MINUTES: Final = LimitKind.MINUTES_AT_MOST
PARTS: Final = ("load_ceiling", "windows", "limits")
ASKED: Final = frozenset(
    [f"load_{row.name}" for row in LOADS]
    + [f"{name}_{row}" for row in ROWS for name in ("days", "from", "to")]
    + [MINUTES.value]
)
NOT_KNOWN: Final = ours("まだ分からない")


def written(picture: Mapping[str, Any]) -> FormData:
    """Return the form as a picture would have filled it in."""
    return FormData([each for each in forms.written(picture).multi_items() if each[0] in ASKED])


def read(filled: Filled, heard: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of the picture that are otherwise today; mistakes are named in ``filled``.

    Both sides come from the form, so that only what somebody changed there counts as a change.
    """
    form = forms.written(heard)
    kept = [each for each in form.multi_items() if each[0] not in ASKED]
    said = [each for each in filled.form.multi_items() if each[0] in ASKED]
    now = forms.read_picture(Filled(FormData([*kept, *said]), filled.mistakes), heard)
    if filled.mistakes:
        return {}
    before = _parts(forms.read_picture(Filled(form), heard))
    return {name: part for name, part in _parts(now).items() if part != before[name]}


def _parts(picture: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts in the one form that a stored picture has."""
    whole = Picture.model_validate({name: picture[name] for name in PARTS})
    return whole.model_dump(mode="json", include=set(PARTS))


def told(conditions: Mapping[str, Any], heard: Mapping[str, Any]) -> list[str]:
    """Say in words what is otherwise today than it was heard."""
    now = Picture.model_validate({**heard, **conditions})
    before = Picture.model_validate(dict(heard))
    lines = []
    for row in LOADS:
        level = getattr(now.load_ceiling, row.name)
        if level != getattr(before.load_ceiling, row.name):
            said = row.levels[level] if level is not None else NOT_KNOWN
            lines.append(say("{name}: {said}", name=row.words, said=said))
    if now.windows != before.windows:
        lines.append(say("来られる時: {times}", times=_times(now) or NOT_KNOWN))
    if (most := _minutes(now)) != _minutes(before):
        known = NOT_KNOWN if most is None else say("{most}分まで", most=most)
        lines.append(say("1回の長さ: {known}", known=known))
    return lines


def _times(picture: Picture) -> str:
    names = dict(words.DAY_WORDS)
    return joined(
        "、",
        [
            say(
                "{days} {start}〜{end}",
                days=joined("", [names[day] for day in each.days]),
                start=f"{each.from_:%H:%M}",
                end=f"{each.to:%H:%M}",
            )
            for each in picture.windows
        ],
    )


def _minutes(picture: Picture) -> int | None:
    return next((each.value for each in picture.limits if each.kind is MINUTES), None)
