"""Birth letters as HTML, no two alike: hospital table, midwife's prose, village letter, dot matrix, old F-2.01 sheet, bilingual, filled in by hand, two columns."""
# ruff: noqa: E501 (a piece of markup stays on one line)

from __future__ import annotations

import random

from tests.documents.another_hand.paper import HAND, INK, SANS, SERIF, TYPED, Paper, rows, sheet, signature, stamp
from tests.documents.another_hand.people import Family, long_date, numeric, person, weekday

HOSPITALS = ["RSUD dr. R. SOETIJONO BLORA", "RSU PERMATA HARAPAN", "RSIA BUNDA SEJAHTERA", "RUMAH SAKIT DR. R. SOEPRAPTO CEPU"]
CLERKS = ["dr. Bagas Wicaksono, Sp.OG", "Bdn. Umi Kulsum, S.Keb", "Sri Rejeki, Amd.Keb", "Hartatik, S.Tr.Keb"]


def _title_case(name: str) -> str:
    return " ".join(part[:1] + part[1:].lower() for part in name.split())


def _fields(kin: Family, *, child: bool = True) -> dict[str, object]:
    fields: dict[str, object] = {
        "nama_ibu": kin.mother.name,
        "nama_ayah": kin.father.name,
        "tanggal_lahir": kin.born.date().isoformat(),
        "jenis_kelamin": kin.child_sex,
    }
    return fields | ({"nama_anak": kin.child} if child else {})


def _head(name: str, under: str, colour: str = "#111") -> str:
    return f'<div style="text-align:center;border-bottom:4px double {colour};padding-bottom:10px;margin-bottom:18px;color:{colour}"><div style="font-size:1.5em;font-weight:700">{name}</div><div style="font-size:.82em">{under}</div></div>'


def _sign(rng: random.Random, place: str, day: object, role: str, name: str, ring: str, top: int, right: bool = True) -> str:
    left = 470 if right else 90
    return (
        f'<div style="position:absolute;left:{left}px;top:{top}px;width:270px;text-align:center">{place}, {day}<br>{role}<br>{signature(rng, name)}<br><u>{name}</u></div>'
        + stamp(rng, ring, left - 60, top + 10)
    )


def hospital(rng: random.Random, kin: Family) -> Paper:
    name = rng.choice(HOSPITALS)
    give = rng.random() < 0.7
    child = kin.child if give else f"By. Ny. {kin.mother.name}"
    value = rng.choice(["font-weight:700", ""])
    table = rows(
        [
            ("Nama Bayi", child),
            ("Jenis Kelamin", _title_case(kin.child_sex) if rng.random() < 0.5 else kin.child_sex),
            ("Hari / Tanggal", f"{weekday(kin.born)}, {long_date(kin.born)}"),
            ("Pukul", f"{kin.born:%H.%M} WIB"),
            ("Berat / Panjang", f"{rng.randrange(24, 40) * 100} gram / {rng.randrange(45, 53)} cm"),
            ("Anak ke", str(rng.randrange(1, 5))),
            ("Nama Ibu", kin.mother.name),
            ("NIK Ibu", kin.mother.nik),
            ("Nama Ayah", kin.father.name),
            ("NIK Ayah", kin.father.nik),
            ("Alamat", f"{kin.father.street} RT {kin.father.rt} {kin.father.village}"),
        ],
        gap="5px",
        value_style=value,
    )
    body = (
        _head(
            name,
            "Jl. Dr. Sutomo No. 42 Blora Telp. (0296) 531118 &middot; email: rs@contoh.invalid",
            rng.choice(["#0b5d3b", "#123c7a", "#111"]),
        )
        + f'<div style="text-align:center;font-weight:700;font-size:1.25em;text-decoration:underline">{rng.choice(["SURAT KETERANGAN LAHIR", "SURAT KETERANGAN KELAHIRAN"])}</div><div style="text-align:center">Nomor : 445/{rng.randrange(100, 999)}/RM/{kin.born.year}</div>'
        + f"<p>Yang bertanda tangan di bawah ini menerangkan bahwa telah lahir di {name} seorang bayi :</p>{table}<p>Demikian surat keterangan ini dibuat agar dapat dipergunakan sebagaimana mestinya.</p>"
        + _sign(rng, "Blora", long_date(kin.born), "Dokter / Bidan Penolong", rng.choice(CLERKS), name, 800)
    )
    html, size = sheet(body, font=rng.choice(SANS), size=rng.choice([16, 17, 18]))
    return Paper("surat_kelahiran", "hospital", html, size, _fields(kin, child=give))


def midwife(rng: random.Random, kin: Family) -> Paper:
    bidan = rng.choice(CLERKS[1:])
    mother, father, child = (_title_case(x) if rng.random() < 0.5 else x for x in (kin.mother.name, kin.father.name, kin.child))
    body = (
        f'<div style="text-align:center"><b style="font-size:1.35em">PRAKTIK MANDIRI BIDAN</b><br><b>{bidan}</b><br>SIPB 446/{rng.randrange(100, 999)}/2022<br>Ds. {_title_case(kin.father.village)} Kec. {_title_case(kin.father.district)} Kab. Blora</div><hr>'
        '<h3 style="text-align:center;text-decoration:underline">SURAT KETERANGAN KELAHIRAN</h3>'
        f'<p style="text-align:justify;line-height:1.9">Yang bertanda tangan di bawah ini saya {bidan}, bidan di Desa {_title_case(kin.father.village)}, menerangkan dengan sebenarnya bahwa pada hari {weekday(kin.born)} tanggal {long_date(kin.born)} '
        f"jam {kin.born:%H.%M} WIB telah lahir seorang anak {kin.child_sex.lower()} dengan selamat, diberi nama <b>{child}</b>, anak ke {rng.randrange(1, 5)} dari seorang ibu bernama <b>{mother}</b> istri dari <b>{father}</b>, "
        f"beralamat di {kin.father.street} RT {kin.father.rt} Desa {_title_case(kin.father.village)}, dengan berat badan {rng.randrange(24, 40) * 100} gram dan panjang {rng.randrange(45, 53)} cm.</p>"
        "<p>Demikian surat keterangan ini kami buat dengan sebenarnya untuk dapat digunakan seperlunya.</p>"
        + _sign(rng, "Blora", long_date(kin.born), "Bidan,", bidan, "BIDAN PRAKTIK MANDIRI", 760)
    )
    html, size = sheet(body, font=rng.choice(SERIF), size=rng.choice([18, 19]))
    return Paper("surat_kelahiran", "midwife-prose", html, size, _fields(kin))


def village(rng: random.Random, kin: Family) -> Paper:
    desa = kin.father.village
    chief = rng.choice(["H. SUKARDI", "DJOKO LELONO", "WARSITO, S.Sos"])
    body = (
        f'<div style="text-align:center;font-weight:700">PEMERINTAH KABUPATEN BLORA<br>KECAMATAN {kin.father.district}<br><span style="font-size:1.3em">KANTOR KEPALA DESA {desa}</span></div><hr style="border:2px solid #111">'
        f'<div style="text-align:center;margin:20px"><u><b>SURAT KETERANGAN KELAHIRAN</b></u><br>Nomor: 474.1/{rng.randrange(10, 99)}/{kin.born.year}</div>'
        f"<p>Yang bertanda tangan di bawah ini, Kepala Desa {_title_case(desa)} Kecamatan {_title_case(kin.father.district)} Kabupaten Blora menerangkan dengan sebenarnya bahwa pada :</p>"
        + rows(
            [
                ("Hari", weekday(kin.born)),
                ("Tanggal", rng.choice([long_date(kin.born), numeric(kin.born)])),
                ("Pukul", f"{kin.born:%H:%M} WIB"),
                ("Bertempat di", f"Rumah, Desa {_title_case(desa)}"),
            ],
            width=180,
        )
        + f"<p>telah lahir seorang anak {_title_case(kin.child_sex)} bernama :</p><div style='text-align:center;font-weight:700;font-size:1.15em'>{kin.child}</div><p>dari seorang ibu :</p>"
        + rows(
            [
                ("Nama lengkap", kin.mother.name),
                ("NIK", kin.mother.nik),
                ("Umur", f"{kin.born.year - kin.mother.born.year} tahun"),
                ("Pekerjaan", _title_case(kin.mother.job)),
                ("Alamat", f"{kin.mother.street}, {desa}"),
            ],
            width=180,
        )
        + "<p>Istri dari :</p>"
        + rows(
            [
                ("Nama lengkap", kin.father.name),
                ("NIK", kin.father.nik),
                ("Umur", f"{kin.born.year - kin.father.born.year} tahun"),
                ("Pekerjaan", _title_case(kin.father.job)),
            ],
            width=180,
        )
        + "<p>Surat keterangan ini dibuat atas dasar yang sebenarnya.</p>"
        + _sign(rng, _title_case(desa), long_date(kin.born), "Kepala Desa", chief, f"KEPALA DESA {desa}", 930)
    )
    html, size = sheet(body, font=rng.choice([*SERIF, "Arimo"]), size=16, pad="44px 70px")
    return Paper("surat_kelahiran", "village", html, size, _fields(kin))


def dot_matrix(rng: random.Random, kin: Family) -> Paper:
    def pad(label: str) -> str:
        return label.ljust(22).replace(" ", "&nbsp;")

    lines = [
        ("NAMA ANAK", kin.child),
        ("JENIS KELAMIN", kin.child_sex),
        ("TEMPAT LAHIR", f"PUSKESMAS {kin.father.district}"),
        ("TANGGAL LAHIR", rng.choice([numeric(kin.born), long_date(kin.born).upper(), numeric(kin.born, "/")])),
        ("JAM", f"{kin.born:%H:%M} WIB"),
        ("ANAK KE", str(rng.randrange(1, 5))),
        ("BERAT / PANJANG", f"{rng.randrange(24, 40) * 100} GR / {rng.randrange(45, 53)} CM"),
        ("NAMA IBU", kin.mother.name),
        ("NAMA AYAH", kin.father.name),
        ("ALAMAT", f"{kin.father.street} {kin.father.village}"),
    ]
    body = (
        f"<div>DINAS KESEHATAN KABUPATEN BLORA<br>UPTD PUSKESMAS {kin.father.district}<br>{'=' * 56}</div><br><div style='text-align:center'>SURAT KETERANGAN LAHIR<br>NO. {rng.randrange(100, 999)}/SKL/{kin.born.year}</div><br>"
        "<div>YANG BERTANDA TANGAN DI BAWAH INI MENERANGKAN BAHWA<br>TELAH LAHIR DI PUSKESMAS INI :</div><br>"
        + "<br>".join(f"{pad(a)}: {b}" for a, b in lines)
        + f"<br><br>DEMIKIAN UNTUK DIPERGUNAKAN SEBAGAIMANA MESTINYA.<br>{'-' * 56}"
        + _sign(rng, "BLORA", numeric(kin.born), "BIDAN JAGA", rng.choice(CLERKS[1:]).upper(), f"PUSKESMAS {kin.father.district}", 760)
    )
    html, size = sheet(
        body, font=rng.choice(TYPED), size=19, ground="repeating-linear-gradient(#fff 0 60px,#f0f6ee 60px 120px)", extra="color:#3a3a44;"
    )
    return Paper("surat_kelahiran", "dot-matrix", html, size, _fields(kin))


def _boxes(text: str) -> str:
    return "".join(
        f'<span style="display:inline-block;width:19px;height:22px;border:1px solid #555;text-align:center;margin-right:-1px;line-height:22px">{c}</span>'
        for c in text
    )


def old_form(rng: random.Random, kin: Family) -> Paper:
    """The sheet that was once numbered F-2.01: sections for the child, the mother and the father, numbers in boxes."""

    def block(title: str, pairs: list[tuple[str, str]]) -> str:
        return f'<div style="background:#ddd;border:1px solid #333;padding:1px 8px;margin-top:10px"><b>{title}</b></div>' + rows(
            pairs, start=1, width=200, gap="2px"
        )

    body = (
        '<div style="position:absolute;right:60px;top:36px;border:1px solid #111;padding:2px 10px">Kode . F-2.01</div>'
        f"<div>Pemerintah Desa/Kelurahan : {kin.father.village}<br>Kecamatan : {kin.father.district}<br>Kabupaten/Kota : BLORA</div>"
        '<div style="text-align:center;font-weight:700;font-size:1.25em;margin:12px">SURAT KETERANGAN KELAHIRAN</div>'
        + rows([("Nama Kepala Keluarga", kin.father.name), ("Nomor Kartu Keluarga", _boxes(kin.kk))], width=200)
        + block(
            "BAYI / ANAK",
            [
                ("Nama", kin.child),
                ("Jenis Kelamin", f"{2 if kin.girl else 1}. {_title_case(kin.child_sex)}"),
                ("Tempat dilahirkan", "2. Puskesmas"),
                ("Tempat kelahiran", "BLORA"),
                ("Hari dan Tanggal lahir", f"{weekday(kin.born)}, {numeric(kin.born)}"),
                ("Pukul", f"{kin.born:%H.%M}"),
                ("Jenis kelahiran", "1. Tunggal"),
                ("Kelahiran ke", "2"),
                ("Penolong kelahiran", "2. Bidan/Perawat"),
            ],
        )
        + block(
            "IBU",
            [
                ("NIK", _boxes(kin.mother.nik)),
                ("Nama Lengkap", kin.mother.name),
                ("Tanggal lahir/Umur", f"{numeric(kin.mother.born)} / {kin.born.year - kin.mother.born.year} th"),
                ("Pekerjaan", kin.mother.job),
                ("Tgl Pencatatan Perkawinan", numeric(kin.married)),
            ],
        )
        + block(
            "AYAH",
            [
                ("NIK", _boxes(kin.father.nik)),
                ("Nama Lengkap", kin.father.name),
                ("Tanggal lahir/Umur", f"{numeric(kin.father.born)} / {kin.born.year - kin.father.born.year} th"),
                ("Pekerjaan", kin.father.job),
            ],
        )
        + _sign(rng, "Blora", numeric(kin.born), "Kepala Desa/Lurah", rng.choice(["SUKARDI", "WARSITO"]), "KEPALA DESA", 930)
    )
    html, size = sheet(body, font=rng.choice(["Arimo", "Carlito"]), size=15, pad="40px 60px")
    return Paper("surat_kelahiran", "old-f201", html, size, _fields(kin))


def bilingual(rng: random.Random, kin: Family) -> Paper:
    def both(a: str, b: str) -> str:
        return f'{a}<br><i style="font-size:.75em;color:#555">{b}</i>'

    body = (
        '<div style="position:absolute;inset:24px;border:6px double #b58a2a;border-radius:14px"></div><div style="position:relative;padding:20px 30px">'
        f'<div style="text-align:center;color:#7a4b10"><b style="font-size:1.4em">{rng.choice(HOSPITALS)}</b><div style="font-size:1.5em;margin-top:24px;letter-spacing:3px">SURAT KETERANGAN LAHIR</div><i>Birth Certificate</i></div><br>'
        + rows(
            [
                (both("Telah lahir seorang bayi", "A baby was born"), f"<b>{kin.child_sex}</b>"),
                (both("Diberi nama", "Named"), f"<b>{kin.child}</b>"),
                (both("Pada hari, tanggal", "On day, date"), f"{weekday(kin.born)}, {long_date(kin.born)}"),
                (both("Jam", "Time"), f"{kin.born:%H.%M} WIB"),
                (both("Berat badan", "Weight"), f"{rng.randrange(24, 40) * 100} gram"),
                (both("Panjang badan", "Length"), f"{rng.randrange(45, 53)} cm"),
                (both("Nama Ibu", "Mother's name"), f"<b>{kin.mother.name}</b>"),
                (both("Nama Ayah", "Father's name"), f"<b>{kin.father.name}</b>"),
                (both("Alamat", "Address"), kin.father.street),
            ],
            width=230,
            gap="6px",
        )
        + "</div>"
        + _sign(rng, "Blora", long_date(kin.born), "Direktur", CLERKS[0], "RUMAH SAKIT", 840)
    )
    html, size = sheet(body, font=rng.choice([*SERIF[:3], "Lato"]), size=18, ground=rng.choice(["#fffdf2", "#fdf4f7", "#f3f9ff"]))
    return Paper("surat_kelahiran", "bilingual", html, size, _fields(kin))


def by_hand(rng: random.Random, kin: Family) -> Paper:
    hand, ink = rng.choice(HAND), rng.choice(INK)

    def pen(text: str) -> str:
        return f"<span style=\"font-family:'{hand}';color:{ink};font-size:1.45em;line-height:1;border-bottom:2px dotted #444;display:inline-block;min-width:340px;padding:0 8px;transform:rotate({rng.uniform(-0.6, 0.6):.2f}deg)\">{text}</span>"

    write = str if rng.random() < 0.6 else _title_case
    body = (
        _head("KLINIK PRATAMA MELATI", "Jl. Raya Cepu - Randublatung Km 3, Blora")
        + '<div style="text-align:center;font-weight:700;font-size:1.2em">SURAT KELAHIRAN</div>'
        f'<div style="text-align:center">No. {rng.randrange(1, 99)} / KPM / {kin.born.year}</div><p>Menerangkan bahwa pada hari ini :</p>'
        + rows(
            [
                ("Hari", pen(weekday(kin.born))),
                ("Tanggal", pen(rng.choice([long_date(kin.born), numeric(kin.born)]))),
                ("Jam", pen(f"{kin.born:%H.%M}")),
            ],
            width=150,
        )
        + "<p>Telah lahir seorang bayi :</p>"
        + rows(
            [
                ("Jenis kelamin", pen(_title_case(kin.child_sex))),
                ("Nama", pen(write(kin.child))),
                ("Nama ibu", pen(write(kin.mother.name))),
                ("Nama ayah", pen(write(kin.father.name))),
                ("Alamat", pen(_title_case(kin.father.village))),
            ],
            width=150,
        )
        + _sign(rng, "Blora", long_date(kin.born), "Bidan", rng.choice(CLERKS[1:]), "KLINIK MELATI", 760)
    )
    html, size = sheet(body, font=rng.choice(["Tinos", "Arimo"]), size=18)
    return Paper("surat_kelahiran", "by-hand", html, size, _fields(kin), handwritten=True)


def two_columns(rng: random.Random, kin: Family) -> Paper:
    """A bordered grid: parents side by side under the child's data."""

    def cell(a: str, b: str) -> str:
        return f'<td style="border:1px solid #888;padding:8px 12px;vertical-align:top"><span style="font-size:.72em;color:#555">{a}</span><br><b>{b}</b></td>'

    body = (
        f'<div style="background:#e0567f;color:#fff;padding:18px 24px;font-size:1.4em;font-weight:700">RUMAH BERSALIN KASIH IBU<div style="font-size:.55em;font-weight:400">Kec. {_title_case(kin.father.district)} Kab. Blora</div></div>'
        f'<h2 style="text-align:center;margin:24px 0 4px">Surat Keterangan Kelahiran</h2><div style="text-align:center">No: RB/{kin.born:%m}/{rng.randrange(100, 999)}</div><br><table style="border-collapse:collapse;width:100%">'
        f"<tr>{cell('Nama Anak', kin.child)}{cell('Jenis Kelamin', kin.child_sex)}</tr><tr>{cell('Tempat Lahir', 'BLORA')}{cell('Tanggal Lahir', long_date(kin.born))}</tr><tr>{cell('Jam', f'{kin.born:%H:%M} WIB')}{cell('Berat / Panjang', '3100 gram / 49 cm')}</tr>"
        f"<tr>{cell('Nama Ibu Kandung', kin.mother.name)}{cell('Nama Ayah Kandung', kin.father.name)}</tr><tr>{cell('NIK Ibu', kin.mother.nik)}{cell('NIK Ayah', kin.father.nik)}</tr></table>"
        "<p>Surat keterangan ini diberikan untuk pengurusan akta kelahiran.</p>"
        + _sign(rng, "Blora", long_date(kin.born), "Penolong Persalinan", rng.choice(CLERKS[1:]), "RB KASIH IBU", 640)
    )
    html, size = sheet(body, font=rng.choice(SANS), size=18, pad="50px 60px")
    return Paper("surat_kelahiran", "two-columns", html, size, _fields(kin))


def nurse_note(rng: random.Random, kin: Family) -> Paper:
    """Short prose of a clinic: 'putra/putri dari Tn. … dan Ny. …'."""
    chosen = rng.choice(CLERKS)
    body = (
        _head("PUSKESMAS " + person(rng).district, "Dinas Kesehatan Daerah Kabupaten Blora")
        + '<div style="text-align:center;font-weight:700">SURAT KETERANGAN LAHIR</div><br>'
        f'<p style="line-height:2">Telah lahir dengan selamat pada hari {weekday(kin.born)}, {numeric(kin.born)} pukul {kin.born:%H.%M} WIB di puskesmas kami bayi {kin.child_sex.lower()} bernama {kin.child}, '
        f"{'putri' if kin.girl else 'putra'} dari pasangan Tn. {kin.father.name} dan Ny. {kin.mother.name}. Berat lahir {rng.randrange(24, 40) * 100} gram, panjang {rng.randrange(45, 53)} cm, persalinan normal.</p>"
        + _sign(rng, "Blora", long_date(kin.born), "Penolong", chosen, "PUSKESMAS", 620)
    )
    html, size = sheet(body, font=rng.choice(SANS + SERIF), size=19)
    return Paper("surat_kelahiran", "nurse-prose", html, size, _fields(kin))


ALL = [hospital, midwife, village, dot_matrix, old_form, bilingual, by_hand, two_columns, nurse_note]
