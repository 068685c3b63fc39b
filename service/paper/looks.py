"""How a sheet is printed: its size, with readings or without, with short English lines or not."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends

from service.paper.actions import said_in_pieces
from service.paper.phrases import Phrase, is_whole, phrases

Size = Literal["a4", "a5", "large"]
Lang = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Look:
    """What was chosen above the sheets. ``pdf``: for an engine that knows no ruby."""

    size: Size = "a4"
    ruby: bool = True
    lang: Lang = "ja"
    pdf: bool = False

    @property
    def english(self) -> bool:
        return self.lang == "en"

    def query(self, activities: Iterable[UUID] = ()) -> str:
        """Return the address's part that says all this."""
        shown = [("activity", str(each)) for each in activities]
        chosen = [("size", self.size), ("ruby", str(self.ruby).lower()), ("lang", self.lang)]
        return urlencode([*shown, *chosen])

    def sized(self, size: Size) -> "Look":
        """Return this look in another size; half a page has no room for a second language."""
        return replace(self, size=size, lang="ja" if size == "a5" else self.lang)

    def turned_ruby(self) -> "Look":
        return replace(self, ruby=not self.ruby)

    def turned_language(self) -> "Look":
        whole: Size = "a4" if self.size == "a5" else self.size
        return replace(self, lang="ja") if self.english else replace(self, lang="en", size=whole)

    def for_pdf(self) -> "Look":
        return replace(self, pdf=True)

    def said(self, text: str) -> list[Phrase]:
        """Cut the sheet's own words into phrases with their readings."""
        return phrases(said_in_pieces(text))

    def whole(self, phrase: Phrase) -> bool:
        return is_whole(phrase)


def asked_look(size: Size = "a4", *, ruby: bool = True, lang: Lang = "ja") -> Look:
    return Look(size, ruby, lang)


AskedLook = Annotated[Look, Depends(asked_look)]
