"""Pictures drawn by another hand than the one that the check was tuned on are answered and read rightly."""

from collections import Counter
from pathlib import Path

import pytest

from documents import Kind, check
from tests.documents import corpus

FOLDER = Path(__file__).parent / "another_hand" / "pictures"
PICTURES = {picture.path.name[:3]: picture for picture in corpus.read(FOLDER)}
READ = {
    "ktp": ("nik", "nama", "tanggal_lahir"),
    "kk": ("no_kk", "kepala_keluarga"),
    "surat_kelahiran": ("nama_ibu", "nama_ayah", "nama_anak", "tanggal_lahir"),
    "surat_nikah": ("suami", "istri", "tanggal_nikah"),
    "sptjm_kelahiran": ("nama", "nik"),
}
GOOD = ("000", "053", "084", "087", "091", "135", "138", "173")
"""A few of each kind, so that these tests stay short; `bench.photos` looks at all of them."""
UNFIT = ("037", "123", "195", "203", "220")


@pytest.mark.slow
@pytest.mark.parametrize("number", GOOD)
def test_a_readable_picture_is_ok_and_its_names_numbers_and_dates_are_exact(number: str) -> None:
    picture = PICTURES[number]
    answer = check(picture.path.read_bytes(), expect=Kind(picture.kind))
    assert (answer.verdict.value, answer.kind.value) == ("ok", picture.kind), answer.reasons
    truth = {name: picture.truth["fields"][name] for name in READ[picture.kind] if name in picture.truth["fields"]}
    assert {name: answer.fields.get(name) for name in truth} == truth


@pytest.mark.slow
@pytest.mark.parametrize("number", UNFIT)
def test_an_unreadable_or_foreign_picture_is_not_ok_and_nothing_false_is_read(number: str) -> None:
    picture = PICTURES[number]
    answer = check(picture.path.read_bytes())
    assert answer.verdict.value != "ok"
    assert set(answer.reasons) & set(picture.truth["expected"]["reasons"])
    truth = picture.truth["fields"]
    assert all(answer.fields[name] == truth[name] for name in answer.fields.keys() & {"nik", "no_kk"} if name in truth)


def test_the_pictures_are_few_of_every_kind_and_of_nobody() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) <= 4_000_000
    kinds = Counter(picture.kind for picture in PICTURES.values())
    assert kinds.keys() == {kind.value for kind in Kind}
    for picture in PICTURES.values():
        fields = picture.truth["fields"]
        numbers = [fields.get("nik"), fields.get("no_kk"), *(row["nik"] for row in fields.get("anggota", []))]
        assert all(number.startswith("331699") for number in numbers if number)
