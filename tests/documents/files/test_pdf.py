"""What stands on the page of a PDF is drawn, what only says so is not believed, and what a reader mends is mended."""

import io
from collections.abc import Callable

import numpy as np
import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from documents import Kind, Verdict, check
from documents.files.decode import decode
from documents.files.types import Pixels, TooBigError, UnfitFileError, WrongTypeError

Draw = Callable[[Canvas], None]
ROWS = {
    "Nama Bayi": "NADIA SPESIMEN",
    "Jenis Kelamin": "PEREMPUAN",
    "Tanggal Lahir": "12 November 2026",
    "Nama Ibu": "RETNO SPESIMEN",
    "Nama Ayah": "BUDI SPESIMEN",
}
HEADS = ("SURAT KETERANGAN LAHIR", "RUMAH SAKIT UMUM SPESIMEN BLORA", "Nomor : 445/123/SKL/XI/2026")


def letter(write: Callable[[Canvas, int, str, str], None], pages: int = 1) -> bytes:
    """A hospital's letter, A4, its values written by `write(canvas, height, label, value)`."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for _ in range(pages):
        canvas.setFont("Helvetica", 14)
        for place, head in enumerate(HEADS):
            canvas.drawCentredString(297, 780 - 20 * place, head)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(60, 700, "Yang bertanda tangan di bawah ini menerangkan bahwa telah lahir seorang bayi :")
        for place, (label, value) in enumerate(ROWS.items()):
            canvas.drawString(60, 670 - 24 * place, label)
            canvas.drawString(190, 670 - 24 * place, ":")
            write(canvas, 670 - 24 * place, label, value)
        canvas.drawString(60, 520, "Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya.")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def printed(canvas: Canvas, height: int, label: str, value: str) -> None:
    canvas.drawString(205, height, value)


def in_a_field(canvas: Canvas, height: int, label: str, value: str) -> None:
    canvas.acroForm.textfield(name=label, value=value, x=203, y=height - 4, width=200, height=16, fontSize=11, borderWidth=0)


def nothing(canvas: Canvas, height: int, label: str, value: str) -> None:
    return None


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **how: object) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        buffer = io.BytesIO()
        document.save(buffer, **how)  # type: ignore[arg-type]
        return buffer.getvalue()


def ink(pixels: Pixels, row: int = 0) -> float:
    """How much is written on a row of values, as a share of its place."""
    middle = round((842 - 674 + 24 * row) / 842 * pixels.shape[0])
    place = pixels[middle - 20 : middle + 20, round(203 / 595 * pixels.shape[1]) : round(420 / 595 * pixels.shape[1])]
    return float((place.min(axis=2) < 120).mean())


def test_a_letter_that_was_never_on_paper_is_read_whole_and_nothing_of_a_camera_is_said_of_it() -> None:
    answer = check(letter(printed))
    assert (answer.verdict, answer.kind, answer.reasons) == (Verdict.OK, Kind.SURAT_KELAHIRAN, ())
    assert answer.fields["nama_ibu"] == "RETNO SPESIMEN" and answer.fields["jenis_kelamin"] == "PEREMPUAN"


def test_an_empty_letter_that_was_never_on_paper_lacks_its_entries_and_no_light() -> None:
    answer = check(letter(nothing))
    assert answer.verdict is not Verdict.OK
    assert not {"GLARE", "DARK", "OCCLUDED", "OVEREXPOSED", "BLUR"} & set(answer.reasons)


def test_values_in_form_fields_stand_on_the_page() -> None:
    (sheet,), (empty,) = decode(letter(in_a_field)), decode(letter(nothing))
    assert all(ink(sheet.pixels, row) > 0.01 > ink(empty.pixels, row) for row in range(len(ROWS)))


def test_a_note_and_a_signature_laid_on_the_page_are_drawn() -> None:
    def annotate(document: pikepdf.Pdf) -> None:
        stamp = document.make_stream(b"0 0 0 rg 0 0 100 20 re f")
        stamp.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": pikepdf.Array([0, 0, 100, 20])})
        note = {"/Type": "/Annot", "/Subtype": pikepdf.Name.Stamp, "/F": 4, "/Rect": pikepdf.Array([210, 664, 310, 684])}
        note["/AP"] = pikepdf.Dictionary({"/N": stamp})
        document.pages[0].obj["/Annots"] = document.make_indirect(pikepdf.Array([document.make_indirect(pikepdf.Dictionary(note))]))

    (sheet,) = decode(changed(letter(nothing), annotate))
    assert ink(sheet.pixels) > 0.2


def test_a_name_that_an_invisible_layer_lays_over_the_printed_one_is_not_believed() -> None:
    def overlaid(canvas: Canvas, height: int, label: str, value: str) -> None:
        printed(canvas, height, label, value)
        if label == "Nama Ibu":
            text = canvas.beginText(205, height)
            text.setTextRenderMode(3)
            text.textLine("SITI PALSU")
            canvas.drawText(text)

    white = letter(lambda canvas, height, label, value: (printed(canvas, height, label, value), canvas.setFillGray(0))[0])
    assert check(letter(overlaid)).fields["nama_ibu"] == check(white).fields["nama_ibu"] == "RETNO SPESIMEN"


def empty_names(document: pikepdf.Pdf) -> None:
    document.Root.Names = pikepdf.Dictionary({"/JavaScript": pikepdf.Dictionary({"/Names": pikepdf.Array([])})})


def prints(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary({"/S": pikepdf.Name.JavaScript, "/JS": pikepdf.String("this.print(true);")})


def prints_and_closes(document: pikepdf.Pdf) -> None:
    closing = pikepdf.Dictionary({"/WC": pikepdf.Dictionary({"/S": pikepdf.Name.Named, "/N": pikepdf.Name.Print})})
    document.Root.AA = closing


@pytest.mark.parametrize(
    "data",
    [
        changed(letter(printed), empty_names),
        changed(letter(printed), prints),
        changed(letter(printed), prints_and_closes),
        b"\xef\xbb\xbfX-Spam: none\r\n\r\n" + letter(printed),
        letter(printed)[: letter(printed).rindex(b"startxref")],
        letter(printed) + bytes(3000),
    ],
    ids=["empty-names", "prints", "prints-when-closed", "before-its-head", "without-its-tail", "zeros-behind-it"],
)
def test_what_a_reader_opens_is_opened(data: bytes) -> None:
    (sheet,) = decode(data)
    assert ink(sheet.pixels) > 0.01


@pytest.mark.parametrize("script", ["app.launchURL('http://x')", "print(); app.alert(1)", "this.print(eval('1'))"])
def test_a_script_that_does_more_than_print_is_refused(script: str) -> None:
    def act(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = pikepdf.Dictionary({"/S": pikepdf.Name.JavaScript, "/JS": pikepdf.String(script)})

    with pytest.raises(WrongTypeError, match="pdf_active"):
        decode(changed(letter(printed), act))


def test_a_file_with_a_pin_says_so() -> None:
    locked = changed(letter(printed), lambda document: None, encryption=pikepdf.Encryption(user="123456", owner="x"))
    with pytest.raises(WrongTypeError, match="pdf_locked"):
        decode(locked)


def test_a_file_with_more_pages_than_are_looked_at_is_refused_whole() -> None:
    assert len(decode(letter(printed, pages=10))) == 10
    with pytest.raises(TooBigError):
        decode(letter(printed, pages=11))


def test_a_page_that_is_a_photo_may_still_be_dark() -> None:
    (drawn,) = decode(letter(printed))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.drawInlineImage(Image.fromarray(np.full((400, 300, 3), 40, np.uint8)), 0, 0, 595, 842)
    canvas.save()
    (photo,) = decode(buffer.getvalue())
    assert drawn.drawn and not photo.drawn


def test_rubbish_behind_a_head_is_damaged() -> None:
    with pytest.raises(UnfitFileError):
        decode(b"%PDF-1.7\nnothing at all")


def test_a_name_that_is_no_text_neither_stops_the_look_nor_hides_what_comes_after_it() -> None:
    document = pikepdf.new()
    document.add_blank_page()
    document.Root["/Nama"] = pikepdf.Dictionary({"/Fonty": pikepdf.Array([])})
    plain = io.BytesIO()
    document.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    quiet = plain.getvalue().replace(b"/Fonty", b"/F\x8c\x8dty")
    assert len(decode(quiet)) == 1
    document.Root["/Nama"]["/Fonty"] = pikepdf.Dictionary({"/S": pikepdf.Name("/Launch")})
    active = io.BytesIO()
    document.save(active, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pytest.raises(WrongTypeError):
        decode(active.getvalue().replace(b"/Fonty", b"/F\x8c\x8dty"))
