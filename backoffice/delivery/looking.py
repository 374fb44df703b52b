"""Looks at one paper of the office: what our own reader and, in doubt, Tesseract see on the page, against what should stand there."""

from collections.abc import Awaitable, Callable

from backoffice.cases.products import Phase
from backoffice.delivery.comparing import Expected, alike, missing, numbers_in, says
from backoffice.delivery.second_reader import LONGEST, read_page
from backoffice.services import Signers
from documents import Examined, Opener
from standard.code_hosts import leads_to_the_registry

READ_PAGES = 4
"""Pages that are read: an akta and a KK have one."""


SecondReader = Callable[[bytes], Awaitable[tuple[str, ...]]]
"""The lines of a page, from its picture."""


async def warnings_of(
    opener: Opener,
    data: bytes,
    found: Examined,
    expected: Expected,
    phase: Phase,
    signers: Signers,
    second_reader: SecondReader = read_page,
) -> frozenset[str]:
    """Codes of what does not agree (`products.BLOCKING`). Raises Unopened, Busy."""
    pages = await opener.read_lines(data)
    lacking = missing(expected, pages)
    if lacking:
        second = [await second_reader((await opener.pdf_page(data, index, LONGEST)).jpeg) for index in range(min(found.pages, READ_PAGES))]
        pages = (*pages, *second)
        lacking = missing(expected, pages)
    warnings = set(lacking)
    if not any(line.strip() for page in pages for line in page):
        warnings.add("unreadable")
    if not lacking and found.text.strip() and not says(expected, found.text):
        warnings.add("text_differs")
    warnings |= _codes(found.codes, expected)
    if phase is Phase.FINAL:
        warnings |= _signatures(found.signatures, signers)
    return frozenset(warnings)


def _signatures(found: tuple[str, ...], signers: Signers) -> set[str]:
    """What the signatures are worth: none is a warning, a bar code stands for none."""
    words = {
        "broken": "signature_broken",
        "changed": "signature_changed",
        "unknown": "signer_refused" if signers.roots and signers.must_be_known else "signer_unknown",
    }
    return {words[state] for state in found if state in words} if found else {"no_signature"}


def _codes(codes: tuple[str, ...], expected: Expected) -> set[str]:
    """What the QR codes say of another number, or lead to a host that is none of the registry's. None of them is ever opened."""
    warnings = set()
    numbers = numbers_in(codes)
    known = (expected.number, *expected.niks)
    if numbers and not any(alike(number, one) for number in numbers for one in known if one):
        warnings.add("code_differs")
    if any("://" in code and not leads_to_the_registry(code) for code in codes):
        warnings.add("code_host")
    return warnings
