"""What is sent twice is done once: ``Idempotency-Key``, or the field ``once`` of our own forms.

``Once`` is the class of every route that creates or moves something. The caller's dependency asks
with ``ask`` as soon as it knows who calls and that they may; the answer is kept before the commit,
so that the key and what it did are in the database together or not at all. Who keeps answers is
said by the app (``app.state.keeper``): the kit itself knows no chapter.
"""

import hashlib
import json
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Protocol
from uuid import UUID, uuid4

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import RouteContext
from sqlmodel import Session
from starlette.datastructures import FormData

from service.refusals import Kind, Refusal
from service.web.forms import FIELD as CSRF
from service.web.keeping import DRAFT, SLIP, Finishing
from service.web.problems import Problem

HEADER: Final = "Idempotency-Key"
FIELD: Final = "once"
REPLAYED: Final = "Idempotent-Replayed"
FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Schema = dict[str, Any]
# What the kit itself puts into a form, and what says nothing of what is to be done.
OURS: Final = frozenset({CSRF, FIELD, SLIP, DRAFT})


class NoKey(Refusal):
    kind: ClassVar = Kind.MALFORMED


class KeyReused(Refusal):
    kind: ClassVar = Kind.MALFORMED


class FormReused(Refusal):
    kind: ClassVar = Kind.CONFLICT


class KeyInUse(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Asked:
    """A key and what was asked under it; neither can be read back."""

    key_hash: str
    body_hash: str
    path: str
    is_form: bool


class Keeper(Protocol):
    """Keeps answers; the caller is whoever the chapter of accounts recognised."""

    def find(self, session: Session, caller: Any, asked: Asked) -> Response | None: ...

    def keep(self, session: Session, caller: Any, asked: Asked, answer: Response) -> None: ...


class Replayed(Exception):  # noqa: N818 - an answer, not an error
    """What was asked has been done; ``answer`` is what it was answered."""

    def __init__(self, answer: Response) -> None:
        super().__init__("done before")
        self.answer = answer


class Once(Finishing):
    """A route whose POST is done once for each key."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        return _once(handle) if "POST" in (self.methods or ()) else handle


def _once(handle: Handler) -> Handler:
    async def handled(request: Request) -> Response:
        request.state.asked = await _asked(request)
        try:
            answer = await handle(request)
        except Replayed as done:
            return done.answer
        if caller := getattr(request.state, "caller", None):
            await run_in_threadpool(_keep, request, caller, answer)
        return answer

    return handled


def ask(request: Request, session: Session, caller: Any) -> None:
    """Answer from what was kept under the request's key, if it has one; or remember to keep it."""
    asked: Asked | None = getattr(request.state, "asked", None)
    if asked is None:
        return
    keeper: Keeper = request.app.state.keeper
    if answer := keeper.find(session, caller, asked):
        answer.headers[REPLAYED] = "true"
        raise Replayed(answer)
    request.state.caller = (session, caller)


def _keep(request: Request, known: tuple[Session, Any], answer: Response) -> None:
    session, caller = known
    keeper: Keeper = request.app.state.keeper
    keeper.keep(session, caller, request.state.asked, answer)


async def _asked(request: Request) -> Asked | None:
    body = await request.body()  # kept by the request: whoever reads it next finds it again
    header = request.headers.get(HEADER)
    sent = None
    if request.headers.get("content-type", "").startswith(FORMS):
        form = await request.form(max_files=0)
        sent, body = form.get(FIELD), _said(form)
    key = header if header is not None else sent
    if not isinstance(key, str):
        return None
    what = b"\0".join((request.url.path.encode(), request.url.query.encode(), _plain(body)))
    return Asked(
        key_hash=hashlib.sha256(_read(key).bytes).hexdigest(),
        body_hash=hashlib.sha256(what).hexdigest(),
        path=request.url.path,
        is_form=header is None,
    )


def _read(key: str) -> UUID:
    """Read a key; the standard's draft puts it in quotation marks."""
    try:
        return UUID(key.strip().removeprefix('"').removesuffix('"'))
    except ValueError:
        raise NoKey(f"{HEADER} is a UUID, a new one for each thing to be done") from None


def _plain(body: bytes) -> bytes:
    """Write JSON in one form: space and the order of names say nothing."""
    try:
        return json.dumps(json.loads(body), sort_keys=True).encode()
    except (ValueError, RecursionError):
        return body


def _said(form: FormData) -> bytes:
    fields = [(name, str(value)) for name, value in form.multi_items()]
    return json.dumps([each for each in fields if each[0] not in OURS]).encode()


def new_key() -> str:
    """Return the key of one rendered form."""
    return str(uuid4())


def with_keys(schema: Schema, routes: Iterable[RouteContext]) -> Schema:
    """Say in the API's description which operations take a key."""
    for route in routes:
        item = schema["paths"].get(route.path_format or "", {})
        if isinstance(route.original_route, Once) and "post" in item:
            _describe(item["post"])
    return schema


def _describe(operation: Schema) -> None:
    operation.setdefault("parameters", []).append(
        {
            "name": HEADER,
            "in": "header",
            "required": False,
            "schema": {"type": "string", "format": "uuid"},
            "description": "A new UUID for each thing to be done. Sent again with the same body "
            f"it is answered as the first time (with {REPLAYED}: true) and nothing is done twice; "
            "with another body it is refused.",
        }
    )
    sentence = "Answered from what was kept; nothing was done a second time."
    header = {"description": sentence, "schema": {"type": "string", "const": "true"}}
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            answer.setdefault("headers", {})[REPLAYED] = header
    refused = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    operation["responses"].setdefault("409", {"description": "conflict", "content": refused})
