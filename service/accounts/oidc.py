"""Sign-in by a provider of the office (OpenID Connect): only for accounts that are here already.

The provider says who somebody is and nothing else: role and area stay what the admin gave. Its
addresses come from its own document, asked anew each time, so no process holds on to an old key.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Final

import httpx
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from service.accounts import actions, repository
from service.accounts.actions import Entered
from service.accounts.proving import Door
from service.accounts.tables import Handshake
from service.database import transaction
from service.refusals import Kind, Refusal
from service.settings import Settings

DOCUMENT: Final = "/.well-known/openid-configuration"
# Signed by the provider's own key; a shared secret or no signature at all proves nothing.
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
PATIENCE: Final = 5.0
LEEWAY: Final = 60
LASTS: Final = timedelta(minutes=10)


class NotByProvider(Refusal):
    """The provider's word does not open anything here; why is said to nobody outside."""

    kind: ClassVar = Kind.UNKNOWN_CALLER


class NoProvider(Refusal):
    kind: ClassVar = Kind.MISSING


@dataclass(frozen=True, slots=True)
class Way:
    """Where to send a browser, and the handle by which it is known when it comes back."""

    url: str
    handle: str


def set_out(door: Door, back: str, following: str) -> Way:
    """Begin a sign-in at the provider: a state, a nonce and a secret that only we know."""
    about = _about(door.settings)
    handle = secrets.token_urlsafe(32)
    handshake = Handshake(
        handle_hash=_hashed(handle),
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        following=following,
        expires_at=door.at + LASTS,
    )
    with transaction(door.bind) as session:
        repository.sweep_handshakes(session, at=door.at)
        session.add(handshake)
    with _client(door.settings, back) as client:
        url, _ = client.create_authorization_url(
            about["authorization_endpoint"],
            state=handshake.state,
            nonce=handshake.nonce,
            code_verifier=handshake.verifier,
        )
    return Way(str(url), handle)


def come_back(door: Door, back: str, *, handle: str, state: str, code: str) -> tuple[Entered, str]:
    """Take the provider's answer; sign the account in that it names, and say where to go on."""
    with transaction(door.bind) as session:
        handshake = repository.take_up_handshake(session, _hashed(handle), at=door.at)
    if handshake is None or not hmac.compare_digest(handshake.state.encode(), state.encode()):
        raise NotByProvider("the provider's answer belongs to no sign-in of this browser")
    claims = _claims(door.settings, back, code, handshake, at=door.at)
    username = str(claims.get(door.settings.oidc_claim, ""))
    with transaction(door.bind) as session:
        account = repository.account_named(session, username) if username else None
        if account is None or not account.active:
            raise NotByProvider("nobody here has this name")
        entered = actions.begin(session, account, at=door.at, settings=door.settings, whole=True)
    return entered, handshake.following


def _claims(
    settings: Settings, back: str, code: str, handshake: Handshake, *, at: datetime
) -> Mapping[str, Any]:
    """Exchange the code for a token, and read what the provider signed in it."""
    about = _about(settings)
    try:
        with _client(settings, back) as client:
            token = client.fetch_token(
                about["token_endpoint"], code=code, code_verifier=handshake.verifier
            )
        keys = KeySet.import_key_set(_fetched(about["jwks_uri"]))
        return verified(
            str(token["id_token"]), keys, settings=settings, nonce=handshake.nonce, at=at
        )
    except (OAuthError, JoseError, httpx.HTTPError, KeyError, ValueError) as wrong:
        raise NotByProvider("the provider's answer cannot be believed") from wrong


def verified(
    token: str, keys: KeySet, *, settings: Settings, nonce: str, at: datetime
) -> Mapping[str, Any]:
    """Return the claims of an ID token that this provider signed for us, now, for this sign-in."""
    read = jwt.decode(token, keys, algorithms=ALGORITHMS)
    claims = CodeIDToken(
        read.claims,
        read.header,
        {
            "iss": {"essential": True, "values": [settings.oidc_issuer]},
            "aud": {"essential": True, "values": [settings.oidc_client_id]},
            "nonce": {"essential": True, "value": nonce},
        },
        {"nonce": nonce, "client_id": settings.oidc_client_id},
    )
    claims.validate(now=int(at.timestamp()), leeway=LEEWAY)
    return dict(claims)


def _client(settings: Settings, back: str) -> OAuth2Client:
    path = settings.oidc_client_secret_file
    secret = Path(path).read_text(encoding="utf-8").strip() if path else None
    return OAuth2Client(
        client_id=settings.oidc_client_id,
        client_secret=secret,
        token_endpoint_auth_method="client_secret_basic" if secret else "none",
        scope="openid profile email",
        redirect_uri=back,
        code_challenge_method="S256",
        timeout=PATIENCE,
    )


def _about(settings: Settings) -> Mapping[str, Any]:
    """Ask the provider where it is asked for what; it has to be the one that the office named."""
    if not settings.oidc_issuer:
        raise NoProvider("this office has no provider")
    about: Mapping[str, Any] = _fetched(settings.oidc_issuer.rstrip("/") + DOCUMENT)
    if about.get("issuer") != settings.oidc_issuer:
        raise NotByProvider("this is not the provider that the office named")
    return about


def _fetched(url: str) -> Any:
    try:
        answer = httpx.get(url, timeout=PATIENCE)
        answer.raise_for_status()
        return answer.json()
    except (httpx.HTTPError, ValueError) as wrong:
        raise NotByProvider("the provider does not answer") from wrong


def _hashed(handle: str) -> str:
    return hashlib.sha256(handle.encode()).hexdigest()
