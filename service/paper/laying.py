"""Lay a sheet out as it is handed over: in Japanese, whatever language its printer reads."""

from typing import Any

from markupsafe import Markup

from service.languages.kinds import reading
from service.web.pages import environment


def laid(name: str, **context: Any) -> Markup:
    """Fill one of the sheet's own templates; what it is given is escaped there."""
    with reading("ja"):
        html = environment("ja").get_template(name).render(**context)
    return Markup(html)  # noqa: S704 - rendered by the same environment a line above
