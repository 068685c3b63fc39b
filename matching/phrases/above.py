"""Sentences why one proposal stands above the next, by the greatest difference between them."""

from collections.abc import Mapping
from typing import Final

Pair = tuple[str, str]

# With {upper}, what is said of the first, and {lower}, what is said of the next, where both are.
BOTH: Final[Mapping[str, Pair]] = {
    "way": ("近いので先です({upper}。次は{lower})", "First: nearer ({upper}; the next {lower})"),
    "company": (
        "人数や顔ぶれが合うので先です({upper}人。次は{lower}人)",
        "First: the company suits better ({upper} people; the next {lower})",
    ),
    "hours": (
        "合う日が多く、近いので先です(月に約{upper}回。次は約{lower}回)",
        "First: it fits more often or sooner (about {upper} times a month; the next {lower})",
    ),
    "interest": (
        "好きなことにより近いので先です({upper}。次は{lower})",
        "First: nearer to what the person likes ({upper}; the next {lower})",
    ),
    "strength": (
        "得意なことがより生きるので先です({upper}。次は{lower})",
        "First: it uses more of what the person is good at ({upper}; the next {lower})",
    ),
    "comfort": (
        "いまの重さに余裕があるので先です({upper}。次は{lower})",
        "First: more room in the load ({upper}; the next {lower})",
    ),
}
# With {upper} only: the next has nothing to show for it.
ONE: Final[Mapping[str, Pair]] = {
    "interest": (
        "好きなことに近いので先です({upper})",
        "First: near to what the person likes ({upper})",
    ),
    "strength": (
        "得意なことが生きるので先です({upper})",
        "First: it uses what the person is good at ({upper})",
    ),
    "comfort": ("いまの重さに余裕があるので先です({upper})", "First: room in the load ({upper})"),
    "company": (
        "人数や顔ぶれが合うので先です({upper}人)",
        "First: the company suits ({upper} people)",
    ),
    "preferences": ("できればに合うので先です({upper})", "First: as preferred ({upper})"),
}
# What is said where no one factor makes the difference; {name} is that of a factor.
PLAIN: Final[Mapping[str, Pair]] = {
    "factor": ("{name}の面でより合うので先です", "First: a better fit in {name}"),
    "arranged": ("変える所が少ないので先です", "First: less has to be arranged"),
    "asked": ("受け入れ先に聞くことが少ないので先です", "First: less has to be asked of the host"),
    "related_hazard": (
        "避けたいものに近いものがないので先です",
        "First: nothing like what is to be avoided",
    ),
    "turns": (
        "ほぼ同じですが、同じ受け入れ先が続かない順にしました",
        "Nearly equal: hosts and kinds take turns",
    ),
}
