"""One value, one place, one key: anything else is an error and never somebody's words."""

from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from service.encryption.keychain import place_of, unwrap, wrap
from service.encryption.keyfile import RingKey
from service.encryption.rules import (
    LEAST,
    DataKey,
    Ring,
    SealBroken,
    is_sealed,
    new_key,
    place,
    version_of,
)

KEY = DataKey(1, AESGCM(new_key()))
HERE = place("visit", "note", uuid4())


@given(st.binary(max_size=2000))
def test_what_is_sealed_is_opened_byte_for_byte(plain: bytes) -> None:
    sealed = KEY.seal(plain, HERE)
    assert KEY.open(sealed, HERE) == plain
    assert is_sealed(sealed)
    assert len(sealed) == LEAST + len(plain)


def test_the_same_words_never_look_the_same_twice() -> None:
    assert len({KEY.seal("人混みが苦手".encode(), HERE) for _ in range(100)}) == 100


def test_the_words_are_not_in_what_is_stored() -> None:
    needle = "人混みが苦手".encode()
    assert needle not in KEY.seal(needle * 20, HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [place("visit", "note", uuid4()), HERE.replace("note", "small_change")],
    ids=["another row", "another column"],
)
def test_what_was_sealed_for_another_row_or_column_is_broken(elsewhere: str) -> None:
    with pytest.raises(SealBroken):
        KEY.open(KEY.seal(b"words", elsewhere), HERE)


def test_without_a_place_the_same_swap_would_read_wrongly() -> None:
    """The control: a seal that is bound to no place gives somebody else's words."""
    hers, his = KEY.seal(b"hers", ""), KEY.seal(b"his", "")
    hers, his = his, hers
    assert KEY.open(hers, "") == b"his"


def test_what_another_owner_sealed_is_broken() -> None:
    with pytest.raises(SealBroken):
        KEY.open(DataKey(1, AESGCM(new_key())).seal(b"words", HERE), HERE)


@given(st.data())
def test_a_changed_byte_anywhere_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(KEY.seal("昼に起きる".encode(), HERE))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        KEY.open(bytes(sealed), HERE)


def test_a_version_that_was_written_over_is_noticed() -> None:
    sealed = DataKey(2, KEY.cipher).seal(b"words", HERE)
    assert version_of(sealed) == 2
    with pytest.raises(SealBroken):
        KEY.open(sealed[:2] + b"\x00\x01" + sealed[4:], HERE)


@pytest.mark.parametrize(
    "plain", [b"", b"words", b"\xde\xba", "人混み".encode() * 20, "text", None]
)
def test_what_was_never_sealed_is_known_as_such(plain: object) -> None:
    assert not is_sealed(plain)


def test_a_wrapped_key_opens_only_as_its_owners_and_with_the_file_it_was_made_with() -> None:
    key, owner = new_key(), uuid4()
    file, foreign = (RingKey("a", "2026-11-21", new_key()) for _ in range(2))
    at = place_of(Ring.PERSONS, owner, 1)
    wrapped = wrap(key, file, at)
    assert unwrap(wrapped, file, at) == key
    for by, where in (
        (foreign, at),
        (file, place_of(Ring.PERSONS, uuid4(), 1)),
        (file, place_of(Ring.CONFERENCE, owner, 1)),
        (file, place_of(Ring.PERSONS, owner, 2)),
    ):
        with pytest.raises(SealBroken):
            unwrap(wrapped, by, where)
