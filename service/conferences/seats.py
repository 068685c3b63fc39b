"""Who sits in a 支援会議: the convener names members and ends their seats; and its close."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import NotYours, Staff
from service.accounts.tables import Account
from service.accounts.work import Source, work_from
from service.clock import local_day
from service.conferences import repository
from service.conferences.actions import conference_for, report, running_conference
from service.conferences.tables import Conference, Membership
from service.refusals import Kind, Refusal
from service.trail import Happening, record_event


class NoSuchColleague(Refusal):
    """Absent, not active, in another office, or in a role that sits in no conference."""

    kind: ClassVar = Kind.MISSING


class NoSuchMember(Refusal):
    kind: ClassVar = Kind.MISSING


class AlreadyMember(Refusal):
    kind: ClassVar = Kind.CONFLICT


class UnfitTerm(Refusal):
    kind: ClassVar = Kind.MALFORMED


def _only_there(session: Session, account: Account, at: datetime) -> dict[str, int]:
    """Count the running conferences that nobody could open any more."""
    seats = repository.seats_of(session, account, on=local_day(at))
    held = set(seats.values())
    shared = repository.shared_seats(session, account, held, on=local_day(at))
    return {"conferences": len(held - shared)}


def _ending(session: Session, account: Account, at: datetime) -> dict[str, int]:
    return {"seats": len(repository.seats_of(session, account, on=local_day(at)))}


def _end(session: Session, account: Account, by: UUID, at: datetime) -> None:
    for conference_id in repository.seats_of(session, account, on=local_day(at)).values():
        record_event(
            session,
            municipality_id=account.municipality_id,
            account_id=by,
            event=Happening.MEMBER_REMOVED,
            at=at,
            detail={"account": str(account.id), "conference": str(conference_id)},
        )
    repository.end_seats(session, account, by=by, at=at)


work_from("conferences", Source(_only_there, _ending, _end))


def members_of(
    session: Session, staff: Staff, conference_id: UUID
) -> Sequence[tuple[Membership, Account]]:
    conference = conference_for(session, staff, conference_id)
    return repository.members(session, conference.id)


def leads(session: Session, staff: Staff, conference: Conference) -> bool:
    """Say whether the caller may name members: the convener, or any member once they are gone.

    Otherwise a conference whose convener has left the office could never be joined again.
    """
    convener = conference.convener_id
    return convener == staff.id or not repository.sits(
        session, conference.id, convener, on=staff.on
    )


def colleagues_of(session: Session, staff: Staff, conference_id: UUID) -> list[tuple[str, str]]:
    """Return whom the convener could still name: user name and shown name."""
    seated = {
        account.id
        for seat, account in members_of(session, staff, conference_id)
        if runs(seat, on=staff.on)
    }
    found = repository.colleagues(session, staff.municipality_id)
    return [(each.username, each.display_name) for each in found if each.id not in seated]


def runs(seat: Membership, *, on: date) -> bool:
    """Say whether a seat is taken on a day."""
    begun = seat.since <= on and seat.ended_at is None
    return begun and (seat.until is None or seat.until >= on)


def name_member(
    session: Session,
    staff: Staff,
    conference_id: UUID,
    username: str,
    *,
    at: datetime,
    until: date | None = None,
) -> Membership:
    """Give a colleague a seat from today; the secrecy of the law binds who sits there."""
    conference = _led(session, staff, conference_id)
    colleagues = repository.colleagues(session, staff.municipality_id)
    named = next((each for each in colleagues if each.username == username), None)
    if named is None:
        raise NoSuchColleague("no such colleague")
    today = local_day(at)
    if until is not None and until < today:
        raise UnfitTerm("a seat ends today or later")
    if repository.sits(session, conference.id, named.id, on=today):
        raise AlreadyMember("this colleague is a member")
    report(session, staff, Happening.MEMBER_ADDED, conference, account_id=named.id, at=at)
    return repository.seat(
        session, conference, named.id, since=today, until=until, named_by=staff.id
    )


def end_membership(
    session: Session, staff: Staff, conference_id: UUID, membership_id: UUID, *, at: datetime
) -> Membership:
    """End a seat at this moment: the next question of that colleague finds nothing any more.

    The convener may end any seat, everybody their own, also in a conference that is closed.
    """
    conference = conference_for(session, staff, conference_id, locked=True)
    membership = repository.membership_of(session, conference.id, membership_id)
    if membership is None or membership.ended_at is not None:
        raise NoSuchMember("no such member")
    if membership.account_id != staff.id and not leads(session, staff, conference):
        raise NotYours("the convener of this conference ends a seat")
    membership.ended_at, membership.ended_by = at, staff.id
    session.flush()
    left = membership.account_id
    report(session, staff, Happening.MEMBER_REMOVED, conference, account_id=left, at=at)
    return membership


def close_conference(
    session: Session, staff: Staff, conference_id: UUID, *, at: datetime
) -> Conference:
    """End a conference: who sits there at its end may go on reading; nobody writes or joins."""
    conference = _led(session, staff, conference_id)
    conference.closed_on = local_day(at)
    session.flush()
    report(session, staff, Happening.CONFERENCE_ENDED, conference, at=at)
    return conference


def _led(session: Session, staff: Staff, conference_id: UUID) -> Conference:
    conference = running_conference(session, staff, conference_id)
    if not leads(session, staff, conference):
        raise NotYours("the convener of this conference decides this")
    return conference
