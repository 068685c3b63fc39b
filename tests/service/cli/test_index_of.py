"""The stateless commands use the roads that the office has set."""

import pytest
from typer import Exit

from matching.roads import Roads
from service.cli.inputs import gather, index_of
from service.demo.files import PEOPLE, TOWN
from tests.service.cli.test_showing import DAY


def test_without_settings_the_town_is_level() -> None:
    assert index_of(gather(TOWN, PEOPLE, as_of=DAY)).roads == Roads()


def test_detour_and_hills_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBAN_DETOUR", "1.6")
    monkeypatch.setenv("DEBAN_HILLS", "1.25")
    roads = index_of(gather(TOWN, PEOPLE, as_of=DAY)).roads
    assert roads == Roads(detour=1.6, hills=1.25)


def test_a_folder_without_vectors_ends_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEBAN_EMBEDDINGS", "no-such-folder")
    with pytest.raises(Exit):
        index_of(gather(TOWN, PEOPLE, as_of=DAY))
    assert capsys.readouterr().err.startswith("deban: ")
