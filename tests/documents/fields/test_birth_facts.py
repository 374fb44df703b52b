"""A birth letter's hour, place, helper, order, weight and length are read as the form F-2.01 has them; what is open is left out."""

from typing import Any

import pytest

from documents.fields import birth_facts, letters
from documents.fields.model import Fields
from standard.kinds import Kind
from tests.documents.fields.test_letters import page


def values(fields: Fields) -> dict[str, Any]:
    return {name: value.value for name, value in fields.values.items()}


def test_every_fact_of_a_form_is_read_with_its_place() -> None:
    form = page(
        (100, 40, "UPTD PUSKESMAS CONTOH"), (100, 70, "SURAT KETERANGAN LAHIR"),
        (100, 130, "Hari, tanggal lahir"), (400, 130, ": Senin, 9 November 2026"),
        (100, 160, "Pukul"), (400, 160, ": 04.25 WIB"),
        (100, 190, "Tempat lahir"), (400, 190, ": Puskesmas Contoh, Blora"),
        (100, 220, "Berat badan"), (400, 220, ": 3.150 gram"),
        (100, 250, "Panjang badan"), (400, 250, ": 48,5 cm"),
        (100, 280, "Anak ke"), (400, 280, ": 2 (dua)"),
        (100, 310, "Nama ibu"), (400, 310, ": SRI LESTARI"),
        (600, 400, "Penolong persalinan,"), (600, 450, "Bdn. TUTIK, S.Keb"),
    )  # fmt: skip
    fields = letters.read(Kind.SURAT_KELAHIRAN, form)
    found = values(fields)
    assert found == {
        "tanggal_lahir": "2026-11-09", "pukul": "04:25", "tempat_dilahirkan": "puskesmas", "berat": 3150, "panjang": 48.5,
        "kelahiran_ke": 2, "nama_ibu": "SRI LESTARI", "penolong": "bidan_perawat",
    }  # fmt: skip
    assert all(value.quad is not None for value in fields.values.values())


def test_facts_are_read_out_of_sentences() -> None:
    stated = page(
        (100, 100, "bahwa pada hari Jumat tanggal 27 Februari 2026 jam 10.20 WIB telah lahir"),
        (100, 130, "di rumah seorang anak laki-laki, anak ke 3 dari seorang ibu bernama"),
        (100, 160, "SRI WAHYUNINGSIH, ditolong oleh bidan desa, dengan berat badan 2400"),
        (100, 190, "gram dan panjang badan 47 cm."),
    )
    found = values(letters.read(Kind.SURAT_KELAHIRAN, stated))
    facts = {key: found.get(key) for key in ("pukul", "tempat_dilahirkan", "kelahiran_ke", "penolong", "berat", "panjang")}
    assert facts == {
        "pukul": "10:20", "tempat_dilahirkan": "rumah", "kelahiran_ke": 3, "penolong": "bidan_perawat", "berat": 2400, "panjang": 47,
    }  # fmt: skip


def test_an_english_certificate_is_read_like_ours() -> None:
    stated = page(
        (100, 40, "CONTOH MOTHER & CHILD HOSPITAL"), (100, 100, "This is to certify that a baby GIRL named"),
        (150, 130, "ARUNIKA KINASIH"), (100, 190, "Mother : SRI LESTARI"),
        (100, 220, "on Monday, November 9, 2026 at 04:25 PM"), (100, 250, "Weight : 3,150 grams"), (500, 250, "Length : 49 cm"),
    )  # fmt: skip
    found = values(letters.read(Kind.SURAT_KELAHIRAN, stated))
    assert (found["pukul"], found["berat"], found["panjang"], found["tempat_dilahirkan"]) == ("16:25", 3150, 49, "rs_rb")
    assert (found["jenis_kelamin"], found["nama_ibu"]) == ("PEREMPUAN", "SRI LESTARI")


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("pukul", "Senin, 09-11-2026 / 07.05 WIB", "07:05"), ("pukul", "2.30 siang", "14:30"), ("pukul", "11.45 malam", "23:45"),
        ("pukul", "12.10 malam", "00:10"), ("pukul", "12:15 PM", "12:15"), ("pukul", "25.10", None), ("pukul", "08.00 - 09.00", None),
        ("pukul", "12.11.2026", None), ("berat", "3,2 kg", 3200), ("berat", "3200 gr / 50 cm", 3200), ("berat", "32 gram", None),
        ("panjang", "3200 gr / 50 cm", 50), ("panjang", "50", 50), ("panjang", "500 cm", None), ("kelahiran_ke", "ke-II", 2),
        ("kelahiran_ke", "3 (dua)", None), ("kelahiran_ke", "2 dari 3 bersaudara", 2), ("kelahiran_ke", "pertama", 1),
        ("penolong", "Bidan / Dokter", None), ("penolong", "dr. CONTOH, Sp.OG", "dokter"),
        ("tempat_dilahirkan", "Rumah Sakit Umum", "rs_rb"), ("tempat_dilahirkan", "Rumah sendiri", "rumah"),
        ("tempat_dilahirkan", "Dk. Contoh", None), ("tempat_kelahiran", "BLORA", "BLORA"),
        ("tempat_kelahiran", "RSUD Blora", None),
    ],
)  # fmt: skip
def test_a_fact_is_its_forms_value_or_nothing(key: str, text: str, value: Any) -> None:
    assert birth_facts.VALUES[key](text) == value


def test_an_empty_form_of_a_hospital_is_still_empty() -> None:
    labels = ("Nama Bayi", "Jenis Kelamin", "Tanggal Lahir", "Pukul", "Berat Badan", "Panjang Badan", "Nama Ibu", "Nama Ayah", "Anak ke")
    rows = [(100, 100 + 40 * place, f"{label} : ..........") for place, label in enumerate(labels)]
    fields = letters.read(Kind.SURAT_KELAHIRAN, page((100, 20, "RUMAH SAKIT CONTOH"), *rows))
    assert fields.blank
