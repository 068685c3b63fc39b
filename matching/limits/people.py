"""Limits about others: how many, who, what one is called, what one has to do with them."""

from functools import partial

import numpy as np

from catalogue.profiles import ActivityProfile, Company, Limit
from matching.arrays import MET, SAID, UNKNOWN, VIOLATED, States
from matching.case import Case
from matching.limits.finding import Finding, Findings, of
from matching.limits.states import at_most, flags, number, same, where, words
from matching.readings import COMPANY_BIT

# Who may well be among the others: then the host is asked.
AMONG = {
    Company.CHILDREN: (Company.FAMILIES,),
    Company.UNKNOWN_ADULTS: (Company.CUSTOMERS,),
    Company.FAMILIES: (Company.CHILDREN,),
}
# A label: words in a title and tags that say it aloud, and words that only hint at it.
WELFARE = (
    *("福祉", "介護", "支援", "もの忘れ", "物忘れ", "認知症", "ひきこもり", "引きこもり", "当事者"),
    *("障害", "障がい", "依存", "就労継続", "リハビリ", "困窮", "生きづらさ", "ケア", "不登校"),
)
WELFARE_TAGS = ("welfare", "care", "dementia", "peer", "recovery", "disability", "support")
LABELS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "welfare": (WELFARE, WELFARE_TAGS, ("相談", "講座", "居場所", "サロン", "見守り")),
    "dementia": (("もの忘れ", "物忘れ", "認知症"), ("dementia",), ("脳", "予防")),
    "hikikomori": (("ひきこもり", "引きこもり", "当事者"), ("peer", "hikikomori"), ("居場所",)),
    "disability": (("障害", "障がい", "就労継続"), ("disability", "b_type"), ("作業所",)),
    "elderly": (("高齢", "シニア", "老人", "敬老"), ("elderly", "senior"), ("介護予防",)),
    "course": (("講座", "教室", "研修"), ("course",), ("学ぶ",)),
}


def group_at_most(case: Case, limit: Limit) -> Findings:
    """Hold that there are never more people than so many.

    Where it is known how many come, that counts; a group that might grow beyond it is spoken of.
    """
    whole, most = case.index.whole, number(limit)
    come = np.where(whole["usual_high"] < 0, whole["group_high"], whole["usual_high"])
    states = at_most(come, most)
    states[(states == MET) & (whole["group_high"] > most)] = SAID
    yield Finding("group_at_most", states, of(case, _group), most, said="group_usually")


def _group(activity: ActivityProfile) -> tuple[int, int] | None:
    return activity.usual_attendance or activity.group_size


def _company(case: Case, word: str) -> States:
    whole = case.index.whole
    states = where(whole["company_known"] == 0, UNKNOWN)
    among = sum(COMPANY_BIT[other] for other in AMONG.get(Company(word), ()))
    states[(whole["company"] & among) > 0] = UNKNOWN
    if word == Company.CHILDREN:
        states[(whole["children_brought"] == 1) | (whole["families_only"] == 1)] = UNKNOWN
    if word == Company.FAMILIES:
        states[whole["families_only"] == 1] = VIOLATED
    states[(whole["company"] & COMPANY_BIT[word]) > 0] = VIOLATED
    return states


def no_company(case: Case, limit: Limit) -> Findings:
    """Hold that nobody of this kind is there; a word outside the vocabulary is spoken of."""
    value = of(case, lambda a: tuple(sorted(a.company or ())))
    for word in words(limit):
        states = _company(case, word) if word in COMPANY_BIT else same(case, SAID)
        code = "no_children" if word == Company.CHILDREN else "no_company"
        yield Finding(code, states, value, word, said="other")


def no_role(case: Case, limit: Limit) -> Findings:
    """Hold that none of these roles is asked; an activity that states no role is asked about."""
    whole = case.index.whole
    for word in words(limit):
        states = where(whole["roles"] == 0, UNKNOWN)
        states[case.index.rows("role", word)] = VIOLATED
        yield Finding("no_role", states, of(case, lambda a: a.roles), word)


def label_of(activity: ActivityProfile, word: str) -> int:
    """Return how openly an activity bears a label: 0 not, 1 hinted, 2 said aloud."""
    aloud, tags, hints = LABELS.get(word, ((word,), (word,), ()))
    if any(text in activity.title for text in aloud) or set(tags) & {*activity.tags}:
        return 2
    return int(any(text in activity.title for text in hints))


def no_label(case: Case, limit: Limit) -> Findings:
    """Hold that neither title nor tags carry the label; a hint of it is spoken of."""
    states_of = np.array([MET, SAID, VIOLATED], dtype=np.int8)
    for word in words(limit):
        levels = [label_of(activity, word) for activity in case.index.activities]
        value = of(case, partial(_bearer, word=word))
        yield Finding("no_label", states_of[levels], value, word, said="label_hint")


def _bearer(activity: ActivityProfile, word: str) -> str | tuple[str, ...]:
    """Name what bears the label: the title, or tags alone."""
    aloud, tags, hints = LABELS.get(word, ((word,), (word,), ()))
    named = any(text in activity.title for text in (*aloud, *hints))
    return activity.title if named else tuple(sorted({*tags} & {*activity.tags}))


def no_task_expected(case: Case, limit: Limit) -> Findings:
    """Hold that just being there is fine."""
    states = flags(case.index.whole["just_being_ok"])
    yield Finding("no_task_expected", states, of(case, lambda a: a.just_being_ok), limit.text)


def no_talking_required(case: Case, limit: Limit) -> Findings:
    """Hold that nobody has to talk."""
    states = flags(case.index.whole["no_talk_ok"])
    yield Finding("no_talking_required", states, of(case, lambda a: a.no_talk_ok), limit.text)


def companion_welcome(case: Case) -> States:
    """Say whether somebody may come along; at home nobody has to be asked."""
    states = flags(case.index.whole["accompaniment_ok"])
    states[case.index.whole["at_home"] == 1] = MET
    return states


def companion_required(case: Case, limit: Limit) -> Findings:
    """Hold that somebody may come along."""
    value = of(case, lambda a: a.accompaniment_ok)
    yield Finding("companion_required", companion_welcome(case), value, limit.text)


def brings(case: Case, limit: Limit) -> Findings:
    """Hold that whom or what the person brings is welcome; at home nothing has to be brought."""
    whole = case.index.whole
    for word in words(limit):
        states = where(whole["brings_known"] == 0, UNKNOWN, VIOLATED)
        if word == "companion":
            silent = whole["brings_known"] == 0
            states[silent] = flags(whole["accompaniment_ok"])[silent]
            states[whole["accompaniment_ok"] == 1] = MET
        states[case.index.rows("brings", word)] = MET
        states[whole["at_home"] == 1] = MET
        yield Finding("brings", states, of(case, lambda a: tuple(sorted(a.brings_ok or ()))), word)


def other(case: Case, limit: Limit) -> Findings:
    """Hold up free words: never met by silence, a human has to look."""
    yield Finding("other", same(case, SAID), lambda _: limit.text)
