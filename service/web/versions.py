"""Edits say which version they saw (ETag, If-Match), so that nobody writes over a colleague."""

from typing import Annotated, ClassVar

from fastapi import Depends, Header, Response

from service.refusals import Kind, Refusal


class Stale(Refusal):
    kind: ClassVar = Kind.STALE


def seen_version(if_match: Annotated[str | None, Header()] = None) -> int | None:
    """Read the version that the caller last saw; one that is no number was never ours."""
    if if_match is None or if_match.strip() == "*":
        return None
    digits = if_match.strip().removeprefix("W/").strip('"')
    return int(digits) if digits.isascii() and digits.isdigit() else -1


SeenVersion = Annotated[int | None, Depends(seen_version)]


def tag(response: Response, version: int) -> None:
    """Tell the caller which version this answer shows."""
    response.headers["ETag"] = f'"{version}"'


def refuse_stale(version: int, seen: int | None) -> None:
    """Refuse when the caller saw another version; whoever sends none takes the risk knowingly."""
    if seen is not None and seen != version:
        raise Stale("somebody changed this meanwhile; please look again", version=version)
