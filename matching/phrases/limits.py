"""Short names of what keeps an activity shut, or a person apart."""

from collections.abc import Mapping
from typing import Final

from matching.phrases.words import Pair

# What kept an activity shut, as a short name; {part} is the dimension of a load.
NAMES_OF_LIMITS: Final[Mapping[str, Pair]] = {
    "closed": ("受け入れを休んでいる", "it takes nobody at present"),
    "resting": ("受け入れ先のお休み", "the host's rest"),
    "full": ("空きがない", "no free place"),
    "no_companion": ("同行できる人がいない", "nobody to come along"),
    "no_lift": ("送り迎えがない", "no lift"),
    "age": ("年齢の範囲", "the range of ages"),
    "alcohol_age": ("お酒が出る", "alcohol"),
    "guardian_consent": ("保護者の同意", "the guardian's consent"),
    "families_only": ("家族の人の集まり", "for family members only"),
    "accompaniment": ("付き添い", "a companion"),
    "companion_required": ("付き添い", "a companion"),
    "consent": ("同意", "consent"),
    "money_max_yen": ("費用", "the cost"),
    "no_fee": ("費用", "the cost"),
    "no_pay": ("お金が出る", "pay"),
    "not_again": ("本人がもう行かないと話した", "the person does not want it again"),
    "already_going": ("いま通っている", "the person goes there already"),
    "cooling_off": ("見送りや終わりから日が浅い", "passed or ended lately"),
    "load": ("重さ({part})", "the load on {part}"),
    "windows": ("来られる時間", "the times"),
    "not_before": ("朝の早さ", "the early hour"),
    "not_after": ("終わりの遅さ", "the late hour"),
    "minutes_at_most": ("1回の長さ", "the minutes a time"),
    "per_month_at_most": ("回数", "the times a month"),
    "travel": ("片道の時間", "the way"),
    "walk_at_most_minutes": ("歩く時間", "the way on foot"),
    "no_hazard": ("避けること", "what must not be there"),
    "seated": ("座ってできること", "doing it seated"),
    "lift_at_most_kg": ("持つ重さ", "the weight to lift"),
    "steps_at_most": ("段差", "the steps"),
    "wheelchair": ("車いす", "a wheelchair"),
    "wheelchair_toilet": ("車いすで使えるトイレ", "a toilet for a wheelchair"),
    "home_only": ("家でできること", "doing it at home"),
    "no_outdoors": ("屋外", "being outdoors"),
    "group_at_most": ("人数", "the number of people"),
    "no_company": ("顔ぶれ", "the company"),
    "no_children": ("子どもがいる", "children"),
    "no_role": ("役割", "the role"),
    "no_label": ("名前の印象", "its name"),
    "no_task_expected": ("居るだけでよいか", "just being there"),
    "no_talking_required": ("話すこと", "having to talk"),
    "may_leave_any_time": ("途中で帰れるか", "leaving at any time"),
    "brings": ("一緒に来る人や物", "whom or what one brings"),
    "other": ("人が確かめること", "what a human must look at"),
}
# Why somebody is no part of a question over many people.
NAMES_OF_HOLDS: Final[Mapping[str, Pair]] = {
    "paused": ("いまは候補を出さない", "no proposals for now"),
    "not_met": ("まだ会えていない", "not met yet"),
    "not_assessed": ("聞きとりがまだ", "no assessment yet"),
    "no_consent": ("同意がまだない", "no consent yet"),
}
