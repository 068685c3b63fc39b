"""Words of a sentence in their normal form, by SudachiPy with the small dictionary."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

import jaconv
from sudachipy import Dictionary, SplitMode

# SudachiPy refuses more than 49,149 bytes at once; a chunk of this many characters is safe.
CHUNK: Final = 4000
_SENTENCE_END: Final = re.compile(r"[。．!?\n\r]+")
# Verbs and nouns that carry grammar, not meaning.
EMPTY: Final = frozenset(
    (
        "為る",
        "居る",
        "有る",
        "成る",
        "仕舞う",
        "下さる",
        "頂く",
        "致す",
        "御座る",
        "置く",
        "事",
        "こと",
        "物",
        "もの",
        "所",
        "為",
        "様",
        "訳",
        "わけ",
        "の",
        "等",
        "風",
        "感じ",
    )
)
_NO_CONTENT: Final = frozenset(("助詞", "助動詞", "補助記号", "空白", "接頭辞", "記号"))
_THREAD: Final = threading.local()
# Kinds of words by Sudachi's number: asking for the number is cheap, for the names is not.
_KINDS: Final[dict[int, tuple[str, str, str]]] = {}


class Token(NamedTuple):
    """One word: its surface, its normal form, its kind, and its place in the sentence.

    ``content`` says whether the word means something by itself, or negates.
    """

    surface: str
    lemma: str
    kind: str
    subkind: str
    form: str
    start: int
    end: int
    content: bool


def normalise(text: str) -> str:
    """Give full-width Latin and half-width kana their usual shape, in small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def fold(text: str) -> str:
    """Write katakana as hiragana, character for character."""
    return str(jaconv.kata2hira(text))


def sentences(text: str) -> Iterator[str]:
    """Cut normalised text at sentence ends and line breaks, and long ones into chunks."""
    for sentence in _SENTENCE_END.split(text):
        for start in range(0, len(sentence), CHUNK):
            yield sentence[start : start + CHUNK]


@cache
def _dictionary() -> Any:
    return Dictionary(dict="small")


def _tokenizer() -> Any:
    # A Sudachi tokenizer must not be used by two threads at once; the dictionary may be shared.
    if not hasattr(_THREAD, "tokenizer"):
        _THREAD.tokenizer = _dictionary().tokenizer()
    return _THREAD.tokenizer


def tokenize(sentence: str) -> list[Token]:
    """Split one normalised sentence into its shortest words (Sudachi mode A)."""
    return [_token(morpheme) for morpheme in _tokenizer().tokenize(sentence, SplitMode.A)]


def _token(morpheme: Any) -> Token:
    kind, subkind, form = _kind(morpheme)
    lemma, content = _lemma(morpheme.normalized_form(), kind)
    return Token(
        morpheme.surface(), lemma, kind, subkind, form, morpheme.begin(), morpheme.end(), content
    )


def _kind(morpheme: Any) -> tuple[str, str, str]:
    number = morpheme.part_of_speech_id()
    if number not in _KINDS:
        kind, subkind, _, _, _, form = morpheme.part_of_speech()
        _KINDS[number] = (kind, subkind, form)
    return _KINDS[number]


@lru_cache(maxsize=65536)
def _lemma(form: str, kind: str) -> tuple[str, bool]:
    """Give every negation one name, and say whether the word has content."""
    if form in ("無い", "ない") or (form == "ず" and kind == "助動詞"):
        return "ない", True
    return form, kind not in _NO_CONTENT and form not in EMPTY
