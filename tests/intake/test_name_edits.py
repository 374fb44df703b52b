"""A stored name is changed as people tell it, and never by words that speak of something else."""

import pytest

from intake.questions.name_edits import edited_name

CASES = [
    ("f nya dua ya bu", "ALIFA PUTRI", "ALIFFA PUTRI"),
    ("Fauzan bukan Fauzen", "AHMAD FAUZEN", "AHMAD FAUZAN"),
    ("depannya kurang Siti", "AISYAH RAHMA", "SITI AISYAH RAHMA"),
    ("tambah Nugroho di belakang", "DIMAS BAYU", "DIMAS BAYU NUGROHO"),
    ("Nugrohonya dihapus saja", "DIMAS BAYU NUGROHO", "DIMAS BAYU"),
    ("ora nganggo Nur", "NUR LAILI", "LAILI"),
    ("Nur Aini digabung jadi Nuraini", "NUR AINI SALMA", "NURAINI SALMA"),
    ("Nuraini dipisah, Nur Aini", "NURAINI SALMA", "NUR AINI SALMA"),
    ("Taufik pakai q, Taufiq", "TAUFIK HIDAYAT", "TAUFIQ HIDAYAT"),
    ("Hidayat pakai d bukan t", "TAUFIK HIDAYAT", None),
    ("yang benar Chairul bukan Khairul", "KHAIRUL ANAM", "CHAIRUL ANAM"),
    ("Dwi diganti Dewi", "DWI LESTARI", "DEWI LESTARI"),
    ("sae sampun leres", "DWI LESTARI", None),
    ("l nya dobel", "SALMA NABILA", None),
    ("belakange kirang Putri", "SALMA", "SALMA PUTRI"),
    ("nama sudah benar, jenis kelamin bukan perempuan tapi laki laki", "SALMA NABILA", None),
    ("mboten ngangge e, Rahmawati", "RAHMAWATIE", "RAHMAWATI"),
    ("kurang huruf n di akhir", "IRAWA", "IRAWAN"),
    ("Hasan mawon, Basri ne dicoret", "HASAN BASRI", "HASAN"),
    ("s nya satu", "HASSAN", "HASAN"),
    ("berat bukan 3000 tapi 3100", "HASAN BASRI", None),
    ("bapak bukan ibu yang lapor", "BAPAK", None),
]


@pytest.mark.parametrize(("text", "stored", "wanted"), CASES)
def test_an_edit_makes_the_name_that_was_meant(text: str, stored: str, wanted: str | None) -> None:
    assert edited_name(text, stored) == wanted
