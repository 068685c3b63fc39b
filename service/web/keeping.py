"""What was typed into a form and could not be saved is kept, and stands in the form again.

The kit knows no chapter: who keeps is said by the app (``app.state.shelf``). Every form of ours
carries a slip: for whom it was made, about whom it is, and on which page it stands.
"""

import hashlib
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, Self
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from sqlmodel import Session
from starlette.datastructures import FormData

from service.trail import people_waiting

SLIP: Final = "slip"
DRAFT: Final = "draft"  # the kept form that a page shows, with its version
LONGEST_PAGE: Final = 500
# What a page's address says only once.
PASSING: Final = frozenset({"saved", DRAFT})
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True)
class Slip:
    """Where a form stands: it goes out with the form and comes back with it."""

    whose: str = ""
    about: str = ""
    page: str = ""

    @classmethod
    def of(cls, form: FormData) -> Self:
        """Read the slip of a form that came back; what is none of ours says nothing."""
        said = form.get(SLIP)
        known = dict(parse_qsl(said)) if isinstance(said, str) else {}
        page = known.get("page", "")
        return cls(known.get("whose", ""), known.get("about", ""), page if is_ours(page) else "")

    def written(self) -> str:
        return urlencode({"whose": self.whose, "about": self.about, "page": self.page})


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was kept: what stood in it, since when, and which others wait beside it."""

    id: UUID
    version: int
    at: datetime
    interrupted: bool
    fields: Sequence[tuple[str, str]]
    others: Sequence[tuple[UUID, datetime]] = ()

    @property
    def seen(self) -> str:
        """Name this state of the draft, so that a newer one is never written over unseen."""
        return f"{self.id}.{self.version}"

    def over(self, shown: FormData) -> FormData:
        """Put what was typed in the place of what the page would show.

        A form brings all of its fields, so boxes that were cleared stay cleared; only where a
        page has another form beside it do that one's fields stay as they are.
        """
        names = {name for name, _ in self.fields}
        stays = [] if names & set(shown) else shown.multi_items()
        return FormData([*stays, *self.fields])

    def unplaced(self, html: Callable[[str], bool]) -> list[str]:
        """Return what was typed and has found no place on a page."""
        return [said for _, said in self.fields if said and not _is_id(said) and not html(said)]


class Shelf(Protocol):
    """Keeps forms; the caller is whoever the chapter of accounts recognised."""

    def keep_sent(self, request: Request) -> bool: ...

    def found(self, session: Session, caller: Any, page: str, chosen: str) -> Kept | None: ...

    def waiting(self, session: Session, caller: Any) -> int: ...

    def finish(self, session: Session, caller: Any, seen: str, action: str) -> None: ...


def is_ours(page: str) -> bool:
    """Say whether an address leads to a page of ours."""
    plain = page.startswith("/") and not page.startswith(("//", "/\\")) and page.isprintable()
    return plain and len(page) <= LONGEST_PAGE


def mark_of(account_id: UUID) -> str:
    """Return a mark by which a form is known to have been made for an account."""
    return hashlib.sha256(f"form of {account_id}".encode()).hexdigest()[:16]


def slip_of(request: Request) -> Slip:
    """Return the slip of the form that a request brought, or an empty one."""
    return Slip.of(getattr(request.state, "sent", None) or FormData())


def sent_again(request: Request) -> list[tuple[str, str]]:
    """Return the fields of a form that was sent, to be sent once more as they are."""
    sent: FormData = getattr(request.state, "sent", None) or FormData()
    return [(name, said) for name, said in sent.multi_items() if isinstance(said, str)]


def page_of(request: Request) -> str:
    """Return the address of the page that is being shown, or on which the sent form stood."""
    return slip_of(request).page or ours(request.url.path, request.url.query)


def ours(path: str, query: str) -> str:
    """Return the address of a page as it is known here: without what it says only once."""
    asked = [each for each in parse_qsl(query) if each[0] not in PASSING]
    page = f"{path}?{urlencode(asked)}" if asked else path
    return page if is_ours(page) else "/"


def slip(request: Request, about: object = "") -> str:
    """Write the slip of a form; without a word on it, it is about whom the page looked at."""
    signed = getattr(request.state, "signed", None)
    if signed is None:
        return ""
    session, caller = signed
    people = people_waiting(session)
    whom = about or (next(iter(people)) if len(people) == 1 else "")
    return Slip(mark_of(caller.id), str(whom), page_of(request)).written()


def draft_seen(request: Request) -> str:
    """Name the draft that stands in a page's forms, if there is one."""
    sent: FormData | None = getattr(request.state, "sent", None)
    if sent is not None:
        return seen_in(sent)
    kept: Kept | None = getattr(request.state, "kept", None)
    return kept.seen if kept else ""


def seen_in(form: FormData) -> str:
    """Return the newest word of a form on the draft that it rests on."""
    said = [value for value in form.getlist(DRAFT) if isinstance(value, str) and value]
    return said[-1] if said else ""


def drafts_waiting(request: Request) -> int:
    """Count the caller's own drafts."""
    shelf, signed = _shelf(request), getattr(request.state, "signed", None)
    return shelf.waiting(*signed) if shelf and signed else 0


def reopened(request: Request) -> Kept | None:
    """Return what was kept of the page that is being shown."""
    shelf, signed = _shelf(request), getattr(request.state, "signed", None)
    if shelf is None or signed is None or request.method != "GET":
        return None
    session, caller = signed
    chosen = request.query_params.get(DRAFT, "")
    kept = shelf.found(session, caller, page_of(request), chosen)
    request.state.kept = kept
    return kept


def keep_sent(request: Request) -> bool:
    """Keep the form of a request that was not taken; say whether it is kept."""
    shelf = _shelf(request)
    if shelf is None or getattr(request.state, "sent", None) is None:
        return False
    return shelf.keep_sent(request)


def _shelf(request: Request) -> Shelf | None:
    found: Shelf | None = getattr(request.app.state, "shelf", None)
    return found


class Finishing(APIRoute):
    """A route whose form, once it is done, leaves no draft behind: in the same transaction."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        return _finishing(handle) if "POST" in (self.methods or ()) else handle


def _finishing(handle: Handler) -> Handler:
    async def handled(request: Request) -> Response:
        answer = await handle(request)
        sent: FormData | None = getattr(request.state, "sent", None)
        signed = getattr(request.state, "signed", None)
        led_on = answer.status_code == 303  # noqa: PLR2004 - the HTTP status itself
        if led_on and sent is not None and signed and (seen := seen_in(sent)):
            await run_in_threadpool(_finish, request, signed, seen)
        return answer

    return handled


def _finish(request: Request, signed: tuple[Session, Any], seen: str) -> None:
    if shelf := _shelf(request):
        shelf.finish(*signed, seen, request.url.path)


def _is_id(said: str) -> bool:
    try:
        UUID(said)
    except ValueError:
        return False
    return True


def path_of(page: str) -> str:
    """Return a page's address without what is asked of it."""
    return urlsplit(page).path
