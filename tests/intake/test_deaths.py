"""Which parent died is read from the sentence, not from a word in it."""

import pytest

from intake.reading.deaths import read_parents


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("mb suami saya meninggal 3 bln lalu, nama bapaknya tetep ada kan", "ayah"),
        ("bojoku lanang wis seda", "ayah"),
        ("yang meninggal ayahnya bukan ibunya", "ayah"),
        ("salah!! ayahnya yang meninggal", "ayah"),
        ("lho kok ibu yg meninggal, suami saya yg meninggal, saya ibunya masih hidup!", "ayah"),
        ("bukan ibunya yang meninggal, ayahnya", "ayah"),
        ("saya sendiri ibunya", "ayah"),
        ("kulo ibune", "ayah"),
        ("saya bapaknya", "ibu"),
        ("istri saya wafat waktu melahirkan", "ibu"),
        ("ibune sampun tilar, bapake tasih sugeng", "ibu"),
        ("ibu bapaknya sudah meninggal", "keduanya"),
        ("dua-duanya, ayah meninggal tahun lalu, ibunya meninggal kemarin", "keduanya"),
        ("ibu saya meninggal tahun lalu", None),
        ("anak ke 3, yang pertama meninggal waktu lahir", None),
        ("suami saya tidak meninggal", None),
        ("bukan ibunya", None),
        ("jam 10.05", None),
    ],
)
def test_who_died(text, who):
    assert read_parents(text).who_died == who
