"""The access log on a page that can be printed, and as a file for a spreadsheet."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from service.accounts.access import PeopleReader
from service.audit.reading import BATCH
from service.audit.rules import Act
from service.audit.saying import Said
from service.clock import TOKYO, Moment
from service.database import SessionDep
from service.languages.ours import ours
from service.persons.access_log import access_log, whole_log
from service.web.pages import render
from service.web.sheets import written

router = APIRouter()
TITLES: Final = ours(("いつ", "だれが", "役割", "何をした", "何を", "なぜ", "根拠"))


@router.get("/people/{person_id}/access-log")
def show_access_log(
    *, request: Request, person_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> HTMLResponse:
    person, lines = access_log(session, staff, person_id, act=Act.EXPORT, at=at)
    return render(
        request,
        "persons/access_log.html",
        staff=staff,
        section="people",
        person=person,
        lines=lines,
        at=at,
        following=len(lines) == BATCH,
    )


@router.get("/people/{person_id}/access-log.csv")
def save_access_log(
    *, person_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment
) -> Response:
    # The whole file is made before it leaves, so its own line in the audit is written first.
    lines = whole_log(session, staff, person_id, at=at)
    content = "".join(written(TITLES, map(_cells, lines)))
    headers = {"Content-Disposition": 'attachment; filename="access-log.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _cells(line: Said) -> tuple[str, ...]:
    at = f"{line.at.astimezone(TOKYO):%Y-%m-%d %H:%M:%S}"
    return (at, line.name, line.role, line.act, line.resource, line.purpose, line.basis)
