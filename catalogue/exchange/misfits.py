"""What pydantic's errors mean to somebody who mends a file."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from catalogue.exchange.faults import describe

# What pydantic's kinds of error mean to somebody who mends a file. {…} is filled from the error.
EXPECTED: Final[Mapping[str, str]] = {
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "date_type": "a day as YYYY-MM-DD",
    "dict_type": "a mapping of keys and values",
    "enum": "one of {expected}",
    "finite_number": "a number",
    "float_type": "a number",
    "frozen_set_type": "a list",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "int_type": "a whole number",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "list_type": "a list",
    "literal_error": "{expected}",
    "model_attributes_type": "a mapping of keys and values",
    "model_type": "a mapping of keys and values",
    "string_pattern_mismatch": "text of the form {pattern}",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "at least {min_length} characters",
    "string_type": "text (numbers, yes and no need quotes to be text)",
    "time_type": "a time of day as HH:MM",
    "too_long": "at most {max_length} entries",
    "too_short": "at least {min_length} entries",
    "tuple_type": "a list",
}


def found_in(error: Mapping[str, Any], *, quote: bool = True) -> str:
    """Say what an error of pydantic found."""
    if error["type"] == "missing":
        return "no such key"
    if error["type"] == "extra_forbidden":
        return f"the unknown key {describe(error['loc'][-1], quote=quote)}"
    return describe(error["input"], quote=quote)


def expected_by(error: Mapping[str, Any], keys: Iterable[str]) -> str:
    """Say what an error of pydantic expected; ``keys`` are the keys of the format."""
    kind = error["type"]
    if kind == "missing":
        return f"the key '{error['loc'][-1]}'"
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(error["loc"][-1]), list(keys), n=1)
        return f"a known key, such as '{near[0]}'" if near else "only known keys"
    if kind == "value_error":
        # Our own checks word their message as what they expected.
        return str(error["ctx"]["error"]).removeprefix("expected ")
    facts = {name: _bound(value) for name, value in error.get("ctx", {}).items()}
    return EXPECTED[kind].format_map(facts) if kind in EXPECTED else str(error["msg"])


def _bound(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
