"""A form as it was sent: fields in the types that actions take, and what to put right."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from starlette.datastructures import FormData

from catalogue.terms.signs import unfit_sign
from service.languages.ours import ours, say
from service.web.dates import read_day

Word = TypeVar("Word", bound=StrEnum)
LINE: Final = 200
# What cannot be seen cannot be found either, so the sentence counts.
UNFIT: Final = ours("{at}文字目に、目に見えない文字があります。そこを消して、書きなおしてください")


@dataclass(frozen=True, slots=True)
class Filled:
    """Reading never fails: what cannot be read is named in ``mistakes`` by its field."""

    form: FormData
    mistakes: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, *, longest: int = LINE) -> str:
        """Return what was written, without space around it."""
        said = self.form.get(name)
        kept = said.replace("\r\n", "\n").strip() if isinstance(said, str) else ""
        if at := unfit_sign(kept):
            self.mistakes[name] = say(UNFIT, at=at)
            return ""
        if len(kept) > longest:
            self.mistakes[name] = say(
                "{longest}字までで書いてください(いま{kept}字です)", longest=longest, kept=len(kept)
            )
        return kept[:longest]

    def words(self, name: str, *, longest: int = 1000) -> list[str]:
        """Return the words of a list that was written in one line or in several."""
        said = self.text(name, longest=longest)
        for mark in ("\n", ",", "，"):
            said = said.replace(mark, "、")
        return [word.strip() for word in said.split("、") if word.strip()]

    def number(self, name: str, *, lowest: int = 0, highest: int = 999) -> int | None:
        """Return a whole number, also when it was written in full-width figures."""
        said = unicodedata.normalize("NFKC", self.text(name))
        if not said:
            return None
        figures = said.lstrip("0") or "0"  # however many noughts stand before it
        if not (said.isascii() and said.isdigit() and lowest <= int(figures[:9]) <= highest):
            self.mistakes[name] = say(
                "{lowest}から{highest}までの数で書いてください", lowest=lowest, highest=highest
            )
            return None
        return int(figures)

    def day(self, name: str) -> date | None:
        said = self.text(name)
        if not said:
            return None
        try:
            return read_day(said)
        except ValueError:
            self.mistakes[name] = ours(
                "日付を、令和8年12月1日 か 2026-12-01 のように書いてください"
            )
            return None

    def clock(self, name: str) -> str:
        """Return a time of day as HH:MM, or nothing."""
        said = unicodedata.normalize("NFKC", self.text(name))
        if not said:
            return ""
        try:
            return time.fromisoformat(said.zfill(5)).strftime("%H:%M")
        except ValueError:
            self.mistakes[name] = ours("時刻を、13:30 のように書いてください")
            return ""

    def choice(self, name: str, words: Mapping[Word, str]) -> Word | None:
        """Return the word that was chosen, if it is one of those offered."""
        said = self.form.get(name)
        return next((word for word in words if word == said), None)

    def needed(self, name: str, words: Mapping[Word, str], *, sentence: str) -> Word | None:
        """Return the chosen word; nothing chosen is a mistake."""
        chosen = self.choice(name, words)
        if chosen is None:
            self.mistakes[name] = sentence
        return chosen

    def ticked(self, name: str) -> list[str]:
        """Return the values of the boxes that were ticked, in the page's order."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def id(self, name: str) -> UUID | None:
        try:
            return UUID(self.text(name))
        except ValueError:
            return None
