"""Make the words of a line when it leaves: please look, how many of what, and where."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from uuid import UUID

from service.outbox.rules import Channel, Figure, Notice
from service.outbox.words import FAREWELL, FIGURE_WORDS, GREETING, PAGE_OF, SUBJECT

SENDER: Final = "出番"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A line as whoever carries it needs it. ``to`` is a mail address or a URL."""

    id: UUID
    channel: Channel
    notice: Notice
    figures: Mapping[str, int]
    at: datetime
    to: str
    secret: bytes = b""


def figures_of(parcel: Parcel) -> list[tuple[Figure, int]]:
    """Return what is counted in the order of the table; what is unknown or nought is left out."""
    return [(each, number) for each in Figure if (number := parcel.figures.get(each, 0)) > 0]


def link_of(notice: Notice, origin: str) -> str:
    """Return the address of the page; without knowing our own address there is none."""
    return f"{origin}{PAGE_OF[notice]}" if origin else ""


def mail_of(parcel: Parcel, *, sender: str, origin: str) -> EmailMessage:
    """Return the mail; its Message-ID is the line's, so that a second copy is known as one."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(SENDER, addr_spec=sender)
    mail["To"] = Address(addr_spec=parcel.to)
    mail["Subject"] = SUBJECT
    mail["Date"] = format_datetime(_aware(parcel.at))
    mail["Message-ID"] = f"<{parcel.id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    counted = [f"{FIGURE_WORDS[each]} {number}件" for each, number in figures_of(parcel)]
    parts = [GREETING, "\n".join(counted), link_of(parcel.notice, origin), FAREWELL]
    mail.set_content("\n\n".join(filter(None, parts)) + "\n")
    return mail


def body_of(parcel: Parcel, *, origin: str) -> bytes:
    """Return what a webhook is told; the same line gives the same bytes each time."""
    told = {
        "id": str(parcel.id),
        "notice": parcel.notice,
        "figures": {str(each): number for each, number in figures_of(parcel)},
        "at": _aware(parcel.at).isoformat(),
        "link": link_of(parcel.notice, origin),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def _aware(at: datetime) -> datetime:
    # SQLite gives moments back without their zone; all are kept in UTC.
    return at if at.tzinfo else at.replace(tzinfo=UTC)
