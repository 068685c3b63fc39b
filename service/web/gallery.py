"""Every component in every state on one page: for development, where DEBAN_GALLERY is on."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Template
from starlette.datastructures import FormData

from service.web.filled import Filled
from service.web.forms import PlainForm
from service.web.pages import environment

router = APIRouter(include_in_schema=False)

# Beside the templates, not among them: what only developers see needs no English.
PAGE: Final = Path(__file__).parent / "gallery.html"
STAFF: Final = {"role": "csw", "display_name": "担当 みさき"}
EXAMPLE: Final = FormData(
    [("line", "折込み"), ("often", "2"), ("days", "火"), ("days", "木"), ("shade", "ふつう")]
)
WRONG: Final = {
    "missed": "活動名を書いてください",
    "far": "0から999までの数で書いてください",
    "chosen": "どれか一つを選んでください",
}
ASKED: Final = "ひとことを書いてください"


@router.get("/gallery", response_class=HTMLResponse)
def gallery(request: Request, saved: Annotated[str, Query(max_length=20)] = "") -> Response:
    return _shown(request, saved=saved)


@router.post("/gallery", response_model=None)
def answer_in_place(request: Request, form: PlainForm) -> Response:
    """Answer as the chapters' handlers do: a mistake, a refusal with the status written, or 303."""
    filled = Filled(form)
    what = filled.text("what")
    if what.isdecimal():
        raise HTTPException(int(what))
    if not what:
        return _shown(request, mistakes={"what": ASKED}, values=form, status=422)
    return RedirectResponse("/gallery?saved=yes#in-place", 303)


def _shown(
    request: Request,
    *,
    saved: str = "",
    mistakes: dict[str, str] | None = None,
    values: FormData = EXAMPLE,
    status: int = 200,
) -> HTMLResponse:
    context: dict[str, Any] = {
        "staff": STAFF,
        "telephone": request.app.state.settings.office_telephone,
        "example": EXAMPLE,
        "wrong": WRONG,
        "values": values,
        "errors": mistakes or {},
        "saved": saved,
    }
    return HTMLResponse(_template().render(request=request, **context), status)


@lru_cache
def _template() -> Template:
    return environment().from_string(PAGE.read_text(encoding="utf-8"))
