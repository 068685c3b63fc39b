"""What inquiries and replies look like over HTTP, for staff and for hosts."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from catalogue.terms import Day, Form
from catalogue.terms.values import Line as TextLine
from catalogue.terms.values import Text
from service.contacts.words import Channel
from service.hosts.rules import LinkPurpose
from service.replies.actions import Asked
from service.replies.asking import Wanted
from service.replies.hearing import Heard
from service.replies.questions import OWN_LINE_TOP, Ask, Line
from service.replies.rules import ANSWERS, PEOPLE_TOP, REMARK_TOP, Answer, Said, Upshot
from service.replies.tables import Reply

Id = Annotated[UUID, Field(strict=False)]


class AskIn(Form):
    """One thing that is asked; ``value`` is a figure, or a day and time such as tu-am."""

    ask: Annotated[Ask, Field(strict=False)]
    value: int | Annotated[TextLine, Field(max_length=16)] | None = None


class InquiryIn(Form):
    """What a host is asked: before or after a visit, about itself, or about an activity."""

    purpose: Literal[LinkPurpose.BEFORE, LinkPurpose.AFTER, LinkPurpose.OWN, LinkPurpose.QUESTION]
    placement_id: Id | None = None
    activity_id: Id | None = None
    host_id: Id | None = None
    about_on: Day | None = Field(default=None, description="Left out: the first day, or today.")
    asks: Annotated[list[AskIn], Field(max_length=8)] = Field(default_factory=list)
    own_line: Annotated[TextLine, Field(max_length=OWN_LINE_TOP)] = ""

    def wanted(self) -> Wanted:
        return Wanted(
            purpose=self.purpose,
            placement_id=self.placement_id,
            activity_id=self.activity_id,
            host_id=self.host_id,
            about_on=self.about_on,
            asks=tuple(Line(each.ask, each.value) for each in self.asks),
            own_line=self.own_line,
        )


class ReplyIn(Form):
    """A host's answer; ``until`` goes with rest, ``people`` with fewer."""

    answer: Annotated[Answer, Field(strict=False)]
    until: Day | None = None
    people: Annotated[int, Field(ge=0, le=PEOPLE_TOP)] | None = None
    remark: Annotated[Text, Field(max_length=REMARK_TOP)] = ""

    def said(self) -> Said:
        return Said(
            answer=self.answer, until=self.until, people=self.people, remark=self.remark.strip()
        )


class HeardReplyIn(ReplyIn):
    """An answer that staff heard by telephone, or read on a fax."""

    channel: Annotated[Channel, Field(strict=False)] = Channel.CALL


class SaidLineOut(BaseModel):
    name: str
    said: str


class ShownOut(BaseModel):
    """What the host reads, word by word."""

    host: str
    title: str
    lines: list[SaidLineOut]
    asked: list[str]


class AnswerOut(BaseModel):
    """What was answered, as the host sees it again."""

    answer: Answer
    until: date | None
    people: int | None
    remark: str

    @classmethod
    def of(cls, reply: Reply | None) -> "AnswerOut | None":
        if reply is None:
            return None
        said = {name: getattr(reply, name) for name in AnswerOut.model_fields}
        return AnswerOut(**said)


class ReplyOut(AnswerOut):
    channel: Channel
    account_id: UUID | None
    answered_at: datetime
    applied_at: datetime | None
    upshot: Upshot | None


class InquiryOut(BaseModel):
    id: UUID
    purpose: LinkPurpose
    host_id: UUID
    activity_id: UUID | None
    placement_id: UUID | None
    person_id: UUID | None
    about_on: date
    made_by: UUID
    offered_at: datetime | None
    possible: list[Answer] = Field(description="What the host may answer.")
    shown: ShownOut
    reply: ReplyOut | None

    @classmethod
    def of(cls, asked: Asked) -> Self:
        kept, reply = asked.inquiry, asked.reply
        names = set(cls.model_fields) - {"possible", "shown", "reply"}
        told: dict[str, Any] = {}
        if reply is not None:
            told = {name: getattr(reply, name) for name in ReplyOut.model_fields}
        return cls(
            **{name: getattr(kept, name) for name in names},
            possible=list(ANSWERS[kept.purpose]),
            shown=ShownOut.model_validate(kept.content),
            reply=ReplyOut(**told) if told else None,
        )


class HostInquiryOut(BaseModel):
    """What a link asks its host."""

    purpose: LinkPurpose
    possible: list[Answer]
    shown: ShownOut
    reply: AnswerOut | None

    @classmethod
    def of(cls, heard: Heard) -> Self:
        return cls(
            purpose=heard.inquiry.purpose,
            possible=list(ANSWERS[heard.inquiry.purpose]),
            shown=ShownOut.model_validate(heard.inquiry.content),
            reply=AnswerOut.of(heard.reply),
        )
