"""Adds to a message what the page needs to draw it: a file's kind, size, pixels, pages."""

import io
from typing import Any

import pypdfium2
from PIL import Image, UnidentifiedImageError

from simulator.model import Media, Message
from simulator.world import World

MEDIA_TYPES = ("image", "document", "audio", "video", "sticker")
MAX_PIXELS = 40_000_000


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
            pdf = pypdfium2.PdfDocument(content)
            row["pages"] = len(pdf)
            pdf.close()
        except pypdfium2.PdfiumError:
            row["damaged"] = True
    return row


def preview(mime: str, content: bytes, width: int = 560) -> bytes:
    """A JPEG of a picture or of a PDF's first page. Raises ValueError for what has no picture."""
    picture: Image.Image
    try:
        if mime == "application/pdf":
            pdf = pypdfium2.PdfDocument(content)
            page = pdf[0]
            scale = min(2.0, width / max(page.get_width(), 1))
            if page.get_height() * scale > 4 * width:
                raise ValueError("the page is too long to preview")
            picture = page.render(scale=scale).to_pil()
            pdf.close()
        else:
            picture = Image.open(io.BytesIO(content))
            if picture.width * picture.height > MAX_PIXELS:
                raise ValueError("too many pixels to preview")
            picture.thumbnail((width, width * 2))
    except (pypdfium2.PdfiumError, UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ValueError("no preview") from error
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=72)
    return out.getvalue()
