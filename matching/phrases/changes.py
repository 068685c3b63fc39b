"""Words for what a host could change."""

from collections.abc import Mapping
from typing import Final

from matching.phrases.words import Pair

# A change of a host: what would open places, {detail} the time that is asked.
CHANGES: Final[Mapping[str, Pair]] = {
    "full": ("空きがもう一つあれば", "one more free place"),
    "another_time": ("{detail}の枠があれば", "a time on {detail}"),
    "group_at_most": ("もっと人の少ない時があれば", "a time with fewer people"),
    "minutes_at_most": ("もっと短くてよければ", "shorter sessions"),
    "per_month_at_most": ("もっと少ない回数でよければ", "coming less often"),
    "no_talking_required": ("話さなくてもよければ", "no need to talk"),
    "no_task_expected": ("居るだけでもよければ", "just being there"),
    "may_leave_any_time": ("途中で帰ってもよければ", "leaving at any time"),
    "accompaniment": ("付き添いと来られれば", "a companion welcome"),
    "companion_required": ("付き添いと来られれば", "a companion welcome"),
    "brings": ("一緒に来る人や物も受け入れられれば", "whom or what people bring welcome"),
    "seated": ("座ってできれば", "doing it seated"),
    "steps_at_most": ("段差がなければ", "no steps"),
    "wheelchair": ("車いすで入れれば", "room for a wheelchair"),
    "wheelchair_toilet": ("車いすで使えるトイレがあれば", "a toilet for a wheelchair"),
    "lift_at_most_kg": ("重い物を持たなくてよければ", "nothing heavy to lift"),
    "no_fee": ("費用がかからなければ", "no cost"),
    "money_max_yen": ("費用がもっと少なければ", "a lower cost"),
    "no_outdoors": ("屋内でできれば", "doing it indoors"),
    "travel": ("送り迎えがあれば", "a lift"),
    "walk_at_most_minutes": ("送り迎えがあれば", "a lift"),
    "load": ("重さ({part})をもっと軽くできれば", "less load on {part}"),
}
REACHES: Final[Pair] = ("{change}、{people}人に開きます", "{change}: {people} people")
