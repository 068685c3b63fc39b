"""Problems over HTTP: application/problem+json (RFC 9457) with one clear sentence."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from service.refusals import Kind

STATUS: Final[dict[Kind, int]] = {
    Kind.UNKNOWN_CALLER: 401,
    Kind.FORBIDDEN: 403,
    Kind.MISSING: 404,
    Kind.CONFLICT: 409,
    Kind.UNSEEN: 428,
    Kind.STALE: 409,
    Kind.MALFORMED: 422,
    Kind.TOO_OFTEN: 429,
    Kind.UNAVAILABLE: 503,
}


class Problem(BaseModel):
    """What went wrong, in words; extra members carry facts."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class ProblemResponse(JSONResponse):
    media_type = "application/problem+json"


def problem(status: int, title: str, detail: str, **facts: Any) -> ProblemResponse:
    headers = retry_headers(status, facts)
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **facts}
    return ProblemResponse(body, status, headers=headers)


def retry_headers(status: int, facts: Mapping[str, Any]) -> dict[str, str]:
    """Say in how many seconds to come again, where that would help."""
    soon = status in {STATUS[Kind.UNAVAILABLE], STATUS[Kind.TOO_OFTEN]}
    if not soon and "retry_after" not in facts:
        return {}
    return {"Retry-After": str(facts.get("retry_after", 1))}


def documented(*kinds: Kind) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses=`` of a route: what it may refuse with, besides 401, 403 and 422."""
    always = (Kind.UNKNOWN_CALLER, Kind.FORBIDDEN, Kind.MALFORMED, Kind.UNAVAILABLE)
    content = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    return {
        STATUS[kind]: {"description": kind.value.replace("_", " "), "content": content}
        for kind in (*always, *kinds)
    }
