"""Which signs a text may hold: everything that people can see, and what belongs to names.

Refused are control characters, half surrogate pairs, and the format characters of Unicode that
reorder or hide: they can make a text look like another one. Variation selectors stay (葛 with
U+E0100 is a name's own shape), and so do joiners between two signs.
"""

import re
from typing import Any, Final

# Format characters that show nothing and mean no letter: soft hyphen, marks and overrides of
# direction, zero-width spaces, separators of lines, byte order mark, annotation, tags, and those
# that steer musical or shorthand notation.
HIDDEN: Final = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
CONTROLS: Final = r"\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F"
BREAKS: Final = r"\u0009\u000A"
JOINERS: Final = "\u200c\u200d"
_NEVER: Final = f"{CONTROLS}{HIDDEN}{JOINERS}\\u000D"
# A carriage return is a part of a line's end, as Windows writes it, or nothing at all.
_SIGN: Final = f"(?:[^{_NEVER}]|\\u000D\\u000A)"
_ON_ONE_LINE: Final = f"[^{_NEVER}{BREAKS}]"
# Levels of a document; the library that writes answers gives up at some 250.
DEEPEST: Final = 32
# The same rule for programs (JSON Schema) and for us.
TEXT_PATTERN: Final = f"^(?:{_SIGN}+(?:[{JOINERS}]{_SIGN}+)*)?$"
LINE_PATTERN: Final = f"^(?:{_ON_ONE_LINE}+(?:[{JOINERS}]{_ON_ONE_LINE}+)*)?$"
# A name in files begins and ends with a sign that is no space.
REF_PATTERN: Final = f"^[^\\s{_NEVER}](?:[^{_NEVER}{BREAKS}]*[^\\s{_NEVER}])?$"

_TEXT: Final = re.compile(TEXT_PATTERN.removeprefix("^").removesuffix("$"))
_LINE: Final = re.compile(LINE_PATTERN.removeprefix("^").removesuffix("$"))
# Asked first: nearly every text has none of them.
_SUSPECT: Final = re.compile(f"[{_NEVER}{BREAKS}\ud800-\udfff]")


def unfit_sign(text: str, *, one_line: bool = False) -> int | None:
    """Return where the first sign stands that may not be kept, counted from 1; None: all may."""
    if not _SUSPECT.search(text):
        return None
    # Half a surrogate pair matches any class of signs, so it is looked for by itself.
    half = next((at for at, sign in enumerate(text) if "\ud800" <= sign <= "\udfff"), len(text))
    fit = (_LINE if one_line else _TEXT).match(text[:half])
    end = fit.end() if fit else 0
    return end + 1 if end < len(text) else None


def fit_text(text: str) -> str:
    """Refuse a text that holds a sign which hides, reorders or controls.

    Raises:
        ValueError: it does; the sentence says where, never what.

    """
    if at := unfit_sign(text):
        raise ValueError(f"expected text without control or hidden signs (sign {at} is one)")
    return text


def fit_line(text: str) -> str:
    """Refuse what fit_text refuses, and line ends and tabs as well.

    Raises:
        ValueError: the text holds one of them.

    """
    if at := unfit_sign(text, one_line=True):
        raise ValueError(
            f"expected text in one line, without control or hidden signs (sign {at} is one)"
        )
    return text


def fit_document(document: Any) -> Any:
    """Apply fit_text to every text inside a document of JSON, its keys too.

    Raises:
        ValueError: one of them holds an unfit sign, or it is deeper than any answer can be written.

    """
    _fit_level(document, DEEPEST)
    return document


def _fit_level(document: Any, left: int) -> None:
    if not left:
        raise ValueError(f"expected at most {DEEPEST} levels")
    if isinstance(document, str):
        fit_text(document)
    elif isinstance(document, dict):
        for key, value in document.items():
            fit_line(key)
            _fit_level(value, left - 1)
    elif isinstance(document, list):
        for value in document:
            _fit_level(value, left - 1)
