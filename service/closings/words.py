"""What will end and what stays to be done, in the plain words of a page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff
from service.closings import actions
from service.closings.actions import Ending, Withdrawal
from service.languages.ours import joined, ours, say
from service.persons.words import TOLD_WORDS
from service.placements.lifecycle import Action, Hold, Side
from service.web.dates import day_words

HOLD_WORDS: Final[dict[Hold, str]] = ours(
    {
        Hold.NONE: "",
        Hold.SOFT: "受け入れ先への打診が終わります",
        Hold.FIRM: "取ってある場所が、ほかの人のために空きます",
    }
)
SIDES: Final[dict[Side, str]] = ours(
    {Side.PERSON: "本人", Side.HOST: "受け入れ先", Side.TEAM: "支援する側"}
)


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
        yield say("受け入れ先に見せているカード {cards}枚が見えなくなります", cards=ending.cards)
    if ending.links:
        yield say("受け入れ先に渡したリンク {links}つが開かなくなります", links=ending.links)
    if ending.questions:
        yield say("返事を待っている質問 {questions}つが終わります", questions=ending.questions)


def _asked(ending: Ending) -> Iterator[str]:
    """Say which contacts there are after it; who was never asked has nothing to be told."""
    if ending.turn.falls_away:
        every = dict.fromkeys(SIDES[due.side] for due in ending.turn.falls_away)
        sides = joined("、", list(every))
        yield say("これまでの連絡の予定({sides})は、なくなります", sides=sides)
    for due in ending.turn.remains:
        yield say("{side}に、{due} ごろ連絡します", side=SIDES[due.side], due=day_words(due.due))
    if not ending.turn.remains:
        yield ours("このあとの連絡の予定はありません")
        if ending.host_knows:
            yield ours("受け入れ先には、いま伝えてください")


def withdrawal_lines(found: Withdrawal) -> list[str]:
    """Say beforehand what ends with a consent."""
    return list(_withdrawal(found))


def _withdrawal(found: Withdrawal) -> Iterator[str]:
    if found.sheets:
        yield say(
            "受け入れ先に見えるもの {sheets}つが、すぐに見えなくなります", sheets=found.sheets
        )
    if found.links:
        yield say("渡したリンク {links}つが、すぐに開かなくなります", links=found.links)
    for _, fields in found.placements:
        said = joined("、", [TOLD_WORDS.get(field, field) for field in fields])
        yield say("約束のなかの「{said}」は、もう伝えられません", said=said)
    if found.seen_by_owner_only:
        yield ours("このあとは、担当だけがこの人を見られます")
