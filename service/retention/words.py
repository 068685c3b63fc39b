"""What pages call the kinds of records, the reasons to hold, and what was refused."""

from collections.abc import Mapping
from typing import Final

from service.languages.ours import ours
from service.retention.rules import HoldReason, RecordClass

CLASS_WORDS: Final[Mapping[RecordClass, str]] = ours(
    {
        RecordClass.CASE: "支援が終わり、期間がすぎた",
        RecordClass.REQUEST: "本人が消してほしいと求めた",
        RecordClass.PRE_CONSENT: "記録を閉じて、期間がすぎた",
    }
)
# What an item is about, where it bears no code.
THING_WORDS: Final[Mapping[RecordClass, str]] = ours(
    {
        RecordClass.CASE: "人の記録",
        RecordClass.REQUEST: "人の記録",
        RecordClass.PRE_CONSENT: "支援会議の記録",
    }
)
HOLD_WORDS: Final[Mapping[HoldReason, str]] = ours(
    {
        HoldReason.LAWSUIT: "裁判",
        HoldReason.COMPLAINT: "苦情や不服の申し立て",
        HoldReason.INSPECTION: "監査や検査",
        HoldReason.ACCESS_REQUEST: "開示の求め",
    }
)
SENTENCES: Final[Mapping[str, str]] = ours(
    {
        "StillRunning": "つなぎが続いています。先に、つなぎを終えてください",
        "EndAhead": "今日か、今日より前の日を書いてください",
        "HoldPassed": "今日か、今日より後の日を書いてください",
        "AlreadyAsked": "求めは、もう書いてあります",
        "NoSuchHold": "もう止めていません。画面を読み込みなおしてください",
        "OwnList": "自分で作った一覧は、自分では確認できません。ほかの調整役にたのんでください",
        "ApprovedBefore": "この一覧は、もう確認してあります",
    }
)
