"""What passkeys look like over HTTP: bytes travel as base64url."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from catalogue.terms.values import Line
from service.accounts.passkeys import Answer
from service.accounts.schemas import FORBID

LONGEST_LABEL = 60
Bytes = Annotated[Line, Field(min_length=1, max_length=20_000, pattern=r"^[A-Za-z0-9_-]+$")]
CredentialId = Annotated[Line, Field(min_length=1, max_length=1400, pattern=r"^[A-Za-z0-9_-]+$")]


class PasskeyIn(BaseModel):
    """A new key, as the device answered; ``label`` is what its owner calls it."""

    model_config = FORBID

    label: Line = Field(min_length=1, max_length=LONGEST_LABEL)
    credential_id: CredentialId
    client_data: Bytes
    attestation: Bytes

    def answer(self) -> Answer:
        parts = {"attestationObject": self.attestation}
        return Answer(self.credential_id, self.client_data, parts)


class PasskeyShownIn(BaseModel):
    """A challenge, as a passkey signed it."""

    model_config = FORBID

    credential_id: CredentialId
    client_data: Bytes
    authenticator_data: Bytes
    signature: Bytes

    def answer(self) -> Answer:
        parts = {"authenticatorData": self.authenticator_data, "signature": self.signature}
        return Answer(self.credential_id, self.client_data, parts)


class PasskeyOptionsOut(BaseModel):
    """What the browser is to ask the device with, in the words of the standard."""

    public_key: dict[str, Any]


class PasskeyOut(BaseModel):
    id: UUID
    label: str
    created_at: datetime
    last_used_at: datetime | None


class PasskeysOut(BaseModel):
    items: list[PasskeyOut]
