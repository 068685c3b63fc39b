"""Carry a line to another system of the office: signed, to allowed hosts and addresses only."""

import hashlib
import hmac
import ssl
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final, Self
from uuid import UUID

import httpcore
import httpx
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from service.outbox.carrying import Carried
from service.outbox.composing import Parcel, body_of
from service.outbox.dialling import Blocked, GuardedNetwork, networks_of
from service.outbox.rules import Trouble, listed
from service.settings import Settings

PATIENCE: Final = 10.0
SCHEMES: Final = frozenset({"https", "http"})
# What says "not now" among the answers that otherwise say no.
LATER: Final = frozenset({408, 425, 429})
SECRET_BYTES: Final = 32


def secret_of(key: bytes, webhook_id: UUID) -> bytes:
    """Work a webhook's secret out from a key of the key file: the database holds none."""
    about = b"deban webhook " + webhook_id.bytes
    return HKDF(SHA256(), length=SECRET_BYTES, salt=None, info=about).derive(key)


def signature(secret: bytes, moment: str, body: bytes) -> str:
    """Sign a body together with the moment, so that an old one cannot be sent again later."""
    return "v1=" + hmac.new(secret, moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def fits_url(said: str, settings: Settings) -> bool:
    """Say whether the office lets notices go to this address at all."""
    try:
        url = httpx.URL(said)
    except httpx.InvalidURL:
        return False
    if url.scheme not in SCHEMES or url.userinfo or url.fragment:
        return False
    if url.scheme == "http" and not settings.webhook_networks:
        return False
    return url.host.lower() in listed(settings.webhook_hosts)


class GuardedTransport(httpx.BaseTransport):
    """Carries requests over a guarded network: no proxy, no other host, no redirect of its own."""

    def __init__(self, network: GuardedNetwork, trust: ssl.SSLContext) -> None:
        self.pool = httpcore.ConnectionPool(ssl_context=trust, network_backend=network)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; its answer's body is left where it is."""
        assert isinstance(request.stream, httpx.SyncByteStream)
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        answer = self.pool.handle_request(asked)
        answer.close()
        return httpx.Response(answer.status, headers=answer.headers)

    def __enter__(self) -> Self:
        self.pool.__enter__()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: types.TracebackType | None = None,
    ) -> None:
        self.pool.__exit__(exc_type, exc_value, traceback)


@contextmanager
def guarded_client(settings: Settings, *, encrypted: bool) -> Iterator[httpx.Client]:
    """Give a client that looks at whom it dials, and reads nothing from its surroundings."""
    named = networks_of(listed(settings.webhook_networks))
    network = GuardedNetwork(named, public=encrypted)
    with httpx.Client(
        transport=GuardedTransport(network, ssl.create_default_context()),
        trust_env=False,
        follow_redirects=False,
        timeout=PATIENCE,
    ) as client:
        yield client


def call(parcel: Parcel, settings: Settings, *, now: Callable[[], datetime]) -> Carried:
    """Tell a webhook; only an answer of success counts as told."""
    if not fits_url(parcel.to, settings):
        return Carried(Trouble.BLOCKED)
    if not parcel.secret:
        return Carried(Trouble.NOT_SET_UP)  # whom it is from could not be told
    body = body_of(parcel, origin=settings.origin)
    moment = str(int(now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Deban-Id": str(parcel.id),
        "Deban-Timestamp": moment,
        "Deban-Signature": signature(parcel.secret, moment, body),
    }
    encrypted = httpx.URL(parcel.to).scheme == "https"
    try:
        with guarded_client(settings, encrypted=encrypted) as client:
            answer = client.post(parcel.to, content=body, headers=headers)
    except Blocked:
        return Carried(Trouble.BLOCKED)
    except (httpx.HTTPError, httpcore.NetworkError, httpcore.TimeoutException, OSError):
        return Carried(Trouble.NO_ANSWER)
    except httpcore.ProtocolError:
        return Carried(Trouble.NOT_NOW)
    return _understood(answer.status_code)


def _understood(status: int) -> Carried:
    if httpx.codes.is_success(status):
        return Carried(None, status)
    later = status in LATER or httpx.codes.is_server_error(status)
    return Carried(Trouble.NOT_NOW if later else Trouble.REFUSED, status)
