"""How the outbox does, in figures for /metrics and for the doctor; of nobody by name."""

from dataclasses import dataclass
from datetime import UTC, datetime

from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import Connection, Engine

from service.database import transaction
from service.outbox import repository
from service.outbox.rules import State


@dataclass(frozen=True, slots=True)
class Tally:
    """Lines of the last 30 days by state, tries that failed, and how old the oldest waiting is."""

    lines: dict[State, int]
    failed: int
    oldest_seconds: float


def tally(bind: Engine | Connection, *, at: datetime) -> Tally:
    """Count the lines of every municipality."""
    with transaction(bind) as session:
        found = repository.tallies(session)
        since = repository.waiting_since(session)
    tries = sum(tries for _, tries, _ in found.values())
    sent = found.get(State.SENT, (0, 0, None))[0]
    return Tally(
        lines={state: found.get(state, (0, 0, None))[0] for state in State},
        failed=max(0, tries - sent),
        oldest_seconds=_age(since, at),
    )


def gauges(bind: Engine | Connection, at: datetime) -> list[GaugeMetricFamily]:
    """Return the same for /metrics: without a label that could name anybody."""
    found = tally(bind, at=at)
    lines = GaugeMetricFamily(
        "deban_outbox_lines", "Notices of the last 30 days by state", labels=["state"]
    )
    for state, number in found.lines.items():
        lines.add_metric([state.value], number)
    return [
        lines,
        GaugeMetricFamily(
            "deban_outbox_failed_tries", "Tries of the last 30 days that failed", found.failed
        ),
        GaugeMetricFamily(
            "deban_outbox_oldest_waiting_seconds",
            "How long the oldest notice has been waiting",
            found.oldest_seconds,
        ),
    ]


def _age(since: datetime | None, at: datetime) -> float:
    if since is None:
        return 0.0
    # SQLite gives moments back without their zone; all are kept in UTC.
    aware = since if since.tzinfo else since.replace(tzinfo=UTC)
    return max(0.0, (at - aware).total_seconds())
