"""The screen that is turned to the person: large, quiet, and with no way into anybody's file."""

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.accounts.access import PeopleReader, Shower
from service.accounts.own import WrongProof
from service.accounts.pages import secret_of
from service.accounts.proving import AtOwnDoor, end_showing
from service.clock import Moment, Today
from service.database import SessionDep
from service.languages.kinds import Language
from service.languages.ours import ours
from service.paper.actions import said_in_pieces
from service.suggestions import actions, showing
from service.suggestions.showing import OWN_ANSWER_WORDS
from service.web.filled import Filled
from service.web.forms import SignedForm
from service.web.pages import render, rendered

router = APIRouter()

WRONG: Final = ours("パスワードか番号がちがいます。もう一度入れてください")
NOBODY: Final = UUID(int=0)
# What the page itself says; readings stand over these words too.
PHRASES: Final = ours(
    {
        "heading": "こんな活動があります",
        "how": "気になるものを押してください。あとで変えられます。",
        "welcome": "これでも、だいじょうぶです",
        "chosen": "えらびました:",
        "end": "おわる",
    }
)
LONGEST_CODE: Final = 20
# How it is said: easy with readings over the signs, as the host says it, or in English.
Saying = Literal["easy", "plain", "en"]
SAYINGS: Final = (
    ("easy", "やさしい日本語", "ja"),
    ("plain", "ふつう", "ja"),
    ("en", "English", "en"),
)


@router.get("/show")
def show(
    *,
    request: Request,
    session: SessionDep,
    staff: Shower,
    today: Today,
    at: Moment,
    words: Annotated[Saying, Query()] = "easy",
) -> Response:
    """Show what this screen shows, and nobody's name, code or file; elsewhere lead home."""
    if staff.showing is None:
        return RedirectResponse("/", 303)
    context = {
        "cards": showing.shown(session, staff, today=today, at=at),
        "words": words,
        "sayings": SAYINGS,
        "answers": OWN_ANSWER_WORDS,
        "phrases": PHRASES,
        "said": said_in_pieces,
    }
    language: Language = "en" if words == "en" else "ja"
    return HTMLResponse(rendered(request, "suggestions/show.html", language, context))


@router.post("/show")
def say(form: SignedForm, session: SessionDep, staff: Shower, at: Moment) -> RedirectResponse:
    """Keep what was pressed as the person's own choice, and stay on the card."""
    filled = Filled(form)
    said = filled.choice("answer", OWN_ANSWER_WORDS)
    if said is not None:
        showing.answer(session, staff, filled.id("suggestion") or NOBODY, said, at=at)
    words = next((each for each, _, _ in SAYINGS if each == filled.text("words")), "easy")
    card = filled.number("card", lowest=1, highest=showing.CARDS) or 1
    return RedirectResponse(f"/show?words={words}#card-{card}", 303)


@router.get("/show/end")
def ask_to_end(request: Request, staff: Shower) -> Response:
    """Ask for the worker's password: the way back leads through it alone."""
    if staff.showing is None:
        return RedirectResponse("/", 303)
    return render(request, "suggestions/show_end.html", errors={}, values={})


@router.post("/show/end")
def end(request: Request, form: SignedForm, door: AtOwnDoor) -> Response:
    """Give the screen back to the worker, and lead to the page that it came from."""
    code = Filled(form).text("code", longest=LONGEST_CODE)
    try:
        shown = end_showing(door, password=secret_of(form, "password"), code=code)
    except WrongProof:
        wrong = {"password": WRONG}
        return render(request, "suggestions/show_end.html", status=422, errors=wrong, values={})
    return RedirectResponse(f"/shown/{shown}" if shown else "/", 303)


@router.get("/shown/{round_id}")
def after(round_id: UUID, session: SessionDep, staff: PeopleReader, at: Moment) -> Response:
    """Lead back to the candidates that were shown."""
    made = actions.read_round(session, staff, round_id, at=at).round
    return RedirectResponse(f"/people/{made.person_id}/candidates?round={made.id}", 303)
