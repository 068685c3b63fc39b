"""Checking rows: what is noted, what is kept, and in what order it is told."""

from pydantic import BaseModel

from catalogue.exchange.document import read_document
from catalogue.exchange.rows import Checker, keys_of
from catalogue.terms import Form, Ref, Title

TOWN = """
areas:
- {id: east, name: 東}
- {id: west, name: 7}
- {id: east, name: 西, near: west}
- 12
hosts:
- {id: mill, area: east}
- {id: shelf, area: north}
- {id: 5, area: [east]}
"""


class Place(Form):
    id: Ref
    name: Title


class Inner(BaseModel):
    colour: str = ""


class Outer(BaseModel):
    inner: Inner
    size: int = 0


def checker(text: str = TOWN, *, quote: bool = True) -> Checker:
    return Checker(read_document(text, name="town.yaml"), quote=quote)


def places(check: Checker) -> list[tuple[int, str]]:
    return [(fault.line, fault.path) for fault in check.faults]


def test_rows_that_pass_keep_their_place_in_the_file() -> None:
    check = checker()
    assert check.rows(Place, "areas") == [(0, Place(id="east", name="東"))]
    assert places(check) == [(4, "areas[1].name"), (5, "areas[2].near"), (6, "areas[3]")]


def test_a_section_that_is_absent_or_no_list_has_no_rows() -> None:
    for text in ("a: 1", "areas: 5", "areas:", "[]", ""):
        check = checker(text)
        assert check.rows(Place, "areas") == []
        assert check.faults == ()


def test_a_name_that_stands_again_is_told_at_its_second_place() -> None:
    check = checker()
    check.unique("areas")
    assert places(check) == [(5, "areas[2].id")]


def test_names_of_faulty_rows_are_known_too() -> None:
    assert checker().names("areas") == {"east", "west"}
    assert checker().names("hosts", "area") == {"east", "north"}


def test_a_reference_to_nothing_is_told_and_no_other_kind_of_value() -> None:
    check = checker()
    check.refer("hosts", "area", frozenset({"east"}))
    (fault,) = check.faults
    assert (fault.line, fault.path, fault.found) == (9, "hosts[1].area", "'north'")


def test_only_rows_without_a_fault_are_sound() -> None:
    check = checker()
    rows = check.rows(Place, "areas")
    assert check.sound("areas", rows) == rows
    check.add(("areas", 0, "id"), found="x", expected="y")
    assert check.sound("areas", rows) == []


def test_a_repeated_key_makes_its_row_unsound() -> None:
    check = checker("areas:\n- {id: a, name: b}\n- id: c\n  name: d\n  name: e\n")
    rows = check.rows(Place, "areas")
    assert [at for at, _ in rows] == [0, 1]
    assert [at for at, _ in check.sound("areas", rows)] == [0]


def test_the_eleventh_row_is_not_taken_for_the_first() -> None:
    rows = "\n".join(f"- {{id: a{at}, name: b}}" for at in range(11))
    check = checker(f"areas:\n{rows}\n- id: a11\n  name: x\n  name: y\n")
    sound = check.sound("areas", check.rows(Place, "areas"))
    assert [at for at, _ in sound] == list(range(11))


def test_the_same_fault_is_told_once() -> None:
    check = checker()
    for _ in range(2):
        check.add(("areas", 0), found="x", expected="y")
    assert len(check.faults) == 1


def test_keys_of_inner_forms_are_known_for_near_misses() -> None:
    assert keys_of(Outer) == {"inner", "size", "colour"}
    check = checker()
    assert check.form(Outer, {"inner": {}}) == Outer(inner=Inner())


def test_a_near_miss_is_offered() -> None:
    check = checker("areas:\n- {id: a, nam: b}\n")
    check.rows(Place, "areas")
    assert {fault.expected for fault in check.faults} == {
        "a known key, such as 'name'",
        "the key 'name'",
    }


def test_without_leave_no_free_word_is_repeated_not_even_as_a_key() -> None:
    check = checker("areas:\n- {id: a, name: [母の名], 電話番号: 1}\n", quote=False)
    check.rows(Place, "areas")
    told = "\n".join(map(str, check.faults))
    assert "母" not in told
    assert "電話" not in told
    assert {path for _, path in places(check)} == {"areas[0].name", "areas[0].?"}
