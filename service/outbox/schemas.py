"""What dead letters and webhooks look like over HTTP."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.terms.values import Line as OneLine
from service.outbox.actions import Letter
from service.outbox.rules import Channel, Closing, Notice, Trouble
from service.outbox.webhooks import MadeWebhook

LONGEST_URL = 500


class LetterOut(BaseModel):
    """What did not arrive: to whom, how often it was tried, and why not."""

    id: UUID
    channel: Channel
    notice: Notice
    to: str
    at: datetime
    tries: int
    trouble: Trouble | None
    answer: int | None

    @classmethod
    def of(cls, letter: Letter) -> "LetterOut":
        line = letter.line
        return cls(
            id=line.id,
            channel=line.channel,
            notice=line.notice,
            to=letter.to,
            at=line.at,
            tries=line.tries,
            trouble=line.trouble,
            answer=line.answer,
        )


class ClosingIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Closing


class WebhookIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: OneLine = Field(min_length=1, max_length=LONGEST_URL)


class WebhookOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    url: str


class WebhooksOut(BaseModel):
    items: list[WebhookOut]


class MadeWebhookOut(WebhookOut):
    """A new webhook with the secret of its signatures, told this once."""

    secret: str

    @classmethod
    def made(cls, made: MadeWebhook) -> "MadeWebhookOut":
        return cls(id=made.webhook.id, url=made.webhook.url, secret=made.secret)
