"""Let Jinja read our templates in English: the sentences are put in when a template is loaded."""

from jinja2.ext import Extension

from service.languages.catalogue import english
from service.languages.sentences import said


class SaidInEnglish(Extension):
    """Say every sentence of a template in English; what it computes stays as it is."""

    def preprocess(
        self,
        source: str,
        name: str | None,  # noqa: ARG002 - Jinja's own signature
        filename: str | None = None,  # noqa: ARG002 - as above
    ) -> str:
        return said(source, english, keeps=True)
