"""No text, however broken, raises: it is read or its faults are told, each in one line."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.exchange.catalogue_file import read_catalogue, schemas
from catalogue.exchange.document import read_document
from catalogue.exchange.faults import Path as Steps

SMALL = (Path(__file__).parent / "data" / "small.yaml").read_text("utf-8")
VALUES = read_document(SMALL, name="small.yaml").values
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(["2026-02-30", "25:00", "FREQ=WEEKLY", "allergen:", "09:30"])
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=8,
)


def steps(value: Any, path: Steps = ()) -> Iterator[Steps]:
    yield path
    parts: Any = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for step, part in parts:
        yield from steps(part, (*path, step))


def replaced(path: Steps, value: Any) -> Any:
    if not path:
        return value
    whole = copy.deepcopy(VALUES)
    place = whole
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return whole


@given(text=st.text() | st.binary() | st.text(alphabet="ab:-[]{}&*!?\"'\n\t #|>%@`,0.~<"))
def test_any_text_is_read_or_told(text: str | bytes) -> None:
    file, faults = read_catalogue(text, name="any", good_rows_only=True)
    assert file is not None or faults


@given(path=st.sampled_from(list(steps(VALUES))), value=TREES)
def test_any_value_at_any_place_is_read_or_told(path: Steps, value: Any) -> None:
    text = json.dumps(replaced(path, value), ensure_ascii=False)
    strict, faults = read_catalogue(text, name="any")
    assert (strict is None) == bool(faults)
    lenient, _ = read_catalogue(text, name="any", good_rows_only=True)
    assert strict is None or lenient == strict
    lines = text.count("\n") + 1
    assert all("\n" not in str(fault) and 1 <= fault.line <= lines for fault in faults)
    assert list(faults) == sorted(faults)


@given(path=st.sampled_from(list(steps(VALUES))))
def test_a_key_that_nobody_knows_is_told_wherever_it_stands(path: Steps) -> None:
    place = VALUES
    for step in path:
        place = place[step]
    if not isinstance(place, dict):
        return
    text = json.dumps(replaced(path, {**place, "zzz": 1}), ensure_ascii=False)
    _, faults = read_catalogue(text, name="any")
    assert [fault.path.rpartition(".")[2] for fault in faults] == ["zzz"]


@given(path=st.sampled_from(list(steps(VALUES))), value=TREES)
def test_what_is_kept_of_a_faulty_file_is_a_whole_file(path: Steps, value: Any) -> None:
    text = json.dumps(replaced(path, value), ensure_ascii=False)
    kept, _ = read_catalogue(text, name="any", good_rows_only=True)
    if kept is not None:
        again = json.dumps(kept.model_dump(mode="json"), ensure_ascii=False)
        assert read_catalogue(again, name="again") == (kept, ())


def test_the_schema_agrees_with_the_reader() -> None:
    (schema,) = schemas().values()
    file, _ = read_catalogue(SMALL, name="small.yaml")
    assert file is not None
    written = file.model_dump(mode="json")
    jsonschema.validate(written, schema)
    written["activities"][0]["colour"] = "red"
    with pytest.raises(jsonschema.ValidationError, match="colour"):
        jsonschema.validate(written, schema)
