"""Addresses of other systems of the office that are told the same as the mails say: look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from service.accounts.actions import Staff, require_step_up
from service.audit.keys import current_key, key_named
from service.encryption.keyfile import KeysMissing
from service.outbox import repository
from service.outbox.actions import tell
from service.outbox.calling import fits_url, secret_of
from service.outbox.tables import Webhook
from service.refusals import Kind, Refusal
from service.settings import Settings


class NoSuchWebhook(Refusal):
    kind: ClassVar = Kind.MISSING


class HostNotAllowed(Refusal):
    """The office's settings name no such host, or the address is none for notices."""

    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class MadeWebhook:
    """A webhook with the secret that its receiver checks signatures with; told this once."""

    webhook: Webhook
    secret: str


def list_webhooks(session: Session, staff: Staff) -> Sequence[Webhook]:
    return repository.webhooks(session, staff.municipality_id)


def add_webhook(
    session: Session, staff: Staff, url: str, *, at: datetime, settings: Settings
) -> MadeWebhook:
    """Let a host that the settings allow be told; and make the secret it knows us by."""
    require_step_up(staff, at)
    if not fits_url(url, settings):
        raise HostNotAllowed("this host is not among those that the office's settings allow")
    key_id, key = current_key(session)
    webhook = Webhook(
        municipality_id=staff.municipality_id, url=url, key_id=key_id, made_by=staff.id
    )
    session.add(webhook)
    session.flush()
    tell(session, staff, "webhook_added", at=at)
    return MadeWebhook(webhook, secret_of(key, webhook.id).hex())


def end_webhook(session: Session, staff: Staff, webhook_id: UUID, *, at: datetime) -> None:
    """Tell an address nothing more; what still waits for it goes in the same transaction."""
    webhook = repository.webhook_with(session, webhook_id)
    if webhook is None or webhook.municipality_id != staff.municipality_id:
        raise NoSuchWebhook("no such webhook")
    webhook.ended_at = at
    repository.drop_for_webhook(session, webhook.id, at=at)
    tell(session, staff, "webhook_ended", at=at)


def secret_for(session: Session, webhook: Webhook) -> bytes:
    """Work out what a webhook's messages are signed with; nothing where the key is missing."""
    try:
        key = key_named(session, webhook.key_id)
    except KeysMissing:
        return b""
    return secret_of(key, webhook.id)
