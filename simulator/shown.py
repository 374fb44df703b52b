"""Adds to a message what the page needs to draw it: a file's kind, size, pixels, pages."""

import io
import threading
from typing import Any

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from simulator.model import Media, Message
from simulator.world import World

MEDIA_TYPES = ("image", "document", "audio", "video", "sticker")
MAX_PIXELS = 80_000_000
_PDFIUM = threading.Lock()
"""PDFium may be used by one thread at a time."""


def shown(world: World, message: Message) -> dict[str, Any]:
    """The page's extra members for a message from either side."""
    details = dict(message.shown)
    source = message.content if message.type in MEDIA_TYPES else _header_media(message.content)
    if source and (media := world.media.get(source.get("id", ""))) is not None:
        details["media"] = describe(media, world.store.media_bytes(media.id))
    elif source and source.get("link"):
        details["link"] = source["link"]
    return details


def _header_media(content: dict[str, Any]) -> dict[str, Any] | None:
    header = content.get("header") or {}
    return header.get(header.get("type")) if header.get("type") in MEDIA_TYPES else None


def describe(media: Media, content: bytes) -> dict[str, Any]:
    """`{id, mime, size, filename, sha256, width?, height?, pages?}`."""
    row: dict[str, Any] = {"id": media.id, "mime": media.mime, "size": media.size, "filename": media.filename, "sha256": media.sha256}
    if media.mime.startswith("image/"):
        try:
            with Image.open(io.BytesIO(content)) as picture:
                row["width"], row["height"] = picture.size
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
            row["damaged"] = True
    elif media.mime == "application/pdf":
        try:
            with _PDFIUM:
                pdf = pypdfium2.PdfDocument(content)
                row["pages"] = len(pdf)
                pdf.close()
        except pypdfium2.PdfiumError:
            row["damaged"] = True
    return row


def preview(mime: str, content: bytes, width: int) -> bytes:
    """A JPEG of a picture or of a PDF's first page, `width` pixels wide. Raises ValueError for what has no picture."""
    try:
        picture = _first_page(content, width) if mime == "application/pdf" else _smaller(content, width)
    except (pypdfium2.PdfiumError, UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ValueError("no preview") from error
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=72)
    return out.getvalue()


def _first_page(content: bytes, width: int) -> Image.Image:
    with _PDFIUM:
        pdf = pypdfium2.PdfDocument(content)
        try:
            page = pdf[0]
            scale = width / max(page.get_width(), 1)
            if page.get_height() * scale > 4 * width:
                raise ValueError("the page is too long to preview")
            rendered: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
            return rendered
        finally:
            pdf.close()


def _smaller(content: bytes, width: int) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    if picture.width * picture.height > MAX_PIXELS:
        raise ValueError("too many pixels to preview")
    picture.draft("RGB", (width, width))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((width, width * 2))
    return upright.convert("RGB")
