"""Files that cannot be read are told in one line, with an ending that says whose turn it is."""

from pathlib import Path

import pytest
import typer

from service.cli.reading import REFUSED, USAGE, content_of, read_or_refuse, refuse


def ending(path: Path) -> int:
    with pytest.raises(typer.Exit) as ended:
        content_of(path)
    return ended.value.exit_code


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\xff\x00")
    assert content_of(path) == b"\xff\x00"


def test_a_missing_file_and_a_folder_are_wrong_use(tmp_path: Path) -> None:
    assert ending(tmp_path / "nothing") == USAGE
    assert ending(tmp_path) == USAGE


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    assert ending(path / "below") == REFUSED


def test_a_refusal_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        refuse("this cannot be")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "deban: this cannot be\n")


@pytest.mark.parametrize(("number", "words"), [(1, "1 fault;"), (3, "3 faults;")])
def test_all_faults_are_told_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], number: int, words: str
) -> None:
    path = tmp_path / "file"
    path.write_text("x", encoding="utf-8")
    faults = [f"fault {at}" for at in range(number)]
    with pytest.raises(typer.Exit) as ended:
        read_or_refuse(path, lambda _text, _name: (None, faults))
    lines = capsys.readouterr().err.splitlines()
    assert lines[:-1] == faults
    assert words in lines[-1]
    assert ended.value.exit_code == REFUSED


def test_rows_that_are_whole_do_not_save_a_faulty_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(typer.Exit):
        read_or_refuse(path, lambda _text, _name: (object(), ["one fault"]))
