"""Treats a photo as WhatsApp's app does before it sends it: upright, long side 1600 pixels, JPEG about 70, no metadata."""

import io

from pi_heif import register_heif_opener
from PIL import Image, ImageOps, UnidentifiedImageError

LONG_SIDE = 1600
QUALITY = 70
MAX_PIXELS = 80_000_000

register_heif_opener()


class NotAPhoto(Exception):
    """A file that WhatsApp would not take as a photo."""


def recompress(content: bytes) -> bytes:
    """JPEG bytes of what the applicant would really have sent. Raises NotAPhoto."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise NotAPhoto
            upright = ImageOps.exif_transpose(picture)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError) as error:
        raise NotAPhoto from error
    if upright.mode in ("RGBA", "LA", "P"):
        coloured = upright.convert("RGBA")
        upright = Image.new("RGB", coloured.size, "white")
        upright.paste(coloured, mask=coloured.getchannel("A"))
    upright = upright.convert("RGB")
    upright.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    upright.info.clear()
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
