"""Turn a JSON text into the events that a YAML parser gives, so that both have lines."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Final

from yaml import events
from yaml.error import Mark

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s,:{}\[\]"]+')


class NotJson(ValueError):  # noqa: N818 - told to the reader as a fault
    """A text that is not JSON; ``line`` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


def parse(text: str) -> Iterator[events.Event]:
    """Give the events of a JSON text.

    Raises:
        NotJson: the text is not well-formed JSON.

    """
    _check(text)
    breaks = [found.start() for found in re.finditer("\n", text)]
    for found in _TOKEN.finditer(text):
        line = bisect_right(breaks, found.start())
        yield _event(found[0], Mark("", found.start(), line, 0, None, 0))


def _check(text: str) -> None:
    try:
        json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise NotJson(error.lineno, error.msg) from None
    except NotJson:
        raise
    except (RecursionError, ValueError):  # Python refuses numbers of thousands of digits
        raise NotJson(1, "too many levels or digits") from None


def _refuse(constant: str) -> Any:
    raise NotJson(1, f"{constant} is no number in JSON")


def _event(token: str, mark: Mark) -> events.Event:
    match token:
        case "{":
            return events.MappingStartEvent(None, None, True, mark, mark)
        case "[":
            return events.SequenceStartEvent(None, None, True, mark, mark)
        case "}":
            return events.MappingEndEvent(mark, mark)
        case "]":
            return events.SequenceEndEvent(mark, mark)
    quoted = token.startswith('"')
    value = json.loads(token) if quoted else token
    return events.ScalarEvent(None, None, (not quoted, quoted), value, mark, mark)
