"""What may be told outside, how often it is tried, and when somebody has to look. Pure."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Final

from service.accounts.rules import Role


class Notice(StrEnum):
    """Why somebody is asked to look at the screen; never what stands there."""

    CONCERN = "concern"
    EMERGENCY = "emergency"
    RELEASE = "release"
    DEAD_LETTER = "dead_letter"
    DIGEST = "digest"


class Figure(StrEnum):
    """What a notice counts: nothing else of its cause is told."""

    CONCERN = "concern"
    FIRST_OR_LAST_LATE = "first_or_last_late"
    PAST_DUE = "past_due"
    NOW = "now"
    BACK = "back"
    EMERGENCY = "emergency"
    RELEASE = "release"
    DEAD_LETTER = "dead_letter"


class Channel(StrEnum):
    MAIL = "mail"
    WEBHOOK = "webhook"


class State(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    CLOSED = "closed"
    DROPPED = "dropped"


class Trouble(StrEnum):
    """Why a line was not taken; the other side's own words are kept nowhere."""

    NO_ANSWER = "no_answer"
    NOT_NOW = "not_now"
    NOT_SET_UP = "not_set_up"
    INTERRUPTED = "interrupted"
    REFUSED = "refused"
    BLOCKED = "blocked"


class Closing(StrEnum):
    """Why a line that did not arrive is let go."""

    TOLD_OTHERWISE = "told_otherwise"
    NOT_NEEDED = "not_needed"
    ADDRESS_WRONG = "address_wrong"
    OTHER = "other"


# To try the same again would be answered the same.
IS_FINAL: Final[dict[Trouble, bool]] = {
    Trouble.NO_ANSWER: False,
    Trouble.NOT_NOW: False,
    Trouble.NOT_SET_UP: False,
    Trouble.INTERRUPTED: False,
    Trouble.REFUSED: True,
    Trouble.BLOCKED: True,
}
# What a line of each notice counts where it is about one thing.
COUNTED: Final[dict[Notice, Figure | None]] = {
    Notice.CONCERN: Figure.CONCERN,
    Notice.EMERGENCY: Figure.EMERGENCY,
    Notice.RELEASE: Figure.RELEASE,
    Notice.DEAD_LETTER: Figure.DEAD_LETTER,
    Notice.DIGEST: None,
}
# A withdrawn consent takes along what others were to be told; an emergency is told all the same.
ENDS_WITH_CONSENT: Final[dict[Notice, bool]] = {
    Notice.CONCERN: True,
    Notice.EMERGENCY: False,
    Notice.RELEASE: True,
    Notice.DEAD_LETTER: False,
    Notice.DIGEST: False,
}
# What a role cannot switch off: somebody has to hear of every emergency.
ALWAYS: Final = frozenset({(Role.COORDINATOR, Notice.EMERGENCY)})

FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=6)
GROWTH: Final = 4
JITTER: Final = 0.25
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
LONGEST_ADDRESS: Final = 254
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    rf"@(?P<domain>{_LABEL}(?:\.{_LABEL})+)"
)
# In a header this begins a word in another alphabet, which hides what it says.
_ENCODED: Final = "=?"


def wait_after(tries: int, *, spread: float) -> timedelta:
    """Return how long to wait after so many tries; ``spread`` (0 to 1) keeps them apart."""
    grown = FIRST_WAIT * float(GROWTH ** min(tries - 1, 10))
    return min(grown, LONGEST_WAIT) * (1 + JITTER * spread)


def is_over(trouble: Trouble, tries: int, *, most: int) -> bool:
    """Say whether nobody tries again by themselves: somebody has to look."""
    return IS_FINAL[trouble] or tries >= most


def listed(said: str) -> tuple[str, ...]:
    """Return the entries of a setting that are written with commas between them."""
    return tuple(filter(None, (each.strip().lower() for each in said.split(","))))


def fits_address(said: str, domains: tuple[str, ...] = ()) -> bool:
    """Say whether a mail can be sent there: one plain address, of a domain that the office names.

    Nothing that could become a second header or a second recipient passes.
    """
    found = _ADDRESS.fullmatch(said)
    if found is None or len(said) > LONGEST_ADDRESS or _ENCODED in said:
        return False
    return not domains or found["domain"].lower() in domains
