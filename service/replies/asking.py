"""What a host is asked, put together without anybody's words: lines that the host will read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from catalogue.tables import Host
from service.hosts.rules import LinkPurpose
from service.languages.ours import ours, say
from service.placements.repository import Offer
from service.placements.tables import Placement
from service.placements.telling import NAMELESS
from service.replies.questions import Line, said
from service.web.dates import dated_words

NICKNAME: Final = "nickname"
ALONG: Final = ours("いっしょに来る人がいます")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a worker wants to ask of whom."""

    purpose: LinkPurpose
    placement_id: UUID | None = None
    activity_id: UUID | None = None
    host_id: UUID | None = None
    about_on: date | None = None
    asks: tuple[Line, ...] = ()
    own_line: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a host reads: a title and lines. Kept with the inquiry, and shown by one page."""

    host: str
    title: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    asks: tuple[Line, ...] = ()
    own_line: str = ""

    def document(self) -> dict[str, Any]:
        """Return what is kept, and told over the API."""
        return {
            "host": self.host,
            "title": self.title,
            "lines": [{"name": name, "said": words} for name, words in self.lines],
            "asks": [{"ask": line.ask.value, "value": line.value} for line in self.asks],
            "asked": [*(said(line) for line in self.asks), *filter(None, [self.own_line])],
        }


def about_visit(offer: Offer, placement: Placement, *, who: str, on: date | None) -> Shown:
    """Say of a placement what a host has to know to answer; the person by a nickname at most."""
    lines = (
        (ours("来る人"), who or NAMELESS),
        (ours("日"), dated_words(on) if on else ours("これから相談")),
        (
            ours("時間"),
            say("{minutes}分から", minutes=placement.minutes) if placement.minutes else "",
        ),
        (ours("いっしょに来る人"), ALONG if placement.companion else ""),
    )
    return Shown(offer.host.name, offer.activity.title, _known(lines))


def about_host(host: Host) -> Shown:
    """Say back to a host what is registered of it."""
    lines = (
        (ours("お名前"), host.name),
        (ours("電話"), host.telephone),
        (
            ours("休み"),
            say("{resting_until}まで", resting_until=dated_words(host.resting_until))
            if host.resting_until
            else "",
        ),
        (
            ours("人数"),
            say("{max_people}人まで", max_people=host.max_people)
            if host.max_people is not None
            else "",
        ),
        (ours("前にたしかめた日"), dated_words(host.confirmed_on) if host.confirmed_on else ""),
    )
    return Shown(host.name, lines=_known(lines))


def about_activity(offer: Offer, wanted: Wanted) -> Shown:
    """Ask whether an arrangement would be possible, for nobody in particular."""
    return Shown(
        offer.host.name, offer.activity.title, asks=wanted.asks, own_line=wanted.own_line.strip()
    )


def _known(lines: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(line for line in lines if line[1])
