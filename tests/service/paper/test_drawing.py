"""Photos drawn anew: whatever arrives, what is kept is a picture and nothing besides."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from service.paper.drawing import MOST_BYTES, Unfit, UnfitPhoto, drawn
from service.paper.words import UNFIT_WORDS
from tests.service.paper.pictures import encoded, from_telephone, halves, photo, plain

WRITTEN_BY_CAMERAS = (
    b"Exif",
    b"Telephone of somebody",
    b"taken at home",
    b"xmpmeta",
    b"ICC_PROFILE",
)


def opened(kept: bytes) -> Image.Image:
    image = Image.open(BytesIO(kept))
    image.load()
    return image


def colour(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def is_near(found: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 25 for one, other in zip(found, wanted, strict=True))


def test_a_camera_s_notes_and_the_place_where_it_stood_are_gone() -> None:
    sent = from_telephone(plain())
    assert all(note in sent for note in WRITTEN_BY_CAMERAS[:4])
    assert opened(sent).getexif().get_ifd(0x8825)
    for kept in (drawn(sent).large, drawn(sent).small):
        assert not [note for note in WRITTEN_BY_CAMERAS if note in kept]
        assert dict(opened(kept).getexif()) == {}


def test_what_hangs_behind_a_picture_is_not_carried_on() -> None:
    assert b"secret" not in drawn(photo() + b"secret" * 100).large


def test_a_picture_held_sideways_stands_upright() -> None:
    # 6: the camera was turned, so that the picture's left side is the top of what was seen
    made = drawn(from_telephone(halves(), orientation=6))
    large = opened(made.large)
    assert large.size == (made.width, made.height) == (600, 800)
    assert is_near(colour(large, 300, 100), (255, 0, 0))
    assert is_near(colour(large, 300, 700), (0, 0, 255))


def test_two_sizes_are_made_and_small_pictures_are_not_blown_up() -> None:
    made = drawn(encoded(plain(4000, 3000)))
    assert opened(made.large).size == (1600, 1200)
    assert opened(made.small).size == (640, 480)
    assert opened(drawn(photo()).large).size == (800, 600)


@pytest.mark.parametrize(
    ("image", "kind", "wanted"),
    [
        (plain(colour=(0, 255, 255, 0), mode="CMYK"), "JPEG", (255, 0, 0)),
        (plain(colour=(0, 0, 0, 0), mode="RGBA"), "PNG", (255, 255, 255)),
        (plain(colour=(0, 0, 255, 255), mode="RGBA"), "WEBP", (0, 0, 255)),
        (plain(colour=128, mode="L"), "JPEG", (128, 128, 128)),
        (plain(colour="red").quantize(8), "PNG", (255, 0, 0)),
        (plain(colour=1, mode="1"), "PNG", (255, 255, 255)),
    ],
    ids=["printer's colours", "clear", "webp", "grey", "few colours", "black and white"],
)
def test_every_kind_of_picture_becomes_one_that_screens_and_paper_show(
    image: Image.Image, kind: str, wanted: tuple[int, int, int]
) -> None:
    large = opened(drawn(encoded(image, kind)).large)
    assert (large.format, large.mode) == ("JPEG", "RGB")
    assert is_near(colour(large, 5, 5), wanted)


def test_a_profile_s_colours_become_those_of_every_screen_and_the_profile_goes() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sent = encoded(plain(colour="red"), icc_profile=profile)
    assert b"ICC_PROFILE" in sent
    kept = drawn(sent).large
    assert b"ICC_PROFILE" not in kept
    assert is_near(colour(opened(kept), 5, 5), (255, 0, 0))


def test_a_profile_that_cannot_be_read_hinders_nothing() -> None:
    assert drawn(encoded(plain(), icc_profile=b"no profile at all")).width == 800


def claiming(width: int, height: int) -> bytes:
    """A PNG of some bytes that says it is huge: to draw it would fill the memory."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def moving(kind: str) -> bytes:
    frames = [plain(400, 400, "red"), plain(400, 400, "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (lambda: b"", Unfit.NO_FILE),
        (lambda: b"\0" * (MOST_BYTES + 1), Unfit.TOO_MANY_BYTES),
        (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 99, Unfit.HEIC),
        (lambda: b"%PDF-1.7 a paper that calls itself photo.jpg", Unfit.NO_PHOTO),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='act()'/>", Unfit.NO_PHOTO),
        (lambda: encoded(plain(), "GIF"), Unfit.NO_PHOTO),
        (lambda: moving("WEBP"), Unfit.MOVES),
        (lambda: moving("PNG"), Unfit.MOVES),
        (lambda: claiming(60_000, 60_000), Unfit.TOO_LARGE),
        (lambda: claiming(10_000, 5_001), Unfit.TOO_LARGE),
        (lambda: encoded(plain(299, 200)), Unfit.TOO_SMALL),
        (lambda: photo()[: len(photo()) // 2], Unfit.BROKEN),
        (lambda: claiming(800, 600), Unfit.BROKEN),
    ],
    ids=[
        "nothing", "too many bytes", "heic", "another kind", "a drawing that acts", "gif",
        "moving webp", "moving png", "a bomb", "a little too large", "too small", "cut off",
        "hollow",
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_its_reason(
    sent: Callable[[], bytes], why: Unfit
) -> None:
    with pytest.raises(UnfitPhoto) as refused:
        drawn(sent())
    assert refused.value.why is why


def test_every_reason_is_said_in_words_of_its_own() -> None:
    assert len(set(UNFIT_WORDS.values())) == len(Unfit)


def test_a_telephone_s_second_picture_for_depth_is_not_taken_for_a_film() -> None:
    sent = encoded(plain(), "MPO", save_all=True, append_images=[plain(colour="black")])
    assert is_near(colour(opened(drawn(sent).large), 5, 5), (0, 128, 128))
