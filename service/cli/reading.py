"""Read files for a command; say in one line each what is wrong with them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, TypeVar

import typer

Read = TypeVar("Read")
REFUSED = 1
USAGE = 2
LARGEST_BYTES = 200_000_000

Reader = Callable[[bytes, str], tuple[Read | None, Sequence[object]]]


def refuse(sentence: str, *, code: int = REFUSED) -> NoReturn:
    """End the command with a sentence on standard error."""
    typer.echo(f"deban: {sentence}", err=True)
    raise typer.Exit(code)


def content_of(path: Path) -> bytes:
    """Return a file's bytes, or end the command with a sentence that says why not."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            refuse(f"{path}: larger than {LARGEST_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except FileNotFoundError:
        refuse(f"{path}: there is no such file", code=USAGE)
    except IsADirectoryError:
        refuse(f"{path}: this is a folder, not a file", code=USAGE)
    except OSError as error:
        refuse(f"{path}: cannot be read ({error.strerror})")


def read_or_refuse(path: Path, read: Reader[Read]) -> Read:
    """Read a file, or list all its faults and end the command."""
    found, faults = read(content_of(path), str(path))
    for fault in faults:
        typer.echo(str(fault), err=True)
    if found is None or faults:
        number = len(faults)
        refuse(f"{path}: {number} fault{'' if number == 1 else 's'}; nothing was taken in")
    return found
