"""Edits say which version they saw (ETag, If-Match), so that nobody writes over a colleague."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, ClassVar, Final

from fastapi import Depends, Header, Response
from pydantic import BaseModel
from sqlmodel import Session
from starlette.datastructures import FormData

from service import trail
from service.refusals import Kind, Refusal


class Unseen(Refusal):
    kind: ClassVar = Kind.UNSEEN


class Stale(Refusal):
    kind: ClassVar = Kind.STALE


LONGEST: Final = 18  # figures of a version; Python refuses to read some thousands of them
IfMatch = Annotated[
    str | None,
    Header(description="The ETag that was seen; * for whatever is there, without looking."),
]


def maybe_seen(if_match: IfMatch = None) -> int | None:
    """Read the version that the caller last saw; one that is no number was never ours."""
    if if_match is None or if_match.strip() == "*":
        return None
    digits = if_match.strip().removeprefix("W/").strip('"')
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= LONGEST
    return int(digits) if is_number else -1


def seen_version(if_match: IfMatch = None) -> int | None:
    """Read the version that an edit rests on; an edit without one is refused."""
    if if_match is None:
        raise Unseen("an edit says with If-Match which version it saw: the ETag of what was read")
    return maybe_seen(if_match)


HIGHEST: Final = 10**9  # of a version that a form sends back

SeenVersion = Annotated[int | None, Depends(seen_version)]
# Of a move: what may follow what is a table's to say, so whoever looks at that alone may.
MaybeSeen = Annotated[int | None, Depends(maybe_seen)]


def tag(response: Response, version: int) -> None:
    """Tell the caller which version this answer shows."""
    response.headers["ETag"] = f'"{version}"'


def refuse_stale(version: int, seen: int | None) -> None:
    """Refuse when the caller saw another version; whoever sends none takes the risk knowingly."""
    if seen is not None and seen != version:
        raise Stale("somebody changed this meanwhile; please look again", version=version)


def newest(form: FormData, version: int) -> FormData:
    """Keep what was typed into a form, for whoever has now seen the newest version too."""
    said = [each for each in form.multi_items() if each[0] != "version"]
    return FormData([*said, ("version", str(version))])


@contextmanager
def both_shown(
    session: Session, sent: BaseModel, current: Callable[[], BaseModel]
) -> Iterator[None]:
    """Show whoever came second what is there now, beside what they sent.

    They are shown what reading it would show them, and the audit says that they looked.
    """
    try:
        yield
    except Stale as stale:
        told: dict[str, Any] = {
            "current": current().model_dump(mode="json"),
            "sent": sent.model_dump(mode="json", exclude_unset=True),
        }
        trail.keep_looks(session)
        raise Stale(str(stale), **stale.facts, **told) from None
