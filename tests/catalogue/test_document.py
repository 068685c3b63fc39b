"""Reading text: values, lines, and every way in which a form can be broken."""

import json

import pytest

from catalogue.exchange.document import SIZE_TOP, read_document
from catalogue.exchange.faults import Fault, describe, path_text
from catalogue.exchange.tree import DEPTH_TOP


def only_fault(text: str | bytes) -> Fault:
    document = read_document(text, name="a.yaml")
    assert document.values is None
    (fault,) = document.faults
    return fault


def test_plain_words_become_values_and_quoted_words_stay_text() -> None:
    text = """
    whole: 12
    minus: -3
    number: 35.7
    power: 1.5e3
    truth: yes
    lie: False
    nothing: null
    tilde: ~
    empty:
    time: 09:30
    day: 2026-11-20
    zeros: 007
    quoted: '12'
    double: "no"
    """
    assert read_document(text, name="a.yaml").values == {
        "whole": 12,
        "minus": -3,
        "number": 35.7,
        "power": 1500.0,
        "truth": True,
        "lie": False,
        "nothing": None,
        "tilde": None,
        "empty": None,
        "time": "09:30",
        "day": "2026-11-20",
        "zeros": "007",
        "quoted": "12",
        "double": "no",
    }


def test_every_path_has_its_line() -> None:
    document = read_document("a:\n  b:\n  - 1\n  - c: 2\n    d:\n      3\n", name="a.yaml")
    assert document.values == {"a": {"b": [1, {"c": 2, "d": 3}]}}
    lines = {path: document.line_of(path) for path in [(), ("a",), ("a", "b"), ("a", "b", 1, "c")]}
    assert lines == {(): 1, ("a",): 1, ("a", "b"): 2, ("a", "b", 1, "c"): 4}
    assert document.line_of(("a", "b", 1, "d")) == 5


def test_a_path_that_is_not_there_has_the_line_of_what_surrounds_it() -> None:
    document = read_document("a: 1\nb:\n- x\n- y: 2\n", name="a.yaml")
    assert document.line_of(("b", 1, "z", "deeper")) == 4


def test_json_gives_the_same_values_as_yaml_with_lines() -> None:
    values = {"a": [1, 2.5, True, None, "09:30", '"\\/\n', "😀"], "b": {"c": {}}, "d": []}
    text = json.dumps(values, indent=1)
    document = read_document(text, name="a.json")
    assert document.values == values
    assert document.line_of(("a", 1)) == 4
    assert document.line_of(("b", "c")) == text[: text.index('"c"')].count("\n") + 1


def test_json_keeps_the_words_yes_and_no_as_text() -> None:
    assert read_document('{"a": "yes", "b": "12"}', name="a.json").values == {"a": "yes", "b": "12"}


def test_an_alias_gives_the_anchored_value_again() -> None:
    document = read_document("a: &x [1, 2]\nb: *x\n", name="a.yaml")
    assert document.values == {"a": [1, 2], "b": [1, 2]}
    assert document.faults == ()


def test_a_key_that_stands_twice_is_told_with_its_path_and_line() -> None:
    document = read_document("a:\n- b: 1\n  b: 2\n", name="a.yaml")
    assert document.faults == (Fault("a.yaml", 3, "a[0].b", "the key again", "each key once"),)


def test_a_key_that_stands_twice_is_told_in_json_too() -> None:
    document = read_document('{"a": 1,\n "a": 2}', name="a.json")
    assert [fault.line for fault in document.faults] == [2]


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("a:\n\t- b\n", 2, "a tab"),
        ("a: [1\n", 2, "broken form"),
        ("a: 1\nb: 'x\n", 2, "broken form"),
        ("a: 1\n--- \nb: 2\n", 2, "second document"),
        ("a: *nobody\n", 1, "the alias"),
        ("a: &x [*x]\n", 1, "the alias"),
        ("a: 1\n? [1, 2]\n: b\n", 2, "as a key"),
        ("a: &x b\n*x : 2\n", 2, "an alias as a key"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "the tag"),
        ("a: 1\nb: !!python/name:os.system x\n", 2, "the tag"),
        ("a: 1\nb: \x07\n", 2, "control character"),
        (b"a: 1\nb: \xff\xfe\n", 2, "not UTF-8"),
        ("ほげ: 1\n".encode("cp932"), 1, "not UTF-8"),
        ('{"a": 1,\n "b": }', 2, "broken form"),
        ('{"a": NaN}', 1, "broken form"),
        ('{"a": 1} {"b": 2}', 1, "broken form"),
        ('{"a": ' + "9" * 5000 + "}", 1, "digits"),
        ("[" * 100_000, 1, "broken form"),
        ("{" * 50 + "}" * 50, 1, "broken form"),
        ("[" * (DEPTH_TOP + 1) + "]" * (DEPTH_TOP + 1), 1, "too many levels"),
        ("a: " + "[" * 3000 + "]" * 3000, 1, ""),
    ],
)
def test_a_broken_form_is_one_fault_with_its_line(text: str | bytes, line: int, found: str) -> None:
    fault = only_fault(text)
    assert fault.line == line
    assert found in fault.found


def test_aliases_cannot_unfold_into_a_bomb() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    fault = only_fault("\n".join(lines))
    assert fault.found == "aliases that unfold without end"
    assert fault.line <= 6


def test_a_text_beyond_all_measure_is_refused_unread() -> None:
    assert only_fault(b"a" * (SIZE_TOP + 1)).found == f"{SIZE_TOP + 1} bytes"


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_document(b"\xef\xbb\xbfa: 1", name="a.yaml").values == {"a": 1}
    assert read_document("\ufeffa: 1", name="a.yaml").values == {"a": 1}


def test_an_empty_text_has_no_values_and_no_fault_of_form() -> None:
    document = read_document("", name="a.yaml")
    assert (document.values, document.faults) == (None, ())


def test_a_fault_is_one_line() -> None:
    fault = Fault("town.yaml", 12, "a[3].b", "7", "4 or less")
    assert str(fault) == "town.yaml:12: a[3].b: found 7, expected 4 or less"
    assert str(Fault("t", 1, "", "x", "y")) == "t:1: found x, expected y"


def test_a_path_is_written_with_dots_and_brackets() -> None:
    assert path_text(("activities", 3, "minutes", "min")) == "activities[3].minutes.min"
    assert path_text((0, "a")) == "[0].a"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "nothing (null)"),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (0.5, "0.5"),
        ([1, 2], "a list of 2"),
        ({"a": 1}, "a mapping"),
        ("", "empty text"),
        ("blade", "'blade'"),
        ("二つ\nの行", "'二つ の行'"),
        ("x" * 50, f"'{'x' * 40}…'"),
    ],
)
def test_a_value_is_described_shortly(value: object, said: str) -> None:
    assert describe(value) == said


@pytest.mark.parametrize("value", ["母が心配", "two words", "x" * 41])
def test_free_words_are_not_repeated_without_leave(value: str) -> None:
    assert describe(value, quote=False) == "text"
    assert describe("not_a_kind", quote=False) == "'not_a_kind'"
