"""Small exchange files for the command line, written as JSON so that tests can bend them."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from service.cli import app
from tests.factories import activity_row

Document = dict[str, Any]


def town_file(**changes: Any) -> Document:
    """Return a town of one host and two activities; ``changes`` replace whole sections."""
    document: Document = {
        "format": "deban-catalogue/1",
        "municipality": "みずうみ町",
        "timezone": "Asia/Tokyo",
        "areas": [{"id": "east", "name": "東", "lat": 35.001, "lon": 135.001}],
        "hosts": [
            {"id": "temple", "name": "湖東寺", "type": "temple", "area": "east",
             "lat": 35.002, "lon": 135.002},
        ],
        "activities": [activity_row("leaves"), activity_row("sutras", title="写経の紙")],
    }  # fmt: skip
    return document | changes


def person_row(name: str, **changes: Any) -> Document:
    """Return somebody who likes gardens, has no limits and goes on foot."""
    row: Document = {
        "id": name,
        "code": f"やま-{name}",
        "age_band": "40代",
        "area": "east",
        "lat": 35.001,
        "lon": 135.001,
        "stage": "beginning_to_go_out",
        "own_words": "庭の手入れなら好き",
        "limits": [],
        "load_ceiling": {},
        "windows": [],
        "travel": {"modes": ["walk"]},
        "consent": {"shared_with": "team", "given_on": "2026-11-01", "how": "対面"},
    }
    return row | changes


def people_file(*rows: Document, as_of: str = "2026-11-20") -> Document:
    return {"format": "deban-people/1", "as_of": as_of, "people": list(rows)}


def written(path: Path, document: Document) -> Path:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def run(*words: str | Path, url: str = "", stdin: str | bytes | None = None) -> Result:
    """Run a command in this process; a crash is a failed test and not an exit code."""
    env = {"DEBAN_DATABASE_URL": url} if url else {}
    result = CliRunner().invoke(app, [str(word) for word in words], env=env, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result
