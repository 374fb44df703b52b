"""Looks at uploaded PDFs and turns their pages into pictures, one at a time: PDFium is not made for threads."""

import io
import re
import threading
from dataclasses import dataclass

import pypdfium2
import zxingcpp

LARGEST_FILE = 10 * 1024 * 1024
MOST_PAGES = 12
_one_at_a_time = threading.Lock()
_SIGNATURE = re.compile(rb"/ByteRange\s*\[")


class NoPdf(Exception):
    """The file is no PDF that can be opened and shown."""


@dataclass(frozen=True)
class Looked:
    """What was found in a PDF: its pages and codes of warnings (`no_signature`, `number_missing`, `name_missing`)."""

    pages: int
    warnings: list[str]


def look(data: bytes, expected: dict[str, str], final: bool) -> Looked:
    """Opens a PDF and compares it with what it should say; `expected` maps a warning's code to a text. Raises NoPdf.

    A final one should carry a digital signature or a QR code. A PDF without text (a scan) can't be compared: nothing is warned of.
    """
    if not data.startswith(b"%PDF-") or len(data) > LARGEST_FILE:
        raise NoPdf
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(data)
            pages = len(document)
            if not 1 <= pages <= MOST_PAGES:
                raise NoPdf
            text = " ".join(page.get_textpage().get_text_range() for page in document)
            first = document[0].render(scale=2).to_pil()
            document.close()
        except pypdfium2.PdfiumError as error:
            raise NoPdf from error
    words = _plain(text)
    warnings = [code for code, wanted in expected.items() if words and wanted and _plain(wanted) not in words]
    if final and not _SIGNATURE.search(data) and not zxingcpp.read_barcodes(first):
        warnings.append("no_signature")
    return Looked(pages, warnings)


def page_picture(data: bytes, index: int, width: int = 1240) -> bytes:
    """A page as JPEG. Raises NoPdf where there is none."""
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(data)
            if not 0 <= index < len(document):
                raise NoPdf
            page = document[index]
            picture = page.render(scale=min(4.0, width / max(1.0, page.get_width()))).to_pil().convert("RGB")
            document.close()
        except pypdfium2.PdfiumError as error:
            raise NoPdf from error
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())
