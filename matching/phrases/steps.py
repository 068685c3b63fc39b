"""Words for what bound, for small changes of a person or a host, and for who goes where."""

from collections.abc import Mapping
from typing import Final

Pair = tuple[str, str]

# What kept an activity shut, as a short name; {part} is the dimension of a load.
NAMES_OF_LIMITS: Final[Mapping[str, Pair]] = {
    "closed": ("受け入れを休んでいる", "it takes nobody at present"),
    "resting": ("受け入れ先のお休み", "the host's rest"),
    "full": ("空きがない", "no free place"),
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
# Why somebody was given this place and not the first choice, or none.
SHARED_OUT: Final[Mapping[str, Pair]] = {
    "first_choice": ("第一の候補です", "The first choice"),
    "needed_by_fewer_options": (
        "第一の候補は、行ける所がもっと少ない人({limit}か所。この人は{value}か所)に回しました",
        "The first choice was needed by somebody with fewer options ({limit}; here {value})",
    ),
    "suits_another_better": (
        "第一の候補は、もっと合う人がいて空きがありません",
        "The first choice was full: it suits somebody else better",
    ),
    "shared_out": (
        "第一の候補は空きがありません。全体でいちばんよくなるように分けました",
        "The first choice was full: shared out so that all together fare best",
    ),
    "nothing_suits": ("合う場がありません", "Nothing suits"),
}
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
