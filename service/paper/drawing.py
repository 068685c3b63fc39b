"""Photos as they arrive, drawn anew: upright, smaller, and bare of all that a camera wrote."""

import threading
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import ClassVar, Final

from PIL import Image, ImageCms, ImageOps

from service.refusals import Kind, Refusal

MOST_BYTES: Final = 8_000_000
MOST_PIXELS: Final = 50_000_000  # a telephone's largest; drawn whole it takes 150 MB
LEAST_SIDE: Final = 300
LARGE: Final = 1600
SMALL: Final = 640
QUALITY: Final = 82
READ: Final = ("JPEG", "PNG", "WEBP")
# Where a file of a telephone says that it is HEIC or AVIF, which browsers and paper do not read.
_BOX: Final = slice(4, 8)
_BRAND: Final = slice(8, 12)
_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"})
# A large picture is drawn by itself: several at once would need the memory of several.
_ONE: Final = threading.Lock()


class Unfit(StrEnum):
    """Why a file cannot be the photo of a place."""

    NO_FILE = "no_file"
    TOO_MANY_BYTES = "too_many_bytes"
    HEIC = "heic"
    NO_PHOTO = "no_photo"
    MOVES = "moves"
    TOO_LARGE = "too_large"
    TOO_SMALL = "too_small"
    BROKEN = "broken"


class UnfitPhoto(Refusal):
    """A file that is not kept; ``why`` is looked up in the words of the page."""

    kind: ClassVar = Kind.MALFORMED

    def __init__(self, why: Unfit) -> None:
        super().__init__(f"this file cannot be kept as a photo: {why}")
        self.why = why


@dataclass(frozen=True, slots=True)
class Drawn:
    """A photo in two sizes, as JPEG; width and height are those of the large one."""

    large: bytes
    small: bytes
    width: int
    height: int


def drawn(sent: bytes) -> Drawn:
    """Draw what was sent anew, whatever its name says it is, or refuse it.

    Raises UnfitPhoto.
    """
    if len(sent) > MOST_BYTES:
        raise UnfitPhoto(Unfit.TOO_MANY_BYTES)
    with _ONE:
        large = _bare(_opened(sent))
        small = large.copy()
        small.thumbnail((SMALL, SMALL))
        return Drawn(_written(large), _written(small), *large.size)


def _opened(sent: bytes) -> Image.Image:
    """Look at the head of a file alone: its size is known before anything is drawn."""
    try:
        image = Image.open(BytesIO(sent), formats=READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnfitPhoto(Unfit.TOO_LARGE) from None
    except (OSError, SyntaxError, ValueError):
        raise UnfitPhoto(_unknown(sent)) from None
    if image.width * image.height > MOST_PIXELS:
        raise UnfitPhoto(Unfit.TOO_LARGE)
    if max(image.size) < LEAST_SIDE:
        raise UnfitPhoto(Unfit.TOO_SMALL)
    # A telephone's JPEG may hold a second picture for depth; what moves is PNG or WebP.
    if image.format in {"PNG", "WEBP"} and getattr(image, "is_animated", False):
        raise UnfitPhoto(Unfit.MOVES)
    return image


def _unknown(sent: bytes) -> Unfit:
    if not sent:
        return Unfit.NO_FILE
    return Unfit.HEIC if sent[_BOX] == b"ftyp" and sent[_BRAND] in _HEIC else Unfit.NO_PHOTO


def _bare(image: Image.Image) -> Image.Image:
    """Return the picture alone, on white where it was clear; its notes stay behind."""
    try:
        image.draft("RGB", (LARGE, LARGE))  # a JPEG is read at a fraction of its size
        upright = ImageOps.exif_transpose(_screen_colours(image))
        upright.thumbnail((LARGE, LARGE))
        clear = upright.convert("RGBA")
    # A broken file may fail anywhere in the decoders, each with an error of its own.
    except (OSError, SyntaxError, ValueError, ArithmeticError, EOFError, LookupError, TypeError):
        raise UnfitPhoto(Unfit.BROKEN) from None
    bare = Image.new("RGB", clear.size, "white")
    bare.paste(clear, mask=clear.getchannel("A"))
    return bare


def _screen_colours(image: Image.Image) -> Image.Image:
    """Turn the colours of a printer's or telephone's profile into those of every screen."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK"}:
        return image
    try:
        told = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(
            image, told, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that cannot be read says nothing
    return turned or image


def _written(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
