"""The audit's keys, out of the key file: with the database alone nobody can forge a line."""

from sqlalchemy import Connection
from sqlmodel import Session

from service.encryption.keychain import keys_of
from service.encryption.rules import Ring


def current_key(session: Session) -> tuple[str, bytes]:
    """Return the id and the bytes of the key that new lines are tied with."""
    return _current(session.connection())


def key_named(session: Session, key_id: str) -> bytes:
    """Return the key that an older line was tied with, or refuse because it is missing."""
    return keys_of(session.connection()).named(Ring.AUDIT, key_id).secret


def _current(connection: Connection) -> tuple[str, bytes]:
    key = keys_of(connection).current(Ring.AUDIT)
    return key.id, key.secret
