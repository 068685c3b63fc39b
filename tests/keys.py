"""A key file whose keys anybody may know: for tests only."""

import base64
import hashlib
import json
from collections.abc import Collection
from pathlib import Path

from service.encryption.keyfile import FORMAT
from service.encryption.rules import Ring


def write_keys(path: Path, *, named: str = "test", only: Collection[Ring] = tuple(Ring)) -> None:
    """Write a file with one key a ring; another name gives other keys."""

    def key(ring: Ring) -> str:
        return base64.b64encode(hashlib.sha256(f"{named} {ring}".encode()).digest()).decode()

    rings = {
        ring.value: [
            {
                "id": f"{named}-{ring.value}",
                "made_at": "2026-11-21T00:00:00+00:00",
                "key": base64.b64encode(
                    hashlib.sha256(f"{named} {ring}".encode()).digest()
                ).decode(),
            }
        ]
        for ring in only
    }
    path.touch(mode=0o600)
    path.write_text(json.dumps({"format": FORMAT, "rings": rings}), encoding="utf-8")
