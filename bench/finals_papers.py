"""Draws final papers of people who do not exist, akta and KK as SIAK prints them: right ones, and false ones that must not go out."""

import io
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pypdfium2
import segno
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

from backoffice.delivery.comparing import Expected
from simulator.specimen import people
from tests.backoffice.papers import sign

FACES = (("Times-Roman", "Times-Bold", "Times-Italic"), ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"))
HOSTS = ("https://dukcapil.kemendagri.go.id/verifikasi/", "https://bsre.bssn.go.id/verifikasi/", "https://dukcapil.blorakab.go.id/d/")
MONTHS = (
    "JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS", "SEPTEMBER", "OKTOBER", "NOVEMBER", "DESEMBER",
)  # fmt: skip
SCAN_DPI = 150
LONGEST_NAME = 58


@dataclass(frozen=True)
class Child:
    """A child with the numbers from SIAK."""

    name: str
    nik: str
    akta: str
    born: date
    boy: bool


@dataclass(frozen=True)
class Record:
    """One case as far as its papers go. `nik_known`: whether the children's NIK were entered."""

    family: people.Family
    children: tuple[Child, ...]
    issued: date
    nik_known: bool
    style: int

    @property
    def no_kk(self) -> str:
        return self.family.no_kk

    def expects_akta(self, child: int = 0) -> Expected:
        """What should stand on a child's akta."""
        one = self.children[child]
        return Expected(one.akta, (one.name,), (one.nik,) if self.nik_known else ())

    def expects_kk(self) -> Expected:
        """What should stand on the KK."""
        niks = tuple(child.nik for child in self.children) if self.nik_known else ()
        return Expected(self.no_kk, tuple(child.name for child in self.children), niks)


def record(seed: int) -> Record:
    """A case by its seed: one child, or twins in one of four; the child of one in four has a name that a column of a KK breaks."""
    rng = random.Random(seed)
    family = people.family(seed)
    if rng.random() < 0.25:
        more = [people.person(rng, family.bayi.tanggal_lahir, family.bayi.laki, family.bayi.address, "ISLAM").nama for _ in range(2)]
        family = replace(family, bayi=replace(family.bayi, nama=" ".join([family.bayi.nama, *more])[:LONGEST_NAME].strip()))
    issued = family.bayi.tanggal_lahir + timedelta(days=rng.randrange(3, 50))
    serial = rng.randrange(1, 9000)
    children = [_child(family.bayi, issued, serial)]
    if rng.random() < 0.25:
        twin = people.person(rng, family.bayi.tanggal_lahir, rng.random() < 0.5, family.bayi.address, family.bayi.agama)
        first, last = twin.nama.split()[0], family.bayi.nama.split()[-1]
        children.append(_child(replace(twin, nama=f"{first} {last}"), issued, serial + 1))
    return Record(family, tuple(children), issued, rng.random() < 0.5, seed)


def sibling(of: Record) -> Record:
    """The same family with another child: its twin, or one born later, whose name shares words with the right one's."""
    rng = random.Random(of.style + 7_000_000)
    right = of.children[0]
    words = right.name.split()
    other = people.person(rng, right.born, right.boy, of.family.bayi.address, of.family.bayi.agama).nama.split()
    name = " ".join([other[0], *words[1:]]) if other[0] != words[0] else f"{right.name} {other[-1]}"
    akta = f"{right.akta[:-4]}{(int(right.akta[-4:]) + 1) % 10_000:04}"
    child = replace(right, name=name, nik=f"{right.nik[:-4]}{(int(right.nik[-4:]) % 9999) + 1:04}", akta=akta)
    return replace(of, children=(child,))


def near(of: Record) -> Record:
    """The right numbers with a name that differs by one letter."""
    right = of.children[0]
    rng = random.Random(of.style + 9_000_000)
    places = [at for at, letter in enumerate(right.name) if letter.isalpha()]
    at = rng.choice(places)
    other = rng.choice([letter for letter in "ABDEFHIKLMNPRSTUY" if letter != right.name[at]])
    return replace(of, children=(replace(right, name=right.name[:at] + other + right.name[at + 1 :]), *of.children[1:]))


def longer(of: Record) -> Record:
    """The right numbers with a name that has a further word."""
    right = of.children[0]
    extra = people.person(random.Random(of.style + 11), right.born, right.boy, of.family.bayi.address, "ISLAM").nama.split()[0]
    return replace(of, children=(replace(right, name=f"{right.name} {extra}"), *of.children[1:]))


def akta_pdf(of: Record, child: int = 0, code: str | None = None, hidden: str = "") -> bytes:
    """A Kutipan Akta Kelahiran on A4. `hidden`: text that stands in the file and not on the page."""
    rng, one = random.Random(of.style), of.children[child]
    plain, bold, slanted = FACES[of.style % len(FACES)]
    canvas, out, width = *_canvas(A4), A4[0]
    if hidden:
        canvas.setFillGray(1)
        canvas.setFont(plain, 4)
        canvas.drawString(20, 20, hidden)
        canvas.setFillGray(0)
    size, left = rng.choice((10, 11, 12)), rng.choice((56, 70, 84))
    canvas.setFont(plain, size - 1)
    canvas.drawString(left, 790, f"Nomor Induk Kependudukan : {one.nik}" if rng.random() < 0.7 else f"NIK  {one.nik}")
    for row, (face, text, more) in enumerate(
        ((bold, "REPUBLIK INDONESIA", 3), (plain, "PENCATATAN SIPIL", 1), (slanted, "Civil Registration", -1),
         (bold, "KUTIPAN AKTA KELAHIRAN", 3), (slanted, "Excerpt of Birth Certificate", -1))
    ):  # fmt: skip
        canvas.setFont(face, size + more)
        canvas.drawCentredString(width / 2, 750 - 20 * row, text)
    y = 630.0
    father = of.family.ayah.nama if of.family.ayah else None
    parents = f"dari ayah {father} dan ibu {of.family.ibu.nama}" if father else f"dari seorang ibu {of.family.ibu.nama}"
    day = f"{one.born.day} {MONTHS[one.born.month - 1]} {one.born.year}"
    rows: tuple[tuple[str, str, bool], ...] = (
        (f"Berdasarkan Akta Kelahiran Nomor {one.akta}", plain, False),
        ("By virtue of Birth Certificate Number", slanted, False),
        (f"bahwa di {of.family.bayi.tempat_lahir} pada tanggal {day} telah lahir", plain, False),
        ("that in  on date  was born", slanted, False),
        (one.name, bold, True),
        (f"anak ke-{of.family.anak_ke + child}, {'laki-laki' if one.boy else 'perempuan'}", plain, False),
        (parents, plain, False),
    )
    for text, face, centred in rows:
        points: float = size + 2 if centred else size - 2 if face == slanted else size
        for line in simpleSplit(text, face, points, width - 2 * left):
            canvas.setFont(face, points)
            (canvas.drawCentredString(width / 2, y, line) if centred else canvas.drawString(left, y, line))
            y -= points * 1.7
    _closing(canvas, of, plain, width, 300, code if code is not None else _own_code(of, one.akta))
    canvas.save()
    return out.getvalue()


def kk_pdf(of: Record, code: str | None = None, newborn: bool = True) -> bytes:
    """A KK on A4 across, its members in a table; names too long for their column go on in a second line."""
    plain, bold, _ = FACES[of.style % len(FACES)]
    size = landscape(A4)
    canvas, out = _canvas(size)
    width = size[0]
    canvas.setFont(bold, 18)
    canvas.drawCentredString(width / 2, 550, "KARTU KELUARGA")
    canvas.setFont(bold, 13)
    canvas.drawCentredString(width / 2, 530, f"No. {of.no_kk}")
    canvas.setFont(plain, 9)
    home = of.family.bayi.address
    canvas.drawString(40, 505, f"Nama Kepala Keluarga : {of.family.kepala.nama}")
    canvas.drawString(40, 491, f"Alamat : {home.alamat}   RT/RW : {home.rt}/{home.rw}   Desa/Kelurahan : {home.desa}")
    canvas.drawString(40, 477, f"Kecamatan : {home.kecamatan}   Kode Pos : {home.kode_pos}   Provinsi : JAWA TENGAH")
    columns = (40, 62, 210, 320, 385, 460, 530, 590)
    heads = ("No", "Nama Lengkap", "NIK", "Jenis Kelamin", "Tempat Lahir", "Tanggal Lahir", "Agama", "Pendidikan")
    others = [member.person for member in of.family.anggota if member.person.nik != of.family.bayi.nik]
    rows = [(p.nama, p.nik, p.jenis_kelamin, p.tempat_lahir, p.tanggal_lahir, p.agama, p.pendidikan) for p in others]
    baby = of.family.bayi
    for c in of.children if newborn else ():
        rows.append((c.name, c.nik, "LAKI-LAKI" if c.boy else "PEREMPUAN", baby.tempat_lahir, c.born, baby.agama, "BELUM SEKOLAH"))
    y, points = 450, random.Random(of.style).choice((7, 7.5, 8))
    canvas.setFont(bold, points)
    for x, head in zip(columns, heads, strict=True):
        canvas.drawString(x + 2, y, head)
    for number, (name, nik, sex, place, born, faith, school) in enumerate(rows, 1):
        lines = simpleSplit(name, plain, points, columns[2] - columns[1] - 4)
        canvas.line(40, y - 4, width - 40, y - 4)
        y -= 14
        canvas.setFont(plain, points)
        for x, text in zip(columns, (str(number), lines[0], nik, sex, place, f"{born:%d-%m-%Y}", faith, school), strict=True):
            canvas.drawString(x + 2, y, text)
        for line in lines[1:]:
            y -= 9
            canvas.drawString(columns[1] + 2, y, line)
    canvas.line(40, y - 4, width - 40, y - 4)
    _closing(canvas, of, plain, width, min(y - 30, 200), code if code is not None else _own_code(of, of.no_kk))
    canvas.save()
    return out.getvalue()


def scanned(pdf: bytes, hidden: str = "") -> bytes:
    """The paper printed and scanned: a grey picture a little askew, with no text but what is `hidden` behind it."""
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=SCAN_DPI / 72).to_pil().convert("L").rotate(0.4, fillcolor=250, expand=False)
    jpeg, out = io.BytesIO(), io.BytesIO()
    picture.save(jpeg, "JPEG", quality=70)
    canvas = Canvas(out, pagesize=page.get_size())
    if hidden:
        canvas.drawString(90, 400, hidden)
    canvas.drawImage(ImageReader(io.BytesIO(jpeg.getvalue())), 0, 0, *page.get_size())
    canvas.save()
    return out.getvalue()


def changed_within(signed: bytes) -> bytes:
    """Bytes that the signature covers, changed after signing."""
    at = signed.index(b"SPESIMEN")
    return signed[:at] + b"SPESIMAN" + signed[at + 8 :]


def written_over(signed: bytes) -> bytes:
    """Something written over the page after signing, in an update of the file that leaves the signed bytes as they were."""

    def write() -> bytes:
        writer: Any = IncrementalPdfFileWriter(io.BytesIO(signed))
        stream = StreamObject(stream_data=b"q 1 1 1 rg 60 500 400 60 re f Q")
        writer.add_stream_to_page(0, writer.add_object(stream))
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(write).result()


Make = Callable[[Record, Record], tuple[Expected, bytes]]
"""The paper that an operator of the first case uploads where another case lies beside it, and what should stand on it."""

RIGHT: dict[str, Make] = {
    "akta": lambda a, _b: (a.expects_akta(), sign(akta_pdf(a))),
    "akta, printed, scanned, signed": lambda a, _b: (a.expects_akta(), sign(scanned(akta_pdf(a)))),
    "akta of the last child": lambda a, _b: (a.expects_akta(len(a.children) - 1), sign(akta_pdf(a, len(a.children) - 1))),
    "KK": lambda a, _b: (a.expects_kk(), sign(kk_pdf(a))),
}
FALSE: dict[str, Make] = {
    "another case's akta": lambda a, b: (a.expects_akta(), sign(akta_pdf(b))),
    "another case's KK": lambda a, b: (a.expects_kk(), sign(kk_pdf(b))),
    "the KK for the akta": lambda a, _b: (a.expects_akta(), sign(kk_pdf(a))),
    "the family's KK without the child": lambda a, _b: (a.expects_kk(), sign(kk_pdf(a, newborn=False))),
    "another child of the family": lambda a, _b: (a.expects_akta(), sign(akta_pdf(sibling(a)))),
    "right numbers, a letter of the name wrong": lambda a, _b: (a.expects_akta(), sign(akta_pdf(near(a)))),
    "right numbers, a name longer by a word": lambda a, _b: (a.expects_akta(), sign(akta_pdf(longer(a)))),
    "right numbers, a name on the KK longer by a word": lambda a, _b: (a.expects_kk(), sign(kk_pdf(longer(a)))),
    "unsigned akta": lambda a, _b: (a.expects_akta(), akta_pdf(a)),
    "unsigned KK": lambda a, _b: (a.expects_kk(), kk_pdf(a)),
    "right akta, printed and scanned": lambda a, _b: (a.expects_akta(), scanned(akta_pdf(a))),
    "another's akta as a signed scan": lambda a, b: (a.expects_akta(), sign(scanned(akta_pdf(b)))),
    "another's picture before the right text": lambda a, b: (
        a.expects_akta(),
        sign(scanned(akta_pdf(b), f"{a.children[0].akta} {a.children[0].name} {a.children[0].nik}")),
    ),
    "bytes changed after signing": lambda a, _b: (a.expects_akta(), changed_within(sign(akta_pdf(a)))),
    "written over after signing": lambda a, _b: (a.expects_akta(), written_over(sign(akta_pdf(a)))),
    "another's QR code": lambda a, b: (a.expects_akta(), sign(akta_pdf(a, code=f"{HOSTS[0]}{b.children[0].akta}"))),
    "a stranger's QR code": lambda a, _b: (a.expects_akta(), sign(akta_pdf(a, code=f"https://dukcapil-kemendagri.test/{a.no_kk}"))),
}

IN_TURN: tuple[tuple[str, ...], ...] = (
    ("akta, printed, scanned, signed", "right akta, printed and scanned"),
    ("the family's KK without the child",),
    ("another's akta as a signed scan", "another's picture before the right text"),
    ("another child of the family",),
    ("written over after signing",),
    ("right numbers, a letter of the name wrong",),
    ("another's QR code",),
    ("right numbers, a name longer by a word",),
    ("a stranger's QR code",),
    ("right numbers, a name on the KK longer by a word",),
)
"""Kinds whose page no other kind shows; those of one row share theirs. The others show the akta or the KK of one of the two cases."""


def _child(person: people.Person, issued: date, serial: int) -> Child:
    kind = "LU" if (issued - person.tanggal_lahir).days <= 60 else "LT"
    return Child(person.nama, person.nik, f"3316-{kind}-{issued:%d%m%Y}-{serial:04}", person.tanggal_lahir, person.laki)


def _canvas(size: tuple[float, float]) -> tuple[Any, io.BytesIO]:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, pageCompression=0)
    canvas.setAuthor("SPESIMEN")
    return canvas, out


def _own_code(of: Record, number: str) -> str:
    rng = random.Random(of.style + 3)
    return rng.choice(HOSTS) + (number if rng.random() < 0.5 else f"{rng.getrandbits(64):x}")


def _closing(canvas: Any, of: Record, plain: str, width: float, y: float, code: str) -> None:
    """Place and day, the code of the electronic signature, who signs."""
    picture = io.BytesIO()
    segno.make(code, error="m").save(picture, kind="png", scale=6, border=4)
    x = width - 260
    canvas.setFont(plain, 9)
    canvas.drawString(x, y, f"BLORA, {of.issued.day} {MONTHS[of.issued.month - 1]} {of.issued.year}")
    canvas.drawString(x, y - 12, "Pejabat Pencatatan Sipil")
    canvas.drawImage(ImageReader(io.BytesIO(picture.getvalue())), x, y - 95, 78, 78)
    canvas.drawString(x, y - 108, "PEJABAT SPESIMEN")
    canvas.setFont(plain, 7)
    canvas.drawString(40, 24, "SPESIMEN. Dokumen ini ditandatangani secara elektronik dengan sertifikat dari BSrE, BSSN.")
