"""What links of hosts look like over HTTP."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms import Form
from service.hosts.links import MadeLink
from service.hosts.rules import LinkPurpose


class LinkIn(Form):
    days: Annotated[int, Field(ge=1, le=90)] | None = Field(
        default=None, description="Left out: as the office has set it."
    )


class LinkOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    packet_id: UUID | None
    inquiry_id: UUID | None
    registration_id: UUID | None
    person_id: UUID | None
    host_id: UUID
    purpose: LinkPurpose
    made_by: UUID
    expires_at: datetime
    revoked_at: datetime | None


class MadeLinkOut(LinkOut):
    """A new link; its token is told this once."""

    token: str
    path: str

    @classmethod
    def of(cls, made: MadeLink) -> Self:
        own = LinkOut.model_validate(made.link).model_dump()
        return cls(**own, token=made.token, path=made.path)
