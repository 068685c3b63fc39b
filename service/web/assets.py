"""Files that pages load: ours, and htmx out of its package; marked, so that browsers keep them."""

import hashlib
import os
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC: Final = Path(__file__).parent / "static"
# Version 2: what the same package calls 4 is still a beta.
HTMX: Final = Path(str(files("django_htmx"))) / "static" / "django_htmx" / "htmx-2.min.js"
PACKAGED: Final = {"htmx.js": HTMX}
KEPT: Final = "public, max-age=31536000, immutable"
ASKED_AGAIN: Final = "no-cache"


def file_of(name: str) -> Path:
    return PACKAGED.get(name, STATIC / name)


@lru_cache
def mark_of(name: str) -> str:
    """Return a mark of what the file says: another text, another address."""
    return hashlib.sha256(file_of(name).read_bytes()).hexdigest()[:12]


def address_of_asset(name: str) -> str:
    return f"/static/{name}?v={mark_of(name)}"


def is_there(name: str) -> bool:
    """Say whether a file was loaded when this was set up; only tokens.css may be missing."""
    return file_of(name).is_file()


class Assets(StaticFiles):
    """Serve them; an address with the file's own mark never has to be asked for again."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        packaged = PACKAGED.get(path)
        return (str(packaged), packaged.stat()) if packaged else super().lookup_path(path)

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        kept = is_there(path) and scope["query_string"] == f"v={mark_of(path)}".encode()
        answer.headers["Cache-Control"] = KEPT if kept else ASKED_AGAIN
        return answer
