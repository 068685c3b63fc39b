"""The English catalogue holds exactly our texts: none missing, none empty, none left over."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from service.languages.catalogue import read_catalogue
from service.languages.sentences import places
from tests.architecture.source import ROOT

Key = tuple[str, str]


def texts_of(root: Path, folder: Path) -> set[Key]:
    """Extract with Babel as `make words` does."""
    template = folder / "texts.pot"
    options = ("-k", "pgettext:1c,2", "--no-default-keywords", "-o", str(template))
    config = str(ROOT / "pyproject.toml")
    CommandLineInterface().run(["pybabel", "-q", "extract", "-F", config, *options, str(root)])
    with template.open("rb") as written:
        return keys(read_po(written))


def keys(catalogue: Catalog) -> set[Key]:
    return {(message.context or "", str(message.id)) for message in catalogue if message.id}


def faults(catalogue: Catalog) -> Iterator[str]:
    """Name what is not a whole translation."""
    for message in catalogue:
        if not message.id:
            continue
        if not message.string:
            yield f"empty: {message.id}"
        elif places(str(message.id)) != places(str(message.string)):
            yield f"other places: {message.id}"
        if message.fuzzy:
            yield f"guessed: {message.id}"
    yield from (f"obsolete: {text}" for text in catalogue.obsolete)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> set[Key]:
    return texts_of(ROOT, tmp_path_factory.mktemp("texts"))


def test_every_text_stands_in_the_catalogue_and_nothing_else_does(texts: set[Key]) -> None:
    known = keys(read_catalogue())
    assert sorted(texts - known) == [], "`make words` adds them; then they want an English"
    assert sorted(known - texts) == [], "`make words` takes them out"
    assert len(texts) > 1000


def test_every_text_has_its_english_with_the_same_places() -> None:
    assert list(faults(read_catalogue())) == []


def test_no_english_has_japanese_in_it_but_what_is_quoted_as_an_example() -> None:
    quoted = ("やま-01", "令和8年12月1日", "12月5日", "末日", "《", "髙")
    left = [
        message.string
        for message in read_catalogue()
        if any("\u3041" <= sign <= "\u9fff" for sign in str(message.string))
        and not any(each in str(message.string) for each in quoted)
    ]
    assert left == []


def test_a_text_that_nobody_translated_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "service" / "planted" / "templates"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "service" / "web" / "templates" / "problem.html", folder)
    (folder / "new.html").write_text("<p>だれも訳していない文です。</p>", encoding="utf-8")
    (folder.parent / "words.py").write_text('X = ours({1: "表のことば"})\n', encoding="utf-8")
    missing = texts_of(tmp_path, tmp_path) - keys(read_catalogue())
    assert missing == {("", "だれも訳していない文です。"), ("", "表のことば")}


@pytest.mark.parametrize(
    ("text", "said", "fault"),
    [
        ("あと {n} 件", "", "empty"),
        ("あと {n} 件", "a few left", "other places"),
        ("<strong>だめ</strong>です", "<b>no</b>", "other places"),
        ("[if]まだ[else]もう[/if]です", "[if]not yet[/if]", "other places"),
    ],
)
def test_a_translation_that_is_not_whole_is_found(text: str, said: str, fault: str) -> None:
    catalogue = Catalog()
    catalogue.add(text, said)
    assert [each.split(":")[0] for each in faults(catalogue)] == [fault]


def test_a_guess_and_a_leftover_are_found() -> None:
    catalogue = Catalog()
    catalogue.add("保存", "Save", flags=["fuzzy"])
    catalogue.obsolete["前の文"] = catalogue["保存"]
    assert [each.split(":")[0] for each in faults(catalogue)] == ["guessed", "obsolete"]
