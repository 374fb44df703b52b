"""The front of a KTP-el (birth-registration.md section 5), in layouts that vary by seed: fonts, sizes, places, wear of the print."""

import random
from dataclasses import replace
from datetime import timedelta

from PIL import Image, ImageFilter

from simulator.specimen import fonts, ink
from simulator.specimen.people import TODAY, Person
from simulator.specimen.region import here
from simulator.specimen.sheet import Canvas, Sheet, Style

WIDTH_MM, HEIGHT_MM = 85.6, 53.98
PX_PER_MM = 17.0
NEEDED = ("nik", "nama", "tanggal_lahir", "status_perkawinan")

GROUNDS = (
    ((190, 218, 236), (214, 232, 240), (110, 160, 205)),
    ((176, 208, 232), (206, 226, 240), (90, 140, 190)),
    ((200, 222, 232), (226, 234, 236), (130, 170, 200)),
    ((184, 214, 226), (222, 230, 226), (100, 160, 180)),
)


LONG = 0.12
"""Share of cards with an address or a name of two lines."""


def draw(person: Person, seed: int, long: str | None = None) -> Sheet:
    """`long`: `alamat` or `nama` in two lines; without it some cards have one by their seed."""
    rng = random.Random(f"ktp-{seed}-{person.nik}")
    lines = _in_lines(person, random.Random(f"long-{seed}-{person.nik}"), long)
    old = rng.random() < 0.3
    faded = rng.random() < 0.25
    body = rng.choice(fonts.SANS)
    tone = rng.randint(55, 95) if faded else rng.randint(12, 45)
    black = (tone, tone, tone + rng.randint(0, 8))
    top, bottom, wave = rng.choice(GROUNDS)
    ground = ink.guilloche(round(WIDTH_MM * PX_PER_MM), round(HEIGHT_MM * PX_PER_MM), top, bottom, wave, rng, rng.uniform(0.6, 1.3))
    canvas = Canvas(WIDTH_MM, HEIGHT_MM, PX_PER_MM, ground, rng)
    dx, dy = rng.uniform(-0.7, 0.7), rng.uniform(-0.6, 0.6)
    _background_mark(canvas, rng)
    head = Style(body, rng.uniform(8.0, 9.2), True, black)
    provinsi = rng.choice(("PROVINSI", "PROVINSI", "PROPINSI" if old else "PROVINSI"))
    canvas.text(WIDTH_MM / 2 + dx, 5.4 + dy, f"{provinsi} {here().province}", head, anchor="m")
    canvas.text(WIDTH_MM / 2 + dx, 9.2 + dy, here().head, head, anchor="m")
    _nik_line(canvas, person, rng, body, black, dx, dy)
    _rows(canvas, person, rng, Style(body, rng.uniform(5.7, 6.5), rng.random() < 0.15, black), dx, dy, old, lines)
    _right_side(canvas, person, rng, Style(body, 5.6, False, black), dx, dy)
    canvas.specimen(rng.choice((60.5, 62.0)), 52.2, rng.uniform(6.0, 7.5))
    canvas.image = canvas.image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.5)))  # dye sublimation has no hard edges
    return canvas.finish(
        "ktp",
        "lama" if old else "baru",
        {
            "nik": person.nik,
            "nama": person.nama,
            "tempat_lahir": person.tempat_lahir,
            "tanggal_lahir": person.tanggal_lahir.isoformat(),
            "jenis_kelamin": person.jenis_kelamin,
            "status_perkawinan": person.status_ktp,
            "agama": person.agama,
            "alamat": " ".join(lines["alamat"]),
        },
        NEEDED,
        numbers=("nik",),
        corner_mm=3.2,
        laminated=True,
    )


def photocopied(front: Sheet, seed: int) -> Sheet:
    """The card copied in grey onto a sheet of paper, as villages keep it."""
    rng = random.Random(f"copy-{seed}")
    k = 9.0
    canvas = Canvas(210, 148 if rng.random() < 0.4 else 297, k, ink.paper(300, 400, rng), rng)
    grey = Image.fromarray(front.image).convert("L").point(lambda v: max(0, min(255, int((v - 105) * 2.1 + 40)))).convert("RGB")
    size = rng.choice((1.0, 1.0, 1.35))
    x, y = rng.uniform(20, 90), rng.uniform(15, 50)
    canvas.paste(grey, x, y, WIDTH_MM * size, HEIGHT_MM * size)
    ratio = k * size / front.px_per_mm
    for name, boxes in front.boxes.items():
        canvas.boxes[name] = [(a * ratio + x * k, b * ratio + y * k, c * ratio + x * k, d * ratio + y * k) for a, b, c, d in boxes]
    canvas.specimen(30, canvas.height_mm - 12, 16)
    return canvas.finish("ktp", "fotokopi", front.fields, NEEDED, numbers=("nik",))


def _background_mark(canvas: Canvas, rng: random.Random) -> None:
    style = Style(fonts.SANS[0], 30, True, (178, 206, 224), spacing=1.0)
    canvas.text(WIDTH_MM / 2 - 6, rng.uniform(33, 45), "SPESIMEN", style, anchor="m")


def _nik_line(canvas: Canvas, person: Person, rng: random.Random, body: str, black: tuple[int, int, int], dx: float, dy: float) -> None:
    y = 15.0 + dy + rng.uniform(-0.3, 0.3)
    label = Style(body, rng.uniform(8.0, 9.6), True, black)
    right = canvas.text(3.2 + dx, y, "NIK", label)
    colon = max(right + 1.0, rng.uniform(13, 19) + dx)
    canvas.text(colon, y, ":", label)
    digits = Style(fonts.OCR[0], rng.uniform(11.0, 12.6), False, black, spacing=rng.uniform(0.0, 0.12))
    canvas.text(colon + rng.uniform(1.6, 2.6), y, person.nik, digits, "nik", fit=60 - colon)


def _in_lines(person: Person, rng: random.Random, long: str | None) -> dict[str, tuple[str, ...]]:
    """The lines of name and address: one each, but for the long one."""
    chosen = long or (rng.choice(("alamat", "alamat", "nama")) if rng.random() < LONG else None)
    first, _, rest = person.nama.partition(" ")
    name = (
        (person.nama,)
        if chosen != "nama" or not rest
        else (first, rest)
        if " " not in rest
        else (f"{first} {rest.split()[0]}", rest.split(" ", 1)[1])
    )
    more = rng.choice(("JL. PEMUDA GANG MELATI", "DK. KARANGTENGAH", "GANG MAWAR NO. 12", "BLOK C NO. 7"))
    street = person.address.alamat
    address = (f"{street}{rng.choice((',', ''))}", more) if chosen == "alamat" else (street,)
    return {"nama": name, "alamat": address}


def _rows(
    canvas: Canvas, person: Person, rng: random.Random, style: Style, dx: float, dy: float, old: bool, lines: dict[str, tuple[str, ...]]
) -> None:
    at = person.address
    pitch = rng.uniform(2.8, 3.0)
    x, y = 3.2 + dx, 18.7 + dy
    longest = canvas.width("Status Perkawinan", style)
    colon = max(rng.uniform(20.5, 22.5) + dx, x + longest + 0.4)
    value = colon + rng.uniform(1.0, 1.6)
    born = f"{person.tanggal_lahir:%d-%m-%Y}"
    kelamin = rng.choice(("Jenis Kelamin", "Jenis kelamin"))
    indent = rng.uniform(1.5, 4.5)
    citizen = rng.choice(("WNI", "WNI", "INDONESIA"))
    until = (TODAY + timedelta(days=rng.randint(100, 1500))).strftime("%d-%m-%Y") if old else "SEUMUR HIDUP"
    rows = (
        ("Nama", person.nama, "nama", 0.0),
        (rng.choice(("Tempat/Tgl Lahir", "Tempat/Tgl.Lahir", "Tempat / Tgl Lahir")), None, None, 0.0),
        (kelamin, person.jenis_kelamin, "jenis_kelamin", 0.0),
        ("Alamat", at.alamat, "alamat", 0.0),
        ("RT/RW", f"{at.rt}/{at.rw}", None, indent),
        (rng.choice(("Kel/Desa", "Kel/Desa", "Kel / Desa")), at.desa, None, indent),
        ("Kecamatan", at.kecamatan, None, indent),
        ("Agama", person.agama, "agama", 0.0),
        (rng.choice(("Status Perkawinan", "Status Perkawinan", "Status perkawinan")), person.status_ktp, "status_perkawinan", 0.0),
        ("Pekerjaan", person.pekerjaan, None, 0.0),
        ("Kewarganegaraan", citizen, None, 0.0),
        (rng.choice(("Berlaku Hingga", "Berlaku hingga")), until, None, 0.0),
    )
    wider = replace(style, bold=True) if rng.random() < 0.2 else style
    base = y - pitch
    for label, text, field, shift in rows:
        base += pitch
        canvas.text(x + shift, base, label, style)
        canvas.text(colon, base, ":", style)
        if text is None:
            comma = rng.choice((", ", ", ", ","))
            right = canvas.text(value, base, person.tempat_lahir, wider, "tempat_lahir")
            right = canvas.text(right, base, comma, wider)
            canvas.text(right, base, born, wider, "tanggal_lahir")
        else:
            first, *second = lines.get(field or "", (text,))
            canvas.text(value, base, first, wider, field, fit=61 - value)
            for further in second:
                base += pitch
                canvas.text(value, base, further, wider, field, fit=61 - value)
        if field == "jenis_kelamin":
            canvas.text(
                colon + rng.uniform(20, 22),
                base,
                f"{rng.choice(('Gol. Darah', 'Gol.Darah', 'Gol darah'))} : {person.gol_darah[:2].replace('TI', '-')}",
                style,
            )


def _right_side(canvas: Canvas, person: Person, rng: random.Random, style: Style, dx: float, dy: float) -> None:
    red, blue = rng.choice(((190, 30, 35), (170, 24, 40), (205, 45, 40))), rng.choice(((35, 80, 170), (40, 100, 190), (25, 60, 140)))
    backdrop = red if person.tanggal_lahir.year % 2 else blue
    x = 64.0 + dx
    canvas.paste(ink.portrait(rng, person.laki, backdrop), x, 13.6 + dy, 18.0, 23.6)
    issued = TODAY - timedelta(days=rng.randint(200, 4200))
    canvas.text(x + 9, 40.2 + dy, here().name, style, anchor="m")
    canvas.text(x + 9, 42.6 + dy, f"{issued:%d-%m-%Y}", style, anchor="m")
    canvas.paste(ink.signature(rng, (25, 25, 35), person.nama), x + 1.5, 42.6 + dy, 15.0, 6.6)
