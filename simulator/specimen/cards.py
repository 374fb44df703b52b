"""Cards that are not a KTP but are sent in its place: SIM, BPJS, KIA, NPWP, a bank card, the KTP's own back."""

import random
from collections.abc import Callable
from datetime import timedelta

from simulator.specimen import fonts, ink, names
from simulator.specimen.people import TODAY, Person
from simulator.specimen.region import here
from simulator.specimen.sheet import Canvas, Sheet, Style

WIDTH_MM, HEIGHT_MM, PX_PER_MM = 85.6, 53.98, 17.0
Tone = tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int, int]]


def _card(rng: random.Random, tone: Tone) -> Canvas:
    ground = ink.guilloche(round(WIDTH_MM * PX_PER_MM), round(HEIGHT_MM * PX_PER_MM), *tone, rng, rng.uniform(0.3, 1.0))
    return Canvas(WIDTH_MM, HEIGHT_MM, PX_PER_MM, ground, rng)


def _rows(canvas: Canvas, rows: list[tuple[str, str]], x: float, y: float, pitch: float, style: Style, colon: float) -> None:
    for i, (label, value) in enumerate(rows):
        canvas.text(x, y + i * pitch, label, style)
        canvas.text(colon, y + i * pitch, f": {value}" if label else value, style, fit=WIDTH_MM - colon - 3)


def _done(canvas: Canvas, layout: str, at: tuple[float, float]) -> Sheet:
    canvas.specimen(*at, canvas.rng.uniform(6, 8))
    return canvas.finish("other", layout, {}, (), corner_mm=3.2, laminated=True)


def sim(person: Person, rng: random.Random) -> Sheet:
    canvas = _card(
        rng, rng.choice((((238, 232, 226), (230, 220, 214), (200, 120, 110)), ((228, 236, 232), (236, 240, 240), (120, 170, 140))))
    )
    body = rng.choice(fonts.SANS)
    black = Style(body, rng.uniform(5.8, 6.6), rng.random() < 0.4)
    canvas.text(43, 5.5, rng.choice(("SURAT IZIN MENGEMUDI", "DRIVING LICENSE / SURAT IZIN MENGEMUDI")), Style(body, 9, True), anchor="m")
    canvas.text(78, 9.5, f"SIM {rng.choice('ACC')}", Style(body, 11, True), anchor="m")
    at = person.address
    rows = [
        ("1. Nama", person.nama),
        ("2. Tempat/Tgl Lahir", f"{person.tempat_lahir}, {person.tanggal_lahir:%d-%m-%Y}"),
        ("3. Gol. Darah - Jenis Kelamin", f"{person.gol_darah[:1]} - {'PRIA' if person.laki else 'WANITA'}"),
        ("4. Alamat", f"{at.alamat} RT {at.rt} RW {at.rw}"),
        ("", f"  {at.desa}, {at.kecamatan}"),
        ("5. Pekerjaan", person.pekerjaan),
        ("6. Diterbitkan oleh", here().head),
    ]
    _rows(canvas, rows, 26, 15, 3.5, black, 56)
    canvas.paste(ink.portrait(rng, person.laki, (200, 60, 60)), 4, 13, 19, 25)
    canvas.text(
        26,
        44,
        f"{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}-{rng.randint(100000, 999999)}",
        Style(rng.choice((fonts.OCR[0], body)), 10),
    )
    canvas.text(26, 49, f"Berlaku s/d {TODAY + timedelta(days=700):%d-%m-%Y}", black)
    return _done(canvas, "sim", (62, 51))


def bpjs(person: Person, rng: random.Random) -> Sheet:
    canvas = _card(rng, ((250, 252, 250), (232, 244, 238), (140, 200, 170)))
    body = rng.choice(fonts.OFFICE)
    canvas.pen.rectangle(canvas.px(0, 0, WIDTH_MM, 12), fill=rng.choice(((20, 120, 80), (0, 100, 140), (30, 140, 60))))
    canvas.text(
        4,
        7.8,
        rng.choice(("Kartu Indonesia Sehat", "BPJS Kesehatan SPESIMEN", "JAMINAN KESEHATAN NASIONAL")),
        Style(body, 11, True, (250, 250, 250)),
    )
    rows = [
        ("Nomor Kartu", f"000{rng.randint(10**9, 10**10 - 1)}"),
        ("Nama", person.nama),
        ("Alamat", person.address.one_line[:40]),
        ("Tanggal Lahir", names.tanggal(person.tanggal_lahir).title()),
        ("NIK", person.nik),
        ("Faskes Tingkat I", f"PUSKESMAS {person.address.kecamatan}"),
    ]
    _rows(canvas, rows, 4, 20, 4.6, Style(body, rng.uniform(6.8, 7.8), rng.random() < 0.4), 27)
    return _done(canvas, "bpjs", (60, 50))


def kia(person: Person, rng: random.Random) -> Sheet:
    canvas = _card(
        rng, rng.choice((((252, 226, 232), (246, 236, 244), (230, 140, 170)), ((226, 240, 250), (240, 246, 250), (120, 180, 220))))
    )
    body = rng.choice(fonts.SANS)
    head = Style(body, 8.4, True)
    canvas.text(43, 5.4, f"PROVINSI {here().province}", head, anchor="m")
    canvas.text(43, 9.0, here().head, head, anchor="m")
    canvas.text(43, 13.0, "KARTU IDENTITAS ANAK", Style(body, 9.2, True, (160, 40, 90)), anchor="m")
    at = person.address
    rows = [
        ("NIK", person.nik),
        ("Nama", person.nama),
        ("Tempat/Tgl Lahir", f"{person.tempat_lahir}, {person.tanggal_lahir:%d-%m-%Y}"),
        ("Jenis Kelamin", person.jenis_kelamin),
        ("No. Kartu Keluarga", f"{here().numbers}{TODAY:%d%m%y}{rng.randint(1, 9999):04d}"),
        ("Nama Kepala Keluarga", person.ayah or person.ibu),
        ("No. Akta Kelahiran", f"{here().code}-LU-{person.tanggal_lahir:%d%m%Y}-{rng.randint(1, 99):04d}"),
        ("Agama", person.agama),
        ("Alamat", at.alamat),
        ("Kel/Desa", at.desa),
        ("Kecamatan", at.kecamatan),
    ]
    _rows(canvas, rows, 4, 17.5, 2.9, Style(body, rng.uniform(5.6, 6.2)), 27)
    if rng.random() < 0.5:
        canvas.paste(ink.portrait(rng, person.laki, (190, 40, 40)), 65, 16, 16, 21)
    return _done(canvas, "kia", (62, 50.5))


def npwp(person: Person, rng: random.Random) -> Sheet:
    canvas = _card(rng, ((250, 214, 80), (246, 196, 60), (200, 150, 40)))
    body = rng.choice(fonts.SANS)
    canvas.text(5, 9, "NOMOR POKOK WAJIB PAJAK SPESIMEN", Style(body, 9, True, (20, 40, 110)))
    canvas.text(5, 24, f"NPWP : 00.{rng.randint(100, 999)}.{rng.randint(100, 999)}.0-514.000", Style(body, 11, True))
    canvas.text(5, 30, person.nama, Style(body, 9, True))
    canvas.text(5, 35, f"NIK : {person.nik}", Style(body, 8))
    canvas.text(5, 40, person.address.one_line[:46], Style(body, 7))
    return _done(canvas, "npwp", (60, 50))


def bank(person: Person, rng: random.Random) -> Sheet:
    tone = rng.choice(
        (
            ((30, 60, 130), (20, 30, 70), (80, 120, 200)),
            ((150, 30, 40), (90, 20, 30), (220, 120, 120)),
            ((40, 44, 50), (20, 22, 26), (120, 120, 130)),
        )
    )
    canvas = _card(rng, tone)
    white = Style(fonts.SANS[0], 10, True, (240, 240, 240))
    canvas.text(5, 9, "BANK CONTOH", white)
    canvas.rect(7, 17, 19, 26, 0.3, (190, 160, 80), (220, 190, 110))
    canvas.text(7, 35, "0000 9900 0000 " + f"{rng.randint(0, 9999):04d}", Style(fonts.OCR[0], 13, False, (235, 235, 235)))
    canvas.text(7, 46, person.nama, Style(fonts.SANS[0], 8.5, False, (235, 235, 235)))
    return _done(canvas, "kartu_bank", (60, 50))


def ktp_back(person: Person, rng: random.Random) -> Sheet:
    """The back of a KTP-el: a map-like shape, a serial and a warning, nothing about anyone."""
    canvas = _card(rng, ((196, 222, 236), (220, 234, 240), (110, 160, 205)))
    canvas.paste(ink.emblem(rng, (120, 140, 160)), 34, 12, 18, 22)
    canvas.text(43, 8, "REPUBLIK CONTOH", Style(fonts.SANS[0], 9, True, (60, 80, 100)), anchor="m")
    canvas.text(43, 42, "KARTU TANDA PENDUDUK SPESIMEN (BELAKANG)", Style(fonts.SANS[0], 6, True, (60, 80, 100)), anchor="m")
    return _done(canvas, "ktp_belakang", (60, 50))


CARDS: dict[str, Callable[[Person, random.Random], Sheet]] = {
    "sim": sim,
    "bpjs": bpjs,
    "kia": kia,
    "npwp": npwp,
    "kartu_bank": bank,
    "ktp_belakang": ktp_back,
}
