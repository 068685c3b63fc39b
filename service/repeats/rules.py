"""Which answers are kept as they were, and where to look for those that are not. Pure."""

import re
from typing import Final

# What 支援会議 keep has a key of its own and is read by members alone: its answers stay there.
_BY_MEMBERS: Final = "/api/v1/conferences"
# A link stands in one answer and, hashed, in the database; a copy would be a second key.
_SHOWN_ONCE: Final = re.compile(r"/(disclosures|inquiries)/[^/]+/links")
_COLLECTIONS: Final = frozenset({"conferences", "records"})
_LISTS: Final = frozenset({"members", "entries"})


def is_kept(path: str) -> bool:
    """Say whether the body of an answer may be kept at all."""
    return not (path.startswith(_BY_MEMBERS) or _SHOWN_ONCE.search(path))


def place_of(path: str, made: str) -> str:
    """Return where to read again what was done at a path; nowhere if it is shown only once."""
    if not path.startswith(_BY_MEMBERS):
        return ""
    parent, _, last = path.rpartition("/")
    if last in _COLLECTIONS:
        return f"{path}/{made}" if made else path
    return path if last in _LISTS else parent
