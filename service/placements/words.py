"""How the life of a placement reads on a page and on paper."""

from typing import Final

from service.languages.ours import ours
from service.placements.lifecycle import Action, Employment, EndReason, Side, Status
from service.placements.steps import Dimension, NotNow

STATUS_WORDS: Final[dict[Status, str]] = ours(
    {
        Status.PROPOSED: "候補",
        Status.WANTED: "やってみたい",
        Status.ASKED: "打診中",
        Status.AGREED: "約束",
        Status.TRYING: "お試し",
        Status.CONTINUING: "続いている",
        Status.RESTING: "休み",
        Status.ENDED: "おわり",
        Status.PASSED: "見送り",
        Status.SUPERSEDED: "別の活動に決まった",
    }
)

ACTION_WORDS: Final[dict[Action, str]] = ours(
    {
        Action.WANT: "やってみたいと言った",
        Action.ASK: "受け入れ先にたずねる",
        Action.HOST_ACCEPTS: "受け入れ先が「できる」と答えた",
        Action.HOST_PASSES: "受け入れ先が「今回はむずかしい」と答えた",
        Action.AGREE: "約束する",
        Action.BEGIN: "お試しをはじめる",
        Action.CONTINUE: "続ける",
        Action.REST: "休む",
        Action.RETURN: "もどる",
        Action.CHANGE_DOSE: "量を変える",
        Action.STEP_UP: "少し増やす",
        Action.STEP_BACK: "一歩もどす",
        Action.END: "おわりにする",
        Action.PASS: "見送る",
        Action.SUPERSEDE: "別の活動に決めた",
        Action.REOPEN: "もう一度候補にする",
    }
)

END_WORDS: Final[dict[EndReason, str]] = ours(
    {
        EndReason.MOVED_ON: "次の活動へ",
        EndReason.BECAME_HELPER: "支える側になった",
        EndReason.JOB: "仕事についた",
        EndReason.OWN_WAY: "自分の道を見つけた",
        EndReason.PLACE_CLOSED: "場がなくなった",
        EndReason.DID_NOT_FIT: "合わなかった",
        EndReason.HEALTH: "体調のため",
        EndReason.MOVED_AWAY: "引っこした",
        EndReason.LOST_CONTACT: "連絡がつかない",
        EndReason.WISH: "本人の希望",
    }
)

SIDE_WORDS: Final[dict[Side, str]] = ours(
    {
        Side.PERSON: "本人から",
        Side.HOST: "受け入れ先から",
        Side.TEAM: "支援する側から",
    }
)

EMPLOYMENT_WORDS: Final[dict[Employment, str]] = ours(
    {
        Employment.LOOK: "見学",
        Employment.TASTE: "体験",
        Employment.VOLUNTEER: "ボランティア",
        Employment.NON_EMPLOYED: "非雇用",
        Employment.EMPLOYED: "雇用",
    }
)

# Proposed and never applied: whether it is right is for the two who talk about it.
STEP_WORDS: Final[dict[Dimension, str]] = ours(
    {
        Dimension.DURATION: "1回の長さを {now} から {then} に",
        Dimension.FREQUENCY: "回数を {now} から {then} に",
    }
)

NOT_NOW_WORDS: Final[dict[NotNow, str]] = ours(
    {
        NotNow.NOT_GOING: "",
        NotNow.CONCERN: "困りごとがあるので、いまの量のままにします",
        NotNow.NOT_YET: "いまの量のままで、ようすを見ます",
        NotNow.ENOUGH: "いまの量で十分です",
    }
)
