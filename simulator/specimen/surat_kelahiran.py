"""Surat keterangan lahir: with no national form, a hospital's, a puskesmas', a midwife's and a village's, printed or by hand."""

import random
from datetime import date

from simulator.specimen import ink, names
from simulator.specimen.letters import Letter
from simulator.specimen.people import Family, Person
from simulator.specimen.region import here
from simulator.specimen.sheet import Sheet

NEEDED = ("nama_ibu", "tanggal_lahir")
LAYOUTS = ("rumah_sakit", "puskesmas", "bidan", "desa", "klinik_narasi")


def draw(family: Family, seed: int, by_hand: bool | None = None, layout: str | None = None) -> Sheet:
    rng = random.Random(f"lahir-{seed}-{family.bayi.nik}")
    layout = layout or rng.choice(LAYOUTS)
    by_hand = rng.random() < {"bidan": 0.6, "desa": 0.1}.get(layout, 0.3) if by_hand is None else by_hand
    small = layout == "bidan" and rng.random() < 0.6
    size = (148.0, 210.0) if small else rng.choice(((210.0, 297.0), (210.0, 297.0), (215.0, 330.0)))
    letter = Letter(rng, *size, 11.0 if small else 8.0, by_hand=by_hand, scale=0.82 if small else 1.0)
    named = _name_of_child(family, rng)
    {"rumah_sakit": _hospital, "puskesmas": _puskesmas, "bidan": _midwife, "desa": _village, "klinik_narasi": _narrative}[layout](
        letter, family, named
    )
    letter.mark()
    boxes = letter.canvas.boxes
    truth = {
        "nama_ibu": family.ibu.nama,
        "nama_ayah": family.ayah.nama if family.ayah else None,
        "nama_anak": named if "nama_anak" in boxes else None,
        "tanggal_lahir": family.bayi.tanggal_lahir.isoformat(),
        "jenis_kelamin": family.bayi.jenis_kelamin,
    }
    fields = {name: value for name, value in (truth | letter.facts).items() if value and name in boxes}
    return letter.canvas.finish("surat_kelahiran", layout + ("_tangan" if by_hand else ""), fields, NEEDED, handwritten=by_hand)


def _name_of_child(family: Family, rng: random.Random) -> str | None:
    """Often not yet chosen when the letter is written."""
    return family.bayi.nama if rng.random() < 0.65 else None


def _day(letter: Letter, day: date, with_weekday: bool = True) -> str:
    rng = letter.rng
    written = rng.choice((names.tanggal(day), f"{day:%d-%m-%Y}", names.tanggal(day), f"{day:%d/%m/%Y}"))
    if not letter.upper:
        written = written.title()
    weekday = names.HARI[day.weekday()].title() if not letter.upper else names.HARI[day.weekday()]
    return f"{weekday}, {written}" if with_weekday and rng.random() < 0.4 else written


def _date_row(letter: Letter, day: date, label: str) -> None:
    """Only the date itself is the field, not the weekday before it."""
    letter.row(label, _day(letter, day), "tanggal_lahir")


def _sex(letter: Letter, baby: Person) -> None:
    if letter.rng.random() < 0.4:
        letter.choice(
            letter.rng.choice(("Jenis Kelamin", "Jenis kelamin *)")), ("Laki-laki", "Perempuan"), 0 if baby.laki else 1, "jenis_kelamin"
        )
    else:
        letter.row("Jenis Kelamin", baby.jenis_kelamin, "jenis_kelamin")


def _child(letter: Letter, family: Family, named: str | None, label: str) -> None:
    if named:
        letter.row(label, named, "nama_anak")
    else:
        letter.row(label, letter.rng.choice((f"BY. NY. {family.ibu.nama.split()[0]}", "", "-", "BELUM ADA NAMA")))


def _parents(letter: Letter, family: Family, labels: tuple[str, str], with_nik: bool) -> None:
    letter.row(labels[0], family.ibu.nama, "nama_ibu")
    if with_nik:
        letter.row("NIK", family.ibu.nik, indent=4)
    else:
        letter.row("Umur", f"{(family.bayi.tanggal_lahir - family.ibu.tanggal_lahir).days // 365} tahun", indent=4)
    if family.ayah:
        letter.row(labels[1], family.ayah.nama, "nama_ayah")
        if with_nik:
            letter.row("NIK", family.ayah.nik, indent=4)
    letter.row("Alamat", family.ibu.address.one_line)


def _measures(letter: Letter) -> None:
    rng = letter.rng
    label, letter.facts["berat"] = rng.choice(("Berat Badan", "Berat lahir")), rng.randrange(2400, 4100, 50)
    letter.row(label, f"{letter.facts['berat']} gram", "berat")
    label, letter.facts["panjang"] = rng.choice(("Panjang Badan", "Panjang lahir")), rng.randint(45, 53)
    letter.row(label, f"{letter.facts['panjang']} cm", "panjang")


def _hour(letter: Letter, label: str) -> None:
    rng = letter.rng
    hour, minutes = rng.randint(0, 23), rng.choice((0, 5, 10, 15, 20, 30, 40, 45, 55))
    letter.facts["pukul"] = f"{hour:02d}:{minutes:02d}"
    letter.row(label, f"{hour:02d}.{minutes:02d} WIB", "pukul")


def _order(letter: Letter, label: str, family: Family) -> None:
    letter.facts["kelahiran_ke"] = family.anak_ke
    letter.row(label, str(family.anak_ke), "kelahiran_ke")


def _number(rng: random.Random) -> str:
    return f"{rng.randint(1, 999):03d}/{rng.choice(('SKL', 'SKK', 'RM', '474.1'))}/{rng.choice(names.ROMAN)}/2026"


def _hospital(letter: Letter, family: Family, named: str | None) -> None:
    rng, baby = letter.rng, family.bayi
    letter.kop(
        [
            rng.choice((f"PEMERINTAH {here().head}", "YAYASAN CONTOH SEJAHTERA")),
            rng.choice(("RSUD dr. CONTOH SPESIMEN", "RUMAH SAKIT IBU DAN ANAK SPESIMEN", "RS CONTOH HUSADA")),
        ],
        f"Jl. Contoh Nomor 1 {here().name.title()}, Telp. (0296) 000000",
        rng.choice((1, 2)),
    )
    letter.title(
        rng.choice(
            (
                ["SURAT KETERANGAN LAHIR", "Birth Certificate"],
                ["SURAT KETERANGAN LAHIR"],
                ["SURAT KETERANGAN KELAHIRAN", "(Birth Certificate)"],
            )
        ),
        _number(rng),
    )
    letter.para("Yang bertanda tangan di bawah ini menerangkan bahwa telah lahir seorang bayi pada :")
    _date_row(letter, baby.tanggal_lahir, rng.choice(("Hari / Tanggal", "Tanggal Lahir", "Hari, tanggal / Date")))
    _hour(letter, rng.choice(("Pukul", "Jam / Time")))
    _sex(letter, baby)
    letter.row("Jenis Kelahiran", rng.choice(("TUNGGAL", "Tunggal / Spontan")))
    _order(letter, "Anak ke", family)
    _measures(letter)
    _child(letter, family, named, rng.choice(("Diberi Nama", "Nama Bayi", "Nama Anak / Name")))
    letter.heading(rng.choice(("Dari orang tua :", "Orang Tua / Parents", "Anak dari pasangan :")))
    _parents(
        letter,
        family,
        rng.choice((("Nama Ibu", "Nama Ayah"), ("Nama Ibu / Mother", "Nama Ayah / Father"), ("Nama Ny.", "Nama Tn."))),
        rng.random() < 0.5,
    )
    letter.skip(0.6)
    letter.sign(
        letter.width * 0.73,
        [
            f"{here().name.title()}, {names.tanggal(baby.tanggal_lahir).title()}",
            rng.choice(("Dokter Penolong", "Bidan Penolong", "Penolong Persalinan")),
        ],
        f"dr. {names.adult(rng, False, 35).title()}, Sp.OG",
        stamped="RUMAH SAKIT SPESIMEN",
    )
    if rng.random() < 0.35:
        for side in (0, 1):
            letter.canvas.paste(ink.thumbprint(rng, (60, 50, 60)), letter.left + side * 24, letter.y + 4, 18, 30)


def _puskesmas(letter: Letter, family: Family, named: str | None) -> None:
    rng, baby = letter.rng, family.bayi
    place = family.ibu.address.kecamatan
    letter.kop(
        [f"PEMERINTAH {here().head}", "DINAS KESEHATAN", f"UPTD PUSKESMAS {place}"],
        f"Jl. Raya Contoh Km. 2 {place.title()} {here().short}",
        2,
    )
    letter.title([rng.choice(("SURAT KETERANGAN KELAHIRAN", "SURAT KETERANGAN LAHIR"))], _number(rng))
    letter.para("Yang bertanda tangan di bawah ini, Bidan Puskesmas, menerangkan dengan sebenarnya bahwa :")
    _parents(
        letter,
        family,
        rng.choice((("Nama Ibu", "Nama Suami"), ("Nama Ibu", "Nama Ayah"), ("Nama Istri", "Nama Suami"))),
        rng.random() < 0.6,
    )
    letter.para(f"Telah melahirkan seorang bayi {rng.choice(('di Puskesmas kami', f'di Puskesmas {place.title()}'))} pada :")
    _date_row(letter, baby.tanggal_lahir, rng.choice(("Hari/Tanggal", "Tanggal", "Pada tanggal")))
    _hour(letter, "Jam")
    _sex(letter, baby)
    _order(letter, "Kelahiran ke", family)
    _measures(letter)
    _child(letter, family, named, rng.choice(("Nama Bayi", "Nama Anak", "Bayi diberi nama")))
    letter.para("Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya.")
    letter.sign(
        letter.width * 0.72,
        [f"{place.title()}, {names.tanggal(baby.tanggal_lahir).title()}", "Bidan Penolong"],
        f"{names.adult(rng, False, 32).title()}, A.Md.Keb",
        "NIP. 000000000000000000",
        "PUSKESMAS SPESIMEN",
    )


def _midwife(letter: Letter, family: Family, named: str | None) -> None:
    rng, baby = letter.rng, family.bayi
    bidan = f"{names.adult(rng, False, 38)}, S.Tr.Keb"
    letter.kop(
        [rng.choice(("PRAKTIK MANDIRI BIDAN", "BIDAN PRAKTEK SWASTA", "TPMB")), bidan],
        f"Ds. {family.ibu.address.desa.title()} Kec. {family.ibu.address.kecamatan.title()} - Izin No. 000/SPESIMEN",
        rng.choice((0, 1)),
    )
    letter.title(
        [rng.choice(("SURAT KETERANGAN LAHIR", "SURAT KELAHIRAN", "SURAT KETERANGAN KELAHIRAN"))],
        _number(rng) if rng.random() < 0.6 else None,
    )
    letter.para("Yang bertanda tangan di bawah ini menerangkan telah lahir seorang bayi :")
    _child(letter, family, named, "Nama")
    _sex(letter, baby)
    _date_row(letter, baby.tanggal_lahir, rng.choice(("Lahir tanggal", "Tgl lahir", "Hari, Tgl")))
    _hour(letter, "Jam")
    _order(letter, "Anak ke", family)
    _measures(letter)
    _parents(letter, family, rng.choice((("Nama Ibu", "Nama Ayah"), ("Ibu", "Bapak"), ("Nama Ibu", "Nama Bapak"))), rng.random() < 0.3)
    letter.skip(0.3)
    letter.sign(
        letter.width * 0.72, [f"{here().name.title()}, {baby.tanggal_lahir:%d-%m-%Y}", "Bidan"], bidan.title(), stamped="BIDAN SPESIMEN"
    )


def _village(letter: Letter, family: Family, named: str | None) -> None:
    rng, baby, at = letter.rng, family.bayi, family.ibu.address
    letter.kop(
        [f"PEMERINTAH {here().head}", f"KECAMATAN {at.kecamatan}", f"DESA {at.desa}"],
        f"Alamat : Jl. Desa {at.desa.title()} Kode Pos {at.kode_pos}",
    )
    letter.title(["SURAT KETERANGAN KELAHIRAN"], f"474.1/{rng.randint(1, 99):02d}/{rng.choice(names.ROMAN)}/2026")
    letter.para(
        f"Yang bertanda tangan di bawah ini Kepala Desa {at.desa.title()} Kecamatan {at.kecamatan.title()} "
        f"{here().head.title()} menerangkan bahwa :",
        indent=10,
    )
    _date_row(letter, baby.tanggal_lahir, "Hari, tanggal")
    letter.row("Di", rng.choice(("RUMAH", f"DS. {at.desa}")))
    letter.para("telah lahir seorang anak dengan keterangan sebagai berikut :")
    _child(letter, family, named, rng.choice(("Nama", "Bernama", "Nama Anak")))
    _sex(letter, baby)
    _order(letter, "Anak ke", family)
    _parents(letter, family, rng.choice((("Nama Ibu", "Nama Ayah"), ("Nama Ibu Kandung", "Nama Ayah Kandung"))), True)
    letter.para("Surat keterangan ini dibuat berdasarkan keterangan pelapor untuk kelengkapan permohonan akta kelahiran.", indent=10)
    letter.sign(letter.width * 0.28, ["Pelapor"], (family.ayah or family.ibu).nama)
    letter.sign(
        letter.width * 0.73,
        [f"{at.desa.title()}, {names.tanggal(baby.tanggal_lahir).title()}", f"Kepala Desa {at.desa.title()}"],
        names.adult(rng, True, 52),
        stamped="PEMERINTAH DESA SPESIMEN",
    )


def _narrative(letter: Letter, family: Family, named: str | None) -> None:
    rng, baby = letter.rng, family.bayi
    letter.kop(
        [rng.choice(("KLINIK PRATAMA SPESIMEN", "RUMAH BERSALIN CONTOH BUNDA", "KLINIK UTAMA CONTOH MEDIKA"))],
        "Jl. Spesimen No. 10 Cepu",
        rng.choice((0, 1, 2)),
    )
    letter.title([rng.choice(("SURAT KETERANGAN LAHIR", "SURAT TANDA LAHIR", "KETERANGAN LAHIR"))], _number(rng))
    letter.para("Dengan ini diterangkan bahwa pada :", indent=0)
    _date_row(letter, baby.tanggal_lahir, rng.choice(("Hari / Tgl", "Tanggal", "Hari & Tanggal")))
    _hour(letter, "Pukul")
    letter.para(f"telah lahir dengan selamat seorang bayi {'LAKI-LAKI' if baby.laki else 'PEREMPUAN'} di klinik kami, dari seorang ibu :")
    letter.row(rng.choice(("Nama", "Ny.", "Bernama")), family.ibu.nama, "nama_ibu")
    letter.row("Umur", f"{(baby.tanggal_lahir - family.ibu.tanggal_lahir).days // 365} tahun")
    if family.ayah:
        letter.row(rng.choice(("Istri dari Tn.", "Suami", "Nama suami")), family.ayah.nama, "nama_ayah")
    letter.row("Alamat", family.ibu.address.one_line)
    letter.para("dengan keadaan bayi :")
    _measures(letter)
    _child(letter, family, named, "Bayi diberi nama")
    letter.skip(0.5)
    letter.sign(
        letter.width * 0.7,
        [f"Cepu, {names.tanggal(baby.tanggal_lahir).title()}", "Yang menolong"],
        f"Bd. {names.adult(rng, False, 30).title()}",
        stamped="KLINIK SPESIMEN",
    )
