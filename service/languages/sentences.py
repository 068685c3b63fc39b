"""Find the sentences of a template and say them in other words; everything else stays as it is.

A sentence may hold values, tags and conditions: {name}, <strong>…</strong>, [if]…[else]…[/if].
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from service.languages.japanese import is_japanese
from service.languages.pieces import Part, Piece, Say, Tag, Template, Text

# What people hear or read of an attribute; a button's value is what stands on it.
READABLE: Final = frozenset(
    {"alt", "aria-description", "aria-label", "hx-confirm", "label", "placeholder", "title"}
)
_ATTRIBUTE: Final = re.compile(r"(?P<name>[\w:-]+)=\"(?P<value>[^\"]*)\"")
_PRESSED: Final = re.compile(r"type=\"(?:submit|button|reset)\"")
_WORD: Final = re.compile(r"\w")
_OPENS: Final = frozenset({"if", "for"})
_DIVIDES: Final = frozenset({"elif", "else"})
_PLACE: Final = re.compile(
    r"\{(?P<name>\w+)(?::(?P<one>[^{}|]*)\|(?P<other>[^{}|]*))?\}|<[^<>]*>|\[/?\w+\]"
)
_NO_NAMES: Final = frozenset({"if", "else", "and", "or", "not", "in", "is", "defined", "none"})


@dataclass(slots=True)
class Element:
    """A pair of tags, or a condition with its branches: one mark more than branches."""

    marks: list[Part]
    branches: "list[list[Node]]" = field(default_factory=lambda: [[]])


@dataclass(frozen=True, slots=True)
class Wall:
    """What no sentence goes across."""

    part: Part


Node = Text | Piece | Element | Wall


def said(source: str, say: Say, *, keeps: bool = False) -> str:
    """Say a template's source in other words.

    ``keeps`` guards what forms send back: it has to stay in the words that are stored.
    """
    template = Template(source)
    return _Saying(template, say, keeps=keeps).all(_tree(template))


def places(text: str) -> list[str]:
    """Return what a sentence has in it besides words, in a fixed order."""
    found = (f"{{{each['name']}}}" if each["name"] else each[0] for each in _PLACE.finditer(text))
    kept = list(found)
    values = {each for each in kept if each.startswith("{")}
    return sorted(values) + sorted(each for each in kept if not each.startswith("{"))


def _tree(template: Template) -> list[Node]:
    partners = _partners(template)
    root = Element([], [[]])
    open_ = [root]
    for at, part in enumerate(template.parts):
        here = open_[-1]
        if at not in partners:
            loose = template.is_sentence(part) and (isinstance(part, Text) or _is_value(part))
            here.branches[-1].append(part if loose else Wall(part))  # type: ignore[arg-type]  # a loose part is a text or a value
        elif partners[at] == "opens":
            inner = Element([part])
            here.branches[-1].append(inner)
            open_.append(inner)
        elif partners[at] == "divides":
            here.marks.append(part)
            here.branches.append([])
        else:
            here.marks.append(part)
            open_.pop()
    return root.branches[0]


def _is_value(part: Part) -> bool:
    return isinstance(part, Piece) and part.is_expression


def _partners(template: Template) -> dict[int, str]:
    """Find which parts open, divide and close an element; what has no partner is left out."""
    roles: dict[int, str] = {}
    open_: list[tuple[str, list[int]]] = []
    for at, part in enumerate(template.parts):
        role, name = _role(template, part)
        if role == "opens":
            open_.append((name, [at]))
        elif role == "divides" and open_ and open_[-1][0] in _OPENS:
            open_[-1][1].append(at)
        elif role == "closes" and any(each == name for each, _ in open_):
            while open_[-1][0] != name:
                open_.pop()
            first, *between = open_.pop()[1]
            roles |= {first: "opens", at: "closes", **dict.fromkeys(between, "divides")}
    return roles


def _role(template: Template, part: Part) -> tuple[str, str]:
    if not template.is_sentence(part) or isinstance(part, Text):
        return "", ""
    if isinstance(part, Tag):
        return ("closes" if part.closes else "opens"), part.name
    word = part.keyword
    if word in _DIVIDES:
        return "divides", ""
    return (
        ("closes", word.removeprefix("end"))
        if word.startswith("end")
        else ("opens" if word else "", word)
    )


def _has_wall(node: Node) -> bool:
    if isinstance(node, Element):
        return any(_has_wall(each) for branch in node.branches for each in branch)
    return isinstance(node, Wall)


class _Saying:
    def __init__(self, template: Template, say: Say, *, keeps: bool) -> None:
        self.template, self.say, self.keeps = template, say, keeps
        self.typed = False  # between the tags of a textarea

    def all(self, nodes: Sequence[Node]) -> str:
        """Say a row of nodes, sentence by sentence."""
        done: list[str] = []
        sentence: list[Node] = []
        for node in nodes:
            if not _has_wall(node):
                sentence.append(node)
                continue
            done.append(self.sentence(sentence))
            sentence = []
            done.append(self.raw(node.part) if isinstance(node, Wall) else self.within(node))
        return "".join([*done, self.sentence(sentence)])

    def within(self, node: Node) -> str:
        """Say what stands in an element by itself."""
        if not isinstance(node, Element):
            return self.raw(node.part if isinstance(node, Wall) else node)
        told = [self.raw(node.marks[0])]
        for branch, mark in zip(node.branches, node.marks[1:], strict=True):
            told += [self.all(branch), self.raw(mark)]
        return "".join(told)

    def sentence(self, nodes: Sequence[Node]) -> str:
        """Say nodes without a wall: as one sentence where words stand between the elements."""
        if not any(isinstance(node, Text) and is_japanese(node.raw) for node in nodes):
            return "".join(map(self.within, nodes))
        first, last = _edges(nodes)
        sources: dict[str, str] = {}
        told = "".join(self.told(node, sources) for node in nodes[first:last])
        text = re.sub(r"\s+", " ", told)
        core = text.strip()
        lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        before = "".join(map(self.within, nodes[:first]))
        after = "".join(map(self.within, nodes[last:]))
        return f"{before}{lead}{_filled(self.say(core), sources)}{tail}{after}"

    def told(self, node: Node, sources: dict[str, str]) -> str:
        """Write a node as the catalogue has it, and note which source each place stands for."""
        if isinstance(node, Text):
            return node.raw
        if isinstance(node, Piece):
            return _noted("{%s}", name_of(node), self.raw(node), sources)
        assert isinstance(node, Element)
        kind = node.marks[0]
        assert not isinstance(kind, Text)
        name = kind.name if isinstance(kind, Tag) else kind.keyword
        form = "<%s>" if isinstance(kind, Tag) else "[%s]"
        opened = _noted(form, name, self.raw(kind), sources, alone=True)
        number = opened[len(name) + 1 : -1]
        parts = [opened]
        for branch, mark in zip(node.branches, node.marks[1:], strict=True):
            parts += [self.told(each, sources) for each in branch]
            word = mark.keyword if isinstance(mark, Piece) else ""
            closing = form % f"{word if word in _DIVIDES else '/' + name}{number}"
            sources[closing] = self.raw(mark)
            parts.append(closing)
        return "".join(parts)

    def raw(self, part: Part) -> str:
        if isinstance(part, Text):
            return part.raw
        if isinstance(part, Tag):
            self.typed = part.name == "textarea" and not part.closes
            return self.tag(part.raw)
        return self.kept(part) if self.typed else part.said(self.say)

    def kept(self, piece: Piece) -> str:
        """Guard a value that is sent back."""
        if not (self.keeps and piece.is_expression):
            return piece.said(self.say)
        (_, begins), *_, (_, ends) = piece.tokens
        return f"{begins} ({piece.inner}) | written {ends}"

    def tag(self, raw: str) -> str:
        pressed = _PRESSED.search(raw) is not None and raw.startswith("<input")
        told, at = [], 0
        for found in _ATTRIBUTE.finditer(raw):
            told += [self.marks(raw[at : found.start("value")])]
            name = found["name"]
            if name in READABLE or (name == "value" and pressed):
                told.append(self.attribute(found["value"]))
            else:
                told.append(self.marks(found["value"], guard=name == "value"))
            at = found.end("value")
        return "".join([*told, self.marks(raw[at:])])

    def attribute(self, value: str) -> str:
        inner = Template.of(self.template, value)
        return _Saying(inner, _in_quotes(self.say), keeps=False).all(_tree(inner))

    def marks(self, text: str, *, guard: bool = False) -> str:
        parts = self.template.cut(text)
        return "".join(
            each.raw
            if isinstance(each, Text)
            else self.kept(each)
            if guard
            else each.said(self.say)
            for each in parts
        )


def _in_quotes(say: Say) -> Say:
    return lambda text: say(text).replace('"', "&#34;")


def _edges(nodes: Sequence[Node]) -> tuple[int, int]:
    """Leave out what stands around a sentence and says nothing in it."""
    first, last = 0, len(nodes)
    while _is_aside(nodes[first]):
        first += 1
    while _is_aside(nodes[last - 1]):
        last -= 1
    return first, last


def _is_aside(node: Node) -> bool:
    """Say whether it is space, or a sign in an element of its own; a bracket belongs to us."""
    if isinstance(node, Text):
        return not node.raw.strip()
    return _is_silent(node)


def _is_silent(node: Node) -> bool:
    if isinstance(node, Element):
        return all(_is_silent(each) for branch in node.branches for each in branch)
    return isinstance(node, Text) and not (is_japanese(node.raw) or _WORD.search(node.raw))


def name_of(piece: Piece) -> str:
    """Name a value by the last word of its expression, before any filter."""
    head = re.sub(r"\"[^\"]*\"|'[^']*'", "", piece.inner).split("|", 1)[0]
    names = [each for each in re.findall(r"[A-Za-z_]\w*", head) if each.lower() not in _NO_NAMES]
    return names[-1] if names else "value"


def _noted(
    form: str, name: str, source: str, sources: dict[str, str], *, alone: bool = False
) -> str:
    """Give a place its name: the same source the same one, another source another."""
    for number in _numbers():
        place = form % f"{name}{number}"
        if place not in sources or (sources[place] == source and not alone):
            sources[place] = source
            return place
    raise AssertionError


def _numbers() -> Iterator[str]:
    yield ""
    yield from (str(number) for number in range(2, 100))


def _filled(text: str, sources: dict[str, str]) -> str:
    def put(found: re.Match[str]) -> str:
        if found["one"] is not None:
            counted = sources[f"{{{found['name']}}}"].strip("{}- ")
            return (
                f'{{{{ "{found["one"]}" if ({counted}) | string == "1" else "{found["other"]}" }}}}'
            )
        return sources.get(found[0], found[0])

    return _PLACE.sub(put, text)
