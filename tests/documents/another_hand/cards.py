"""Cards as HTML: the KTP-el in two habits of printing, and the cards that are taken for one (SIM, BPJS, KIA, NPWP, pelajar)."""
# ruff: noqa: E501 (a piece of markup stays on one line)

from __future__ import annotations

import math
import random

from tests.documents.another_hand.paper import Paper, portrait, qr, spesimen
from tests.documents.another_hand.people import Family, long_date, numeric, person

CARD = (856, 540)


def _waves(rng: random.Random, colour: str, count: int = 26) -> str:
    """Fine wavy lines over the whole card, as on security print."""
    paths = []
    for line in range(count):
        a, f, p = rng.uniform(8, 26), rng.uniform(0.006, 0.014), rng.uniform(0, 6)
        points = " ".join(f"{x},{line * 540 / count + a * math.sin(f * x + p):.0f}" for x in range(0, 880, 22))
        paths.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{rng.uniform(0.6, 1.6):.1f}"/>')
    return f'<svg style="position:absolute;left:0;top:0" width="856" height="540">{"".join(paths)}</svg>'


def _card(body: str, ground: str, font: str = "Arimo") -> str:
    return (
        f'<div id="paper" style="position:relative;width:856px;height:540px;border-radius:30px;overflow:hidden;background:{ground};'
        f"font-family:'{font}';color:#111\">{body}</div>"
    )


def ktp(rng: random.Random, kin: Family) -> Paper:
    who = rng.choice([kin.father, kin.mother, person(rng)])
    status = rng.choice(["KAWIN", "KAWIN", "BELUM KAWIN", "CERAI HIDUP"])
    tight = rng.random() < 0.5
    blood = rng.choice(["-", "O", "A", "B", "AB"])
    size, step, left = (23, 28.5, 22) if tight else (21, 30.5, 26)
    at = 205 if tight else 222
    rows = [
        ("Nama", who.name),
        ("Tempat/Tgl Lahir", f"{who.town}, {numeric(who.born)}"),
        ("Jenis kelamin", who.sex),
        ("Alamat", who.street),
        ("&emsp;RT/RW", who.rt),
        ("&emsp;Kel/Desa", who.village),
        ("&emsp;Kecamatan", who.district),
        ("Agama", who.faith),
        ("Status Perkawinan", status),
        ("Pekerjaan", who.job),
        ("Kewarganegaraan", "WNI"),
        ("Berlaku Hingga", "SEUMUR HIDUP"),
    ]
    if tight:
        rows = [(a.replace("&emsp;", "&nbsp;&nbsp;&nbsp;"), b) for a, b in rows]
    lines = ""
    for number, (label, value) in enumerate(rows):
        top = 142 + number * step
        lines += f'<div style="position:absolute;left:{left}px;top:{top:.0f}px">{label}</div><div style="position:absolute;left:{at}px;top:{top:.0f}px">: {value}</div>'
        if number == 2:
            lines += f'<div style="position:absolute;left:{at + 250}px;top:{top:.0f}px">Gol. Darah : {blood}</div>'
    head = rng.choice([26, 28])
    red = who.born.year % 2 == 1
    font = rng.choice(["Arimo", "Liberation Sans", "Nimbus Sans", "Roboto"])
    body = (
        _waves(rng, rng.choice(["#7fb2cf", "#8fc0d8", "#94b7dd"]))
        + spesimen(856, 540, 0.12)
        + f'<div style="position:absolute;top:16px;width:100%;text-align:center;font-size:{head}px;line-height:1.15;font-weight:{"700" if tight else "400"}">PROVINSI JAWA TENGAH<br>KABUPATEN BLORA</div>'
        + f'<div style="position:absolute;left:{left}px;top:90px;font-size:34px">NIK</div>'
        + f'<div style="position:absolute;left:{at - 60}px;top:86px;font-family:OCRA;font-size:{40 if tight else 37}px;white-space:pre">: {who.nik}</div>'
        + f'<div style="font-size:{size}px;white-space:nowrap">{lines}</div>'
        + f'<div style="position:absolute;left:640px;top:132px">{portrait(rng, 180, 232, "#b3202a" if red else "#2557a8", who.woman)}</div>'
        + f'<div style="position:absolute;left:640px;top:370px;width:180px;text-align:center;font-size:17px">KABUPATEN BLORA<br>{numeric(who.born.replace(year=rng.randrange(2013, 2025), day=min(who.born.day, 28)))}</div>'
        + '<svg style="position:absolute;left:655px;top:418px" width="160" height="70"><path d="M8 50 C40 0,50 70,80 30 S120 60,150 14" stroke="#1b1b2b" stroke-width="3" fill="none"/></svg>'
    )
    ground = rng.choice(
        [
            "linear-gradient(120deg,#b9dcec,#8ec4de 50%,#c5e3ea)",
            "linear-gradient(160deg,#a9d3e6,#c9e6ee 60%,#9cc9e0)",
            "radial-gradient(#d4ebf1,#93c5df)",
        ]
    )
    fields = {
        "nik": who.nik,
        "nama": who.name,
        "tempat_lahir": who.town,
        "tanggal_lahir": who.born.isoformat(),
        "jenis_kelamin": who.sex,
        "status_perkawinan": status,
        "agama": who.faith,
    }
    return Paper("ktp", "tight" if tight else "wide", _card(body, ground, font), CARD, fields)


def sim(rng: random.Random, kin: Family) -> Paper:
    who = kin.father
    rows = [
        who.name,
        f"{who.town}, {numeric(who.born)}",
        f"O - {who.sex}",
        f"{who.street} RT {who.rt}",
        f"{who.village}, {who.district}, BLORA",
        who.job,
        "POLRES BLORA",
    ]
    body = (
        _waves(rng, "#e0b9b0")
        + spesimen(856, 540, 0.12)
        + '<div style="position:absolute;left:40px;top:16px;font-size:24px;font-weight:700;color:#111">INDONESIA<br>SURAT IZIN MENGEMUDI<br><span style="font-weight:400;font-size:19px">DRIVING LICENSE</span></div>'
        + f'<div style="position:absolute;right:40px;top:14px;font-size:90px;font-weight:700;color:#333">{rng.choice(["A", "C"])}</div>'
        + f'<div style="position:absolute;left:40px;top:150px">{portrait(rng, 180, 230, "#2a4fa0", who.woman)}</div>'
        + '<div style="position:absolute;left:250px;top:146px;font-size:23px;line-height:36px">'
        + "<br>".join(f"{n}. {row}" for n, row in enumerate(rows, 1))
        + "</div>"
        + f'<div style="position:absolute;left:40px;bottom:60px;font-size:26px">{rng.randrange(1000, 9999)}-{who.born:%y%m}-{rng.randrange(100000, 999999)}</div>'
        + f'<div style="position:absolute;left:250px;bottom:50px;font-size:20px">Berlaku s/d {numeric(who.born.replace(year=2029, day=min(who.born.day, 28)))}</div>'
    )
    return Paper("other", "sim", _card(body, "linear-gradient(120deg,#f5e6dc,#f0d0c8)"), CARD, {})


def bpjs(rng: random.Random, kin: Family) -> Paper:
    who = kin.mother
    kis = rng.random() < 0.5
    title = "KARTU INDONESIA SEHAT" if kis else "BPJS Kesehatan"
    body = (
        f'<div style="height:110px;background:#0b8f4d;color:#fff;font-size:40px;font-weight:700;padding:28px 40px;box-sizing:border-box">{title}</div>'
        + spesimen(856, 540, 0.12)
        + f'<div style="padding:30px 40px;font-size:25px;line-height:44px">Nomor Kartu : {rng.randrange(10**12):013d}<br>Nama : {who.name}<br>'
        + (f"Alamat : {who.street}, {who.village}<br>" if kis else f"NIK : {who.nik}<br>")
        + f"Tanggal Lahir : {numeric(who.born)}<br>NIK : {who.nik}<br>Faskes Tingkat I : PUSKESMAS {who.district}</div>"
        + '<div style="position:absolute;right:30px;bottom:24px;font-size:17px">www.bpjs-kesehatan.go.id &nbsp; Care Center 165</div>'
    )
    return Paper("other", "kis" if kis else "bpjs", _card(body, "linear-gradient(#fdfdfd,#dff1e4)", "Open Sans"), CARD, {})


def kia(rng: random.Random, kin: Family) -> Paper:
    nik = f"331699{kin.born.day + 40 * kin.girl:02d}{kin.born:%m%y}{rng.randrange(1, 30):04d}"
    rows = [
        ("NIK", nik),
        ("Nama", kin.child),
        ("Tempat/Tgl Lahir", f"BLORA, {numeric(kin.born)}"),
        ("Jenis Kelamin", kin.child_sex),
        ("No. KK", kin.kk),
        ("Nama Kepala Keluarga", kin.father.name),
        ("No. Akta Kelahiran", f"3316-LU-{kin.born:%d%m%Y}-{rng.randrange(1, 60):04d}"),
        ("Agama", kin.father.faith),
        ("Kewarganegaraan", "WNI"),
        ("Alamat", kin.father.street),
        ("Kecamatan", kin.father.district),
    ]
    table = "".join(f"<tr><td>{a}</td><td>: {b}</td></tr>" for a, b in rows)
    body = (
        '<div style="text-align:center;font-size:27px;font-weight:700;padding-top:18px">PROVINSI JAWA TENGAH<br>KABUPATEN BLORA<br><span style="color:#b01060">KARTU IDENTITAS ANAK</span></div>'
        + spesimen(856, 540, 0.12)
        + f'<table style="position:absolute;left:36px;top:130px;font-size:22px;line-height:30px">{table}</table>'
    )
    return Paper(
        "other", "kia", _card(body, rng.choice(["linear-gradient(120deg,#fbd3e4,#d7ecfb)", "linear-gradient(#cfe8fb,#fde3ee)"])), CARD, {}
    )


def npwp(rng: random.Random, kin: Family) -> Paper:
    who = kin.father
    body = (
        '<div style="height:120px;background:linear-gradient(90deg,#1d3f8f,#f2c400);color:#fff;font-size:30px;font-weight:700;padding:20px 40px;box-sizing:border-box">KEMENTERIAN KEUANGAN REPUBLIK INDONESIA<br>DIREKTORAT JENDERAL PAJAK</div>'
        + spesimen(856, 540, 0.12)
        + f'<div style="padding:30px 40px;font-size:32px;line-height:50px">NPWP : 09.{rng.randrange(999):03d}.{rng.randrange(999):03d}.4-514.000<br>{who.name}<br>NIK : {who.nik}<br>'
        + f'<span style="font-size:22px">{who.street} RT {who.rt}<br>{who.village} - {who.district}</span></div>'
    )
    return Paper("other", "npwp", _card(body, "#f4efe0", "Roboto"), CARD, {})


def ikd(rng: random.Random, kin: Family) -> Paper:
    """A screen capture of the digital identity app."""
    who = kin.mother
    small = "".join(
        f'<div style="color:#777;font-size:15px;margin-top:16px">{a}</div><div style="font-size:20px">{b}</div>'
        for a, b in [
            ("NIK", who.nik),
            ("Nama", who.name),
            ("Tempat/Tgl Lahir", f"{who.town}, {numeric(who.born)}"),
            ("Jenis Kelamin", who.sex),
            ("Alamat", who.street),
            ("Agama", who.faith),
        ]
    )
    html = (
        f'<div id="paper" style="width:480px;height:1000px;background:#f3f5f9;font-family:Roboto;position:relative">'
        f'<div style="font-size:16px;padding:8px 20px">{rng.randrange(6, 21):02d}.{rng.randrange(60):02d} <span style="float:right">4G&nbsp; {rng.randrange(20, 99)}%</span></div>'
        '<div style="background:#0d4aa3;color:#fff;font-size:22px;padding:20px">&larr;&nbsp; Identitas Kependudukan Digital</div>'
        f'<div style="margin:20px;background:#fff;border-radius:14px;padding:20px"><div style="float:right">{portrait(rng, 100, 130, "#b3202a", who.woman)}</div><b>KTP Digital</b>{small}</div>'
        f'<div style="text-align:center">{qr(rng, 180)}<div style="font-size:15px;color:#555">Berlaku 90 detik</div></div>{spesimen(480, 1000, 0.1)}</div>'
    )
    return Paper("other", "ikd", html, (480, 1000), {})


def stnk(rng: random.Random, kin: Family) -> Paper:
    who = kin.father
    rows = [
        ("NOMOR REGISTRASI", f"K {rng.randrange(1000, 9999)} {rng.choice(['AE', 'WN', 'TE'])}"),
        ("NAMA PEMILIK", who.name),
        ("ALAMAT", f"{who.street} {who.village} {who.district} BLORA"),
        ("MERK", rng.choice(["HONDA", "YAMAHA"])),
        ("TYPE", "NC11BF1C A/T"),
        ("JENIS", "SEPEDA MOTOR"),
        ("TAHUN PEMBUATAN", str(rng.randrange(2010, 2024))),
        ("ISI SILINDER", "110 CC"),
        ("NOMOR RANGKA", f"MH1JFP{rng.randrange(10**10):010d}"),
        ("NOMOR MESIN", f"JFP1E{rng.randrange(10**7):07d}"),
        ("WARNA", "HITAM"),
        ("NIK", who.nik),
        ("BERLAKU SAMPAI", long_date(who.born.replace(year=2028, day=3))),
    ]
    table = "".join(f'<tr><td style="padding-right:20px">{a}</td><td>: {b}</td></tr>' for a, b in rows)
    html = (
        f'<div id="paper" style="position:relative;width:1000px;height:560px;background:linear-gradient(90deg,#e8f0dc,#f6e9cf);font-family:\'Courier Prime\';font-size:21px;padding:26px 40px;box-sizing:border-box">'
        '<div style="font-family:Arimo;font-weight:700;text-align:center">KEPOLISIAN NEGARA REPUBLIK INDONESIA<br>DAERAH JAWA TENGAH - DIREKTORAT LALU LINTAS<br>SURAT TANDA NOMOR KENDARAAN BERMOTOR</div>'
        f'<table style="margin-top:14px">{table}</table>{spesimen(1000, 560, 0.12)}</div>'
    )
    return Paper("other", "stnk", html, (1000, 560), {})
