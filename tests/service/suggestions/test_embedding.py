"""A folder of vectors: read when it is set, refused when it is broken, and never looked for."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from pytest_socket import disable_socket, enable_socket
from safetensors.numpy import save_file
from sqlmodel import Session, select

from service.app import create_app
from service.settings import Settings
from service.suggestions.embedding import FILES, EmbeddingsFault, read_embedding
from service.suggestions.tables import Round, Tier
from tests.architecture.source import ROOT
from tests.embeddings import Numbers, put_embedding
from tests.factories import PASSWORD, Town, person_in
from tests.journeys.files import run
from tests.serving import AppOf

PATH = "/api/v1/suggestions"
LEAVES, PAPER = (1.0, 0.0), (0.0, 1.0)
WORDS: dict[str, Numbers] = {"落ち葉": LEAVES, "写経": PAPER, "ほうき": LEAVES}
# No vocabulary knows this word: only vectors can say what it is near to.
WISH = "ムラサキゾメ"

Break = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put_embedding(tmp_path / "vectors", WORDS)


@pytest.fixture
def proposed(app_of: AppOf, session: Session, town: Town) -> Callable[[str], list[str]]:
    """Ask with a folder set, and return the names of what is proposed, in order."""
    person = person_in(session, town, picture={"own_words": WISH, "windows": [], "travel": {}})
    names = {str(activity.id): name for name, activity in town.activities.items()}

    def ask(embeddings: str) -> list[str]:
        settings = Settings(secure_cookies=False, embeddings=embeddings)
        client = TestClient(app_of(settings))
        credentials = {"username": "csw", "password": PASSWORD}
        token = client.post("/api/v1/sessions", json=credentials).json()["token"]
        answer = client.post(
            PATH,
            json={"person_id": str(person.id)},
            headers={"authorization": f"Bearer {token}", "if-match": "*"},
        )
        assert answer.status_code == 201, answer.text
        body: dict[str, Any] = answer.json()
        shown = [each for tier in Tier for each in body[tier.value]]
        assert "nearness" not in {reason["code"] for each in shown for reason in each["reasons"]}
        return [names[each["activity"]] for each in shown]

    return ask


@pytest.mark.parametrize(
    ("near", "first", "second"), [(LEAVES, "leaves", "last_place"), (PAPER, "last_place", "leaves")]
)
def test_what_a_word_is_near_to_comes_first(
    proposed: Callable[[str], list[str]],
    tmp_path: Path,
    near: Numbers,
    first: str,
    second: str,
) -> None:
    words = {"お寺の庭": LEAVES, "写経": PAPER, WISH: near}
    found = proposed(str(put_embedding(tmp_path / "vectors", words)))
    assert found.index(first) < found.index(second)


def test_a_folder_that_knows_no_word_of_it_changes_nothing(
    proposed: Callable[[str], list[str]], folder: Path
) -> None:
    assert proposed(str(folder)) == proposed("")


def test_a_round_keeps_which_vectors_it_rested_on(
    proposed: Callable[[str], list[str]], session: Session, folder: Path
) -> None:
    proposed(str(folder))
    proposed("")
    found = read_embedding(str(folder))
    assert found is not None
    kept = {made.facts["embeddings"] for made in session.exec(select(Round))}
    assert kept == {found.version, None}


def test_no_folder_gives_no_vectors() -> None:
    assert read_embedding("") is None
    assert Settings().embeddings == ""


def test_the_setting_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("DEBAN_EMBEDDINGS", str(folder))
    assert Settings().embeddings == str(folder)


def test_texts_become_the_mean_of_the_words_that_are_known(folder: Path) -> None:
    found = read_embedding(str(folder))
    assert found is not None
    vectors = found(["落ち葉をほうきで", "写経の紙", "落ち葉と写経", "知らない", ""])
    halves = 0.5**0.5
    assert vectors.tolist() == [
        pytest.approx(each) for each in (LEAVES, PAPER, (halves, halves), (0.0, 0.0), (0.0, 0.0))
    ]
    assert found.size == (4, 2)


def test_the_version_is_that_of_the_files_and_not_of_their_place(tmp_path: Path) -> None:
    one, same = (read_embedding(str(put_embedding(tmp_path / n, WORDS))) for n in ("a", "b"))
    other = read_embedding(str(put_embedding(tmp_path / "c", WORDS | {"石": LEAVES})))
    assert one and same and other  # noqa: PT018 - one sentence: all are read
    assert one.version == same.version != other.version


def test_numbers_of_half_length_and_a_readme_are_read_too(folder: Path) -> None:
    """Folders as they are handed on are often smaller, and describe themselves."""
    rows = np.array([(0.0, 0.0), *WORDS.values()], np.float16)
    save_file({"embeddings": rows}, folder / "model.safetensors")
    (folder / "README.md").write_text("---\nlanguage: ja\n---\n# 言葉\n", encoding="utf-8")
    found = read_embedding(str(folder))
    assert found is not None
    assert found(["落ち葉"]).tolist() == [pytest.approx(LEAVES)]


def test_many_threads_may_ask_at_once(folder: Path) -> None:
    found = read_embedding(str(folder))
    assert found is not None
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: found(["落ち葉"]).tolist(), range(200)))
    assert answers == [[pytest.approx(LEAVES)]] * 200


def _without(name: str) -> Break:
    return lambda folder: (folder / name).unlink()


def _nonsense(name: str) -> Break:
    return lambda folder: (folder / name).write_bytes(b"{ not what it should be")


def _cut(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-8])


def _numbers(**tensors: Any) -> Break:
    return lambda folder: save_file(tensors, folder / "model.safetensors")


BROKEN: dict[str, Break] = {
    **{f"{name} missing": _without(name) for name in FILES},
    **{f"{name} nonsense": _nonsense(name) for name in FILES},
    "cut short": _cut,
    "too few numbers": _numbers(embeddings=np.ones((2, 2), np.float32)),
    "another name": _numbers(weights=np.ones((4, 2), np.float32)),
    "no finite numbers": _numbers(embeddings=np.full((4, 2), np.nan, np.float32)),
    "flat": _numbers(embeddings=np.ones(4, np.float32)),
}


@pytest.mark.parametrize("damage", BROKEN)
def test_a_broken_folder_is_a_fault_that_names_it_when_the_service_starts(
    folder: Path, tmp_path: Path, damage: str
) -> None:
    BROKEN[damage](folder)
    with pytest.raises(EmbeddingsFault, match="vectors"):
        create_app(Settings(database_url=f"sqlite:///{tmp_path}/x.db", embeddings=str(folder)))


@pytest.mark.parametrize("name", ["nowhere", "minishlab/some-model"])
def test_a_name_that_is_no_folder_is_never_asked_for_elsewhere(name: str) -> None:
    disable_socket()
    try:
        with pytest.raises(EmbeddingsFault, match="not found"):
            read_embedding(name)
    finally:
        enable_socket()


def test_a_folder_is_read_and_used_without_any_socket(folder: Path) -> None:
    code = (
        "import socket\n"
        "def never(*_, **__): raise SystemExit('a socket was opened')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = never\n"
        "from service.suggestions.embedding import read_embedding\n"
        f"found = read_embedding({str(folder)!r})\n"
        "found(['落ち葉'])\n"
        "import huggingface_hub.constants as hub\n"
        "print(hub.HF_HUB_OFFLINE)\n"
    )
    assert _alone(code) == "True"


def test_without_the_setting_nothing_of_it_is_imported() -> None:
    code = (
        "import sys\n"
        "from service.app import create_app\n"
        "from service.settings import Settings\n"
        "create_app(Settings(database_url='sqlite:///never-opened.db'))\n"
        "never = ('model2vec', 'tokenizers', 'safetensors', 'huggingface_hub')\n"
        "print(sorted(set(never) & set(sys.modules)))\n"
    )
    assert _alone(code) == "[]"


def test_without_the_library_the_fault_says_what_to_install(folder: Path) -> None:
    code = (
        "import sys\n"
        "sys.modules['model2vec'] = None\n"
        "from service.suggestions.embedding import EmbeddingsFault, read_embedding\n"
        "try:\n"
        f"    read_embedding({str(folder)!r})\n"
        "except EmbeddingsFault as fault:\n"
        "    print(fault)\n"
    )
    assert "requirements/embeddings.txt" in _alone(code)


def _alone(code: str) -> str:
    """Run a program in a process of its own, and return what it prints."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return finished.stdout.strip()


def test_the_doctor_counts_the_words(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("DEBAN_EMBEDDINGS", str(folder))
    assert "ok    embeddings: 4 words with 2 numbers each" in run("doctor").stdout


def test_the_doctor_says_that_none_are_set() -> None:
    assert "ok    embeddings: none (DEBAN_EMBEDDINGS is not set)" in run("doctor").stdout


@pytest.mark.parametrize("command", ["doctor", "serve"])
def test_a_broken_folder_ends_a_command_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, own_database: str, folder: Path, command: str
) -> None:
    (folder / "config.json").write_text(json.dumps([]), encoding="utf-8")
    (folder / "tokenizer.json").unlink()
    monkeypatch.setenv("DEBAN_EMBEDDINGS", str(folder))
    result = run(command, url=own_database)
    assert result.exit_code == 1
    assert "tokenizer.json not found" in result.output + result.stderr
