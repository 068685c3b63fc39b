"""How a person is called and where they are reached; each part may be left out, and all of it."""

from typing import Annotated, Final

from pydantic import Field

from catalogue.terms import Form
from catalogue.terms.values import Line, Text, Word

MOST_OTHERS: Final = 20
Part = Annotated[Line, Field(max_length=100)]


class Name(Form):
    """A name exactly as it was typed: no sign is exchanged for another."""

    called: Part = Field(default="", description="呼び名: what they like to be called.")
    family: Part = ""
    given: Part = ""
    kana: Part = ""
    others: list[Word] = Field(
        default_factory=list,
        max_length=MOST_OTHERS,
        description="Former names and other spellings.",
    )
    address: Annotated[Text, Field(max_length=500)] = ""
    telephone: Annotated[Line, Field(max_length=64)] = ""

    @property
    def full(self) -> str:
        """Return family and given name as they are read aloud."""
        return "　".join(part for part in (self.family, self.given) if part)

    @property
    def spellings(self) -> list[str]:
        """Return everything that the person may be looked for by."""
        return [self.called, self.family + self.given, self.kana, *self.others]
