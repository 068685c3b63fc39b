"""Cursor paging: a page is a list and where the next one begins."""

from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

Item = TypeVar("Item")

After = Annotated[UUID | None, Query(description="id of the last item of the page before")]
Limit = Annotated[int, Query(ge=1, le=200)]


class Page(BaseModel, Generic[Item]):
    items: list[Item]
    next: UUID | None = None
