"""What suggestions are given besides the caller: the process's indexes, and the history.

These are asynchronous because they read what the app holds and nothing else: a plain function
would be sent through the thread pool for it, and cost more than it does.
"""

from collections.abc import Callable
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends, Request
from sqlmodel import Session

from catalogue.profiles import Tried
from service.accounts.actions import Staff
from service.suggestions.candidacy import RememberMany
from service.suggestions.engine import Indexes

# Placements stand above suggestions, so the app hands their memory down.
Remember = Callable[[Session, UUID], tuple[Tried, ...]]


class Entered(NamedTuple):
    """What somebody proposed although the matching left it out, and why."""

    placement_id: UUID
    title: str
    reason: str


EnteredBy = Callable[[Session, Staff, UUID], list[Entered]]


def entered_for(request: Request) -> EnteredBy:
    """Return who knows what was entered: placements again."""
    found: EnteredBy = request.app.state.entered
    return found


async def request_indexes(request: Request) -> Indexes:
    indexes: Indexes = request.app.state.indexes
    return indexes


async def request_history(request: Request) -> Remember:
    history: Remember = request.app.state.history
    return history


async def request_histories(request: Request) -> RememberMany:
    histories: RememberMany = request.app.state.histories
    return histories


async def usual_limit(request: Request) -> int:
    limit: int = request.app.state.settings.suggestion_limit
    return limit


KnownIndexes = Annotated[Indexes, Depends(request_indexes)]
History = Annotated[Remember, Depends(request_history)]
Histories = Annotated[RememberMany, Depends(request_histories)]
UsualLimit = Annotated[int, Depends(usual_limit)]
