"""A sentence for every reason code: known, and where the value is unknown, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Phrase:
    """Sentences with {value}, {limit} and {part} (the dimension); unknown ones where it may be.

    The ones ``alone`` are said where there is no limit to hold the value against.
    """

    ja: str
    en: str
    ja_unknown: str = ""
    en_unknown: str = ""
    ja_alone: str = ""
    en_alone: str = ""


P = Phrase
HELD: Final[Mapping[str, Phrase]] = {
    "paused": P(
        "いまは候補を出しません({value})",
        "No proposals for now ({value})",
        "いまは候補を出しません",
        "No proposals for now",
    ),
    "not_met": P(
        "まだ会えていません。まず関係づくりから", "Not met yet: the relationship comes first"
    ),
    "not_assessed": P("聞きとりがまだです", "There is no assessment yet"),
}
OF_HOST: Final[Mapping[str, Phrase]] = {
    "closed": P("いまは受け入れていません", "It takes nobody at present"),
    "resting": P("お休み中です。{value}から再開します", "It rests and opens again on {value}"),
    "full": P("空きがありません", "There is no free place"),
    "no_companion": P(
        "同行できる人がその日はいません", "On those days there is nobody to come along"
    ),
    "no_lift": P("送り迎えのできる車がその日はありません", "On those days there is no lift"),
    "age": P(
        "対象は{value}、本人は{limit}",
        "It is for {value}; the person is {limit}",
        "年齢の範囲に入るか確かめる(本人は{limit})",
        "Check whether the age fits (the person: {limit})",
    ),
    "alcohol_age": P(
        "お酒が出ます。本人は{limit}歳になっていません",
        "Alcohol is served, and the person is under {limit}",
        "お酒が出ます。{limit}歳以上か確かめる",
        "Alcohol is served: check whether the person is {limit}",
    ),
    "alcohol_unheard": P(
        "お酒は出ません",
        "No alcohol is served",
        "お酒が出ないか聞く(本人は{limit}歳になっていないか、分かりません)",
        "Ask whether alcohol is served: the person may be under {limit}",
    ),
    "age_to_hear": P(
        "対象は{value}。本人の年齢({limit})を確かめる",
        "It is for {value}: check the person's age ({limit})",
    ),
    "guardian_consent": P(
        "未成年のため、保護者の同意を確かめる", "A minor: check the guardian's consent"
    ),
    "families_only": P(
        "家族の人の集まりです",
        "It is for family members",
        "家族の人の集まりです。本人が家族の立場か確かめる",
        "It is for family members: check whether the person is one",
    ),
    "family_group": P(
        "家族の人の集まりです。家族の立場で来るかを本人と確かめる",
        "It is for family members: check whether the person comes as one",
    ),
    "accompaniment": P(
        "付き添いは受けられません({limit}の付き添いが要る)",
        "No companion is welcome, and one is needed: {limit}",
        "付き添い({limit})がよいか聞く",
        "Ask whether a companion is welcome: {limit}",
    ),
    "consent": P(
        "受け入れ先へ伝える前に同意を確かめる(いまは{value})",
        "Agree on consent before the host is told anything (now: {value})",
    ),
    "money_max_yen": P(
        "{value}円かかります({limit}円まで)",
        "It costs {value} yen (at most {limit})",
        "費用が{limit}円までか聞く",
        "Ask whether it costs at most {limit} yen",
    ),
    "not_again": P("本人が、もう行かないと話した所です", "The person does not want it again"),
    "already_going": P("いま通っています", "The person goes there already"),
    "cooling_off": P(
        "見送りや終わりから{limit}日たっていません", "Passed or ended less than {limit} days ago"
    ),
    "other_hazard": P(
        "受け入れ先の注意を人が確かめる: {value}",
        "A human must look at the host's warning: {value}",
    ),
    "before": P(
        "同じ受け入れ先の別の活動で: {value}。どうだったかを本人に聞く",
        "At another activity of the same host: {value}. Ask the person how it was",
        ja_alone="{value}。どうだったかを本人に聞く",
        en_alone="{value}: ask the person how it was",
    ),
    "disliked": P(
        "好きでないものがあるかもしれません({value})。本人に聞く",
        "There may be something disliked ({value}): ask the person",
    ),
    "booking": P("申し込み: {value}", "Booking: {value}"),
    "not_known": P(
        "{value}が分からないので、順番に入れていません",
        "{value} is not known and did not enter the order",
    ),
}
OF_LOAD: Final[Mapping[str, Phrase]] = {
    "load": P(
        "重さ({part})が{value}、いまは{limit}まで",
        "The load on {part} is {value}, at most {limit} now",
        "重さ({part})を聞く(いまは{limit}まで)",
        "Ask about the load on {part} (at most {limit} now)",
    ),
    "stretch": P(
        "少し背伸び: 重さ({part})が{value}、いまは{limit}まで",
        "A small stretch: the load on {part} is {value}, at most {limit} now",
    ),
}
OF_TIME: Final[Mapping[str, Phrase]] = {
    "windows": P(
        "時間が合いません({value})",
        "The times do not fit ({value})",
        "これからの日時が分かりません。聞く",
        "The coming dates are not known: ask",
    ),
    "part_of_time": P(
        "はじめから終わりまでは居られません。居られるのは{value}",
        "Not from beginning to end: only {value}",
    ),
    "later": P("合う日は{value}からです", "The first date that fits is {value}"),
    "outside_windows": P(
        "ふだんの時間の外です({value})。本人に聞く",
        "Outside the usual times ({value}): ask the person",
    ),
    "windows_unheard": P(
        "来られる時間をまだ聞いていません({value})",
        "When the person can come has not been heard ({value})",
    ),
    "not_before": P(
        "{limit}より前です({value})",
        "It is before {limit} ({value})",
        "{limit}より後か聞く",
        "Ask whether it is after {limit}",
    ),
    "not_after": P(
        "{limit}より後です({value})",
        "It is after {limit} ({value})",
        "{limit}より前に終われるか聞く",
        "Ask whether it ends before {limit}",
    ),
    "minutes_at_most": P(
        "1回{value}分、{limit}分まで",
        "{value} minutes a time, at most {limit}",
        "1回{limit}分までか聞く",
        "Ask whether {limit} minutes a time is enough",
    ),
    "per_month_at_most": P(
        "月{value}回、{limit}回まで",
        "{value} times a month, at most {limit}",
        "月{limit}回まででよいか聞く",
        "Ask whether {limit} times a month is enough",
    ),
    "come_less_often": P(
        "月{value}回ある。{limit}回だけ来る", "{value} times a month: come {limit} times only"
    ),
    "travel": P(
        "片道{value}分、{limit}分まで",
        "{value} minutes one way, at most {limit}",
        "行き方が分かりません({limit}分まで)",
        "The way is not known (at most {limit} minutes)",
    ),
    "travel_near": P(
        "片道およそ{value}分({limit}分まで)。目安なので、本人と行き方を確かめる",
        "About {value} minutes one way, at most {limit}: an estimate, look at the way together",
    ),
    "walk_at_most_minutes": P(
        "歩くのは{limit}分まで(行き{value}分)",
        "At most {limit} minutes on foot (the way takes {value})",
        "歩く時間が分かりません({limit}分まで)",
        "How long one walks is not known (at most {limit} minutes)",
    ),
}
OF_BODY: Final[Mapping[str, Phrase]] = {
    "no_hazard": P(
        "避けること「{limit}」があります",
        "There is what must not be: {limit}",
        "「{limit}」がないか聞く",
        "Ask whether there is any: {limit}",
    ),
    "related_hazard": P(
        "「{limit}」に近いものがあるかもしれません({value})",
        "There may be something near to {limit} ({value})",
    ),
    "minor_hazard": P(
        "{limit}歳になる前です。{value}を避けられるか、だれが見守るかを確かめる",
        "Under {limit}: ask who watches over it, or how to keep from {value}",
    ),
    "open_air": P(
        "屋外です。「{limit}」の季節や場所を確かめる",
        "It is outdoors: ask about the season of {limit}",
    ),
    "seated": P(
        "座ったままではできません{value}",
        "It cannot be done sitting{value}",
        "座ってできるか聞く",
        "Ask for a seat",
    ),
    "lift_at_most_kg": P(
        "{value}kgを持ちます({limit}kgまで)",
        "One lifts {value} kg (at most {limit})",
        "{limit}kgより重い物がないか聞く",
        "Ask whether anything is heavier than {limit} kg",
    ),
    "steps_at_most": P(
        "段差が{value}段({limit}段まで)",
        "{value} steps (at most {limit})",
        "段差が{limit}段までか聞く",
        "Ask whether there are at most {limit} steps",
    ),
    "wheelchair": P(
        "車いすで入れません{value}",
        "A wheelchair does not get in{value}",
        "車いすで入れるか聞く",
        "Ask whether a wheelchair gets in",
    ),
    "wheelchair_toilet": P(
        "車いすで使えるトイレがありません{value}",
        "There is no toilet for a wheelchair{value}",
        "車いすで使えるトイレがあるか聞く",
        "Ask for a toilet for a wheelchair",
    ),
    "toilet_to_see": P(
        "トイレ({value})が車いすで使えるか見る",
        "See whether a wheelchair gets into the toilet ({value})",
    ),
    "home_only": P(
        "家ではできません({value})",
        "It cannot be done at home ({value})",
        "家でできるか聞く",
        "Ask whether it can be done at home",
    ),
    "no_outdoors": P(
        "屋外です", "It is outdoors", "屋内だけでできるか聞く", "Ask whether it can be done indoors"
    ),
}
OF_PEOPLE: Final[Mapping[str, Phrase]] = {
    "group_at_most": P(
        "{value}人、{limit}人まで",
        "{value} people, at most {limit}",
        "{limit}人までか聞く",
        "Ask whether there are at most {limit} people",
    ),
    "group_usually": P(
        "ふだんは{value}人。{limit}人を超える日がないか聞く",
        "Usually {value} people: ask whether there are ever more than {limit}",
    ),
    "no_company": P(
        "「{limit}」がいます",
        "There are: {limit}",
        "「{limit}」がいないか聞く",
        "Ask whether there are any: {limit}",
    ),
    "no_children": P(
        "「{limit}」がいます",
        "There are: {limit}",
        "「{limit}」がいないか聞く",
        "Ask whether there are any: {limit}",
    ),
    "no_role": P(
        "役割「{limit}」があります(役割: {value})",
        "There is the role: {limit} (roles: {value})",
        "役割「{limit}」がないか聞く",
        "Ask whether the role is asked: {limit}",
    ),
    "no_label": P("「{limit}」の場と分かります({value})", "It is known for: {limit} ({value})"),
    "label_hint": P(
        "「{limit}」と受け取られるかもしれません。誘い方を考える({value})",
        "It may be taken for {limit}: think how to invite ({value})",
    ),
    "no_fee": P(
        "{value}円かかります",
        "It costs {value} yen",
        "費用がかからないか聞く",
        "Ask whether it is free",
    ),
    "no_pay": P(
        "{value}が出ます",
        "There is {value}",
        "お金が出ない形でよいか聞く",
        "Ask whether it can stay without pay",
    ),
    "no_task_expected": P(
        "居るだけではいられません",
        "Just being there is not enough",
        "居るだけでよいか聞く",
        "Ask whether just being there is fine",
    ),
    "no_talking_required": P(
        "話すことが要ります",
        "One has to talk",
        "話さなくてよいか聞く",
        "Ask whether one may be silent",
    ),
    "companion_required": P(
        "付き添いは受けられません",
        "No companion is welcome",
        "付き添いがよいか聞く",
        "Ask whether a companion is welcome",
    ),
    "may_leave_any_time": P(
        "途中で帰れません",
        "One cannot leave at any time",
        "途中で帰ってよいか聞く",
        "Ask whether one may leave at any time",
    ),
    "brings": P(
        "「{limit}」と一緒には来られません",
        "One cannot bring: {limit}",
        "「{limit}」と一緒でよいか聞く",
        "Ask whether one may bring: {limit}",
    ),
    "other": P("人が確かめる: {value}", "A human must look: {value}"),
}
FACTORS: Final[Mapping[str, Phrase]] = {
    "interest": P("好きなことに近い: {value}", "Near to what the person likes: {value}"),
    "strength": P("得意なことが生きる: {value}", "Uses what the person is good at: {value}"),
    "words": P("同じことば: {value}", "The same words: {value}"),
    "comfort": P("いまの重さに余裕がある: {value}", "There is room in the load: {value}"),
    "pace": P(
        "{value}、{limit}分から",
        "{value}, from {limit} minutes",
        ja_alone="{value}",
        en_alone="{value}",
    ),
    "company": P(
        "{value}人({limit}人までという話)",
        "{value} people; at most {limit} were asked for",
        ja_alone="{value}人",
        en_alone="{value} people",
    ),
    "hours": P(
        "合う日が{limit}か月に{value}回",
        "It fits {value} times in {limit} months",
        ja_alone="合う日が月に約{value}回",
        en_alone="It fits about {value} times a month",
    ),
    "way": P(
        "{value}({limit}分まで)",
        "{value}, of at most {limit} minutes",
        ja_alone="{value}",
        en_alone="{value}",
    ),
    "preferences": P("できればに合う: {value}", "As preferred: {value}"),
    "history": P(
        "同じ受け入れ先の別の活動で: {value}",
        "At another activity of the same host: {value}",
        ja_alone="{value}",
        en_alone="{value}",
    ),
    "ease": P("空きが{value}", "places left: {value}"),
    "step": P("いまの段階「{limit}」に合う役割: {value}", "A part for {limit}: {value}"),
}
NAMES_OF_FACTORS: Final[Mapping[str, tuple[str, str]]] = {
    "interest": ("好きなこと", "what the person likes"),
    "strength": ("得意なこと", "what the person is good at"),
    "words": ("ことば", "the words"),
    "nearness": ("ことばの近さ", "the nearness of words"),
    "comfort": ("いまの重さ", "the load"),
    "pace": ("ペース", "the pace"),
    "company": ("人数や顔ぶれ", "the company"),
    "hours": ("時間", "the times"),
    "way": ("行き方", "the way"),
    "preferences": ("できれば", "preferences"),
    "history": ("これまで", "what came before"),
    "ease": ("受け入れ先の余裕", "the host's room"),
    "step": ("いまの段階", "the present stage"),
}
PHRASES: Final[Mapping[str, Phrase]] = {
    **HELD,
    **OF_HOST,
    **OF_LOAD,
    **OF_TIME,
    **OF_BODY,
    **OF_PEOPLE,
    **FACTORS,
}
