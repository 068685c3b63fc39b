"""A page in place: how a handler knows that htmx asks, and where its answer belongs.

Most handlers need none of this: they answer with the whole page and htmx takes its part out of it
(``forms.smooth``). docs/pages.md has the conventions.
"""

from typing import Final

from fastapi import Request

HEADER: Final = "HX-Request"
# Whatever fails is told in the live region of base.html; what was typed stays where it is.
TOLD: Final = {"HX-Retarget": "#said", "HX-Reswap": "innerHTML", "HX-Reselect": "#problem"}


def wants_part(request: Request) -> bool:
    """Say whether htmx asks, which has a page already and changes one place of it."""
    return request.headers.get(HEADER) == "true"
