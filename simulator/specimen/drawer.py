"""The demo drawer: whole families' photos as parents would send them, and a folder of photos with a fault each; with `families.json`.

`families.json`: `version`, `region` (whose papers they are), `families` (name → `situation`, `people` (role → nama, nik, …), `no_kk`,
`nomor_nikah`, `tanggal_nikah`, `anggota`, `files` (item → {`file`, `kind`, `fields`})) and `foto_bermasalah` (`people`: whose card it
is, `files`: file → {`kind`, `reasons`: any of them is right, `about`}).
"""

import io
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from simulator.specimen import VERSION, cards, kk, ktp, pdf, plan, scenes, sptjm, surat_kelahiran, surat_nikah
from simulator.specimen.camera import Stand
from simulator.specimen.people import Family, Person, family
from simulator.specimen.photograph import Photo, scene, take
from simulator.specimen.region import here
from simulator.specimen.sheet import Sheet

MANIFEST = "families.json"

FAMILIES = {
    "keluarga-1-menikah": (7, "menikah"),
    "keluarga-2-sptjm": (21, "belum_tercatat"),
    "keluarga-3-ibu": (33, "ibu"),
    "keluarga-4-menumpang": (45, "menumpang"),
}
"""Name → (seed, situation)."""


def write(out: Path) -> bool:
    """Write the drawer. False when it was there already, in this version and of this region."""
    manifest, region = out / MANIFEST, here().head
    if manifest.exists():
        there = json.loads(manifest.read_text("utf-8"))
        if (there.get("version"), there.get("region")) == (VERSION, region):
            return False
    out.mkdir(parents=True, exist_ok=True)
    content: dict[str, Any] = {"version": VERSION, "region": region, "families": {}, "foto_bermasalah": {}}
    for name, (seed, situation) in FAMILIES.items():
        content["families"][name] = _family(out / name, name, family(seed, situation), seed)
    content["foto_bermasalah"] = _faulty(out / "foto-bermasalah")
    manifest.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    return True


def items(of: Family, seed: int) -> dict[str, Callable[[], Sheet]]:
    """The papers that a family of this situation has, by the checklist's item."""
    papers: dict[str, Callable[[], Sheet]] = {"kk": lambda: kk.draw(of, seed, True)}
    if of.ayah:
        papers["ktp_ayah"] = lambda: ktp.draw(of.ayah or of.ibu, seed)
    papers["ktp_ibu"] = lambda: ktp.draw(of.ibu, seed + 1)
    papers["ktp_saksi_1"] = lambda: ktp.draw(of.saksi[0], seed + 2)
    papers["ktp_saksi_2"] = lambda: ktp.draw(of.saksi[1], seed + 3)
    if of.situation == "belum_tercatat":
        papers["sptjm_kelahiran"] = lambda: sptjm.draw_kelahiran(of, seed, by_hand=False)
        papers["sptjm_pasutri"] = lambda: sptjm.draw_pasutri(of, seed, by_hand=False)
    else:
        papers["surat_kelahiran"] = lambda: surat_kelahiran.draw(of, seed, by_hand=False)
    if of.tanggal_nikah:
        papers["surat_nikah"] = lambda: surat_nikah.draw(of, seed, by_hand=False)
    return papers


def good_photo(sheet: Sheet, key: str) -> Photo:
    """A photo that a careful parent takes: upright, everything read with ease, with the small failings that every photo has."""
    for attempt in range(60):
        rng = random.Random(f"{key}-{attempt}")
        drawn = plan.sample(rng, sheet, "good")
        stand = replace(drawn.stand, turn=0)
        wide = sheet.size[0] > sheet.size[1]
        careful = replace(
            drawn, stand=stand, frame=(1600, 1200) if wide else (1200, 1600), long_side=1600, wear=(), glare=(), fingers=(), exif=1
        )
        made = take(sheet, careful, rng)
        if made.truth["stratum"] == "good" and (made.truth["anggota"] or {"px": 99})["px"] >= 8.5:
            return made
    raise RuntimeError(f"no good photo of {sheet.kind} {sheet.layout} in 60 tries")


def _family(folder: Path, name: str, of: Family, seed: int) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Any] = {}
    for item, draw in items(of, seed).items():
        made = good_photo(draw(), f"{name}-{item}")
        file = f"{item}.jpg"
        (folder / file).write_bytes(made.data)
        files[item] = {"file": f"{name}/{file}", "kind": made.truth["kind"], "fields": made.truth["fields"]}
    roles = {"ayah": of.ayah, "ibu": of.ibu, "bayi": of.bayi, "saksi_1": of.saksi[0], "saksi_2": of.saksi[1]}
    return {
        "situation": of.situation,
        "people": {role: _told(person) for role, person in roles.items() if person},
        "no_kk": of.no_kk,
        "nomor_nikah": of.nomor_nikah,
        "tanggal_nikah": of.tanggal_nikah.isoformat() if of.tanggal_nikah else None,
        "anggota": kk.fields(of, True)["anggota"],
        "files": files,
    }


def _told(person: Person) -> dict[str, Any]:
    return {
        "nama": person.nama,
        "nik": person.nik,
        "jenis_kelamin": person.jenis_kelamin,
        "tempat_lahir": person.tempat_lahir,
        "tanggal_lahir": person.tanggal_lahir.isoformat(),
        "agama": person.agama,
        "status_perkawinan": person.status_ktp,
        "pekerjaan": person.pekerjaan,
        "alamat": person.address.alamat,
        "rt": person.address.rt,
        "rw": person.address.rw,
        "desa": person.address.desa,
        "kecamatan": person.address.kecamatan,
    }


def _upright(data: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")


def _encoded(data: bytes, form: str) -> bytes:
    buffer = io.BytesIO()
    _upright(data).save(buffer, form, quality=80)
    return buffer.getvalue()


def _faulty(folder: Path) -> dict[str, Any]:
    """One fault each, plain enough that the right answer is beyond doubt."""
    folder.mkdir(parents=True, exist_ok=True)
    of = family(91, "menikah")
    card, sheet = ktp.draw(of.ibu, 91), kk.draw(of, 91, True)
    second = ktp.draw(of.saksi[0], 92)
    rng = random.Random("foto-bermasalah")
    flat = _steady(card)
    page = replace(_steady(sheet), stand=Stand(0.94, 0, 0.6, (3, -2)))

    def of_card(**changes: Any) -> bytes:
        return take(card, replace(flat, **changes), rng).data

    clean, clean_kk = of_card(), take(sheet, page, rng).data
    left = Stand(0.46, 0, -3, (3, 4), (-0.245, 0.03))
    pair = take(card, replace(flat, stand=left), rng, ((second, Stand(0.46, 0, 4, (2, -4), (0.245, -0.02))),)).data
    shown: tuple[tuple[str, bytes, str, list[str], str], ...] = (
        ("ktp-buram.jpg", of_card(blur=0.6), "ktp", ["BLUR"], "tidak fokus"),
        ("ktp-goyang.jpg", of_card(shake=2.0), "ktp", ["BLUR"], "tangan bergerak"),
        ("kk-buram.jpg", take(sheet, replace(page, blur=0.7), rng).data, "kk", ["BLUR"], "tidak fokus"),
        ("ktp-gelap.jpg", of_card(gain=0.05, noise=3.0), "ktp", ["DARK"], "tanpa cahaya"),
        ("ktp-silau.jpg", of_card(glare=(("field", 0.12, 2.0),)), "ktp", ["GLARE"], "pantulan lampu di atas tulisan"),
        ("ktp-terlalu-terang.jpg", of_card(gain=4.5), "ktp", ["OVEREXPOSED", "GLARE"], "terlalu terang"),
        ("ktp-terpotong.jpg", of_card(stand=Stand(1.1, 0, 1, (0, 0), (-0.36, 0))), "ktp", ["CUT_OFF"], "tepi kiri di luar foto"),
        ("ktp-tertutup-jari.jpg", of_card(fingers=("field", "field")), "ktp", ["OCCLUDED"], "jari di atas tulisan"),
        ("ktp-kecil.jpg", of_card(stand=Stand(0.14, 0, 2, (0, 0))), "ktp", ["TOO_SMALL"], "difoto dari jauh"),
        ("ktp-dua.jpg", pair, "several", ["MULTIPLE_DOCUMENTS"], "dua KTP dalam satu foto"),
        ("sim.jpg", _calm(cards.sim(of.ibu, rng), rng), "other", ["WRONG_DOCUMENT"], "SIM, bukan KTP"),
        ("bpjs.jpg", _calm(cards.bpjs(of.ibu, rng), rng), "other", ["WRONG_DOCUMENT"], "kartu BPJS"),
        ("kucing.jpg", scene(scenes.cat(rng, 1200, 1600), flat, rng), "none", ["NO_DOCUMENT"], "seekor kucing"),
        ("ruangan.jpg", scene(scenes.living_room(rng, 1600, 1200), flat, rng), "none", ["NO_DOCUMENT"], "sebuah ruangan"),
        ("ktp-miring-90.jpg", of_card(stand=replace(flat.stand, turn=1), frame=(1200, 1600)), "ktp", [], "terputar, tetap terbaca"),
        ("ktp-terbalik.jpg", of_card(stand=replace(flat.stand, turn=2)), "ktp", [], "terbalik, tetap terbaca"),
        ("ktp.png", _encoded(clean, "PNG"), "ktp", [], "PNG"),
        ("ktp.webp", _encoded(clean, "WEBP"), "ktp", [], "WebP"),
        ("ktp.avif", _encoded(clean, "AVIF"), "ktp", [], "AVIF dari HP baru"),
        ("kk.pdf", pdf.kk_born_digital(of, 91), "kk", [], "KK berupa PDF dari Dukcapil"),
        ("kk-pindai.pdf", pdf.scanned([clean_kk]), "kk", [], "KK difoto dengan aplikasi pindai"),
        ("rusak.jpg", clean[: len(clean) // 3], "none", ["FILE_DAMAGED"], "berkas terpotong saat diunggah"),
        ("bukan-foto.jpg", b"PK\x03\x04 SPESIMEN bukan foto " * 40, "none", ["FILE_TYPE", "FILE_DAMAGED"], "bukan gambar"),
    )
    for name, data, _, _, _ in shown:
        (folder / name).write_bytes(data)
    identity = {"nik": of.ibu.nik, "nama": of.ibu.nama, "no_kk": of.no_kk, "kepala_keluarga": of.kepala.nama}
    listed = {f"foto-bermasalah/{name}": {"kind": kind, "reasons": reasons, "about": about} for name, _, kind, reasons, about in shown}
    return {"people": identity, "files": listed}


def _steady(sheet: Sheet) -> plan.Plan:
    return plan.Plan(frame=(1600, 1200), surface="wood", stand=Stand(0.82, 0, 1.5, (4, -3)), slope=0.15, noise=1.5, quality=76)


def _calm(sheet: Sheet, rng: random.Random) -> bytes:
    return take(sheet, _steady(sheet), rng).data
