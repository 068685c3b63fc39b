"""A photo of the place: who may send it, what has to be said of it, and who sees it."""

from collections.abc import Callable
from io import BytesIO

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from PIL import Image
from sqlalchemy import Connection

from service.paper.drawing import MOST_BYTES
from tests.factories import Town
from tests.service.browsing import OWN, led_to, look, main_of, send
from tests.service.paper.conftest import send_photo
from tests.service.paper.pictures import encoded, plain

ClientOf = Callable[[str], TestClient]


def test_a_photo_is_kept_and_stands_on_the_sheet_with_its_words(
    client: TestClient, leaves: str
) -> None:
    path = f"/activities/{leaves}/photo"
    assert led_to(send_photo(client, path)) == f"/activities/{leaves}/sheet"
    page = client.get(f"/sheets?activity={leaves}", headers=OWN).text
    assert 'alt="石段と木の門"' in page
    assert "石段と木の門" in look(client, f"/activities/{leaves}/sheet")


def test_a_picture_is_served_as_a_picture_that_can_do_nothing(
    client: TestClient, shown: str
) -> None:
    for size, width in (("large", 800), ("small", 640)):
        answer = client.get(f"/activities/{shown}/photo.jpg?size={size}")
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert Image.open(BytesIO(answer.content)).size[0] == width
    assert client.get(f"/activities/{shown}/photo.jpg?size=huge").status_code == 422


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"alternative": " "}, "見えない人に話すように"),
        ({"shown": ""}, "えらんでください"),
        ({"shown": "somebody"}, "写っている人に聞いてから"),
        ({"alternative": "あ" * 201}, "200字までで"),
    ],
    ids=["no words", "people not said", "somebody was not asked", "too long"],
)
def test_without_what_has_to_be_said_nothing_is_kept_and_nothing_typed_is_lost(
    client: TestClient, leaves: str, said: dict[str, str], sentence: str
) -> None:
    answer = send_photo(client, f"/activities/{leaves}/photo", **said)
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert 'value="yes" id="published" checked' in answer.text
    assert client.get(f"/activities/{leaves}/photo.jpg").status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [(b"", "写真を選んで"), (b"no photo", "読めません"), (b"x" * (MOST_BYTES + 1), "8MBまで")],
    ids=["no file", "no photo", "too large"],
)
def test_an_unfit_file_is_refused_in_words_and_keeps_what_was_typed(
    client: TestClient, leaves: str, sent: bytes, sentence: str
) -> None:
    answer = send_photo(client, f"/activities/{leaves}/photo", sent)
    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert "石段と木の門" in answer.text
    assert client.get(f"/activities/{leaves}/photo.jpg").status_code == 404


def test_more_than_any_photo_is_refused_before_it_is_read(client: TestClient, leaves: str) -> None:
    answer = send_photo(client, f"/activities/{leaves}/photo", b"x" * 16_000_001)
    assert answer.status_code == 413


def test_only_where_photos_are_sent_may_so_much_arrive(client: TestClient, leaves: str) -> None:
    answer = send_photo(client, f"/activities/{leaves}/sheet", b"x" * 2_000_001)
    assert answer.status_code == 413


def test_words_can_be_mended_without_sending_the_photo_again(
    client: TestClient, shown: str
) -> None:
    before = client.get(f"/activities/{shown}/photo.jpg").content
    path = f"/activities/{shown}/photo"
    led_to(send_photo(client, path, b"", alternative="門", version="1"))
    assert client.get(f"/activities/{shown}/photo.jpg").content == before
    assert 'alt="門"' in client.get(f"/sheets?activity={shown}", headers=OWN).text


def test_of_two_who_change_a_photo_the_second_sees_the_first_s(
    client: TestClient, shown: str
) -> None:
    path = f"/activities/{shown}/photo"
    red = encoded(plain(colour="red"))
    led_to(send_photo(client, path, red, version="1", alternative="赤い門"))
    answer = send_photo(client, path, version="1", alternative="青い門")
    assert answer.status_code == 409
    assert "ほかの人が先に" in main_of(answer)
    assert 'value="青い門"' in answer.text
    assert 'alt="赤い門"' in answer.text
    led_to(send_photo(client, path, version="2", alternative="青い門"))


def test_a_photo_that_is_taken_away_is_deleted(
    client: TestClient, shown: str, connection: Connection
) -> None:
    for _ in range(2):  # twice is as once
        send(client, f"/activities/{shown}/photo/removal", {})
        assert client.get(f"/activities/{shown}/photo.jpg").status_code == 404
        assert connection.execute(sa.text("SELECT count(*) FROM place_photo")).scalar_one() == 0
    assert "pictured" not in client.get(f"/sheets?activity={shown}", headers=OWN).text


@pytest.mark.parametrize("user", ["csw_elsewhere", "auditor"])
def test_who_may_not_read_the_catalogue_here_finds_no_photo(
    client_of: ClientOf, shown: str, elsewhere: Town, user: str
) -> None:
    stranger = client_of(user)
    assert stranger.get(f"/activities/{shown}/photo.jpg").status_code in {403, 404}
    assert send_photo(stranger, f"/activities/{shown}/photo").status_code in {403, 404}
    assert send(stranger, f"/activities/{shown}/photo/removal", {}).status_code in {403, 404}


@pytest.mark.parametrize("role", ["officer", "admin"])
def test_who_reads_the_catalogue_sees_a_photo_and_changes_none(
    client_of: ClientOf, shown: str, role: str
) -> None:
    reader = client_of(role)
    assert reader.get(f"/activities/{shown}/photo.jpg").status_code == 200
    assert send_photo(reader, f"/activities/{shown}/photo", version="1").status_code == 403


def test_a_form_of_another_site_sends_no_photo(client: TestClient, leaves: str) -> None:
    answer = send_photo(client, f"/activities/{leaves}/photo", csrf_token="made up")
    assert answer.status_code == 403
    assert client.get(f"/activities/{leaves}/photo.jpg").status_code == 404
