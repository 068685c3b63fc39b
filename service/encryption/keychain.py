"""The keys that one transaction has in hand: unwrapped when first needed, forgotten at its end."""

import os
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine, event
from sqlmodel import Session

from catalogue.record import now
from service.encryption import repository
from service.encryption.keyfile import KeyFile, KeysMissing, RingKey
from service.encryption.rules import BROKEN, NONCE, DataKey, Ring, SealBroken, new_key, version_of
from service.settings import Settings

OPTION: Final = "deban_keys"
_CHAIN: Final = "deban_keychain"
_AT_ONCE: Final = 1000


@cache
def key_file(path: str) -> KeyFile:
    """Return the one reader of a key file in this process."""
    return KeyFile(Path(path))


def keys_of(bind: Engine | Connection) -> KeyFile:
    """Return the key file of an engine: the one it was opened with, or that of the settings."""
    given = bind.get_execution_options().get(OPTION)
    return given if isinstance(given, KeyFile) else key_file(Settings().key_file)


def wrap(key: bytes, by: RingKey, at: str) -> bytes:
    """Seal an owner's key with one of the key file, for one row."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(by.secret).encrypt(nonce, key, at.encode())


def unwrap(wrapped: bytes, by: RingKey, at: str) -> bytes:
    """Open an owner's key; another owner's, or one of a foreign file, is broken."""
    try:
        return AESGCM(by.secret).decrypt(wrapped[:NONCE], wrapped[NONCE:], at.encode())
    except InvalidTag:
        raise SealBroken(BROKEN) from None


def place_of(ring: Ring, owner_id: UUID, version: int) -> str:
    """Name the only row in which a wrapped key may be opened."""
    return f"data_key:{ring.value}:{owner_id}:{version}"


class Keychain:
    """Owners' keys of one transaction."""

    def __init__(self, connect: Callable[[], Connection], keys: KeyFile) -> None:
        self.keys = keys
        self._connect = connect
        self._held: dict[tuple[Ring, UUID], dict[int, DataKey]] = {}

    def fetch(self, ring: Ring, owners: Collection[UUID]) -> None:
        """Take the keys of many owners in hand with one statement."""
        wanted = {owner for owner in owners if (ring, owner) not in self._held}
        for some in _parts(wanted):
            for owner in some:
                self._held[ring, owner] = {}
            for row in repository.keys_of(self._connect(), ring, some):
                at = place_of(ring, row.owner_id, row.version)
                key = unwrap(row.wrapped, self._named(ring, row.wrapped_by), at)
                self._held[ring, row.owner_id][row.version] = DataKey(row.version, AESGCM(key))

    def holds(self, ring: Ring, owner: UUID) -> bool:
        """Say whether this owner has been asked for already."""
        return (ring, owner) in self._held

    def forget(self, ring: Ring, owner: UUID) -> None:
        """Put an owner's keys out of hand."""
        self._held.pop((ring, owner), None)

    def to_open(self, ring: Ring, owner: UUID, sealed: bytes) -> DataKey:
        """Return the key that a value was sealed with; one that was made meanwhile is found."""
        version = version_of(sealed)
        self.fetch(ring, {owner})
        if version not in self._held[ring, owner]:
            del self._held[ring, owner]
            self.fetch(ring, {owner})
        try:
            return self._held[ring, owner][version]
        except KeyError:
            raise SealBroken(BROKEN) from None

    def newest(self, ring: Ring, owner: UUID) -> DataKey | None:
        """Return the newest key of an owner who may have none."""
        self.fetch(ring, {owner})
        held = self._held[ring, owner]
        return held[max(held)] if held else None

    def to_seal(self, ring: Ring, owner: UUID, *, municipality_id: UUID) -> DataKey:
        """Return the newest key of an owner, who gets a first one if there is none."""
        self.make(ring, {owner: municipality_id})
        held = self._held[ring, owner]
        return held[max(held)]

    def make(self, ring: Ring, owners: Mapping[UUID, UUID]) -> None:
        """Give each owner who has none a first key; the mapping names their municipalities."""
        self.fetch(ring, owners)
        missing = [owner for owner in owners if not self._held[ring, owner]]
        if not missing:
            return
        rows = [self.row(ring, owner, 1, municipality_id=owners[owner]) for owner in missing]
        repository.keep(self._connect(), rows)
        for owner in missing:
            del self._held[ring, owner]
        self.fetch(ring, missing)

    def row(
        self, ring: Ring, owner: UUID, version: int, *, municipality_id: UUID
    ) -> dict[str, Any]:
        """Return a new key's row, wrapped by the current key of the file."""
        by = self._current(ring)
        return {
            "id": uuid4(),
            "created_at": now(),
            "municipality_id": municipality_id,
            "ring": ring,
            "owner_id": owner,
            "version": version,
            "made_under": by.id,
            "wrapped_by": by.id,
            "wrapped": wrap(new_key(), by, place_of(ring, owner, version)),
        }

    def _current(self, ring: Ring) -> RingKey:
        try:
            return self.keys.current(ring)
        except KeysMissing as missing:
            raise _told(missing) from missing

    def _named(self, ring: Ring, key_id: str) -> RingKey:
        try:
            return self.keys.named(ring, key_id)
        except KeysMissing as missing:
            raise _told(missing) from missing


def _told(missing: KeysMissing) -> SealBroken:
    """Tell the log what is the matter, and the caller only that something is."""
    structlog.get_logger().error("keys_missing", said=str(missing))
    return SealBroken(BROKEN)


def _parts(owners: set[UUID]) -> list[tuple[UUID, ...]]:
    listed = sorted(owners)
    return [tuple(listed[at : at + _AT_ONCE]) for at in range(0, len(listed), _AT_ONCE)]


def keychain(session: Session) -> Keychain:
    """Return the keys that this session's transaction has in hand."""
    found = session.info.get(_CHAIN)
    if not isinstance(found, Keychain):
        found = session.info[_CHAIN] = Keychain(session.connection, keys_of(session.get_bind()))
    return found


def _forget(session: Session, *_: object) -> None:
    # A key whose row was rolled back must seal nothing more; nor is any held between transactions.
    session.info.pop(_CHAIN, None)


event.listen(Session, "after_soft_rollback", _forget)
event.listen(Session, "after_commit", _forget)
