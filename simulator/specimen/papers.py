"""Papers that are not wanted but are sent: a sibling's akta, STNK, the cover of a buku nikah, other letters of the village."""

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from simulator.specimen import fonts, ink, names
from simulator.specimen.letters import Letter
from simulator.specimen.people import TODAY, Family
from simulator.specimen.region import here
from simulator.specimen.sheet import Canvas, Sheet, Style


def _done(letter: Letter, layout: str) -> Sheet:
    letter.mark()
    return letter.canvas.finish("other", layout, {}, (), handwritten=letter.by_hand)


def akta_kelahiran(family: Family, rng: random.Random) -> Sheet:
    """The akta of an elder child: the same words as a surat kelahiran, another document."""
    letter = Letter(rng, 210.0, 297.0, 8.0, by_hand=False, serif=0.5)
    canvas, baby = letter.canvas, family.bayi
    number = f"{here().code}-{rng.choice(('LU', 'LU', 'LT'))}-{baby.tanggal_lahir:%d%m%Y}-{rng.randint(1, 199):04d}"
    canvas.text(
        letter.right, letter.y + 2, f"AL. {rng.randint(100, 999)}.0.{rng.randint(100000, 999999)}", replace(letter.print, pt=8), anchor="r"
    )
    canvas.paste(ink.emblem(rng), 96, letter.y + 4, 18, 21)
    letter.y += 31
    for line in ("REPUBLIK CONTOH SPESIMEN", "PENCATATAN SIPIL", "WARGA NEGARA INDONESIA"):
        canvas.text(105, letter.y, line, letter.strong, anchor="m")
        letter.y += 5.6
    letter.title(["KUTIPAN AKTA KELAHIRAN"])
    letter.para(
        f"Berdasarkan Akta Kelahiran Nomor {number} menurut stbld. - bahwa di {here().name} "
        f"pada tanggal {names.tanggal(baby.tanggal_lahir)} telah lahir :"
    )
    canvas.text(105, letter.y + 3, baby.nama, replace(letter.strong, pt=15), anchor="m")
    letter.y += 12
    letter.para(
        f"anak ke-{family.anak_ke} {baby.jenis_kelamin} dari "
        f"{'ayah ' + family.ayah.nama + ' dan ' if family.ayah else ''}ibu {family.ibu.nama}."
    )
    letter.para(f"Kutipan ini dikeluarkan di {here().head.title()}.")
    letter.sign(
        letter.width * 0.7,
        [f"{here().name.title()}, {names.tanggal(TODAY).title()}", "Pejabat Pencatatan Sipil"],
        names.adult(rng, True, 50),
        "NIP. 000000000000000000",
    )
    canvas.paste(ink.qr(f"SPESIMEN/{number}"), letter.left, letter.y + 10, 22, 22)
    return _done(letter, "akta_kelahiran")


def stnk(family: Family, rng: random.Random) -> Sheet:
    canvas = Canvas(210, 85, 10, ink.guilloche(2100, 850, (236, 226, 206), (240, 234, 216), (200, 170, 120), rng), rng)
    body = rng.choice((*fonts.SANS, *fonts.MONO))
    owner = (family.ayah or family.ibu).nama
    canvas.text(105, 9, "SURAT TANDA NOMOR KENDARAAN BERMOTOR", Style(fonts.SANS[0], 12, True), anchor="m")
    rows = [
        ("NOMOR REGISTRASI", f"K {rng.randint(1000, 9999)} {rng.choice('ABCDE')}E"),
        ("NAMA PEMILIK", owner),
        ("ALAMAT", family.ibu.address.one_line),
        ("MERK / TYPE", "CONTOH / C100"),
        ("JENIS / MODEL", "SEPEDA MOTOR"),
        ("TAHUN PEMBUATAN", str(rng.randint(2009, 2025))),
        ("NOMOR RANGKA", f"MHSPESIMEN{rng.randint(10**6, 10**7)}"),
        ("NOMOR MESIN", f"SP{rng.randint(10**6, 10**7)}"),
        ("WARNA", rng.choice(("HITAM", "MERAH", "PUTIH"))),
    ]
    for i, (label, value) in enumerate(rows):
        canvas.text(8, 18 + i * 6.2, label, Style(body, 8.5))
        canvas.text(52, 18 + i * 6.2, f": {value}", Style(body, 8.5, True), fit=90)
    canvas.text(150, 60, f"BERLAKU S/D {TODAY:%d-%m-%Y}", Style(body, 9, True))
    canvas.specimen(150, 78, 13)
    return canvas.finish("other", "stnk", {}, ())


def cover_nikah(family: Family, rng: random.Random) -> Sheet:
    """Red-brown for him, green for her: closed, it proves nothing."""
    base = np.array(rng.choice(((112, 36, 32), (28, 84, 54))), np.float32)
    grain = np.random.default_rng(rng.randrange(1 << 30)).normal(0, 6, (1500, 1056, 1)).astype(np.float32)
    canvas = Canvas(88, 125, 12, np.clip(base + grain, 0, 255).astype(np.uint8), rng)
    gold = (206, 176, 96)
    canvas.paste(ink.emblem(rng, (180, 150, 70)), 32, 30, 24, 29)
    canvas.text(44, 76, "BUKU NIKAH", Style(rng.choice(fonts.SERIF), 22, True, gold), anchor="m")
    canvas.text(44, 84, rng.choice(("SUAMI", "ISTRI")), Style(fonts.SERIF[0], 14, True, gold), anchor="m")
    canvas.text(44, 104, "KEMENTERIAN CONTOH", Style(fonts.SERIF[0], 11, False, gold), anchor="m")
    canvas.specimen(28, 118, 12, (230, 200, 120))
    return canvas.finish("other", "buku_nikah_sampul", {}, ())


def domisili(family: Family, rng: random.Random) -> Sheet:
    """Another letter of the same village: head, number, name and NIK, but no birth."""
    letter = Letter(rng, 210.0, 297.0, 8.0, by_hand=rng.random() < 0.15)
    person, at = family.ayah or family.ibu, family.ibu.address
    letter.kop(
        [f"PEMERINTAH {here().head}", f"KECAMATAN {at.kecamatan}", f"DESA {at.desa}"], f"Jl. Desa {at.desa.title()} Kode Pos {at.kode_pos}"
    )
    letter.title(
        [
            rng.choice(
                (
                    "SURAT KETERANGAN DOMISILI",
                    "SURAT KETERANGAN TIDAK MAMPU",
                    "SURAT PENGANTAR",
                    "SURAT KETERANGAN USAHA",
                    "SURAT KETERANGAN KEMATIAN",
                )
            )
        ],
        f"470/{rng.randint(1, 99)}/2026",
    )
    letter.para(f"Yang bertanda tangan di bawah ini Kepala Desa {at.desa.title()} menerangkan bahwa :")
    for label, value in (
        ("Nama", person.nama),
        ("NIK", person.nik),
        ("Tempat/Tgl Lahir", f"{person.tempat_lahir}, {person.tanggal_lahir:%d-%m-%Y}"),
        ("Jenis Kelamin", person.jenis_kelamin),
        ("Agama", person.agama),
        ("Pekerjaan", person.pekerjaan),
        ("Alamat", at.one_line),
    ):
        letter.row(label, value)
    letter.para("adalah benar warga desa kami. Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya.", indent=8)
    letter.sign(
        letter.width * 0.72,
        [f"{at.desa.title()}, {names.tanggal(TODAY).title()}", "Kepala Desa"],
        names.adult(rng, True, 50),
        stamped="PEMERINTAH DESA SPESIMEN",
    )
    return _done(letter, "surat_desa")


def f105(family: Family, rng: random.Random) -> Sheet:
    """F-1.05, which is easily taken for F-2.04: it writes the status into the KK, it proves nothing for the birth record."""
    letter = Letter(rng, 210.0, 297.0, 8.0, by_hand=rng.random() < 0.5, serif=0.4)
    husband = family.ayah or family.ibu
    letter.canvas.text(letter.right, letter.y + 2, "F-1.05", letter.strong, anchor="r")
    letter.title(["SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK", "PERKAWINAN/PERCERAIAN BELUM TERCATAT"])
    letter.para("Saya yang bertanda tangan di bawah ini :")
    letter.row("Nama", husband.nama)
    letter.row("NIK", husband.nik)
    letter.row("Alamat", husband.address.one_line)
    letter.para("menyatakan bahwa perkawinan saya dengan :")
    letter.row("Nama", family.ibu.nama)
    letter.row("NIK", family.ibu.nik)
    letter.para(
        "telah dilangsungkan namun belum tercatat sesuai dengan peraturan perundang-undangan. "
        "Demikian pernyataan ini saya buat dengan sebenarnya.",
        indent=8,
    )
    letter.sign(letter.width * 0.72, [f"{here().name.title()}, {names.tanggal(TODAY).title()}", "Saya yang menyatakan,"], husband.nama)
    return _done(letter, "f_1_05")


def receipt(family: Family, rng: random.Random) -> Sheet:
    canvas = Canvas(72, 150, 12, ink.paper(864, 1800, rng, (246, 245, 240)), rng)
    style = Style(fonts.MONO[0], 8.5)
    canvas.text(36, 10, "TOKO CONTOH SPESIMEN", replace(style, bold=True), anchor="m")
    for i in range(rng.randint(8, 16)):
        canvas.text(4, 22 + i * 6, rng.choice(("SUSU BAYI 400G", "POPOK S 40", "BERAS 5KG", "MINYAK 1L", "SABUN", "TELUR 1KG")), style)
        canvas.text(68, 22 + i * 6, f"{rng.randint(5, 99)}.{rng.choice(('000', '500'))}", style, anchor="r")
    canvas.specimen(14, 143, 12)
    return canvas.finish("other", "struk", {}, ())


def ijazah(family: Family, rng: random.Random) -> Sheet:
    letter = Letter(rng, 297.0, 210.0, 7.0, by_hand=rng.random() < 0.4, serif=0.9)
    person = family.ibu
    letter.y = 30
    letter.title([rng.choice(("IJAZAH", "RAPOR SISWA", "SERTIFIKAT"))], f"DN-{rng.randint(10, 99)} {rng.randint(100000, 999999)}")
    letter.para("Yang bertanda tangan di bawah ini, Kepala Sekolah Contoh Spesimen, menerangkan bahwa :")
    for label, value in (
        ("nama", person.nama),
        ("tempat dan tanggal lahir", f"{person.tempat_lahir}, {person.tanggal_lahir:%d-%m-%Y}"),
        ("nama orang tua", person.ayah),
        ("nomor induk siswa", str(rng.randint(1000, 9999))),
    ):
        letter.row(label, value)
    letter.canvas.text(148, letter.y + 8, "LULUS", replace(letter.strong, pt=24), anchor="m")
    letter.y += 22
    letter.sign(220, [f"{here().name.title()}, 2 Juni 2014", "Kepala Sekolah"], names.adult(rng, True, 50), stamped="SEKOLAH SPESIMEN")
    return _done(letter, "ijazah")


def blank(family: Family, rng: random.Random) -> Sheet:
    """The back of a sheet: nothing on it but what shines through."""
    canvas = Canvas(210, 297, 6, ink.paper(1260, 1782, rng), rng)
    canvas.specimen(150, 288, 10, (190, 150, 150))
    return canvas.finish("none", "kertas_kosong", {}, ())


PAPERS: dict[str, Callable[[Family, random.Random], Sheet]] = {
    "akta_kelahiran": akta_kelahiran,
    "stnk": stnk,
    "buku_nikah_sampul": cover_nikah,
    "surat_desa": domisili,
    "f_1_05": f105,
    "struk": receipt,
    "ijazah": ijazah,
    "kertas_kosong": blank,
}
