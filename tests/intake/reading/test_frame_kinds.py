"""Kinds of sentences that a reader who searches for words gets wrong: each is read, or asked, as a clerk would."""

from datetime import date

import pytest

from intake.questions.birth_facts import read_facts
from standard.birth_form import birth_fields

TODAY = date(2026, 11, 30)
EVERY = [field.name for field in birth_fields()]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("wedok, jam 12 bengi tanggal 22", {"jenis_kelamin": "P"}),
        ("lanang, lair malem rebo jam 9", {"jenis_kelamin": "L"}),
        ("jam setengah 12 malam tgl 12", {"pukul": "23:30", "tanggal_lahir": "2026-11-12"}),
        ("cowok, beratnya kira kira 3 kilo", {"jenis_kelamin": "L"}),
        ("berat kira2 3 kilo, panjang 49 cm", {"panjang": 49}),
        ("berat 48 panjang 3100", {"berat": 3100, "panjang": 48}),
        ("panjang 500 mm", {"panjang": 50}),
        ("berat 3 koma 2 kilo", {"berat": 3200}),
        ("bobote 3 kilo kurang seons", {"berat": 2900}),
        ("beratnya 3 kilo lebih dikit", {}),
        ("tanggal 5 bulan 11, perempuan", {"tanggal_lahir": "2026-11-05", "jenis_kelamin": "P"}),
        ("lahir di rsud dr Moewardi, laki-laki", {"tempat_dilahirkan": "rs_rb", "jenis_kelamin": "L"}),
        ("adhine sing wedok durung lair, sing iki lanang", {"jenis_kelamin": "L"}),
        ("bidan ngomong 3 kilo tapi di surat ditulis 3200", {}),
        ("lahir puasa kemarin", {}),
        ("tgl 5 november, jamnya gak lihat jam", {"tanggal_lahir": "2026-11-05", "pukul": "tidak_tahu"}),
        ("jamnya lupa, antara jam 5 sampai jam 6 pagi", {}),
        ("anak kulo sing kapisan niki, jaler", {"kelahiran_ke": 1, "jenis_kelamin": "L"}),
    ],
)
def test_what_is_sure_is_read_and_nothing_else(text: str, stated: dict[str, object]) -> None:
    assert read_facts(text, EVERY, TODAY, asked="data_kelahiran") == stated
