"""Loads beforehand whatever a file may need, since a confined process opens no module and no table any more."""

import contextlib
import io

import numpy.ma  # noqa: F401  # numpy.percentile loads it at its first call
import pi_heif
import pikepdf
from PIL import Image

from documents.files.decode import decode
from documents.files.examining import examine
from documents.files.showing import show_pdf_page, show_picture
from documents.files.types import UnfitFileError
from documents.kinds.guess import weigh
from documents.ocr.words import holds
from documents.thresholds import thresholds
from standard.numbers import read_nik

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "AVIF")
"""Pillow's names of the formats that are tried on a picture of our own; HEIC, which nobody here can write, is only registered."""
_CODECS = ("ascii", "latin-1", "utf-8", "utf-16", "utf-16-be", "utf-16-le", "cp1252", "idna", "unicode_escape", "pdfdoc")


def load_decoders() -> None:
    """Opens a small file of each format once, the way that strangers' files are opened."""
    pi_heif.register_heif_opener()
    picture = Image.effect_noise((640, 640), 80).convert("RGB")
    for name in FORMATS:
        show_picture(_written(picture, name), "–")
    for mode in ("L", "P", "RGBA", "I;16"):
        decode(_written(picture.convert("L").convert(mode), "PNG" if mode != "I;16" else "TIFF"))
    decode(_written(picture.convert("CMYK"), "JPEG"))
    cut = (_written(picture, "JPEG")[:-900], _written(picture, "PNG")[:-900])
    for data in (*cut, b"\x00\x00\x00\x18ftypheic" + bytes(64), b"RIFF----WEBP"):
        with contextlib.suppress(UnfitFileError):
            decode(data)
    for codec in _CODECS:
        with contextlib.suppress(UnicodeError):
            "–".encode(codec)
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    plain, locked = io.BytesIO(), io.BytesIO()
    pdf.save(plain)
    pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    show_pdf_page(plain.getvalue(), 0, 640)
    for data in (plain.getvalue(), locked.getvalue(), plain.getvalue()[:-60], plain.getvalue() + b"/ByteRange"):
        with contextlib.suppress(UnfitFileError):
            examine(data)
        with contextlib.suppress(UnfitFileError):
            decode(data)


def load_tables() -> None:
    """Reads every table that reading a page needs."""
    thresholds()
    weigh([])
    read_nik("3316990101900001")
    holds("KARTU", "KTP")


def _written(picture: Image.Image, name: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, name)
    return out.getvalue()
