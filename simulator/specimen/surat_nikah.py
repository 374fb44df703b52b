"""Proof of marriage: the two inner pages of a buku nikah, its duplikat, and the registry's kutipan akta perkawinan."""

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np

from simulator.specimen import fonts, ink, names
from simulator.specimen.letters import PENS, Letter
from simulator.specimen.people import Family, Person
from simulator.specimen.region import here
from simulator.specimen.sheet import Canvas, Sheet, Style

NEEDED = ("nomor", "suami", "istri", "tanggal_nikah")
WIDTH_MM, HEIGHT_MM = 178.0, 125.0
GROUNDS = (
    ((232, 240, 226), (240, 244, 234), (150, 190, 140)),
    ((244, 236, 222), (246, 240, 230), (200, 170, 120)),
    ((228, 236, 242), (238, 242, 246), (140, 170, 200)),
    ((244, 228, 228), (246, 238, 236), (210, 150, 150)),
)
HIJRI = (
    "MUHARRAM",
    "SAFAR",
    "RABIUL AWAL",
    "RABIUL AKHIR",
    "JUMADIL AWAL",
    "JUMADIL AKHIR",
    "RAJAB",
    "SYABAN",
    "RAMADHAN",
    "SYAWAL",
    "DZULQADAH",
    "DZULHIJJAH",
)


def draw(family: Family, seed: int, by_hand: bool | None = None) -> Sheet:
    """The proof that belongs to the family's religion. The family must be a married one."""
    if family.ayah is None or family.tanggal_nikah is None or family.nomor_nikah is None:
        raise ValueError("this family has no proof of marriage")
    return _buku(family, seed, by_hand) if family.ibu.agama == "ISLAM" else _akta_perkawinan(family, seed)


def _truth(family: Family) -> dict[str, str]:
    assert family.ayah and family.tanggal_nikah and family.nomor_nikah
    return {
        "nomor": family.nomor_nikah,
        "suami": family.ayah.nama,
        "istri": family.ibu.nama,
        "tanggal_nikah": family.tanggal_nikah.isoformat(),
    }


class _Page:
    """One page of the book: rows under a cursor."""

    def __init__(self, canvas: Canvas, left: float, rng: random.Random, label: Style, fill: Style) -> None:
        self.canvas, self.left, self.rng, self.label, self.fill = canvas, left, rng, label, fill
        self.right, self.y = left + 79, 12.0
        self.colon = left + rng.uniform(24, 29)
        self.pitch = rng.uniform(4.6, 5.3)

    def middle(self, text: str, style: Style, field: str | None = None) -> None:
        self.canvas.text(self.left + 39.5, self.y, text, style, field, "m", fit=76)
        self.y += style.pt * 0.3528 * 1.45

    def row(self, label: str, value: str, field: str | None = None, number: str = "") -> None:
        x = self.canvas.text(self.left, self.y, f"{number}{label}", self.label)
        colon = max(x + 0.8, self.colon)
        self.canvas.text(colon, self.y, ":", self.label)
        if self.fill.hand:
            self.canvas.dots(colon + 1.5, self.y + 0.4, self.right, self.label.ink)
        self.canvas.text(colon + 1.8, self.y, value, self.fill, field, fit=self.right - colon - 2)
        self.y += self.pitch


def _buku(family: Family, seed: int, by_hand: bool | None) -> Sheet:
    rng = random.Random(f"nikah-{seed}-{family.nomor_nikah}")
    assert family.ayah and family.tanggal_nikah and family.nomor_nikah
    old = rng.random() < 0.4
    by_hand = old and rng.random() < 0.5 if by_hand is None else by_hand
    copy = rng.random() < 0.12
    k = 12.0
    ground = ink.guilloche(round(WIDTH_MM * k), round(HEIGHT_MM * k), *rng.choice(GROUNDS), rng, rng.uniform(0.5, 1.1))
    away = np.abs(np.linspace(-WIDTH_MM / 2, WIDTH_MM / 2, ground.shape[1]))
    ground = (ground * (1 - rng.uniform(0.1, 0.3) * np.exp(-away / 5))[None, :, None]).astype(np.uint8)
    canvas = Canvas(WIDTH_MM, HEIGHT_MM, k, ground, rng)
    tone = rng.randint(10, 45)
    label = Style(rng.choice((*fonts.SERIF, *fonts.OFFICE[:3])), rng.uniform(7.4, 8.4), False, (tone, tone, tone))
    if by_hand:
        hand = rng.choice(fonts.HAND)
        fill = Style(hand, rng.uniform(8.2, 10.0) * 72 / fonts.cap_height(hand, 100), False, rng.choice(PENS), hand=True)
    else:
        fill = replace(label, family=rng.choice((*fonts.MONO[:3], label.family, fonts.SANS[0])), bold=rng.random() < 0.4, pt=label.pt + 0.4)
    gutter = WIDTH_MM / 2
    left, right = _Page(canvas, 5.0, rng, label, fill), _Page(canvas, gutter + 5.5, rng, label, fill)
    head = Style(label.family, rng.uniform(11, 13), True, label.ink)
    first, second = (left, right) if rng.random() < 0.75 else (right, left)
    _number_and_day(first, family, head, copy)
    _bride_or_groom(first, family.ayah, "SUAMI", "suami", "bin", rng)
    _bride_or_groom(second, family.ibu, "ISTRI", "istri", "binti", rng)
    _wali_and_seal(second, family, rng)
    canvas.specimen(first.left + rng.uniform(4, 34), 119, rng.uniform(10, 13))
    return canvas.finish(
        "surat_nikah", ("duplikat" if copy else "buku") + ("_tangan" if by_hand else ""), _truth(family), NEEDED, handwritten=by_hand
    )


def _number_and_day(page: _Page, family: Family, head: Style, copy: bool) -> None:
    assert family.tanggal_nikah and family.nomor_nikah
    rng, day = page.rng, family.tanggal_nikah
    if rng.random() < 0.7:
        page.canvas.paste(ink.emblem(rng), page.left + 35, 3.0, 8, 9)
        page.y = 16.5
    page.middle("DUPLIKAT KUTIPAN AKTA NIKAH" if copy else "KUTIPAN AKTA NIKAH", head)
    prefix = rng.choice(("Nomor : ", "NOMOR : ", "No. "))
    wide = page.canvas.width(prefix, page.label) + page.canvas.width(family.nomor_nikah, page.fill)
    x = page.canvas.text(page.left + 39.5 - wide / 2, page.y, prefix, page.label)
    page.canvas.text(x, page.y, family.nomor_nikah, page.fill, "nomor")
    page.y += page.pitch
    page.row("KUA Kecamatan", rng.choice(here().kecamatan))
    page.row("Kabupaten/Kota", here().name)
    written = rng.choice((names.tanggal(day), f"{day:%d-%m-%Y}", names.tanggal(day)))
    page.row(rng.choice(("Pada hari", "Hari")), names.HARI[day.weekday()])
    page.row(rng.choice(("Tanggal", "tanggal (M)")), f"{written} M" if rng.random() < 0.3 else written, "tanggal_nikah")
    page.row("bertepatan", f"{rng.randint(1, 29)} {rng.choice(HIJRI)} {day.year - 579} H")
    page.y += 1


def _bride_or_groom(page: _Page, person: Person, head: str, field: str, of: str, rng: random.Random) -> None:
    if rng.random() < 0.8:
        page.canvas.text(
            page.left,
            page.y,
            rng.choice(
                (head, f"{'A' if field == 'suami' else 'B'}. {head}", f"Seorang {'laki-laki' if field == 'suami' else 'perempuan'} :")
            ),
            replace(page.label, bold=True),
        )
        page.y += page.pitch
    with_father = rng.random() < 0.45
    page.row(rng.choice(("Nama", "Nama lengkap")), person.nama, field, "1. ")
    page.row(of.capitalize() if not with_father else f"{of}", person.ayah, None, "2. ")
    page.row("Tempat, tgl lahir", f"{person.tempat_lahir}, {person.tanggal_lahir:%d-%m-%Y}", None, "3. ")
    page.row("N I K" if rng.random() < 0.2 else "NIK", person.nik, None, "4. ")
    page.row("Agama", person.agama, None, "5. ")
    page.row("Pekerjaan", person.pekerjaan, None, "6. ")
    page.row("Alamat", f"{person.address.alamat} {person.address.desa}", None, "7. ")
    page.y += 1


def _wali_and_seal(page: _Page, family: Family, rng: random.Random) -> None:
    assert family.ayah and family.tanggal_nikah
    page.row("Wali nikah", family.ibu.ayah)
    page.row("Mas kawin", rng.choice(("SEPERANGKAT ALAT SHALAT", "UANG RP 500.000 TUNAI", "EMAS 3 GRAM DIBAYAR TUNAI")))
    y = max(page.y, 70.0)
    for i, person in enumerate((family.ayah, family.ibu)):
        page.canvas.paste(ink.portrait(rng, person.laki, (40, 90, 180), grey=rng.random() < 0.2), page.left + 2 + i * 20, y, 17, 23)
    page.canvas.paste(ink.stamp(rng, "KUA SPESIMEN CONTOH", "SPESIMEN"), page.left + 16, y + 12, 24, 24)
    x = page.left + 60
    page.canvas.text(x, y + 4, f"{here().name}, {family.tanggal_nikah:%d-%m-%Y}", page.label, anchor="m")
    page.canvas.text(x, y + 8, "Kepala KUA / Pegawai Pencatat Nikah", page.label, anchor="m", fit=38)
    page.canvas.paste(ink.signature(rng, rng.choice(PENS)), x - 12, y + 9, 24, 12)
    page.canvas.text(x, y + 26, f"{names.adult(rng, True, 50).title()}, S.Ag", page.label, anchor="m")


def _akta_perkawinan(family: Family, seed: int) -> Sheet:
    rng = random.Random(f"kawin-{seed}-{family.nomor_nikah}")
    assert family.ayah and family.tanggal_nikah and family.nomor_nikah
    letter = Letter(rng, 210.0, 297.0, 8.0, by_hand=False, serif=0.4)
    canvas = letter.canvas
    canvas.text(
        letter.right, letter.y + 2, f"AK. {rng.randint(100, 999)}.0.{rng.randint(100000, 999999)}", replace(letter.print, pt=8), anchor="r"
    )
    canvas.paste(ink.emblem(rng), 97, letter.y + 2, 16, 19)
    letter.y += 27
    for line in ("REPUBLIK CONTOH SPESIMEN", "PENCATATAN SIPIL", "WARGA NEGARA INDONESIA"):
        canvas.text(105, letter.y, line, letter.strong, anchor="m")
        letter.y += 6
    letter.title(["KUTIPAN AKTA PERKAWINAN"])
    x = canvas.text(letter.left, letter.y, "Berdasarkan Akta Perkawinan Nomor ", letter.print)
    canvas.text(x, letter.y, family.nomor_nikah, letter.fill, "nomor")
    letter.skip()
    letter.para(f"menurut stbld. - bahwa di {here().head}")
    x = canvas.text(letter.left, letter.y, "pada tanggal ", letter.print)
    day = family.tanggal_nikah
    canvas.text(x, letter.y, rng.choice((names.tanggal(day), f"{day:%d-%m-%Y}")), letter.fill, "tanggal_nikah")
    letter.skip()
    letter.para("telah tercatat perkawinan antara :")
    for person, field in ((family.ayah, "suami"), (family.ibu, "istri")):
        if rng.random() < 0.5:
            letter.row(rng.choice(("Nama suami", "Suami")) if field == "suami" else rng.choice(("Nama istri", "Istri")), person.nama, field)
        else:
            canvas.text(105, letter.y, person.nama, replace(letter.fill, bold=True), field, "m")
            letter.skip()
        letter.para(
            f"lahir di {person.tempat_lahir} pada tanggal {names.tanggal(person.tanggal_lahir).lower()}, "
            f"anak dari {person.ayah} dan {person.ibu}"
        )
        if field == "suami":
            canvas.text(105, letter.y, "dengan", letter.print, anchor="m")
            letter.skip()
    letter.para(f"yang dilangsungkan di hadapan pemuka agama {family.ibu.agama.title()} bernama Pdt. {names.adult(rng, True, 50)}.")
    letter.skip(0.6)
    letter.sign(
        letter.width * 0.7,
        [f"{here().name.title()}, {names.tanggal(day + timedelta(days=9)).title()}", "Pejabat Pencatatan Sipil"],
        names.adult(rng, True, 50),
        "NIP. 000000000000000000",
        "PENCATATAN SIPIL SPESIMEN",
    )
    canvas.paste(ink.portrait(rng, True, (180, 40, 40)), letter.left + 4, letter.y + 6, 20, 27)
    canvas.paste(ink.portrait(rng, False, (180, 40, 40)), letter.left + 26, letter.y + 6, 20, 27)
    letter.mark()
    return canvas.finish("surat_nikah", "akta_perkawinan", _truth(family), NEEDED)
