"""Which rings of keys there are, and the one form of a sealed value."""

import os
import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.refusals import Kind, Refusal


class Ring(StrEnum):
    """Keys of one purpose; a key of one ring opens nothing of another."""

    PERSONS = "persons"
    CONFERENCE = "conference"
    DISCLOSURE = "disclosure"
    AUDIT = "audit"


class SealBroken(Refusal):
    """What is stored is not what was sealed in this place, or its key is gone."""

    kind = Kind.UNAVAILABLE


class UnsealedError(TypeError):
    """Something readable was about to be stored where only sealed values may stand."""


# Two bytes that no text begins with, then the version of the owner's key; both are authenticated.
MARK: Final = b"\xde\xba"
_HEADER: Final = struct.Struct(">2sH")
HEADER_BYTES: Final = _HEADER.size
NONCE: Final = 12
TAG: Final = 16
LEAST: Final = _HEADER.size + NONCE + TAG
KEY_BYTES: Final = 32
BROKEN: Final = "something stored here cannot be opened; the office's administrator has to look"


def new_key() -> bytes:
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def place(table: str, column: str, row: object) -> str:
    """Name the only place in which a sealed value may be opened."""
    return f"{table}.{column}:{row}"


@dataclass(frozen=True, slots=True)
class DataKey:
    """One version of an owner's key, ready for use."""

    version: int
    cipher: AESGCM

    def seal(self, plain: bytes, at: str) -> bytes:
        """Seal bytes for one place: header, nonce, ciphertext with its tag."""
        header = _HEADER.pack(MARK, self.version)
        nonce = os.urandom(NONCE)
        return header + nonce + self.cipher.encrypt(nonce, plain, header + at.encode())

    def open(self, sealed: bytes, at: str) -> bytes:
        """Open what was sealed for this place; anything else is broken."""
        if not is_sealed(sealed):
            raise SealBroken(BROKEN)
        header, nonce = sealed[: _HEADER.size], sealed[_HEADER.size : _HEADER.size + NONCE]
        ciphertext = sealed[_HEADER.size + NONCE :]
        try:
            return self.cipher.decrypt(nonce, ciphertext, header + at.encode())
        except InvalidTag:
            raise SealBroken(BROKEN) from None


def is_sealed(value: object) -> bool:
    """Say whether a value has the form of something sealed."""
    return isinstance(value, bytes) and len(value) >= LEAST and value.startswith(MARK)


def version_of(sealed: bytes) -> int:
    """Read which version of its owner's key a value, or its beginning, names."""
    if not sealed.startswith(MARK) or len(sealed) < HEADER_BYTES:
        raise SealBroken(BROKEN)
    version: int = _HEADER.unpack_from(sealed)[1]
    return version
