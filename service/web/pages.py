"""Pages from templates: every chapter's own folder, one look, nothing unescaped."""

from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape
from starlette.datastructures import FormData

from service.languages.jinja import SaidInEnglish
from service.languages.kinds import LANGUAGES, Language, reading
from service.languages.ours import kept, say, written
from service.web import dates, keeping
from service.web.assets import address_of_asset, is_there
from service.web.forms import csrf_token
from service.web.language import language_of
from service.web.once import new_key

SERVICE: Final = Path(__file__).parents[1]


@lru_cache
def environment(language: Language = "ja") -> Environment:
    """Find the templates of the kit and of every chapter; a misspelt name is an error.

    In Japanese they are read as they stand; in English their sentences are said anew first.
    """
    own = Path(__file__).parent / "templates"
    found = Environment(
        loader=FileSystemLoader([own, *sorted(SERVICE.glob("*/templates"))]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=() if language == "ja" else (SaidInEnglish,),
    )
    found.globals["asset"] = address_of_asset
    found.globals["asset_is_there"] = is_there
    found.globals["language"] = language
    found.globals["say"] = say
    found.globals["languages"] = LANGUAGES
    found.globals["csrf_token"] = csrf_token
    found.globals["new_key"] = new_key
    found.globals["slip"] = keeping.slip
    found.globals["draft_seen"] = keeping.draft_seen
    found.globals["drafts_waiting"] = keeping.drafts_waiting
    found.filters |= {
        "day_words": dates.day_words,
        "dated_words": dates.dated_words,
        "month_words": dates.month_words,
        "time_words": dates.time_words,
        "opening_words": dates.opening_words,
        "moment_words": dates.moment_words,
        "kept": kept,
        "written": written,
    }
    return found


def address_of(request: Request, path: str, *, for_hosts: bool = False) -> str:
    """Return a path of ours as others have to write it: at the office's own address, if it is set.

    Hosts may have a side with another one. Without ``DEBAN_ORIGIN`` the request's own word on the
    host has to do.
    """
    settings = request.app.state.settings
    origin = (settings.host_origin if for_hosts else "") or settings.origin
    return f"{origin or str(request.base_url).rstrip('/')}{path}"


def render(request: Request, name: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Fill a template; the office's telephone stands at the same place on every page."""
    language = language_of(request)
    if status == HTTPStatus.OK and (kept := keeping.reopened(request)):
        return HTMLResponse(_with_draft(request, name, language, context, kept))
    return HTMLResponse(rendered(request, name, language, context), status)


def rendered(request: Request, name: str, language: Language, context: Mapping[str, Any]) -> str:
    """Fill a template in one language: for a page that offers a choice of its own."""
    telephone = request.app.state.settings.office_telephone
    known = {"request": request, "telephone": telephone, "draft_here": None, "unplaced": []}
    page = environment(language).get_template(name)
    with reading(language):
        return page.render(known | dict(context))


def _with_draft(
    request: Request, name: str, language: Language, context: Mapping[str, Any], kept: keeping.Kept
) -> str:
    """Fill a template with what was kept of its form; what has no field there is shown above."""
    shown, known = context.get("values"), {**context, "draft_here": kept}
    if isinstance(shown, FormData):
        known["values"] = kept.over(shown)
    plain = rendered(request, name, language, known)
    unplaced = kept.unplaced(lambda said: str(escape(said)) in plain)
    if not unplaced:
        return plain
    return rendered(request, name, language, known | {"unplaced": unplaced})
