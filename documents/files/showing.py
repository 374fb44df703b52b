"""Writes a page of a stranger's file anew for a browser: decoded and encoded again, never as it came, stamped for what it is kept."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from documents.files.decode import decode, sniff
from documents.files.pdf import page_pixels
from documents.files.types import Pixels, UnfitFileError, WrongTypeError
from documents.model import Page

LONGEST_SIDE = 2200
CROP_MARGIN = 10
QUALITY = 85

Corners = tuple[int, int, int, int]
Cut = Callable[[Pixels], Pixels | None]


def show_picture(data: bytes, stamp: str = "", longest: int = LONGEST_SIDE, cut: Cut | None = None) -> Page:
    """A whole picture as JPEG, at most `longest` pixels a side, with the stamp across it. Raises UnfitFileError.

    `cut` gives the part that matters, None where that is not sure: then it is the whole picture.
    """
    picture = _open(data)
    if cut is not None and (part := cut(np.asarray(picture))) is not None:
        picture = Image.fromarray(part)
    picture.thumbnail((longest, longest))
    return _written(_stamped(picture, stamp) if stamp else picture)


def show_crop(data: bytes, corners: Corners) -> Page:
    """The part of a picture where a field stands, with a little around it. `corners`: left, top, right, bottom in its pixels.

    Raises UnfitFileError, also where the part lies outside.
    """
    picture = _open(data)
    left, top, right, bottom = corners
    within = (
        max(0, min(left, right) - CROP_MARGIN),
        max(0, min(top, bottom) - CROP_MARGIN),
        min(picture.width, max(left, right) + CROP_MARGIN),
        min(picture.height, max(top, bottom) + CROP_MARGIN),
    )
    if within[0] >= within[2] or within[1] >= within[3]:
        raise UnfitFileError("outside")
    return _written(picture.crop(within))


def show_pdf_page(data: bytes, index: int, longest: int) -> Page:
    """A page of a PDF, counted from 0, as JPEG, `longest` pixels on its longer side. Raises UnfitFileError, also where there is none."""
    return _written(Image.fromarray(page_pixels(data, index, longest)))


def _open(data: bytes) -> Image.Image:
    if sniff(data) == "PDF":
        raise WrongTypeError("type")
    return Image.fromarray(decode(data)[0].pixels)


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


def _written(picture: Image.Image) -> Page:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return Page(out.getvalue(), picture.width, picture.height)
