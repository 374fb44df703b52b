"""The two SPTJM: F-2.03 for the birth's data, F-2.04 for the parents as husband and wife; typed, or printed empty and filled by hand."""

import random

from simulator.specimen import ink, names
from simulator.specimen.letters import Letter
from simulator.specimen.people import TODAY, Family, Person
from simulator.specimen.region import here
from simulator.specimen.sheet import Sheet

NEEDED = ("nama", "nik")
HEAD = "SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK"


def draw_kelahiran(family: Family, seed: int, by_hand: bool | None = None) -> Sheet:
    letter, rng = _form(f"f203-{seed}-{family.bayi.nik}", by_hand, "F-2.03")
    maker, baby, ibu = family.ayah or family.ibu, family.bayi, family.ibu
    letter.title(rng.choice(([f"{HEAD}", "KEBENARAN DATA KELAHIRAN"], [f"{HEAD} (SPTJM)", "KEBENARAN DATA KELAHIRAN"])))
    letter.para("Saya yang bertanda tangan di bawah ini :")
    _identity(letter, maker, True)
    letter.para("menyatakan bahwa :")
    letter.row("Nama anak", baby.nama)
    letter.row("Tempat/tanggal lahir", f"{here().name}, {baby.tanggal_lahir:%d-%m-%Y}")
    letter.row("Jenis kelamin", baby.jenis_kelamin)
    letter.para(f"adalah benar anak ke {family.anak_ke} dari seorang ibu :")
    letter.row("Nama ibu", ibu.nama)
    letter.row("NIK ibu", ibu.nik)
    letter.row("Penolong kelahiran", rng.choice((f"DUKUN BAYI {names.adult(rng, False, 60)}", f"BIDAN {names.adult(rng, False, 35)}")))
    _vow(letter)
    _hands(letter, maker, family.saksi)
    return _finished(letter, "sptjm_kelahiran", maker)


def draw_pasutri(family: Family, seed: int, by_hand: bool | None = None) -> Sheet:
    letter, rng = _form(f"f204-{seed}-{family.bayi.nik}", by_hand, "F-2.04")
    ayah, ibu = family.ayah or family.ibu, family.ibu
    maker = rng.choice((ayah, ayah, ibu))
    letter.title(
        rng.choice(([f"{HEAD}", "KEBENARAN SEBAGAI PASANGAN SUAMI ISTRI"], [f"{HEAD} (SPTJM)", "KEBENARAN SEBAGAI PASANGAN SUAMI ISTRI"]))
    )
    letter.para("Saya yang bertanda tangan di bawah ini :")
    _identity(letter, maker, True)
    letter.para("menyatakan bahwa :")
    letter.row("Nama", ayah.nama)
    letter.row("NIK", ayah.nik)
    letter.para("adalah suami dari :")
    letter.row("Nama", ibu.nama)
    letter.row("NIK", ibu.nik)
    letter.row("KK Nomor", family.no_kk)
    _vow(letter)
    _hands(letter, maker, family.saksi)
    return _finished(letter, "sptjm_pasutri", maker)


def _form(key: str, by_hand: bool | None, code: str) -> tuple[Letter, random.Random]:
    rng = random.Random(key)
    letter = Letter(
        rng,
        *rng.choice(((210.0, 297.0), (210.0, 297.0), (215.0, 330.0))),
        8.0,
        by_hand=rng.random() < 0.6 if by_hand is None else by_hand,
        serif=0.4,
    )
    letter.pitch = rng.uniform(5.7, 6.6)
    if rng.random() < 0.85:
        letter.canvas.text(letter.right, letter.y + 2, code, letter.strong, anchor="r")
    letter.y += 4
    return letter, rng


def _identity(letter: Letter, person: Person, tracked: bool) -> None:
    rng = letter.rng
    letter.row(rng.choice(("Nama", "Nama", "Nama Lengkap")), person.nama, "nama" if tracked else None)
    letter.row("NIK", person.nik, "nik" if tracked else None)
    letter.row("Tempat/tanggal lahir", f"{person.tempat_lahir}, {person.tanggal_lahir:%d-%m-%Y}")
    letter.row("Pekerjaan", person.pekerjaan)
    letter.row("Alamat", person.address.one_line)


def _vow(letter: Letter) -> None:
    letter.para(
        "Demikian surat pernyataan ini saya buat dengan sebenar-benarnya dan apabila di kemudian hari ternyata pernyataan saya ini tidak "
        "benar, maka saya bersedia diproses secara hukum sesuai dengan peraturan perundang-undangan.",
        indent=8,
    )


def _hands(letter: Letter, maker: Person, saksi: tuple[Person, Person]) -> None:
    rng = letter.rng
    if rng.random() < 0.6:
        letter.canvas.rect(letter.width * 0.52, letter.y + 7, letter.width * 0.52 + 20, letter.y + 22, 0.3, (150, 60, 90), (232, 196, 206))
        letter.canvas.text(letter.width * 0.52 + 10, letter.y + 15, "METERAI", letter.print, anchor="m")
    letter.sign(letter.width * 0.72, [f"{here().name.title()}, {names.tanggal(TODAY).title()}", "Saya yang menyatakan,"], maker.nama)
    letter.y += 34
    letter.canvas.text(letter.width / 2, letter.y, "Saksi-saksi", letter.print, anchor="m")
    letter.y += 5
    for i, witness in enumerate(saksi):
        letter.sign(letter.width * (0.28, 0.72)[i], [f"Saksi {'I' * (i + 1)}"], witness.nama, f"NIK. {witness.nik}")
    if rng.random() < 0.15:
        letter.canvas.paste(ink.thumbprint(rng), letter.width * 0.62, letter.y - 30, 9, 12)


def _finished(letter: Letter, kind: str, maker: Person) -> Sheet:
    letter.mark()
    layout = "tangan" if letter.by_hand else "ketik"
    return letter.canvas.finish(kind, layout, {"nama": maker.nama, "nik": maker.nik}, NEEDED, numbers=("nik",), handwritten=letter.by_hand)
