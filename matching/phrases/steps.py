"""Words for a small change of a person, and for half days."""

from collections.abc import Mapping
from typing import Final

from matching.phrases.words import Pair

# A small change of the person, as a condition: {from_} was said, {to} is asked.
STEPS: Final[Mapping[str, Pair]] = {
    "windows": ("{to}にも来られれば", "if {to} were possible"),
    "not_before": (
        "{from_}でなく{to}からでもよければ",
        "if {to} rather than {from_} were early enough",
    ),
    "not_after": (
        "{from_}でなく{to}まででもよければ",
        "if {to} rather than {from_} were not too late",
    ),
    "travel": (
        "片道{from_}分でなく{to}分まで行ければ",
        "if the way took up to {to} minutes, not {from_}",
    ),
    "minutes_at_most": (
        "1回{from_}分でなく{to}分まで居られれば",
        "if one could stay up to {to} minutes, not {from_}",
    ),
    "per_month_at_most": (
        "月{from_}回でなく{to}回まで行ければ",
        "if up to {to} times a month were possible, not {from_}",
    ),
    "group_at_most": (
        "{from_}人でなく{to}人まで大丈夫なら",
        "if a group of {to} were all right rather than {from_}",
    ),
    "load": (
        "重さ({part})が{from_}でなく{to}まで大丈夫なら",
        "if a load of {to} on {part} were all right rather than {from_}",
    ),
    "no_role": ("役割「{from_}」があってもよければ", "if the role were all right: {from_}"),
    "no_company": ("「{from_}」がいても大丈夫なら", "if these were all right: {from_}"),
    "no_label": (
        "「{from_}」と分かる名前でもよければ",
        "if a name that says it were all right: {from_}",
    ),
    "may_leave_any_time": ("終わりまで居られれば", "if staying to the end were all right"),
    "no_task_expected": (
        "何かを少しすることになってもよければ",
        "if having a little to do were all right",
    ),
    "no_talking_required": ("少し話すことがあってもよければ", "if talking a little were all right"),
}
OPENS: Final[Pair] = ("{step}、{opens}件が開きます", "{step}, {opens} would open")
DAYS: Final[tuple[Pair, ...]] = (
    ("月曜", "Mondays"),
    ("火曜", "Tuesdays"),
    ("水曜", "Wednesdays"),
    ("木曜", "Thursdays"),
    ("金曜", "Fridays"),
    ("土曜", "Saturdays"),
    ("日曜", "Sundays"),
)
PARTS_OF_DAY: Final[tuple[Pair, ...]] = (
    ("午前", "morning"),
    ("午後", "afternoon"),
    ("夕方から", "evening"),
)
