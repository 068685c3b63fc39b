"""Schemathesis against a running service, as two signed-in people who must not see each other."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.factories import PASSWORD

CONFIG = Path(__file__).with_name("schemathesis.toml")
# The coverage of every boundary takes some minutes; with many examples it is there.
PHASES = "examples,fuzzing,stateful"
ALL_PHASES = "examples,coverage,fuzzing,stateful"
# Beside the interpreter that runs the tests: schemathesis is no module to run.
TOOL = Path(sys.executable).with_name("schemathesis")
PATIENCE = 1200
MANY = 100


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found: the operations behind each kind of failure, and how much was tried."""

    failures: dict[str, list[str]]
    cases: int
    operations: int
    exit_code: int
    text: str


def fuzz(
    address: str,
    peers: tuple[str, ...],
    folder: Path,
    *,
    examples: int,
    ids: dict[str, list[str]] | None = None,
    only: str = "",
) -> Report:
    """Run every phase and every check as the first of the peers; ``ids`` are known to be there."""
    known = {"auth": [_peer(address, peer) for peer in peers]}
    (folder / "peers.json").write_text(json.dumps(known), encoding="utf-8")
    config = folder / "schemathesis.toml"
    config.write_text(
        _config(folder / "peers.json", peers, examples=examples, ids=ids or {}), encoding="utf-8"
    )
    phases = ALL_PHASES if examples >= MANY else PHASES
    command = [
        *(str(TOOL), "--config-file", str(config), "run"),
        *(f"{address}/openapi.json", "--phases", phases, "--no-color"),
        *("--report", "json", "--report-json-path", str(folder / "report.json")),
        *(("--include-path-regex", only) if only else ()),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=folder
    )
    return _report(folder / "report.json", done)


def signed_in(address: str, username: str) -> str:
    """Sign in over HTTP and return what the header has to say."""
    credentials = {"username": username, "password": PASSWORD}
    answer = httpx.post(f"{address}/api/v1/sessions", json=credentials, timeout=30)
    return f"Bearer {answer.raise_for_status().json()['token']}"


def _peer(address: str, username: str) -> dict[str, Any]:
    bearer = signed_in(address, username)
    return {"name": username, "fixedHeaders": [{"name": "Authorization", "value": bearer}]}


def _config(
    known: Path, peers: tuple[str, ...], *, examples: int, ids: dict[str, list[str]]
) -> str:
    """Put what is fixed before what this run adds: TOML tables end where the next one begins."""
    lists = "\n".join(
        f"[dictionaries.{name}]\nvalues = {json.dumps(values)}\n"
        for name, values in sorted(ids.items())
    )
    bound = "\n".join(
        f'"{place}.{name}" = {{ dictionary = "{name}", probability = 0.7 }}'
        for name in sorted(ids)
        for place in ("path", "body", "query")
    )
    # With many examples an operation that was only ever answered 404 was not tried: that is red.
    strict = 'fail-on = ["missing_test_data"]' if examples >= MANY else ""
    return f"""{CONFIG.read_text(encoding="utf-8")}
[warnings]
{strict}

[generation]
max-examples = {examples}

[auth.wfc]
path = {json.dumps(str(known))}
user = {json.dumps(peers[0])}
peers = {json.dumps(list(peers))}

{lists}
[parameters]
{bound}
"""


def _report(path: Path, done: "subprocess.CompletedProcess[str]") -> Report:
    text = done.stdout + done.stderr
    assert path.exists(), f"the fuzzer did not run: {text[-2000:]}"
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["complete"], f"the fuzzer stopped early: {found['stop_reason']}"
    return Report(
        failures={each["type"]: sorted(each["operations"]) for each in found["failures"]},
        cases=found["test_cases"]["generated"],
        operations=found["operations"]["tested"],
        exit_code=done.returncode,
        text=text,
    )
