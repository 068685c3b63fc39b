"""The key file: the keys that wrap the keys, kept apart from the database and its backups."""

import base64
import fcntl
import json
import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from service import clock
from service.encryption.rules import KEY_BYTES, Ring, new_key
from service.refusals import Kind, Refusal

FORMAT: Final = "deban-keys/1"
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class KeysMissing(Refusal):
    """There is no key file, nobody but its owner is kept out of it, or it lacks a key."""

    kind = Kind.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class RingKey:
    """One key of the file; its id stands in the database beside what it wraps or signs."""

    id: str
    made_at: str
    secret: bytes = field(repr=False)


Rings = Mapping[Ring, tuple[RingKey, ...]]


def _made(now: datetime) -> RingKey:
    return RingKey(secrets.token_hex(6), now.isoformat(timespec="seconds"), new_key())


def _written(rings: Rings, unfinished: str | None) -> str:
    listed = {
        ring.value: [
            {"id": key.id, "made_at": key.made_at, "key": base64.b64encode(key.secret).decode()}
            for key in rings[ring]
        ]
        for ring in rings
    }
    written: dict[str, Any] = {"format": FORMAT, "rings": listed}
    if unfinished is not None:
        written["unfinished"] = unfinished
    return json.dumps(written, indent=2) + "\n"


def _read(content: str, path: Path) -> tuple[Rings, str | None]:
    try:
        known: dict[str, Any] = json.loads(content)
        rings = {
            Ring(ring): tuple(
                RingKey(each["id"], each["made_at"], base64.b64decode(each["key"], validate=True))
                for each in listed
            )
            for ring, listed in known["rings"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        # never the content: an error's message ends in logs
        raise KeysMissing(f"{path} is no key file of the form {FORMAT}") from None
    if known.get("format") != FORMAT or not all(map(_whole, rings.values())):
        raise KeysMissing(f"{path} is no key file of the form {FORMAT}, or a key is not whole")
    return rings, known.get("unfinished")


def _whole(keys: tuple[RingKey, ...]) -> bool:
    return bool(keys) and all(len(key.secret) == KEY_BYTES for key in keys)


class KeyFile:
    """The rings of a file; read again when it has changed, so that no worker needs a restart."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None
        self._known: tuple[Rings, str | None] = {}, None

    def current(self, ring: Ring) -> RingKey:
        """Return the newest key of a ring; the host side's file may lack some rings."""
        try:
            return self.rings()[ring][-1]
        except KeyError:
            raise KeysMissing(f"{self.path} has no ring {ring}") from None

    def named(self, ring: Ring, key_id: str) -> RingKey:
        """Return the key that the database names, or refuse."""
        found = next((key for key in self.rings().get(ring, ()) if key.id == key_id), None)
        if found is None:
            raise KeysMissing(
                f"{self.path} lacks the key {key_id} of the ring {ring}, which the database names:"
                " put the key file back that belongs to this database"
            )
        return found

    def rings(self) -> Rings:
        """Return every ring, as the file says now."""
        return self._now()[0]

    def unfinished(self) -> str | None:
        """Say which rotation is not at its end: of "keys", or of "data" with them."""
        return self._now()[1]

    def _now(self) -> tuple[Rings, str | None]:
        try:
            found = self.path.stat()
        except OSError:
            raise KeysMissing(
                f"there is no key file {self.path} (DEBAN_KEY_FILE): put it back from where keys"
                " are kept; deban migrate makes one only for a database without sealed rows"
            ) from None
        seen = (found.st_mtime_ns, found.st_ino, found.st_size)
        if seen != self._seen:
            if found.st_mode & OTHERS:
                raise KeysMissing(f"{self.path} can be read by others: chmod 600 {self.path}")
            self._known, self._seen = _read(self._content(), self.path), seen
        return self._known

    def _content(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise KeysMissing(f"{self.path} cannot be read by this user") from None

    def make(self) -> bool:
        """Write a new file with one key a ring; one that is there stays, and False is said."""
        beside = self._beside({ring: (_made(clock.moment()),) for ring in Ring}, None)
        try:
            self.path.hardlink_to(beside)
        except FileExistsError:
            return False
        finally:
            beside.unlink()
        _keep(self.path.parent)
        return True

    def begin(self, rings: Iterable[Ring], *, what: str) -> str:
        """Give each of these rings a new current key, and remember that a rotation has begun.

        One that was not brought to its end goes on instead. Returns what is to be rotated.
        """
        with self._alone():
            known, unfinished = dict(self.rings()), self.unfinished()
            if unfinished is None:
                known |= {ring: (*known[ring], _made(clock.moment())) for ring in rings}
            what = "data" if "data" in {what, unfinished} else what
            self._replace(known, what)
        return what

    def finish(self) -> None:
        """Remember that the rotation is at its end."""
        with self._alone():
            self._replace(self.rings(), None)

    def drop(self, ring: Ring, key_ids: frozenset[str]) -> None:
        """Take keys out for good; the current one always stays."""
        with self._alone():
            known = dict(self.rings())
            *older, newest = known[ring]
            known[ring] = (*(key for key in older if key.id not in key_ids), newest)
            self._replace(known, self.unfinished())

    def _replace(self, rings: Rings, unfinished: str | None) -> None:
        self._beside(rings, unfinished).replace(self.path)
        _keep(self.path.parent)

    def _beside(self, rings: Rings, unfinished: str | None) -> Path:
        """Write a whole file under another name, so that nobody ever reads half of one."""
        path = self.path.with_name(f".{self.path.name}.{secrets.token_hex(6)}")
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(_written(rings, unfinished))
            file.flush()
            os.fsync(file.fileno())
        return path

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep a second rotation out while the file is changed."""
        opened = os.open(
            self.path.with_name(f".{self.path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600
        )
        try:
            fcntl.flock(opened, fcntl.LOCK_EX)
            yield
        finally:
            os.close(opened)


def _keep(folder: Path) -> None:
    """Make sure that a name in a folder outlasts a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
