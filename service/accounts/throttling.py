"""How often somebody may try: counted in the database, so it is exact with any number of workers.

A bucket is one number: the moment at which it will be full of tries again. A try moves it on by one
interval, and is refused when it would come to lie further ahead than all tries together. Only
failures stay counted. Who is signed in already is asked by none of these.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import ClassVar, Final

from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from sqlmodel import Session

from service.accounts import repository
from service.database import transaction
from service.refusals import Kind, Refusal

HOUR: Final = 3600.0
# A household or an office has one such part of the newer addresses, and any number of addresses.
IPV6_PREFIX: Final = 64


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many tries at once, and as many again in an hour."""

    key: str
    tries: int

    @property
    def interval(self) -> float:
        return HOUR / self.tries


class TooManyTries(Refusal):
    """One bucket was empty; which one is told to nobody outside."""

    kind: ClassVar = Kind.TOO_OFTEN

    def __init__(self, empty: Bucket, *, wait: int) -> None:
        super().__init__("too many tries; please wait", retry_after=wait)
        self.empty = empty


def bucket(kind: str, said: str, tries: int) -> Bucket:
    """Return the bucket of a name or address; only a hash of it is kept."""
    digest = hashlib.sha256(f"{kind}\0{said}".encode("utf-8", "surrogatepass"))
    return Bucket(f"{kind}:{digest.hexdigest()}", tries)


def address_bucket(address: str, tries: int) -> Bucket:
    """Return the bucket of a client's address."""
    return bucket("address", network_of(address), tries)


def network_of(address: str) -> str:
    """Return what of an address cannot be changed at will."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:  # noqa: PLR2004 - the version's own name
        return str(known)
    return str(ipaddress.ip_network((known, IPV6_PREFIX), strict=False))


def take(bind: Engine | Connection, *buckets: Bucket, at: datetime) -> None:
    """Take one try of each bucket, or of none: refused when one of them is empty.

    In a transaction of its own: a try stays counted, however the request ends.
    """
    with transaction(bind) as session:
        take_in(session, *buckets, at=at)


def take_in(session: Session, *buckets: Bucket, at: datetime) -> None:
    """Take one try of each bucket in a transaction that ends before the try is looked at."""
    repository.sweep_buckets(session, at=at.timestamp())
    for each in buckets:
        _take(session, each, at)


def _take(session: Session, wanted: Bucket, at: datetime) -> None:
    moment = at.timestamp()
    room = wanted.interval * wanted.tries
    taken = repository.take_try(
        session, wanted.key, at=moment, interval=wanted.interval, most=moment + room
    )
    if not taken:
        full = repository.bucket_full_at(session, wanted.key)
        wait = max(1, ceil(full + wanted.interval - room - moment))
        raise TooManyTries(wanted, wait=wait)


def is_first(session: Session, said: str, *, at: datetime) -> bool:
    """Say whether this is said for the first time within an hour, on whichever worker."""
    once = bucket("said", said, 1)
    moment = at.timestamp()
    most = moment + once.interval
    return repository.take_try(session, once.key, at=moment, interval=once.interval, most=most)


def give_back(session: Session, *buckets: Bucket) -> None:
    """Give the try back that turned out to be right."""
    for each in buckets:
        repository.return_try(session, each.key, each.interval)
