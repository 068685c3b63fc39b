"""Read what a form says of a photo, whoever sends it: staff, or a host by its link."""

from starlette.datastructures import UploadFile

from service.paper.drawing import MOST_BYTES
from service.paper.photos import Told
from service.paper.tables import Shown
from service.paper.words import (
    ASK_FIRST,
    CHOOSE_SHOWN,
    PUBLISHED,
    SAY_PICTURE,
    SHOWN_WORDS,
    SOMEBODY,
)
from service.web.filled import Filled


def read_told(filled: Filled) -> Told | None:
    """Return what has to be known of a photo; what is missing is named in ``mistakes``."""
    alternative = filled.text("alternative", longest=200)
    if not alternative:
        filled.mistakes.setdefault("alternative", SAY_PICTURE)
    shown = filled.needed("shown", SHOWN_WORDS, sentence=CHOOSE_SHOWN)
    if filled.form.get("shown") == SOMEBODY:
        filled.mistakes["shown"] = ASK_FIRST
    if shown is None or filled.mistakes:
        return None
    return Told(alternative, Shown(shown), filled.form.get("published") == PUBLISHED)


def read_photo(filled: Filled) -> bytes:
    """Return the file that was sent, or nothing; never more of it than could be kept."""
    sent = filled.form.get("photo")
    return sent.file.read(MOST_BYTES + 1) if isinstance(sent, UploadFile) else b""
