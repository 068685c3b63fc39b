"""How a line of the audit is said on a page and in a file: plain words, complete tables."""

from typing import Final

from service.audit.rules import Act, Ground, Purpose, Why
from service.languages.ours import ours
from service.trail import Happening

ACT_WORDS: Final[dict[Act, str]] = ours(
    {
        Act.READ: "見た",
        Act.LIST: "一覧で見た",
        Act.WRITE: "書いた",
        Act.MATCH: "活動をさがした",
        Act.EXPORT: "書きだした",
        Act.EVENT: "できごと",
    }
)

PURPOSE_WORDS: Final[dict[Purpose, str]] = ours(
    {
        Purpose.SUPPORT: "支援のため",
        Purpose.MATCHING: "活動をさがすため",
        Purpose.FOLLOW_UP: "フォローのため",
        Purpose.HANDOVER: "引きつぎのため",
        Purpose.DISCLOSURE: "受け入れ先に伝えるため",
        Purpose.CONFERENCE: "支援会議のため",
        Purpose.REPORTING: "件数をまとめるため",
        Purpose.OWN_ACCESS: "本人に見せるため",
        Purpose.INSPECTION: "監査のため",
        Purpose.EMERGENCY: "緊急のため",
        Purpose.RETENTION: "保存期間の整理のため",
        Purpose.SECURITY: "安全のため",
        Purpose.UNSTATED: "理由の記録なし",
    }
)

WHY_WORDS: Final[dict[Why, str]] = ours(
    {
        Why.MEETING: "会議で使うため",
        Why.HANDOVER: "引きつぎのため",
        Why.WITHOUT_POWER: "停電や災害にそなえるため",
        Why.INSPECTION: "検査や監査のため",
        Why.COUNTING: "手元で数えるため",
    }
)

GROUND_WORDS: Final[dict[Ground | None, str]] = ours(
    {
        Ground.CONSENT: "本人の同意",
        Ground.MEETING: "支援会議",
        Ground.DUTY: "担当として",
        Ground.EMERGENCY: "緊急の閲覧",
        None: "",
    }
)

RESOURCE_WORDS: Final[dict[str, str]] = ours(
    {
        "person": "本人の基本のこと",
        "name": "名前と住所",
        "assessment": "聞きとり",
        "consent": "同意",
        "placement": "つなぎ",
        "keep_apart": "別の枠にする人",
        "plan": "支援プラン",
        "suggestion": "候補",
        "candidate": "活動に合いそうな人",
        "assignment": "人と活動の組み合わせ",
        "wish": "かなわなかった希望",
        "visit": "参加の記録",
        "contact": "関わりの記録",
        "concern": "困りごと",
        "follow_up": "フォロー",
        "repeat": "同じ記録の二度目の送信",
        "draft": "書きかけ",
        "handover": "引きつぎ",
        "card": "名前のない紹介カード",
        "packet": "受け入れ先に伝える内容",
        "disclosure": "受け入れ先に伝えること",
        "host_link": "受け入れ先へのリンク",
        "inquiry": "受け入れ先へのおたずね",
        "reply": "受け入れ先のお返事",
        "conference": "支援会議",
        "conference_record": "支援会議の記録",
        "conference_entry": "支援会議での書きこみ",
        "report": "件数のまとめ",
        "export": "書きだし",
        "access_log": "閲覧の記録",
        "audit": "監査の記録",
        "break_glass": "緊急の閲覧",
        "retention": "保存期間の整理",
        "legal_hold": "消さずに残す指定",
        "erasure": "消去",
    }
)

HAPPENING_WORDS: Final[dict[Happening, str]] = ours(
    {
        Happening.SIGN_IN: "サインインした",
        Happening.SIGN_IN_FAILED: "サインインできなかった",
        Happening.SIGN_OUT: "サインアウトした",
        Happening.STEP_UP: "もう一度たしかめた",
        Happening.STEP_UP_FAILED: "もう一度たしかめられなかった",
        Happening.PASSWORD_CHANGED: "パスワードを変えた",
        Happening.FACTOR_ADDED: "二つ目の確認を加えた",
        Happening.FACTOR_REMOVED: "二つ目の確認を外した",
        Happening.RECOVERY_USED: "予備のコードを使った",
        Happening.PASSKEY_COPIED: "写しかもしれないパスキーを断った",
        Happening.THROTTLED: "試す回数が多く、待ってもらった",
        Happening.TOKEN_MADE: "プログラム用の鍵を作った",
        Happening.TOKEN_ENDED: "プログラム用の鍵を終わらせた",
        Happening.ACCOUNT_OPENED: "アカウントを作った",
        Happening.ACCOUNT_CHANGED: "アカウントを変えた",
        Happening.ACCOUNT_DISABLED: "アカウントを止めた",
        Happening.ROLE_CHANGED: "役割を変えた",
        Happening.SETTING_CHANGED: "設定を変えた",
        Happening.NOT_FOUND: "見えないもの、ないものを求めた",
        Happening.BREAK_GLASS: "緊急の閲覧をはじめた",
        Happening.BREAK_GLASS_ENDED: "緊急の閲覧を終えた",
        Happening.DISCLOSURE_PREPARED: "受け入れ先に伝える用意をした",
        Happening.DISCLOSURE_RELEASED: "受け入れ先に伝えた",
        Happening.DISCLOSURE_ENDED: "受け入れ先に伝えるのをやめた",
        Happening.LINK_MADE: "受け入れ先へのリンクを作った",
        Happening.LINK_REVOKED: "受け入れ先へのリンクを止めた",
        Happening.CONSENT_GIVEN: "同意を受けた",
        Happening.CONSENT_WITHDRAWN: "同意がとりやめになった",
        Happening.CONFERENCE_OPENED: "支援会議をはじめた",
        Happening.CONFERENCE_ENDED: "支援会議を終えた",
        Happening.MEMBER_ADDED: "支援会議の構成員を加えた",
        Happening.MEMBER_REMOVED: "支援会議の構成員を外した",
        Happening.EXPORT: "書きだした",
        Happening.EXPORT_OF_MANY: "50人をこえて書きだした",
        Happening.KEY_ROTATED: "鍵を新しくした",
        Happening.KEY_RETIRED: "古い鍵を終わらせた",
        Happening.KEY_DESTROYED: "鍵を消した",
        Happening.HOLD_SET: "消さずに残すと決めた",
        Happening.HOLD_LIFTED: "残す指定をといた",
        Happening.ERASURE: "記録を消した",
        Happening.RETENTION_APPROVED: "記録の廃棄を認めた",
        Happening.RETENTION_RUN: "保存期間の整理をした",
        Happening.AUDIT_READ: "監査の記録を見た",
    }
)


def resource_words(resource: str) -> str:
    """Say a kind of thing or of event; what an earlier program wrote is left as it stands."""
    if resource in RESOURCE_WORDS:
        return RESOURCE_WORDS[resource]
    known = {str(happening): said for happening, said in HAPPENING_WORDS.items()}
    return known.get(resource, resource)
