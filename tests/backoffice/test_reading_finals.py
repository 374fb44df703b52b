"""Papers as pictures, read by the real readers: a scan without text is compared as any other, and its QR code with it."""

import io

import pypdfium2
import pytest
import segno
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from backoffice.cases.products import Phase
from backoffice.delivery.comparing import Expected
from backoffice.delivery.looking import warnings_of
from backoffice.services import Signers
from documents import Opener
from tests.backoffice.papers import sign

pytestmark = pytest.mark.slow

RIGHT = Expected("3316-LU-23112026-0001", ("RADITYA AL GHIFARI",))


def printed(number: str, name: str, code: str = "") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("Times-Roman", 12)
    for place, line in enumerate(
        ("KUTIPAN AKTA KELAHIRAN", f"Berdasarkan Akta Kelahiran Nomor {number}", "di Blora telah lahir", name, "anak ke-1, laki-laki")
    ):
        canvas.drawString(90, 760 - 30 * place, line)
    if code:
        picture = io.BytesIO()
        segno.make(code, error="m").save(picture, kind="png", scale=6, border=4)
        canvas.drawImage(ImageReader(io.BytesIO(picture.getvalue())), 90, 300, 120, 120)
    canvas.save()
    return out.getvalue()


def scanned(pdf: bytes, hidden: str = "") -> bytes:
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawString(90, 400, hidden)
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    canvas.save()
    return out.getvalue()


PAPERS = {
    "right": (sign(scanned(printed(RIGHT.number, RIGHT.names[0]))), set()),
    "with its own code": (sign(printed(RIGHT.number, RIGHT.names[0], f"https://dukcapil.kemendagri.go.id/{RIGHT.number}")), set()),
    "another child's, scanned": (sign(scanned(printed("3316-LU-23112026-0099", "RADITYA AL GHIFARY"))), {"number_missing", "name_missing"}),
    "a text of another behind the picture": (sign(scanned(printed(RIGHT.number, RIGHT.names[0]), "BIMA SAKTI 0099")), {"text_differs"}),
    "the right text behind another's picture": (
        sign(scanned(printed("3316-LU-23112026-0099", "BIMA SAKTI"), f"{RIGHT.number} {RIGHT.names[0]}")),
        {"number_missing", "name_missing"},
    ),
    "another's code": (sign(printed(RIGHT.number, RIGHT.names[0], "SPESIMEN/3316-LU-01012026-0007")), {"code_differs"}),
    "a stranger's address": (sign(printed(RIGHT.number, RIGHT.names[0], "https://dukcapil.kemendagri.go.id.jahat.test/x")), {"code_host"}),
    "another's, born digital": (sign(printed("3316-LU-23112026-0099", "BIMA SAKTI")), {"number_missing", "name_missing"}),
    "a scan signed by nobody": (scanned(printed(RIGHT.number, RIGHT.names[0])), {"no_signature"}),
}


async def test_scans_and_codes_are_compared_with_the_case() -> None:
    opener, faults = Opener(workers=1), []
    try:
        for name, (data, expected) in PAPERS.items():
            warnings = await warnings_of(opener, data, await opener.examine(data), RIGHT, Phase.FINAL, Signers())
            if warnings - {"signer_unknown"} != expected:
                faults.append((name, sorted(warnings)))
    finally:
        await opener.close()
    assert not faults
