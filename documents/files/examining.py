"""Says what is in a PDF that the office made: how many pages, their text, whether a signature or a code stands in it."""

import re

import zxingcpp

from documents.files.decode import sniff
from documents.files.pdf import QUIET, opened, refuse_active_content, rendered
from documents.files.types import LONG_SIDE, Examined, TooBigError, WrongTypeError

LARGEST_FILE = 10 * 1024 * 1024
MOST_PAGES = 12
MOST_TEXT = 40_000
"""Characters of a page's text that are kept: an akta has one thousand."""
_SIGNATURE = re.compile(rb"/ByteRange\s*\[")


def examine(data: bytes) -> Examined:
    """Opens the PDF and looks through it. Raises UnfitFileError: `type`, `bytes`, `pages`, `pdf_active`, `pdf_locked`, `broken`."""
    if sniff(data) != "PDF":
        raise WrongTypeError("type")
    if len(data) > LARGEST_FILE:
        raise TooBigError("bytes")
    refuse_active_content(data, QUIET)
    with opened(data) as document:
        if len(document) > MOST_PAGES:
            raise TooBigError("pages")
        text = " ".join(page.get_textpage().get_text_range()[:MOST_TEXT] for page in document)
        coded = bool(zxingcpp.read_barcodes(rendered(document[0], LONG_SIDE)))
        return Examined(len(document), text, bool(_SIGNATURE.search(data)), coded)
