"""What the audit looks like over HTTP."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from service.audit.rules import Act, Ground, Purpose


class AccessOut(BaseModel):
    """One line of the audit; ``resource`` names a kind of thing, or what happened."""

    seq: int
    at: datetime
    account_id: UUID | None
    role: str
    person_id: UUID | None
    act: Act
    resource: str
    purpose: Purpose
    basis: Ground | None
    basis_id: UUID | None


class AccessPage(BaseModel):
    items: list[AccessOut]
    next: int | None = None


class ProbingOut(BaseModel):
    account_id: UUID
    times: int


class ProbingList(BaseModel):
    items: list[ProbingOut]
