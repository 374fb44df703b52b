"""Papers that nobody asked for: akta kelahiran, cover of the buku nikah, other letters of the village, a receipt, a chat, a list, empty paper."""
# ruff: noqa: E501 (a piece of markup stays on one line)

from __future__ import annotations

import random

from tests.documents.another_hand.births import _title_case
from tests.documents.another_hand.cards import bpjs, ikd, kia, npwp, sim, stnk
from tests.documents.another_hand.paper import SANS, SERIF, Paper, qr, rows, sheet, signature, stamp
from tests.documents.another_hand.people import Family, Person, long_date, numeric, person


def akta_kelahiran(rng: random.Random, kin: Family) -> Paper:
    number = f"3316-L{rng.choice('UT')}-{kin.born:%d%m%Y}-{rng.randrange(1, 99):04d}"
    body = (
        '<div style="text-align:center;line-height:1.3">PENCATATAN SIPIL<br><i>REGISTRY OFFICE</i><br>WARGA NEGARA INDONESIA<br><i>NATIONALITY</i><br><br><b style="font-size:1.5em">KUTIPAN AKTA KELAHIRAN</b><br><i>EXCERPT OF BIRTH CERTIFICATE</i></div>'
        f'<p style="line-height:1.9">Berdasarkan Akta Kelahiran Nomor <b>{number}</b><br>bahwa di BLORA pada tanggal <b>{long_date(kin.born).upper()}</b><br>telah lahir <b>{kin.child}</b><br>anak ke {rng.choice(["SATU", "DUA"])}, {kin.child_sex} dari ayah <b>{kin.father.name}</b> dan ibu <b>{kin.mother.name}</b></p>'
        f'<div style="margin-left:360px;text-align:center">Kutipan ini dikeluarkan di BLORA<br>pada tanggal {long_date(kin.born)}<br>Pejabat Pencatatan Sipil<br>{qr(rng, 84)}</div>'
    )
    html, size = sheet(body, font=rng.choice(["Tinos", "P052", "Arimo"]), size=18, ground=rng.choice(["#fff", "#fbf3dc"]))
    return Paper("other", "akta-kelahiran", html, size, {})


def buku_nikah_cover(rng: random.Random, kin: Family) -> Paper:
    gold = "#d9b64a"
    html = (
        f'<div id="paper" style="width:520px;height:740px;background:{rng.choice(["#5b2a1c", "#1e5a36"])};color:{gold};font-family:{rng.choice(SERIF)};text-align:center;box-sizing:border-box;padding-top:110px">'
        f'<svg width="150" height="150" viewBox="0 0 100 100"><path d="M50 8 L64 40 L96 44 L72 64 L80 96 L50 78 L20 96 L28 64 L4 44 L36 40Z" fill="{gold}"/></svg>'
        f'<div style="font-size:24px;margin-top:30px">KEMENTERIAN AGAMA<br>REPUBLIK INDONESIA</div><div style="font-size:46px;margin-top:90px"><b>BUKU NIKAH</b></div><div style="font-size:26px">{rng.choice(["SUAMI", "ISTRI"])}</div><div style="margin-top:60px">SPESIMEN</div></div>'
    )
    return Paper("other", "buku-nikah-cover", html, (520, 740), {})


def village_other(rng: random.Random, kin: Family) -> Paper:
    """A letter of the village about something else: domicile, poverty, death, going to marry."""
    title, text = rng.choice(
        [
            ("SURAT KETERANGAN DOMISILI", "benar-benar berdomisili di desa kami"),
            ("SURAT KETERANGAN TIDAK MAMPU", "tergolong keluarga kurang mampu"),
            ("SURAT KETERANGAN KEMATIAN", "telah meninggal dunia karena sakit"),
            ("SURAT PENGANTAR NIKAH", "hendak melangsungkan pernikahan"),
            ("SURAT KETERANGAN USAHA", "mempunyai usaha dagang kelontong"),
        ]
    )
    p = kin.father
    body = (
        f'<div style="text-align:center;font-weight:700">PEMERINTAH KABUPATEN BLORA<br>KECAMATAN {p.district}<br>DESA {p.village}</div><hr><div style="text-align:center"><u><b>{title}</b></u><br>Nomor : 470/{rng.randrange(10, 99)}/2026</div><p>Yang bertanda tangan di bawah ini Kepala Desa {_title_case(p.village)} menerangkan bahwa :</p>'
        + rows(
            [
                ("Nama", p.name),
                ("NIK", p.nik),
                ("Tempat/Tgl Lahir", f"{p.town}, {numeric(p.born)}"),
                ("Jenis Kelamin", _title_case(p.sex)),
                ("Agama", p.faith),
                ("Pekerjaan", p.job),
                ("Alamat", p.street),
            ],
            width=180,
        )
        + f'<p>Orang tersebut di atas {text}. Demikian surat keterangan ini dibuat untuk dipergunakan seperlunya.</p><div style="margin-left:400px;text-align:center">Blora, {long_date(kin.born)}<br>Kepala Desa<br>{signature(rng, "kades")}</div>'
        + stamp(rng, "KEPALA DESA", 350, 640)
    )
    html, size = sheet(body, font=rng.choice(SERIF + SANS), size=17)
    return Paper("other", title.lower().replace(" ", "-"), html, size, {})


def report_form(rng: random.Random, kin: Family) -> Paper:
    """Today's F-2.01, the reporting form: the office fills it in, it is no birth letter."""

    def block(title: str, p: Person) -> str:
        return f"<b>{title}</b>" + rows(
            [("Nama", p.name), ("NIK", p.nik), ("Nomor Kartu Keluarga", kin.kk), ("Kewarganegaraan", "WNI")], width=190, gap="1px"
        )

    body = (
        '<div style="text-align:right">F-2.01</div><div style="text-align:center;font-weight:700">FORMULIR PELAPORAN PENCATATAN SIPIL DI DALAM WILAYAH NKRI</div><p>Jenis Pelaporan: [x] Kelahiran [ ] Lahir Mati [ ] Perkawinan [ ] Perceraian [ ] Kematian</p>'
        + block("DATA PELAPOR", kin.father)
        + block("DATA SAKSI I", person(rng))
        + block("DATA SAKSI II", person(rng))
        + block("DATA ORANG TUA", kin.mother)
    )
    html, size = sheet(body, font="Arimo", size=15)
    return Paper("other", "f201-report", html, size, {})


def receipt(rng: random.Random, kin: Family) -> Paper:
    goods = ["BERAS 5KG", "GULA PASIR", "MINYAK 1L", "TEH CELUP", "POPOK BAYI M", "SABUN", "KOPI SACHET"]
    lines = "<br>".join(
        f"{rng.choice(goods).ljust(14).replace(' ', '&nbsp;')} {rng.randrange(1, 4)} x {rng.randrange(3, 90) * 500}" for _ in range(9)
    )
    html = f'<div id="paper" style="width:380px;height:820px;background:#f8f8f4;font-family:\'Courier Prime\';font-size:19px;padding:26px;box-sizing:border-box;line-height:1.5;color:#333"><div style="text-align:center">TOKO SUMBER REJEKI<br>JL. PEMUDA BLORA<br>{numeric(kin.born)} {kin.born:%H:%M}</div>--------------------------------<br>{lines}<br>--------------------------------<br>TOTAL&emsp;&emsp;Rp {rng.randrange(40, 300)}.500<br>TUNAI&emsp;&emsp;Rp 300.000<br><br>TERIMA KASIH</div>'
    return Paper("none", "receipt", html, (380, 820), {})


def chat(rng: random.Random, kin: Family) -> Paper:
    lines = [
        "Pak, syarat akta apa saja nggih?",
        "KK sama buku nikah bu",
        "Nggih matur nuwun",
        "Besok saya kirim ya pak",
        "Siap bu, jangan lupa surat lahirnya",
        "KTP saksi juga",
    ]
    bubbles = "".join(
        f'<div style="margin:14px {"20px 14px 120px" if n % 2 else "120px 14px 20px"};background:{"#d9fdd3" if n % 2 else "#fff"};border-radius:10px;padding:10px 14px">{text}<div style="text-align:right;font-size:13px;color:#777">{rng.randrange(7, 21):02d}.{rng.randrange(60):02d}</div></div>'
        for n, text in enumerate(rng.sample(lines, 6))
    )
    html = f'<div id="paper" style="width:480px;height:1000px;background:#efe7dd;font-family:Roboto;font-size:20px"><div style="background:#075e54;color:#fff;padding:24px 20px;font-size:22px">Bidan Desa</div>{bubbles}</div>'
    return Paper("none", "chat", html, (480, 1000), {})


def shopping_list(rng: random.Random, kin: Family) -> Paper:
    html = (
        '<div id="paper" style="width:520px;height:740px;background:repeating-linear-gradient(#fffef6 0 38px,#bcd 38px 40px);font-family:\'DkgHandwriting\';font-size:36px;line-height:40px;color:#1b2f8a;padding:40px;box-sizing:border-box">'
        + "<br>".join(rng.sample(["bayar listrik", "popok", "susu", "beli gas", "bensin", "telur 1 kg", "arisan Bu RT"], 6))
        + "</div>"
    )
    return Paper("none", "list", html, (520, 740), {})


def blank(rng: random.Random, kin: Family) -> Paper:
    html, size = sheet("", ground=rng.choice(["#fff", "#f3efe2"]))
    return Paper("none", "blank", html.replace("SPESIMEN", ""), size, {})


LOOK_ALIKES = [
    sim,
    bpjs,
    kia,
    npwp,
    stnk,
    ikd,
    akta_kelahiran,
    buku_nikah_cover,
    village_other,
    report_form,
]
NOTHING = [receipt, chat, shopping_list, blank]
