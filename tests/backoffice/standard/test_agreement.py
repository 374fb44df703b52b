"""What was declared and what every paper says of the same thing stand in one row; twins by child; what differs is marked."""

import pytest

from standard.agreement import Paper, normal, rows
from standard.f201 import FieldType, form
from standard.facts import load


def bundle(*children, pelapor="ibu", **answers):
    return {
        "conditions": {"pelapor": pelapor},
        "anak": list(children),
        "answers": {name: {"value": value} for name, value in answers.items()},
    }


def letter(submission="s1", item="surat_kelahiran", **fields):
    return Paper(item, submission, fields)


def by_key(found):
    return {row.key: row for row in found}


def test_a_girl_of_another_day_on_the_statement_is_marked_beside_the_boy_that_was_declared():
    child = {"nama": "AHMAD SPESIMEN", "jenis_kelamin": "L", "tanggal_lahir": "2026-11-03"}
    paper = letter(item="sptjm_kelahiran", nama_anak="KEISHA SPESIMEN", jenis_kelamin="PEREMPUAN", tanggal_lahir="2026-10-11")
    found = by_key(rows(bundle(child), [paper]))
    assert {key for key, row in found.items() if row.differs} == {"anak.0.nama", "anak.0.jenis_kelamin", "anak.0.tanggal_lahir"}


def test_a_letter_of_other_hour_weight_and_length_is_marked():
    child = {"nama": "AHMAD SPESIMEN", "pukul": "03:30", "berat": 3100, "panjang": 48.0}
    found = by_key(rows(bundle(child), [letter(pukul="08.05", berat=3200, panjang="52 cm")]))
    assert all(found[f"anak.0.{name}"].differs for name in ("pukul", "berat", "panjang"))


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        (FieldType.TEXT, "AHMAD  SPESIMEN", "Ahmad Spesimen"), (FieldType.TIME, "03:30", "03.30"), (FieldType.DECIMAL, 48.0, "48 cm"),
        (FieldType.CHOICE, "L", "LAKI-LAKI"), (FieldType.NIK, "3316990101900001", "3316 9901 0190 0001"),
        (FieldType.INTEGER, 3100, "3100 gram"),
    ],
)  # fmt: skip
def test_one_value_written_in_two_ways_is_one_value(type, one, other):
    assert normal(one, type) == normal(other, type)


def test_one_letter_more_in_a_name_is_another_name():
    found = by_key(rows(bundle({"nama": "ANDI SPESIMEN"}), [letter(nama_anak="ANDY SPESIMEN")]))
    assert found["anak.0.nama"].differs


def test_each_twin_is_compared_with_its_own_letter_in_whatever_order_they_came():
    twins = [{"nama": "RAKA SPESIMEN", "pukul": "03:30"}, {"nama": "RAYA SPESIMEN", "pukul": "03:40"}]
    letters = [letter("b", nama_anak="RAYA SPESIMEN", pukul="03:40"), letter("a", nama_anak="RAKA SPESIMEN", pukul="03:30")]
    found = rows(bundle(*twins), letters)
    assert not any(row.differs for row in found)
    assert [reading.submission for row in found if row.key.endswith("nama") for reading in row.readings] == ["a", "b"]


def test_a_parents_name_is_compared_on_every_paper_that_names_it():
    papers = [
        letter(nama_ibu="SITI SPESIMAN"),
        Paper("kk", "k", {"anggota": [{"nama": "BUDI SPESIMEN"}, {"nama": "SITI SPESIMEN", "nik": "3316994101900002"}]}),
        Paper("surat_nikah", "n", {"istri": "SITI SPESIMEN"}),
        Paper("ktp_pelapor", "p", {"nama": "SITI SPESIMEN", "nik": "3316994101900001"}),
    ]
    found = by_key(rows(bundle({}, ibu_nama="SITI SPESIMEN", ibu_nik="3316994101900001"), papers))
    assert [(reading.item, reading.agrees) for reading in found["ibu_nama"].readings] == [
        ("ktp_pelapor", True), ("surat_kelahiran", False), ("surat_nikah", True), ("kk", True),
    ]  # fmt: skip
    assert [reading.value for reading in found["ibu_nik"].readings if not reading.agrees] == ["3316994101900002"]


def test_what_was_declared_stands_there_though_the_paper_was_not_read():
    found = by_key(rows(bundle({"nama": "AHMAD SPESIMEN"}), [letter()]))
    assert found["anak.0.nama"].declared == "AHMAD SPESIMEN" and not found["anak.0.nama"].differs


def test_every_field_of_the_table_is_one_of_the_form():
    ids = {field.id for field in form().fields}
    assert {name for table in load("same_fields").values() for name in table} <= ids
