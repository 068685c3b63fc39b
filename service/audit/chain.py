"""How a line is tied to the one before it: a keyed digest over all that it says. Pure."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, Protocol
from uuid import UUID

START: Final = "0" * 64

# In this order, for good: a line's digest is over these values. ``digest`` itself is the result.
COLUMNS: Final = (
    "id",
    "created_at",
    "municipality_id",
    "seq",
    "account_id",
    "role",
    "person_id",
    "act",
    "resource",
    "purpose",
    "basis",
    "basis_id",
    "detail",
    "at",
    "key_id",
)


class Readable(Protocol):
    """A line: its columns by their names."""

    def __getitem__(self, name: str, /) -> Any: ...


def digest(key: bytes, before: str, line: Readable) -> str:
    """Return the digest of a line, with the digest of the line before it."""
    content = [before, *(_plain(line[name]) for name in COLUMNS)]
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, written.encode(), hashlib.sha256).hexdigest()


def _plain(value: Any) -> str | int | None:
    """Write a value in the one way that both databases give back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, (int, str)):
        return value
    raise TypeError(f"a line of the audit holds no {type(value).__name__}")
