"""What a draft is called where it is listed, by the page on which it stands."""

import re
from collections.abc import Mapping
from typing import Final

from service.languages.ours import ours

_ID: Final = "[0-9a-f-]{36}"
WORDS: Final[Mapping[str, str]] = ours(
    {
        "/people/new": "新しい人",
        f"/people/{_ID}/assessments/new": "聞きとり",
        f"/people/{_ID}/hearing(/.*)?": "聞きとり",
        f"/people/{_ID}/contacts/new": "関わりの記録",
        f"/people/{_ID}/consents/.*": "同意",
        f"/people/{_ID}/name": "名前と連絡先",
        f"/people/{_ID}/placements/new": "つなぐ約束",
        f"/placements/{_ID}/visits/new": "参加の記録",
        f"/placements/{_ID}": "つなぎ",
        "/": "きょうの連絡の記録",
        "/conferences/.*": "支援会議の記録",
        "/inquiries.*": "受け入れ先へのおたずね",
        "/(activities|hosts).*": "活動",
    }
)
OTHER: Final = ours("そのほかの書きこみ")


def words_of(path: str) -> str:
    """Say what somebody was writing on a page."""
    return next((said for known, said in WORDS.items() if re.fullmatch(known, path)), OTHER)
