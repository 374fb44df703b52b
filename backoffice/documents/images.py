"""Prepares pictures for a browser: decoded and written anew, never as they came, stamped for what they are kept (domain page, 10)."""

import io

from PIL import Image, ImageDraw, ImageFont

LARGEST_PIXELS = 60_000_000
LONGEST_SIDE = 2200
THUMBNAIL = 240
CROP_MARGIN = 10
QUALITY = 85

Box = tuple[int, int, int, int]


class PictureDamaged(Exception):
    """The stored bytes are no picture that can be shown."""


def page_picture(data: bytes, stamp: str) -> bytes:
    """A whole page as JPEG with the stamp across it."""
    picture = _open(data)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _jpeg(_stamped(picture, stamp))


def thumbnail(data: bytes) -> bytes:
    """A small JPEG of a page, in which nothing can be read."""
    picture = _open(data)
    picture.thumbnail((THUMBNAIL, THUMBNAIL))
    return _jpeg(picture)


def crop(data: bytes, box: Box) -> bytes:
    """The part of a page where a field stands, with a little around it. `box` is left, top, right, bottom in pixels of the page."""
    picture = _open(data)
    left, top, right, bottom = box
    within = (
        max(0, min(left, right) - CROP_MARGIN),
        max(0, min(top, bottom) - CROP_MARGIN),
        min(picture.width, max(left, right) + CROP_MARGIN),
        min(picture.height, max(top, bottom) + CROP_MARGIN),
    )
    if within[0] >= within[2] or within[1] >= within[3]:
        raise PictureDamaged
    return _jpeg(picture.crop(within))


def _open(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
        if picture.width * picture.height > LARGEST_PIXELS:
            raise PictureDamaged
        return picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureDamaged from error


def _stamped(picture: Image.Image, stamp: str) -> Image.Image:
    """The stamp in faint lines all over: it stays when a part is cut out, and what is below can still be read."""
    size = max(14, picture.width // 55)
    font = ImageFont.load_default(size)
    diagonal = int((picture.width**2 + picture.height**2) ** 0.5)
    layer = Image.new("L", (diagonal, diagonal), 0)
    draw = ImageDraw.Draw(layer)
    width = int(draw.textlength(stamp, font=font)) + size * 4
    for row, top in enumerate(range(0, diagonal, size * 13)):
        for left in range(-(row % 2) * width // 2, diagonal, width):
            draw.text((left, top), stamp.replace("–", "-"), fill=38, font=font)
    layer = layer.rotate(24, resample=Image.Resampling.BILINEAR)
    left, top = (diagonal - picture.width) // 2, (diagonal - picture.height) // 2
    mask = layer.crop((left, top, left + picture.width, top + picture.height))
    picture.paste((0, 60, 90), mask=mask)
    return picture


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
