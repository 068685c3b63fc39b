"""Signs that hide, reorder or control are refused; whatever belongs to a name stays."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.exchange.catalogue_file import read_catalogue
from catalogue.terms.signs import (
    LINE_PATTERN,
    REF_PATTERN,
    TEXT_PATTERN,
    fit_document,
    fit_line,
    fit_text,
    unfit_sign,
)
from service.persons.exchange import read_people

# Format characters of Arabic, Syriac, Kaithi and hieroglyphs: they are seen, and mean a number.
SEEN = {
    *range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD,
    *range(0x13430, 0x13439),
}  # fmt: skip
JOINERS = {0x200C, 0x200D}
NAMES = [
    "髙橋", "\ufa19谷", "\ufa10本", "葛\U000e0100城", "神\ufe00", "ﾀﾅｶ ﾊﾅｺ", "か\u3099", "㈱社協",
    "\U00020bb7野家", "田中　花子", "\ue000田", "O'Brien-Ōe", "‐‑–—―−ー－", "👩‍🌾", "नमस्‍ते",
]  # fmt: skip


def test_every_control_and_format_character_of_unicode_is_refused_or_named_here() -> None:
    hiding = {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    }
    fit = {code for code in hiding if unfit_sign(f"a{chr(code)}b") is None}
    assert fit == SEEN | JOINERS | {0x09, 0x0A}
    in_a_line = {code for code in hiding if unfit_sign(f"a{chr(code)}b", one_line=True) is None}
    assert in_a_line == SEEN | JOINERS


def test_every_letter_mark_and_sign_of_unicode_stays() -> None:
    whole = "".join(
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code))[0] in "LMNPS"
    )
    assert fit_line(whole) == whole


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_sign_for_sign(name: str) -> None:
    assert fit_line(name) == name
    assert fit_text(f"{name}\n\t{name}\r\n") == f"{name}\n\t{name}\r\n"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("\0", 1),
        ("山\u200b田\ufeff", 2),
        ("abc\u202egnp", 4),
        ("a\rb", 2),
        ("a\r\n\rb", 4),
        ("\ud83d", 1),
        ("ab\ude00\ud83d", 3),
        ("\u200da", 1),
        ("a\u200d", 2),
        ("a\u200d\u200db", 2),
        ("\U000e0041", 1),
    ],
)
def test_the_refusal_says_where_and_never_what(text: str, at: int) -> None:
    assert unfit_sign(text) == at
    with pytest.raises(ValueError, match=f"^expected text .* \\(sign {at} is one\\)$") as told:
        fit_text(text)
    assert text not in str(told.value)


def test_a_line_ends_nowhere() -> None:
    assert [unfit_sign(text, one_line=True) for text in ("a\nb", "ab\n", "a\tb", "a\r\n")] == [
        2,
        3,
        2,
        2,
    ]


def test_a_document_is_looked_through_to_its_leaves_and_keys() -> None:
    assert fit_document({"a": [{"b": "c\n"}, 1, None]}) == {"a": [{"b": "c\n"}, 1, None]}
    for planted in ({"a": ["\0"]}, {"a": {"b": "\u202e"}}, {"a\nb": 1}, [["\x1b"]]):
        with pytest.raises(ValueError, match="hidden signs"):
            fit_document(planted)


@given(st.text(alphabet=st.sampled_from("あa \t\n\r\u200d\u200b\ufeff\x00\U000e0100"), max_size=8))
def test_the_published_pattern_is_the_rule_itself(text: str) -> None:
    published = re.compile(TEXT_PATTERN.removesuffix("$") + r"\Z")
    assert bool(published.match(text)) is (unfit_sign(text) is None)
    line = re.compile(LINE_PATTERN.removesuffix("$") + r"\Z")
    assert bool(line.match(text)) is (unfit_sign(text, one_line=True) is None)
    if re.match(REF_PATTERN.removesuffix("$") + r"\Z", text):
        assert text == text.strip()


CATALOGUE = """
format: deban-catalogue/1
municipality: みずうみ町
areas: [{id: east, name: "東\\u202e"}]
hosts: []
activities: []
"""
PEOPLE = """
format: deban-people/1
as_of: 2026-11-20
people:
- {id: p1, code: K-1, area: east, stage: at_home, consent: {shared_with: none}, note: "花\\u200b子",
   own_words: "", limits: [], load_ceiling: {}, windows: [], travel: {}}
"""


@pytest.mark.parametrize(
    ("read", "text", "place"),
    [(read_catalogue, CATALOGUE, "areas[0].name"), (read_people, PEOPLE, "people[0].note")],
)
def test_a_file_with_a_hidden_sign_is_refused_at_its_place(
    read: object, text: str, place: str
) -> None:
    assert callable(read)
    file, faults = read(text, name="town.yaml")
    assert file is None
    assert [fault.path for fault in faults] == [place]
    assert "hidden signs" in faults[0].expected
    assert "花" not in str(faults[0])
