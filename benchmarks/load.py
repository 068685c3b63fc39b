"""Many callers at once: requests a second, times, and that nothing but 201 came back."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import httpx2 as httpx

from benchmarks.serving import prepare
from service.settings import Settings

CALLERS = int(os.environ.get("DEBAN_BENCH_CALLERS", "8"))
WORKERS = os.environ.get("DEBAN_BENCH_WORKERS", "2")
SECONDS = float(os.environ.get("DEBAN_BENCH_SECONDS", "8"))
ACTIVITIES = int(os.environ.get("DEBAN_BENCH_ACTIVITIES", "1000"))
DATABASE = os.environ.get("DEBAN_BENCH_DATABASE_URL")
DEBAN = Path(sys.executable).parent / "deban"


@contextmanager
def serving(url: str) -> Iterator[str]:
    """Serve a database from processes of their own, so that callers take none of their time."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    words = [str(DEBAN), "serve", "--port", str(port), "--workers", WORKERS]
    env = {**os.environ, "DEBAN_DATABASE_URL": url}
    started = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/readyz")
        yield address
    finally:
        started.terminate()
        started.wait(timeout=30)


def _wait(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if httpx.get(url).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(url)


def call(
    address: str, token: str, people: tuple[str, ...], until: float
) -> list[tuple[int, float]]:
    """Ask for suggestions until the time is up; return each status with its milliseconds."""
    seen: list[tuple[int, float]] = []
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=address, headers=headers, timeout=60) as client:
        for person in cycle(people):
            if time.monotonic() > until:
                return seen
            began = time.perf_counter()
            answer = client.post("/api/v1/suggestions", json={"person_id": person, "limit": 5})
            seen.append((answer.status_code, (time.perf_counter() - began) * 1000))
    return seen


def measured(url: str) -> list[tuple[int, float]]:
    token, people = prepare(Settings(database_url=url), ACTIVITIES)
    with serving(url) as address, ThreadPoolExecutor(CALLERS) as pool:
        call(address, token, people, time.monotonic() + 2)  # the first answers build the index
        until = time.monotonic() + SECONDS
        calls = [pool.submit(call, address, token, people, until) for _ in range(CALLERS)]
        return [each for done in calls for each in done.result()]


def main() -> int:
    with TemporaryDirectory(prefix="deban-load-") as folder:
        seen = measured(DATABASE or f"sqlite:///{Path(folder) / 'load.db'}")
    times = [spent for _, spent in seen]
    strange = sorted({status for status, _ in seen} - {201})
    kind = "PostgreSQL" if DATABASE else "SQLite"
    print(
        f"load: {CALLERS} callers, {WORKERS} workers, {ACTIVITIES} activities, {kind}: "
        f"{len(seen) / SECONDS:.0f} a second, p50 {median(times):.0f} ms, "
        f"p95 {quantiles(times, n=20)[-1]:.0f} ms, other than 201: {strange or 'none'}"
    )
    return 1 if strange else 0


if __name__ == "__main__":
    sys.exit(main())
