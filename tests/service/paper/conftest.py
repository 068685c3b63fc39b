"""Forms with a file, and an activity whose host said that everybody may see it."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.factories import Town
from tests.service.browsing import OWN, TOKEN, led_to
from tests.service.paper.pictures import photo

SendPhoto = Callable[..., Response]
SAID = {"alternative": "石段と木の門", "shown": "nobody", "published": "yes", "version": "0"}


def send_photo(client: TestClient, path: str, sent: bytes | None = None, **said: str) -> Response:
    """Send a photo as our own page would; ``sent=b""``: nothing was chosen."""
    token = TOKEN.search(client.get("/sign-in", headers=OWN).text)
    assert token is not None
    file = {"photo": ("IMG_0001.HEIC", photo() if sent is None else sent, "image/heic")}
    fields = {"csrf_token": token[1], **SAID, **said}
    return client.post(path, data=fields, files=file, headers=OWN, follow_redirects=False)


@pytest.fixture
def leaves(town: Town) -> str:
    return str(town.activities["leaves"].id)


@pytest.fixture
def amend(client: TestClient, leaves: str) -> Callable[..., None]:
    """Change what is said of an activity."""

    def change(**terms: Any) -> None:
        answer = client.patch(f"/api/v1/activities/{leaves}", json=terms)
        assert answer.status_code == 200, answer.text

    return change


@pytest.fixture
def shown(client: TestClient, leaves: str, amend: Callable[..., None]) -> str:
    """An activity with a photo that everybody may see, behind its square."""
    amend(not_published=False, landmarks=["赤い橋", "郵便局", "石段"])
    led_to(send_photo(client, f"/activities/{leaves}/photo"))
    return leaves
