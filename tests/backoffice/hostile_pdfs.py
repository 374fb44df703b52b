"""Small PDFs that cost much, or act by themselves: what nobody may have the back office open in its own process."""

from collections.abc import Sequence


def write_pdf(page: bytes, *more: bytes, catalog: bytes = b"") -> bytes:
    """A file whose object 3 is the page's further entries, and objects from 4 on those given."""
    objects: Sequence[bytes] = (
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R" + page + b">>",
        *more,
    )
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, entry) for number, entry in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R>>"


def nested_forms(depth: int = 9, each: int = 9) -> bytes:
    """Forms that draw forms, `each` times `depth` deep: 1.8 kB, and a day to paint."""
    forms = []
    for level in range(depth):
        last = level == depth - 1
        draws = b"0 0 9 9 re f" if last else b"/A Do " * each
        named = b"" if last else b"/Resources<</XObject<</A %d 0 R>>>>" % (6 + level)
        forms.append(b"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]%s/Length %d>>stream\n%s\nendstream" % (named, len(draws), draws))
    page = b"/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>"
    return write_pdf(page, b"<</Length 5>>stream\n/A Do\nendstream", *forms)


def vast_page(side: int = 14000) -> bytes:
    """A page of five metres, in 300 bytes: drawn at two dots a point it fills gigabytes."""
    return write_pdf(b"/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<<>>" % (side, side), b"<</Length 0>>stream\n\nendstream")


SHEET = b"/MediaBox[0 0 595 842]"
ACTIVE = {
    "JavaScript when opened": write_pdf(SHEET, catalog=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
    "JavaScript by name": write_pdf(SHEET, catalog=b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>"),
    "a program started": write_pdf(SHEET, catalog=b"/OpenAction<</S/Launch/F(calc.exe)>>"),
    "a program behind a link": write_pdf(SHEET + b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(x)>>>>]"),
    "an address opened by itself": write_pdf(SHEET, catalog=b"/OpenAction<</S/URI/URI(http://jahat.test)>>"),
    "an embedded file": write_pdf(SHEET, b"<</Type/EmbeddedFile/Length 2>>stream\nMZ\nendstream", catalog=b"/Names<</EmbeddedFiles<<>>>>"),
    "a file attached to a page": write_pdf(
        SHEET + b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>>>]",
        b"<</Length 2>>stream\nMZ\nendstream",
    ),
    "an XFA form": write_pdf(SHEET, catalog=b"/AcroForm<</Fields[]/XFA[]>>"),
    "rich media": write_pdf(SHEET + b"/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>]"),
    "an act when a page is shown": write_pdf(SHEET + b"/AA<</O<</S/JavaScript/JS(1)>>>>"),
}
QUIET = {
    "a page shown when opened": write_pdf(SHEET, catalog=b"/OpenAction[3 0 R/Fit]"),
    "a link to the office": write_pdf(
        SHEET + b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://blorakab.go.id)>>>>]"
    ),
}
