"""The page of one registration, also with what kept it from being decided."""

from typing import Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts.actions import Staff
from service.hosting import repository
from service.hosting.comparing import rows
from service.hosting.rules import OPEN
from service.hosting.screens import context
from service.hosting.shown import shown_to
from service.hosting.words import STATE_WORDS
from service.languages.ours import ours
from service.web.pages import render

SECTION: Final = "activities"


NO_WORD: Final = ours("受け入れ先に伝えることばを書いてください")


STALE: Final = ours("ほかの人が先に変えました。いまの内容を見て、もう一度押してください")


SETTLED: Final = ours("この登録は、もう決まっています")


UNFINISHED: Final = ours("まだ聞いていないことがあります。下の「直す」から書いてください")


TAKEN: Final = ours("約束のある人の数より少なくはできません")


Words = dict[str, str]


def page(
    request: Request,
    session: Session,
    staff: Staff,
    registration_id: UUID,
    mistakes: Words,
    *,
    values: FormData | None = None,
    status: int = 422,
) -> HTMLResponse:
    shown = shown_to(session, staff, registration_id)
    told = shown.registration.said
    assert staff.at is not None  # whoever signed in came at a moment
    return render(
        request,
        "hosting/registration.html",
        status=status if mistakes else 200,
        staff=staff,
        section=SECTION,
        rows=rows(shown),
        states=STATE_WORDS,
        is_open=shown.registration.state in OPEN,
        missing=list((shown.read.mistakes | shown.read.missing).values()),
        telephone_said=next(iter(told.get("telephone", ())), ""),
        links=repository.open_links(session, registration_id, at=staff.at),
        remark=next(iter(told.get("remark", ())), ""),
        values=values or FormData(),
        errors=mistakes,
        **context(shown, today=staff.on),
    )
