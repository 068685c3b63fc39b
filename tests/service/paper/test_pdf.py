"""The server's PDF: one page, tagged, with its fonts, no ink over the edge, nothing fetched."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pytest
from fastapi.testclient import TestClient
from PIL import ImageFile, ImageOps
from pypdfium2 import raw

from service.paper import pdf
from tests.service.browsing import OWN, look

MARGIN = 8  # millimetres that a printer leaves white anyway
NO_PANGO = "no Pango is here: apt-get install libpango-1.0-0 libpangoft2-1.0-0"


@pytest.fixture(scope="module", autouse=True)
def pango() -> None:
    if pdf.engine() is None:
        assert "CI" not in os.environ, NO_PANGO
        pytest.skip(NO_PANGO)


@contextmanager
def opened(drawn: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(drawn)
    try:
        yield document
    finally:
        document.close()


def pages(drawn: bytes) -> int:
    with opened(drawn) as document:
        return len(document)


def is_tagged(drawn: bytes) -> bool:
    with opened(drawn) as document:
        return bool(raw.FPDFCatalog_IsTagged(document.raw))


def fonts(drawn: bytes) -> list[bool]:
    """Return for every stretch of text whether its font is in the file."""
    with opened(drawn) as document:
        page = document[0]
        found = list(page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)))
        return [
            bool(raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(each.raw))) for each in found
        ]


def white_edges(drawn: bytes) -> bool:
    """Say whether ink keeps away from the edges of the first page."""
    with opened(drawn) as document:
        image = document[0].render(scale=1).to_pil().convert("L")
    ink = ImageOps.invert(image).getbbox()
    assert ink is not None, "nothing was drawn"
    edge = MARGIN / 25.4 * 72
    left, top, right, bottom = ink
    return min(left, top, image.width - right, image.height - bottom) >= edge


def drawn(client: TestClient, activity: str, query: str = "") -> bytes:
    answer = client.get(f"/sheets.pdf?activity={activity}{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    content: bytes = answer.content
    return content


def test_a_sheet_with_photo_and_square_is_one_tagged_page_with_its_fonts(
    client: TestClient, shown: str
) -> None:
    made = drawn(client, shown)
    assert pages(made) == 1
    assert is_tagged(made)
    assert fonts(made)
    assert all(fonts(made))
    assert white_edges(made)
    with opened(made) as document:
        assert document.get_metadata_dict()["Title"] == "活動の紹介"
        images = list(document[0].get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)))
    assert images


def test_english_small_paper_and_plain_words_are_one_page_too(
    client: TestClient, shown: str
) -> None:
    assert pages(drawn(client, shown, "&lang=en")) == 1
    small = drawn(client, shown, "&size=a5&ruby=false")
    assert pages(small) == 1
    with opened(small) as document:
        said = document[0].get_textpage().get_text_bounded()
    assert said.replace("\r\n", "").count("湖東寺") == 2


def test_a_planted_page_is_found_to_be_too_long_untagged_and_over_the_edge() -> None:
    weasyprint = pdf.engine()
    assert weasyprint is not None
    long = "<style>@page{margin:0}p{height:20cm;background:#000}</style><p>a</p><p>b</p>"
    made = weasyprint.HTML(string=long).write_pdf()
    assert pages(made) == 2
    assert not is_tagged(made)
    assert not white_edges(made)


def test_a_document_fetches_nothing_from_anywhere() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/photo.jpg"
        html = f"<html lang=ja><title>a</title><img src='{address}' alt=a>"
        html += "<img src='file:///etc/hostname' alt=b>"
        assert pages(pdf.written(html)) == 1
        with pytest.raises(TimeoutError):
            listening.accept()


def test_what_a_host_wrote_stays_text(client: TestClient, leaves: str) -> None:
    path = f"/api/v1/activities/{leaves}"
    assert client.patch(path, json={"plain_title": "<img src=x>"}).status_code == 200
    with opened(drawn(client, leaves, "&ruby=false")) as document:
        assert "<img src=x>" in document[0].get_textpage().get_text_bounded()


def test_its_name_says_the_day_and_nobody(client: TestClient, leaves: str) -> None:
    named = client.get(f"/sheets.pdf?activity={leaves}").headers["content-disposition"]
    assert named == 'inline; filename="sheets-2026-11-20.pdf"'


def test_without_pango_no_button_is_offered_and_the_answer_says_why(
    client: TestClient, leaves: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "PDFで開く" in look(client, f"/sheets?activity={leaves}")
    monkeypatch.setattr(pdf, "engine", lambda: None)
    assert "PDFで開く" not in look(client, f"/sheets?activity={leaves}")
    answer = client.get(f"/sheets.pdf?activity={leaves}")
    assert answer.status_code == 503
    assert "print from the browser" in answer.json()["detail"]


def test_a_crowd_is_asked_to_come_again(
    client: TestClient, leaves: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "WAITS", 0.01)
    with pdf._TURN:
        answer = client.get(f"/sheets.pdf?activity={leaves}")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 0
    assert pages(drawn(client, leaves)) == 1


@pytest.mark.parametrize("query", ["", "?activity=none", "?" + "activity=0&" * 13])
def test_a_pdf_of_nothing_or_of_too_much_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/sheets.pdf{query}", headers=OWN).status_code == 422


def test_who_has_drawn_a_pdf_still_refuses_a_photo_that_is_cut_off() -> None:
    assert pdf.engine() is not None
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
