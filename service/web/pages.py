"""Pages from templates: every chapter's own folder, one look, nothing unescaped."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.languages.jinja import SaidInEnglish
from service.languages.ours import LANGUAGES, Language, kept, reading, say, written
from service.web import dates
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
    telephone = request.app.state.settings.office_telephone
    language = language_of(request)
    page = environment(language).get_template(name)
    with reading(language):
        html = page.render(request=request, telephone=telephone, **context)
    return HTMLResponse(html, status_code=status)
