"""Where a page ends, as a word that the next question brings back: days and numbers, no content."""

import base64
import binascii
import json
import math
from datetime import date
from typing import ClassVar
from uuid import UUID

from service.followup.repository.queue import Key
from service.refusals import Kind, Refusal


class UnfitPlace(Refusal):
    kind: ClassVar = Kind.MALFORMED


def cursor(place: Key) -> str:
    """Write a place in the order of the queue as a word."""
    return base64.urlsafe_b64encode(json.dumps(place, default=str).encode()).decode()


def place_named(word: str) -> Key:
    """Read the place that a page told; nothing else is understood."""
    try:
        lead, behind, due, id_, rank, own, own_due, own_id = json.loads(
            base64.b64decode(word.encode("ascii"), altchars=b"-_", validate=True)
        )
        read = (_number(behind), date.fromisoformat(due), UUID(id_))
        mine = (_number(own), date.fromisoformat(own_due), UUID(own_id))
        return (_rank(lead), *read, _rank(rank), *mine)
    except (ValueError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise UnfitPlace("after is not where a page of this queue ended", field="after") from None


def _number(said: object) -> float:
    if not isinstance(said, float) or not math.isfinite(said):
        raise ValueError(said)
    return said


def _rank(said: object) -> int:
    if type(said) is not int or said not in range(10):
        raise ValueError(said)
    return said
