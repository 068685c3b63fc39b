"""Keep the answer to a key, and give it again to whoever may still see what it speaks of."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import ClassVar, Final
from uuid import UUID

from fastapi import Response
from sqlmodel import Session

from service import trail
from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.refusals import Kind, Refusal
from service.repeats import repository
from service.repeats.rules import is_kept, place_of
from service.repeats.tables import KeptAnswer
from service.web.once import Asked, FormReused, KeyInUse, KeyReused

RESOURCE: Final = "repeat"


class NoSuchAnswer(Refusal):
    """Whoever lost sight of somebody meanwhile is told nothing of them, not from here either."""

    kind: ClassVar = Kind.MISSING


class ShownOnce(Refusal):
    kind: ClassVar = Kind.CONFLICT


class Answers:
    """The keeper of answers: for how many hours is the office's to say."""

    def __init__(self, hours: int) -> None:
        self.span = timedelta(hours=hours)

    def find(self, session: Session, caller: Staff, asked: Asked) -> Response | None:
        """Return what was answered under this key, or nothing if it is new."""
        at = _moment(caller)
        if not repository.lock(session, caller.id, asked.key_hash):
            raise KeyInUse("what this key is for is being done just now", retry_after=1)
        kept = repository.kept(session, caller, asked.key_hash)
        if kept is None or kept.until <= at:
            repository.forget_old(session, caller.municipality_id, at=at)
            return None
        if kept.body_hash != asked.body_hash:
            again: type[Refusal] = FormReused if asked.is_form else KeyReused
            raise again("this key was used for something else; take a new one")
        return _again(session, caller, kept, at)

    def keep(self, session: Session, caller: Staff, asked: Asked, answer: Response) -> None:
        """Keep an answer with the transaction; a refusal is none, and may be tried again."""
        if _is_nothing_done(asked.path, answer):
            return
        people = trail.people_waiting(session)
        body = bytes(answer.body).decode()
        withheld = bool(body) and (len(people) > 1 or not is_kept(asked.path))
        kept = "" if withheld else body
        location = _place(asked.path, answer, body)
        row = KeptAnswer(
            municipality_id=caller.municipality_id,
            account_id=caller.id,
            key_hash=asked.key_hash,
            body_hash=asked.body_hash,
            person_id=_whose(repository.people_among(session, people), location),
            status=answer.status_code,
            withheld=withheld,
            location=location,
            version=answer.headers.get("etag", ""),
            until=_moment(caller) + self.span,
        )
        row.answer = kept
        session.add(row)
        session.flush()


def _whose(people: Collection[UUID], location: str) -> UUID | None:
    """Say with whom an answer goes: an address alone bears their id as well."""
    named = (each for each in people if str(each) in location)
    return next(named, None) or next(iter(people), None)


def _is_nothing_done(path: str, answer: Response) -> bool:
    """Say whether an answer is a refusal, or one of our pages that only asks further."""
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    return answer.status_code >= HTTPStatus.BAD_REQUEST or (is_page and is_kept(path))


def _place(path: str, answer: Response, body: str) -> str:
    if "location" in answer.headers:
        return answer.headers["location"]
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    made = json.loads(body) if is_json and not is_kept(path) else None
    return place_of(path, str(made.get("id", "")) if isinstance(made, dict) else "")


def _again(session: Session, staff: Staff, kept: KeptAnswer, at: datetime) -> Response:
    if kept.withheld:
        return _elsewhere(kept)
    headers = {"location": kept.location, "etag": kept.version}
    sent = {name: value for name, value in headers.items() if value}
    if not kept.answer:
        return Response(status_code=kept.status, headers=sent)
    if kept.person_id is not None:
        if not repository.is_visible(session, staff, kept.person_id):
            raise NoSuchAnswer("what this key was for is not there, or not yours to see")
        record_access(session, staff, [kept.person_id], act=Act.READ, resource=RESOURCE, at=at)
    return Response(kept.answer, kept.status, sent, media_type="application/json")


def _elsewhere(kept: KeptAnswer) -> Response:
    if not kept.location:
        raise ShownOnce("this was done already, and its answer is shown only once")
    return Response(status_code=HTTPStatus.SEE_OTHER, headers={"location": kept.location})


def _moment(staff: Staff) -> datetime:
    assert staff.at is not None
    return staff.at
