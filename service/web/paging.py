"""Cursor paging: a page is a list and where the next one begins."""

from typing import Annotated, Generic, Protocol, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel


class Identified(Protocol):
    @property
    def id(self) -> UUID: ...


Item = TypeVar("Item")
Row = TypeVar("Row", bound=Identified)

After = Annotated[UUID | None, Query(description="id of the last item of the page before")]
Limit = Annotated[int, Query(ge=1, le=200)]


class Page(BaseModel, Generic[Item]):
    items: list[Item]
    next: UUID | None = None


def page_of(items: list[Row], limit: int) -> "Page[Row]":  # quoted: pydantic would build it
    """Return a page; a full one may have another after it."""
    return Page(items=items, next=items[-1].id if len(items) == limit else None)
