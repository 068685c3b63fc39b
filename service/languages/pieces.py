"""Cut a template into text, tags, expressions and statements."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment

from service.languages.japanese import is_japanese

Say = Callable[[str], str]

# A tag of these may stand in the middle of a sentence.
INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "rp", "rt"}
    | {"ruby", "s", "small", "span", "strong", "sub", "sup", "time", "u"}
)
_LEXER: Final = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True).lexer
# Every piece of the template language is one character while the HTML around it is read.
_FIRST: Final = 0xE000
_HTML: Final = re.compile(
    r"<!--.*?-->|<(?P<closes>/?)(?P<name>[a-zA-Z\ue000-\uf8ff][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|<![^>]*>",
    re.DOTALL,
)
_IMPORTED: Final = re.compile(
    r"\{%-?\s*(?:import\s+\S+\s+as\s+(\w+)|macro\s+(\w+)|from\s.*?import\s+([\w, ]+))"
)
_MARK: Final = re.compile("([\ue000-\uf8ff])")
_COMPARED: Final = frozenset({"==", "!="})


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression, a statement or a comment of the template, token by token."""

    tokens: tuple[tuple[str, str], ...]

    @property
    def raw(self) -> str:
        return "".join(value for _, value in self.tokens)

    @property
    def is_expression(self) -> bool:
        return self.tokens[0][0] == "variable_begin"

    @property
    def keyword(self) -> str:
        """Return the statement's name; expressions and comments have none."""
        if self.tokens[0][0] != "block_begin":
            return ""
        return next((value for kind, value in self.tokens if kind == "name"), "")

    @property
    def inner(self) -> str:
        return "".join(value for _, value in self.tokens[1:-1]).strip()

    def texts(self) -> list[str]:
        """Return the Japanese in it that stands in quotes; what is compared is no text."""
        return [ast.literal_eval(value) for _, value, says in self._walk() if says]

    def said(self, say: Say) -> str:
        """Write it again, with other words for its texts."""
        return "".join(
            _quoted(say(ast.literal_eval(value))) if says else value
            for _, value, says in self._walk()
        )

    def _walk(self) -> Iterator[tuple[str, str, bool]]:
        before = ""
        for kind, value in self.tokens:
            says = kind == "string" and is_japanese(value) and before not in _COMPARED
            yield kind, value, says
            before = before if kind == "whitespace" else value


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@dataclass(frozen=True, slots=True)
class Text:
    raw: str


@dataclass(frozen=True, slots=True)
class Tag:
    raw: str
    name: str
    closes: bool


Part = Text | Tag | Piece


class Template:
    """A template's parts in their order."""

    def __init__(self, source: str) -> None:
        self.pieces: list[Piece] = []
        flat = self._flat(source)
        found = _IMPORTED.findall(source)
        self.macros = {
            name.strip() for each in found for names in each for name in names.split(",")
        }
        self.parts: list[Part] = list(self._parts(flat))

    @classmethod
    def of(cls, whole: "Template", text: str) -> "Template":
        """Return the template of an attribute's text, which is cut already."""
        made = cls("")
        made.pieces, made.macros = whole.pieces, whole.macros
        made.parts = list(made.cut(text))
        return made

    def _flat(self, source: str) -> str:
        text: list[str] = []
        open_: list[tuple[str, str]] = []
        for _, kind, value in _LEXER.tokeniter(source, None):
            if kind == "data" and not open_:
                text.append(value)
                continue
            open_.append((kind, value))
            if kind.endswith("_end"):
                text.append(chr(_FIRST + len(self.pieces)))
                self.pieces.append(Piece(tuple(open_)))
                open_ = []
        return "".join(text)

    def _parts(self, flat: str) -> Iterator[Part]:
        at = 0
        for found in _HTML.finditer(flat):
            yield from self.cut(flat[at : found.start()])
            name = (found["name"] or "!").lower()
            yield Tag(found[0], name, closes=bool(found["closes"]))
            at = found.end()
        yield from self.cut(flat[at:])

    def cut(self, text: str) -> Iterator[Text | Piece]:
        """Part text from the pieces that stand in it."""
        for each in _MARK.split(text):
            if _MARK.fullmatch(each):
                yield self.pieces[ord(each) - _FIRST]
            elif each:
                yield Text(each)

    def is_sentence(self, part: Part) -> bool:
        """Say whether it may stand within a sentence."""
        if isinstance(part, Text):
            return True
        if isinstance(part, Tag):
            return part.name in INLINE
        if part.is_expression:
            begins = re.match(r"\w+", part.inner)
            return not (begins and begins[0] in self.macros | {"super", "caller"})
        return part.keyword in {"if", "elif", "else", "endif", "for", "endfor"}
