"""Read graded judgements: which activities one reader would propose to whom, and why."""

from typing import Annotated, Any

from pydantic import Field

from catalogue.exchange.document import read_document
from catalogue.exchange.faults import Fault
from catalogue.exchange.rows import Checker
from catalogue.terms import Form, Ref, Words


class Rating(Form):
    """3 propose first, 2 worth talking about, 1 too early or on a condition, 0 do not propose."""

    activity: Ref
    grade: Annotated[int, Field(ge=0, le=3)]
    reason: Words = ""


class Judgement(Form):
    """What one reader thinks for one person; activities that are not listed are unjudged."""

    person: Ref
    no_proposal: bool = False
    ratings: list[Rating]


class JudgementsHead(Form):
    judgements: list[Any]


class JudgementsFile(Form):
    """A whole file of judgements without a fault."""

    judgements: list[Judgement]


def read_judgements(
    text: str | bytes, *, name: str
) -> tuple[JudgementsFile | None, tuple[Fault, ...]]:
    """Read judgements from YAML or JSON text; with any fault the file is None."""
    document = read_document(text, name=name)
    checker = Checker(document, quote=False)
    if document.values is None and document.faults:
        return None, checker.faults
    checker.form(JudgementsHead, document.values)
    rows = checker.rows(Judgement, "judgements")
    checker.unique("judgements", "person")
    if checker.faults:
        return None, checker.faults
    return JudgementsFile(judgements=[row for _, row in rows]), ()
