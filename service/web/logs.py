"""One JSON line a request: method, route, status, time. Never an id, a query or a body."""

import time

import structlog
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUESTS = Counter("deban_requests", "Requests by route template", ["method", "route", "status"])
SECONDS = Histogram("deban_request_seconds", "Time to answer, by route template", ["route"])


def set_up_logs() -> None:
    """Write structured lines; values that could name a person are never bound to them."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        cache_logger_on_first_use=False,
    )


class RequestLog:
    """Log and count every request by its route's template, so that no id is written."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            note(scope["method"], _template(scope), status, time.perf_counter() - began)


def note(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request and write its line."""
    REQUESTS.labels(method, route, status).inc()
    SECONDS.labels(route).observe(seconds)
    structlog.get_logger().info(
        "request", method=method, route=route, status=status, ms=round(seconds * 1000, 1)
    )


def _template(scope: Scope) -> str:
    route = scope.get("route")
    return str(getattr(route, "path", "") or "(none)")
