"""Keep somebody's day for a placement, give it back, and call a day off."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from catalogue.profiles import PersonProfile
from catalogue.repository import touch_revision
from catalogue.schedule import occurrences
from catalogue.terms import ScheduleItem
from service.accounts.actions import Staff
from service.companions import repository
from service.companions.rules import AidKind, BookingState, needs_of
from service.companions.tables import Aid, AidBooking, AidDay
from service.persons.picture import Picture
from service.refusals import Kind, Refusal
from service.web.versions import refuse_stale

HORIZON: Final = timedelta(days=200)  # as far as any date is offered
# Raises the worry about a placement whose companion or lift is lost; contacts says how.
Worry = Callable[[Session, AidBooking, datetime], None]
_worries: list[Worry] = []


class NoSuchAid(Refusal):
    kind: ClassVar = Kind.MISSING


class NobodyFree(Refusal):
    kind: ClassVar = Kind.CONFLICT


class SeatsTaken(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NotTheirDay(Refusal):
    """A day that is over, or on which they do not come, is no day to call off: a slip."""

    kind: ClassVar = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Aided:
    """On which days there is what somebody cannot go without; ``lacking`` is said of the others."""

    lacking: AidKind
    days: frozenset[date]


def worry_with(worry: Worry) -> None:
    """Say who sees to it that a lost companion is asked about."""
    _worries[:] = [worry]


def add_aid(session: Session, staff: Staff, values: dict[str, Any]) -> Aid:
    aid = Aid(municipality_id=staff.municipality_id, **values)
    session.add(aid)
    touch_revision(session, staff.municipality_id)
    session.flush()
    return aid


def aid_for(session: Session, staff: Staff, aid_id: UUID, *, locked: bool = False) -> Aid:
    aid = repository.aid_of(session, staff.municipality_id, aid_id, locked=locked)
    if aid is None:
        raise NoSuchAid("no such companion or lift")
    return aid


def amend_aid(
    session: Session, staff: Staff, aid_id: UUID, changes: dict[str, Any], *, seen: int | None
) -> Aid:
    """Change who, when or how many; days that are kept already stay kept."""
    aid = aid_for(session, staff, aid_id, locked=True)
    refuse_stale(aid.version, seen)
    for name, value in changes.items():
        setattr(aid, name, value)
    aid.version += 1
    if "seats" in changes:
        _reseat(session, aid, staff.on)
    touch_revision(session, staff.municipality_id)
    session.flush()
    return aid


def _reseat(session: Session, aid: Aid, today: date) -> None:
    for row in repository.days_of(session, [aid.id], first=today, last=today + HORIZON):
        if row.taken > aid.seats:
            raise SeatsTaken("more are kept on a coming day than would be left", taken=row.taken)
        row.seats = aid.seats


def calendar(session: Session, aids: Collection[Aid], *, first: date) -> dict[UUID, list[AidDay]]:
    """Return the coming days of each aid, those called off too; not stored ones are made up."""
    last = first + HORIZON
    rows = repository.days_of(session, [aid.id for aid in aids], first=first, last=last)
    kept = {(row.aid_id, row.day): row for row in rows}
    return {
        aid.id: [
            kept.get((aid.id, day))
            or AidDay(municipality_id=aid.municipality_id, aid_id=aid.id, day=day, seats=aid.seats)
            for day in open_days(aid, first, last)
        ]
        for aid in aids
    }


def diary(session: Session, aids: Collection[Aid], *, first: date) -> dict[UUID, list[AidDay]]:
    """Return the calendar of each aid, and what is kept beside it since before it changed."""
    found = calendar(session, aids, first=first)
    rows = repository.days_of(session, list(found), first=first, last=first + HORIZON)
    for row in rows:
        if row.taken and all(each.day != row.day for each in found[row.aid_id]):
            found[row.aid_id].append(row)
    return {aid_id: sorted(days, key=lambda each: each.day) for aid_id, days in found.items()}


def open_days(aid: Aid, first: date, last: date) -> list[date]:
    """Return the days on which an aid comes; one that is at rest comes on none."""
    if not aid.active:
        return []
    recurrence = ScheduleItem.model_validate(aid.recurrence).recurrence()
    return [each.start.date() for each in occurrences(recurrence, first=first, last=last)]


def is_free(day: AidDay) -> bool:
    return not day.called_off and day.taken < day.seats


def aided(session: Session, municipality_id: UUID, profile: PersonProfile, *, on: date) -> Any:
    """Return the days on which somebody can be taken along; None where nothing is scarce."""
    kinds = [limit.kind for limit in profile.limits]
    needed = needs_of(profile.accompaniment, kinds, profile.modes)
    return _aided(session, municipality_id, needed, on=on)


def aided_by(session: Session, municipality_id: UUID, picture: Picture, *, on: date) -> Any:
    return _aided(session, municipality_id, needed_by(picture), on=on)


def needed_by(picture: Picture) -> frozenset[AidKind]:
    kinds = [limit.kind for limit in picture.limits]
    return needs_of(picture.accompaniment, kinds, picture.travel.modes)


def _aided(
    session: Session, municipality_id: UUID, needed: Iterable[AidKind], *, on: date
) -> Aided | None:
    found: Aided | None = None
    for kind in sorted(needed):
        aids = repository.aids(session, municipality_id, kinds=[kind])
        if not aids:
            continue  # no calendar is kept of it, so nothing is known to be lacking
        dated = calendar(session, aids, first=on).values()
        days = frozenset(each.day for each_aid in dated for each in each_aid if is_free(each))
        found = Aided(kind, days) if found is None else Aided(found.lacking, found.days & days)
    return found


def keep_days(
    session: Session,
    placement: Any,
    picture: Picture,
    *,
    on: date | None,
    today: date,
    at: datetime,
) -> None:
    """Book what a placement needs on its first day, and give back what it kept on others."""
    for kind in sorted(needed_by(picture)):
        if not repository.aids(session, placement.municipality_id, kinds=[kind]):
            continue
        standing = [
            each
            for each in repository.bookings_of(session, placement.id, since=today)
            if each.kind is kind
        ]
        for each in standing:
            if each.day != on:
                _end(session, each, BookingState.FREED)
        if on is not None and on >= today and all(each.day != on for each in standing):
            book(session, placement, kind, on, at=at)


def book(session: Session, placement: Any, kind: AidKind, day: date, *, at: datetime) -> AidBooking:
    """Keep a day of whoever is free; of many who ask at once nobody gets what is not there."""
    for aid in repository.aids(session, placement.municipality_id, kinds=[kind]):
        if day not in open_days(aid, day, day):
            continue
        if repository.take_seat(session, repository.day_row(session, aid, day)):
            booking = AidBooking(
                municipality_id=placement.municipality_id,
                aid_id=aid.id,
                placement_id=placement.id,
                person_id=placement.person_id,
                kind=kind,
                day=day,
                recorded_at=at,
            )
            session.add(booking)
            touch_revision(session, placement.municipality_id)
            session.flush()
            return booking
    raise NobodyFree(f"there is no {kind} on that day", lacking=kind)


def release(session: Session, placement_id: UUID, *, since: date) -> None:
    """Give back every day that a placement keeps from a day on."""
    for each in repository.bookings_of(session, placement_id, since=since):
        _end(session, each, BookingState.FREED)


def lose(session: Session, placement_id: UUID, day: date, *, at: datetime) -> None:
    """Give a day back because nobody could come along, and have it asked about anew."""
    for each in repository.bookings_of(session, placement_id, since=day):
        if each.day == day and each.kind is AidKind.COMPANION:
            _end(session, each, BookingState.LOST)
            _worry(session, [each], at)


def call_off(session: Session, staff: Staff, aid_id: UUID, day: date, *, at: datetime) -> AidDay:
    """Take a day away. Whoever it was kept for stands at the top of the queue."""
    aid = aid_for(session, staff, aid_id, locked=True)
    comes = day in open_days(aid, day, day) or repository.bookings_on(session, aid.id, day)
    if day < staff.on or not comes:
        raise NotTheirDay("expected a coming day on which they come")
    row_id = repository.day_row(session, aid, day)
    repository.call_day_off(session, row_id)
    lost = repository.bookings_on(session, aid.id, day)
    for each in lost:
        each.state = BookingState.LOST
    _worry(session, lost, at)
    touch_revision(session, staff.municipality_id)
    session.flush()
    [row] = repository.days_of(session, [aid.id], first=day, last=day)
    return row


def _end(session: Session, booking: AidBooking, state: BookingState) -> None:
    booking.state = state
    repository.give_seat_back(session, booking.aid_id, booking.day)
    touch_revision(session, booking.municipality_id)


def _worry(session: Session, lost: Sequence[AidBooking], at: datetime) -> None:
    session.flush()
    for booking in lost:
        for worry in _worries:
            worry(session, booking, at)
