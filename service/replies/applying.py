"""What follows from a host's answer: a move, a contact, a concern, or a row for the office.

It runs on the staff's side, in the answer's own transaction or before the next thing that a
worker of the municipality looks at: nobody sees an answer without what follows from it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from catalogue.repository import touch_revision
from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.rules import Act, Purpose
from service.clock import local_day
from service.contacts.actions import hear_host, worry_of_host
from service.contacts.rules import Story
from service.contacts.subjects import Subject
from service.contacts.words import Direction, Result
from service.hosts.repository import activity_locked
from service.languages.ours import say
from service.placements import repository as placements
from service.placements.actions import HostHand, answer_as_host, move
from service.placements.closing import closes_with
from service.placements.lifecycle import Action, Status
from service.placements.tables import Placement
from service.refusals import Refusal
from service.replies import repository
from service.replies.questions import KIND_OF, Ask
from service.replies.rules import Answer, Upshot
from service.replies.tables import Inquiry, Reply
from service.replies.words import ANSWER_WORDS
from service.settings import Settings
from service.trail import Entry, collect
from service.web.answers import log_failure
from service.web.dates import dated_words

RESOURCE: Final = "reply"


def close_inquiries(session: Session, placement: Placement, at: datetime) -> None:
    """End with a placement what its host was asked before: for good, also if it is opened again."""
    repository.revoke_unanswered(session, placement.id, at=at)


closes_with("replies", close_inquiries)


@dataclass(frozen=True, slots=True)
class Scene:
    """An answer with its question, and where the placement stands that it speaks of."""

    session: Session
    reply: Reply
    inquiry: Inquiry
    placement: Placement | None
    at: datetime
    settings: Settings
    staff: Staff | None

    @property
    def subject(self) -> Subject:
        return Subject(host_id=self.inquiry.host_id, placement_id=self.inquiry.placement_id)

    @property
    def asked(self) -> bool:
        return self.placement is not None and self.placement.status is Status.ASKED


def apply_waiting(
    session: Session, municipality_id: UUID, *, at: datetime, settings: Settings
) -> int:
    """Draw from every answer of a municipality what follows from it; mostly there is none."""
    return sum(
        _applied(session, each, at=at, settings=settings)
        for each in repository.waiting(session, municipality_id)
    )


def _applied(session: Session, reply_id: UUID, *, at: datetime, settings: Settings) -> bool:
    try:
        with session.begin_nested():
            return apply(session, reply_id, at=at, settings=settings)
    except Exception as broken:  # noqa: BLE001 - one answer must not keep an office from its work
        log_failure(broken)
        return False


def apply(
    session: Session,
    reply_id: UUID,
    *,
    at: datetime,
    settings: Settings,
    staff: Staff | None = None,
) -> bool:
    """Draw from one answer what follows, once; say whether it was this call that did.

    ``staff``: who wrote the answer down, by telephone.
    """
    session.flush()
    taken = repository.taken_up(session, reply_id)
    if taken is None:
        return False
    reply, inquiry = taken
    placement = None
    if inquiry.placement_id is not None:
        placement = placements.placement_linked(
            session, inquiry.municipality_id, inquiry.placement_id
        )
    scene = Scene(session, reply, inquiry, placement, at, settings, staff)
    reply.upshot = _EFFECTS[reply.answer](scene)
    reply.applied_at = at
    _record(scene)
    session.flush()
    return True


def _record(scene: Scene) -> None:
    """Write down that a host's answer changed somebody's record; staff who wrote it are known."""
    if scene.inquiry.person_id is not None and scene.staff is None:
        _record_written(scene, [scene.inquiry.person_id])


def _record_written(scene: Scene, people: Iterable[UUID]) -> None:
    """Write a line about each in whose record something was written: by the host, or by staff."""
    if scene.staff is not None:
        record_access(
            scene.session, scene.staff, people, act=Act.WRITE, resource=RESOURCE, at=scene.at
        )
        return
    lines = [
        Entry(
            municipality_id=scene.inquiry.municipality_id,
            account_id=None,
            role="host",
            person_id=person_id,
            act=Act.WRITE,
            resource=RESOURCE,
            purpose=Purpose.FOLLOW_UP,
            at=scene.at,
        )
        for person_id in people
    ]
    collect(scene.session, lines)


def sentence(reply: Reply) -> str:
    """Say an answer in one sentence, as it stands among the contacts."""
    parts = [say("お返事: {answer}", answer=ANSWER_WORDS[reply.answer])]
    if reply.until is not None:
        parts.append(say("{until}まで", until=dated_words(reply.until)))
    if reply.people is not None:
        parts.append(say("{people}人まで", people=reply.people))
    return "。".join([*parts, *filter(None, [reply.remark])])


def _story(scene: Scene) -> Story:
    reply = scene.reply
    return Story(
        occurred_on=local_day(reply.answered_at),
        channel=reply.channel,
        direction=Direction.RECEIVED,
        result=Result.TALKED,
        what=sentence(reply),
    )


def _note(scene: Scene, story: Story, subject: Subject | None = None) -> None:
    """Write a contact about one placement: one about all of a host's would answer every row."""
    subject = subject or scene.subject
    if subject.placement_id is None:
        return  # the answer itself is kept, and what it changes of the host or the activity
    hear_host(
        scene.session,
        scene.inquiry.municipality_id,
        subject,
        story,
        at=scene.at,
        recorded_by=scene.reply.account_id,
    )


def _noted(scene: Scene) -> Upshot:
    _note(scene, _story(scene))
    return Upshot.NOTED


def _moving(action: Action) -> Callable[[Scene], Upshot]:
    def made(scene: Scene) -> Upshot:
        if not scene.asked:
            return _noted(scene) if action is Action.HOST_ACCEPTS else _left(scene)
        try:
            with scene.session.begin_nested():
                _move(scene, action)
        except Refusal:  # no place is left, say: somebody has to ring the host
            return _left(scene)
        _note(scene, _story(scene))
        return Upshot.MOVED

    return made


def _move(scene: Scene, action: Action) -> None:
    assert scene.inquiry.placement_id is not None
    if scene.staff is not None:
        move(
            scene.session,
            scene.staff,
            scene.inquiry.placement_id,
            action,
            at=scene.at,
            settings=scene.settings,
        )
        return
    answer_as_host(
        scene.session,
        HostHand(scene.inquiry.municipality_id),
        scene.inquiry.placement_id,
        action,
        on=local_day(scene.reply.answered_at),
        at=scene.at,
        settings=scene.settings,
    )


def _left(scene: Scene) -> Upshot:
    """Leave everything as it stands, and put a row before whoever works through the queue."""
    story = _story(scene)
    if scene.asked:
        _note(scene, replace(story, next_on=story.occurred_on + timedelta(days=1)))
    else:
        _worry(scene)
    return Upshot.LEFT


def _worry(scene: Scene) -> None:
    worry_of_host(
        scene.session,
        scene.inquiry.municipality_id,
        scene.subject,
        sentence(scene.reply),
        at=scene.at,
        recorded_by=scene.reply.account_id,
    )


def _about_all(scene: Scene) -> Upshot:
    """Tell the follow-up of everything that goes on at the host; none of it is closed."""
    # It answers no row: to be told is not to have been asked how it goes.
    story = replace(_story(scene), result=Result.ASKED_TO_WAIT)
    found = placements.open_at_host(scene.session, scene.inquiry.host_id)
    others = [each for each in found if each.id != scene.inquiry.placement_id]
    for each in others:
        _note(scene, story, Subject(host_id=scene.inquiry.host_id, placement_id=each.id))
    _record_written(scene, sorted({each.person_id for each in others}))
    return _left(scene) if scene.placement is not None else _noted(scene)


def _troubled(scene: Scene) -> Upshot:
    # No contact beside it: one of this day would answer the row that the concern puts up.
    _worry(scene)
    return Upshot.NOTED


def _talk(scene: Scene) -> Upshot:
    _keep_heard(scene)
    return _left(scene)


def _heard(scene: Scene) -> Upshot:
    _keep_heard(scene)
    return _noted(scene)


def _keep_heard(scene: Scene) -> None:
    """Keep with the activity what was answered and when, so that the next match knows it."""
    inquiry = scene.inquiry
    if inquiry.activity_id is None:
        return
    activity = activity_locked(scene.session, inquiry.municipality_id, inquiry.activity_id)
    if activity is None:
        return
    on = local_day(scene.reply.answered_at).isoformat()
    asks = inquiry.content["asks"]
    named = [(each["ask"], each["value"]) for each in asks]
    kept = [each for each in activity.heard if (each["ask"], each["value"]) not in named]
    # Of a question with several parts only a yes says something about each; a line of one's own
    # is a part as well.
    if scene.reply.answer is Answer.YES or len(inquiry.content["asked"]) == 1:
        answer = scene.reply.answer.value
        kinds = [KIND_OF[Ask(each["ask"])] for each in asks]
        kept += [
            each | {"kind": kind and kind.value, "answer": answer, "on": on}
            for each, kind in zip(asks, kinds, strict=True)
        ]
    activity.heard = kept
    activity.version += 1
    touch_revision(scene.session, inquiry.municipality_id)


_EFFECTS: Final[dict[Answer, Callable[[Scene], Upshot]]] = {
    Answer.CAN: _moving(Action.HOST_ACCEPTS),
    Answer.OTHER_DAY: _left,
    Answer.NOT_NOW: _moving(Action.HOST_PASSES),
    Answer.REST: _about_all,
    Answer.FEWER: _about_all,
    Answer.FINE: _noted,
    Answer.TROUBLED: _troubled,
    Answer.CONFIRMED: _noted,
    Answer.YES: _heard,
    Answer.NO: _heard,
    Answer.TALK: _talk,
}
