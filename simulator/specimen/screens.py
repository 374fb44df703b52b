"""Screens of a phone sent as pictures: the IKD app, a chat, a web form. A capture is not a photo of a document."""

import random
from collections.abc import Callable

from PIL import Image

from simulator.specimen import fonts, ink
from simulator.specimen.people import Family
from simulator.specimen.region import here
from simulator.specimen.sheet import Canvas, Sheet, Style

SIZE = ((72.0, 156.0), (72.0, 160.0), (72.0, 128.0))
PX_PER_MM = 10.0


def _screen(rng: random.Random, ground: tuple[int, int, int]) -> Canvas:
    canvas = Canvas(*rng.choice(SIZE), PX_PER_MM, ground, rng)
    grey = (90, 90, 90) if sum(ground) > 380 else (220, 220, 220)
    canvas.text(4, 4, f"{rng.randint(0, 23):02d}.{rng.randint(0, 59):02d}", Style(fonts.OFFICE[2], 7, True, grey))
    canvas.text(68, 4, f"4G  {rng.randint(8, 99)}%", Style(fonts.OFFICE[2], 7, True, grey), anchor="r")
    return canvas


def ikd(family: Family, rng: random.Random) -> Sheet:
    """Identitas Kependudukan Digital: a KTP-like card and a QR that changes every 90 seconds."""
    canvas = _screen(rng, (244, 246, 250))
    person = family.ayah or family.ibu
    canvas.pen.rectangle(canvas.px(0, 6, 72, 18), fill=rng.choice(((20, 90, 170), (170, 30, 40), (30, 60, 120))))
    canvas.text(
        36, 14, rng.choice(("Identitas Kependudukan Digital", "KTP Digital")), Style(fonts.OFFICE[2], 10, True, (255, 255, 255)), anchor="m"
    )
    canvas.rect(4, 24, 68, 72, 0.2, (170, 190, 210), (206, 226, 240))
    canvas.text(36, 29, f"PROVINSI {here().province}", Style(fonts.SANS[0], 6.5, True), anchor="m")
    canvas.text(36, 32, here().head, Style(fonts.SANS[0], 6.5, True), anchor="m")
    canvas.text(7, 38, person.nik, Style(rng.choice((fonts.OCR[0], fonts.SANS[0])), 9, True))
    rows = [
        person.nama,
        f"{person.tempat_lahir}, {person.tanggal_lahir:%d-%m-%Y}",
        person.jenis_kelamin,
        person.address.alamat,
        person.address.desa,
        person.agama,
        person.status_ktp,
        "WNI",
    ]
    for i, (label, value) in enumerate(
        zip(
            ("Nama", "Tempat/Tgl Lahir", "Jenis Kelamin", "Alamat", "Kel/Desa", "Agama", "Status Perkawinan", "Kewarganegaraan"),
            rows,
            strict=True,
        )
    ):
        canvas.text(7, 43 + i * 3.4, label, Style(fonts.SANS[0], 5))
        canvas.text(24, 43 + i * 3.4, f": {value}", Style(fonts.SANS[0], 5, True))
    canvas.paste(ink.portrait(rng, person.laki, (180, 40, 40)), 52, 36, 13, 17)
    canvas.paste(ink.qr(f"SPESIMEN-IKD-{family.seed}"), 22, 80, 28, 28)
    canvas.text(36, 114, f"Berlaku {rng.randint(1, 89)} detik", Style(fonts.OFFICE[2], 8), anchor="m")
    canvas.specimen(26, 124, 9)
    return canvas.finish("other", "ikd", {}, ())


def chat(family: Family, rng: random.Random) -> Sheet:
    canvas = _screen(rng, rng.choice(((236, 229, 221), (14, 22, 28))))
    canvas.pen.rectangle(canvas.px(0, 6, 72, 17), fill=(7, 94, 84))
    canvas.text(
        14, 13, rng.choice(("Bidan Desa", "Pak RT", "Keluarga Besar", "Mas Agus")), Style(fonts.OFFICE[2], 10, True, (255, 255, 255))
    )
    said = [
        "min akte lahir syaratnya apa",
        "KK KTP surat nikah bu",
        "nggih matur nuwun",
        "fotonya dikirim ke sini?",
        "iya yang jelas ya",
        "dereng wonten buku nikah",
        "besok saya ke kantor",
        "monggo pak",
        f"anak saya {family.bayi.nama.title()}",
    ]
    y = 24.0
    while y < canvas.height_mm - 24:
        mine, text = rng.random() < 0.5, rng.choice(said)
        style = Style(fonts.OFFICE[2], 8.5)
        wide = canvas.width(text, style) + 6
        x = 70 - wide if mine else 2
        canvas.pen.rounded_rectangle(canvas.px(x, y, x + wide, y + 9), radius=18, fill=(220, 248, 198) if mine else (255, 255, 255))
        canvas.text(x + 3, y + 6, text, style)
        y += rng.uniform(11, 15)
    canvas.specimen(24, canvas.height_mm - 8, 9)
    return canvas.finish("other", "tangkapan_chat", {}, ())


def web_form(family: Family, rng: random.Random) -> Sheet:
    canvas = _screen(rng, (250, 250, 252))
    canvas.text(6, 14, rng.choice(("Formulir Pendaftaran", "Cek Bantuan Sosial", "Hasil Pencarian")), Style(fonts.OFFICE[2], 12, True))
    for i, (label, value) in enumerate(
        (
            ("NIK", family.ibu.nik),
            ("Nama", family.ibu.nama),
            ("Alamat", family.ibu.address.alamat),
            ("Kecamatan", rng.choice(here().kecamatan)),
            ("Status", "Terdaftar"),
        )
    ):
        y = 26 + i * 17
        canvas.text(6, y, label, Style(fonts.OFFICE[2], 8, False, (110, 110, 110)))
        canvas.rect(6, y + 2, 66, y + 11, 0.2, (180, 180, 190), (255, 255, 255))
        canvas.text(9, y + 8.4, value, Style(fonts.OFFICE[2], 9))
    canvas.specimen(24, canvas.height_mm - 12, 9)
    return canvas.finish("other", "tangkapan_web", {}, ())


def shown(sheet: Sheet, rng: random.Random, bar: tuple[int, int, int] = (12, 12, 14)) -> Sheet:
    """The same document as a capture of the phone's gallery: between black bars, with the status line above."""
    w, h = sheet.size
    width = 1080
    height = round(width * rng.choice((1.78, 2.1, 2.22)))
    canvas = Image.new("RGB", (width, height), bar)
    small = Image.fromarray(sheet.image).resize((width, max(1, round(width * h / w))), Image.Resampling.LANCZOS)
    small = small if small.height < height else small.resize((round(small.width * height * 0.9 / small.height), round(height * 0.9)))
    top = (height - small.height) // 2
    canvas.paste(small, ((width - small.width) // 2, top))
    frame = Canvas(width / 15, height / 15, 15, bar, rng)
    frame.image.paste(canvas.resize(frame.image.size))
    frame.text(4, 4, f"{rng.randint(0, 23):02d}.{rng.randint(0, 59):02d}", Style(fonts.OFFICE[2], 8, True, (230, 230, 230)))
    frame.text(width / 15 - 4, 4, "LTE  62%", Style(fonts.OFFICE[2], 8, True, (230, 230, 230)), anchor="r")
    frame.marks = list(sheet.marks)
    return frame.finish(sheet.kind, "tangkapan_" + sheet.layout, sheet.fields, ())


SCREENS: dict[str, Callable[[Family, random.Random], Sheet]] = {"ikd": ikd, "tangkapan_chat": chat, "tangkapan_web": web_form}
