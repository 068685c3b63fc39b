"""The planted fault: the same service, but each worker counts tries in its own memory."""

from collections import Counter
from typing import Any

from fastapi import FastAPI

from service.accounts import throttling
from service.accounts.throttling import Bucket, TooManyTries
from service.app import create_app

_COUNTED: Counter[str] = Counter()


def count_here(_bind: Any, *buckets: Bucket, **_when: Any) -> None:
    """Count as a limiter in memory does: this process knows only of its own tries."""
    for bucket in buckets:
        _COUNTED[bucket.key] += 1
        if _COUNTED[bucket.key] > bucket.tries:
            raise TooManyTries(bucket, wait=1)


def forgetful_app() -> FastAPI:
    throttling.take = count_here
    return create_app()
