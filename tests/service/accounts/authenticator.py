"""A device that holds passkeys, in software: as the standard has it, or as a thief would."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url, encode_cbor

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
# COSE: an elliptic key (kty 2) for ES256 (-7) on P-256 (curve 1).
KTY, ALG, CURVE, X, Y = 1, 3, -1, -2, -3
ORIGIN: Final = "https://deban.example"
RP_ID: Final = "deban.example"


@dataclass
class Authenticator:
    """One key on one device. Nothing is checked here: a test says what is done wrong."""

    credential_id: bytes = b"a key of the office"
    origin: str = ORIGIN
    rp_id: str = RP_ID
    flags: int = PRESENT | VERIFIED
    count: int = 0
    key: Any = field(default_factory=lambda: generate_private_key(SECP256R1()))

    @property
    def name(self) -> str:
        return bytes_to_base64url(self.credential_id)

    def makes(self, challenge: str, label: str = "市の電話") -> dict[str, str]:
        """Answer a registration, without any attestation of who built the device."""
        length = len(self.credential_id).to_bytes(2, "big")
        data = self._data(self.flags | ATTESTED) + bytes(16) + length + self.credential_id
        attestation = {"fmt": "none", "attStmt": {}, "authData": data + self._public()}
        return {
            "label": label,
            "credential_id": self.name,
            "client_data": bytes_to_base64url(self._client_data("webauthn.create", challenge)),
            "attestation": bytes_to_base64url(encode_cbor(attestation)),
        }

    def signs(self, challenge: str, **changes: str) -> dict[str, str]:
        """Answer a sign-in."""
        self.count += 1
        data = self._data(self.flags)
        said = self._client_data(changes.pop("type", "webauthn.get"), challenge)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ECDSA(SHA256()))
        return {
            "credential_id": self.name,
            "client_data": bytes_to_base64url(said),
            "authenticator_data": bytes_to_base64url(data),
            "signature": bytes_to_base64url(signature),
        } | changes

    def _data(self, flags: int) -> bytes:
        place = hashlib.sha256(self.rp_id.encode()).digest()
        return place + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        return encode_cbor({KTY: 2, ALG: -7, CURVE: 1, X: x, Y: y})

    def _client_data(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()
