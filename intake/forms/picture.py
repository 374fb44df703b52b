"""Turns a page into a picture, for the chat, where a picture is seen at once and a PDF has to be opened."""

import io

import pypdfium2

_POINTS_PER_INCH = 72


def png_of(pdf: bytes, dots_per_inch: int = 144) -> bytes:
    """The first page as a PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[0].render(scale=dots_per_inch / _POINTS_PER_INCH).to_pil()
    finally:
        document.close()
    out = io.BytesIO()
    picture.convert("RGB").quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()
