"""The stylesheet: whole without the package of tokens, the same with it, legible at night."""

import gzip
import re
from collections.abc import Mapping

import pytest

from service.web.assets import STATIC

SHEET = (STATIC / "deban.css").read_text(encoding="utf-8")
TOKENS = STATIC / "tokens.css"
ROOT = re.compile(r":root(?::not\(\.leaf, :has\(\.paper\)\))? \{(.*?)\}", re.DOTALL)
DEFINED = re.compile(r"(--[\w-]+):\s*([^;]+);")
READ = re.compile(r"var\((--[\w-]+)(?:,\s*([^()]+))?\)")
RAW = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|: (?:white|black|red|green|gr[ea]y)\b")
# Seen against each other, in words and as lines (WCAG 2.2: 1.4.3 and 1.4.11).
WORDS_ON = [
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink", "pine-wash"),
    ("ink", "sun-wash"),
    ("ink", "plum-wash"),
    ("ink-soft", "paper"),
    ("ink-soft", "sheet"),
    ("ink-soft", "sun-wash"),
    ("pine", "paper"),
    ("pine", "sheet"),
    ("pine-deep", "pine-wash"),
    ("on-pine", "pine"),
    ("on-pine", "pine-deep"),
    ("sun-deep", "sun-wash"),
    ("plum", "sheet"),
    ("plum", "plum-wash"),
    ("focus", "focus-ring"),
]
LINES_ON = [("line-strong", "sheet"), ("line-strong", "paper"), ("sun-line", "sheet")]
UNCHANGED = {"--focus", "--focus-ring"}


def modes(sheet: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the tokens by day and by night, each as the colour or length that it comes to."""
    blocks = ROOT.findall(sheet)
    by_day = dict(DEFINED.findall(blocks[0]))
    by_night = by_day | dict(DEFINED.findall(blocks[1]))
    return tuple(
        {name: come_to(said) for name, said in mode.items()} for mode in (by_day, by_night)
    )  # type: ignore[return-value]  # two of them


def come_to(said: str) -> str:
    found = READ.fullmatch(said.strip())
    return found[2].strip() if found and found[2] else said.strip()


def borrowed(sheet: str) -> dict[str, str]:
    """Return what is read from the package, with our own value beside it."""
    return {name: own.strip() for name, own in READ.findall(sheet) if own}


def differing(own: Mapping[str, str], package: str) -> list[str]:
    theirs = dict(DEFINED.findall(package))
    return [name for name, said in own.items() if theirs.get(name, "").strip() != said]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((brightness(one), brightness(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def brightness(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def raw_colours(sheet: str) -> list[str]:
    """Name colours that stand outside the tokens and would not follow the mode."""
    rules = re.sub(r"/\*.*?\*/", "", ROOT.sub("", sheet), flags=re.DOTALL)
    return [said for said in RAW.findall(rules) if said not in {"#555", "#ffffff"}]


def test_whatever_is_read_is_defined_here_or_has_its_own_value_beside_it() -> None:
    here = set(re.findall(r"(--[\w-]+):", SHEET))
    assert {name for name, own in READ.findall(SHEET) if not own} <= here
    assert not borrowed(SHEET).keys() & here
    assert len(borrowed(SHEET)) >= 15


def test_our_values_are_those_of_the_package_where_it_was_loaded() -> None:
    package = TOKENS.read_text(encoding="utf-8") if TOKENS.is_file() else ""
    assert package == "" or differing(borrowed(SHEET), package) == []
    # The control: another value and a name that is not there are both found.
    planted = ":root { --font-size-28: 1.75rem; --color-neutral-white: #fefefe; }"
    own = {"--font-size-28": "1.75rem", "--color-neutral-white": "#ffffff", "--none": "1"}
    assert differing(own, planted) == ["--color-neutral-white", "--none"]


@pytest.mark.parametrize("mode", [0, 1], ids=["day", "night"])
def test_words_and_lines_stand_out_by_day_and_by_night(mode: int) -> None:
    said = modes(SHEET)[mode]
    faint = {
        (front, back): round(contrast(said[f"--{front}"], said[f"--{back}"]), 2)
        for pairs, least in ((WORDS_ON, 4.5), (LINES_ON, 3.0))
        for front, back in pairs
        if contrast(said[f"--{front}"], said[f"--{back}"]) < least
    }
    assert faint == {}


def test_contrast_is_counted_as_the_standard_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # the standard's example
    assert contrast("#cccccc", "#ffffff") < 3


def test_every_colour_has_a_value_for_the_night() -> None:
    by_day = {name for name, said in modes(SHEET)[0].items() if said.startswith("#")}
    by_night = dict(DEFINED.findall(ROOT.findall(SHEET)[1]))
    assert by_day - by_night.keys() == UNCHANGED


def test_no_rule_has_a_colour_of_its_own() -> None:
    assert raw_colours(SHEET) == []
    assert raw_colours(":root { --a: #123456; } p { color: #123; background: rgb(0 0 0); }") != []


def test_the_dark_is_for_screens_and_never_for_paper() -> None:
    (asked,) = re.findall(r"@media ([^{]*prefers-color-scheme[^{]*)\{", SHEET)
    assert asked.startswith("screen and")


def test_the_sheet_is_light() -> None:
    assert len(gzip.compress(SHEET.encode())) <= 10_000
