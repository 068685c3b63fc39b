"""Sheets as PDF: tagged, with their fonts, drawn from our own words and nothing from outside."""

import importlib
import threading
from functools import cache
from types import ModuleType
from typing import Any, ClassVar, Final

from fastapi import Response
from fastapi.concurrency import run_in_threadpool
from PIL import ImageFile
from starlette.types import Receive, Scope, Send

from service.refusals import Kind, Refusal
from service.web.assets import STATIC

STYLE: Final = STATIC / "paper.css"
VARIANT: Final = "pdf/ua-1"
WAITS: Final = 20.0  # seconds for those who draw before
# One at a time: a dozen sheets take seconds of one processor, and memory with their photos.
_TURN: Final = threading.Lock()


class NoPdf(Refusal):
    """The machine has no Pango: the browser's own printing does the same."""

    kind: ClassVar = Kind.UNAVAILABLE


class PdfBusy(Refusal):
    kind: ClassVar = Kind.UNAVAILABLE


@cache
def engine() -> ModuleType | None:
    """Load the engine when it is first asked for; without the system's Pango there is none."""
    strict = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        return importlib.import_module("weasyprint")
    except OSError:
        return None
    finally:
        # It has Pillow read files that are cut off, for the whole process: nobody's photo may be.
        ImageFile.LOAD_TRUNCATED_IMAGES = strict


def written(html: str) -> bytes:
    """Draw a document; whatever it names outside of itself is left out, not fetched."""
    weasyprint = engine()
    if weasyprint is None:
        raise NoPdf("this machine has no Pango, which draws PDFs: print from the browser instead")
    if not _TURN.acquire(timeout=WAITS):
        raise PdfBusy("others are drawing PDFs; try again soon", retry_after=int(WAITS))
    try:
        own = weasyprint.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False)
        document = weasyprint.HTML(string=html, url_fetcher=own)
        drawn: bytes = document.write_pdf(stylesheets=[_style()], pdf_variant=VARIANT)
    finally:
        _TURN.release()
    return drawn


@cache
def _style() -> Any:
    weasyprint = engine()
    assert weasyprint is not None
    return weasyprint.CSS(filename=str(STYLE))


class Pdf(Response):
    """A PDF that is drawn when the request's transaction has ended: no writer waits for it."""

    def __init__(self, html: str, name: str) -> None:
        super().__init__()
        self.html = html
        self.name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await run_in_threadpool(written, self.html)
        headers = {"Content-Disposition": f'inline; filename="{self.name}"'}
        answer = Response(body, media_type="application/pdf", headers=headers)
        await answer(scope, receive, send)
