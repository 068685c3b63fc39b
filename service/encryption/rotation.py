"""New keys in the place of old ones, while everybody goes on working.

Everything happens in small transactions, and each of them leaves what it found readable: whoever is
killed in the middle runs the same command again. The key file remembers that it is not done.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from catalogue import repository as catalogue
from service.database import transaction
from service.encryption import repository
from service.encryption.columns import Sealed, SealedRecord, owner_in
from service.encryption.keychain import keychain, place_of, unwrap, wrap
from service.encryption.keyfile import KeyFile
from service.encryption.rules import Ring, SealBroken, version_of
from service.trail import Happening, record_event

AT_ONCE: Final = 200
# Whoever began before this still may write with the key that was newest then.
GRACE: Final = timedelta(hours=1)
# What the audit's keys have signed is not to be signed anew.
SEALING: Final = tuple(ring for ring in Ring if ring is not Ring.AUDIT)

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a ring is: what is stale still hangs on an older key."""

    ring: Ring
    current: str
    older: int
    keys: int
    stale_keys: int
    values: int
    stale_values: int


def standing(engine: sa.Engine, keys: KeyFile) -> list[Standing]:
    """Count what each ring holds, and what of it is stale: table by table, holding nobody up."""
    return [_of_ring(engine, ring, keys) for ring in SEALING if ring in keys.rings()]


def _of_ring(engine: sa.Engine, ring: Ring, keys: KeyFile) -> Standing:
    current = keys.current(ring).id
    used: list[repository.Used] = []
    for kind in sealed_kinds(ring):
        with transaction(engine) as session:
            used += repository.used(session, kind)
    with transaction(engine) as session:
        wraps = repository.wraps(session, ring)
        newest = repository.newest_versions(session, ring)
    return Standing(
        ring,
        current,
        older=len(keys.rings()[ring]) - 1,
        keys=sum(wraps.values()),
        stale_keys=sum(number for key_id, number in wraps.items() if key_id != current),
        values=sum(each.number for each in used),
        stale_values=sum(
            each.number for each in used if version_of(each.begins) != newest.get(each.owner)
        ),
    )


def sealed_kinds(ring: Ring) -> list[type[SealedRecord]]:
    """Return the tables with sealed columns of a ring, as far as their chapters are loaded."""
    found = (kind for kind in _below(SealedRecord) if kind.sealed_columns and kind.ring is ring)
    return sorted(found, key=lambda kind: str(kind.__tablename__))


def _below(kind: type[SealedRecord]) -> Iterator[type[SealedRecord]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def rotate(
    engine: sa.Engine, keys: KeyFile, *, data: bool, at: datetime, progress: Progress
) -> None:
    """Bring everything under new keys of the file; with ``data`` owners get new keys as well."""
    rings = tuple(ring for ring in SEALING if ring in keys.rings())
    what = keys.begin(rings, what="data" if data else "keys")
    for ring in rings:
        _rewrap(engine, keys, ring, progress)
        if what == "data":
            _renew(engine, keys, ring, progress)
            _reseal(engine, ring, progress)
    # Before it counts as finished: whoever is killed here says it twice, and never not at all.
    named = {str(ring): keys.current(ring).id for ring in rings}
    _tell(engine, Happening.KEY_ROTATED, at, named, what)
    keys.finish()


def bring_to_end(engine: sa.Engine, keys: KeyFile, *, at: datetime, progress: Progress) -> None:
    """Seal anew what was still written with an older key while a rotation ended; no new keys."""
    rings = [ring for ring in SEALING if ring in keys.rings()]
    for ring in rings:
        _rewrap(engine, keys, ring, progress)
        _reseal(engine, ring, progress)
    named = {str(ring): keys.current(ring).id for ring in rings}
    _tell(engine, Happening.KEY_ROTATED, at, named, "rest")


def _tell(
    engine: sa.Engine, what: Happening, at: datetime, facts: Mapping[str, str | int], how: str
) -> None:
    """Tell the audit of every municipality: the keys are the installation's."""
    with transaction(engine) as session:
        for tenant in catalogue.municipalities(session):
            record_event(
                session,
                municipality_id=tenant.id,
                account_id=None,
                event=what,
                at=at,
                detail={"how": how, **facts},
            )


def _rewrap(engine: sa.Engine, keys: KeyFile, ring: Ring, progress: Progress) -> None:
    """Wrap owners' keys with the current key of the file."""
    current, done = keys.current(ring), 0
    while True:
        with transaction(engine) as session:
            rows = repository.wrapped_otherwise(session, ring, current.id, limit=AT_ONCE)
            for row in rows:
                at = place_of(ring, row.owner_id, row.version)
                key = unwrap(row.wrapped, keys.named(ring, row.wrapped_by), at)
                row.wrapped, row.wrapped_by = wrap(key, current, at), current.id
        if not rows:
            return
        done += len(rows)
        progress(f"{ring}: keys wrapped anew", done)


def _renew(engine: sa.Engine, keys: KeyFile, ring: Ring, progress: Progress) -> None:
    """Give every owner a new key who has none that was made under the file's current one."""
    current, done = keys.current(ring).id, 0
    while True:
        with transaction(engine) as session:
            owners = repository.made_otherwise(session, ring, current, limit=AT_ONCE)
            rows = [
                keychain(session).row(
                    ring, each.owner_id, each.version + 1, municipality_id=each.municipality_id
                )
                for each in owners
            ]
            if rows:
                repository.keep(session.connection(), rows)
        if not rows:
            return
        done += len(rows)
        progress(f"{ring}: new keys of owners", done)


def _reseal(engine: sa.Engine, ring: Ring, progress: Progress) -> None:
    """Seal with the newest keys, until a look through all rows finds none that is stale."""
    for kind in sealed_kinds(ring):
        done = 0
        while stale := sum(_reseal_some(engine, kind, some) for some in _pages(engine, kind)):
            done += stale
            progress(f"{kind.__tablename__}: values sealed anew", done)


def _pages(engine: sa.Engine, kind: type[SealedRecord]) -> Iterator[list[UUID]]:
    after: UUID | None = None
    while True:
        with transaction(engine) as session:
            some = repository.ids_after(session, kind, after, limit=AT_ONCE)
        if not some:
            return
        yield some
        after = some[-1]


def _reseal_some(engine: sa.Engine, kind: type[SealedRecord], ids: list[UUID]) -> int:
    """Seal the stale values of some rows anew; one that somebody just changed is left to them."""
    with transaction(engine) as session:
        rows = repository.sealed_rows(session, kind, ids)
        chain = keychain(session)
        chain.fetch(kind.ring, {owner_in(kind, row) for row in rows})
        changes = [
            (row, column, sealed)
            for row in rows
            for column in kind.sealed_columns.values()
            if (sealed := _anew(session, kind, column, row)) is not None
        ]
        for row, column, sealed in changes:
            old = row[column.attribute]
            repository.exchange(session, kind, row["id"], column.attribute, old=old, new=sealed)
    return len(changes)


def _anew(
    session: Session, kind: type[SealedRecord], column: Sealed[Any], row: sa.RowMapping
) -> bytes | None:
    """Return a value sealed with its owner's newest key, or None if it is already."""
    old: bytes | None = row[column.attribute]
    if old is None:
        return None
    owner, at = owner_in(kind, row), column.place_of(row["id"])
    key = keychain(session).newest(kind.ring, owner)
    try:
        if key is None or version_of(old) == key.version:
            return None
        return key.seal(keychain(session).to_open(kind.ring, owner, old).open(old, at), at)
    except SealBroken:
        return None  # it stays stale, and the figures say so


def retire(
    engine: sa.Engine, keys: KeyFile, *, at: datetime, grace: timedelta = GRACE
) -> dict[Ring, tuple[int, int]]:
    """Drop keys that nothing hangs on any more: owners' old ones, then those of the file.

    Returns how many of each went, by ring. What was replaced within the grace stays.
    """
    gone: dict[Ring, tuple[int, int]] = {}
    for ring in SEALING:
        if ring in keys.rings():
            with transaction(engine) as session:
                versions = _retire_versions(session, ring, before=at - grace)
            idle = _idle_in_file(engine, keys, ring, before=at - grace)
            if versions or idle:
                facts = {"owners": versions, "file": len(idle)}
                _tell(engine, Happening.KEY_RETIRED, at, facts, ring)
            keys.drop(ring, idle)
            gone[ring] = versions, len(idle)
    return gone


def _retire_versions(session: Session, ring: Ring, *, before: datetime) -> int:
    used = {
        (each.owner, version_of(each.begins))
        for kind in sealed_kinds(ring)
        for each in repository.used(session, kind)
    }
    superseded = repository.superseded(session, ring, before=before)
    idle = [row for row in superseded if (row.owner_id, row.version) not in used]
    return repository.drop_versions(session, [row.id for row in idle])


def _idle_in_file(
    engine: sa.Engine, keys: KeyFile, ring: Ring, *, before: datetime
) -> frozenset[str]:
    if datetime.fromisoformat(keys.current(ring).made_at) > before:
        return frozenset()
    with transaction(engine) as session:
        named = repository.wraps(session, ring).keys()
    return _without(keys, ring, named)


def _without(keys: KeyFile, ring: Ring, named: Iterable[str]) -> frozenset[str]:
    *older, _ = keys.rings()[ring]
    return frozenset(key.id for key in older) - frozenset(named)
