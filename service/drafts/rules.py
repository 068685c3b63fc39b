"""What of a form is kept, and for how long. Pure."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

Fields = list[tuple[str, str]]

MOST: Final = 40  # of one account; the oldest goes
MOST_BYTES: Final = 60_000  # of one form
# What nobody asked to keep goes sooner.
INTERRUPTED: Final = timedelta(days=3)
# The kit's own fields: made anew with every page.
KIT: Final = frozenset({"csrf_token", "once", "slip", "draft", "sent_to"})
_SECRET: Final = re.compile(r"password|secret")
# Pages that guard accounts, and the drafts themselves.
_NEVER: Final = re.compile(r"/(sign-in|sign-out|step-up|security|drafts)(/.*)?")


def kept_fields(sent: Iterable[tuple[str, object]]) -> Fields:
    """Return what of a form is kept: texts that somebody gave, and never a secret or a file."""
    return [
        (name, said)
        for name, said in sent
        if isinstance(said, str) and name not in KIT and not _SECRET.search(name)
    ]


def is_worth_keeping(fields: Fields) -> bool:
    """Say whether anything was typed or chosen, and no more than one form holds."""
    said = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    return any(value.strip() for _, value in fields) and said <= MOST_BYTES


def may_be_kept(path: str) -> bool:
    """Say whether forms of an address are kept at all."""
    return not _NEVER.fullmatch(path)


def lasts(*, interrupted: bool, days: int) -> timedelta:
    """Return for how long a form is kept, with the office's setting."""
    return min(INTERRUPTED, timedelta(days=days)) if interrupted else timedelta(days=days)
