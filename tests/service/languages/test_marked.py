"""Every Japanese word that a module gives to a page is marked, so that it has an English."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from service.languages.extracting import marker
from service.languages.japanese import has_letters
from tests.architecture.source import ROOT

# Modules whose Japanese is no word of a page, each with its reason.
NO_WORDS: Final = {
    "booklet/columns.py": "a file for Japanese offices",
    "cli/": "a shell's output speaks Japanese to the office's technician",
    "demo/": "the example town is data",
    "disclosures/card.py": "kept with the packet: the host sees the words that were agreed to",
    "disclosures/sheet.py": "kept with the packet, as above",
    "disclosures/pseudonyms.py": "names of flowers, kept",
    "encryption/classes.py": "names of Japanese law",
    "followup/export_routes.py": "a file for Japanese offices",
    "languages/": "the kit itself",
    "notices/calendar.py": "read by a calendar, which tells no language",
    "outbox/composing.py": "mail, which tells no language",
    "paper/": "what is given to the person, with English lines of its own",
    "persons/codes.py": "names of plants, kept as codes",
    "persons/name.py": "speaks of the vocabulary itself",
    "persons/portrait.py": "reads what people write of ages",
    "reports/actions.py": "a file for Japanese offices",
    "reports/workbook.py": "a file for Japanese offices",
    "retention/rules.py": "names of Japanese law",
    "settings.py": "what an office may set, and its examples",
    "suggestions/embedding.py": "a sentence to try an embedding with",
    "web/gallery.py": "samples on the page of components, which only developers open",
    "web/workbooks.py": "a file for Japanese offices",
    "web/dates.py": "reads and writes days in both languages",
}
# Single texts that are stored or read, and only shown where they are marked elsewhere.
READ_OR_STORED: Final = {
    "hosting/fields.py": {"末日"},
    "hosting/days.py": {"年"},
    "persons/consent_pages.py": {"口頭"},
    "persons/words.py": {"80代以上", "代"},
    "placements/steps.py": {"年", "月", "週"},
    "suggestions/showing_pages.py": {"やさしい日本語", "ふつう"},  # languages in their own words
    "visits/month/rules.py": {"来", "い", "早", "休", "受", "付", "変", "日"},
}
# What these are given is compared, taken apart or matched, never shown.
TAKES_APART: Final = frozenset(
    {"both", "compile", "fullmatch", "maketrans", "removeprefix", "removesuffix", "replace"}
    | {"split", "startswith", "sub", "translate"}
)


def unmarked(root: Path) -> Iterator[str]:
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.startswith(tuple(NO_WORDS)):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in _words(tree):
            if node.value not in READ_OR_STORED.get(name, ()):
                yield f"{name}:{node.lineno} {node.value}"


def _words(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield the Japanese of a module that no mark covers: docstrings and what is compared aside."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and (marker(node) or _called(node) in TAKES_APART):
            continue
        if isinstance(node, ast.Compare | ast.Subscript):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_word(node.value):
            yield node
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        waiting += ast.iter_child_nodes(node)


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def _is_word(text: str) -> bool:
    return has_letters(text)


def test_every_japanese_word_of_the_modules_is_marked() -> None:
    assert list(unmarked(ROOT / "service")) == [], "ours(…), say(…) or joined(…) marks it"


def test_every_exception_is_still_needed() -> None:
    for name in (*NO_WORDS, *READ_OR_STORED):
        path = ROOT / "service" / name
        found = path.rglob("*.py") if path.is_dir() else [path]
        assert any(has_letters(each.read_text(encoding="utf-8")) for each in found), name


def test_a_word_that_nobody_marked_is_found(tmp_path: Path) -> None:
    tmp_path.joinpath("words.py").write_text(
        '"""説明"""\n'
        'A = {1: "表のことば"}\n'
        'B = ours({1: "よいことば"})\n'
        'def f(x):\n    """説明"""\n    if x == "口頭":\n        return say("{x}人", x=x)\n'
        '    return f"{x}人まで"\n',
        encoding="utf-8",
    )
    assert sorted(unmarked(tmp_path)) == ["words.py:2 表のことば", "words.py:8 人まで"]
