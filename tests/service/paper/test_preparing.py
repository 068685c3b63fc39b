"""The way there, the host's word on being shown, and what a sheet still lacks."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.factories import Town
from tests.service.browsing import OWN, led_to, look, main_of, send
from tests.service.paper.test_sheets import read_aloud

WAY = {"landmark-1": "赤い橋", "landmark-2": "", "landmark-3": "石段"}


def terms(client: TestClient, activity: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/activities/{activity}").json()
    return found


def test_landmarks_are_kept_in_the_order_of_walking_and_printed(
    client: TestClient, leaves: str, town: Town
) -> None:
    version = str(town.activities["leaves"].version)
    path = f"/activities/{leaves}/sheet"
    led_to(send(client, path, WAY | {"published": "yes", "version": version}))
    assert terms(client, leaves)["landmarks"] == ["赤い橋", "石段"]
    assert terms(client, leaves)["not_published"] is False
    assert "赤い橋 → 石段" in read_aloud(client, f"/sheets?activity={leaves}")


@pytest.mark.parametrize(("said", "kept"), [("yes", False), ("no", True), ("", None)])
def test_the_host_s_word_is_kept_as_it_was_said_and_not_asked_is_not_no(
    client: TestClient, leaves: str, town: Town, said: str, kept: bool | None
) -> None:
    version = str(town.activities["leaves"].version)
    path = f"/activities/{leaves}/sheet"
    led_to(send(client, path, {"published": said, "version": version}))
    assert terms(client, leaves)["not_published"] is kept
    assert f'value="{said}"' in client.get(path, headers=OWN).text


def test_nothing_else_of_the_activity_is_changed(
    client: TestClient, leaves: str, town: Town
) -> None:
    before = terms(client, leaves)
    version = str(town.activities["leaves"].version)
    led_to(send(client, f"/activities/{leaves}/sheet", WAY | {"version": version}))
    changed = {"landmarks", "not_published", "version"}
    after = terms(client, leaves)
    assert {k: v for k, v in after.items() if k not in changed} == {
        k: v for k, v in before.items() if k not in changed
    }


def test_of_two_at_once_the_second_keeps_what_was_typed(
    client: TestClient, leaves: str, amend: Callable[..., None], town: Town
) -> None:
    version = str(town.activities["leaves"].version)
    amend(dose="月に1回")
    answer = send(client, f"/activities/{leaves}/sheet", WAY | {"version": version})
    assert answer.status_code == 409
    assert 'value="赤い橋"' in answer.text
    assert "landmarks" not in terms(client, leaves) or not terms(client, leaves)["landmarks"]


def test_hidden_signs_in_a_landmark_are_named(client: TestClient, leaves: str) -> None:
    answer = send(client, f"/activities/{leaves}/sheet", {"landmark-1": "橋\u202e"})
    assert answer.status_code == 422
    assert "目に見えない文字" in main_of(answer)


def test_a_fourth_landmark_is_more_than_anybody_keeps_in_mind(
    client: TestClient, leaves: str
) -> None:
    four = {"landmarks": ["橋", "店", "門", "木"]}
    assert client.patch(f"/api/v1/activities/{leaves}", json=four).status_code == 422


def test_a_text_that_is_too_long_for_a_page_is_said_before_it_is_printed(
    client: TestClient, leaves: str, amend: Callable[..., None]
) -> None:
    paths = (f"/sheets?activity={leaves}", f"/activities/{leaves}/sheet")
    assert not [path for path in paths if "400字くらい" in look(client, path)]
    amend(description="落ち葉をはきます。" * 45)
    assert all("400字くらい" in look(client, path) for path in paths)


def test_half_a_page_has_no_room_for_a_second_language(client: TestClient, leaves: str) -> None:
    page = client.get(f"/sheets?activity={leaves}&lang=en", headers=OWN).text
    assert f"activity={leaves}&amp;size=a5&amp;ruby=true&amp;lang=ja" in page
    page = client.get(f"/sheets?activity={leaves}&size=a5", headers=OWN).text
    assert f"activity={leaves}&amp;size=a4&amp;ruby=true&amp;lang=en" in page
