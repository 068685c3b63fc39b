"""What will end and what stays to be done, in the plain words of a page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.closings import actions
from service.closings.actions import Ending, Withdrawal
from service.persons.words import TOLD_WORDS
from service.placements.lifecycle import Action, Hold, Side
from service.web.dates import day_words

HOLD_WORDS: Final[dict[Hold, str]] = {
    Hold.NONE: "",
    Hold.SOFT: "受け入れ先への打診が終わります",
    Hold.FIRM: "取ってある場所が、ほかの人のために空きます",
}
SIDES: Final[dict[Side, str]] = {
    Side.PERSON: "本人",
    Side.HOST: "受け入れ先",
    Side.TEAM: "支援する側",
}


def closing_lines(
    session: Session, staff: Staff, placement_id: UUID, action: Action, at: datetime
) -> list[str]:
    """Say beforehand what a move would end, line by line."""
    ending = actions.ending(session, staff, placement_id, action, at=at)
    return [*_ended(ending), *_asked(ending)]


def _ended(ending: Ending) -> Iterator[str]:
    if said := HOLD_WORDS[ending.hold]:
        yield said
    if ending.cards:
        yield f"受け入れ先に見せているカード {ending.cards}枚が見えなくなります"
    if ending.links:
        yield f"受け入れ先に渡したリンク {ending.links}つが開かなくなります"
    if ending.questions:
        yield f"返事を待っている質問 {ending.questions}つが終わります"


def _asked(ending: Ending) -> Iterator[str]:
    """Say which contacts there are after it; who was never asked has nothing to be told."""
    if ending.turn.falls_away:
        sides = "、".join(dict.fromkeys(SIDES[due.side] for due in ending.turn.falls_away))
        yield f"これまでの連絡の予定({sides})は、なくなります"
    for due in ending.turn.remains:
        yield f"{SIDES[due.side]}に、{day_words(due.due)} ごろ連絡します"
    if not ending.turn.remains:
        yield "このあとの連絡の予定はありません"
        if ending.host_knows:
            yield "受け入れ先には、いま伝えてください"


def withdrawal_lines(found: Withdrawal) -> list[str]:
    """Say beforehand what ends with a consent."""
    return list(_withdrawal(found))


def _withdrawal(found: Withdrawal) -> Iterator[str]:
    if found.sheets:
        yield f"受け入れ先に見えるもの {found.sheets}つが、すぐに見えなくなります"
    if found.links:
        yield f"渡したリンク {found.links}つが、すぐに開かなくなります"
    for _, fields in found.placements:
        said = "、".join(TOLD_WORDS.get(field, field) for field in fields)
        yield f"約束のなかの「{said}」は、もう伝えられません"
    if found.seen_by_owner_only:
        yield "このあとは、担当だけがこの人を見られます"
