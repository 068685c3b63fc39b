"""What a host reads and answers through a link, for programs and as pages; apart from the staff."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from service.clock import Moment, local_day
from service.database import SessionDep
from service.hosts.links import NoSuchLink, path_of
from service.placements.access import Office
from service.refusals import Kind
from service.replies import hearing
from service.replies.access import HEADERS, HeldByPage, HeldByProgram, OwnPage, PageToken
from service.replies.forms import read_answer
from service.replies.hearing import Heard
from service.replies.rules import ANSWERS, AnsweredOtherwise
from service.replies.schemas import HostInquiryOut, ReplyIn
from service.replies.words import ANSWER_WORDS, ASKS, PURPOSE_WORDS
from service.web.filled import Filled
from service.web.forms import PlainForm
from service.web.pages import render
from service.web.problems import documented
from service.web.tokens import ForeignOrigin

router = APIRouter(prefix="/api/v1/host", tags=["host"])
pages = APIRouter()

# Every form of ours sends it; what other software posts to an address does not.
SENT: Final = "sent"


@router.get(
    "/{token}/inquiry",  # noqa: FAST003 - HeldByProgram reads it
    response_model=HostInquiryOut,
    responses=documented(Kind.MISSING, Kind.TOO_OFTEN),
)
def read_inquiry_as_host(
    held: HeldByProgram, session: SessionDep, at: Moment, response: Response
) -> HostInquiryOut:
    """Show what a link asks. To look answers nothing, and uses nothing up."""
    response.headers.update(HEADERS)
    return HostInquiryOut.of(hearing.open_inquiry(session, held, at=at))


@router.post(
    "/{token}/reply",  # noqa: FAST003 - HeldByProgram reads it
    response_model=HostInquiryOut,
    responses=documented(Kind.MISSING, Kind.CONFLICT, Kind.TOO_OFTEN),
)
def reply_as_host(
    *,
    _own: OwnPage,
    body: ReplyIn,
    held: HeldByProgram,
    session: SessionDep,
    at: Moment,
    office: Office,
    response: Response,
) -> HostInquiryOut:
    """Answer once. The same answer again is the same result; another one is the office's."""
    response.headers.update(HEADERS)
    return HostInquiryOut.of(hearing.answer(session, held, body.said(), at=at, settings=office))


def inquiry_page(
    request: Request,
    heard: Heard,
    filled: Filled,
    *,
    status: int = 200,
    otherwise: bool = False,
) -> HTMLResponse:
    """Show what is asked with the answers to choose from, or what was answered."""
    inquiry = heard.inquiry
    context: dict[str, Any] = {
        "shown": inquiry.content,
        "title": PURPOSE_WORDS[inquiry.purpose],
        "sentence": ASKS[inquiry.purpose],
        "reply": heard.reply,
        "answers": [(each, ANSWER_WORDS[each]) for each in ANSWERS[inquiry.purpose]],
        "words": ANSWER_WORDS,
        "values": filled.form,
        "errors": filled.mistakes,
        "otherwise": otherwise,
    }
    page = render(request, "replies/host.html", status=status, **context)
    page.headers.update(HEADERS)
    return page


def gone(request: Request) -> HTMLResponse:
    """Say the same of every link that opens nothing."""
    page = render(request, "replies/gone.html", status=404)
    page.headers.update(HEADERS)
    return page


@pages.post("/h/{token}", response_model=None)
def answer_as_host(
    *,
    request: Request,
    token: PageToken,
    _own: OwnPage,
    form: PlainForm,
    held: HeldByPage,
    session: SessionDep,
    at: Moment,
    office: Office,
) -> Response:
    """Take the answer of the page's form, and show it again."""
    filled = Filled(form)
    if not filled.text(SENT):
        raise ForeignOrigin("this form is out of date; please load the page again")
    try:
        heard = hearing.open_inquiry(session, held, at=at)
        said = read_answer(filled, heard.inquiry.purpose, today=local_day(at))
        if said is None:
            return inquiry_page(request, heard, filled, status=422)
        hearing.answer(session, held, said, at=at, settings=office)
    except NoSuchLink:
        return gone(request)
    except AnsweredOtherwise:
        heard = hearing.open_inquiry(session, held, at=at)
        return inquiry_page(request, heard, filled, status=409, otherwise=True)
    back = RedirectResponse(path_of(token), 303)
    back.headers.update(HEADERS)
    return back
