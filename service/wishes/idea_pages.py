"""まだない活動: wishes by area, what they have in common, and the material for a meeting."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from service.accounts.access import PeopleReader, PeopleWriter
from service.accounts.actions import Staff
from service.clock import Moment, Today
from service.database import SessionDep
from service.languages.ours import ours
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.once import Once
from service.web.pages import render
from service.web.versions import Stale, newest
from service.wishes import ideas
from service.wishes.ideas import RESULT_WORDS
from service.wishes.tables import Idea, IdeaResult

router = APIRouter(route_class=Once)

SECTION: Final = "people"
NOTHING: Final = ours("まとめる希望を選んでください")
NO_WORDS: Final = ours("だれのことか分からない言葉で、活動を書いてください")
HIGHEST: Final = 10**6


@router.get("/wishes")
def show_wishes(
    *,
    request: Request,
    session: SessionDep,
    staff: PeopleReader,
    at: Moment,
    saved: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    return _page(request, session, staff, Filled(FormData()), at=at, saved=saved)


@router.post("/wishes")
def gather(
    *, request: Request, form: SignedForm, session: SessionDep, staff: PeopleWriter, at: Moment
) -> Response:
    """Gather the wishes that were ticked, into an idea that is there or a new one."""
    filled = Filled(form)
    chosen = [found for found in map(_id, filled.ticked("wish")) if found]
    idea_id, title = filled.id("idea"), filled.text("words")
    if not chosen:
        filled.mistakes["wish"] = NOTHING
    if idea_id is None and not title:
        filled.mistakes.setdefault("words", NO_WORDS)
    if filled.mistakes:
        return _page(request, session, staff, filled, at=at)
    idea = ideas.gather(session, staff, chosen, idea_id=idea_id, title=title, at=at)
    return RedirectResponse(f"/wishes?saved=true#idea-{idea.id}", 303)


def _id(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _page(
    request: Request,
    session: Session,
    staff: Staff,
    filled: Filled,
    *,
    at: Moment,
    saved: bool = False,
) -> HTMLResponse:
    quarters = ideas.by_area(session, staff, at=at)
    known = [each.idea for quarter in quarters for each in quarter.ideas]
    return render(
        request,
        "wishes/wishes.html",
        status=422 if filled.mistakes else 200,
        staff=staff,
        section=SECTION,
        quarters=quarters,
        ideas=[("", ours("新しく書く")), *((str(each.id), each.title) for each in known)],
        open=any(quarter.wishes for quarter in quarters),
        results=RESULT_WORDS,
        values=filled.form,
        errors=filled.mistakes,
        saved=saved,
    )


@router.get("/wishes/material")
def show_material(
    request: Request, session: SessionDep, staff: PeopleReader, today: Today
) -> HTMLResponse:
    """Show what may be handed out at a meeting: nobody is known from it."""
    return render(
        request,
        "wishes/material.html",
        staff=staff,
        section=SECTION,
        parts=ideas.material(session, staff),
        results=RESULT_WORDS,
        fewest=ideas.FEWEST,
        today=today,
    )


@router.get("/wishes/ideas/{idea_id}")
def show_idea(
    request: Request, idea_id: UUID, session: SessionDep, staff: PeopleWriter
) -> HTMLResponse:
    idea = ideas.idea_for(session, staff, idea_id)
    return _form(request, staff, idea, Filled(_written(idea)))


@router.post("/wishes/ideas/{idea_id}")
def amend(
    *,
    request: Request,
    idea_id: UUID,
    form: SignedForm,
    session: SessionDep,
    staff: PeopleWriter,
) -> Response:
    """Keep what was changed; whoever was second sees both, and loses nothing that was typed."""
    filled = Filled(form)
    changes = {
        "title": filled.text("title"),
        "thoughts": filled.text("thoughts", longest=1000),
        "asked": filled.text("asked", longest=1000),
        "result": filled.choice("result", RESULT_WORDS) or IdeaResult.LOOKING,
    }
    if not changes["title"]:
        filled.mistakes.setdefault("title", NO_WORDS)
    if not filled.mistakes:
        try:
            seen = filled.number("version", highest=HIGHEST) or 0
            ideas.amend(session, staff, idea_id, changes, seen=seen)
            return RedirectResponse(f"/wishes?saved=true#idea-{idea_id}", 303)
        except Stale:
            idea = ideas.idea_for(session, staff, idea_id)
            kept = Filled(newest(form, idea.version))
            return _form(request, staff, idea, kept, status=409)
    return _form(request, staff, ideas.idea_for(session, staff, idea_id), filled, status=422)


def _written(idea: Idea) -> FormData:
    names = ("title", "thoughts", "asked", "result", "version")
    return FormData([(name, str(getattr(idea, name))) for name in names])


def _form(
    request: Request, staff: Staff, idea: Idea, filled: Filled, *, status: int = 200
) -> HTMLResponse:
    now = [
        (ours("活動"), idea.title),
        (ours("考え"), idea.thoughts),
        (ours("聞いた受け入れ先"), idea.asked),
        (ours("いま"), RESULT_WORDS[idea.result]),
    ]
    return render(
        request,
        "wishes/idea.html",
        status=status,
        staff=staff,
        section=SECTION,
        idea=idea,
        now=now if status == 409 else [],  # noqa: PLR2004 - the HTTP status itself
        results=list(RESULT_WORDS.items()),
        values=filled.form,
        errors=filled.mistakes,
    )
