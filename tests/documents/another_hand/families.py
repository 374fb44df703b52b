"""Family cards, marriage proofs and SPTJM as HTML: KK of 15 and 17 columns, buku nikah, kutipan akta nikah and perkawinan, both statements in several hands."""
# ruff: noqa: E501 (a piece of markup stays on one line)

from __future__ import annotations

import random

from tests.documents.another_hand.births import _boxes, _title_case
from tests.documents.another_hand.paper import HAND, INK, SANS, SERIF, TYPED, Paper, meterai, portrait, qr, rows, sheet, signature, stamp
from tests.documents.another_hand.people import Family, Person, long_date, numeric, person, weekday


def kk(rng: random.Random, kin: Family) -> Paper:
    new = rng.random() < 0.6
    people: list[tuple[Person, str, str]] = [
        (kin.father, "KEPALA KELUARGA", "KAWIN TERCATAT" if new else "KAWIN"),
        (kin.mother, "ISTRI", "KAWIN TERCATAT" if new else "KAWIN"),
    ]
    people += [(person(rng, None, (2008, 2023)), "ANAK", "BELUM KAWIN") for _ in range(rng.randrange(0, 3))] + [
        (elder, rng.choice(["MERTUA", "ORANGTUA"]), "CERAI MATI") for elder in kin.elders
    ]
    upper = ["No", "Nama Lengkap", "NIK", "Jenis Kelamin", "Tempat Lahir", "Tanggal Lahir", "Agama", "Pendidikan", "Jenis Pekerjaan"] + (
        ["Golongan Darah"] if new else []
    )
    lower = (
        ["No", "Status Perkawinan"]
        + (["Tanggal Perkawinan"] if new else [])
        + ["Status Hubungan Dalam Keluarga", "Kewarga-negaraan", "No. Paspor", "No. KITAP", "Nama Ayah", "Nama Ibu"]
    )
    schools = ["SLTA/SEDERAJAT", "TAMAT SD/SEDERAJAT", "SLTP/SEDERAJAT", "DIPLOMA IV/STRATA I"]
    top = [
        [
            who.name,
            who.nik,
            who.sex,
            who.town,
            numeric(who.born),
            kin.father.faith,
            rng.choice(schools),
            who.job if who.born.year < 2006 else "PELAJAR/MAHASISWA",
        ]
        + (["TIDAK TAHU"] if new else [])
        for who, _, _ in people
    ]
    low = [
        [state]
        + ([numeric(kin.married) if "KAWIN T" in state else "-"] if new else [])
        + [
            role,
            "WNI",
            "-",
            "-",
            rng.choice(["SARDI", "KARTO", "PARMIN", "WAGIMAN"]) if role != "ANAK" else kin.father.name,
            rng.choice(["SURIPAH", "WARSINI", "NGATMI"]) if role != "ANAK" else kin.mother.name,
        ]
        for _, role, state in people
    ]
    depth = rng.choice([10, 10, max(6, len(people))])

    def grid(titles: list[str], lines: list[list[str]], first: int) -> str:
        heads = "".join(f"<th>{t}</th>" for t in titles)
        marks = "<th></th>" + "".join(f"<th>({first + n})</th>" for n in range(len(titles) - 1))
        body = "".join(
            "<tr>"
            + f"<td>{n + 1}</td>"
            + "".join(f"<td>{c}</td>" for c in (lines[n] if n < len(lines) else ["-" if rng.random() < 0.02 else ""] * (len(titles) - 1)))
            + "</tr>"
            for n in range(depth)
        )
        return f'<table class="g"><tr>{heads}</tr><tr style="font-size:8px">{marks}</tr>{body}</table>'

    font = rng.choice(["Arimo", "Liberation Sans Narrow", "Tinos", "Open Sans Condensed", "Roboto Condensed"])
    f = kin.father
    info_l = rows(
        [
            ("Nama Kepala Keluarga", f.name),
            ("Alamat", f.street),
            ("RT/RW", f.rt),
            ("Kode Pos" if new else "Desa/Kelurahan", "58211" if new else f.village),
        ],
        width=170,
        gap="0",
    )
    info_r = rows(
        [
            ("Desa/Kelurahan" if new else "Kecamatan", f.village if new else f.district),
            ("Kecamatan" if new else "Kabupaten/Kota", f.district if new else "BLORA"),
            ("Kabupaten/Kota" if new else "Kode Pos", "BLORA" if new else "58211"),
            ("Provinsi", "JAWA TENGAH"),
        ],
        width=130,
        gap="0",
    )
    foot = (
        f'<div style="position:absolute;left:40px;bottom:40px;font-size:11px">Dikeluarkan Tanggal : {numeric(kin.married)}<br>LEMBAR : I. Kepala Keluarga<br>&emsp;II. RT &nbsp; III. Desa/Kelurahan &nbsp; IV. Kecamatan</div>'
        f'<div style="position:absolute;left:440px;bottom:36px;text-align:center;font-size:12px">KEPALA KELUARGA<br><br><br><u>{f.name}</u><br><small>Tanda Tangan/Cap Jempol</small></div>'
        '<div style="position:absolute;right:50px;bottom:30px;text-align:center;font-size:12px;width:280px">KEPALA DINAS KEPENDUDUKAN DAN<br>PENCATATAN SIPIL<br>'
        + (qr(rng, 66) if new else signature(rng, "kadis"))
        + "<br><b>NAMA PEJABAT SPESIMEN</b></div>"
    )
    if new:
        foot += '<div style="position:absolute;left:40px;bottom:12px;font-size:8px">Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan oleh BSrE</div>'
    body = (
        f"<style>.g{{border-collapse:collapse;width:100%;font-size:{rng.choice([10, 10.5, 11])}px;margin-top:7px;line-height:1.25}}.g td,.g th{{border:1px solid #333;padding:2px 4px;white-space:nowrap}}.g th{{white-space:normal;background:{rng.choice(['none', '#e9eef0'])};font-weight:{rng.choice([400, 700])}}}</style>"
        f'<div style="text-align:center;line-height:1.1"><span style="font-size:{rng.choice([30, 34])}px;font-weight:700">KARTU KELUARGA</span><br><span style="font-size:{rng.choice([19, 22])}px">No. {kin.kk}</span></div>'
        f'<div style="display:flex;font-size:13px;line-height:1.25"><div style="width:62%">{info_l}</div><div style="width:38%">{info_r}</div></div>'
        + grid(upper, top, 1)
        + grid(lower, low, len(upper))
        + foot
    )
    html, size = sheet(body, font=font, wide=True, pad="26px 34px", ground="#fff" if new else rng.choice(["#eef5f2", "#e6f0f6", "#fdf9ec"]))
    members = [{"nik": who.nik, "nama": who.name, "shdk": role, "status_perkawinan": state} for who, role, state in people]
    return Paper("kk", "17-columns" if new else "15-columns", html, size, {"no_kk": kin.kk, "kepala_keluarga": f.name, "anggota": members})


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _nikah_number(rng: random.Random, kin: Family) -> str:
    if kin.married.year >= 2019 and rng.random() < 0.5:
        return f"331609{rng.randrange(1, 13):02d}{kin.married:%m%Y}{rng.randrange(1, 200):03d}"[:16]
    roman = ROMAN[kin.married.month - 1]
    return f"{rng.randrange(1, 600):04d}/{rng.randrange(1, 99):03d}/{roman}/{kin.married.year}"


def _nikah_fields(kin: Family, number: str) -> dict[str, object]:
    return {"nomor": number, "suami": kin.father.name, "istri": kin.mother.name, "tanggal_nikah": kin.married.isoformat()}


def _spouses(kin: Family, case: bool) -> tuple[str, str]:
    return tuple(_title_case(p.name) if case else p.name for p in (kin.father, kin.mother))


def buku_nikah(rng: random.Random, kin: Family) -> Paper:
    """An open buku nikah: photographs and number left, the couple right."""
    number, (man, wife) = _nikah_number(rng, kin), _spouses(kin, rng.random() < 0.4)
    tint = rng.choice(["#e9f0dc", "#f0e6d2", "#e6eee8", "#f6efe0"])
    left = (
        f'<div style="text-align:center">KEMENTERIAN AGAMA REPUBLIK INDONESIA<br><b>KUTIPAN AKTA NIKAH</b><br>Nomor : {number}</div><br><div style="text-align:center">{portrait(rng, 120, 160, "#2557a8", False)} &emsp; {portrait(rng, 120, 160, "#2557a8", True)}<br>Suami &emsp;&emsp;&emsp;&emsp;&emsp; Istri</div>'
        f"<p>Pada hari ini {weekday(kin.married)}, tanggal {long_date(kin.married)} M bertepatan dengan tanggal {rng.randrange(1, 29)} Rajab {kin.married.year - 579} H, pukul 09.00 WIB telah dilangsungkan akad nikah di wilayah KUA Kecamatan {_title_case(kin.father.district)} Kabupaten Blora Provinsi Jawa Tengah</p>"
    )
    wali = rng.choice(["KASDI", "SAMIDI"])
    right = (
        "<b>SUAMI</b>"
        + rows(
            [
                ("Nama lengkap", man),
                ("Bin", rng.choice(["SARDI", "KARTO REJO", "PARMIN"])),
                ("Tempat dan tgl lahir", f"{kin.father.town}, {long_date(kin.father.born)}"),
                ("NIK", kin.father.nik),
                ("Kewarganegaraan", "Indonesia"),
                ("Agama", "Islam"),
                ("Pekerjaan", _title_case(kin.father.job)),
                ("Alamat", _title_case(kin.father.street)),
            ],
            start=1,
            width=150,
            gap="1px",
        )
        + "<br><b>ISTRI</b>"
        + rows(
            [
                ("Nama lengkap", wife),
                ("Binti", wali),
                ("Tempat dan tgl lahir", f"{kin.mother.town}, {long_date(kin.mother.born)}"),
                ("NIK", kin.mother.nik),
                ("Agama", "Islam"),
                ("Pekerjaan", _title_case(kin.mother.job)),
            ],
            start=1,
            width=150,
            gap="1px",
        )
        + "<br><b>WALI NIKAH</b>"
        + rows([("Nama", wali), ("Hubungan", "Ayah kandung")], width=150, gap="1px")
        + rows([("Mas kawin", "Seperangkat alat salat, tunai")], width=150, gap="1px")
        + f'<div style="text-align:center;margin-left:160px">Kepala KUA / PPN<br>{signature(rng, "kua")}<br>H. AHMAD SPESIMEN, S.Ag</div>'
    )
    html = (
        f'<div id="paper" style="position:relative;width:1060px;height:720px;display:flex;font-family:{rng.choice(SERIF)};font-size:16px;line-height:1.38;color:#1a1a1a;background:{tint}">'
        f'<div style="width:50%;padding:40px 36px;box-sizing:border-box;box-shadow:inset -30px 0 40px -20px rgba(0,0,0,.25)">{left}</div><div style="width:50%;padding:34px 36px;box-sizing:border-box;box-shadow:inset 30px 0 40px -20px rgba(0,0,0,.2)">{right}</div>'
        + stamp(rng, "KANTOR URUSAN AGAMA", 600, 540)
        + '<div style="position:absolute;left:300px;top:300px;font:700 110px Arimo;color:rgba(150,20,20,.07);transform:rotate(-20deg)">SPESIMEN</div></div>'
    )
    return Paper("surat_nikah", "buku-nikah-spread", html, (1060, 720), _nikah_fields(kin, number))


def buku_nikah_page(rng: random.Random, kin: Family) -> Paper:
    """One page of the older book, all of it on dotted lines, sometimes filled in by hand."""
    number, (man, wife) = _nikah_number(rng, kin), _spouses(kin, rng.random() < 0.4)
    by_hand = rng.random() < 0.3
    style = (
        f"font-family:'{rng.choice(HAND)}';color:{rng.choice(INK)};font-size:1.4em;line-height:1"
        if by_hand
        else f"font-family:'{rng.choice(TYPED)}'"
    )

    def fill(text: str) -> str:
        return f'<span style="border-bottom:1px dotted #333;{style}">{text}</span>'

    body = (
        f'<div style="text-align:center"><b>KUTIPAN AKTA NIKAH</b><br>Nomor : {fill(number)}</div><p>Menurut Akta Nikah, pada hari {fill(weekday(kin.married))} tanggal {fill(long_date(kin.married))} telah dilangsungkan akad nikah seorang laki-laki :</p>'
        + rows(
            [
                ("Nama", fill(man)),
                ("bin", fill(rng.choice(["SARDI", "PARMIN"]))),
                ("Tempat/tanggal lahir", fill(f"{kin.father.town}, {numeric(kin.father.born)}")),
                ("Warga negara", fill("Indonesia")),
                ("Pekerjaan", fill(_title_case(kin.father.job))),
                ("Tempat tinggal", fill(_title_case(kin.father.village))),
            ],
            start=1,
            width=160,
            gap="1px",
        )
        + "<p>dengan seorang perempuan :</p>"
        + rows(
            [
                ("Nama", fill(wife)),
                ("binti", fill(rng.choice(["KASDI", "SAMIDI"]))),
                ("Tempat/tanggal lahir", fill(f"{kin.mother.town}, {numeric(kin.mother.born)}")),
                ("Pekerjaan", fill(_title_case(kin.mother.job))),
                ("Tempat tinggal", fill(_title_case(kin.mother.village))),
            ],
            start=1,
            width=160,
            gap="1px",
        )
        + f'<p>dengan mas kawin berupa {fill("uang Rp 200.000,-")} dibayar tunai.</p><div style="text-align:center;margin-left:220px">KUA Kec. {_title_case(kin.father.district)}<br>Pegawai Pencatat Nikah<br>{signature(rng, "ppn")}</div>'
    )
    html = (
        f'<div id="paper" style="position:relative;width:560px;height:800px;padding:44px 40px;box-sizing:border-box;font-family:{rng.choice(SERIF)};font-size:16.5px;line-height:1.4;background:{rng.choice(["#dfeadb", "#efe5d0"])};border:10px solid {rng.choice(["#2e6b3f", "#6b4426"])}">{body}'
        + stamp(rng, "KUA SPESIMEN", 250, 600)
        + "</div>"
    )
    return Paper(
        "surat_nikah", "buku-nikah-page" + ("-hand" if by_hand else ""), html, (560, 800), _nikah_fields(kin, number), handwritten=by_hand
    )


def kutipan_nikah(rng: random.Random, kin: Family) -> Paper:
    """A typed copy on A4 (duplikat)."""
    number, (man, wife) = _nikah_number(rng, kin), _spouses(kin, rng.random() < 0.3)

    def block(p: Person, name: str, of: str, parent: str) -> str:
        return rows(
            [
                ("Nama lengkap dan alias", name),
                (of, parent),
                ("Tempat dan tanggal lahir", f"{p.town}, {long_date(p.born)}"),
                ("NIK", p.nik),
                ("Agama", "Islam"),
                ("Pekerjaan", p.job),
                ("Tempat tinggal", f"{p.street} {p.village}"),
            ],
            start=1,
            width=230,
        )

    body = (
        f'<div style="text-align:center"><b>KEMENTERIAN AGAMA<br>KANTOR URUSAN AGAMA KECAMATAN {kin.father.district}</b><br>KABUPATEN BLORA<hr><b>{rng.choice(["DUPLIKAT KUTIPAN AKTA NIKAH", "KUTIPAN AKTA NIKAH"])}</b><br>Nomor: {number}</div>'
        f"<p>Pada hari {weekday(kin.married)}, tanggal {long_date(kin.married)} telah dilangsungkan akad nikah antara :</p><b>I. SUAMI</b>"
        + block(kin.father, man, "Bin", "SARDI")
        + "<p><b>II. ISTRI</b></p>"
        + block(kin.mother, wife, "Binti", "KASDI")
        + f'<p>Kutipan ini dibuat sesuai dengan Akta Nikah.</p><div style="margin-left:360px;text-align:center">Blora, {long_date(kin.married)}<br>Kepala KUA / Penghulu<br>{signature(rng, "kua")}<br>H. AHMAD SPESIMEN</div>'
        + stamp(rng, "KANTOR URUSAN AGAMA", 330, 860)
    )
    html, size = sheet(body, font=rng.choice([*SERIF, *TYPED[:2]]), size=16)
    return Paper("surat_nikah", "kutipan-nikah-a4", html, size, _nikah_fields(kin, number))


def kutipan_perkawinan(rng: random.Random, kin: Family) -> Paper:
    number = f"3316-KW-{kin.married:%d%m%Y}-{rng.randrange(1, 80):04d}"
    registered = kin.married
    body = (
        '<div style="text-align:center;line-height:1.25">PENCATATAN SIPIL<br><i>REGISTRY OFFICE</i><br>WARGA NEGARA <b>INDONESIA</b><br><br><span style="font-size:1.5em;font-weight:700">KUTIPAN AKTA PERKAWINAN</span><br><i>EXCERPT OF MARRIAGE CERTIFICATE</i></div><br>'
        f'<p style="line-height:1.9">Berdasarkan Akta Perkawinan Nomor <b>{number}</b><br>bahwa di <b>BLORA</b> pada tanggal <b>{long_date(registered).upper()}</b> telah tercatat perkawinan antara :</p><div style="text-align:center;font-size:1.2em"><b>{kin.father.name}</b><br>dan<br><b>{kin.mother.name}</b></div>'
        f'<p style="line-height:1.9">yang telah dilangsungkan di hadapan pemuka agama {rng.choice(["KRISTEN", "KATHOLIK"])} yang bernama Pdt. YOHANES SPESIMEN pada tanggal <b>{long_date(registered).upper()}</b>.</p>'
        f'<div style="margin-left:330px;text-align:center">Dikeluarkan di BLORA<br>pada tanggal {long_date(registered)}<br>Pejabat Pencatatan Sipil<br>{qr(rng, 84)}<br>NAMA PEJABAT SPESIMEN</div>'
    )
    html, size = sheet(
        body,
        font=rng.choice(["Tinos", "Arimo", "P052"]),
        size=17,
        ground=rng.choice(["#fff", "#fbf6e6"]),
        extra="border:14px solid #d8c9a0;" if rng.random() < 0.5 else "",
    )
    return Paper("surat_nikah", "kutipan-perkawinan", html, size, _nikah_fields(kin, number))


def _witnesses(rng: random.Random, top: int) -> str:
    def one(left: int, n: str) -> str:
        who = person(rng)
        return f'<div style="position:absolute;left:{left}px;top:{top}px">Saksi {n},<br>{signature(rng, who.name, w=150)}<br>{who.name}<br>NIK {who.nik}</div>'

    return one(80, "I") + one(430, "II")


def sptjm_kelahiran(rng: random.Random, kin: Family) -> Paper:
    who = rng.choice([kin.father, kin.mother])
    hand = rng.random() < 0.3
    pen = f"font-family:'{rng.choice(HAND)}';color:{rng.choice(INK)};font-size:1.35em;line-height:1" if hand else ""
    code = rng.random() < 0.5
    title = rng.choice(
        [
            "SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK (SPTJM)<br>KEBENARAN DATA KELAHIRAN",
            "SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK<br>KEBENARAN DATA KELAHIRAN",
            "SPTJM KEBENARAN DATA KELAHIRAN",
        ]
    )
    nik = _boxes(who.nik) if rng.random() < 0.25 else who.nik
    body = (
        ('<div style="text-align:right">F-2.03</div>' if code else "")
        + f'<div style="text-align:center;font-weight:700;margin-bottom:16px">{title}</div><p>Saya yang bertanda tangan di bawah ini :</p>'
        + rows(
            [
                ("Nama", who.name),
                ("NIK", nik),
                ("Tempat/Tanggal Lahir", f"{who.town}, {numeric(who.born)}"),
                ("Pekerjaan", who.job),
                ("Alamat", f"{who.street} RT {who.rt} {who.village}"),
            ],
            width=190,
            value_style=pen,
        )
        + "<p>menyatakan dengan sesungguhnya bahwa :</p>"
        + rows(
            [
                ("Nama Anak", kin.child),
                ("Tempat/Tanggal Lahir", f"BLORA, {numeric(kin.born)}"),
                ("Nama Ibu", kin.mother.name),
                ("NIK Ibu", kin.mother.nik),
            ],
            width=190,
            value_style=pen,
        )
        + "<p>adalah benar lahir di rumah dan ditolong oleh dukun bayi. Demikian surat pernyataan ini saya buat dengan sebenar-benarnya dan apabila di kemudian hari ternyata tidak benar, saya bersedia diproses secara hukum sesuai peraturan perundang-undangan.</p>"
        + f'<div style="position:absolute;left:460px;top:690px;text-align:center">Blora, {long_date(kin.born)}<br>Yang menyatakan,<br>{signature(rng, who.name)}<br>{who.name}</div>'
        + meterai(rng, 440, 740)
        + _witnesses(rng, 880)
    )
    html, size = sheet(body, font=rng.choice([*SANS[:2], *SERIF[:2], TYPED[0]]), size=17)
    return Paper(
        "sptjm_kelahiran", "statement" + ("-hand" if hand else ""), html, size, {"nama": who.name, "nik": who.nik}, handwritten=hand
    )


def sptjm_pasutri(rng: random.Random, kin: Family) -> Paper:
    title = rng.choice(
        [
            "SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK (SPTJM)<br>KEBENARAN SEBAGAI PASANGAN SUAMI ISTRI",
            "SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK<br>KEBENARAN SEBAGAI SUAMI ISTRI",
            "SPTJM KEBENARAN SEBAGAI PASANGAN SUAMI-ISTRI",
        ]
    )
    who, f, m = kin.father, kin.father, kin.mother

    def block(p: Person) -> str:
        return rows(
            [
                ("Nama", p.name),
                ("NIK", p.nik),
                ("Tempat/Tgl Lahir", f"{p.town}, {numeric(p.born)}"),
                ("Pekerjaan", p.job),
                ("Alamat", f"{p.street} {p.village}"),
            ],
            width=180,
            gap="1px",
        )

    village_head = (
        f'<div style="position:absolute;left:270px;top:1010px;text-align:center">Mengetahui,<br>Kepala Desa {_title_case(f.village)}</div>'
        if rng.random() < 0.4
        else ""
    )
    body = (
        '<div style="text-align:right">F-2.04</div>' * (rng.random() < 0.5)
        + f'<div style="text-align:center;font-weight:700">{title}</div><p>Saya yang bertanda tangan di bawah ini :</p>'
        + block(who)
        + "<p>Menyatakan bahwa :</p>"
        + block(f)
        + "<p>adalah suami dari :</p>"
        + block(m)
        + f"<p>sebagaimana tercantum dalam Kartu Keluarga (KK) Nomor {kin.kk}. Demikian surat pernyataan ini saya buat dengan sebenar-benarnya; apabila tidak benar saya bersedia diproses secara hukum.</p>"
        + f'<div style="position:absolute;left:470px;top:770px;text-align:center">Blora, {long_date(kin.born)}<br>Yang menyatakan,<br>{signature(rng, who.name)}<br>{who.name}</div>'
        + meterai(rng, 440, 815)
        + _witnesses(rng, 880)
        + village_head
    )
    html, size = sheet(body, font=rng.choice([*SANS[:2], *SERIF[:2]]), size=15, pad="44px 66px")
    return Paper("sptjm_pasutri", "statement", html, size, {"nama": who.name, "nik": who.nik})


MARRIAGES = [buku_nikah, buku_nikah_page, kutipan_nikah, kutipan_perkawinan]
