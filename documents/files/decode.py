"""Turns the bytes of an unknown file into upright-by-EXIF pixels, or into one clear reason why it can't be done.

Names and declared types are not believed: the first bytes decide, and an explicit list of formats is all that Pillow may try.
Only pixels leave this module, so metadata, appended archives and scripts end here.
"""

import io
import warnings

import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from documents.files.types import LONG_SIDE, MAX_BYTES, MAX_PIXELS, MIN_SIDE, Pixels, Sheet, TooBigError, UnfitFileError, WrongTypeError

BAND = 128
"""Rows of the reduced picture that are made at a time."""


def decode(data: bytes) -> tuple[Sheet, ...]:
    """The pages of a JPEG, PNG, WebP, HEIC or PDF file. Raises UnfitFileError with the reason."""
    if not data:
        raise UnfitFileError("empty")
    if len(data) > MAX_BYTES:
        raise TooBigError("bytes")
    kind = sniff(data)
    if kind is None:
        raise WrongTypeError("type")
    if kind == "PDF":
        from documents.files.pdf import render  # loaded for PDFs only: it costs 15 MB

        return render(data)
    return (Sheet(_picture(data, kind)),)


_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


def sniff(data: bytes) -> str | None:
    """Pillow's name of the format that the first bytes say, `PDF`, or None."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "HEIF"
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "PDF"
    return None


def _picture(data: bytes, format_name: str) -> Pixels:
    if format_name == "HEIF":
        import pillow_heif  # only where one arrives: its decoder is the largest surface here

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.options.THUMBNAILS = False
        pillow_heif.register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = MAX_PIXELS
        try:
            with Image.open(io.BytesIO(data), formats=[format_name]) as image:
                if image.width * image.height * len(image.getbands()) > 3 * MAX_PIXELS:
                    raise TooBigError("pixels")
                if format_name == "JPEG":
                    share = min(1.0, LONG_SIDE / max(image.size))
                    image.draft("RGB", (round(image.width * share), round(image.height * share)))
                image.load()
                return _plain(_reduced(image))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
            raise TooBigError("pixels") from bomb
        except UnidentifiedImageError as unknown:
            raise UnfitFileError("unreadable") from unknown
        except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, RuntimeError, ArithmeticError, KeyError) as broken:
            raise UnfitFileError("broken") from broken


def _reduced(image: Image.Image) -> Image.Image:
    """A picture of several times LONG_SIDE brought near it, band by band, so that no second copy of all its pixels is ever held."""
    factor = max(image.size) // LONG_SIDE
    if factor < 2 or image.mode not in ("RGB", "RGBA", "L"):
        return image
    small = Image.new(image.mode, (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, BAND * factor):
        small.paste(image.crop((0, top, image.width, min(image.height, top + BAND * factor))).reduce(factor), (0, top // factor))
    small.getexif()[ExifTags.Base.Orientation] = image.getexif().get(ExifTags.Base.Orientation, 1)
    return small


def _plain(image: Image.Image) -> Pixels:
    """First frame, upright, on white where transparent, eight bits, at most LONG_SIDE."""
    if image.mode in ("RGB", "RGBA"):
        image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        upright = Image.alpha_composite(paper, layer)
    if upright.mode.startswith("I"):
        upright = Image.fromarray((np.asarray(upright, dtype=np.uint32) >> 8).clip(0, 255).astype(np.uint8))
    plain = upright.convert("RGB")
    plain.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    if min(plain.size) < MIN_SIDE:
        raise UnfitFileError("too_few_pixels")
    return np.array(plain, dtype=np.uint8)
