"""Says what is in a PDF that the office made: how many pages, their text, whether a signature or a code stands in it."""

from collections.abc import Sequence

import zxingcpp

from documents.files.decode import sniff
from documents.files.pdf import QUIET, inspected, opened, rendered
from documents.files.signatures import validate
from documents.files.types import LONG_SIDE, Examined, TooBigError, WrongTypeError

LARGEST_FILE = 10 * 1024 * 1024
MOST_PAGES = 12
MOST_TEXT = 40_000
"""Characters of a page's text that are kept: an akta has one thousand."""
MOST_CODES = 20


def examine(data: bytes, roots: Sequence[str] = ()) -> Examined:
    """Opens the PDF and looks through it; `roots` are the certificates (PEM) whose signatures are trusted.

    Raises UnfitFileError: `type`, `bytes`, `pages`, `pdf_active`, `pdf_locked`, `broken`."""
    if sniff(data) != "PDF":
        raise WrongTypeError("type")
    if len(data) > LARGEST_FILE:
        raise TooBigError("bytes")
    with opened(inspected(data, QUIET)) as document:
        if len(document) > MOST_PAGES:
            raise TooBigError("pages")
        text = " ".join(page.get_textpage().get_text_range()[:MOST_TEXT] for page in document)
        codes = [code.text[:MOST_TEXT] for page in document for code in zxingcpp.read_barcodes(rendered(page, LONG_SIDE))]
        return Examined(len(document), text, validate(data, roots), tuple(codes[:MOST_CODES]))
