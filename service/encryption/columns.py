"""Sealed columns: a plain value in Python, and only ciphertext in the database.

``note: Sealed[str] = Sealed(str)`` in a table's class maps a column ``note`` of bytes to the
attribute ``sealed_note``. The value is opened when somebody reads it, and sealed when the session
flushes. What is as by default ("" for a text) is stored as nothing at all.
"""

import copy
import json
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final, Generic, Self, TypeVar, overload
from uuid import UUID

import structlog
from pydantic import ConfigDict, TypeAdapter
from sqlalchemy import Column, Dialect, LargeBinary, event
from sqlalchemy.orm import object_session
from sqlalchemy.orm.attributes import set_attribute
from sqlalchemy.sql.expression import SQLColumnExpression
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session
from sqlmodel.main import SQLModelMetaclass

from catalogue.record import TenantRecord
from service.encryption.keychain import Keychain, keychain
from service.encryption.rules import DataKey, Ring, SealBroken, UnsealedError, is_sealed, place

Value = TypeVar("Value")
_OPENED: Final = "_opened"
_EMPTY: Final = object()
_ANYTHING: Final[TypeAdapter[Any]] = TypeAdapter(Any)


class Pending:
    """A value that was set and is not sealed yet; the column's type refuses it."""

    __slots__ = ("plain",)

    def __init__(self, plain: object) -> None:
        self.plain = plain


class SealedBytes(TypeDecorator[bytes]):
    """A column that takes nothing but what was sealed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - one form everywhere
        if value is None:
            return None
        if not isinstance(value, bytes) or not is_sealed(value):
            raise UnsealedError("a sealed column takes only what was sealed")
        return value


def written(value: object) -> bytes:
    """Write a value as bytes, sign for sign; even half a surrogate pair comes back."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    document = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return document.encode("utf-8", "surrogatepass")


def _plain(value: object) -> Any:
    """Say a day, an id or a model in JSON's own words."""
    return _ANYTHING.dump_python(value, mode="json")


class Sealed(Generic[Value]):
    """One sealed column of a table, and the road to its value."""

    @overload
    def __init__(self: "Sealed[Value]", kind: type[Value]) -> None: ...
    @overload
    def __init__(self: "Sealed[Value | None]", kind: type[Value], *, default: None) -> None: ...

    def __init__(self, kind: Any, *, default: Any = _EMPTY) -> None:
        self.kind: type[Any] = getattr(kind, "__origin__", kind)
        self.default = self.kind() if default is _EMPTY else default

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self.name = name
        self.attribute = f"sealed_{name}"
        self.owner = owner
        setattr(
            owner, self.attribute, Column(name, SealedBytes(), key=self.attribute, nullable=True)
        )
        owner.sealed_columns = {**owner.sealed_columns, name: self}

    @overload
    def __get__(self, row: None, owner: object) -> Self: ...
    @overload
    def __get__(self, row: "SealedRecord", owner: object) -> Value: ...

    def __get__(self, row: "SealedRecord | None", owner: object) -> Any:
        if row is None:
            return self
        held = getattr(row, self.attribute)
        if held is None:
            return copy.copy(self.default)
        if isinstance(held, Pending):
            return held.plain
        opened: dict[str, tuple[bytes, Any]] = row.__dict__.setdefault(_OPENED, {})
        known = opened.get(self.name)
        if known is None or known[0] is not held:
            known = opened[self.name] = (held, self._opened_in(row, held))
        return known[1]

    def __set__(self, row: "SealedRecord", value: Value) -> None:
        self.check(value)
        if value == self.default:
            set_attribute(row, self.attribute, None)
            return
        held = getattr(row, self.attribute)
        known = row.__dict__.get(_OPENED, {}).get(self.name)
        if known is not None and known[0] is held and known[1] == value:
            return  # as it was: nothing to seal and nothing to write
        set_attribute(row, self.attribute, Pending(value))

    @property
    def column(self) -> SQLColumnExpression[Any]:
        """Return the column of ciphertext, for a statement that picks columns."""
        found: SQLColumnExpression[Any] = getattr(self.owner, self.attribute)
        return found

    def check(self, value: object) -> None:
        """Refuse a value of another kind, before it is too late to say where it came from."""
        kinds = (float, int) if self.kind is float else self.kind
        if not isinstance(value, kinds) and value != self.default:
            raise TypeError(f"{self.place_of('…')} takes {self.kind.__name__}")

    def place_of(self, row_id: object) -> str:
        """Name the place of this column in a row."""
        return place(self.owner.__tablename__, self.name, row_id)

    def seal(self, value: Any, key: DataKey, row_id: UUID) -> bytes:
        """Seal a value for this column of a row."""
        return key.seal(written(value), self.place_of(row_id))

    def open(self, sealed: bytes, key: DataKey, row_id: UUID) -> Any:
        """Open what was sealed for this column of a row."""
        plain = key.open(sealed, self.place_of(row_id)).decode("utf-8", "surrogatepass")
        return plain if self.kind is str else json.loads(plain)

    def opened(
        self, session: Session, sealed: bytes | None, *, row_id: UUID, owner_id: UUID
    ) -> Value:
        """Open a value that a statement picked by its column."""
        if sealed is None:
            value: Value = copy.copy(self.default)
            return value
        return self._opened(keychain(session), sealed, row_id=row_id, owner_id=owner_id)

    def _opened_in(self, row: "SealedRecord", sealed: bytes) -> Value:
        session = object_session(row)
        if not isinstance(session, Session):
            raise LookupError("read outside its transaction")  # noqa: TRY004 - no type is wrong
        chain, owner_id = keychain(session), row.key_owner_id
        if not chain.holds(row.ring, owner_id):
            # a list opens all of its rows, so the keys of all come with the first
            chain.fetch(row.ring, _owners_in(session, row.ring))
        return self._opened(chain, sealed, row_id=row.id, owner_id=owner_id)

    def _opened(self, chain: Keychain, sealed: bytes, *, row_id: UUID, owner_id: UUID) -> Value:
        try:
            key = chain.to_open(self.owner.ring, owner_id, sealed)
            value: Value = self.open(sealed, key, row_id)
        except SealBroken:
            structlog.get_logger().error("seal_broken", place=self.place_of("…"))
            raise
        return value


class SealedMeta(SQLModelMetaclass):
    """Keeps pydantic from taking a sealed column, annotated for the type checker, for a field."""

    def __new__(
        cls, name: str, bases: tuple[type[Any], ...], known: dict[str, Any], **options: Any
    ) -> Any:
        annotated = known.get("__annotations__", {})
        plain = {each: kind for each, kind in annotated.items() if not _is_sealed(known.get(each))}
        return super().__new__(cls, name, bases, known | {"__annotations__": plain}, **options)


def _is_sealed(value: object) -> bool:
    return isinstance(value, Sealed)


class SealedRecord(TenantRecord, metaclass=SealedMeta):
    """A row with sealed columns; ``key_owner`` names the columns that say whose key it is."""

    model_config = ConfigDict(ignored_types=(Sealed,))  # type: ignore[assignment]  # a private kind

    ring: ClassVar[Ring] = Ring.PERSONS
    key_owner: ClassVar[tuple[str, ...]] = ("person_id", "municipality_id")
    sealed_columns: ClassVar[dict[str, Sealed[Any]]] = {}

    def __init__(self, **data: Any) -> None:
        columns = type(self).sealed_columns
        plain = {name: data.pop(name) for name in columns.keys() & data.keys()}
        super().__init__(**data)
        for name, value in plain.items():
            setattr(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        sealed = type(self).sealed_columns.get(name)
        if sealed is None:
            super().__setattr__(name, value)
        else:
            sealed.__set__(self, value)

    @property
    def key_owner_id(self) -> UUID:
        """Return whose key seals this row."""
        return owner_in(type(self), {name: getattr(self, name, None) for name in self.key_owner})

    def told(self) -> dict[str, Any]:
        """Return every column's value, opened; ``model_dump`` gives only what is not sealed."""
        return self.model_dump() | {name: getattr(self, name) for name in type(self).sealed_columns}


def owner_in(kind: type[SealedRecord], values: Mapping[Any, Any]) -> UUID:
    """Return whose key seals a row with these values."""
    found: UUID = next(values[name] for name in kind.key_owner if values.get(name) is not None)
    return found


def prefetch(session: Session, owners: Iterable[UUID], *, ring: Ring = Ring.PERSONS) -> None:
    """Take the keys of many owners in hand at once, for statements that pick columns."""
    keychain(session).fetch(ring, set(owners))


def sealed_values(
    session: Session, kind: type[SealedRecord], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a row's values for a bulk statement, sealed where they have to be."""
    sealed = kind.sealed_columns
    given = {name: value for name, value in values.items() if name not in sealed}
    chosen = {name: values[name] for name in sealed if values.get(name) != sealed[name].default}
    given |= {column.attribute: None for column in sealed.values()}
    if chosen:
        key = keychain(session).to_seal(
            kind.ring, owner_in(kind, values), municipality_id=values["municipality_id"]
        )
        for name, value in chosen.items():
            sealed[name].check(value)
            given[sealed[name].attribute] = sealed[name].seal(value, key, values["id"])
    return given


def opened(
    session: Session,
    kind: type[SealedRecord],
    column: str,
    sealed: bytes | None,
    *,
    row_id: UUID,
    owner_id: UUID,
) -> Any:
    """Open a value that a statement picked by its column's name."""
    return kind.sealed_columns[column].opened(session, sealed, row_id=row_id, owner_id=owner_id)


def _owners_in(session: Session, ring: Ring) -> set[UUID]:
    return {
        row.key_owner_id
        for row in session.identity_map.values()
        if isinstance(row, SealedRecord) and row.ring is ring
    }


def _waiting(row: SealedRecord) -> list[tuple[Sealed[Any], Pending]]:
    """Return the columns of a row whose values are not sealed yet."""
    found = ((each, row.__dict__.get(each.attribute)) for each in type(row).sealed_columns.values())
    return [(column, held) for column, held in found if isinstance(held, Pending)]


def _seal_waiting(session: Session, *_: object) -> None:
    """Seal everything that is about to be written; new owners get their keys all at once."""
    rows = [
        (row, waiting)
        for row in (*session.new, *session.dirty)
        if isinstance(row, SealedRecord) and (waiting := _waiting(row))
    ]
    if not rows:
        return
    chain = keychain(session)
    for ring in {row.ring for row, _ in rows}:
        chain.make(
            ring, {row.key_owner_id: row.municipality_id for row, _ in rows if row.ring is ring}
        )
    for row, waiting in rows:
        key = chain.to_seal(row.ring, row.key_owner_id, municipality_id=row.municipality_id)
        for column, pending in waiting:
            sealed = column.seal(pending.plain, key, row.id)
            set_attribute(row, column.attribute, sealed)
            row.__dict__.setdefault(_OPENED, {})[column.name] = (sealed, pending.plain)


event.listen(Session, "before_flush", _seal_waiting)
