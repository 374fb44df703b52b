"""Says of each electronic signature in a PDF whether it holds, by pyHanko. Nothing is fetched, revocation is not checked."""

import io
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar, cast

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

BROKEN, CHANGED, UNKNOWN, TRUSTED = "broken", "changed", "unknown", "trusted"
"""Does not fit the bytes; the file was altered after signing; intact, but by nobody of the office's list; intact and of the list."""
Status = TypeVar("Status")
MOST = 10
"""Signatures looked at: an akta bears one, a KK one."""


def validate(data: bytes, roots: Sequence[str] = ()) -> tuple[str, ...]:
    """One word for each signature, in the file's order; BROKEN where what says it is one can't be read. `roots`: certificates as PEM."""
    try:
        found = PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures[:MOST]
    except Exception:  # whatever pyHanko finds odd in a file that PDFium has shown, it is no valid signature
        return (BROKEN,) if b"/ByteRange" in data else ()
    trusted = [x509.Certificate.load(pem.unarmor(root.encode())[2]) for root in roots]
    return tuple(_word(signature, ValidationContext(trust_roots=trusted, allow_fetching=False)) for signature in found)


def _at_once(work: Coroutine[Any, Any, Status]) -> Status:
    """What a coroutine gives that waits for nothing, as where nothing is fetched. An event loop would need sockets, which the process that
    runs this has not."""
    try:
        work.send(None)
    except StopIteration as done:
        return cast(Status, done.value)
    work.close()
    raise RuntimeError("it waits for something outside")


def _word(signature: EmbeddedPdfSignature, context: ValidationContext) -> str:
    try:
        status = _at_once(async_validate_pdf_signature(signature, signer_validation_context=context))
    except Exception:  # an incomplete or malformed signature is as good as a false one
        return BROKEN
    if not (status.intact and status.valid):
        return BROKEN
    if not status.docmdp_ok:
        return CHANGED
    return TRUSTED if status.trusted else UNKNOWN
