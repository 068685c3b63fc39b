"""What an office does with its keys: make them, hold them against the database, destroy one."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from service.encryption import repository
from service.encryption.keychain import keychain
from service.encryption.keyfile import KeyFile
from service.encryption.rules import Ring
from service.encryption.tables import WrappedKey


def make_keys(engine: sa.Engine, keys: KeyFile) -> bool:
    """Make the key file if there is none and nothing is sealed; say whether one was made."""
    if keys.path.exists():
        return False
    with engine.connect() as connection:
        if sa.inspect(connection).has_table(str(WrappedKey.__tablename__)) and (
            repository.named_keys(connection)
        ):
            keys.rings()  # says that it is missing
    return keys.make()


def check_keys(engine: sa.Engine, keys: KeyFile) -> None:
    """Refuse a key file that is missing, open to others, or lacks what the database names."""
    keys = KeyFile(keys.path)  # read afresh: who may open the file can change without its content
    keys.rings()
    with engine.connect() as connection:
        for ring, key_ids in repository.named_keys(connection).items():
            for key_id in sorted(key_ids):
                keys.named(ring, key_id)


def destroy_key(session: Session, owner_id: UUID, *, ring: Ring = Ring.PERSONS) -> int:
    """Delete every version of an owner's key: what it sealed can be opened nowhere any more."""
    keychain(session).forget(ring, owner_id)
    return repository.drop(session, ring, owner_id)
