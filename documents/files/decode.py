"""Turns the bytes of an unknown file into upright-by-EXIF pixels, or into one clear reason why it can't be done.

Names and declared types are not believed: the first bytes decide, and an explicit list of formats is all that Pillow may try.
Only pixels leave this module, so metadata, appended archives and scripts end here.
"""

import io
import warnings

import numpy as np
from PIL import AvifImagePlugin, ExifTags, Image, ImageOps, UnidentifiedImageError

from documents.files.types import (
    LONG_SIDE,
    MAX_BYTES,
    MAX_PIXELS,
    MIN_SIDE,
    Pixels,
    Sheet,
    TooBigError,
    UnfitFileError,
    WrongTypeError,
)
from documents.model import MAX_PAGES

BAND = 128
"""Rows of the reduced picture that are made at a time."""


def decode(data: bytes) -> tuple[Sheet, ...]:
    """The pages of a JPEG, PNG, WebP, HEIC, AVIF, BMP, TIFF or PDF file. Raises UnfitFileError with the reason."""
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
    if kind == "TIFF":
        if (count := _frames(data)) > MAX_PAGES:
            raise TooBigError("pages")
        return tuple(Sheet(_picture(data, kind, number)) for number in range(count))
    return (Sheet(_picture(data, kind)),)


_STARTS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


def sniff(data: bytes) -> str | None:
    """Pillow's name of the format that the first bytes say, `PDF`, or None."""
    for start, name in _STARTS:
        if data.startswith(start):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        brands = {data[place : place + 4] for place in range(8, min(64, int.from_bytes(data[:4])), 4)}
        return "AVIF" if b"avif" in brands else "HEIF" if data[8:12] in _HEIF_BRANDS else None
    if b"%PDF-" in data[:1024]:
        return "PDF"
    return None


def _frames(data: bytes) -> int:
    """How many pages a TIFF says it has; one where that can't be told, so that the reason is found on it."""
    try:
        with Image.open(io.BytesIO(data), formats=["TIFF"]) as image:
            return int(getattr(image, "n_frames", 1))
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, RuntimeError, KeyError, Image.DecompressionBombError):
        return 1


def _picture(data: bytes, format_name: str, frame: int = 0) -> Pixels:
    if format_name == "HEIF":
        import pi_heif  # only where one arrives: its decoder is the largest surface here

        pi_heif.options.DECODE_THREADS = 1
        pi_heif.options.THUMBNAILS = False
        pi_heif.register_heif_opener()
    if format_name == "AVIF":
        AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = MAX_PIXELS
        try:
            with Image.open(io.BytesIO(data), formats=[format_name]) as image:
                if frame:
                    image.seek(frame)
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
            if format_name == "JPEG" and not data.endswith(_JPEG_END) and (mended := _without_end(data)) is not None:
                return mended
            raise UnfitFileError("broken") from broken


_JPEG_END = b"\xff\xd9"
WHOLE = 0.98
"""Share of a picture's rows that have to be there; a phone that ran full leaves out the last bytes, which no reader misses."""


def _without_end(data: bytes) -> Pixels | None:
    """A JPEG whose last bytes are missing, if next to nothing of its picture is.

    Two different continuations are tried: where the pictures that they give differ, something was missing.
    """
    try:
        one, other = (_picture(data + continued + _JPEG_END, "JPEG") for continued in (bytes(64), b"\xa5" * 64))
    except UnfitFileError:
        return None
    missing = np.flatnonzero((one != other).any(axis=(1, 2)))
    return one if missing.size == 0 or missing[0] >= WHOLE * one.shape[0] else None


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
