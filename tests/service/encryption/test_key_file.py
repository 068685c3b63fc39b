"""The key file: made once, kept from others, refused in one sentence when something is amiss."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from service.encryption.keyfile import KeyFile, KeysMissing
from service.encryption.rules import Ring
from tests.keys import write_keys


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    made = KeyFile(tmp_path / "deban.keys")
    assert made.make()
    return made


def test_a_new_file_holds_one_whole_key_a_ring_and_is_for_its_owner_alone(keys: KeyFile) -> None:
    rings = keys.rings()
    assert set(rings) == set(Ring)
    assert [len(held) for held in rings.values()] == [1, 1, 1, 1]
    secrets = {held[0].secret for held in rings.values()}
    assert len(secrets) == 4
    assert {len(secret) for secret in secrets} == {32}
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600
    assert list(keys.path.parent.iterdir()) == [keys.path]


def test_a_file_that_is_there_is_never_written_over(keys: KeyFile) -> None:
    before = keys.path.read_bytes()
    assert not keys.make()
    assert keys.path.read_bytes() == before


def test_a_missing_file_is_refused_and_named(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing, match=r"there is no key file .*away\.keys"):
        KeyFile(tmp_path / "away.keys").current(Ring.PERSONS)


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o610])
def test_a_file_that_others_may_open_is_refused(keys: KeyFile, mode: int) -> None:
    keys.path.chmod(mode)
    with pytest.raises(KeysMissing, match="chmod 600"):
        KeyFile(keys.path).rings()


def test_a_file_that_only_its_owner_may_read_is_taken(keys: KeyFile) -> None:
    keys.path.chmod(0o400)
    assert KeyFile(keys.path).rings() == keys.rings()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"format": "deban-keys/2", "rings": {}}',
        b'{"format": "deban-keys/1", "rings": {"persons": []}}',
        b'{"format": "deban-keys/1", "rings": {"persons": [{"id": "secret-word", "key": "?"}]}}',
    ],
)
def test_a_file_of_another_form_is_refused_without_repeating_it(
    keys: KeyFile, content: bytes
) -> None:
    keys.path.write_bytes(content)
    with pytest.raises(KeysMissing) as refused:
        keys.rings()
    assert "secret-word" not in str(refused.value)


def test_a_key_that_is_too_short_is_refused(keys: KeyFile) -> None:
    whole = keys.path.read_text()
    key = whole.partition('"key": "')[2].partition('"')[0]
    keys.path.write_text(whole.replace(key, "c2hvcnQ="))
    with pytest.raises(KeysMissing, match="not whole"):
        keys.rings()


def test_a_key_that_the_database_names_and_the_file_lacks_is_refused(keys: KeyFile) -> None:
    with pytest.raises(KeysMissing, match="lacks the key 00aa of the ring persons"):
        keys.named(Ring.PERSONS, "00aa")


def test_a_file_may_hold_only_the_rings_that_its_process_needs(keys: KeyFile) -> None:
    rings = json.loads(keys.path.read_text())["rings"]
    few = {"format": "deban-keys/1", "rings": {"disclosure": rings["disclosure"]}}
    keys.path.write_text(json.dumps(few))
    assert keys.current(Ring.DISCLOSURE).id == rings["disclosure"][0]["id"]
    with pytest.raises(KeysMissing, match="has no ring persons"):
        keys.current(Ring.PERSONS)


def test_an_added_key_is_current_and_seen_by_a_reader_that_was_there_before(
    keys: KeyFile,
) -> None:
    reader = KeyFile(keys.path)
    first = reader.current(Ring.PERSONS)
    keys.begin([Ring.PERSONS], what="keys")
    newest = reader.current(Ring.PERSONS)
    assert newest != first
    assert reader.named(Ring.PERSONS, first.id) == first
    assert reader.current(Ring.AUDIT) == keys.rings()[Ring.AUDIT][0]
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600


def test_a_dropped_key_is_gone_and_the_current_one_stays(keys: KeyFile) -> None:
    first = keys.current(Ring.PERSONS)
    keys.begin([Ring.PERSONS], what="keys")
    newest = keys.current(Ring.PERSONS)
    keys.drop(Ring.PERSONS, frozenset({first.id, newest.id}))
    assert keys.rings()[Ring.PERSONS] == (newest,)


def test_whoever_rotates_at_once_goes_on_with_the_same_new_key(keys: KeyFile) -> None:
    rotating = [
        threading.Thread(
            target=KeyFile(keys.path).begin, args=([Ring.PERSONS],), kwargs={"what": "keys"}
        )
        for _ in range(8)
    ]
    for each in rotating:
        each.start()
    for each in rotating:
        each.join()
    assert len(keys.rings()[Ring.PERSONS]) == 2
    keys.finish()
    keys.begin([Ring.PERSONS], what="keys")
    assert len(keys.rings()[Ring.PERSONS]) == 3


def test_a_rotation_that_is_not_at_its_end_is_remembered_as_the_larger_one(keys: KeyFile) -> None:
    assert keys.unfinished() is None
    assert keys.begin([Ring.PERSONS], what="data") == "data"
    assert KeyFile(keys.path).begin([Ring.PERSONS], what="keys") == "data"
    assert KeyFile(keys.path).unfinished() == "data"
    keys.finish()
    assert keys.unfinished() is None


def test_no_secret_shows_when_a_key_is_printed(keys: KeyFile) -> None:
    key = keys.current(Ring.PERSONS)
    assert repr(key.secret) not in repr(keys.rings())
    assert "secret" not in repr(key)


def test_the_keys_of_all_tests_are_the_same_ones(tmp_path: Path, key_path: Path) -> None:
    write_keys(tmp_path / "again")
    shared = KeyFile(key_path).rings()  # a test of rotation may have put newer ones behind them
    for ring, keys in KeyFile(tmp_path / "again").rings().items():
        assert shared[ring][: len(keys)] == keys
    assert os.environ["DEBAN_KEY_FILE"] == str(key_path)
