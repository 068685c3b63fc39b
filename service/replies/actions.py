"""What staff do: ask a host, make the link, write an answer down, offer what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from catalogue.repository import touch_revision
from catalogue.tables import Activity, Host
from catalogue.terms import ActivityTerms
from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.clock import local_day
from service.contacts.words import Channel
from service.hosts import links
from service.hosts import repository as hosts
from service.hosts.actions import amend_activity, entry
from service.hosts.links import MadeLink
from service.hosts.rules import LinkPurpose, closes_at
from service.hosts.tables import HostLink
from service.persons.names.actions import known_as
from service.placements.actions import offer_for, placement_for, refuse
from service.placements.repository import person_of
from service.refusals import Kind, Refusal
from service.replies import asking, hearing, repository
from service.replies.asking import NICKNAME, Shown, Wanted
from service.replies.questions import Ask, Line, UnfitQuestion, misput, names_somebody, offered
from service.replies.rules import ASKABLE, VISITED, Answer, Said
from service.replies.tables import Inquiry, Reply
from service.settings import Settings

__all__ = ["UnfitQuestion", "ask", "inquiry_for", "list_inquiries", "make_link", "offer"]

RESOURCE: Final = "inquiry"
AHEAD: Final = timedelta(days=366)


class NoSuchInquiry(Refusal):
    """Absent, or about somebody whom the caller may not see: the answer is the same."""

    kind: ClassVar = Kind.MISSING


class NothingToAsk(Refusal):
    kind: ClassVar = Kind.CONFLICT


class Incomplete(Refusal):
    kind: ClassVar = Kind.MALFORMED


class OutOfReach(Refusal):
    """A link stays open until after the day it is about: that day is no far one."""

    kind: ClassVar = Kind.MALFORMED


class NothingToOffer(Refusal):
    """Only what a host said yes to is offered, and only what the terms have a word for."""

    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Asked:
    """An inquiry with its answer, if there is one."""

    inquiry: Inquiry
    reply: Reply | None

    @property
    def id(self) -> UUID:
        return self.inquiry.id


@dataclass(frozen=True, slots=True)
class _Draft:
    """What would be asked, and what it is about."""

    host_id: UUID
    shown: Shown
    about_on: date
    activity_id: UUID | None = None
    placement_id: UUID | None = None
    person_id: UUID | None = None
    consent_id: UUID | None = None


def ask(session: Session, staff: Staff, wanted: Wanted, *, at: datetime) -> Asked:
    """Put a question together for a host; nothing leaves before a link is made of it."""
    draft = _DRAFTS[wanted.purpose](session, staff, wanted, at)
    inquiry = Inquiry(
        municipality_id=staff.municipality_id,
        purpose=wanted.purpose,
        host_id=draft.host_id,
        activity_id=draft.activity_id,
        placement_id=draft.placement_id,
        person_id=draft.person_id,
        consent_id=draft.consent_id,
        about_on=draft.about_on,
        made_by=staff.id,
        content=draft.shown.document(),
        created_at=at,
    )
    session.add(inquiry)
    session.flush()
    asks = wanted.purpose in {LinkPurpose.BEFORE, LinkPurpose.QUESTION}
    if asks and hosts.asked(session, draft.host_id, on=local_day(at)):
        touch_revision(session, staff.municipality_id)
    return Asked(inquiry, None)


def _about_placement(session: Session, staff: Staff, wanted: Wanted, at: datetime) -> _Draft:
    if wanted.placement_id is None:
        raise Incomplete("please name placement_id", field="placement_id")
    placement = placement_for(session, staff, wanted.placement_id, act=Act.WRITE, at=at)
    fit = ASKABLE if wanted.purpose is LinkPurpose.BEFORE else VISITED
    if placement.status not in fit:
        raise NothingToAsk(f"a placement that is {placement.status} has nothing to ask about")
    offer = offer_for(session, staff, placement.activity_id, placement.slot_id)
    today = local_day(at)
    after = wanted.purpose is LinkPurpose.AFTER
    on = wanted.about_on or (today if after else placement.first_on)
    if wanted.about_on is not None and wanted.about_on > (today if after else today + AHEAD):
        raise OutOfReach("this day is too far ahead to ask about", field="about_on")
    consent_id = None
    if NICKNAME in placement.may_tell:
        held = repository.consent_naming(session, placement.person_id, offer.host.id, on=today)
        consent_id = next((each.id for each in held if NICKNAME in each.fields), None)
    who = person_of(session, placement).code if consent_id else ""
    return _Draft(
        offer.host.id,
        asking.about_visit(offer, placement, who=who, on=on),
        max(on or today, today),
        activity_id=placement.activity_id,
        placement_id=placement.id,
        person_id=placement.person_id,
        consent_id=consent_id,
    )


def _about_host(session: Session, staff: Staff, wanted: Wanted, at: datetime) -> _Draft:
    if wanted.host_id is None:
        raise Incomplete("please name host_id", field="host_id")
    host = entry(session, staff, Host, wanted.host_id)
    return _Draft(host.id, asking.about_host(host), local_day(at))


def _about_activity(session: Session, staff: Staff, wanted: Wanted, at: datetime) -> _Draft:
    if wanted.activity_id is None:
        raise Incomplete("please name activity_id", field="activity_id")
    if not wanted.asks and not wanted.own_line.strip():
        raise Incomplete("please say what is asked", field="asks")
    for line in wanted.asks:
        refuse(misput(line))
    if wanted.own_line.strip():
        refuse(names_somebody(wanted.own_line, known_as(session, staff)))
    offer = offer_for(session, staff, wanted.activity_id)
    shown = asking.about_activity(offer, wanted)
    return _Draft(offer.host.id, shown, local_day(at), activity_id=offer.activity.id)


def _nothing(_session: Session, _staff: Staff, wanted: Wanted, _at: datetime) -> _Draft:
    raise Incomplete(f"a {wanted.purpose} is made with the disclosures", field="purpose")


_DRAFTS: Final = {
    LinkPurpose.CARD: _nothing,
    LinkPurpose.PACKET: _nothing,
    LinkPurpose.BEFORE: _about_placement,
    LinkPurpose.AFTER: _about_placement,
    LinkPurpose.OWN: _about_host,
    LinkPurpose.QUESTION: _about_activity,
    LinkPurpose.REGISTER: _nothing,
}


def inquiry_for(
    session: Session, staff: Staff, inquiry_id: UUID, *, act: Act, at: datetime
) -> Asked:
    """Return an inquiry with its answer, and write down that it was looked at."""
    inquiry = repository.inquiry_of(session, staff, inquiry_id)
    if inquiry is None:
        raise NoSuchInquiry("no such inquiry")
    people = [inquiry.person_id] if inquiry.person_id else []
    record_access(session, staff, people, act=act, resource=RESOURCE, at=at)
    return Asked(inquiry, repository.reply_to(session, inquiry.id))


def list_inquiries(
    session: Session,
    staff: Staff,
    *,
    at: datetime,
    host_id: UUID | None = None,
    activity_id: UUID | None = None,
    placement_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[Asked]:
    """Return what hosts were asked, with the answers, and write down who was listed."""
    found = repository.inquiries(
        session,
        staff,
        host_id=host_id,
        activity_id=activity_id,
        placement_id=placement_id,
        after=after,
        limit=limit,
    )
    people = sorted({each.person_id for each in found if each.person_id})
    record_access(session, staff, people, act=Act.LIST, resource=RESOURCE, at=at)
    answered = repository.replies_to(session, [each.id for each in found])
    return [Asked(each, answered.get(each.id)) for each in found]


def make_link(
    session: Session, staff: Staff, inquiry_id: UUID, *, days: int, at: datetime
) -> MadeLink:
    """Make an address at which the host answers, until so many days after what it is about."""
    inquiry = inquiry_for(session, staff, inquiry_id, act=Act.WRITE, at=at).inquiry
    if not repository.opens(session, inquiry.id, on=local_day(at)):
        raise NothingToAsk("this question is over: a link to it would open nothing")
    token, token_hash = links.drawn()
    link = HostLink(
        municipality_id=staff.municipality_id,
        inquiry_id=inquiry.id,
        person_id=inquiry.person_id,
        host_id=inquiry.host_id,
        purpose=inquiry.purpose,
        token_hash=token_hash,
        made_by=staff.id,
        expires_at=closes_at(max(inquiry.about_on, local_day(at)), days=days),
        created_at=at,
    )
    return links.make(session, staff, link, token)


def links_of(
    session: Session, staff: Staff, inquiry_id: UUID, *, at: datetime
) -> Sequence[HostLink]:
    """Return every link of an inquiry, the newest first."""
    inquiry = inquiry_for(session, staff, inquiry_id, act=Act.READ, at=at).inquiry
    return hosts.links_of_inquiry(session, inquiry.id)


def write_down(
    session: Session,
    staff: Staff,
    inquiry_id: UUID,
    said: Said,
    *,
    channel: Channel,
    at: datetime,
    settings: Settings,
) -> Asked:
    """Write down what a host answered by telephone or fax; the same follows as from a link."""
    inquiry = inquiry_for(session, staff, inquiry_id, act=Act.WRITE, at=at).inquiry
    heard = hearing.give(
        session, inquiry, said, at=at, settings=settings, channel=channel, staff=staff
    )
    return Asked(heard.inquiry, heard.reply)


def offer(session: Session, staff: Staff, inquiry_id: UUID, *, at: datetime) -> Asked:
    """Make of what a host said yes to a part of what the activity offers everybody."""
    asked = inquiry_for(session, staff, inquiry_id, act=Act.WRITE, at=at)
    inquiry = asked.inquiry
    if asked.reply is None or asked.reply.answer is not Answer.YES or not inquiry.activity_id:
        raise NothingToOffer("the host has not said yes to an arrangement")
    activity = entry(session, staff, Activity, inquiry.activity_id)
    changes: dict[str, object] = {}
    for each in inquiry.content["asks"]:
        changes |= offered(Line(Ask(each["ask"]), each["value"]), activity.terms | changes)
    if not changes:
        raise NothingToOffer("the terms of an activity have no word for this")
    terms = ActivityTerms.model_validate(changes)
    amend_activity(session, staff, activity.id, {}, terms=terms, schedule=None, seen=None)
    inquiry.offered_at = at
    session.flush()
    return asked
