"""Photos as telephones and other machines send them, made for each test anew."""

from io import BytesIO
from typing import Any

from PIL import Image

PLACE = (35.0, 0.0, 7.2)  # degrees, minutes, seconds: where somebody lives, if it were kept


def encoded(image: Image.Image, kind: str = "JPEG", **settings: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **settings)
    return out.getvalue()


def plain(
    width: int = 800, height: int = 600, colour: object = "teal", mode: str = "RGB"
) -> Image.Image:
    return Image.new(mode, (width, height), colour)  # type: ignore[arg-type]  # a colour of any mode


def halves(left: str = "red", right: str = "blue") -> Image.Image:
    """A picture whose sides can be told apart."""
    image = plain(800, 600, right)
    image.paste(plain(400, 600, left), (0, 0))
    return image


def from_telephone(image: Image.Image, *, orientation: int = 1) -> bytes:
    """A JPEG with all that a telephone adds: place, owner, comment, and how it was held."""
    exif = image.getexif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telephone of somebody"
    exif.get_ifd(0x8825)[2] = PLACE
    return encoded(image, exif=exif, comment=b"taken at home", xmp=b"<x:xmpmeta>owner</x:xmpmeta>")


def photo() -> bytes:
    return encoded(plain())
