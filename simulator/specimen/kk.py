"""Kartu Keluarga on A4 landscape, the 15 columns of the old print and the 17 of the new (birth-registration.md section 5)."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from simulator.specimen import fonts, ink, names
from simulator.specimen.people import Family, Member, Person
from simulator.specimen.region import here
from simulator.specimen.sheet import Canvas, Sheet, Style

WIDTH_MM, HEIGHT_MM = 297.0, 210.0
PX_PER_MM = 8.0
NEEDED = ("no_kk", "kepala_keluarga")
ROWS = 10


@dataclass(frozen=True)
class Column:
    head: str
    weight: float
    centred: bool = False


NEW_TOP = (
    Column("Nama Lengkap", 58),
    Column("NIK", 38, True),
    Column("Jenis Kelamin", 24),
    Column("Tempat Lahir", 30),
    Column("Tanggal Lahir", 22, True),
    Column("Agama", 20),
    Column("Pendidikan", 40),
    Column("Jenis Pekerjaan", 40),
    Column("Golongan Darah", 16, True),
)
NEW_BOTTOM = (
    Column("Status Perkawinan", 36),
    Column("Tanggal Perkawinan/Perceraian", 27, True),
    Column("Status Hubungan Dalam Keluarga", 34),
    Column("Kewarganegaraan", 26, True),
    Column("No. Paspor", 24, True),
    Column("No. KITAP", 22, True),
    Column("Ayah", 56),
    Column("Ibu", 56),
)
OLD_TOP = NEW_TOP[:-1]
OLD_BOTTOM = (
    Column("Status Perkawinan", 36),
    Column("Status Hubungan Dalam Keluarga", 36),
    Column("Kewarganegaraan", 28, True),
    Column("No. Paspor", 26, True),
    Column("No. KITAS/KITAP", 26, True),
    Column("Ayah", 60),
    Column("Ibu", 60),
)


def top_cells(person: Person, new: bool) -> list[str]:
    cells = [
        person.nama,
        person.nik,
        person.jenis_kelamin,
        person.tempat_lahir,
        f"{person.tanggal_lahir:%d-%m-%Y}",
        person.agama,
        person.pendidikan,
        person.pekerjaan,
    ]
    return [*cells, person.gol_darah] if new else cells


def bottom_cells(member: Member, family: Family, new: bool) -> list[str]:
    person = member.person
    wed = family.tanggal_nikah if person.status_kk == "KAWIN TERCATAT" and person in (family.ayah, family.ibu) else None
    dated = [f"{wed:%d-%m-%Y}" if wed else "-"] if new else []
    status = person.status_kk if new or "KAWIN " not in person.status_kk else "KAWIN"
    return [status, *dated, member.shdk, "WNI", "-", "-", person.ayah or "-", person.ibu or "-"]


def draw(family: Family, seed: int, new: bool | None = None) -> Sheet:
    rng = random.Random(f"kk-{seed}-{family.no_kk}")
    new = rng.random() < 0.65 if new is None else new
    body = rng.choice((*fonts.SANS, *(() if new else fonts.SERIF[:3]), *fonts.OFFICE[:1]))
    canvas = compose(family, rng, new, body)
    laminated = not new and rng.random() < 0.25
    return canvas.finish("kk", "17" if new else "15", fields(family, new), NEEDED, numbers=("no_kk",), laminated=laminated)


def compose(family: Family, rng: random.Random, new: bool, body: str) -> Canvas:
    """The page itself, in a typeface of `fonts`."""
    canvas = Canvas(WIDTH_MM, HEIGHT_MM, PX_PER_MM, _ground(new, rng), rng)
    tone = rng.randint(8, 40)
    black = (tone, tone, tone)
    dx, dy = rng.uniform(-2, 2), rng.uniform(-1.5, 1.5)
    _heading(canvas, family, rng, body, black, dx, dy, new)
    pitch = rng.uniform(4.5, 5.2)
    pt = rng.uniform(6.9, 7.7)
    table = _Table(canvas, rng, body, black, pt, pitch)
    first = 46 + dy
    end = table.draw(
        first, NEW_TOP if new else OLD_TOP, 1, [top_cells(m.person, new) for m in family.anggota], {0: "anggota.nama", 1: "anggota.nik"}
    )
    shdk = 2 if new else 1
    second = [bottom_cells(m, family, new) for m in family.anggota]
    end = table.draw(
        end + rng.uniform(1.5, 3),
        NEW_BOTTOM if new else OLD_BOTTOM,
        10 if new else 9,
        second,
        {0: "anggota.status_perkawinan", shdk: "anggota.shdk"},
    )
    _foot(canvas, family, rng, Style(body, pt + 0.8, False, black), end, new)
    return canvas


def fields(family: Family, new: bool) -> dict[str, Any]:
    at = family.kepala.address
    return {
        "no_kk": family.no_kk,
        "kepala_keluarga": family.kepala.nama,
        "alamat": at.alamat,
        "rt_rw": f"{at.rt}/{at.rw}",
        "desa": at.desa,
        "kecamatan": at.kecamatan,
        "kode_pos": at.kode_pos,
        "anggota": [
            {"nik": m.person.nik, "nama": m.person.nama, "shdk": m.shdk, "status_perkawinan": bottom_cells(m, family, new)[0]}
            for m in family.anggota
        ],
    }


def _ground(new: bool, rng: random.Random) -> Any:
    size = (round(WIDTH_MM * PX_PER_MM), round(HEIGHT_MM * PX_PER_MM))
    if new:
        return ink.paper(*size, rng, rng.choice(((250, 250, 248), (246, 247, 250), (252, 250, 244))))
    tone = rng.choice((((226, 238, 246), (240, 246, 248), (170, 200, 222)), ((236, 240, 230), (244, 246, 238), (190, 210, 180))))
    return ink.guilloche(*size, *tone, rng, rng.uniform(0.3, 0.8))


def _heading(
    canvas: Canvas, family: Family, rng: random.Random, body: str, black: tuple[int, int, int], dx: float, dy: float, new: bool
) -> None:
    middle = WIDTH_MM / 2 + dx
    if rng.random() < 0.8:
        canvas.paste(ink.emblem(rng), 16 + dx, 9 + dy, 14, 17)
    canvas.text(middle, 15 + dy, "KARTU KELUARGA", Style(body, rng.uniform(20, 26), True, black), anchor="m")
    number = Style(body, rng.uniform(13, 16.5), rng.random() < 0.7, black, spacing=rng.choice((0, 0, 0.25)))
    prefix = rng.choice(("No. ", "No. ", "No : ", "Nomor : "))
    left = middle - (canvas.width(prefix, number) + canvas.width(family.no_kk, number)) / 2
    right = canvas.text(left, 22.5 + dy, prefix, number)
    canvas.text(right, 22.5 + dy, family.no_kk, number, "no_kk")
    at = family.kepala.address
    label = Style(body, rng.uniform(7.5, 8.8), False, black)
    strong = Style(body, label.pt, rng.random() < 0.3, black)
    left_rows = [
        ("Nama Kepala Keluarga", family.kepala.nama, "kepala_keluarga"),
        ("Alamat", at.alamat, None),
        ("RT/RW", f"{at.rt}/{at.rw}", None),
        (rng.choice(("Desa/Kelurahan", "Kelurahan/Desa")), at.desa, None),
    ]
    right_rows = [("Kecamatan", at.kecamatan), ("Kabupaten/Kota", here().name), ("Kode Pos", at.kode_pos), ("Provinsi", here().province)]
    if new:
        left_rows, right_rows = (
            [*left_rows[:3], ("Kode Pos", at.kode_pos, None)],
            [("Desa/Kelurahan", at.desa), *right_rows[:2], right_rows[3]],
        )
    pitch, x1, x2 = rng.uniform(3.8, 4.3), 14 + dx, rng.uniform(190, 206) + dx
    for i, (name, value, field) in enumerate(left_rows):
        y = 29.5 + dy + i * pitch
        canvas.text(x1, y, name, label)
        canvas.text(x1 + 36, y, ":", label)
        canvas.text(x1 + 39, y, value, strong, field)
    for i, (name, value) in enumerate(right_rows):
        y = 29.5 + dy + i * pitch
        canvas.text(x2, y, name, label)
        canvas.text(x2 + 28, y, f": {value}", strong)


class _Table:
    """One of the two tables: heads, column numbers in brackets, ten rows that share their numbers with the other."""

    def __init__(self, canvas: Canvas, rng: random.Random, body: str, black: tuple[int, int, int], pt: float, pitch: float) -> None:
        self.canvas, self.rng, self.pitch = canvas, rng, pitch
        self.cell = Style(body, pt, False, black)
        self.head = Style(body, pt - 0.4, rng.random() < 0.5, black)
        self.rule = rng.uniform(0.12, 0.28)
        self.shift = rng.uniform(-0.3, 0.5)
        self.filler = rng.choice(("-", ""))

    def draw(self, y: float, columns: tuple[Column, ...], number: int, rows: list[list[str]], tracked: dict[int, str]) -> float:
        left, right, first = 8.0, WIDTH_MM - 8.0, 7.0
        scale = (right - left - first) / sum(c.weight for c in columns)
        edges = [left, left + first]
        for column in columns:
            edges.append(edges[-1] + column.weight * scale)
        head, numbers = 6.4, 3.2
        bottom = y + head + numbers + ROWS * self.pitch
        for level in (y, y + head, *(y + head + numbers + i * self.pitch for i in range(ROWS + 1))):
            self.canvas.line(left, level, right, level, self.rule)
        for edge in edges:
            self.canvas.line(edge, y, edge, bottom, self.rule)
        self.canvas.text((edges[0] + edges[1]) / 2, y + 4.4, "No", self.head, anchor="m")
        for i, column in enumerate(columns):
            middle, room = (edges[i + 1] + edges[i + 2]) / 2, edges[i + 2] - edges[i + 1] - 1.2
            self._head(column.head, middle, y, room)
            self.canvas.text(middle, y + head + 2.4, f"({number + i})", self.head, anchor="m")
        for r in range(ROWS):
            base = y + head + numbers + (r + 0.68) * self.pitch + self.shift * 0.3
            self.canvas.text((edges[0] + edges[1]) / 2, base, str(r + 1), self.cell, anchor="m")
            cells = rows[r] if r < len(rows) else [self.filler] * len(columns)
            for i, (column, text) in enumerate(zip(columns, cells, strict=True)):
                x = (edges[i + 1] + edges[i + 2]) / 2 if column.centred else edges[i + 1] + 0.8
                field = f"{tracked[i]}.{r}" if i in tracked and r < len(rows) else None
                self.canvas.text(x, base, text, self.cell, field, "m" if column.centred else "l", fit=edges[i + 2] - edges[i + 1] - 1.0)
        return bottom

    def _head(self, text: str, middle: float, y: float, room: float) -> None:
        if self.canvas.width(text, self.head) <= room:
            self.canvas.text(middle, y + 4.2, text, self.head, anchor="m")
            return
        words = text.replace("/", "/ ").split()
        half = (len(words) + 1) // 2
        for i, part in enumerate((" ".join(words[:half]), " ".join(words[half:]))):
            self.canvas.text(middle, y + 2.6 + i * 2.8, part, self.head, anchor="m", fit=room)


def _foot(canvas: Canvas, family: Family, rng: random.Random, style: Style, y: float, new: bool) -> None:
    issued: date = family.kk_tanggal
    x = WIDTH_MM - 62
    y += 5
    canvas.text(12, y, f"Dikeluarkan Tanggal : {issued:%d-%m-%Y}", style)
    office = "KEPALA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"
    canvas.text(x, y, here().head, style, anchor="m")
    canvas.text(x, y + 3.8, office, style, anchor="m", fit=84)
    canvas.text(150, y, "KEPALA KELUARGA", style, anchor="m")
    canvas.paste(ink.signature(rng, name=family.kepala.nama), 138, y + 6, 26, 12)
    canvas.text(150, y + 22, family.kepala.nama, style, anchor="m")
    canvas.text(150, y + 26, "Tanda Tangan/Cap Jempol", style, anchor="m")
    chief = names.adult(rng, True, 50)
    if new:
        canvas.paste(ink.qr(f"SPESIMEN/{family.no_kk}/bukan-dokumen"), x - 9, y + 5.4, 17, 17)
        canvas.text(
            12, 205, "Dokumen ini ditandatangani secara elektronik (SPESIMEN, tidak sah)", Style(style.family, 6.5, False, style.ink)
        )
    else:
        for i, line in enumerate(("LEMBAR :", "I.   Kepala Keluarga", "II.  RT", "III. Desa/Kelurahan", "IV. Kecamatan")):
            canvas.text(12, y + 5 + i * 3.6, line, style)
        canvas.paste(ink.signature(rng, (20, 25, 90)), x - 12, y + 5, 30, 15)
        canvas.paste(ink.stamp(rng, "DINAS SPESIMEN CONTOH", "SPESIMEN"), x - 32, y + 1, 25, 25)
        if rng.random() < 0.3:
            canvas.paste(ink.thumbprint(rng), 166, y + 6, 10, 13)
    canvas.text(x, y + 25.5, chief, style, anchor="m")
    canvas.text(x, y + 29.0, "NIP. 000000000000000000", style, anchor="m")
    canvas.specimen(rng.uniform(60, 95), y + rng.uniform(12, 24), rng.uniform(15, 22), rng.choice(((200, 40, 40), (170, 60, 60))))
