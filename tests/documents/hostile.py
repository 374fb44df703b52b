"""Files made to break whoever opens them (`photos.md`, last part), written by script, each with the answer that is right for it.

`write(folder)` returns the list. `reasons` is a set of which one is right; an empty set means the file is odd but holds a good KTP,
so it should be read (`verdicts` then has `ok`). Whatever comes, the pool lives on and no file takes longer than its limit.
"""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image

from simulator.specimen import ktp, people
from simulator.specimen.camera import Stand
from simulator.specimen.photograph import take
from simulator.specimen.plan import Plan

REFUSED = frozenset({"retake", "officer"})
READ = frozenset({"ok"})
EITHER = REFUSED | READ


@dataclass(frozen=True)
class HostileFile:
    name: str
    verdicts: frozenset[str]
    reasons: frozenset[str]
    about: str


def good_jpeg() -> bytes:
    """A plain, readable KTP, for files that hide one."""
    family = people.family(404, "menikah")
    sheet = ktp.draw(family.ibu, 404)
    plan = Plan(frame=(1600, 1200), surface="wood", stand=Stand(0.85, 0, 1.0, (2, -2)), noise=1.0, quality=78)
    return take(sheet, plan, random.Random("hostile")).data


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, rows: int | None = None) -> bytes:
    """A PNG of one colour that says it has this size; `rows` of it are there."""
    packer = zlib.compressobj(9)
    row = b"\x00" + b"\x00" * ((width + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _pdf(change: Callable[[pikepdf.Pdf], None], pages: int = 1, size: tuple[float, float] = (595, 842), **save: object) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=size)
    change(document)
    buffer = io.BytesIO()
    document.save(buffer, **save)  # type: ignore[arg-type]
    return buffer.getvalue()


def _nothing(document: pikepdf.Pdf) -> None:
    return None


def _script_at_the_root(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('SPESIMEN')")


def _script_deep_inside(document: pikepdf.Pdf) -> None:
    """Inline in a nested array of an annotation, not an object of its own: a walk over top-level objects misses it."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('SPESIMEN')")
    inner = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[0, 0, 1, 1], AA=pikepdf.Dictionary(E=script))
    document.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Popup, Rect=[0, 0, 1, 1], Parent=inner)]
    )


def _launch(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def _embedded(document: pikepdf.Pdf) -> None:
    document.attachments["muatan.exe"] = b"MZ SPESIMEN"


def _form_xfa(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = document.make_indirect(pikepdf.Dictionary(Fields=[], XFA=document.make_stream(b"<xdp/>")))


def _deep(document: pikepdf.Pdf) -> None:
    """Arrays nested 2,000 deep."""
    value: pikepdf.Object = pikepdf.Array([])
    for _ in range(2000):
        value = document.make_indirect(pikepdf.Array([value]))
    document.Root.SpesimenDalam = value


def _inflating(document: pikepdf.Pdf) -> None:
    """A content stream of 200 MB out of 200 kB."""
    document.pages[0].Contents = document.make_stream(zlib.compress(b"0 0 m 1 1 l S " * 14_000_000, 9), Filter=pikepdf.Name.FlateDecode)


def _huge_exif(jpeg: bytes) -> bytes:
    block = b"Exif\x00\x00" + b"MM\x00\x2a\x00\x00\x00\x08\xff\xff" + b"\x41" * 65_000
    return jpeg[:2] + (b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block) * 60 + jpeg[2:]


def _zip_of(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def _resized_header(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG, whose frame header claims another size."""
    at = next(i for i in range(len(jpeg)) if jpeg[i : i + 2] in (b"\xff\xc0", b"\xff\xc2"))
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


def _picture(form: str, size: tuple[int, int], **save: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (200, 200, 200)).save(buffer, form, **save)
    return buffer.getvalue()


def _frames(form: str, jpeg: bytes, count: int) -> bytes:
    first = Image.open(io.BytesIO(jpeg)).convert("RGB").resize((800, 600))
    rest = [Image.new("RGB", (800, 600), (i * 20 % 255, 90, 90)) for i in range(count - 1)]
    buffer = io.BytesIO()
    first.save(buffer, form, save_all=True, append_images=rest)
    return buffer.getvalue()


HEIC = Path(__file__).parent / "files" / "heic"
"""Made once, by an encoder that is no part of the project: ours only reads them."""


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><image href="file:///etc/passwd"/>'
    b"<script>alert(1)</script><text>NIK SPESIMEN</text></svg>"
)
TYPE, SIZE, DAMAGED = "FILE_TYPE", "FILE_SIZE", "FILE_DAMAGED"
BLANK = frozenset({"NO_DOCUMENT", "OVEREXPOSED", "UNREADABLE_FIELD", SIZE, DAMAGED})
NOTHING_THERE = frozenset({"NO_DOCUMENT", "DARK", "OVEREXPOSED", "UNREADABLE_FIELD", "TOO_SMALL", SIZE, DAMAGED})


def files() -> list[tuple[HostileFile, bytes]]:
    """Every hostile file with its bytes; deterministic but for what the PDF writer dates."""
    jpeg = good_jpeg()
    script = b"<html><script>alert(1)</script></html>"
    rows: list[tuple[str, frozenset[str], set[str] | frozenset[str], str, bytes]] = [
        ("bom.png", REFUSED, {SIZE, DAMAGED}, "8000² pixels in 8 kB", png(8000, 8000)),
        ("bom-besar.png", REFUSED, {SIZE, DAMAGED}, "50000² pixels claimed", png(50_000, 50_000, rows=2000)),
        ("nol.png", REFUSED, {DAMAGED, TYPE, SIZE}, "zero pixels wide", png(0, 100)),
        ("tipis.png", REFUSED, NOTHING_THERE, "one pixel high, 30,000 wide", png(30_000, 1)),
        ("png-terpotong.png", REFUSED, {DAMAGED}, "rows missing", png(1600, 1200, rows=30)[:-20]),
        ("kosong.jpg", REFUSED, {DAMAGED, TYPE, SIZE}, "no byte at all", b""),
        ("satu-bait.jpg", REFUSED, {DAMAGED, TYPE, SIZE}, "one byte", b"\xff"),
        ("kepala-saja.jpg", REFUSED, {DAMAGED, TYPE}, "JPEG's first bytes, then nothing", b"\xff\xd8\xff\xe0"),
        ("terpotong.jpg", REFUSED, {DAMAGED}, "a third of a JPEG", jpeg[: len(jpeg) // 3]),
        ("nol-di-tengah.jpg", EITHER, {DAMAGED, "BLUR", "UNREADABLE_FIELD", "NO_DOCUMENT"}, "zeros in its middle", _holed(jpeg)),
        ("ukuran-bohong.jpg", REFUSED, {SIZE, DAMAGED}, "a header that claims 65000² pixels", _resized_header(jpeg, 65_000, 65_000)),
        ("ukuran-nol.jpg", REFUSED, {DAMAGED, SIZE, TYPE}, "a header that claims no pixels", _resized_header(jpeg, 0, 0)),
        ("exif-raksasa.jpg", EITHER, {DAMAGED, SIZE}, "4 MB of broken EXIF before a good KTP", _huge_exif(jpeg)),
        ("jpg-berisi-zip.jpg", READ, set(), "a good KTP with an archive behind it", jpeg + _zip_of("muatan.exe", b"MZ")),
        ("jpg-berisi-html.jpg", READ, set(), "a good KTP with a script behind it", jpeg + script),
        ("ktp.pdf", EITHER, {TYPE, DAMAGED}, "a good JPEG named .pdf", jpeg),
        ("zip.jpg", REFUSED, {TYPE, DAMAGED}, "an archive named .jpg", _zip_of("ktp.jpg", jpeg)),
        ("html.png", REFUSED, {TYPE, DAMAGED}, "a web page named .png", script),
        ("skrip.svg", REFUSED, {TYPE, DAMAGED}, "SVG with a script and a file reference", SVG),
        ("exe.jpg", REFUSED, {TYPE, DAMAGED}, "a program named .jpg", b"MZ\x90\x00" + b"\x00" * 4000),
        ("acak.jpg", REFUSED, {TYPE, DAMAGED}, "noise", random.Random(1).randbytes(40_000)),
        (
            "acak-berkepala.jpg",
            REFUSED,
            {TYPE, DAMAGED},
            "JPEG's first bytes, then noise",
            b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + random.Random(2).randbytes(40_000),
        ),
        ("besar.jpg", EITHER, {SIZE}, "a good KTP followed by 30 MB of zeros", jpeg + bytes(30_000_000)),
        ("gerak.gif", REFUSED, {TYPE, DAMAGED}, "an animation", _frames("GIF", jpeg, 30)),
        ("gerak.webp", EITHER, {TYPE, DAMAGED, SIZE}, "an animated WebP that begins with a KTP", _frames("WEBP", jpeg, 12)),
        ("lapis.tiff", EITHER, NOTHING_THERE | {"BLUR", "MULTIPLE_DOCUMENTS"}, "TIFF pages, the first a KTP", _frames("TIFF", jpeg, 5)),
        ("besar.bmp", REFUSED, {SIZE, DAMAGED}, "a header that claims 50000² pixels", _bmp_header(50_000, 50_000)),
        ("ktp.avif", READ, set(), "a good KTP from a new phone", _avif(jpeg)),
        ("terpotong.avif", REFUSED, {DAMAGED, TYPE}, "half an AVIF", _avif(jpeg)[:9000]),
        ("kecil.jpg", REFUSED, NOTHING_THERE, "one pixel", _picture("JPEG", (1, 1))),
        ("cmyk.jpg", EITHER, NOTHING_THERE | {TYPE}, "a good KTP in CMYK", _cmyk(jpeg)),
        ("ktp.heic", READ, set(), "a good KTP from an iPhone", (HEIC / "ktp.heic").read_bytes()),
        ("besar.heic", REFUSED, NOTHING_THERE, "HEIC of 42 million pixels", (HEIC / "besar.heic").read_bytes()),
        ("terpotong.heic", REFUSED, {DAMAGED, TYPE}, "half a HEIC", (HEIC / "ktp.heic").read_bytes()[:9000]),
        ("kosong.pdf", REFUSED, {DAMAGED, TYPE}, "PDF's first bytes only", b"%PDF-1.7\n"),
        ("rusak.pdf", REFUSED, {DAMAGED, TYPE}, "PDF without its end", _pdf(_nothing)[:200]),
        ("putih.pdf", REFUSED, BLANK, "a blank page", _pdf(_nothing)),
        ("2000-halaman.pdf", REFUSED, {SIZE, "NO_DOCUMENT", DAMAGED}, "2,000 pages", _pdf(_nothing, pages=2000)),
        ("raksasa.pdf", REFUSED, BLANK, "a page of 14,400 points", _pdf(_nothing, size=(14_400, 14_400))),
        (
            "terkunci.pdf",
            REFUSED,
            {DAMAGED, TYPE},
            "opens only with a PIN",
            _pdf(_nothing, encryption=pikepdf.Encryption(user="1234", owner="5678")),
        ),
        ("skrip.pdf", REFUSED, {TYPE, DAMAGED}, "JavaScript on opening", _pdf(_script_at_the_root)),
        ("skrip-dalam.pdf", REFUSED, {TYPE, DAMAGED}, "JavaScript inline, deep in an annotation", _pdf(_script_deep_inside)),
        (
            "skrip-terbungkus.pdf",
            REFUSED,
            {TYPE, DAMAGED},
            "the same inside an object stream",
            _pdf(_script_deep_inside, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        ),
        ("jalankan.pdf", REFUSED, {TYPE, DAMAGED}, "starts a program", _pdf(_launch)),
        ("lampiran.pdf", REFUSED, {TYPE, DAMAGED}, "a program attached", _pdf(_embedded)),
        ("xfa.pdf", REFUSED, {TYPE, DAMAGED}, "an XFA form", _pdf(_form_xfa)),
        ("putaran.pdf", REFUSED, {DAMAGED, TYPE, SIZE, "NO_DOCUMENT"}, "a page tree that holds itself", _looped()),
        ("bersarang.pdf", REFUSED, BLANK | {TYPE}, "arrays nested 2,000 deep", _pdf(_deep)),
        ("mengembang.pdf", REFUSED, BLANK | {TYPE}, "200 MB of strokes out of 200 kB", _pdf(_inflating)),
        ("polyglot.jpg", EITHER, {TYPE, DAMAGED}, "JPEG and PDF at once", jpeg + _pdf(_script_at_the_root)),
    ]
    return [(HostileFile(name, verdicts, frozenset(reasons), about), data) for name, verdicts, reasons, about, data in rows]


def _avif(jpeg: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.open(io.BytesIO(jpeg)).save(buffer, "AVIF", quality=70)
    return buffer.getvalue()


def _bmp_header(width: int, height: int) -> bytes:
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)


def _holed(jpeg: bytes) -> bytes:
    middle = len(jpeg) // 2
    return jpeg[:middle] + bytes(2000) + jpeg[middle + 2000 :]


def _cmyk(jpeg: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.open(io.BytesIO(jpeg)).convert("CMYK").save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def _looped() -> bytes:
    """pikepdf would not save a loop, so it is written by hand."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF\n"
    )


def write(folder: Path) -> list[HostileFile]:
    folder.mkdir(parents=True, exist_ok=True)
    made = files()
    for file, data in made:
        (folder / file.name).write_bytes(data)
    return [file for file, _ in made]
