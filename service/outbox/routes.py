"""Dead letters and webhooks over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request

from service.accounts.access import AccountManager, DeliveryMender
from service.clock import Moment
from service.database import SessionDep
from service.outbox import actions, webhooks
from service.outbox.schemas import (
    ClosingIn,
    LetterOut,
    MadeWebhookOut,
    WebhookIn,
    WebhookOut,
    WebhooksOut,
)
from service.refusals import Kind
from service.web.paging import After, Limit, Page, page_of
from service.web.problems import documented

router = APIRouter(prefix="/api/v1", tags=["notices"])


@router.get("/dead-letters", response_model=Page[LetterOut], responses=documented())
def list_dead_letters(
    session: SessionDep, staff: DeliveryMender, after: After = None, limit: Limit = 50
) -> Page[LetterOut]:
    """List the notices that did not arrive and that nobody has looked after yet."""
    found = actions.dead_letters(session, staff.municipality_id, after=after, limit=limit)
    return page_of([LetterOut.of(letter) for letter in found], limit)


@router.post(
    "/dead-letters/{line_id}/retry",
    response_model=None,
    status_code=204,
    responses=documented(Kind.MISSING),
)
def send_again(line_id: UUID, session: SessionDep, staff: DeliveryMender, at: Moment) -> None:
    """Let one be tried again from the start."""
    actions.send_again(session, staff, line_id, at=at)


@router.post(
    "/dead-letters/{line_id}/closing",
    response_model=None,
    status_code=204,
    responses=documented(Kind.MISSING),
)
def close(
    line_id: UUID, body: ClosingIn, session: SessionDep, staff: DeliveryMender, at: Moment
) -> None:
    """Let one go, with the reason."""
    actions.close(session, staff, line_id, body.reason, at=at)


@router.get("/webhooks", response_model=WebhooksOut, responses=documented())
def list_webhooks(session: SessionDep, staff: AccountManager) -> WebhooksOut:
    """List the other systems that are told to look."""
    found = webhooks.list_webhooks(session, staff)
    return WebhooksOut(items=[WebhookOut.model_validate(each) for each in found])


@router.post(
    "/webhooks",
    response_model=MadeWebhookOut,
    status_code=201,
    responses=documented(Kind.CONFLICT),
)
def add_webhook(
    body: WebhookIn, request: Request, session: SessionDep, staff: AccountManager, at: Moment
) -> MadeWebhookOut:
    """Let a host that the settings allow be told; its secret is told this once."""
    settings = request.app.state.settings
    made = webhooks.add_webhook(session, staff, body.url, at=at, settings=settings)
    return MadeWebhookOut.made(made)


@router.delete(
    "/webhooks/{webhook_id}",
    response_model=None,
    status_code=204,
    responses=documented(Kind.MISSING),
)
def end_webhook(webhook_id: UUID, session: SessionDep, staff: AccountManager, at: Moment) -> None:
    """Tell an address nothing more."""
    webhooks.end_webhook(session, staff, webhook_id, at=at)
