"""The one statement of the audit: its rows are appended and never changed."""

from collections.abc import Sequence
from typing import Any, Final

from sqlmodel import Session, insert

from service.audit.tables import AccessRecord
from service.database import run

_APPEND: Final = insert(AccessRecord)


def append(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Append rows at once, as many as there are people on a list."""
    run(session, _APPEND, rows)
