"""What names, and the search for them, look like over HTTP."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from catalogue.terms import Form
from catalogue.terms.values import Line
from service.persons.name import Name


class NameIn(Name):
    """A name as it is written: every sign comes back as it was sent."""


class NameOut(Name):
    version: int


class SearchIn(Form):
    """What is looked for; in a body, because names have no place in addresses and logs."""

    text: Annotated[Line, Field(min_length=1, max_length=100)]


class FoundOut(BaseModel):
    id: UUID
    code: str
    area: str
    called: str
    family: str
    given: str
    kana: str
